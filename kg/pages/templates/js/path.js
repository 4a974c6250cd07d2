// The shortest path between two nodes, through what is shown and in either direction of edges.

let pathStart = null; // a node whose other end the reader is about to pick

// Of equally short ways the one through the nodes with the fewest relations, which say more
// than those that everything is related to. Nodes of the way, or none.
function shortestPath(from, to) {
  const best = new Map([[from, { before: null, cost: 0 }]]);
  let rim = [from];
  while (rim.length && !best.has(to)) {
    const next = new Map();
    for (const id of rim) {
      for (const edge of shownEdgesOf(id)) {
        const near = other(edge, id);
        const cost = best.get(id).cost + edgesOf.get(near).length;
        if (!best.has(near) && !(next.get(near)?.cost <= cost)) next.set(near, { before: id, cost });
      }
    }
    for (const [id, way] of next) best.set(id, way);
    rim = [...next.keys()];
  }
  const way = [];
  for (let id = best.has(to) ? to : null; id !== null; id = best.get(id).before) way.unshift(id);
  return way;
}

// For each step all the edges that join its ends.
function pathSteps() {
  if (state.path.length < 2) return [];
  const way = shortestPath(...state.path);
  return way.slice(1).map((id, i) => shownEdgesOf(id).filter((edge) => other(edge, id) === way[i]));
}
const pathEdges = () => pathSteps().flat();

function startPath(id) {
  pathStart = id;
  showDetails();
  say(`Path from ${nodes.get(id).label}: pick the other end on the map, in the search or here.`);
}

function pathAction(id) {
  if (pathStart !== id) return action("path-from", "Path from here", () => startPath(id), "Pick the other end then");
  const stop = () => { pathStart = null; showDetails(); };
  return element("span", {}, action("path-from", "No path", stop), " Now pick the other end.");
}

function findPath(from, to) {
  pathStart = null;
  change(() => Object.assign(state, { path: [from, to], picked: { node: from } }));
  const steps = pathSteps();
  if (steps.length) centre([from, to], ends(steps.flat()));
  const names = `${nodes.get(from).label} and ${nodes.get(to).label}`;
  say(steps.length ? `${plural(steps.length, "step")} between ${names}.`
    : `Nothing that is shown joins ${names}.`);
}

function pathDetails() {
  const [from, to] = state.path.map((id) => nodes.get(id));
  const steps = pathSteps();
  const drop = () => change(() => { state.path = []; });
  const told = steps.map((lines) => element("li", {},
    element("ul", {}, ...lines.map((edge) => element("li", {},
      entity(edge.from), " → ", phrase(edge), " → ", entity(edge.to), sources(edge))))));
  return [
    element("h2", {}, `From ${from.label} to ${to.label}`),
    element("p", { class: "actions" }, action("drop-path", "Forget the path", drop)),
    element("p", { class: "hint" }, steps.length
      ? `A shortest path through what is shown: ${plural(steps.length, "step")}, against arrows too.`
      : "Nothing that is shown joins them."),
    steps.length ? element("ol", { class: "steps" }, ...told) : "",
  ];
}
