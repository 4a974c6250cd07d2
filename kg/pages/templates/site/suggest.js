// Fields that take an entity suggest those whose names fit what is typed.
"use strict";
document.querySelectorAll("input[data-kinds]").forEach((input) => {
  const kinds = new Set(input.dataset.kinds.split(" "));
  const list = Object.assign(document.createElement("datalist"), { id: `${input.id}-suggested` });
  input.after(list);
  input.setAttribute("list", list.id);
  const fits = ({ id }) => kinds.has(id.split(":", 1)[0]);
  input.addEventListener("input", () => window.kgSuggest(input.value, (found) => {
    list.replaceChildren(...found.map(({ label, kind }) => Object.assign(document.createElement("option"), { value: label, label: `${label} (${kind})` })));
  }, fits));
});
