// Labels, drawn over the map at a readable size whatever the zoom. They are placed one after
// the other, the selected and the most connected first; one that would touch another, or the
// shape of another node of a small network, waits until there is room.

const SMALL = 400; // up to so many nodes, labels also keep clear of shapes
const HUBS = 3; // so many are labelled even over the shapes of others
const FEW_EDGES = 160; // up to so many, edges have labels too
const FONT = "system-ui, 'Segoe UI', Roboto, Arial, sans-serif";
let byWeight = []; // all nodes, the most connected first
function weigh() {
  byWeight = [...nodes.values()].sort(
    (a, b) => edgesOf.get(b.id).length - edgesOf.get(a.id).length || (a.id < b.id ? -1 : 1),
  );
}
weigh();
const measured = new Map();
const ruler = document.createElement("canvas").getContext("2d");

// Lines of at most so many characters, broken after spaces and hyphens, but within no date.
function wrap(text, width = 22, most = 80) {
  const lines = [""];
  for (const part of text.slice(0, most).split(/(?<=\s|-(?=\D))/)) {
    if (lines.at(-1) && lines.at(-1).length + part.trimEnd().length > width) lines.push(part);
    else lines[lines.length - 1] += part;
  }
  if (text.length > most) lines[lines.length - 1] += "…";
  const longest = width + 18; // of a word that cannot be broken
  return lines.slice(0, 5).map((line) =>
    (line.length > longest ? `${line.slice(0, longest - 1)}…` : line.trim()));
}

// The lines of a text and their size in pixels; measured once.
function shape(text, size, weight) {
  const key = `${weight} ${size} ${text.slice(0, 81)}`;
  if (!measured.has(key)) {
    ruler.font = `${weight} ${size}px ${FONT}`;
    const lines = wrap(text);
    const width = Math.max(...lines.map((line) => ruler.measureText(line).width));
    measured.set(key, { lines, width, height: lines.length * size * 1.2, size, weight });
  }
  return measured.get(key);
}

// What is written on a node: a name that is short, and how many are folded away under it.
function writtenOn(node) {
  const folded = shown.under.get(node.id);
  return (node.short ?? node.label) + (folded ? ` (+${folded})` : "");
}

// Boxes for a label below, above, right and left of a shape, in pixels of the screen.
function* besides(x, y, radius, { width, height }) {
  const gap = radius + 3;
  yield [x - width / 2, y + gap, x + width / 2, y + gap + height];
  yield [x - width / 2, y - gap - height, x + width / 2, y - gap];
  yield [x + gap, y - height / 2, x + gap + width, y + height / 2];
  yield [x - gap - width, y - height / 2, x - gap, y + height / 2];
}

// Labels for what a camera sees, as boxes in pixels of the screen with their form and ink.
function placeLabels({ x, y, scale }, width, height, apart) {
  const view = [x * scale - width / 2, y * scale - height / 2, x * scale + width / 2,
    y * scale + height / 2];
  const taken = new Taken();
  const close = apart !== null || shown.nodes.size <= SMALL;
  const placed = placeNodeLabels(scale, view, taken, apart, close);
  return [...placed, ...placeEdgeLabels(scale, view, taken, apart)];
}

function placeNodeLabels(scale, view, taken, apart, close) {
  const first = apart?.first ?? [];
  const rest = byWeight.filter((node) => !first.includes(node.id) && (!apart || apart.nodes.has(node.id)));
  const order = [...first.map((id) => nodes.get(id)), ...rest].filter(isShown);
  const radius = (node) => node.size * scale * (close ? 1 : 0.6);
  const spot = (node) => {
    const { x, y } = map.place(node.id);
    return [x * scale, y * scale];
  };
  for (const node of close ? order : []) {
    const [[x, y], r] = [spot(node), radius(node) * 0.8];
    taken.add([x - r, y - r, x + r, y + r], node.id);
  }
  const pad = close ? 2 : 6;
  const roomy = ([left, top, right, bottom]) => [left - pad, top - pad, right + pad, bottom + pad];
  return order.flatMap((node, rank) => {
    const bold = first.includes(node.id) || node.id === page.centre;
    const form = shape(writtenOn(node), bold ? 13 : 12, bold ? 600 : 400);
    const boxes = [...besides(...spot(node), radius(node), form)].filter((box) => within(box, view));
    const box = boxes.find((each) => taken.free(roomy(each), node.id))
      ?? (rank < HUBS ? boxes.find((each) => taken.free(roomy(each), node.id, true)) : undefined);
    if (!box) return [];
    taken.add(roomy(box), null);
    return [{ box, form, ink: "text" }];
  });
}

// What edges say, at their middle or aside of it.
function placeEdgeLabels(scale, view, taken, apart) {
  const chosen = apart ? [...apart.edges] : shown.edges.size <= FEW_EDGES ? [...shown.edges] : [];
  if (chosen.length > FEW_EDGES) return [];
  return chosen.flatMap((id) => {
    const edge = edges.get(id);
    const form = shape(edge.says || edge.relation, 10.5, "italic 400");
    const { width, height } = form;
    for (const part of [0.5, 0.4, 0.6, 0.3, 0.7]) {
      const middle = along(id, part);
      const [x, y] = [middle.x * scale, middle.y * scale];
      const box = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
      if (!within(box, view) || !taken.free(box, null, false)) continue;
      taken.add(box, null);
      return [{ box, form, ink: "quiet" }];
    }
    return [];
  });
}

// A point of an edge, at a part of its way.
function along(id, part) {
  const { from, to } = edges.get(id);
  const [a, b] = [map.place(from), map.place(to)];
  const via = map.bend(id) ?? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  const mix = (p, q, r) => (1 - part) ** 2 * p + 2 * part * (1 - part) * q + part ** 2 * r;
  return { x: mix(a.x, via.x, b.x), y: mix(a.y, via.y, b.y) };
}

// Every label that has room on the map, which is in units of its own.
function drawLabels(ctx, apart) {
  const camera = map.camera();
  const { clientWidth: width, clientHeight: height } = map.element;
  const labels = placeLabels(camera, width, height, apart);
  ctx.save();
  ctx.scale(1 / camera.scale, 1 / camera.scale);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 4;
  ctx.strokeStyle = colour("page");
  for (const { box, form, ink } of labels) {
    ctx.font = `${form.weight} ${form.size}px ${FONT}`;
    ctx.fillStyle = colour(ink);
    form.lines.forEach((line, index) => {
      const spot = [(box[0] + box[2]) / 2, box[1] + form.size * 1.2 * (index + 0.5)];
      ctx.strokeText(line, ...spot);
      ctx.fillText(line, ...spot);
    });
  }
  ctx.restore();
  page.labelsDrawn = labels.length;
}
