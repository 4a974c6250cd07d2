// The same as tables, for those who would rather read it, or cannot see the map.

const MOST_ROWS = 1000;
const NARROW = new Set(["Relations", "References", "Latest"]); // columns of numbers and dates
const tableElement = document.getElementById("table");
const tableButton = document.getElementById("as-table");
const tables = { entities: entityRows, relations: relationRows };
let drawnTable = []; // what the table that stands there was made from
const tableOf = { name: "entities", sort: 0, down: false, text: "" };

// A row is its cells: text or numbers, and what stands for them in the table.
function entityRows() {
  const columns = ["Entity", "Type", "Relations"];
  const rows = [...shown.nodes].map((id) => nodes.get(id)).map((node) =>
    [[node.label, entity(node.id)], [look(node).one], [shownEdgesOf(node.id).length]]);
  return { columns, rows };
}

function relationRows() {
  const columns = ["From", "Relation", "To", "References", "Latest"];
  const rows = shownEdges().map((edge) => {
    const ids = counting(edge);
    const latest = ids.map((id) => reference(id).date ?? "").sort().at(-1) ?? "";
    const choose = () => select({ edge: edge.id }, { move: true });
    const told = element("button", { type: "button", class: "entity", onclick: choose }, phrase(edge));
    return [[nodes.get(edge.from).label, entity(edge.from)], [phrase(edge), told],
      [nodes.get(edge.to).label, entity(edge.to)], [ids.length], [latest]];
  });
  return { columns, rows };
}

function chosenRows(rows) {
  const { sort, down, text } = tableOf;
  const asked = text.trim().toLowerCase();
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  return rows.filter((row) => row.some(([value]) => String(value).toLowerCase().includes(asked)))
    .sort((a, b) => (down ? -1 : 1) * compare(a[sort][0], b[sort][0]));
}

// The rows are made anew only for what they show, so that a pick leaves the focus where it is.
function drawTable() {
  tableElement.hidden = !state.table;
  map.element.inert = state.table; // it keeps its size below the table
  tableButton.setAttribute("aria-pressed", String(state.table));
  const basis = state.table
    ? [shown.nodes, shown.edges, state.until, state.checked, [...state.kinds].join(), ...Object.values(tableOf)]
    : [];
  if (basis.every((each, i) => each === drawnTable[i])) return;
  drawnTable = basis;
  tableElement.replaceChildren(tableControls(), tableBody());
}

function tableControls() {
  const choice = (name) => element("button", { type: "button", "aria-pressed": String(tableOf.name === name),
    id: `rows-${name}`, onclick: () => showTable({ name, sort: 0, down: false }) },
  name[0].toUpperCase() + name.slice(1));
  const box = element("input", { id: "rows-text", type: "search", value: tableOf.text,
    oninput: () => { tableOf.text = box.value; tableElement.lastChild.replaceWith(tableBody()); } });
  return element("p", { class: "quick" }, ...Object.keys(tables).map(choice),
    element("label", { for: "rows-text" }, "Rows with"), box);
}

// Change what the table is of or its order; the button that asked for it keeps the focus.
function showTable(what) {
  const { id } = document.activeElement;
  Object.assign(tableOf, what);
  drawTable();
  document.getElementById(id)?.focus();
}

function tableBody() {
  const { columns, rows } = tables[tableOf.name]();
  const narrow = (position) => NARROW.has(columns[position]) && "number";
  const head = columns.map((text, position) => {
    const sorted = tableOf.sort === position;
    const down = sorted && !tableOf.down;
    return element("th", { scope: "col", class: narrow(position),
      "aria-sort": sorted && (tableOf.down ? "descending" : "ascending") },
    element("button", { type: "button", class: "sort", id: `sort-${position}`,
      onclick: () => showTable({ sort: position, down }) }, text,
    element("span", { "aria-hidden": "true" }, sorted ? (tableOf.down ? " ▼" : " ▲") : "")));
  });
  const chosen = chosenRows(rows);
  const body = chosen.slice(0, MOST_ROWS).map((row) => element("tr", {}, ...row.map(([value, drawn], i) =>
    element("td", { class: narrow(i) }, drawn ?? String(value)))));
  const cut = chosen.length > MOST_ROWS ? `, the first ${grouped(MOST_ROWS)} here; Save has all` : "";
  return element("table", {}, element("caption", {}, `${plural(chosen.length, "row")} of what is shown${cut}`),
    element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body));
}

tableButton.addEventListener("click", () => change(() => { state.table = !state.table; }));
whenChanged.push(drawTable);
