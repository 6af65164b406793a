// Find and replace: a bar above the words.
import { SearchQuery, findNext, findPrev, getSearchState, replaceAll, replaceNext, search, setSearchState } from "prosemirror-search";
import { button, element } from "./element.js";

export const finding = search();

function count(state) {
  const { query } = getSearchState(state);
  if (!query.valid) return null;
  let found = 0;
  for (let from = 0, match; (match = query.findNext(state, from)); from = match.to) found += 1;
  return found;
}

export function findBar(view) {
  const what = element("input", { type: "search", "aria-label": "Tìm", placeholder: "Tìm", autocomplete: "off" });
  const by = element("input", { type: "text", "aria-label": "Thay bằng", placeholder: "Thay bằng", autocomplete: "off" });
  const said = element("span", { class: "hint", role: "status" });
  const tell = () => {
    const found = count(view.state);
    said.textContent = found === null ? "" : found === 0 ? "Không thấy" : `${found} chỗ`;
  };
  const ask = () => {
    const query = new SearchQuery({ search: what.value, replace: by.value, literal: true });
    view.dispatch(setSearchState(view.state.tr, query));
    tell();
  };
  const act = (command) => () => {
    ask();
    command(view.state, view.dispatch, view);
    tell();
  };
  const bar = element(
    "div",
    { class: "find-bar", role: "search", hidden: true },
    what,
    button("Trước", act(findPrev), { class: "button small" }),
    button("Sau", act(findNext), { class: "button small" }),
    by,
    button("Thay", act(replaceNext), { class: "button small" }),
    button("Thay hết", act(replaceAll), { class: "button small" }),
    said,
  );
  const close = () => {
    bar.hidden = true;
    what.value = "";
    ask();
    view.focus();
  };
  bar.append(button("Đóng", close, { class: "button small quiet" }));
  // The bar stands in the form, whose fields are saved and sent by Enter.
  bar.addEventListener("input", (event) => {
    event.stopPropagation();
    ask();
  });
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      act(event.target === by ? replaceNext : event.shiftKey ? findPrev : findNext)();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  const open = () => {
    const { from, to } = view.state.selection;
    bar.hidden = false;
    what.value = view.state.doc.textBetween(from, to, " ") || what.value;
    ask();
    what.focus();
    what.select();
    return true;
  };
  return { bar, open };
}
