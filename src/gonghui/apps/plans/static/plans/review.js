// The review screen by keyboard and mouse; every change also works as a plain form without this.
"use strict";

(() => {
  const review = document.querySelector("[data-review]");
  if (!review) return;
  const tree = () => document.getElementById("tree");
  const paper = () => document.getElementById("paper");
  const rows = () => [...tree().querySelectorAll("[data-lines] > [data-node]")];
  const rowOf = (id) => document.getElementById(`node-${id}`);
  const linkOf = (row) => row && row.querySelector(".line_text");
  const panel = () => tree().querySelector("[data-panel]");
  // Tab indents only while one walks the lines; who merely passes through keeps the plain Tab.
  let walking = false;

  function current() {
    return rowOf(tree().dataset.current) || rows()[0];
  }

  /* The current line, in the tree and on the paper */
  function choose(row, focus, isStop = true) {
    if (!row) return;
    const id = row.dataset.node;
    tree().dataset.current = id;
    for (const other of rows()) other.classList.toggle("now", other === row);
    if (isStop) stopAt(row);
    const after = tree().querySelector("[data-add] [name=after]");
    if (after) after.value = id;
    light(id);
    if (focus && linkOf(row)) {
      linkOf(row).focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest", behavior: "instant" });
    }
  }
  // Tab comes to one line only, with its chips; the keys of the list lead to the others.
  function stopAt(row) {
    for (const other of rows()) {
      for (const link of other.querySelectorAll(".line_row a")) link.tabIndex = other === row ? 0 : -1;
    }
  }
  function light(id) {
    for (const line of paper().querySelectorAll(".now")) line.classList.remove("now");
    for (const run of paper().querySelectorAll(".lit")) run.classList.remove("lit");
    const found = [...paper().querySelectorAll(`[data-node="${id}"]`)];
    for (const run of found) {
      run.classList.add("lit");
      run.parentElement.classList.add("now");
    }
    if (!found.length) return;
    const line = found[0].parentElement;
    const top = line.offsetTop - paper().offsetTop;
    const seen = top >= paper().scrollTop && top + line.offsetHeight <= paper().scrollTop + paper().clientHeight;
    if (!seen) paper().scrollTop = top - paper().clientHeight / 3;
  }

  /* Changes go one after the other, each on the revision the one before it made */
  let queue = Promise.resolve();
  function enqueue(work) {
    // A step that could not be sent has said so; the next one is tried all the same.
    queue = queue.then(work).catch(() => {});
    return queue;
  }
  function send(url, values) {
    return enqueue(async () => {
      const scrolled = paper().scrollTop;
      await htmx.ajax("POST", url, {
        source: tree(),
        target: "#tree",
        swap: "outerHTML settle:0s",
        values: { revision: tree().dataset.revision, ...values },
      });
      paper().scrollTop = scrolled;
      settle();
    });
  }
  function settle() {
    dress();
    const open = panel();
    if (open) {
      choose(open.closest("[data-node]"), false);
      focusField(open, open.querySelector(".wrong [name]")?.name || "text");
    } else choose(current(), true);
    const notice = document.getElementById("notice").textContent.trim();
    const row = current();
    say(notice || (row ? row.textContent.trim().replace(/\s+/g, " ").slice(0, 60) : ""));
  }
  function say(words) {
    document.getElementById("said").textContent = words;
  }

  /* A panel with something written in it is saved before anything else happens */
  function fieldsOf(form) {
    const values = {};
    for (const [name, value] of new FormData(form)) {
      if (name === "csrfmiddlewaretoken") continue;
      if (name in values) values[name] = [].concat(values[name], value);
      else values[name] = value;
    }
    return values;
  }
  function isDirty(form) {
    return JSON.stringify(fieldsOf(form)) !== form.dataset.first;
  }
  function keepPanel() {
    const open = panel();
    if (open && isDirty(open)) submit(open, "save");
  }
  function submit(form, button) {
    const values = fieldsOf(form);
    if (button) values.do = button;
    const text = form.elements.text;
    if (button === "split" && text) {
      values.at = [...text.value.slice(0, text.selectionStart)].length;
    }
    return send(form.getAttribute("action"), values);
  }
  function act(name) {
    const row = current();
    if (!row) return;
    const open = row.querySelector("[data-panel]");
    if (open) {
      submit(open, name);
      return;
    }
    keepPanel();
    post({ op: name, node: Number(row.dataset.node) });
  }
  function post(op) {
    return send(tree().dataset.url, { op: JSON.stringify(op) });
  }
  function undo() {
    return send(tree().dataset.undoUrl, {});
  }

  /* Panels */
  function open(row, field) {
    if (!row) return;
    const id = row.dataset.node;
    keepPanel();
    enqueue(async () => {
      const other = panel();
      if (other && other.closest("[data-node]").dataset.node !== id) await fetchRow(other.closest("[data-node]").dataset.node, "at");
      if (!rowOf(id)) return;
      if (!rowOf(id).querySelector("[data-panel]")) await fetchRow(id, "edit");
      dress();
      choose(rowOf(id), false);
      if (panel()) focusField(panel(), field);
    });
  }
  function fetchRow(id, how) {
    return htmx.ajax("GET", `${location.pathname}?${how}=${id}`, { source: tree(), target: `#node-${id}`, swap: "outerHTML settle:0s" });
  }
  function close(form) {
    const id = form.closest("[data-node]").dataset.node;
    enqueue(async () => {
      await fetchRow(id, "at");
      dress();
      choose(rowOf(id), true);
    });
  }
  function focusField(form, name) {
    const field = form.elements[name] || form.elements.text;
    const target = field instanceof RadioNodeList ? field[0] : field;
    target.focus({ preventScroll: true });
    const row = form.closest("[data-node]");
    const place = row.getBoundingClientRect();
    const hidden = place.top < 120 || place.bottom > window.innerHeight;
    if (hidden) row.scrollIntoView({ block: "start", behavior: "instant" });
    if (hidden && target.getBoundingClientRect().bottom > window.innerHeight) target.scrollIntoView({ block: "center", behavior: "instant" });
  }

  /* Dragging by the handle: dropped behind a line, it becomes that line's neighbour or first child */
  let order = [];
  async function drop(event) {
    const list = event.to;
    const moved = event.item;
    const all = rows();
    const above = all[all.indexOf(moved) - 1];
    const below = all[all.indexOf(moved) + 1];
    const depth = (row) => (row ? Number(row.dataset.depth) : -1);
    const target = !above || depth(below) > depth(above) ? below : above;
    if (event.oldIndex !== event.newIndex && !within(moved, target)) {
      await post({ op: "move_to", node: Number(moved.dataset.node), target: Number(target.dataset.node), place: target === above ? "after" : "before" });
    }
    // Still the same list: nothing came of it, and every line goes back where it stood.
    if (list.isConnected) list.append(...order);
  }
  function within(moved, target) {
    const start = order.indexOf(moved);
    const rest = order.slice(start + 1).findIndex((row) => Number(row.dataset.depth) <= Number(moved.dataset.depth));
    const end = rest < 0 ? order.length : start + 1 + rest;
    return order.indexOf(target) >= start && order.indexOf(target) < end;
  }

  /* What every fresh tree needs */
  function dress() {
    const list = tree().querySelector("[data-lines]");
    if (!list.dataset.dressed && window.Sortable) {
      list.dataset.dressed = "yes";
      Sortable.create(list, { handle: ".grip", draggable: ".line", onStart: () => { order = rows(); }, onEnd: drop });
    }
    const form = panel();
    if (form && !form.dataset.first) form.dataset.first = JSON.stringify(fieldsOf(form));
  }

  /* Mouse */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-op-form], [data-undo]")) return;
    event.preventDefault();
    event.stopPropagation();
    if (form.matches("[data-undo]")) return void undo();
    if (!form.matches("[data-panel]")) keepPanel();
    walking = true;
    submit(form, event.submitter && event.submitter.name === "do" ? event.submitter.value : "");
  }, true);
  review.addEventListener("click", (event) => {
    const found = (selector) => event.target.closest(selector);
    const opener = found("[data-open]");
    if (opener && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      walking = true;
      const field = new URL(opener.href).searchParams.get("field") || "text";
      return open(opener.closest("[data-node]"), field);
    }
    if (found("[data-close-panel]")) {
      event.preventDefault();
      return close(panel());
    }
    if (found("[data-do]")) return act(found("[data-do]").dataset.do);
    if (found("[data-edit]")) return open(current(), found("[data-edit]").dataset.edit);
    if (found("[data-next-doubt]")) {
      event.preventDefault();
      return nextDoubt();
    }
    const run = found("#paper [data-node]");
    if (run) return choose(rowOf(run.dataset.node), true);
    if (found("#paper [data-aside]")) return showAsides();
    const row = found(".line");
    if (row && !found("[data-panel]")) {
      walking = true;
      choose(row, !found("a, button, input, label"));
    }
  });
  review.addEventListener("focusin", (event) => {
    const row = event.target.closest(".line");
    // Tab among the doubts must not move its own stop to a line it has already left behind.
    if (row && row !== rowOf(tree().dataset.current)) choose(row, false, event.target.matches(".line_text"));
    if (!event.target.closest("#tree")) walking = false;
  });
  function showAsides() {
    const asides = document.getElementById("asides");
    if (!asides) return;
    asides.open = true;
    asides.scrollIntoView({ block: "nearest", behavior: "instant" });
    asides.querySelector("summary").focus();
  }

  /* Keys */
  function step(by) {
    const all = rows();
    const at = all.indexOf(current());
    const to = all[Math.max(0, Math.min(all.length - 1, at + by))];
    walking = true;
    choose(to, true);
    if (to && to.querySelector("[data-panel]")) focusField(panel(), "text");
  }
  function nextDoubt() {
    const all = rows();
    const at = all.indexOf(current());
    const next = [...all.slice(at + 1), ...all.slice(0, at + 1)].find((row) => row.matches(".doubtful"));
    walking = true;
    if (next) choose(next, true);
    else say("没有拿不准的地方了。");
  }
  const PLAIN = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    j: () => step(1),
    k: () => step(-1),
    Home: () => step(-1e6),
    End: () => step(1e6),
    n: nextDoubt,
    d: () => open(current(), "due"),
    t: () => open(current(), "kind"),
    o: () => open(current(), "owner"),
    a: () => tree().querySelector("[data-add] [name=text]").focus(),
    Delete: () => act("delete"),
    "?": () => document.getElementById("keys").showModal(),
  };
  const CONTROL = { m: () => act("merge"), z: undo, Enter: () => open(current(), "text") };
  const ALT = { ArrowUp: () => act("move_up"), ArrowDown: () => act("move_down") };

  function onLine(event) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.key === "Tab" && walking) return () => act(event.shiftKey ? "outdent" : "indent");
    if (event.key === "Escape") return leave;
    if (event.altKey) return ALT[key];
    if (event.ctrlKey || event.metaKey) return CONTROL[key];
    return PLAIN[key];
  }
  // Beside the lines, on a tool or a chip, only letters: arrows and Tab stay the page's own.
  function nearLine(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.key.length > 1) return undefined;
    return PLAIN[event.key.toLowerCase()];
  }
  function leave() {
    walking = false;
    say("已离开列表的按键，Tab 恢复平常的用法。");
  }
  function onPanel(event) {
    const form = event.target.form;
    const text = event.target.name === "text" ? event.target : null;
    const control = event.ctrlKey || event.metaKey;
    if (event.key === "Escape") return () => close(form);
    if (control && event.key.toLowerCase() === "s") return () => submit(form, "save");
    if (control && event.key === "Enter") return () => submit(form, text ? "split" : "save");
    const atStart = text && text.selectionStart === 0 && text.selectionEnd === 0;
    if (event.key === "Backspace" && atStart) return () => submit(form, "merge");
    return undefined;
  }
  review.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    let act = null;
    if (event.target.closest("[data-panel]")) act = onPanel(event);
    else if (event.target.matches(".line_text")) act = onLine(event);
    else if (!event.target.matches("input, textarea, select")) {
      const key = event.key.toLowerCase();
      act = (event.ctrlKey || event.metaKey) && key === "z" ? undo : nearLine(event);
    }
    if (!act) return;
    event.preventDefault();
    act();
  });

  /* A change that came too late is shown, not swallowed */
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status !== 409) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
  document.addEventListener("htmx:sendError", () => {
    const words = "没有连上服务器，这一步没有存。请检查网络后再试一次。";
    document.getElementById("notice").textContent = words;
    say(words);
  });
  window.addEventListener("beforeunload", (event) => {
    if (panel() && isDirty(panel())) event.preventDefault();
  });

  dress();
  if (matchMedia("(max-width: 56rem)").matches) review.querySelector(".paper_fold").open = false;
  choose(current(), false);
  // The page opens at the first doubt, wherever in the plan it is.
  if (!location.hash && tree().dataset.current) current().scrollIntoView({ block: "nearest", behavior: "instant" });
  // The keys answer from the start; not where a finger does the work or something has the focus.
  const isSeen = (place) => place.top >= 0 && place.bottom <= window.innerHeight;
  const link = linkOf(current());
  const isFree = !panel() && !location.hash && document.activeElement === document.body;
  if (link && isFree && matchMedia("(pointer: fine)").matches && isSeen(link.getBoundingClientRect())) link.focus({ preventScroll: true });
  if (panel()) focusField(panel(), new URLSearchParams(location.search).get("field") || "text");
})();
