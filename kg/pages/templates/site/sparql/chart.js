// Answers as simple charts: bars for names, dots for numbers and days.

const MOST_BARS = 60;
const svg = (tag, attributes = {}, ...inside) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...inside);
  return element;
};
const isDay = (text) => /^\d{4}-\d\d-\d\d/u.test(text);
const quantity = (term) => {
  if (!term || term.type === "uri") return NaN;
  return isDay(term.value) ? Date.parse(term.value.slice(0, 10)) : term.value.trim() ? Number(term.value) : NaN;
};
const every = (rows, name, fits) => rows.some((row) => row[name]) && rows.every((row) => !row[name] || fits(row[name]));

// What can be drawn: a column for the names or the horizontal, and one of numbers.
function axes({ columns, rows }) {
  const numbers = columns.filter((name) => every(rows, name, (term) => !Number.isNaN(quantity(term)) && !isDay(term.value)));
  const days = columns.filter((name) => every(rows, name, (term) => isDay(term.value)));
  const y = numbers[numbers.length - 1];
  const x = days[0] ?? columns.find((name) => name !== y && /label$/iu.test(name) && !numbers.includes(name))
    ?? columns.find((name) => name !== y && !numbers.includes(name)) ?? numbers.find((name) => name !== y);
  return x && y ? { x, y, dots: days.includes(x) || numbers.includes(x) } : null;
}

const text = (x, y, said, more = {}) => svg("text", { x, y, ...more }, said);
const rounded = (number) => Number(number.toPrecision(6)).toLocaleString("en");

function bars(rows, { x, y }) {
  const shown = rows.filter((row) => row[x] && row[y]).slice(0, MOST_BARS);
  const most = Math.max(...shown.map((row) => quantity(row[y])), 0);
  const least = Math.min(...shown.map((row) => quantity(row[y])), 0);
  const at = (value) => 260 + (360 * (value - least)) / (most - least || 1);
  const parts = shown.flatMap((row, place) => {
    const value = quantity(row[y]);
    const name = row[x].type === "uri" ? short(row[x].value) : row[x].value;
    const said = name.length > 38 ? `${name.slice(0, 37)}…` : name;
    const top = place * 24;
    return [
      text(250, top + 15, said, { "text-anchor": "end" }),
      svg("rect", { x: Math.min(at(0), at(value)), y: top + 3, width: Math.max(1, Math.abs(at(value) - at(0))), height: 16 }),
      text(Math.max(at(0), at(value)) + 6, top + 15, rounded(value)),
    ];
  });
  const left = rows.length - shown.length;
  return [parts, shown.length * 24 + 4, left > 0 ? `The first ${MOST_BARS} rows are drawn.` : ""];
}

function dots(rows, { x, y }) {
  const points = rows.map((row) => [quantity(row[x]), quantity(row[y]), row[x]?.value]).filter(([a, b]) => !Number.isNaN(a + b));
  const [left, right] = [Math.min(...points.map(([a]) => a)), Math.max(...points.map(([a]) => a))];
  const [low, high] = [Math.min(...points.map(([, b]) => b), 0), Math.max(...points.map(([, b]) => b))];
  const across = (a) => 70 + (600 * (a - left)) / (right - left || 1);
  const up = (b) => 320 - (300 * (b - low)) / (high - low || 1);
  const name = (a) => points.find(([each]) => each === a)?.[2].slice(0, 10) ?? "";
  const lines = [low, (low + high) / 2, high].flatMap((b) => [
    svg("line", { x1: 70, x2: 670, y1: up(b), y2: up(b) }),
    text(62, up(b) + 4, rounded(b), { "text-anchor": "end" }),
  ]);
  const ends = [text(70, 342, name(left)), text(670, 342, name(right), { "text-anchor": "end" })];
  const marks = points.map(([a, b]) => svg("circle", { cx: across(a), cy: up(b), r: 4 }));
  return [[...lines, ...ends, ...marks], 350, ""];
}

function chart(answer) {
  const found = axes(answer);
  if (!found) return made("p", { className: "hint" }, "A chart needs a column of numbers and another one beside it.");
  const [parts, height, hint] = (found.dots ? dots : bars)(answer.rows, found);
  const title = `${found.y} by ${found.x}`;
  const drawing = svg("svg", { viewBox: `0 0 720 ${height}`, role: "img", "aria-label": `${title}, a chart of the rows of the table` }, ...parts);
  drawing.classList.add("chart");
  return made("div", { className: "drawing" }, made("h3", {}, title), drawing, made("p", { className: "hint" }, hint));
}
