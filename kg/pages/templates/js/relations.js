// The relations of a node, as the pane lists them.

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

function heading(relationName, outwards) {
  const first = relationName[0].toUpperCase() + relationName.slice(1);
  const [own, reverse] = HEADINGS[relationName] ?? [first, `${first} of`];
  return outwards ? own : reverse;
}

// By what they say and in which direction; decisions of regulators by date.
function relations(id) {
  const groups = new Map();
  for (const edge of shownEdgesOf(id)) {
    const title = heading(edge.relation, edge.from === id);
    groups.set(title, [...(groups.get(title) ?? []), edge]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([title, group]) => [
    element("h4", {}, title),
    element("ul", {}, ...group.sort((a, b) => order(a, id, b)).map((edge) => relation(edge, id))),
  ]);
}

function order(a, id, b) {
  const key = (edge) => edge.says.slice(-10) + nodes.get(other(edge, id)).label.toLowerCase();
  return key(a) < key(b) ? -1 : 1;
}

function relation(edge, id) {
  const says = edge.says ? ` · ${edge.says}` : "";
  return element("li", {}, entity(other(edge, id)), says, sources(edge));
}
