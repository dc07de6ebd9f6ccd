// A test: what is chosen is kept at once, the clock is shown, and at its end the paper is handed in.
"use strict";

(() => {
  const RETRY = 5000; // milliseconds until a save that failed is tried again
  const REST = 600; // after the last letter typed
  const SHORT = 60; // seconds: the clock turns red

  const clock = document.querySelector("[data-ends]");
  if (clock) {
    // The phone's own clock may be wrong: only what has passed since the page came is taken from it.
    const left = Date.parse(clock.dataset.ends) - Date.parse(clock.dataset.now);
    const came = performance.now();
    const two = (n) => String(n).padStart(2, "0");
    const tick = () => {
      const seconds = Math.max(0, Math.ceil((left - (performance.now() - came)) / 1000));
      const hours = Math.floor(seconds / 3600);
      clock.textContent = `还剩 ${hours ? `${hours}:` : ""}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
      clock.classList.toggle("short", seconds <= SHORT);
      if (seconds > 0) return;
      clearInterval(beat);
      const over = location.pathname.replace(/\d+\/$/, (last) => (document.querySelector("[data-question]") ? "" : last));
      setTimeout(() => location.replace(over), 1000); // the server hands in what it has
    };
    const beat = setInterval(tick, 1000);
    tick();
  }

  const form = document.querySelector("[data-question]");
  if (!form) return;
  const told = form.querySelector("[data-saved]");
  const number = form.elements.namedItem("number");
  let timer = 0;

  async function save() {
    clearTimeout(timer);
    const data = new FormData(form);
    data.set("go", "save");
    try {
      const answer = await fetch(location.pathname, { method: "POST", body: data, keepalive: true });
      if (data.get("number") !== number.value) return; // something newer is on its way
      if (answer.status === 204) told.textContent = "已存";
      else if (answer.status === 409) told.textContent = await answer.text();
      else throw new Error(String(answer.status));
    } catch {
      told.textContent = "还没有存上，网络好了自动再试。";
      timer = setTimeout(save, RETRY);
    }
  }

  form.addEventListener("input", (event) => {
    number.value = String(Number(number.value) + 1);
    told.textContent = "";
    clearTimeout(timer);
    if (event.target.type === "text") timer = setTimeout(save, REST);
    else save();
  });
  // What is sent last carries a number of its own.
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    number.value = String(Number(number.value) + 1);
  });
  for (const name of ["copy", "cut", "contextmenu", "dragstart"]) {
    form.parentElement.addEventListener(name, (event) => {
      if (event.target.type !== "text") event.preventDefault();
    });
  }
})();
