// The one script: makes pages more comfortable; every page works without it.
//
// form[data-autosave]           Saves by itself while somebody types. The value is where to post to (empty: the action).
//                               The server answers JSON: { "saved": "10:32", "set": { "version": "4" }, "warning": "…" };
//                               `set` fills fields of the form by name, `warning` is shown instead of the time.
//                               Words appear in the form's [data-save-status] (class save-status).
// [data-confirm="Question?"]    On a form or a submit button: asks first, with “Đồng ý” and “Thôi”.
// [data-refresh="30"]           An element with an id: fetched anew every so many seconds while the page is looked at.
// input[data-check-all="name"]  Ticks or clears every box with that name in its form.
// table[data-grid]              Enter and the up and down arrows move between inputs of one column.
// [data-auto-submit]            A select that sends its form when it changes; its button stays for those without script.
"use strict";

const SAVE_AFTER_MS = 1200;
const RETRY_AFTER_MS = 5000;

function autosave(form) {
  const status = form.querySelector("[data-save-status]");
  const target = form.dataset.autosave || form.getAttribute("action") || location.href;
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

  async function save() {
    if (!dirty || saving) return;
    saving = true;
    dirty = false;
    say("Đang lưu…");
    try {
      const answer = await fetch(target, {
        method: "POST",
        body: body(),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
      });
      if (answer.status === 401) {
        dirty = true;
        say("Chưa lưu: phiên làm việc đã hết. Hãy đăng nhập ở một thẻ khác rồi quay lại đây gõ tiếp", true);
      } else if (answer.ok) {
        const result = await answer.json();
        for (const [name, value] of Object.entries(result.set || {})) {
          if (form.elements[name]) form.elements[name].value = value;
        }
        say(result.warning || `Đã lưu ${result.saved || ""}`.trim(), Boolean(result.warning));
      } else {
        const result = await answer.json().catch(() => null);
        say(`Chưa lưu: ${result?.error?.message || "hãy thử lại"}`, true);
        if (answer.status >= 500) {
          dirty = true;
          later(RETRY_AFTER_MS);
        }
      }
    } catch {
      dirty = true;
      say("Chưa lưu được vì mất kết nối; sẽ tự thử lại", true);
      later(RETRY_AFTER_MS);
    } finally {
      saving = false;
      if (dirty) later(RETRY_AFTER_MS);
    }
  }

  form.addEventListener("input", () => {
    dirty = true;
    say("Chưa lưu");
    later(SAVE_AFTER_MS);
  });
  form.addEventListener("focusout", () => save());
  form.addEventListener("submit", (event) => {
    // After the question of data-confirm, which may hold the form back.
    queueMicrotask(() => {
      if (event.defaultPrevented) return;
      dirty = false;
      clearTimeout(timer);
    });
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty || saving) event.preventDefault();
  });
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

document.querySelectorAll("form[data-autosave]").forEach(autosave);
document.querySelectorAll("[data-refresh]").forEach(refresh);
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
