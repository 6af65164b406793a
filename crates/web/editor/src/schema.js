// What a section may hold: paragraphs (a list item is a paragraph that begins with its mark), simple tables, and inside
// them words with their looks, line breaks and numbers bound to a figure.
import { Schema } from "prosemirror-model";
import { tableNodes } from "prosemirror-tables";

// A number bound to a figure, as the text holds it: {{LD01, 2021}}.
export const REFERENCE = /\{\{([^{}|,\\*<\n]+),\s*([0-9]{4}|cả\s+kỳ)\s*\}\}/giu;

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: {
      group: "block",
      content: "inline*",
      attrs: { level: { default: 0 } },
      parseDOM: [{ tag: "p", getAttrs: (dom) => ({ level: Number(dom.dataset.level) || 0 }) }],
      toDOM: (node) => ["p", node.attrs.level ? { "data-level": node.attrs.level } : {}, 0],
    },
    ...tableNodes({ tableGroup: "block", cellContent: "inline*", cellAttributes: {} }),
    text: { group: "inline" },
    line_break: {
      group: "inline",
      inline: true,
      selectable: false,
      linebreakReplacement: true,
      parseDOM: [{ tag: "br" }],
      toDOM: () => ["br"],
      leafText: () => "\n",
    },
    figure: {
      group: "inline",
      inline: true,
      atom: true,
      attrs: { source: {} },
      parseDOM: [{ tag: "span[data-figure]", getAttrs: (dom) => ({ source: dom.dataset.figure }) }],
      toDOM: (node) => ["span", { class: "figure-chip", "data-figure": node.attrs.source }, node.attrs.source],
      leafText: (node) => node.attrs.source,
    },
  },
  marks: {
    bold: {
      parseDOM: [{ tag: "b" }, { tag: "strong" }],
      toDOM: () => ["b", 0],
    },
    italic: {
      parseDOM: [{ tag: "i" }, { tag: "em" }],
      toDOM: () => ["i", 0],
    },
    underline: {
      parseDOM: [{ tag: "u" }],
      toDOM: () => ["u", 0],
    },
    sup: {
      excludes: "sup sub",
      parseDOM: [{ tag: "sup" }],
      toDOM: () => ["sup", 0],
    },
    sub: {
      excludes: "sup sub",
      parseDOM: [{ tag: "sub" }],
      toDOM: () => ["sub", 0],
    },
  },
});
