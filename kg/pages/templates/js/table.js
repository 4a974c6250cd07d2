// The same as a table, for those who would rather read it, or cannot see the map.

const tableElement = document.getElementById("table");
const tableButton = document.getElementById("as-table");

function drawTable() {
  if (tableElement.hidden) return;
  const visible = [...nodes.values()].filter(isShown)
    .sort((a, b) => (look(a).one + a.label < look(b).one + b.label ? -1 : 1));
  const numbers = new Map();
  for (const { from, to } of shownEdges()) {
    numbers.set(from, (numbers.get(from) ?? 0) + 1);
    numbers.set(to, (numbers.get(to) ?? 0) + 1);
  }
  const head = ["Entity", "Type", "Relations"].map((text, position) =>
    element("th", { scope: "col", class: position === 2 ? "number" : false }, text));
  const rows = visible.map((node) => element("tr", {},
    element("td", {}, entity(node.id)), element("td", {}, look(node).one),
    element("td", { class: "number" }, String(numbers.get(node.id) ?? 0))));
  tableElement.replaceChildren(element("table", {},
    element("caption", {}, `${plural(visible.length, "row")}: what the legend shows`),
    element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows)));
}

function showTable(on) {
  tableElement.hidden = !on;
  tableButton.setAttribute("aria-pressed", String(on));
  drawTable();
}

tableButton.addEventListener("click", () => showTable(tableElement.hidden));
