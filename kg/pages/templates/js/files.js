// What is shown as files: tables as CSV, everything as JSON, the network as GraphML.

const TITLE = document.querySelector("h1").textContent;

// What a file says of itself.
function provenance() {
  return { title: TITLE, release: page.release, ...(state.until ? { "known-until": state.until } : {}),
    state: stateText() };
}

const referenceOf = (id) => ({ id, ...reference(id) });

function entityTable() {
  const rows = [...shown.nodes].map((id) => {
    const { definition = "", synonyms = [], identifiers: codes = [] } = about(id);
    const node = nodes.get(id);
    return [id, node.label, look(node).one, definition, synonyms.join(" | "),
      codes.map(([text]) => text).join(" | "), shownEdgesOf(id).length];
  });
  return [["id", "label", "type", "definition", "synonyms", "identifiers", "relations"], ...rows];
}

function relationTable() {
  const rows = shownEdges().map((edge) => {
    const ids = counting(edge);
    const dates = ids.map((id) => reference(id).date ?? "").filter(Boolean).sort();
    return [edge.from, nodes.get(edge.from).label, edge.relation, edge.says, edge.to,
      nodes.get(edge.to).label, ids.join(" "), dates.at(0) ?? "", dates.at(-1) ?? ""];
  });
  return [["from", "from_label", "relation", "says", "to", "to_label", "references", "first", "latest"],
    ...rows];
}

// Cells after RFC 4180; one that a spreadsheet would take for a formula begins with an apostrophe.
function csv(rows) {
  const cell = (value) => {
    const text = String(value).replace(/^(?=[=+\-@\t\r])/, typeof value === "string" ? "'" : "");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function json() {
  const lines = shownEdges();
  const used = new Set(lines.flatMap(counting));
  return JSON.stringify({
    ...provenance(),
    nodes: [...shown.nodes].map((id) => {
      const { label, type } = nodes.get(id);
      const { definition, synonyms, identifiers: codes } = about(id);
      return { id, label, type, definition, synonyms, identifiers: codes, ...map.place(id) };
    }),
    edges: lines.map((edge) => ({ from: edge.from, to: edge.to, relation: edge.relation,
      says: edge.says, references: counting(edge) })),
    references: [...used].sort().map(referenceOf),
  }, null, 1);
}

// Text that XML takes: markup escaped, and without the characters that XML has no way to write.
function xml(text) {
  return String(text).replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

function graphml() {
  const keys = [["node", "label"], ["node", "type"], ["node", "definition"], ["node", "synonyms"],
    ["node", "x", "double"], ["node", "y", "double"], ["node", "colour"], ["edge", "relation"],
    ["edge", "says"], ["edge", "references"]];
  const name = (on, key) => `${on}-${key}`;
  const data = (on, values) => Object.entries(values).map(([key, value]) =>
    `<data key="${name(on, key)}">${xml(value)}</data>`).join("");
  const vertices = [...shown.nodes].map((id) => {
    const { label, type, color } = nodes.get(id);
    const { definition = "", synonyms = [] } = about(id);
    const values = { label, type, definition, synonyms: synonyms.join(" | "), ...map.place(id), colour: color };
    return `<node id="${xml(id)}">${data("node", values)}</node>`;
  });
  const lines = shownEdges().map((edge) => {
    const { id, from, to, relation, says } = edge;
    const values = { relation, says, references: counting(edge).join(" ") };
    return `<edge id="e${id}" source="${xml(from)}" target="${xml(to)}">${data("edge", values)}</edge>`;
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys.map(([on, key, type = "string"]) =>
      `<key id="${name(on, key)}" for="${on}" attr.name="${key}" attr.type="${type}"/>`),
    '<graph edgedefault="directed">', ...vertices, ...lines, "</graph>", "</graphml>", ""].join("\n");
}
