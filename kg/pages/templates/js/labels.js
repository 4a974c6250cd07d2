// Labels, drawn over the map at a readable size whatever the zoom. They are placed one after
// the other, the selected and the most connected first; one that would touch another, or the
// shape of another node of a small network, waits until there is room.

const SMALL = 150; // up to so many nodes, labels also keep clear of shapes
const HUBS = 3; // so many are labelled even over the shapes of others
const FEW_EDGES = 80; // up to so many, edges have labels too
const FONT = "system-ui, 'Segoe UI', Roboto, Arial, sans-serif";
const byWeight = [...nodes.values()].sort(
  (a, b) => edgesOf.get(b.id).length - edgesOf.get(a.id).length || (a.id < b.id ? -1 : 1),
);
const measured = new Map();

class Taken {
  // Rectangles on the screen, in cells so that asking is quick.
  constructor() {
    this.cells = new Map();
  }

  *keys([left, top, right, bottom]) {
    for (let x = Math.floor(left / 64); x <= Math.floor(right / 64); x += 1)
      for (let y = Math.floor(top / 64); y <= Math.floor(bottom / 64); y += 1) yield x * 65536 + y;
  }

  // Whether nothing is there; a shape does not stand in the way of its own label, and with
  // `overShapes` only labels (which have no owner) stand in the way.
  free(box, owner, overShapes = false) {
    for (const key of this.keys(box))
      for (const [other, whose] of this.cells.get(key) ?? [])
        if (whose !== owner && !(overShapes && whose !== null) && box[0] < other[2] && other[0] < box[2]
          && box[1] < other[3] && other[1] < box[3]) return false;
    return true;
  }

  add(box, owner) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push([box, owner]);
    }
  }
}

// Lines of at most so many characters, broken after spaces and hyphens.
function wrap(text, width = 22) {
  const lines = [""];
  for (const part of text.slice(0, 80).split(/(?<=[\s-])/)) {
    if (lines.at(-1) && lines.at(-1).length + part.trimEnd().length > width) lines.push(part);
    else lines[lines.length - 1] += part;
  }
  if (text.length > 80) lines[lines.length - 1] += "…";
  return lines.slice(0, 5).map((line) => (line.length > 40 ? `${line.slice(0, 39)}…` : line.trim()));
}

// What part of the map is seen, in pixels of the screen, and where the buttons are in it.
function seen() {
  const scale = network.getScale();
  const corner = network.DOMtoCanvas({ x: 0, y: 0 });
  const [left, top] = [corner.x * scale, corner.y * scale];
  const { clientWidth, clientHeight } = mapElement;
  const tools = document.querySelector(".tools");
  const buttons = [left, top, left + tools.offsetLeft + tools.offsetWidth, top + 46];
  return { view: [left, top, left + clientWidth, top + clientHeight], buttons };
}

const inside = (box, view) =>
  box[0] >= view[0] && box[1] >= view[1] && box[2] <= view[2] && box[3] <= view[3];

// The lines of a text and their width, at one pixel a unit; measured once.
function shape(ctx, text, size, weight) {
  const key = `${weight} ${size} ${text}`;
  if (!measured.has(key)) {
    ctx.font = `${weight} ${size}px ${FONT}`;
    const lines = wrap(text);
    const width = Math.max(...lines.map((line) => ctx.measureText(line).width));
    measured.set(key, { lines, width, height: lines.length * size * 1.2 });
  }
  return measured.get(key);
}

// Boxes for a label below, above, right and left of a shape, in pixels of the screen.
function* candidates(x, y, radius, { width, height }) {
  const gap = radius + 3;
  yield [x - width / 2, y + gap, x + width / 2, y + gap + height];
  yield [x - width / 2, y - gap - height, x + width / 2, y - gap];
  yield [x + gap, y - height / 2, x + gap + width, y + height / 2];
  yield [x - gap - width, y - height / 2, x - gap, y + height / 2];
}

function write(ctx, box, form, size, weight, ink) {
  const scale = network.getScale();
  ctx.font = `${weight} ${size / scale}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 4 / scale;
  ctx.strokeStyle = colour("page");
  ctx.fillStyle = ink;
  form.lines.forEach((line, index) => {
    const x = (box[0] + box[2]) / 2 / scale;
    const y = (box[1] + size * 1.2 * (index + 0.5)) / scale;
    ctx.strokeText(line, x, y);
    ctx.fillText(line, x, y);
  });
}

// Every label that has room; `only` limits them to a selection. Returns how many.
function drawLabels(ctx, only = null, first = []) {
  const scale = network.getScale();
  const taken = new Taken();
  const { view, buttons } = seen();
  taken.add(buttons, null);
  const small = nodeView.length <= SMALL;
  const visible = byWeight.filter((node) => isShown(node) && (!only || only.has(node.id)));
  const order = [...first.map((id) => nodes.get(id)), ...visible.filter((n) => !first.includes(n.id))];
  const places = network.getPositions(order.map((node) => node.id));
  const radius = (node) => node.size * scale * (only || small ? 1 : 0.6);
  if (small || only) {
    for (const node of order) {
      const { x, y } = places[node.id];
      const r = radius(node) * 0.8;
      taken.add([x * scale - r, y * scale - r, x * scale + r, y * scale + r], node.id);
    }
  }
  let drawn = 0;
  const pad = small || only ? 2 : 6;
  for (const [rank, node] of order.entries()) {
    const weight = first.includes(node.id) || node.id === page.centre ? 600 : 400;
    const form = shape(ctx, node.short ?? node.label, weight === 600 ? 13 : 12, weight);
    const { x, y } = places[node.id];
    const spots = [...candidates(x * scale, y * scale, radius(node), form)]
      .map((box) => [box, [box[0] - pad, box[1] - pad, box[2] + pad, box[3] + pad]])
      .filter(([box]) => inside(box, view));
    const spot = spots.find(([, roomy]) => taken.free(roomy, node.id))
      ?? (rank < HUBS ? spots.find(([, roomy]) => taken.free(roomy, node.id, true)) : undefined);
    if (!spot) continue;
    taken.add(spot[1], null);
    write(ctx, spot[0], form, weight === 600 ? 13 : 12, weight, colour("text"));
    drawn += 1;
  }
  return drawn + drawEdgeLabels(ctx, taken, only);
}

function drawEdgeLabels(ctx, taken, only) {
  const scale = network.getScale();
  const chosen = only ? selectedEdges() : edgeView.length <= FEW_EDGES ? edgeView.getIds() : [];
  if (chosen.length > FEW_EDGES) return 0;
  let drawn = 0;
  for (const id of chosen) {
    const middle = middleOf(id);
    if (!middle) continue;
    const edge = edges.get(id);
    const form = shape(ctx, edge.says || edge.relation, 10.5, "italic 400");
    const [x, y] = [middle.x * scale, middle.y * scale];
    const box = [x - form.width / 2, y - form.height / 2, x + form.width / 2, y + form.height / 2];
    if (!taken.free(box, id)) continue;
    taken.add(box, null);
    write(ctx, box, form, 10.5, "italic 400", colour("quiet"));
    drawn += 1;
  }
  return drawn;
}

// vis-network tells the way of a bent line only from within.
function middleOf(id) {
  const line = network.body.edges[id];
  return line?.connected ? line.edgeType.getPoint(0.5) : null;
}
