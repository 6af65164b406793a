// What somebody pastes from Word or a page, as blocks of markup: paragraphs, bold, italic, underlined, raised and lowered
// words, lists with their marks, tables. Everything else is dropped.
import { Fragment, Slice } from "prosemirror-model";
import { isInTable } from "prosemirror-tables";
import { docOf, runsIn } from "./convert.js";
import { DEEPEST_LEVEL, listMark, write } from "./markup.js";
import { schema } from "./schema.js";

const NO_LOOK = { bold: false, italic: false, underline: false, script: "" };
const DROPPED = new Set(["STYLE", "SCRIPT", "META", "LINK", "TITLE", "HEAD", "IMG", "SVG", "OBJECT", "IFRAME", "XML", "TEMPLATE", "NOSCRIPT"]);
const BLOCKS = new Set(["P", "DIV", "H1", "H2", "H3", "H4", "H5", "H6", "BLOCKQUOTE", "PRE", "SECTION", "ARTICLE", "UL", "OL", "DL", "DT", "DD", "FIGURE", "HEADER", "FOOTER", "CENTER", "HR"]);
const LOOKS = { B: { bold: true }, STRONG: { bold: true }, I: { italic: true }, EM: { italic: true }, U: { underline: true }, INS: { underline: true }, SUP: { script: "sup" }, SUB: { script: "sub" } };
// Word draws its bullets with letters of symbol fonts.
const BULLET = /^[·•o§\uF000-\uF0FF\-–+*▪●■Øüv¨]$/u;

const plainBlanks = (text) => text.normalize("NFC").replace(/[\u00A0\u2007\u202F]/g, " ").replace(/[\u200B\uFEFF\u00AD]/g, "");

function lookOf(element, look) {
  const style = (element.getAttribute("style") || "").toLowerCase();
  const weight = /font-weight:\s*(bold|normal|\d+)/.exec(style)?.[1];
  const found = { ...look, ...LOOKS[element.tagName], ...(/^H[1-6]$/.test(element.tagName) && { bold: true }) };
  if (weight) found.bold = weight === "bold" || Number(weight) >= 600;
  if (/font-style:\s*(italic|oblique)/.test(style)) found.italic = true;
  if (/font-style:\s*normal/.test(style)) found.italic = false;
  if (/text-decoration[^;]*underline/.test(style)) found.underline = true;
  if (/vertical-align:\s*super/.test(style)) found.script = "sup";
  if (/vertical-align:\s*sub/.test(style)) found.script = "sub";
  return found;
}

// Gathers blocks while the nodes are walked in order.
class Gatherer {
  blocks = [];
  runs = [];
  level = 0;
  mark = "";

  add(text, look) {
    if (text) this.runs.push({ ...look, text });
  }

  end() {
    const words = this.runs.map((run) => run.text).join("");
    if (words.trim()) {
      const mark = this.mark ? [{ ...NO_LOOK, text: `${this.mark} ` }] : [];
      const isItem = this.mark || listMark(words.trimStart());
      this.blocks.push({ level: isItem ? Math.min(this.level, DEEPEST_LEVEL) : 0, runs: [...mark, ...this.runs] });
    }
    this.runs = [];
    this.mark = "";
    this.level = 0;
  }
}

const bulletAt = (level) => (level === 0 ? "-" : "+");

// The mark of a list paragraph of Word, which writes it out for other programs.
function wordItem(element) {
  const style = element.getAttribute("style") || "";
  const level = /mso-list:[^;]*level(\d+)/i.exec(style);
  if (!level) return null;
  const shown = Array.from(element.querySelectorAll("span")).find((span) => /mso-list:\s*ignore/i.test(span.getAttribute("style") || ""));
  const mark = plainBlanks(shown?.textContent || "").trim();
  shown?.remove();
  const depth = Number(level[1]) - 1;
  return { level: depth, mark: !mark || BULLET.test(mark) ? bulletAt(depth) : mark };
}

function walkChildren(parent, look, into, list) {
  for (const child of parent.childNodes) walk(child, look, into, list);
}

function walkList(element, look, into, list) {
  const level = list ? list.level + 1 : 0;
  let number = Number(element.getAttribute("start")) || 1;
  for (const child of element.children) {
    if (child.tagName !== "LI") {
      walk(child, look, into, { level: level - 1 });
      continue;
    }
    into.end();
    into.level = level;
    into.mark = element.tagName === "OL" ? `${number}.` : bulletAt(level);
    number += 1;
    walkItem(child, lookOf(child, look), into, level);
    into.end();
  }
}

// The first paragraph of an item stands behind its mark.
function walkItem(item, look, into, level) {
  let first = true;
  for (const child of item.childNodes) {
    const isParagraph = child.nodeType === 1 && ["P", "DIV"].includes(child.tagName);
    if (isParagraph && first) walkChildren(child, lookOf(child, look), into, { level });
    else walk(child, look, into, { level });
    if (child.textContent?.trim()) first = false;
  }
}

function tableOf(element) {
  const rows = Array.from(element.querySelectorAll("tr")).filter((row) => row.closest("table") === element);
  const waiting = [];
  const grid = rows.map((row) => {
    const cells = [];
    const skip = () => {
      while (waiting[cells.length] > 0) {
        waiting[cells.length] -= 1;
        cells.push([]);
      }
    };
    for (const cell of row.children) {
      skip();
      const inner = new Gatherer();
      walkChildren(cell, lookOf(cell, { ...NO_LOOK }), inner, null);
      inner.end();
      const lines = inner.blocks.flatMap((block) => (block.rows ? block.rows.flat() : [block.runs]));
      const runs = lines.flatMap((line, at) => (at > 0 ? [{ ...NO_LOOK, text: "\n" }, ...line] : line));
      const wide = Math.min(Number(cell.getAttribute("colspan")) || 1, 50);
      const high = Math.min(Number(cell.getAttribute("rowspan")) || 1, 500);
      for (let at = 0; at < wide; at += 1) {
        waiting[cells.length] = high - 1;
        cells.push(at === 0 ? runs : []);
      }
    }
    skip();
    return cells;
  });
  const width = Math.max(0, ...grid.map((row) => row.length));
  for (const row of grid) while (row.length < width) row.push([]);
  const isHead = (row) => row !== undefined && (row.closest("thead") !== null || Array.from(row.children).every((cell) => cell.tagName === "TH"));
  return width > 0 ? { hasHead: isHead(rows[0]), rows: grid } : null;
}

function walk(node, look, into, list) {
  if (node.nodeType === 3) {
    into.add(plainBlanks(node.data).replace(/[ \t\r\n]+/g, " "), look);
    return;
  }
  if (node.nodeType !== 1 || DROPPED.has(node.tagName)) return;
  const tag = node.tagName;
  if (tag === "BR") {
    into.add("\n", look);
  } else if (tag === "TABLE") {
    into.end();
    const table = tableOf(node);
    if (table) into.blocks.push(table);
  } else if (tag === "UL" || tag === "OL") {
    into.end();
    walkList(node, look, into, list);
  } else if (BLOCKS.has(tag)) {
    into.end();
    const item = wordItem(node);
    if (item) Object.assign(into, item);
    walkChildren(node, lookOf(node, look), into, list);
    into.end();
  } else {
    walkChildren(node, lookOf(node, look), into, list);
  }
}

export function blocksOfHtml(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const into = new Gatherer();
  walkChildren(page.body, { ...NO_LOOK }, into, null);
  into.end();
  return into.blocks;
}

// Words without looks: what they would mean as markup, they do not mean here.
export function blocksOfText(text) {
  return plainBlanks(text).split(/\r?\n/).filter((line) => line.trim()).map((line) => ({
    level: listMark(line.trim()) ? Math.min(Math.floor(/^ */.exec(line)[0].length / 2), DEEPEST_LEVEL) : 0,
    runs: [{ ...NO_LOOK, text: line.replaceAll("\t", " ") }],
  }));
}

// Inside a cell a paragraph becomes a line.
function lines(blocks) {
  const runs = blocks.flatMap((block) => (block.rows ? block.rows.map((row) => row.flat()) : [block.runs]));
  return runs.flatMap((line, at) => (at > 0 ? [{ ...NO_LOOK, text: "\n" }, ...line] : line));
}

function sliceOf(blocks, inCell) {
  const doc = docOf(write(inCell ? [{ level: 0, runs: lines(blocks) }] : blocks));
  if (inCell) return new Slice(doc.firstChild.content, 0, 0);
  const isOpen = (node) => (node.type === schema.nodes.paragraph ? 1 : 0);
  return new Slice(Fragment.from(doc.content), isOpen(doc.firstChild), isOpen(doc.lastChild));
}

export function handlePaste(view, event) {
  const data = event.clipboardData;
  const html = data?.getData("text/html") || "";
  if (html.includes("data-pm-slice")) return false;
  const blocks = html ? blocksOfHtml(html) : blocksOfText(data?.getData("text/plain") || "");
  if (!blocks.length) return Boolean(html);
  const slice = sliceOf(blocks, isInTable(view.state));
  view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView().setMeta("paste", true));
  return true;
}

// What is copied out as words alone.
export const copiedText = (slice) => {
  const parts = [];
  slice.content.descendants((node) => {
    if (!node.inlineContent) return true;
    parts.push(runsIn(node).map((run) => run.text).join(""));
    return false;
  });
  return parts.length ? parts.join("\n") : slice.content.textBetween(0, slice.content.size, "\n", "\n");
};
