// Neighbours that the page does not hold are fetched, where the page says from where.
//
// <body data-neighbours="..."> is an address with {id} in the place of a node's id, escaped. It
// answers with JSON of the shapes that the page's own data have: { nodes, edges, looks, details }
// (kg.pages.page.content). Pages that are files have no such address.

const NEIGHBOURS = document.body.dataset.neighbours ?? "";
const asked = new Set(); // nodes whose neighbours have been asked for
const GOLDEN = Math.PI * (3 - Math.sqrt(5)); // an angle whose multiples never lie on each other

async function bring(id) {
  if (asked.has(id)) return;
  const answer = await fetch(NEIGHBOURS.replace("{id}", encodeURIComponent(id)));
  if (!answer.ok) throw new Error(answer.statusText);
  takeIn(id, await answer.json());
  asked.add(id);
}

async function expand(id) {
  const { label } = nodes.get(id);
  const before = shown.nodes.size;
  say(`Fetching what is next to ${label}.`);
  try {
    await bring(id);
  } catch {
    return say(`What is next to ${label} could not be fetched.`);
  }
  change(() => state.expanded.add(id));
  centre([id], ends(shownEdgesOf(id)));
  return say(`${plural(shown.nodes.size - before, "shape")} more around ${label}.`);
}

function expandAction(id) {
  if (!NEIGHBOURS) return "";
  const leave = () => change(() => state.expanded.delete(id));
  return state.expanded.has(id) ? action("expand", "Without its neighbours", leave, "Take away what was fetched")
    : action("expand", "All its neighbours", () => expand(id), "Fetch what is next to it");
}

// Fetch what an address expands, one after the other, and follow the address again.
async function complete(text) {
  const next = [...state.expanded].find((id) => nodes.has(id) && !asked.has(id));
  if (next === undefined) return;
  try {
    await bring(next);
  } catch {
    asked.add(next);
    say(`What is next to ${nodes.get(next).label} could not be fetched.`);
  }
  follow(text, false);
}

// Add what is not here yet. Who brought a node is kept: it goes when they are no longer expanded.
function takeIn(by, found) {
  const fresh = found.nodes.filter(({ id }) => !nodes.has(id));
  for (const [type, each] of Object.entries(found.looks)) page.looks[type] ??= each;
  placeAround(by, fresh);
  for (const node of fresh) {
    nodes.set(node.id, node);
    edgesOf.set(node.id, []);
  }
  for (const { id } of found.nodes) {
    if (fresh.includes(nodes.get(id))) brought.set(id, new Set());
    brought.get(id)?.add(by);
  }
  const named = new Set([...edges.values()].map(edgeName));
  const lines = found.edges.filter((edge) => !named.has(edgeName(edge)))
    .map((edge, i) => ({ ...edge, id: edges.size + i }));
  for (const edge of lines) {
    edges.set(edge.id, edge);
    for (const end of new Set([edge.from, edge.to])) edgesOf.get(end).push(edge);
  }
  const [mine, theirs] = [details(), found.details];
  mine.nodes = { ...theirs.nodes, ...mine.nodes };
  mine.references = { ...theirs.references, ...mine.references };
  refresh(fresh, lines);
}

// What was made from all nodes and edges is made anew.
function refresh(fresh, lines) {
  map.extend(fresh, lines);
  away.clear();
  weigh();
  names = null;
  document.getElementById("legend").replaceChildren();
  boxes.length = 0;
  drawLegend();
  drawEvidence();
}

// Each to the next place of a spiral around a node that is free.
function placeAround(id, fresh) {
  const middle = map.place(id);
  const { size } = nodes.get(id);
  const taken = [...nodes.values()].map((node) => ({ ...map.place(node.id), size: node.size }));
  let step = 0;
  for (const node of fresh) {
    node.size = Math.min(node.size, size);
    let spot = middle;
    while (taken.some(({ x, y, size: r }) => Math.hypot(x - spot.x, y - spot.y) < 2.5 * (r + node.size))) {
      step += 1;
      const far = 3 * size * Math.sqrt(step);
      spot = { x: middle.x + far * Math.cos(step * GOLDEN), y: middle.y + far * Math.sin(step * GOLDEN) };
    }
    Object.assign(node, spot);
    taken.push({ ...spot, size: node.size });
  }
}
