// A member's phone reads the door's code in the page itself, and goes where it leads.
"use strict";

(() => {
  const eye = document.getElementById("scan-eye");
  const press = document.getElementById("scan-camera");
  const video = document.getElementById("door-video");
  const heard = document.getElementById("door-heard");
  if (!eye) return;

  function leads(words) {
    try {
      const said = new URL(words);
      return said.pathname === eye.dataset.page ? said.searchParams.get("code") : null;
    } catch {
      return /^[sp]\.\d+\./.test(words) ? words : null;
    }
  }

  async function found(words) {
    const code = leads(words);
    if (!code) {
      heard.textContent = "这不是签到码，请对准现场屏幕或海报上的码。";
      return;
    }
    camera.stop(video);
    heard.textContent = "读到了，正在打开。";
    // Only the code is taken: a code of somebody else's address leads nowhere but here.
    location.assign(`${eye.dataset.page}?code=${encodeURIComponent(code)}`);
  }

  press.addEventListener("click", async () => {
    heard.textContent = "";
    if (camera.runs()) {
      camera.stop(video);
    } else {
      try {
        await camera.start(video, eye.dataset.reader, found);
      } catch {
        camera.stop(video);
        heard.textContent = "相机打不开。请允许使用相机，或用手机自带的扫一扫。";
      }
    }
    video.hidden = !camera.runs();
    press.textContent = camera.runs() ? "关相机" : "用相机扫";
  });
})();
