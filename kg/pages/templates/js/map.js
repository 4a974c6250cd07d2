// The map: vis-network draws shapes and lines at the places that were computed beforehand.
//
// Nothing but this file knows what draws. A page with another drawing has another map.js that
// declares the same `map`, and everything else stays as it is:
//   map.element        what has the focus, the size and the keys of the map
//   map.refilter()     shown.nodes and shown.edges (shown.js), sets of ids, have changed
//   map.extend(nodes, edges)   these have been added to nodes and edges (data.js)
//   map.redraw()       what emphasis() or the labels say has changed
//   map.repaint()      the colours of the style sheet have changed: ask colour(name) again
//   map.camera()       { x, y, scale }: the middle of what is seen, and pixels to a unit
//   map.look(camera, animate)   see that; where animate, in a moment instead of at once
//   map.place(id)      { x, y } of a node; map.put(id, { x, y }) moves it
//   map.bend(id)       { x, y }: the control point of the quadratic curve of an edge, or null
//   map.client(id)     { x, y } of a node in the window, in pixels
// It dispatches on map.element, as CustomEvent with `detail`:
//   "pick"     { node: id } or { edge: id }, with `also` true where Shift was held; or null
//   "camera"   a camera() that the reader has come to by dragging or with the wheel
//   "drag"     { id, x, y }: a node that the reader has moved
// It asks emphasis() (select.js): null, or { nodes, edges, first }: sets of ids that stand out
// over a veil, and the ids that have a ring; and drawLabels(ctx, emphasis) (labels.js) at the
// end of every frame, with a context that is in the units of the map. Saved pictures ask
// placeLabels(camera, width, height, emphasis) (labels.js) for the same labels.

const map = (() => {
  const element = document.getElementById("map");
  const places = new Map([...nodes.values()].map(({ id, x, y }) => [id, { x, y }]));
  const nodeSet = new vis.DataSet([...nodes.values()].map(visNode));
  const edgeSet = new vis.DataSet([...edges.values()].map(visEdge));
  const nodeView = new vis.DataView(nodeSet, { filter: ({ id }) => shown.nodes.has(id) });
  const edgeView = new vis.DataView(edgeSet, { filter: ({ id }) => shown.edges.has(id) });
  const options = read("options-data");
  const ink = () => ({ color: colour("edge"), inherit: false });
  const network = new vis.Network(
    element,
    { nodes: nodeView, edges: edgeView },
    { ...options, autoResize: true, edges: { ...options.edges, color: ink() } },
  );
  const tell = (name, detail) => element.dispatchEvent(new CustomEvent(name, { detail }));

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

  const place = (id) => places.get(id);

  function put(id, { x, y }) {
    places.set(id, { x, y });
    nodeSet.update({ id, x, y });
  }

  function camera() {
    return { ...network.getViewPosition(), scale: network.getScale() };
  }

  function look({ x, y, scale }, animate = false) {
    const animation = animate ? { duration: 300, easingFunction: "easeOutQuad" } : false;
    network.moveTo({ position: { x, y }, scale, animation });
  }

  function client(id) {
    const { x, y } = network.canvasToDOM(place(id));
    const corner = element.getBoundingClientRect();
    return { x: x + corner.x, y: y + corner.y };
  }

  function bend(id) {
    const line = network.body.edges[id];
    return line?.connected && edges.get(id).smooth ? line.edgeType.getViaNode() : null;
  }

  // Drawn last in every frame: a veil over all, above it what stands out, and the labels.
  function drawOver(ctx) {
    const apart = emphasis();
    if (apart) {
      veil(ctx);
      for (const id of apart.edges) {
        const line = network.body.edges[id];
        if (!line?.connected) continue;
        line.draw(ctx);
        line.drawArrows(ctx);
      }
      for (const id of apart.nodes) network.body.nodes[id]?.draw(ctx);
      for (const id of apart.first) ring(ctx, id);
    }
    drawLabels(ctx, apart);
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
    if (!shown.nodes.has(id)) return;
    const { x, y } = place(id);
    const scale = network.getScale();
    ctx.beginPath();
    ctx.arc(x, y, nodes.get(id).size + 5 / scale, 0, 2 * Math.PI);
    ctx.lineWidth = 3 / scale;
    ctx.strokeStyle = colour("mark");
    ctx.stroke();
  }

  network.on("afterDrawing", drawOver);
  network.on("click", ({ nodes: [node], edges: [edge], event }) => {
    const also = event.srcEvent.shiftKey;
    tell("pick", node !== undefined ? { node, also } : edge !== undefined ? { edge } : null);
  });
  network.on("zoom", () => tell("camera", camera()));
  network.on("dragEnd", ({ nodes: [id] }) => {
    if (id === undefined) return tell("camera", camera());
    put(id, network.getPositions([id])[id]);
    return tell("drag", { id, ...place(id) });
  });

  return {
    element, place, put, camera, look, client, bend,
    redraw: () => network.body.emitter.emit("_requestRedraw"), // redraw() would not wait for a frame
    repaint: () => network.setOptions({ edges: { color: ink() } }),
    extend(more, lines) {
      for (const { id, x, y } of more) places.set(id, { x, y });
      nodeSet.add(more.map(visNode));
      edgeSet.add(lines.map(visEdge));
    },
    refilter() {
      nodeView.refresh();
      edgeView.refresh();
    },
  };
})();
