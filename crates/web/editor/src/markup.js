// The text of a section as blocks: what crates/domain/src/prose says, in the browser. A block is
// `{ level, runs }` or `{ hasHead, rows: [[runs]] }`; a run is `{ text, bold, italic, underline, script }`.
import { isWhite, runsOf, trim, writeRuns } from "./inline.js";

export const DEEPEST_LEVEL = 8;

// The list mark that a line begins with, when a blank follows it.
export function listMark(line) {
  const end = line.indexOf(" ");
  const mark = end < 0 ? "" : line.slice(0, end);
  return /^(?:[-–+•]|(?:[0-9]{1,3}|\p{Alphabetic})[.)])$/u.test(mark) ? mark : null;
}

function isRow(raw) {
  const line = trim(raw);
  if (line.length < 2 || !line.startsWith("|") || !line.endsWith("|")) return false;
  return /\\*$/.exec(line.slice(0, -1))[0].length % 2 === 0;
}

function cellsOf(raw) {
  const line = trim(raw);
  const inner = line.slice(1, -1);
  const cells = [];
  let start = 0;
  let escaped = false;
  for (let at = 0; at < inner.length; at += 1) {
    if (inner[at] === "|" && !escaped) {
      cells.push(trim(inner.slice(start, at)));
      start = at + 1;
    }
    escaped = inner[at] === "\\" && !escaped;
  }
  cells.push(trim(inner.slice(start)));
  return cells;
}

// The row under a head: dashes, colons for alignment.
const isRule = (cells) => cells.every((cell) => /^:*-{3,}:*$/.test(cell));

// The tables of consecutive rows: a rule below a later row makes that row the head of the next table.
function tables(lines) {
  const found = [];
  for (const line of lines) {
    const cells = cellsOf(line);
    const last = found.at(-1);
    if (!isRule(cells)) {
      if (last) last.rows.push(cells.map(runsOf));
      else found.push({ hasHead: false, rows: [cells.map(runsOf)] });
    } else if (last && last.rows.length === 1) {
      last.hasHead = true;
    } else if (last) {
      found.push({ hasHead: true, rows: [last.rows.pop()] });
    }
  }
  for (const table of found) {
    const width = Math.max(0, ...table.rows.map((row) => row.length));
    for (const row of table.rows) while (row.length < width) row.push([]);
  }
  return found;
}

function lineBlock(line) {
  const text = trim(line);
  const blanks = /^ */.exec(line)[0].length;
  const runs = runsOf(text);
  const mark = listMark(text);
  const isItem = mark && runs.map((run) => run.text).join("").length > mark.length;
  return { level: isItem ? Math.min(Math.floor(blanks / 2), DEEPEST_LEVEL) : 0, runs };
}

export function parse(text) {
  const blocks = [];
  let rows = [];
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  for (const line of lines) {
    if (Array.from(line).every(isWhite)) continue;
    if (isRow(line)) {
      rows.push(line);
      continue;
    }
    blocks.push(...tables(rows), lineBlock(line));
    rows = [];
  }
  return [...blocks, ...tables(rows)];
}

function writeCell(runs) {
  const text = writeRuns(runs).replaceAll("|", "\\|");
  // A cell of dashes only would read as the rule under a head.
  return isRule([text]) ? `\\${text}` : text;
}

function tableLines(table) {
  return table.rows.flatMap((row, at) => {
    const line = `| ${row.map(writeCell).join(" | ")} |`;
    return at === 0 && table.hasHead ? [line, `|${" --- |".repeat(row.length)}`] : [line];
  });
}

export function write(blocks) {
  let isBehindTable = false;
  return blocks.flatMap((block) => {
    if (block.rows) {
      // A table without a head would go on with the rows of the one before it.
      const apart = isBehindTable && !block.hasHead ? ["<br>"] : [];
      isBehindTable = true;
      return [...apart, ...tableLines(block)];
    }
    const text = writeRuns(block.runs).replace(/^\|/, "\\|");
    if (!text) return [];
    isBehindTable = false;
    return ["  ".repeat(block.level) + text];
  }).join("\n");
}
