// Reads codes from the camera: by the browser's own reader, or by the library served beside us.
"use strict";

const camera = (() => {
  const PAUSE = 200; // milliseconds between two looks
  const REST = 4000; // a code is read again only when it was out of sight for so long
  const WIDTH = 640;
  let stream = null;
  let timer = 0;

  async function reader(address) {
    if ("BarcodeDetector" in window) {
      const formats = await window.BarcodeDetector.getSupportedFormats();
      if (formats.includes("qr_code")) return new window.BarcodeDetector({ formats: ["qr_code"] });
    }
    const library = await import(address);
    return new library.BarcodeDetector({ formats: ["qr_code"] });
  }

  async function start(video, address, found) {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    const reads = await reader(address);
    video.srcObject = stream;
    await video.play();
    const canvas = document.createElement("canvas");
    const seen = { words: "", at: 0 };

    async function look() {
      if (!stream) return;
      if (video.videoWidth) {
        canvas.width = Math.min(WIDTH, video.videoWidth);
        canvas.height = Math.round((canvas.width * video.videoHeight) / video.videoWidth);
        const brush = canvas.getContext("2d", { willReadFrequently: true });
        brush.drawImage(video, 0, 0, canvas.width, canvas.height);
        for (const code of await reads.detect(canvas)) {
          const stays = code.rawValue === seen.words && Date.now() - seen.at < REST;
          seen.words = code.rawValue;
          seen.at = Date.now();
          if (!stays) await found(code.rawValue);
        }
      }
      timer = setTimeout(look, PAUSE);
    }
    await look();
  }

  function stop(video) {
    clearTimeout(timer);
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
  }

  return { start, stop, runs: () => stream !== null };
})();
