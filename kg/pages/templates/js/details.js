// The pane that tells what is said of the selected node or edge, and who says it.

const pane = document.getElementById("pane");
const SECTIONS = [
  ["conflict", "Where references disagree"],
  ["statement", "Opinions and predictions"],
  ["result", "Results"],
  ["observation", "Observations"],
];

// A relation as a heading: in its own direction, and seen from its other end.
const HEADINGS = {
  "is a": ["Is a", "Kinds of it"],
  gives: ["Gives", "Given in"],
  target: ["Targets", "Targeted by"],
  engages: ["Engages", "Engaged by"],
  mechanism: ["Works by", "How these work"],
  "studied in": ["Studied in", "Trials in it"],
  "regulated for": ["Decisions of regulators, for", "Decisions of regulators, on"],
  developer: ["Developed by", "Developed"],
  sponsor: ["Sponsored by", "Sponsored"],
  reports: ["Adverse events reported", "Reported in"],
  requires: ["Requires", "Required by"],
  excludes: ["Excludes", "Excluded by"],
  regimen: ["Gives the regimen", "Given in"],
  after: ["In patients already treated with", "Then tested in"],
};

function showDetails() {
  pane.replaceChildren(
    ...(selected === null ? guide() : "node" in selected ? nodeDetails() : edgeDetails()),
  );
  document.getElementById("details").scrollTop = 0;
}

function guide() {
  const hubs = byWeight.filter(isShown).slice(0, 8);
  return [
    element("h2", {}, "Select something"),
    element("p", {}, "Select a shape to see what is said of it and by whom, or an arrow to see "
      + "who states it. The size of a shape grows with its relations."),
    element("h3", {}, "Most connected here"),
    element("ul", {}, ...hubs.map((node) => element("li", {}, entity(node.id), kind(node, " · ")))),
  ];
}

function entity(id) {
  const choose = () => select({ node: id }, { move: true });
  return element("button", { type: "button", class: "entity", onclick: choose }, nodes.get(id).label);
}

function kind(node, before = "") {
  return element("span", { class: "kind" }, before, swatch(look(node)), look(node).one);
}

function section(title, ...children) {
  return children.length ? [element("h3", {}, title), ...children] : [];
}

function nodeDetails() {
  const node = nodes.get(selected.node);
  const known = about(node.id);
  const notes = known.notes ?? [];
  return [
    element("h2", {}, node.label),
    element("p", {}, kind(node), " · ", element("code", {}, node.id)),
    known.definition ? element("p", {}, known.definition) : "",
    known.synonyms ? element("p", { class: "hint" }, `Also: ${known.synonyms.join(", ")}`) : "",
    ...section("Known elsewhere as", ...identifiers(known)),
    ...section("Properties", ...(known.properties ?? []).map(property)),
    ...section("Relations", ...relations(node.id)),
    ...SECTIONS.flatMap(([name, title]) => {
      const those = notes.filter((note) => note.kind === name);
      return section(`${title} (${those.length})`, ...those.map(note));
    }),
  ].filter((part) => part !== "");
}

function identifiers(known) {
  if (!known.identifiers) return [];
  const items = known.identifiers.map(([text, address]) => element("li", {}, link(text, address)));
  return [element("ul", {}, ...items)];
}

function property({ name, value, references }) {
  return element("div", {}, element("p", {}, element("span", { class: "kind" }, `${name}: `), value),
    sources(references));
}

// Relations by what they say and in which direction; decisions of regulators by date.
function relations(id) {
  const groups = new Map();
  for (const edge of edgesOf.get(id)) {
    const title = heading(edge.relation, edge.from === id);
    groups.set(title, [...(groups.get(title) ?? []), edge]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([title, group]) => [
    element("h4", {}, title),
    element("ul", {}, ...group.sort((a, b) => order(a, id, b)).map((edge) => relation(edge, id))),
  ]);
}

function heading(relationName, outwards) {
  const first = relationName[0].toUpperCase() + relationName.slice(1);
  const [own, reverse] = HEADINGS[relationName] ?? [first, `${first} of`];
  return outwards ? own : reverse;
}

function order(a, id, b) {
  const key = (edge) => edge.says.slice(-10) + nodes.get(other(edge, id)).label.toLowerCase();
  return key(a) < key(b) ? -1 : 1;
}

function relation(edge, id) {
  const says = edge.says ? ` · ${edge.says}` : "";
  return element("li", {}, entity(other(edge, id)), says, sources(edge.references));
}

function note({ kind: which, text, more, references = [], sides = [] }) {
  return element("div", { class: `note ${which === "conflict" ? "conflict" : ""}` },
    element("p", {}, text),
    more ? element("p", { class: "hint" }, more) : "",
    sides.length ? element("ul", {}, ...sides.map((side) =>
      element("li", {}, side.text, sources(side.references)))) : "",
    sources(references));
}

// References fold away behind their number and the newest date.
function sources(ids) {
  if (!ids.length) return "";
  const sorted = [...ids].sort((a, b) => (reference(a).date < reference(b).date ? -1 : 1));
  const latest = reference(sorted.at(-1)).date;
  const title = ids.length === 1 ? "reference" : `${ids.length} references`;
  return element("details", {},
    element("summary", {}, latest ? `${title}, ${latest}` : title),
    element("ul", {}, ...sorted.map(cited)));
}

function cited(id) {
  const { title, date = "", kind: which = "", publisher = "", url = "" } = reference(id);
  const rest = [which, publisher, date].filter(Boolean).join(", ");
  return element("li", { class: "reference" }, link(title, url), rest ? ` (${rest})` : "");
}

function edgeDetails() {
  const edge = edges.get(selected.edge);
  const said = edge.references.length
    ? [element("ul", {}, ...edge.references.map(cited))]
    : [element("p", {}, "This belongs to the description of the entity; no reference is named.")];
  return [
    element("h2", {}, edge.relation),
    element("p", {}, entity(edge.from), " → ", entity(edge.to)),
    edge.says ? element("p", {}, edge.says) : "",
    ...section("Who says so", ...said),
  ].filter((part) => part !== "");
}
