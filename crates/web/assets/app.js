// The one script: makes pages more comfortable; every page works without it.
//
// form[data-autosave]           Saves by itself while somebody types. The value is where to post to (empty: the action).
//                               The server answers JSON: { "saved": "10:32", "set": { "version": "4" }, "warning": "…",
//                               "note": "…" }; `set` fills fields of the form by name, `warning` is shown instead of the
//                               time. Words appear in the form's [data-save-status] (class save-status), the note in the
//                               page's [data-save-note], which is hidden while there is none.
// form[data-keep="name"]        With data-autosave: what could not be saved yet is kept in this browser under that name,
//                               and saved when the page is opened again.
// [data-confirm="Question?"]    On a form or a submit button: asks first, with “Đồng ý” and “Thôi”.
// [data-live="/path"]           An element with an id: shows what the server sends there (server-sent events), as long as the
//                               page is looked at and nobody is inside the element.
// [data-refresh="30"]           An element with an id: fetched anew every so many seconds while the page is looked at.
// input[data-check-all="name"]  Ticks or clears every box with that name in its form.
// table[data-grid]              Enter and the up and down arrows move between inputs of one column.
// form[data-review]              The review of a plan beside its text (.plan-text): selected words go into the chosen field
//                               by the button in [data-put]; j, k and the arrows move between [data-stop] and fields.
// [data-auto-submit]            A select that sends its form when it changes; its button stays for those without script.
"use strict";

const SAVE_AFTER_MS = 1200;
const RETRY_AFTER_MS = 5000;

// Whatever is being saved; who asks the server about the text waits for it.
let beingSaved = Promise.resolve();

// What a form holds and could not save yet, in this browser.
function keeper(form) {
  const name = form.dataset.keep && `dondoc:${form.dataset.keep}`;
  const tried = (work) => {
    try {
      return name ? work() : null;
    } catch {
      return null; // The browser keeps nothing: full, or forbidden.
    }
  };
  const fields = () => Array.from(new FormData(form)).filter(([field]) => field !== "_token");
  return {
    keep: () => tried(() => localStorage.setItem(name, JSON.stringify(fields()))),
    drop: () => tried(() => localStorage.removeItem(name)),
    // The form goes by the button: whether it arrived, the next page says.
    sent: () => tried(() => sessionStorage.setItem("dondoc:sent", name)),
    take: () => tried(() => JSON.parse(localStorage.getItem(name) || "null")),
  };
}

// A form that went by the button has arrived when the next page shows a message of the server.
function forgetArrived() {
  try {
    const name = sessionStorage.getItem("dondoc:sent");
    sessionStorage.removeItem("dondoc:sent");
    if (name && document.querySelector("main > .notice[role=status]")) localStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}

function autosave(form) {
  const status = form.querySelector("[data-save-status]");
  const note = document.querySelector("[data-save-note]");
  const target = form.dataset.autosave || form.getAttribute("action") || location.href;
  const kept = keeper(form);
  let timer = null;
  let dirty = false;
  let saving = false;

  const say = (text, wrong) => {
    if (!status) return;
    status.textContent = text;
    status.classList.toggle("wrong", Boolean(wrong));
  };
  const body = () => new URLSearchParams(new FormData(form));
  const later = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(save, ms);
  };
  const fill = (fields) => {
    for (const [name, value] of fields) {
      if (form.elements[name]) form.elements[name].value = value;
    }
  };
  const send = () => fetch(target, {
    method: "POST",
    body: body(),
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  });

  // After signing in anew elsewhere the form's secret is an old one: takes the new one from a fresh page.
  async function renewSecret() {
    const page = await fetch(location.href, { credentials: "same-origin" });
    if (!page.ok || page.redirected) return false;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    const secret = fresh.querySelector("input[name=_token]")?.value;
    if (!secret || secret === form.elements._token?.value) return false;
    form.elements._token.value = secret;
    return true;
  }

  const save = () => {
    beingSaved = Promise.all([beingSaved, saveNow()]);
  };

  async function saveNow() {
    if (!dirty || saving) return;
    saving = true;
    dirty = false;
    say("Đang lưu…");
    try {
      let answer = await send();
      if (answer.status === 403 && await renewSecret()) answer = await send();
      if (answer.status === 401) {
        dirty = true;
        say("Chưa lưu: phiên làm việc đã hết. Hãy đăng nhập ở một thẻ khác; nội dung ở đây vẫn còn và sẽ tự lưu", true);
      } else if (answer.ok) {
        const result = await answer.json();
        fill(Object.entries(result.set || {}));
        if (!dirty) kept.drop();
        say(result.warning || `Đã lưu lúc ${result.saved || ""}`.trim(), Boolean(result.warning));
        if (note) {
          note.textContent = result.note || "";
          note.hidden = !result.note;
        }
      } else {
        const result = await answer.json().catch(() => null);
        const problem = result?.error?.problems?.[0]?.message;
        say(`Chưa lưu: ${problem || result?.error?.message || "hãy thử lại"}`, true);
        dirty = answer.status >= 500;
      }
    } catch {
      dirty = true;
      say("Chưa lưu được, sẽ thử lại. Nội dung vẫn giữ trong máy này", true);
    } finally {
      saving = false;
      if (dirty) later(RETRY_AFTER_MS);
    }
  }

  const changed = () => {
    dirty = true;
    kept.keep();
    later(SAVE_AFTER_MS);
  };
  form.addEventListener("input", () => {
    say("Chưa lưu");
    changed();
  });
  form.addEventListener("focusout", () => save());
  form.addEventListener("submit", (event) => {
    // After the question of data-confirm, which may hold the form back.
    queueMicrotask(() => {
      if (event.defaultPrevented) return;
      dirty = false;
      clearTimeout(timer);
      kept.keep();
      kept.sent();
    });
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  window.addEventListener("online", () => save());
  window.addEventListener("beforeunload", (event) => {
    if (dirty || saving) event.preventDefault();
  });

  // The server tells a text that is known already, and keeps one that comes too late beside the newer one.
  const left = kept.take();
  if (left) {
    fill(left);
    say("Đã lấy lại nội dung chưa lưu lần trước");
    changed();
  }
}

let asked = null;

function confirmFirst(event) {
  const form = event.target;
  const question = event.submitter?.dataset.confirm || form.dataset.confirm;
  if (!question || asked === form) {
    asked = null;
    return;
  }
  event.preventDefault();
  const dialog = document.createElement("dialog");
  const words = document.createElement("p");
  words.textContent = question;
  const buttons = document.createElement("p");
  buttons.className = "buttons";
  const button = (text, kind, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `button ${kind}`;
    made.textContent = text;
    made.addEventListener("click", () => {
      dialog.close();
      act();
    });
    buttons.append(made);
  };
  button("Đồng ý", "primary", () => {
    asked = form;
    form.requestSubmit(event.submitter);
  });
  button("Thôi", "", () => {});
  dialog.append(words, buttons);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function refresh(element) {
  const every = Number(element.dataset.refresh) * 1000;
  if (!element.id || !(every >= 1000)) return;
  setInterval(async () => {
    const place = document.getElementById(element.id);
    if (document.hidden || !place || place.contains(document.activeElement)) return;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(element.id);
      if (fresh && fresh.innerHTML !== place.innerHTML) place.innerHTML = fresh.innerHTML;
    } catch {
      // The next round tries again.
    }
  }, every);
}

// The server sends the part anew whenever it has changed; many who look at the same part cost it one computation.
function live(element) {
  let source = null;
  let waiting = null;
  const show = () => {
    const place = document.getElementById(element.id);
    if (waiting === null || !place || place.contains(document.activeElement)) return;
    const fresh = document.createElement("template");
    fresh.innerHTML = waiting;
    waiting = null;
    if (fresh.innerHTML === place.innerHTML) return;
    const open = new Set(Array.from(place.querySelectorAll("details[open] > summary"), (title) => title.textContent));
    place.replaceChildren(fresh.content);
    place.querySelectorAll("details > summary").forEach((title) => { title.parentElement.open = open.has(title.textContent); });
  };
  const follow = () => {
    source?.close();
    source = null;
    if (document.hidden) return;
    source = new EventSource(element.dataset.live);
    source.addEventListener("message", (event) => {
      waiting = event.data;
      show();
    });
  };
  element.addEventListener("focusout", () => setTimeout(show));
  document.addEventListener("visibilitychange", follow);
  window.addEventListener("pagehide", () => source?.close());
  follow();
}

// A closed panel fetches what it holds from the page that it leads to, anew each time it is opened.
function loadWhenOpened(panel) {
  const title = panel.querySelector("summary");
  const place = panel.querySelector("[role=status]");
  const name = title.textContent;
  const link = place.innerHTML;
  const holder = document.createElement("div");
  panel.append(holder);
  panel.addEventListener("toggle", async () => {
    const isAnswering = Array.from(holder.querySelectorAll("textarea")).some((area) => area.value !== area.defaultValue);
    if (!panel.open || isAnswering) return;
    place.textContent = "Đang kiểm tra…";
    try {
      await beingSaved;
      const answer = await fetch(panel.dataset.load, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("[data-summary]");
      const summary = found.dataset.summary;
      title.textContent = summary ? `${name}: ${summary}` : name;
      place.textContent = summary ? "" : "Không có điểm nào cần xem lại.";
      holder.replaceChildren(...found.childNodes);
    } catch {
      place.innerHTML = link;
    }
  });
}

function moveInGrid(event) {
  const table = event.target.closest("table[data-grid]");
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!table || !step || !event.target.matches("input")) return;
  const cell = event.target.closest("td");
  const rows = Array.from(table.tBodies).flatMap((body) => Array.from(body.rows));
  for (let at = rows.indexOf(cell.parentElement) + step; rows[at]; at += step) {
    const next = rows[at].cells[cell.cellIndex]?.querySelector("input:not([disabled])");
    if (next) {
      event.preventDefault();
      next.focus();
      next.select();
      return;
    }
  }
  if (event.key === "Enter") event.preventDefault();
}

// A day or month in words of a plan, as date fields hold it; empty when there is none.
function dayIn(words, kind) {
  const found = words.match(/(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4})/i);
  const month = words.match(/(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4})/i);
  const two = (number) => number.padStart(2, "0");
  if (kind === "date") return found ? `${found[3]}-${two(found[2])}-${two(found[1])}` : "";
  if (found) return `${found[3]}-${two(found[2])}`;
  return month ? `${month[2]}-${two(month[1])}` : "";
}

// The review of a plan: selected words go into the chosen field; keys move between findings and fields.
function review(form) {
  const text = document.querySelector(".plan-text");
  const put = document.querySelector("[data-put]");
  const inputs = "input:not([type=hidden]):not([type=checkbox]), textarea";
  let chosen = null;
  let words = "";
  if (!text || !put) return;

  const show = () => {
    put.hidden = !(words && chosen);
    const label = chosen && form.querySelector(`label[for="${CSS.escape(chosen.id)}"]`);
    put.querySelector("span").textContent = label ? `“${label.textContent}”` : chosen?.getAttribute("aria-label") || "";
  };
  const take = () => {
    if (!words || !chosen) return;
    if (chosen.type === "date" || chosen.type === "month") {
      const day = dayIn(words, chosen.type);
      if (!day) return;
      chosen.value = day;
    } else if ("lines" in chosen.dataset && chosen.value.trim()) {
      chosen.value = `${chosen.value.trimEnd()}\n${words}`;
    } else {
      chosen.value = words;
    }
    chosen.dispatchEvent(new Event("input", { bubbles: true }));
    chosen.focus();
  };
  form.addEventListener("focusin", (event) => {
    if (!event.target.matches(inputs)) return;
    chosen?.closest(".field")?.classList.remove("chosen");
    chosen = event.target;
    chosen.closest(".field")?.classList.add("chosen");
    show();
  });
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const inside = selection.rangeCount > 0 && text.contains(selection.anchorNode) && text.contains(selection.focusNode);
    if (document.activeElement?.closest("[data-put]")) return;
    words = inside ? selection.toString().replaceAll("↦", "").replace(/\s+/g, " ").trim() : "";
    show();
  });
  put.querySelector("button").addEventListener("mousedown", (event) => event.preventDefault());
  put.querySelector("button").addEventListener("click", take);

  // What was typed stays: links to words and fields of this page do not load it anew, and leaving it is asked about.
  let isChanged = false;
  form.addEventListener("input", () => { isChanged = true; });
  form.addEventListener("submit", () => { isChanged = false; });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='#']");
    const place = link && link.pathname === location.pathname && document.getElementById(link.hash.slice(1));
    if (!place) return;
    event.preventDefault();
    location.hash = link.hash;
    place.scrollIntoView({ block: "nearest" });
  });

  form.querySelectorAll(".field, details > summary, td:has(> input)").forEach((stop) => { stop.dataset.stop = ""; });
  const stops = Array.from(document.querySelectorAll("[data-stop]"));
  stops.forEach((stop) => { if (!stop.matches("summary")) stop.tabIndex = -1; });
  let at = -1;
  const go = (step) => {
    const held = document.activeElement?.closest("[data-stop]");
    if (held) at = stops.indexOf(held);
    at = Math.min(Math.max(at + step, 0), stops.length - 1);
    stops[at]?.focus();
    stops[at]?.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    const held = document.activeElement?.closest("[data-stop]");
    if (event.altKey && event.key.toLowerCase() === "p") {
      event.preventDefault();
      take();
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const typing = event.target.matches("input, textarea, select");
    if (typing) {
      if (event.key === "Escape") held?.focus();
      return;
    }
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (step && (event.key.length === 1 || held)) {
      event.preventDefault();
      go(step);
    } else if (event.key === "Enter" && held && held === event.target && !held.matches("summary")) {
      event.preventDefault();
      const answer = held.querySelector("details");
      if (answer) answer.open = true;
      held.querySelector(`${inputs}, select`)?.focus();
    } else if (event.key === "v" && held) {
      held.querySelector("a.hint")?.click();
    }
  });
}

forgetArrived();
document.querySelectorAll("form[data-review]").forEach(review);
document.querySelectorAll("form[data-autosave]").forEach(autosave);
document.querySelectorAll("[data-live]").forEach(live);
document.querySelectorAll("[data-refresh]").forEach(refresh);
document.querySelectorAll("details[data-load]").forEach(loadWhenOpened);
document.addEventListener("submit", confirmFirst);
document.addEventListener("keydown", moveInGrid);
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.dataset.checkAll) {
    const boxes = (field.form || document).querySelectorAll(`input[type="checkbox"][name="${field.dataset.checkAll}"]`);
    boxes.forEach((box) => { box.checked = field.checked; });
  }
  if ("autoSubmit" in field.dataset) field.form?.requestSubmit();
});
