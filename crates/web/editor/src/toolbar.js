// The buttons above the words.
import { toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, isInTable, toggleHeaderRow } from "prosemirror-tables";
import { TextSelection } from "prosemirror-state";
import { button, element } from "./element.js";
import { isItem, shiftLevel, toggleList } from "./lists.js";
import { schema } from "./schema.js";

const { nodes, marks } = schema;

const hasMark = (type) => (state) => {
  const { from, to, empty, $from } = state.selection;
  if (empty) return type.isInSet(state.storedMarks || $from.marks()) !== undefined;
  return state.doc.rangeHasMark(from, to, type);
};

export const mark = (type) => ({ run: toggleMark(type), on: hasMark(type) });

function insertTable(state, dispatch) {
  if (isInTable(state)) return false;
  const row = (kind) => nodes.table_row.create(null, [kind, kind, kind].map((cell) => cell.create()));
  const table = nodes.table.create(null, [row(nodes.table_header), row(nodes.table_cell), row(nodes.table_cell)]);
  if (dispatch) {
    const { $from } = state.selection;
    const after = $from.after(1);
    const isEmpty = $from.parent.content.size === 0 && $from.depth === 1;
    const start = isEmpty ? $from.before(1) : after;
    const tr = state.tr.replaceWith(start, after, table);
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(start + 3))).scrollIntoView());
  }
  return true;
}

const inTable = (run) => ({ run, when: isInTable });

// Each: the word on the button, what it is called, and what it does.
const GROUPS = [
  [
    ["B", "Chữ đậm (Ctrl+B)", mark(marks.bold)],
    ["I", "Chữ nghiêng (Ctrl+I)", mark(marks.italic)],
    ["U", "Gạch chân (Ctrl+U)", mark(marks.underline)],
    ["x²", "Chỉ số trên", mark(marks.sup)],
    ["x₂", "Chỉ số dưới", mark(marks.sub)],
  ],
  [
    ["–", "Gạch đầu dòng", { run: toggleList("bullet"), on: isItem("bullet") }],
    ["1.", "Đánh số", { run: toggleList("number"), on: isItem("number") }],
    ["⇤", "Ra một cấp (Shift+Tab)", { run: shiftLevel(-1) }],
    ["⇥", "Vào một cấp (Tab)", { run: shiftLevel(1) }],
  ],
  [
    ["Bảng", "Chèn bảng", { run: insertTable, when: (state) => !isInTable(state) }],
    ["+ dòng", "Thêm dòng dưới", inTable(addRowAfter)],
    ["+ cột", "Thêm cột bên phải", inTable(addColumnAfter)],
    ["− dòng", "Bỏ dòng", inTable(deleteRow)],
    ["− cột", "Bỏ cột", inTable(deleteColumn)],
    ["Dòng đầu", "Dòng tiêu đề của bảng", inTable(toggleHeaderRow)],
    ["Bỏ bảng", "Bỏ cả bảng", inTable(deleteTable)],
  ],
  [
    ["↶", "Hoàn tác (Ctrl+Z)", { run: undo, needs: undo }],
    ["↷", "Làm lại (Ctrl+Y)", { run: redo, needs: redo }],
  ],
];

// One stop of the Tab key; the arrows move between the buttons.
function roving(bar) {
  const shown = () => Array.from(bar.querySelectorAll("button")).filter((one) => !one.hidden);
  const stop = (at) => bar.querySelectorAll("button").forEach((one) => { one.tabIndex = one === at ? 0 : -1; });
  stop(shown()[0]);
  bar.addEventListener("focusin", (event) => stop(event.target));
  bar.addEventListener("keydown", (event) => {
    const all = shown();
    const at = all.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    all[(to + all.length) % all.length].focus();
  });
}

// The bar; `more` are buttons of the page: `[word, name, act, pressed?]`.
export function toolbar(view, controls, more) {
  const entries = GROUPS.map((group) => group.map(([word, name, does]) => {
    const act = () => {
      does.run(view.state, view.dispatch, view);
      view.focus();
    };
    const made = button(word, act, { class: "button small", title: name, "aria-label": name });
    return { made, ...does };
  }));
  const own = more.map(([word, name, act]) => button(word, act, { class: "button small", title: name, "aria-label": name }));
  const groups = [...entries.map((group) => group.map(({ made }) => made)), own];
  const bar = element(
    "div",
    { class: "tools", role: "toolbar", "aria-label": "Định dạng", "aria-controls": controls },
    ...groups.map((group) => element("span", { class: "group" }, ...group)),
  );
  // The words keep their selection while a button is pressed.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  roving(bar);
  const update = (state) => {
    for (const { made, on, when, needs } of entries.flat()) {
      if (on) made.setAttribute("aria-pressed", String(on(state)));
      if (when) made.hidden = !when(state);
      if (needs) made.setAttribute("aria-disabled", String(!needs(state)));
    }
  };
  return { bar, update, own };
}
