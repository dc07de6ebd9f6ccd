// Asks the phone where it is: to sign in at a place, or to say which place that is.
"use strict";

for (const part of document.querySelectorAll("[data-spot]")) {
  const said = part.querySelector("[data-spot-said]");
  const fields = ["latitude", "longitude"].map((name) => part.querySelector(`[name=${name}]`));

  function ask(then) {
    said.textContent = "正在定位……";
    if (!navigator.geolocation) return then();
    navigator.geolocation.getCurrentPosition(
      (place) => {
        fields[0].value = place.coords.latitude.toFixed(6);
        fields[1].value = place.coords.longitude.toFixed(6);
        said.textContent = "位置已填入。";
        then();
      },
      () => {
        said.textContent = "手机没有提供位置。";
        then();
      },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 0 },
    );
  }

  const here = part.querySelector("[data-spot-here]");
  if (here) here.addEventListener("click", () => ask(() => {}));
  if (part.dataset.spotSent !== undefined) {
    part.addEventListener("submit", (event) => {
      if (fields[0].value) return;
      event.preventDefault();
      // What is refused for want of a place is said by the server, in its own words.
      ask(() => HTMLFormElement.prototype.submit.call(part));
    });
  }
}
