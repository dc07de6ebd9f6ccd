// Shrinks photos on the phone before they go up; what it cannot read goes as it is, to be refused.
"use strict";

const LONGEST = 1600; // pixels of the longer side: enough for a printed record
const QUALITY = 0.82;

/** The same picture, smaller, turned as it was held, and without what the phone wrote into it. */
async function shrunk(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; // a see-through drawing would turn black
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob) throw new Error("not drawn");
  const name = file.name.replace(/\.[^.]*$/, "") + ".jpg";
  return new File([blob], name, { type: "image/jpeg", lastModified: 0 });
}

const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`);

for (const input of document.querySelectorAll("input[type=file][data-shrink]")) {
  const said = document.querySelector("[data-shrink-said]");
  const send = input.form.querySelector("button:not([type=button])");

  input.addEventListener("change", async () => {
    const chosen = [...input.files];
    if (!chosen.length) return;
    send.disabled = true;
    const kept = new DataTransfer();
    let before = 0;
    let after = 0;
    for (const [at, file] of chosen.entries()) {
      said.textContent = `正在缩小第 ${at + 1} 张，共 ${chosen.length} 张……`;
      const small = await shrunk(file).catch(() => file);
      kept.items.add(small);
      before += file.size;
      after += small.size;
    }
    input.files = kept.files;
    send.disabled = false;
    said.textContent = `已选 ${chosen.length} 张，${size(before)} 缩小到 ${size(after)}。`;
  });
}
