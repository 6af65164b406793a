// Lists as official prose types them: the mark is text, the level is the paragraph's.
import { splitBlock } from "prosemirror-commands";
import { Plugin, TextSelection } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { DEEPEST_LEVEL, listMark } from "./markup.js";
import { schema } from "./schema.js";

const ALPHABET = Array.from("abcdđeghiklmnopqrstuvxy");

// What follows a mark in its list: 1. → 2.; c) → d); - → -
export function nextMark(mark) {
  const number = /^([0-9]+)([.)])$/.exec(mark);
  if (number) return `${Number(number[1]) + 1}${number[2]}`;
  const letter = /^(\p{Alphabetic})([.)])$/u.exec(mark);
  if (!letter) return mark;
  const lower = letter[1].toLowerCase();
  const next = ALPHABET[ALPHABET.indexOf(lower) + 1];
  if (!ALPHABET.includes(lower) || !next) return mark;
  return (letter[1] === lower ? next : next.toUpperCase()) + letter[2];
}

// The mark that stands in front of a paragraph, also of one without words yet.
const markOf = (node) => (node.firstChild?.isText && !node.firstChild.marks.length ? listMark(node.textContent) : null);

const itemAt = ($at) => ($at.parent.type === schema.nodes.paragraph ? markOf($at.parent) : null);

// Enter behind a mark begins the next item; in an item without words it ends the list.
export function continueList(state, dispatch) {
  const { $from, empty } = state.selection;
  const mark = itemAt($from);
  if (!mark || $from.parentOffset < mark.length + 1) return false;
  if ($from.parent.textContent.trim() === mark && empty) {
    dispatch?.(state.tr.delete($from.start(), $from.end()).setNodeAttribute($from.before(), "level", 0));
    return true;
  }
  const { level } = $from.parent.attrs;
  return splitBlock(state, dispatch && ((tr) => {
    const at = tr.selection.from;
    tr.setNodeAttribute(tr.selection.$from.before(), "level", level);
    tr.insert(at, schema.text(`${nextMark(mark)} `));
    dispatch(tr.setSelection(TextSelection.create(tr.doc, at + nextMark(mark).length + 1)).scrollIntoView());
  }));
}

function selectedParagraphs(state) {
  const found = [];
  for (const { $from, $to } of state.selection.ranges) {
    state.doc.nodesBetween($from.pos, $to.pos, (node, at) => {
      if (node.type === schema.nodes.paragraph) found.push({ node, at });
      return node.type === schema.nodes.doc;
    });
  }
  return found;
}

// Moves the chosen items a level in or out.
export const shiftLevel = (by) => (state, dispatch) => {
  const items = selectedParagraphs(state).filter(({ node }) => markOf(node));
  const moved = items.filter(({ node }) => node.attrs.level + by >= 0 && node.attrs.level + by <= DEEPEST_LEVEL);
  if (!items.length) return false;
  if (dispatch && moved.length) {
    const tr = state.tr;
    for (const { node, at } of moved) tr.setNodeAttribute(at, "level", node.attrs.level + by);
    dispatch(tr);
  }
  return true;
};

// Gives the chosen paragraphs a mark, or takes it away when all have one of that kind.
export const toggleList = (kind) => (state, dispatch) => {
  const paragraphs = selectedParagraphs(state);
  if (!paragraphs.length) return false;
  if (!dispatch) return true;
  const isOfKind = (mark) => mark !== null && (kind === "number" ? /^[0-9]/.test(mark) : !/^[0-9]/.test(mark));
  const takesAway = paragraphs.every(({ node }) => isOfKind(markOf(node)));
  const tr = state.tr;
  let number = 0;
  for (const { node, at } of paragraphs) {
    const old = markOf(node);
    const start = tr.mapping.map(at) + 1;
    if (old) tr.delete(start, start + old.length + 1);
    if (takesAway) {
      tr.setNodeAttribute(start - 1, "level", 0);
      continue;
    }
    number += 1;
    const bullet = node.attrs.level === 0 ? "-" : "+";
    tr.insert(start, schema.text(`${kind === "number" ? `${number}.` : bullet} `));
  }
  dispatch(tr);
  return true;
};

export const isItem = (kind) => (state) => {
  const mark = itemAt(state.selection.$from);
  return mark !== null && /^[0-9]/.test(mark) === (kind === "number");
};

// Shows items hanging behind their marks, each level further in.
function shown(doc) {
  const found = [];
  doc.forEach((node, at) => {
    if (node.type === schema.nodes.paragraph && markOf(node)) {
      found.push(Decoration.node(at, at + node.nodeSize, { class: `item level-${node.attrs.level}` }));
    }
  });
  return DecorationSet.create(doc, found);
}

export const itemsShown = new Plugin({
  state: {
    init: (_, { doc }) => shown(doc),
    apply: (tr, old) => (tr.docChanged ? shown(tr.doc) : old),
  },
  props: { decorations(state) { return this.getState(state); } },
});
