// What is shown of the page's nodes and edges: what the evidence allows, of that the types and
// relations that the legend leaves on, of that what is not folded away.

const shown = { nodes: new Set(nodes.keys()), edges: new Set(edges.keys()), under: new Map() };
const isShown = (node) => shown.nodes.has(node.id);
const shownEdges = () => [...shown.edges].map((id) => edges.get(id));
const shownEdgesOf = (id) => edgesOf.get(id).filter((edge) => shown.edges.has(edge.id));

// A date of which only year or month is known ends with its period.
const wholeDay = (date) => date + "-12-31".slice(Math.max(date.length - 4, 0));
const evidenceFiltered = () => state.kinds.size > 0 || state.checked || state.until !== "";

// Whether a reference counts, as one of those that state something.
function counts(id, recalled = []) {
  const { date = "", kind = "unclassified" } = reference(id);
  return !state.kinds.has(kind) && !(state.checked && recalled.includes(id))
    && (!state.until || (date !== "" && wholeDay(date) <= wholeDay(state.until)));
}

const counting = ({ references = [], recalled }) =>
  (evidenceFiltered() ? references.filter((id) => counts(id, recalled)) : references);

// Edges that references state, and the nodes at their ends. What no reference states ("is a")
// belongs to descriptions: it is there where its beginning is, and brings its end.
function evident() {
  if (!evidenceFiltered()) return { found: new Set(nodes.keys()), stated: [...edges.values()] };
  const stated = [...edges.values()].filter((edge) => counting(edge).length);
  const found = new Set(stated.flatMap(({ from, to }) => [from, to]));
  for (const id of found) {
    for (const edge of edgesOf.get(id)) {
      if (edge.references.length || edge.from !== id) continue;
      stated.push(edge);
      found.add(edge.to);
    }
  }
  return { found, stated };
}

// Nodes that hang on folded ones alone, each with what it hangs on.
function hangers(chosen, lines) {
  const near = new Map();
  for (const { from, to } of lines) {
    for (const [id, next] of [[from, to], [to, from]]) {
      if (!near.has(id)) near.set(id, new Set());
      near.get(id).add(next);
    }
  }
  return [...chosen].flatMap((id) => {
    const [only, ...more] = near.get(id) ?? [];
    const hangs = only !== undefined && !more.length && id !== page.centre;
    return hangs && state.folded.has(only) && !state.folded.has(id) ? [[id, only]] : [];
  });
}

// Of what was fetched, what is next to a node that is expanded.
const isHere = (id) => !brought.has(id) || [...brought.get(id)].some((by) => state.expanded.has(by));

function computeShown() {
  const { found, stated } = evident();
  const chosen = new Set([...found].filter((id) => isHere(id) && !state.types.has(nodes.get(id).type)));
  const lines = stated.filter((edge) => !state.relations.has(edge.relation)
    && chosen.has(edge.from) && chosen.has(edge.to));
  shown.under = new Map();
  for (const [id, on] of state.folded.size ? hangers(chosen, lines) : []) {
    chosen.delete(id);
    shown.under.set(on, (shown.under.get(on) ?? 0) + 1);
  }
  const left = new Set(lines.filter(({ from, to }) => chosen.has(from) && chosen.has(to))
    .map((edge) => edge.id));
  if (same(shown.nodes, chosen) && same(shown.edges, left)) return;
  Object.assign(shown, { nodes: chosen, edges: left });
  map.refilter();
}

const same = (a, b) => a.size === b.size && [...a].every((each) => b.has(each));

whenChanged.push(computeShown);
