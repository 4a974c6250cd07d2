// The map as a picture that says what it is: title, legend, date and release inside it.

const MARGIN = 16;
const LEGEND = { width: 230, line: 19 };
const RIM = "#5b6570";
const INKS = ["page", "text", "quiet", "edge", "mark"];

// Markup whose texts are escaped: SVG has all the dangers of HTML.
const tag = (name, attributes, inside = "") => `<${name}${Object.entries(attributes)
  .map(([key, value]) => ` ${key}="${xml(value)}"`).join("")}>${inside}</${name}>`;
const written = (text, x, y, size, more = {}) =>
  tag("text", { x, y, "font-size": size, ...more }, xml(text));
const round = (number) => Math.round(number * 10) / 10;

function glyph({ shape: form }, x, y, radius, fill, stroke) {
  if (form === "dot") return tag("circle", { cx: round(x), cy: round(y), r: round(radius), fill, stroke });
  const points = POINTS[form].split(" ").map((point) => point.split(",").map(Number))
    .map(([a, b]) => `${round(x + (a - 9) / 8.5 * radius)},${round(y + (b - 9) / 8.5 * radius)}`);
  return tag("polygon", { points: points.join(" "), fill, stroke });
}

// What the map shows now, in pixels from its upper left corner.
function scene(width, height, apart, ink) {
  const camera = map.camera();
  const { scale } = camera;
  const spot = ({ x, y }) => [round((x - camera.x) * scale + width / 2), round((y - camera.y) * scale + height / 2)];
  const faint = (held) => (apart && !held ? { opacity: 0.18 } : {});
  const lines = shownEdges().map((edge) => tag("path", { d: way(edge, spot, scale), fill: "none",
    stroke: ink.edge, "stroke-width": round(Math.max(0.6, scale * 1.2)), "marker-end": "url(#arrow)",
    ...(edge.relation === "is a" ? { "stroke-dasharray": "4 4" } : {}), ...faint(apart?.edges.has(edge.id)) }));
  const shapes = [...shown.nodes].map((id) => nodes.get(id)).map((node) => {
    const [x, y] = spot(map.place(node.id));
    const ring = apart?.first.includes(node.id) ? tag("circle", { cx: x, cy: y, r: round(node.size * scale + 5),
      fill: "none", stroke: ink.mark, "stroke-width": 3 }) : "";
    return tag("g", faint(apart?.nodes.has(node.id)),
      glyph(look(node), x, y, node.size * scale, node.color, RIM) + ring);
  });
  const labels = placeLabels(camera, width, height, apart).map(({ box, form, ink: name }) =>
    form.lines.map((line, index) => written(line,
      round((box[0] + box[2]) / 2 - camera.x * scale + width / 2),
      round(box[1] + form.size * 1.2 * (index + 0.78) - camera.y * scale + height / 2), form.size,
      { "text-anchor": "middle", fill: ink[name], stroke: ink.page, "stroke-width": 4, "paint-order": "stroke",
        "stroke-linejoin": "round", ...(form.weight === 600 ? { "font-weight": 600 } : {}),
        ...(name === "quiet" ? { "font-style": "italic" } : {}) })).join(""));
  return [...lines, ...shapes, ...labels].join("");
}

// The line of an edge, to the rim of the shape that it points at.
function way({ id, from, to }, spot, scale) {
  const [a, b] = [spot(map.place(from)), spot(map.place(to))];
  const via = map.bend(id);
  const c = via ? spot(via) : [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const length = Math.hypot(b[0] - c[0], b[1] - c[1]) || 1;
  const short = Math.min(nodes.get(to).size * scale + 2, length) / length;
  const tip = [0, 1].map((axis) => round(b[axis] - (b[axis] - c[axis]) * short));
  return via ? `M${a}Q${c} ${tip}` : `M${a}L${tip}`;
}

// What colours and shapes mean, of the types that are shown.
function key(left, top, ink) {
  const types = [...count([...shown.nodes].map((id) => nodes.get(id)), "type")].sort((a, b) => b[1] - a[1]);
  const rows = types.map(([type, number], i) => {
    const y = top + i * LEGEND.line;
    const { name, colour: fill } = page.looks[type];
    return glyph(page.looks[type], left + 8, y, 7, fill, RIM)
      + written(`${name} (${number})`, left + 24, y + 4, 12, { fill: ink.text });
  });
  return rows.join("");
}

function caption() {
  const evidence = [
    state.until ? `as known until ${state.until}` : "",
    state.checked ? "only what was seen in its source" : "",
    state.kinds.size ? `without ${[...state.kinds].join(", ")}` : "",
  ].filter(Boolean);
  const size = `${plural(shown.nodes.size, "entity", "entities")}, ${plural(shown.edges.size, "relation")}`;
  return [size, ...evidence, `drawn ${new Date().toISOString().slice(0, 10)}`, `leukemia-kg ${page.release}`]
    .join(" · ");
}

function pictureText() {
  const { clientWidth: width, clientHeight: height } = map.element;
  const ink = Object.fromEntries(INKS.map((name) => [name, colour(name)]));
  const wide = width + LEGEND.width + 2 * MARGIN;
  const paragraph = (text, size, top, more) => wrap(text, Math.floor(wide / size / 0.6), 400)
    .map((line, i) => [written(line, MARGIN, top + size + i * size * 1.4, size, more), size * 1.4]);
  const above = paragraph(TITLE, 18, 14, { fill: ink.text, "font-weight": 600 });
  const top = 22 + above.reduce((sum, [, line]) => sum + line, 0);
  const types = new Set([...shown.nodes].map((id) => nodes.get(id).type)).size;
  const bottom = top + Math.max(height, 32 + types * LEGEND.line);
  const below = paragraph(caption(), 12, bottom + 12, { fill: ink.quiet });
  const high = Math.round(bottom + 28 + below.reduce((sum, [, line]) => sum + line, 0));
  const clip = tag("clipPath", { id: "view" }, tag("rect", { width, height }));
  const arrow = tag("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 7,
    markerHeight: 7, markerUnits: "userSpaceOnUse", orient: "auto" },
  tag("path", { d: "M0,0L8,4L0,8Z", fill: ink.edge }));
  return tag("svg", { xmlns: SVG, width: wide, height: high, viewBox: `0 0 ${wide} ${high}`, "font-family": FONT },
    tag("title", {}, xml(TITLE)) + tag("defs", {}, clip + arrow)
    + tag("rect", { width: wide, height: high, fill: ink.page })
    + [...above, ...below].map(([text]) => text).join("")
    + tag("g", { transform: `translate(${MARGIN},${round(top)})`, "clip-path": "url(#view)" },
      scene(width, height, emphasis(), ink))
    + key(width + MARGIN + 14, top + 16, ink));
}

// Drawn by the browser from the SVG, at twice the size for talks.
async function png() {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(pictureText())}`;
  await image.decode();
  const canvas = element("canvas", { width: image.width * 2, height: image.height * 2 });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => { canvas.toBlob(done); });
}
