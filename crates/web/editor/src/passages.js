// Leads to a passage of the text: links of the page that end in `?doan=3` name it by its number, counted in lines of the
// markup as the server does; words quoted beside the link find it again when the text has changed since.
import { TextSelection } from "prosemirror-state";
import { textOf } from "./convert.js";
import { schema } from "./schema.js";

const squeezed = (text) => text.replace(/\s+/g, " ").trim();

// The place of the first block with these words in it.
function placeOfWords(doc, words) {
  const wanted = squeezed(words.replace(/…$/, ""));
  let found = null;
  doc.descendants((node, at) => {
    if (found === null && wanted && node.inlineContent && squeezed(node.textContent).includes(wanted)) found = { node, at };
    return found === null;
  });
  return found;
}

// The place of the block that the line with this number is written from; a table stands on several lines.
export function placeOfNumber(doc, number) {
  let found = null;
  const before = [];
  doc.forEach((node, at) => {
    before.push(node);
    const lines = textOf(schema.nodes.doc.create(null, before)).split("\n").filter(Boolean).length;
    if (found === null && lines >= number) found = { node, at };
  });
  return found;
}

function show(view, place) {
  if (!place) return;
  const { node, at } = place;
  const selection = node.inlineContent
    ? TextSelection.create(view.state.doc, at + 1, at + node.nodeSize - 1)
    : TextSelection.near(view.state.doc.resolve(at + 1));
  view.dispatch(view.state.tr.setSelection(selection).scrollIntoView());
  view.focus();
}

const asked = (address) => Number(new URL(address, location.href).searchParams.get("doan"));

export function leadToPassages(view) {
  const lead = (number, words) => {
    const { doc } = view.state;
    show(view, placeOfWords(doc, words) ?? (number > 0 ? placeOfNumber(doc, number) : null));
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='?doan=']");
    if (!link || link.pathname !== location.pathname) return;
    event.preventDefault();
    lead(asked(link.href), link.closest("li, .finding")?.querySelector("blockquote")?.textContent ?? "");
  });
  const shown = document.querySelector("[data-asked-passage]");
  if (!shown) return;
  shown.hidden = true;
  lead(asked(location.href), "");
}
