// Figures are saved as they are drawn, with the caption that is inside them.
"use strict";
{
  const WIDTH = 2400; // pixels of a PNG
  const download = (name, blob) => {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const bytes = async (image) => (image.src.startsWith("data:")
    ? Uint8Array.from(atob(image.src.split(",")[1]), (char) => char.charCodeAt(0))
    : (await fetch(image.src)).arrayBuffer());
  const png = (image) => {
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH;
    canvas.height = Math.round((WIDTH * image.naturalHeight) / image.naturalWidth);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => download(`${image.dataset.name}.png`, blob), "image/png");
  };
  document.querySelectorAll("figure.drawn").forEach((figure) => {
    const image = figure.querySelector("img");
    figure.querySelector(".tools").hidden = false;
    figure.querySelector("[data-save=svg]").addEventListener("click", async () =>
      download(`${image.dataset.name}.svg`, new Blob([await bytes(image)], { type: "image/svg+xml" })));
    figure.querySelector("[data-save=png]").addEventListener("click", () => png(image));
  });
}
