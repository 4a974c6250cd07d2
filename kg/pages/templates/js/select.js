// Selecting a node or an edge: it and what is next to it stand out, the rest steps back.

let selected = null; // { node: id } or { edge: id }

const selectedEdges = () =>
  selected === null ? []
  : "edge" in selected ? [selected.edge]
  : edgesOf.get(selected.node).map((edge) => edge.id)
    .filter((id) => network.body.edges[id]?.connected);

function selectedNodes() {
  if (selected === null) return [];
  if ("node" in selected) return [selected.node];
  const edge = edges.get(selected.edge);
  return [edge.from, edge.to];
}

function select(what, { move = false } = {}) {
  selected = what;
  const ids = selectedNodes();
  for (const id of ids) reveal(nodes.get(id));
  if (move && ids.length) {
    centre(ids, selectedEdges().flatMap((id) => [edges.get(id).from, edges.get(id).to]));
  }
  showDetails();
  document.getElementById("status").textContent = spoken();
  if (what && "node" in what) history.replaceState(null, "", `#${encodeURIComponent(what.node)}`);
  else history.replaceState(null, "", location.pathname + location.search);
  network.redraw();
}

// A type that was switched off is switched on again when one of its nodes is asked for.
function reveal(node) {
  if (isShown(node)) return;
  shown.types.delete(node.type);
  refilter();
  drawLegendState();
}

function spoken() {
  if (selected === null) return "Nothing is selected.";
  if ("node" in selected) {
    const node = nodes.get(selected.node);
    const near = plural(edgesOf.get(node.id).length, "relation");
    return `Selected: ${node.label}, ${look(node).one}, ${near}.`;
  }
  const edge = edges.get(selected.edge);
  const [from, to] = [nodes.get(edge.from).label, nodes.get(edge.to).label];
  return `Selected: ${from}, ${phrase(edge)}, ${to}; ${plural(edge.references.length, "reference")}.`;
}

// Drawn last in every frame: a veil over all, and above it what is selected.
function drawOver(ctx) {
  if (selected === null) {
    page.labelsDrawn = drawLabels(ctx);
    return;
  }
  veil(ctx);
  const lines = selectedEdges();
  const near = new Set(selectedNodes());
  for (const id of lines) {
    near.add(edges.get(id).from).add(edges.get(id).to);
    network.body.edges[id].draw(ctx);
    network.body.edges[id].drawArrows(ctx);
  }
  for (const id of near) network.body.nodes[id]?.draw(ctx);
  for (const id of selectedNodes()) ring(ctx, id);
  page.labelsDrawn = drawLabels(ctx, near, selectedNodes());
}

function veil(ctx) {
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.globalAlpha = 0.82;
  ctx.fillStyle = colour("page");
  ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  ctx.restore();
}

function ring(ctx, id) {
  const { x, y } = network.getPositions([id])[id];
  const scale = network.getScale();
  ctx.beginPath();
  ctx.arc(x, y, nodes.get(id).size + 5 / scale, 0, 2 * Math.PI);
  ctx.lineWidth = 3 / scale;
  ctx.strokeStyle = colour("mark");
  ctx.stroke();
}

network.on("afterDrawing", drawOver);
network.on("click", ({ nodes: [node], edges: [edge] }) => {
  if (node !== undefined) select({ node });
  else if (edge !== undefined) select({ edge });
  else select(null);
});
