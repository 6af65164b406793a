// Numbers bound to a figure: shown with their value, put in by choosing an indicator and a period.
//
// The page names them in select[data-figures]: an option for each indicator, its code as value, in data-values what stands
// in its cells ("2020=1.234|2021=", the name of the period before the sign), and a second select for the period.
import { Plugin } from "prosemirror-state";
import { REFERENCE, schema } from "./schema.js";

export function figuresOf(form) {
  const indicators = form.querySelector("select[data-figures]");
  const periods = form.querySelector("select[data-periods]");
  const known = new Map();
  for (const option of indicators?.options || []) {
    for (const cell of (option.dataset.values || "").split("|").filter(Boolean)) {
      const [period, value] = cell.split("=");
      known.set(keyOf(option.value, period), { value, name: option.textContent.trim() });
    }
  }
  return { indicators, periods, known };
}

const keyOf = (code, period) => `${code.trim()}, ${period.trim().toLowerCase()}`;

function partsOf(source) {
  const [, code, period] = Array.from(source.matchAll(REFERENCE))[0];
  return keyOf(code, period);
}

class Chip {
  constructor(node, known) {
    this.dom = document.createElement("span");
    const figure = known.get(partsOf(node.attrs.source));
    const words = node.attrs.source.slice(2, -2);
    this.dom.className = figure?.value ? "figure-chip" : "figure-chip missing";
    this.dom.dataset.figure = node.attrs.source;
    this.dom.textContent = figure?.value || words;
    this.dom.title = figure ? `${words}: ${figure.name}` : `${words}: không có chỉ tiêu này`;
    if (figure && !figure.value) this.dom.title += " (ô chưa có số)";
  }
}

// What is typed as {{LD01, 2021}} becomes one thing once its braces are closed.
function typed(state) {
  const found = [];
  state.doc.descendants((node, at) => {
    if (!node.isText) return;
    for (const match of node.text.matchAll(REFERENCE)) {
      found.push({ from: at + match.index, to: at + match.index + match[0].length, source: match[0], marks: node.marks });
    }
  });
  if (!found.length) return null;
  const tr = state.tr;
  for (const { from, to, source, marks } of found.reverse()) {
    tr.replaceWith(from, to, schema.nodes.figure.create({ source }, null, marks));
  }
  return tr;
}

export const figuresShown = (known) => new Plugin({
  appendTransaction: (transactions, _, state) => (transactions.some((tr) => tr.docChanged) ? typed(state) : null),
  props: { nodeViews: { figure: (node) => new Chip(node, known) } },
});

export const insertFigure = ({ indicators, periods }) => (state, dispatch) => {
  if (!indicators?.value || !periods?.value) return false;
  const source = `{{${indicators.value}, ${periods.value}}}`;
  dispatch?.(state.tr.replaceSelectionWith(schema.nodes.figure.create({ source }), true).scrollIntoView());
  return true;
};
