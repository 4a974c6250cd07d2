// The map: vis-network draws shapes and lines at the places that were computed beforehand.

const shown = { types: new Set(), relations: new Set() }; // what the legend has switched off
const nodeSet = new vis.DataSet([...nodes.values()].map(visNode));
const edgeSet = new vis.DataSet([...edges.values()].map(visEdge));
const nodeView = new vis.DataView(nodeSet, { filter: (item) => isShown(nodes.get(item.id)) });
const edgeView = new vis.DataView(edgeSet, {
  filter: (item) => !shown.relations.has(edges.get(item.id).relation),
});
const mapElement = document.getElementById("map");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const inks = new Map(); // colours of the style sheet, looked up once for light and for dark
function colour(name) {
  if (!inks.has(name)) {
    const style = getComputedStyle(document.documentElement);
    inks.set(name, style.getPropertyValue(`--${name}`).trim());
  }
  return inks.get(name);
}

const network = new vis.Network(
  mapElement,
  { nodes: nodeView, edges: edgeView },
  { ...read("options-data"), autoResize: true },
);

function isShown(node) {
  return !shown.types.has(node.type);
}

// Labels are drawn by labels.js, so vis-network gets none.
function visNode({ id, label, type, x, y, shape, color, size }) {
  const title = `${label}\n${page.looks[type].one}`;
  return { id, x, y, shape, size, title, color: { background: color, border: "#5b6570" } };
}

function visEdge(edge) {
  const ends = `${nodes.get(edge.from).label} → ${nodes.get(edge.to).label}`;
  const said = edge.references.length ? `\n${plural(edge.references.length, "reference")}` : "";
  return {
    id: edge.id,
    from: edge.from,
    to: edge.to,
    title: `${phrase(edge)}\n${ends}${said}`,
    ...(edge.smooth ? { smooth: edge.smooth } : {}),
    ...(edge.relation === "is a" ? { dashes: [4, 4] } : {}),
  };
}

function phrase(edge) {
  return edge.says ? `${edge.relation}: ${edge.says}` : edge.relation;
}

function paint() {
  inks.clear();
  network.setOptions({ edges: { color: { color: colour("edge"), inherit: false } } });
}

function refilter() {
  nodeView.refresh();
  edgeView.refresh();
}

const motion = () => (calm.matches ? false : { duration: 300, easingFunction: "easeOutQuad" });

// All of it, with room at the edges for labels, and at the top for the buttons.
function fit(animation = motion()) {
  const places = Object.values(network.getPositions(nodeView.getIds()));
  if (!places.length) return;
  const { clientWidth: width, clientHeight: height } = mapElement;
  const [xs, ys] = [places.map((place) => place.x), places.map((place) => place.y)];
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const margin = { side: Math.min(80, width / 7), top: 80, bottom: 60 };
  const scale = Math.min(
    1.5,
    (width - 2 * margin.side) / Math.max(right - left, 1),
    (height - margin.top - margin.bottom) / Math.max(bottom - top, 1),
  );
  const lift = (margin.top - margin.bottom) / 2 / scale;
  const position = { x: (left + right) / 2, y: (top + bottom) / 2 - lift };
  network.moveTo({ position, scale, animation });
}

function zoom(factor) {
  network.moveTo({ scale: network.getScale() * factor, animation: motion() });
}

// Centre on nodes, close enough to read and far enough to see their neighbours.
function centre(ids, around) {
  const places = network.getPositions([...ids, ...around]);
  const here = ids.map((id) => places[id]);
  const x = here.reduce((sum, place) => sum + place.x, 0) / here.length;
  const y = here.reduce((sum, place) => sum + place.y, 0) / here.length;
  const reach = { x: 80, y: 80 };
  for (const place of Object.values(places)) {
    reach.x = Math.max(reach.x, Math.abs(place.x - x) + 95);
    reach.y = Math.max(reach.y, Math.abs(place.y - y) + 60);
  }
  const { clientWidth, clientHeight } = mapElement;
  const room = Math.min(clientWidth / 2 / reach.x, clientHeight / 2 / reach.y);
  network.moveTo({ position: { x, y }, scale: Math.min(1.3, room), animation: motion() });
}

network.on("dragEnd", ({ nodes: moved }) => {
  for (const [id, place] of Object.entries(network.getPositions(moved))) {
    nodeSet.update({ id, ...place });
  }
});

mapElement.addEventListener("keydown", (event) => {
  const step = 80 / network.getScale();
  const move = (x, y) => {
    const place = network.getViewPosition();
    network.moveTo({ position: { x: place.x + x, y: place.y + y } });
  };
  const keys = {
    ArrowLeft: () => move(-step, 0), ArrowRight: () => move(step, 0),
    ArrowUp: () => move(0, -step), ArrowDown: () => move(0, step),
    "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: () => fit(),
  };
  if (!(event.key in keys) || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  keys[event.key]();
});
