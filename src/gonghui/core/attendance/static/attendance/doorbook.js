// What a phone at the door keeps: the list of a session, and its notes until they have gone up.
"use strict";

const doorbook = (() => {
  const BATCH = 100;
  const DAY = 86400000;
  let opened = null;

  function base() {
    opened ??= new Promise((done, fail) => {
      const asked = indexedDB.open("door", 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("lists", { keyPath: "page" });
        asked.result.createObjectStore("notes", { keyPath: "number" });
      };
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
    return opened;
  }

  /* Done only when it lies on the disk: a note that is shown as made outlives the browser */
  async function work(store, mode, act) {
    const turn = (await base()).transaction(store, mode, { durability: "strict" });
    return new Promise((done, fail) => {
      const asked = act(turn.objectStore(store));
      turn.oncomplete = () => done(asked.result);
      turn.onabort = () => fail(turn.error);
    });
  }

  const list = (page) => work("lists", "readonly", (store) => store.get(page));
  const keep = (note) => work("notes", "readwrite", (store) => store.put(note));
  const drop = (number) => work("notes", "readwrite", (store) => store.delete(number));

  /* In the order they were made, whatever the clock said meanwhile */
  async function notes() {
    const all = await work("notes", "readonly", (store) => store.getAll());
    return all.sort((one, other) => one.turn - other.turn);
  }

  /* Fetch the list anew, and learn how far this clock is behind the server's */
  async function renew(page, address) {
    const asked = Date.now();
    const answer = await fetch(address, { redirect: "manual", cache: "no-store" });
    if (!answer.ok) return said(answer);
    const told = await answer.json();
    const middle = (asked + Date.now()) / 2;
    const kept = { page, people: told.people, behind: Date.parse(told.now) - middle, asked };
    await work("lists", "readwrite", (store) => store.put(kept));
    return { state: "sent" };
  }

  function said(answer) {
    if (answer.type === "opaqueredirect") return { state: "login" };
    if (answer.status === 403) return { state: "stranger" };
    if (answer.status === 404) return { state: "closed" };
    return { state: "later" };
  }

  const cookie = (name) =>
    document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);

  /* Send what waits, batch by batch; a second page of the same phone lets the first finish */
  function send(page, address, owner) {
    const act = () => batches(page, address, owner);
    return navigator.locks ? navigator.locks.request("door", act) : act();
  }

  async function batches(page, address, owner) {
    for (;;) {
      const waiting = (await notes()).filter(
        (one) => one.state === "waiting" && one.page === page && one.owner === owner,
      );
      if (!waiting.length) return { state: "sent" };
      const taken = await batch(waiting.slice(0, BATCH), address);
      if (taken.state !== "sent") return taken;
    }
  }

  async function batch(waiting, address) {
    const body = JSON.stringify({ now: new Date().toISOString(), notes: waiting.map(outer) });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") ?? "" };
    const asked = { method: "POST", redirect: "manual", headers, body };
    const answer = await fetch(address, asked);
    if (answer.status === 400) {
      return { state: "refused", words: (await answer.json()).refused };
    }
    if (!answer.ok) return said(answer);
    const told = await answer.json();
    await merge(waiting[0].page, told.people);
    const receipts = new Map(told.receipts.map((one) => [one.number, one.refused]));
    let settled = 0;
    for (const note of waiting) {
      if (!receipts.has(note.number)) continue;
      note.refused = receipts.get(note.number);
      note.state = note.refused ? "refused" : "sent";
      note.settled = Date.now();
      await keep(note);
      settled += 1;
    }
    return { state: settled ? "sent" : "later" };
  }

  /* What the server now says of those the notes were about */
  async function merge(page, people) {
    const kept = await list(page);
    if (!kept) return;
    const fresh = new Map(people.map((one) => [one.id, one]));
    const known = kept.people.map((one) => fresh.get(one.id) ?? one);
    for (const one of kept.people) fresh.delete(one.id);
    kept.people = [...known, ...fresh.values()];
    await work("lists", "readwrite", (store) => store.put(kept));
  }

  /* What of a note goes up; the rest is for this phone's own page */
  function outer(note) {
    const { number, act, way, at, behind, registration, ticket, who, is_guest, door, reason, undoes } =
      note;
    return { number, act, way, at, behind, registration, ticket, who, is_guest, door, reason, undoes };
  }

  /* Lists of people do not stay on a phone when the day is over; what waits stays */
  async function tidy(page) {
    const old = Date.now() - DAY;
    const all = await notes();
    for (const note of all) {
      if (note.state === "sent" && note.settled < old) await drop(note.number);
    }
    const busy = new Set(all.filter((one) => one.state === "waiting").map((one) => one.page));
    for (const kept of await work("lists", "readonly", (store) => store.getAll())) {
      if (kept.page === page || kept.asked > old || busy.has(kept.page)) continue;
      await work("lists", "readwrite", (store) => store.delete(kept.page));
      await caches.delete(`door:${kept.page}`);
    }
  }

  /* This page and all it is made of, to be opened without a network */
  async function bind(page, more) {
    const parts = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]");
    const files = new Set([...parts].map((one) => one.href || one.src).concat(more));
    const cache = await caches.open(`door:${page}`);
    await cache.addAll([...files]);
    const whole = await fetch(page, { redirect: "manual", cache: "no-store" });
    if (!whole.ok) return false;
    await cache.put(page, whole);
    for (const one of await cache.keys()) {
      if (!files.has(one.url) && new URL(one.url).pathname !== page) await cache.delete(one);
    }
    return true;
  }

  const forget = (page) => work("lists", "readwrite", (store) => store.delete(page));

  return { list, notes, keep, drop, renew, send, tidy, bind, forget };
})();
