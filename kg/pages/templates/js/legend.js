// The legend: what colours and shapes mean, how many there are, and switches for each.

const SVG = "http://www.w3.org/2000/svg";
const POINTS = {
  square: "2,2 16,2 16,16 2,16", diamond: "9,0.5 17.5,9 9,17.5 0.5,9",
  triangle: "9,1.5 17,16 1,16", triangleDown: "9,16.5 17,2 1,2",
  hexagon: "5,2 13,2 17.5,9 13,16 5,16 0.5,9",
  star: "9,0.5 11.5,6.2 17.6,6.6 12.9,10.7 14.5,16.8 9,13.4 3.5,16.8 5.1,10.7 0.4,6.6 6.5,6.2",
};
const GROUPS = ["Drugs", "Parts", "Biology", "Medicine", "Evidence", "Other"];
const boxes = []; // of each: box, name of a set of the state, what it puts there, its number

function swatch({ shape: form, colour: fill }) {
  const picture = document.createElementNS(SVG, "svg");
  const inside = document.createElementNS(SVG, form === "dot" ? "circle" : "polygon");
  const form_ = form === "dot" ? { cx: 9, cy: 9, r: 7.5 } : { points: POINTS[form] };
  const drawn = { ...form_, fill, stroke: "#5b6570" };
  for (const [key, value] of Object.entries(drawn)) inside.setAttribute(key, value);
  picture.setAttribute("viewBox", "0 0 18 18");
  picture.setAttribute("class", "swatch-picture");
  picture.setAttribute("aria-hidden", "true");
  picture.append(inside);
  return picture;
}

function count(items, key) {
  const numbers = new Map();
  for (const item of items) numbers.set(item[key], (numbers.get(item[key]) ?? 0) + 1);
  return numbers;
}

// A row of the legend: a box that puts a name into a set of the state when it is switched off.
function switchFor(set, name, text, number, picture) {
  const box = element("input", { type: "checkbox", checked: true, onchange: () =>
    filter(() => (box.checked ? state[set].delete(name) : state[set].add(name))) });
  const amount = element("output", {}, grouped(number));
  boxes.push([box, set, name, amount, number]);
  return element("label", picture ? {} : { class: "plain" }, box, picture ?? "",
    element("span", {}, text), amount);
}

function filter(edit) {
  change(edit);
  sayShown();
}

function sayShown() {
  say(`${plural(shown.nodes.size, "shape")} and ${plural(shown.edges.size, "relation")} are shown.`);
}

function all(set, names, on) {
  filter(() => names.forEach((name) => (on ? state[set].delete(name) : state[set].add(name))));
}

// Boxes as the state has them; where less is shown than there is, both numbers.
function drawLegendState() {
  const types = count([...shown.nodes].map((id) => nodes.get(id)), "type");
  const relations = count(shownEdges(), "relation");
  const numbers = { types, relations };
  for (const [box, set, name, amount, number] of boxes) {
    box.checked = !state[set].has(name);
    const now = numbers[set]?.get(name) ?? (numbers[set] ? 0 : number);
    const total = grouped(number);
    amount.textContent = now === number ? total : `${grouped(now)} of ${total}`;
  }
  document.getElementById("empty").hidden = shown.nodes.size > 0;
}

function part(set, title, names, rows) {
  const button = (text, on) => element("button",
    { type: "button", onclick: () => all(set, names, on), "aria-label": `${text}: ${title}` }, text);
  return element("fieldset", {}, element("legend", {}, title),
    element("div", { class: "quick" }, button("All", true), button("None", false)), ...rows);
}

function drawLegend() {
  const types = count(nodes.values(), "type");
  const relationNumbers = [...count(edges.values(), "relation")].sort((a, b) => b[1] - a[1]);
  const rows = GROUPS.flatMap((group) => {
    const inGroup = Object.entries(page.looks).filter(([, each]) => each.group === group)
      .sort(([a], [b]) => types.get(b) - types.get(a));
    return inGroup.length ? [element("h3", {}, group), ...inGroup.map(([type, each]) =>
      switchFor("types", type, each.name, types.get(type), swatch(each)))] : [];
  });
  const lines = relationNumbers.map(([name, number]) => switchFor("relations", name, name, number, null));
  document.getElementById("legend").append(
    part("types", "Show types", [...types.keys()], rows),
    part("relations", "Show relations", relationNumbers.map(([name]) => name), lines));
}

whenChanged.push(drawLegendState);
