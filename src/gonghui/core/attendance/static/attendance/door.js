// The door on a phone: what is pressed becomes a note, kept first and sent when there is a network.
"use strict";

(() => {
  const door = document.getElementById("door");
  const can = window.isSecureContext && "indexedDB" in window && "serviceWorker" in navigator;
  if (!can) {
    document.getElementById("door-plain").hidden = false;
    door.hidden = true;
    return;
  }
  const { page, carry, notes: address, worker, login, reader, beside } = door.dataset;
  const proxy = "proxy" in door.dataset;
  const owner = Number(door.dataset.owner);
  const MOST = 200; // rows drawn at once; the rest is found by name
  const EVERY = 20000;
  const ACTS = { in: "签到", out: "签退", excuse: "请假", undo: "撤销" };
  const TROUBLES = {
    login: "登录已经失效。签到照常记在这台手机里，登录后自动上传。",
    stranger: "登录状态变了。签到照常记在这台手机里，请重新打开本页再上传。",
    closed: "您现在不能办理这一场的签到：活动已结束、取消，或授权有变。记下的都还在这台手机里，请联系活动负责人。",
    later: "服务器暂时没有收下，记下的都在这台手机里，过一会儿再传。",
    full: "这台手机存不下了，这一条没有记上。请先上传，或换一台手机，或用名单签到。",
  };
  const part = (name) => document.getElementById(`door-${name}`);
  let list = null;
  let notes = [];
  let busy = false;
  let again = false;
  let isCut = false; // a phone may think it is online and reach nobody
  let fresh = 0; // whose code was scanned last, until the server has spoken of it
  let pause = 1000; // until the next try; a phone says "online" before it is

  function clock(moment) {
    return new Date(moment).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
  }
  const trueTime = (note) => Date.parse(note.at) + note.behind * 1000;
  const mine = () => notes.filter((one) => one.page === page);

  /* What is known of a person: the list as it was fetched, and what this phone noted since */
  function stand(person, own) {
    const undone = new Set(own.filter((one) => one.act === "undo").map((one) => one.undoes));
    const isUndone = person.last && undone.has(person.last);
    const base = !isUndone ? person : person.out_at ? { ...person, out_at: "", last: "" } : {};
    const now = {
      in_at: base.in_at || "", out_at: base.out_at || "", said: base.said || "",
      away: base.status === "excused", reason: base.reason || "", last: base.last || "",
      fresh: false,
    };
    for (const one of own) {
      if (one.act === "undo" || undone.has(one.number)) continue;
      const at = new Date(trueTime(one)).toISOString();
      if (one.act === "in") {
        now.in_at ||= at;
        now.said = "已签到";
      } else if (one.act === "out") {
        now.out_at = at;
      } else if (!now.in_at) {
        now.said = "请假";
        now.away = true;
        now.reason = one.reason;
      }
      now.last = one.number;
    }
    now.fresh = own.some((one) => one.state === "waiting");
    return now;
  }

  /* Notes the list does not speak of yet: person → notes */
  function pending() {
    const found = new Map();
    for (const one of mine()) {
      if (one.state !== "waiting" || !one.registration) continue;
      found.set(one.registration, [...(found.get(one.registration) ?? []), one]);
    }
    return found;
  }

  function words(now) {
    const said = [];
    if (now.in_at) said.push(`${now.said || "已签到"} ${clock(now.in_at)}`);
    else if (now.said) said.push(now.reason ? `${now.said}（${now.reason}）` : now.said);
    if (now.out_at) said.push(`签退 ${clock(now.out_at)}`);
    if (now.fresh) said.push("待上传");
    return said.join(" · ");
  }

  function button(label, who, act, kind = "") {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `button small ${kind}`;
    made.textContent = label;
    made.setAttribute("aria-label", `${label}：${who}`);
    made.addEventListener("click", act);
    return made;
  }

  function row(title, below, buttons) {
    const made = document.getElementById("door-person").content.cloneNode(true);
    made.querySelector("b").textContent = title;
    made.querySelector("small").textContent = below;
    made.querySelector(".toolbar").append(...buttons);
    return made;
  }

  function drawn(person, now) {
    const about = { registration: person.id, label: person.name };
    const buttons = [];
    if (!now.in_at && !now.away) {
      buttons.push(button("签到", person.name, () => note({ ...about, act: "in" })));
      buttons.push(button("请假", person.name, () => excuse(about), "quiet"));
    }
    if (now.in_at && !now.out_at) {
      buttons.push(button("签退", person.name, () => note({ ...about, act: "out" })));
    }
    if (now.last) {
      const undo = () => note({ ...about, act: "undo", undoes: now.last });
      buttons.push(button("撤销", person.name, undo, "quiet"));
    }
    return row(person.name, [person.unit, words(now)].filter(Boolean).join(" · "), buttons);
  }

  function drawList() {
    const people = list ? list.people : [];
    const waits = pending();
    const asked = part("find").value.trim().toLowerCase();
    const stands = people.map((one) => [one, stand(one, waits.get(one.id) ?? [])]);
    const shown = stands.filter(([one]) => `${one.name} ${one.find}`.toLowerCase().includes(asked));
    part("rows").replaceChildren(...shown.slice(0, MOST).map(([one, now]) => drawn(one, now)));
    const more = part("more");
    more.hidden = shown.length > 0 && shown.length <= MOST;
    more.textContent = shown.length
      ? `还有 ${shown.length - MOST} 人没有列出，写姓名来找。`
      : asked ? "没有找到，换个写法试试；名单里没有的人在下面现场报名。" : "名单是空的。";
    const came = stands.filter(([, now]) => now.in_at).length;
    const away = stands.filter(([, now]) => !now.in_at && now.away).length;
    part("tally").textContent = list
      ? `应到 ${people.length} 人，已到 ${came} 人，请假 ${away} 人。`
      : "这台手机还没有这一场的名单，请在有网络的地方打开一次。";
    const quarrels = people.filter((one) => one.conflict);
    part("quarrels").replaceChildren(...quarrels.map((one) => told(`${one.name}：${one.conflict}`)));
  }

  function told(sentence) {
    const made = document.createElement("div");
    made.className = "alert wait";
    const inner = document.createElement("div");
    inner.append(Object.assign(document.createElement("p"), { textContent: sentence }));
    made.append(inner);
    return made;
  }

  const STATES = { waiting: "待上传", sent: "已上传" };
  function drawLog() {
    const own = mine().reverse().slice(0, MOST);
    const rows = own.map((one) => {
      const said = one.state === "refused" ? `没有收下：${one.refused}` : STATES[one.state];
      const buttons = one.state === "refused" ? answers(one) : [];
      return row(one.label, `${ACTS[one.act]} ${clock(trueTime(one))} · ${said}`, buttons);
    });
    part("notes").replaceChildren(...rows);
    part("log").hidden = !rows.length;
  }

  /* What can be done with a note that was refused */
  function answers(one) {
    const { act, registration, ticket, who, reason, label, is_guest } = one;
    const anew = { act, registration, ticket, who, reason, label, is_guest };
    const found = [button("知道了", label, () => settle(one), "quiet")];
    if (act === "in") found.unshift(button("现在补签", label, () => settle(one, anew)));
    if (who && !is_guest && !proxy) {
      found.unshift(button("改作来宾", label, () => settle(one, { ...anew, is_guest: true })));
    }
    return found;
  }
  async function settle(one, anew = null) {
    if (anew && !(await note(anew, anew.who ? "walk_in" : "ticked"))) return;
    await doorbook.drop(one.number);
    await draw();
  }

  function drawState() {
    const waiting = mine().filter((one) => one.state === "waiting");
    const foreign = waiting.filter((one) => one.owner !== owner).length;
    const net = navigator.onLine && !isCut ? "已连网" : "没有网络，照常签到";
    const left = waiting.length ? `${waiting.length} 条待上传` : "全部已上传";
    const others = foreign ? `，其中 ${foreign} 条是别人登录时记的，由本人登录后上传` : "";
    const away = new Set(
      notes.filter((one) => one.state === "waiting" && one.page !== page).map((one) => one.page),
    );
    const more = away.size ? `；这台手机另有 ${away.size} 场的记录待上传，请打开那一场` : "";
    part("state").textContent = `${net} · ${left}${others}${more}。`;
    part("send").hidden = !waiting.length;
  }

  async function draw() {
    notes = await doorbook.notes();
    list = (await doorbook.list(page)) ?? null;
    drawList();
    drawLog();
    drawState();
  }

  function trouble(state, sentence = "") {
    const shown = part("trouble");
    const text = sentence || TROUBLES[state] || "";
    shown.hidden = !text;
    const line = shown.querySelector("p");
    if (line.textContent === text) return;
    line.textContent = text;
    if (state === "login") {
      const link = document.createElement("a");
      link.href = `${login}?next=${page}`;
      link.textContent = "去登录";
      line.append(link);
    }
  }

  /* Keep it first, then send; a leader's notes become proxy marks by our word, not by the phone's */
  async function note(said, by = "ticked") {
    const turn = notes.reduce((most, one) => Math.max(most, one.turn), 0) + 1;
    const made = {
      ...said, page, owner, turn, way: by, number: crypto.randomUUID(),
      at: new Date().toISOString(), behind: list ? list.behind / 1000 : 0,
      door: part("name")?.value.trim() ?? "", state: "waiting", refused: "",
    };
    try {
      await doorbook.keep(made);
    } catch {
      trouble("full");
      return false;
    }
    await draw();
    sync();
    return true;
  }

  /* Another door may have had this code first: then the code just scanned is a copy */
  function warn() {
    const person = list?.people.find((one) => one.id === fresh);
    if (!person || pending().has(fresh)) return;
    fresh = 0;
    if (person.conflict) heard(`${person.name}：${person.conflict}。请核对是不是本人。`, "bad");
  }

  async function sync() {
    again = busy;
    if (busy || !navigator.onLine) return drawState();
    busy = true;
    try {
      trouble(...(await exchange()));
      pause = 1000;
      isCut = false;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch says so when the network is gone
      isCut = true;
      setTimeout(sync, pause);
      pause = Math.min(2 * pause, EVERY);
    } finally {
      busy = false;
      await draw();
      warn();
    }
    if (again) await sync();
  }

  /* The list comes first where it is old: its answer says how far this phone's clock is off */
  async function exchange() {
    if (!list || Date.now() - list.asked > EVERY || list.asked > Date.now()) {
      const seen = await doorbook.renew(page, carry);
      if (seen.state === "closed") await doorbook.forget(page);
      if (seen.state !== "sent") return [seen.state];
    }
    const sent = await doorbook.send(page, address, owner);
    return [sent.state, sent.words];
  }

  function heard(sentence, tone) {
    const line = part("heard");
    line.textContent = sentence;
    line.className = tone;
    if (navigator.vibrate) navigator.vibrate(tone === "good" ? 80 : [80, 60, 80]);
  }

  async function digest(text) {
    const hashed = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(hashed)].map((one) => one.toString(16).padStart(2, "0")).join("");
  }

  /* A member's code; the list holds digests only, so the code is compared by its own */
  async function scanned(text) {
    const ticket = text.trim();
    const code = await digest(ticket);
    const person = list?.people.find((one) => one.code === code);
    if (person) {
      const now = stand(person, pending().get(person.id) ?? []);
      if (now.in_at) {
        return heard(`${person.name} 已在 ${clock(now.in_at)} 签到，这个码不能再用一次。`, "bad");
      }
      const about = { registration: person.id, label: person.name };
      if (!(await note({ ...about, act: "in" }, "scanned"))) return heard("没有记上。", "bad");
      fresh = person.id;
      return heard(`${person.name}（${person.unit}）已签到。`, "good");
    }
    if (!/^[\w-]{22}$/.test(ticket)) return heard("这不是会员码，请会员打开活动页上的签到码。", "bad");
    if (mine().some((one) => one.ticket === ticket)) {
      return heard("这个码刚才扫过，等上传后核对。", "bad");
    }
    const about = { ticket, label: "手机名单里没有的码" };
    if (!(await note({ ...about, act: "in" }, "scanned"))) return heard("没有记上。", "bad");
    return heard("这个码不在手机的名单里，已记下，上传时核对。", "bad");
  }

  async function excuse(about) {
    const asked = part("excuse");
    part("reason").value = "";
    asked.returnValue = "";
    asked.showModal();
    asked.addEventListener("close", () => {
      const reason = part("reason").value.trim();
      if (asked.returnValue === "yes") note({ ...about, act: "excuse", reason });
    }, { once: true });
  }

  async function film() {
    const video = part("video");
    const press = part("camera");
    if (camera.runs()) {
      camera.stop(video);
    } else {
      try {
        part("heard").textContent = "把会员码对着相机。";
        await camera.start(video, reader, scanned);
      } catch (error) {
        camera.stop(video);
        heard("相机没有打开：请允许使用相机，或用扫码枪、手工填写。", "bad");
      }
    }
    video.hidden = !camera.runs();
    press.textContent = camera.runs() ? "关相机" : "用相机扫";
  }

  part("code")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = part("ticket");
    const text = field.value;
    field.value = "";
    field.focus();
    if (text.trim()) await scanned(text);
  });
  part("camera")?.addEventListener("click", film);
  const name = part("name");
  if (name) {
    name.value = localStorage.getItem("door") ?? "";
    name.addEventListener("change", () => localStorage.setItem("door", name.value.trim()));
  }
  part("walking").addEventListener("submit", async (event) => {
    event.preventDefault();
    const who = part("who").value.trim();
    if (!who) return;
    const is_guest = part("guest")?.checked ?? false;
    const about = { who, is_guest, label: `${who}（现场报名）` };
    if (await note({ ...about, act: "in" }, "walk_in")) event.target.reset();
  });
  part("find").addEventListener("input", drawList);
  part("send").addEventListener("click", sync);
  window.addEventListener("online", sync);
  window.addEventListener("offline", drawState);
  setInterval(sync, EVERY);

  async function begin() {
    await draw();
    await sync();
    if (!navigator.onLine) return;
    try {
      await navigator.serviceWorker.register(worker);
      const icons = document.querySelector("use")?.href.baseVal.split("#")[0];
      const more = [reader, beside, ...(icons ? [icons] : [])];
      const whole = await doorbook.bind(page, more.map((one) => new URL(one, location).href));
      if (whole) door.dataset.kept = "";
      await doorbook.tidy(page);
      await navigator.storage?.persist?.();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // no network after all: the next visit does it
    }
  }
  begin();
})();
