// Keeps what is typed in this browser until the server has it: nothing is lost without a network.
// The server alone decides what is newer; a copy of here never overwrites anything (engine/merging.py).
"use strict";

const KEPT = "gonghui.piece.";
const owner = document.querySelector("[data-archive-person]");
const form = document.querySelector("form[data-piece]");
const said = document.getElementById("kept");
const keyOf = (piece) => `${KEPT}${owner.dataset.archivePerson}.${piece}`;

function token() {
  return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
}

/** Everything but files and the token, as the server is to hear it. */
function fieldsOf(form) {
  const left = new Set(["csrfmiddlewaretoken", "pictures", "act"]);
  return [...new FormData(form)].filter(([name, value]) => !left.has(name) && typeof value === "string");
}

function tell(words, offline) {
  if (!said) return;
  said.textContent = words;
  said.toggleAttribute("data-offline", offline);
}

/** Send copies that never arrived; true when the page should be read anew. */
async function replay() {
  let arrived = false;
  const prefix = keyOf("");
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith(prefix))) {
    const raw = localStorage.getItem(key);
    const copy = JSON.parse(raw);
    const body = new URLSearchParams(copy.fields);
    const answer = await fetch(copy.url, { method: "POST", body, headers: { "X-CSRFToken": token() } }).catch(() => null);
    // Logged out, or the server is ill: it stays here until it can be heard.
    if (!answer || answer.redirected || !(answer.ok || answer.status === 404)) continue;
    if (localStorage.getItem(key) === raw) localStorage.removeItem(key);
    arrived ||= answer.ok && answer.headers.get("X-Kept") !== "same";
  }
  return arrived;
}

function write() {
  const key = keyOf(form.dataset.piece);
  let clean = JSON.stringify(fieldsOf(form));
  const stroke = form.elements.stroke;

  const store = () => {
    const fields = fieldsOf(form);
    localStorage.setItem(key, JSON.stringify({ url: form.dataset.keep, fields }));
  };
  const struck = () => {
    stroke.value = Number(stroke.value || 0) + 1;
    store();
  };
  form.addEventListener("input", struck);
  // Typed while the page was still loading, or filled in again by the browser on coming back.
  const early = [...form.elements].some((one) => ["title", "text"].includes(one.name) && one.value !== one.defaultValue);
  if (early) struck();
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt === form) clean = JSON.stringify(fieldsOf(form));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form) return;
    if (event.detail.successful) {
      said.removeAttribute("data-offline");
      // Typed on while it was under way: the copy stays until that has arrived too.
      if (JSON.stringify(fieldsOf(form)) === clean) localStorage.removeItem(key);
    } else {
      tell("没有网络，已存在这台手机上；有网络时自动补上，可以接着写。", true);
    }
  });
  const pending = () => localStorage.getItem(key) !== null;
  const leave = () => {
    if (!pending()) return;
    const data = new FormData(form);
    data.delete("pictures");
    navigator.sendBeacon(form.dataset.keep, data);
  };
  // A beacon may be lost; the copy stays, and the next page that has a network sends it again.
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
  window.addEventListener("online", () => pending() && htmx.trigger(form, "keep"));
  const again = () => pending() && navigator.onLine && htmx.trigger(form, "keep");
  setInterval(again, 15000);
  if (early) setTimeout(again, 2000);
}

/** Titles on record, offered below the box while one types. */
function offerTitles() {
  const box = document.querySelector("input[name=title]");
  const list = document.getElementById("titles");
  if (!box || !list) return;
  box.setAttribute("list", "titles");
  let waiting = 0;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const answer = await fetch(`${list.dataset.from}?title=${encodeURIComponent(box.value)}`).catch(() => null);
      if (answer && answer.ok) list.innerHTML = await answer.text();
    }, 300);
  });
}

async function begin() {
  // What was sent by its button is sent once more: the server sees that it says the same.
  if (await replay()) return location.reload();
  if (form) write();
  offerTitles();
}
if (owner) begin();
