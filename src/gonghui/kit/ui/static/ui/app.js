// What pages do beyond links and forms. Everything here improves a page that also works without it.
"use strict";

const YEAR = 31536000;
const root = document.documentElement;

function on(type, selector, act) {
  document.addEventListener(type, (event) => {
    const found = event.target instanceof Element && event.target.closest(selector);
    if (found) act(found, event);
  });
}

function keep(name, value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  const age = value ? YEAR : 0;
  document.cookie = `${name}=${value}; path=/; max-age=${age}; samesite=lax${secure}`;
}

/* How it looks: kept in the cookies "theme" and "large", which the server reads */
on("click", "[data-theme]", (button) => {
  const chosen = button.dataset.theme;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  keep("theme", chosen === "auto" ? "" : chosen);
  root.dataset.bsTheme = chosen === "auto" ? (dark ? "dark" : "light") : chosen;
});
on("click", "[data-large]", () => {
  keep("large", root.classList.toggle("large") ? "1" : "");
});

/* Menus close when one looks elsewhere */
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.querySelector("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (location.hash === "#side") {
      location.hash = "main";
    }
  }
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = document.querySelector("[data-search]");
    if (search && search.offsetParent) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  }
});

/* Of tabs wider than the screen, the one that is open is in sight */
for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 16;
}

/* Dialogs on the page, and small forms fetched into one */
on("click", "[data-dialog]", (opener, event) => {
  const dialog = document.getElementById(opener.dataset.dialog);
  if (!dialog) return;
  event.preventDefault();
  dialog.showModal();
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "fetched") document.getElementById("fetched-dialog").showModal();
});
on("click", "dialog", (dialog, event) => {
  if (event.target === dialog) dialog.close();
});
on("click", "[data-close]", (closer, event) => {
  const dialog = closer.closest("dialog");
  if (!dialog) return;
  event.preventDefault();
  dialog.close();
});

/* "Are you sure": a sentence that says what will happen, on any button or link */
function ask(text, verb, act) {
  const dialog = document.getElementById("confirm-dialog");
  dialog.querySelector("#confirm-text").textContent = text;
  dialog.querySelector("[value=yes]").textContent = verb;
  dialog.returnValue = "";
  dialog.addEventListener("close", () => dialog.returnValue === "yes" && act(), { once: true });
  dialog.showModal();
}
on("click", "[data-confirm]", (button, event) => {
  if (button.dataset.confirmed) {
    delete button.dataset.confirmed;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(button.dataset.confirm, button.textContent.trim() || "确定", () => {
    button.dataset.confirmed = "yes";
    button.click();
  });
});
document.addEventListener("htmx:confirm", (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  const verb = event.detail.elt.textContent.trim() || "确定";
  ask(event.detail.question, verb.length > 8 ? "确定" : verb, () => event.detail.issueRequest(true));
});

/* Choosing rows: this page, then all pages; the bar says how many */
function recount(list) {
  const boxes = [...list.querySelectorAll("input[name=selected]")];
  const chosen = boxes.filter((box) => box.checked).length;
  const all = list.querySelector("input[name=all_pages]");
  const head = list.querySelector("[data-select-all]");
  if (head) {
    head.checked = chosen > 0 && chosen === boxes.length;
    head.indeterminate = chosen > 0 && chosen < boxes.length;
  }
  if (all && chosen < boxes.length) all.checked = false;
  const words = list.querySelector("[data-chosen]");
  if (words) words.textContent = all && all.checked ? words.dataset.all : `已选 ${chosen} 条`;
  list.classList.toggle("choosing", chosen > 0);
}
on("change", "[data-select-all]", (head) => {
  const list = head.closest("form") || document;
  for (const box of list.querySelectorAll("input[name=selected]")) box.checked = head.checked;
});
on("change", "input[name=all_pages]", (all) => {
  if (!all.checked) return;
  for (const box of all.form.querySelectorAll("input[name=selected]")) box.checked = true;
});
on("change", "[data-bulk]", (list) => recount(list));

/* Drafts: what was typed into a long form is kept in this browser until it is saved */
const DRAFT = "gonghui.draft.";
// What the record said when the words were typed goes with them (core/screens/meanwhile.py).
function isUntyped(field) {
  return field.name !== "form_opened" && ["hidden", "password", "file", "submit", "button"].includes(field.type);
}
function typed(form) {
  const kept = [];
  for (const field of form.elements) {
    if (!field.name || isUntyped(field) || field.dataset.draft === "no") continue;
    if (["checkbox", "radio"].includes(field.type)) {
      if (field.checked) kept.push([field.name, field.value]);
    } else if (field.type === "select-multiple") {
      for (const option of field.selectedOptions) kept.push([field.name, option.value]);
    } else {
      kept.push([field.name, field.value]);
    }
  }
  return JSON.stringify(kept);
}
function restore(form, kept) {
  const values = new Map();
  for (const [name, value] of kept) values.set(name, [...(values.get(name) || []), value]);
  for (const field of form.elements) {
    if (!field.name || isUntyped(field)) continue;
    const given = values.get(field.name) || [];
    if (["checkbox", "radio"].includes(field.type)) field.checked = given.includes(field.value);
    else if (field.type === "select-multiple") {
      for (const option of field.options) option.selected = given.includes(option.value);
    } else if (given.length) field.value = given.shift();
  }
}
function offer(form, key) {
  const note = document.createElement("div");
  note.className = "alert wait draft_note";
  note.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = "这里有上次没有保存的内容。";
  const take = document.createElement("button");
  const drop = document.createElement("button");
  take.type = drop.type = "button";
  take.className = "button small";
  drop.className = "button small quiet";
  take.textContent = "接着填";
  drop.textContent = "不要了";
  take.addEventListener("click", () => {
    restore(form, JSON.parse(localStorage.getItem(key) || "[]"));
    note.remove();
  });
  drop.addEventListener("click", () => {
    localStorage.removeItem(key);
    note.remove();
  });
  note.append(words, take, drop);
  form.prepend(note);
}
function keepDrafts() {
  // A form that was sent and did not come back was saved: its draft has done its work.
  const here = new Set([...document.querySelectorAll("form[data-draft]")].map((f) => f.dataset.draft));
  const sent = sessionStorage.getItem("gonghui.sent");
  if (sent && !here.has(sent)) localStorage.removeItem(DRAFT + sent);
  sessionStorage.removeItem("gonghui.sent");
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const key = DRAFT + form.dataset.draft;
    const first = typed(form);
    const kept = localStorage.getItem(key);
    if (kept && kept !== first && !form.querySelector(".wrong, .alert.late")) offer(form, key);
    let waiting = 0;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => localStorage.setItem(key, typed(form)), 500);
    });
    form.addEventListener("submit", () => {
      clearTimeout(waiting);
      localStorage.setItem(key, typed(form));
      sessionStorage.setItem("gonghui.sent", form.dataset.draft);
    });
  }
}

/* A file may be dropped onto its field */
for (const type of ["dragover", "dragleave", "drop"]) {
  on(type, "[data-drop]", (zone, event) => {
    event.preventDefault();
    zone.classList.toggle("over", type === "dragover");
    if (type !== "drop" || !event.dataTransfer.files.length) return;
    const input = zone.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

on("click", "[data-print]", () => window.print());

/* A form is sent once, however often one presses */
on("submit", "form[method=post]", (form, event) => {
  if (form.dataset.sending) return event.preventDefault();
  if (form.hasAttribute("hx-post")) return;
  form.dataset.sending = "yes";
  setTimeout(() => delete form.dataset.sending, 5000); // the answer may have been a file
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
});

document.addEventListener("htmx:responseError", () => {
  const place = document.getElementById("messages");
  const note = document.createElement("div");
  note.className = "alert late";
  const words = document.createElement("p");
  words.textContent = "没有取到内容。请检查网络，刷新页面后再试。";
  note.append(words);
  place.replaceChildren(note);
});

function start() {
  if (matchMedia("(max-width: 56rem)").matches) {
    const bar = document.querySelector("details.filter_bar:not([data-filtered])");
    if (bar) bar.open = false;
    for (const one of document.querySelectorAll("details[data-chapter]:not(:first-of-type)")) one.open = false;
  }
  // The menu is longer than the screen: where one is stays in sight.
  document.querySelector(".side a[aria-current]")?.scrollIntoView({ block: "nearest" });
  keepDrafts();
}
start();
