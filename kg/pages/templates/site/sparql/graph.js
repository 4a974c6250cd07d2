// Answers as networks: triples, or rows in which two or more entities stand side by side.

const MOST_NODES = 250;

function linked({ columns, rows, isGraph }) {
  const nodes = new Map();
  const edges = new Map();
  const node = (term) => {
    const id = term.value;
    if (!nodes.has(id)) nodes.set(id, { id, label: short(id).replace(/^.*:(?!\/\/)/u, ""), x: 0, y: 0 });
    return nodes.get(id);
  };
  for (const row of rows) {
    const ends = columns.map((name) => [name, row[name]]).filter(([, term]) => term?.type === "uri");
    const [first, ...others] = isGraph ? ends.filter(([name]) => name !== "predicate") : ends;
    for (const [name, term] of others) {
      if (nodes.size > MOST_NODES) break;
      const relation = isGraph ? short(row.predicate.value).replace(/^.*:/u, "") : name;
      const [from, to] = [node(first[1]), node(term)];
      if (from !== to) edges.set(`${from.id} ${to.id} ${relation}`, { from, to, relation });
    }
  }
  const labels = columns.filter((name) => columns.includes(`${name}Label`));
  for (const row of rows) {
    for (const name of labels) if (row[name] && row[`${name}Label`] && nodes.has(row[name].value)) nodes.get(row[name].value).label = row[`${name}Label`].value;
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

// Springs along edges, and a push between all nodes (Fruchterman and Reingold 1991), from a circle.
function spread(nodes, edges) {
  const side = 90 * Math.sqrt(nodes.length) + 120;
  const ideal = 80;
  nodes.forEach((node, at) => {
    const angle = (2 * Math.PI * at) / nodes.length;
    Object.assign(node, { x: (side / 3) * Math.cos(angle), y: (side / 3) * Math.sin(angle) });
  });
  for (let heat = 60; heat > 0.5; heat *= 0.97) {
    for (const node of nodes) node.push = [-node.x * 1.5, -node.y * 1.5];
    nodes.forEach((one, at) => nodes.slice(at + 1).forEach((other) => {
      const [dx, dy] = [one.x - other.x || 0.1, one.y - other.y];
      const force = (ideal * ideal) / (dx * dx + dy * dy + 1);
      one.push[0] += dx * force; one.push[1] += dy * force;
      other.push[0] -= dx * force; other.push[1] -= dy * force;
    }));
    for (const { from, to } of edges) {
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      const force = Math.hypot(dx, dy) / ideal / 4;
      from.push[0] += dx * force; from.push[1] += dy * force;
      to.push[0] -= dx * force; to.push[1] -= dy * force;
    }
    for (const node of nodes) {
      const [dx, dy] = node.push;
      const step = Math.min(heat, Math.hypot(dx, dy)) / (Math.hypot(dx, dy) || 1);
      node.x += dx * step;
      node.y += dy * step;
    }
  }
}

function graph(answer) {
  const { nodes, edges } = linked(answer);
  if (!edges.length) return made("p", { className: "hint" }, "A network needs triples, or rows with two entities.");
  spread(nodes, edges);
  const [left, top] = [Math.min(...nodes.map(({ x }) => x)) - 90, Math.min(...nodes.map(({ y }) => y)) - 40];
  const width = Math.max(...nodes.map(({ x }) => x)) + 90 - left;
  const height = Math.max(...nodes.map(({ y }) => y)) + 50 - top;
  const few = edges.length <= 40;
  const lines = edges.map(({ from, to, relation }) => svg("g", {},
    svg("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y }, svg("title", {}, relation)),
    ...(few ? [text((from.x + to.x) / 2, (from.y + to.y) / 2 - 3, relation, { class: "relation" })] : [])));
  const shapes = nodes.map(({ id, label, x, y }) => {
    const link = svg("a", { href: leadsTo(id) }, svg("circle", { cx: x, cy: y, r: 9 }),
      text(x, y + 24, label.length > 26 ? `${label.slice(0, 25)}…` : label), svg("title", {}, short(id)));
    return link;
  });
  const drawing = svg("svg", { viewBox: `${left} ${top} ${width} ${height}`, role: "group", "aria-label": `Network of ${nodes.length} entities; the table has the same` }, ...lines, ...shapes);
  drawing.classList.add("graph");
  const hint = nodes.length > MOST_NODES ? `The first ${MOST_NODES} entities are drawn.` : "";
  return made("div", { className: "drawing" }, drawing, made("p", { className: "hint" }, hint));
}
