// Saving what is shown, and printing it.

const FORMS = {
  png: ["image/png", ".png", png],
  svg: ["image/svg+xml", ".svg", pictureText],
  entities: ["text/csv", "-entities.csv", () => csv(entityTable())],
  relations: ["text/csv", "-relations.csv", () => csv(relationTable())],
  json: ["application/json", ".json", json],
  graphml: ["application/xml", ".graphml", graphml],
};

async function save(form) {
  const [type, ending, make] = FORMS[form];
  const made = await make();
  const address = URL.createObjectURL(made instanceof Blob ? made : new Blob([made], { type }));
  const name = TITLE.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "network";
  element("a", { href: address, download: name + ending }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  say(`Saved ${name}${ending}.`);
}

const saveMenu = document.getElementById("save");
saveMenu.addEventListener("click", ({ target }) => {
  if (!target.dataset.save) return;
  saveMenu.open = false;
  save(target.dataset.save);
});
document.addEventListener("click", ({ target }) => {
  if (!saveMenu.contains(target)) saveMenu.open = false;
});

// On paper the picture stands for the map, in light colours.
window.addEventListener("beforeprint", () => {
  document.documentElement.dataset.paper = "";
  inks.clear();
  const image = element("img", { id: "paper", alt: document.querySelector("h1").textContent,
    src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(pictureText())}` });
  document.querySelector("main").before(image);
});
window.addEventListener("afterprint", () => {
  delete document.documentElement.dataset.paper;
  document.getElementById("paper")?.remove();
  paint();
});
