// Room to write before a first table, between two tables and behind a last one. What stays empty there is not written.
import { Fragment, Slice } from "prosemirror-model";
import { Plugin } from "prosemirror-state";
import { schema } from "./schema.js";

const { nodes } = schema;
const isTable = (node) => node?.type === nodes.table;

// The places that want a paragraph, the last one first, so that filling one moves none of the others.
function gaps(doc) {
  const found = [];
  doc.forEach((node, at, index) => {
    if (isTable(node) && (index === 0 || isTable(doc.child(index - 1)))) found.unshift(at);
  });
  return isTable(doc.lastChild) ? [doc.content.size, ...found] : found;
}

const room = () => nodes.paragraph.create();

export const withRoom = (doc) => gaps(doc).reduce((made, at) => made.replace(at, at, new Slice(Fragment.from(room()), 0, 0)), doc);

export const roomAroundTables = new Plugin({
  appendTransaction: (transactions, _, { doc, tr }) => {
    if (!transactions.some((one) => one.docChanged)) return null;
    for (const at of gaps(doc)) tr.insert(at, room());
    return tr.docChanged ? tr : null;
  },
});
