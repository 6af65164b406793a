// Room to write before a first table and behind a last one. What stays empty there is not written.
import { Plugin } from "prosemirror-state";
import { Fragment } from "prosemirror-model";
import { schema } from "./schema.js";

const { nodes } = schema;
const needsRoom = (node) => node.type === nodes.table;

export function withRoom(doc) {
  const before = needsRoom(doc.firstChild) ? [nodes.paragraph.create()] : [];
  const after = needsRoom(doc.lastChild) ? [nodes.paragraph.create()] : [];
  return doc.copy(Fragment.from(before).append(doc.content).append(Fragment.from(after)));
}

export const roomAroundTables = new Plugin({
  appendTransaction: (transactions, _, { doc, tr }) => {
    if (!transactions.some((one) => one.docChanged)) return null;
    if (needsRoom(doc.lastChild)) tr.insert(doc.content.size, nodes.paragraph.create());
    if (needsRoom(doc.firstChild)) tr.insert(0, nodes.paragraph.create());
    return tr.docChanged ? tr : null;
  },
});
