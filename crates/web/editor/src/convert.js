// Markup ⇄ the editor's document.
import { Fragment } from "prosemirror-model";
import { listMark, parse, write } from "./markup.js";
import { writeRuns } from "./inline.js";
import { REFERENCE, schema } from "./schema.js";

const { nodes, marks } = schema;

function marksOf(run) {
  const looks = ["bold", "italic", "underline"].filter((look) => run[look]);
  if (run.script) looks.push(run.script);
  return looks.map((look) => marks[look].create());
}

// The words of a run; what stands for a figure becomes one thing.
function inlineOf(run) {
  const look = marksOf(run);
  const parts = [];
  const words = (text) => text.split("\n").forEach((line, at) => {
    if (at > 0) parts.push(nodes.line_break.create(null, null, look));
    if (line) parts.push(schema.text(line, look));
  });
  let end = 0;
  for (const found of run.text.matchAll(REFERENCE)) {
    words(run.text.slice(end, found.index));
    parts.push(nodes.figure.create({ source: found[0] }, null, look));
    end = found.index + found[0].length;
  }
  words(run.text.slice(end));
  return parts;
}

const inline = (runs) => Fragment.from(runs.flatMap(inlineOf));

function blockOf(block) {
  if (!block.rows) return nodes.paragraph.create({ level: block.level }, inline(block.runs));
  const rows = block.rows.map((row, at) => {
    const kind = at === 0 && block.hasHead ? nodes.table_header : nodes.table_cell;
    return nodes.table_row.create(null, row.map((runs) => kind.create(null, inline(runs))));
  });
  return nodes.table.create(null, rows);
}

export function docOf(text) {
  const blocks = parse(text).map(blockOf);
  return nodes.doc.create(null, blocks.length ? blocks : [nodes.paragraph.create()]);
}

export function runsIn(node) {
  const runs = [];
  node.forEach((child) => {
    const has = (mark) => marks[mark].isInSet(child.marks) !== undefined;
    runs.push({
      text: child.isText ? child.text : child.type.spec.leafText(child),
      bold: has("bold"),
      italic: has("italic"),
      underline: has("underline"),
      script: ["sup", "sub"].find(has) || "",
    });
  });
  return runs;
}

// The mark of a paragraph that is a list item.
export const markOf = (node) => listMark(writeRuns(runsIn(node)));

const childrenOf = (node) => Array.from({ length: node.childCount }, (_, at) => node.child(at));

// The cells of a row, each as often as it is wide.
const cellsOf = (row) => childrenOf(row).flatMap((cell) => {
  const empty = Array.from({ length: cell.attrs.colspan - 1 }, () => []);
  return [runsIn(cell), ...empty];
});

export function textOf(doc) {
  return write(childrenOf(doc).map((node) => {
    if (node.type === nodes.paragraph) return { level: markOf(node) ? node.attrs.level : 0, runs: runsIn(node) };
    const rows = childrenOf(node);
    return {
      hasHead: childrenOf(rows[0]).every((cell) => cell.type === nodes.table_header),
      rows: rows.map(cellsOf),
    };
  }));
}
