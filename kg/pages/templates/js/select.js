// Picking a node or an edge: it and what is next to it stand out, the rest steps back.

const selectedNodes = () =>
  (state.picked === null ? [] : "node" in state.picked ? [state.picked.node]
    : [edges.get(state.picked.edge).from, edges.get(state.picked.edge).to]);

const selectedEdges = () =>
  (state.picked === null ? [] : "node" in state.picked ? shownEdgesOf(state.picked.node)
    : [edges.get(state.picked.edge)].filter(({ id }) => shown.edges.has(id)));

const ends = (lines) => lines.flatMap(({ from, to }) => [from, to]);

// What stands out on the map; the path does before the pick. A pick that a filter hides is kept:
// the date that hides it may move on.
function emphasis() {
  const way = pathEdges();
  if (way.length) return standOut(way, ends(way), state.path);
  const first = selectedNodes().filter((id) => shown.nodes.has(id));
  return first.length ? standOut(selectedEdges(), ends(selectedEdges()), first) : null;
}

function standOut(lines, around, first) {
  return { edges: new Set(lines.map(({ id }) => id)), nodes: new Set([...first, ...around]), first };
}

function select(what, { move = false } = {}) {
  const start = pathStart;
  if (start !== null && what && "node" in what && what.node !== start) return findPath(start, what.node);
  change(() => {
    state.picked = what;
    state.path = [];
    pathStart = what === null ? null : start;
    for (const id of selectedNodes()) reveal(nodes.get(id));
  });
  if (move && what) centrePicked();
  return say(spoken());
}

function centrePicked(animate = true) {
  centre(selectedNodes(), ends(selectedEdges()), animate);
}

// What is asked for is shown, whatever hid it.
function reveal(node) {
  if (isShown(node)) return;
  state.types.delete(node.type);
  computeShown();
  for (const edge of edgesOf.get(node.id)) state.folded.delete(other(edge, node.id));
  computeShown();
  if (isShown(node)) return;
  Object.assign(state, { kinds: new Set(), checked: false, until: "" });
  computeShown();
}

function spoken() {
  if (state.picked === null) return "Nothing is selected.";
  if ("node" in state.picked) {
    const node = nodes.get(state.picked.node);
    const near = plural(shownEdgesOf(node.id).length, "relation");
    return `Selected: ${node.label}, ${look(node).one}, ${near}.`;
  }
  const edge = edges.get(state.picked.edge);
  const [from, to] = [nodes.get(edge.from).label, nodes.get(edge.to).label];
  return `Selected: ${from}, ${phrase(edge)}, ${to}; ${plural(counting(edge).length, "reference")}.`;
}

whenChanged.push(() => map.redraw());
map.element.addEventListener("pick", ({ detail }) => {
  if (detail?.also && state.picked && "node" in state.picked) findPath(state.picked.node, detail.node);
  else select(detail && (detail.edge === undefined ? { node: detail.node } : { edge: detail.edge }));
});
