// Gives back the pages of doors that the phone keeps when there is no network; touches nothing else.
"use strict";

const PATIENCE = 5000; // a network that says nothing for so long is none
const FILES = new Set(["style", "script", "image", "font"]);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const request = event.request;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (address.pathname.endsWith("/phone/")) event.respondWith(page(request, address.pathname));
  } else if (FILES.has(request.destination)) {
    event.respondWith(file(request));
  }
});

async function page(request, path) {
  const kept = await caches.match(path, { cacheName: `door:${path}`, ignoreVary: true });
  if (!kept) return fetch(request);
  const late = new Promise((done) => setTimeout(done, PATIENCE, kept));
  const fresh = fetch(request).then(
    (answer) => (answer.status >= 500 ? kept : answer),
    () => kept,
  );
  return Promise.race([fresh, late]);
}

async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) || fetch(request);
}
