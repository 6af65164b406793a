// The editor of a section: stands in place of textarea[data-editor], reads its markup and writes it back on every change.
// The text area stays the field that is saved and sent, so saving is that of the page's script.
import { baseKeymap, chainCommands, toggleMark } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { EditorState, Plugin } from "prosemirror-state";
import { goToNextCell, isInTable, tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { docOf, textOf } from "./convert.js";
import { element } from "./element.js";
import { figuresOf, figuresShown, insertFigure } from "./figures.js";
import { findBar, finding } from "./find.js";
import { continueList, itemsShown, shiftLevel } from "./lists.js";
import { leadToPassages } from "./passages.js";
import { copiedText, handlePaste } from "./paste.js";
import { roomAroundTables, withRoom } from "./room.js";
import { schema } from "./schema.js";
import { toolbar } from "./toolbar.js";

const { nodes, marks } = schema;
const COUNT_AFTER_MS = 300;
const KEYS = [
  ["Ctrl+B, Ctrl+I, Ctrl+U", "chữ đậm, nghiêng, gạch chân"],
  ["Enter sau “- ”, “1. ”, “a) ”", "viết tiếp danh sách"],
  ["Tab, Shift+Tab", "vào, ra một cấp danh sách; sang ô khác trong bảng"],
  ["Shift+Enter", "xuống dòng trong đoạn"],
  ["Ctrl+Z, Ctrl+Y", "hoàn tác, làm lại"],
  ["Ctrl+F", "tìm và thay"],
  ["Alt+F10", "đến thanh nút"],
  ["Esc", "ra khỏi toàn màn hình"],
];

function breakLine(state, dispatch) {
  dispatch?.(state.tr.replaceSelectionWith(nodes.line_break.create(), true).scrollIntoView());
  return true;
}

const inCell = (command) => (state, dispatch, view) => isInTable(state) && command(state, dispatch, view);

const ownKeys = {
  Enter: chainCommands(inCell(breakLine), continueList),
  "Shift-Enter": breakLine,
  Tab: chainCommands(goToNextCell(1), shiftLevel(1)),
  "Shift-Tab": chainCommands(goToNextCell(-1), shiftLevel(-1)),
  "Mod-b": toggleMark(marks.bold),
  "Mod-i": toggleMark(marks.italic),
  "Mod-u": toggleMark(marks.underline),
  "Mod-z": undo,
  "Mod-y": redo,
  "Mod-Shift-z": redo,
};

const grouped = new Intl.NumberFormat("vi-VN");

function counted(doc) {
  const text = doc.textBetween(0, doc.content.size, "\n", (leaf) => leaf.type.spec.leafText?.(leaf) || "");
  const words = text.split(/\s+/).filter(Boolean).length;
  return `${grouped.format(words)} từ, ${grouped.format(Array.from(text.replaceAll("\n", "")).length)} ký tự`;
}

// Opens the form of a remark on the chosen words, or on the paragraph.
function remarkOn(fold, view) {
  const { from, to, empty, $from } = view.state.selection;
  const chosen = empty ? $from.parent.textContent : view.state.doc.textBetween(from, to, " ", " ");
  const form = fold.querySelector("form");
  fold.open = true;
  form.elements.trich.value = chosen;
  form.elements.doan.value = "";
  const shown = fold.querySelector("blockquote") ?? fold.insertBefore(element("blockquote", { class: "words" }), form);
  shown.textContent = chosen;
  form.elements.gop_y.focus();
}

function start(area) {
  const form = area.form;
  const label = form.querySelector(`label[for="${area.id}"]`);
  const count = element("span", { class: "counts" });
  const help = element(
    "details",
    { class: "keys" },
    element("summary", {}, "Phím tắt"),
    element("dl", {}, ...KEYS.flatMap(([keys, what]) => [element("dt", {}, keys), element("dd", {}, what)])),
  );
  const place = element("div", { class: "editor-words" });
  const figures = figuresOf(form);
  let timer = 0;
  let bar = null;
  let find = null;

  const tell = (view, old) => {
    bar?.update(view.state);
    if (old && old.doc.eq(view.state.doc)) return;
    clearTimeout(timer);
    timer = setTimeout(() => { count.textContent = counted(view.state.doc); }, old ? COUNT_AFTER_MS : 0);
    if (!old) return;
    const text = textOf(view.state.doc);
    if (text === area.value) return;
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const keys = {
    ...ownKeys,
    "Mod-f": () => find.open(),
    "Alt-F10": () => {
      bar.bar.querySelector("button[tabindex='0']").focus();
      return true;
    },
  };
  const plugins = [
    keymap(keys),
    keymap(baseKeymap),
    history(),
    tableEditing(),
    finding,
    itemsShown,
    roomAroundTables,
    figuresShown(figures.known),
    new Plugin({ view: (view) => {
      tell(view, null);
      return { update: tell };
    } }),
  ];
  const view = new EditorView(place, {
    state: EditorState.create({ doc: withRoom(docOf(area.value)), plugins }),
    attributes: {
      id: `${area.id}-soan`,
      class: "prose",
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": label?.textContent.trim() || "Nội dung",
      spellcheck: "false",
    },
    handlePaste,
    clipboardTextSerializer: copiedText,
  });

  const fill = (on) => {
    form.classList.toggle("full-screen", on);
    document.documentElement.classList.toggle("covered", on);
    full.setAttribute("aria-pressed", String(on));
    view.focus();
  };
  const remark = document.querySelector("details[data-comment]");
  const isOnlyOne = form.querySelectorAll("textarea[data-editor]").length === 1;
  find = findBar(view);
  bar = toolbar(view, `${area.id}-soan`, [
    ...(remark ? [["Góp ý", "Góp ý về chữ đang chọn", () => remarkOn(remark, view)]] : []),
    ["Tìm", "Tìm và thay (Ctrl+F)", () => find.open()],
    ...(isOnlyOne ? [["Toàn màn hình", "Toàn màn hình", () => fill(!form.classList.contains("full-screen"))]] : []),
  ]);
  const full = bar.own.at(-1);
  if (isOnlyOne) full.setAttribute("aria-pressed", "false");
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && form.classList.contains("full-screen")) fill(false);
  });

  const box = element("div", { class: "editor" }, bar.bar, find.bar, place, element("div", { class: "editor-foot" }, count, help));
  area.before(box);
  area.hidden = true;
  form.querySelector("[data-plain-hint]")?.remove();
  bar.update(view.state);
  leadToPassages(view);
  const insert = form.querySelector("button[data-insert-figure]");
  insert?.parentElement.addEventListener("input", (event) => event.stopPropagation());
  insert?.addEventListener("click", (event) => {
    event.preventDefault();
    insertFigure(figures)(view.state, view.dispatch);
    view.focus();
  });
}

document.querySelectorAll("textarea[data-editor]").forEach(start);
