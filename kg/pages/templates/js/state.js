// What the reader has chosen, as one state. The address holds it as text, so a link restores
// it, and to undo is to read an earlier text.

const fresh = () => ({
  types: new Set(), // that the legend has switched off, as the relations
  relations: new Set(),
  kinds: new Set(), // of references that do not count
  checked: false, // whether only claims that were seen in their source count
  until: "", // a date: references after it do not count
  folded: new Set(), // nodes whose hangers-on are hidden
  expanded: new Set(), // nodes whose neighbours were fetched
  picked: null, // { node: id } or { edge: id }
  path: [], // its two ends
  table: false,
  moved: new Map(), // nodes to where the reader has put them
});
const state = fresh();
const whenChanged = []; // functions that bring the page up to the state, in this order
const [past, future] = [[], []];
let now = "";

// Every change goes through here: it is seen, can be undone, and is in the address.
function change(edit) {
  edit(state);
  settle();
  const next = stateText();
  if (next === now) return;
  past.push(now);
  future.length = 0;
  now = next;
  drawUndo();
}

function settle() {
  for (const update of whenChanged) update();
  writeAddress();
}

// Back to what the state was before the last change; or forth again.
function travel(from, to) {
  if (!from.length) return;
  to.push(now);
  now = from.pop();
  readState(now);
  settle();
  drawUndo();
}
const undo = () => travel(past, future);
const redo = () => travel(future, past);

function drawUndo() {
  document.getElementById("undo").disabled = !past.length;
  document.getElementById("redo").disabled = !future.length;
}

const escaped = (text) => encodeURIComponent(text).replaceAll("%3A", ":");
const list = (names) => [...names].map(escaped).join(",");
const edgeName = ({ from, relation, to, says }) => list([from, relation, to, says]);

function stateText() {
  const { picked, moved } = state;
  const parts = {
    node: picked?.node === undefined ? "" : escaped(picked.node),
    edge: picked?.edge === undefined ? "" : edgeName(edges.get(picked.edge)),
    path: list(state.path),
    "no-type": list(state.types),
    "no-relation": list(state.relations),
    "no-kind": list(state.kinds),
    checked: state.checked ? "1" : "",
    until: state.until,
    folded: list(state.folded),
    expanded: list(state.expanded),
    moved: list([...moved].flatMap(([id, { x, y }]) => [id, Math.round(x), Math.round(y)])),
    table: state.table ? "1" : "",
  };
  return Object.entries(parts).filter(([, value]) => value).map((part) => part.join("=")).join("&");
}

// What a text says that this page has; the rest of it is passed over.
function readState(text) {
  const parts = new Map(text.split("&").map((part) => part.split(/=(.*)/s, 2)));
  const all = (name) => (parts.get(name) ? parts.get(name).split(",").map(decodeURIComponent) : []);
  const known = (name) => all(name).filter((id) => nodes.has(id));
  const moved = all("moved");
  const [node] = known("node");
  const edge = parts.get("edge")
    && [...edges.values()].find((each) => edgeName(each) === parts.get("edge"));
  Object.assign(state, fresh(), {
    types: new Set(all("no-type")),
    relations: new Set(all("no-relation")),
    kinds: new Set(all("no-kind")),
    checked: parts.get("checked") === "1",
    until: /^\d{4}(-\d\d){0,2}$/.test(parts.get("until")) ? parts.get("until") : "",
    folded: new Set(known("folded")),
    expanded: new Set(NEIGHBOURS ? all("expanded") : []),
    picked: node !== undefined ? { node } : edge ? { edge: edge.id } : null,
    path: known("path").length === 2 ? known("path") : [],
    table: parts.get("table") === "1",
  });
  for (let i = 0; i + 2 < moved.length; i += 3) {
    const place = { x: Number(moved[i + 1]), y: Number(moved[i + 2]) };
    if (nodes.has(moved[i]) && Number.isFinite(place.x + place.y)) state.moved.set(moved[i], place);
  }
}
