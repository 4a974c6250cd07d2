// The pane that tells what is said of what is picked, and who says it.

const pane = document.getElementById("pane");
const SECTIONS = [
  ["conflict", "Where references disagree"],
  ["statement", "Opinions and predictions"],
  ["result", "Results"],
  ["observation", "Observations"],
];

const KEYS = [
  ["Arrows", "move the map"], ["+ − 0", "zoom, show all"],
  ["Shift + arrows", "pick the next shape that way"], ["Enter", "go to its details"],
  ["Esc", "forget the pick"], ["Ctrl + Z, Ctrl + Y", "undo, redo"], ["/", "search"],
];

// Focus that was on one of the pane's buttons stays on the one that takes its place.
function showDetails() {
  const held = pane.contains(document.activeElement) ? document.activeElement.id || "details" : "";
  const told = state.path.length ? pathDetails() : state.picked === null ? guide()
    : "node" in state.picked ? nodeDetails() : edgeDetails();
  pane.replaceChildren(...told.filter((part) => part !== ""));
  if (held) (document.getElementById(held) ?? document.getElementById("details")).focus();
}

function showPicked() {
  const told = JSON.stringify([state.picked, state.path]);
  if (pane.dataset.told !== told) document.getElementById("details").scrollTop = 0;
  pane.dataset.told = told;
  pane.toggleAttribute("data-picked", state.picked !== null || state.path.length > 0);
  showDetails();
}

function guide() {
  const hubs = byWeight.filter(isShown).slice(0, 8);
  return [
    element("h2", {}, "Select something"),
    element("p", {}, "Select a shape to see what is said of it and by whom, or an arrow to see "
      + "who states it. The size of a shape grows with its relations. Shift and a second shape "
      + "show the path between the two."),
    ...section("Most connected here", element("ul", {},
      ...hubs.map((node) => element("li", {}, entity(node.id), kind(node, " · "))))),
    ...section("Keys on the map", element("dl", { class: "keys" },
      ...KEYS.flatMap(([keys, what]) => [element("dt", {}, keys), element("dd", {}, what)]))),
  ];
}

function entity(id) {
  const choose = () => select({ node: id }, { move: true });
  return element("button", { type: "button", class: "entity", onclick: choose }, nodes.get(id).label);
}

function action(id, text, onclick, title = false) {
  return element("button", { type: "button", id, onclick, title }, text);
}

function kind(node, before = "") {
  return element("span", { class: "kind" }, before, swatch(look(node)), look(node).one);
}

function section(title, ...children) {
  return children.length ? [element("h3", {}, title), ...children] : [];
}

const hiddenHint = (isThere) => (isThere ? "" : element("p", { class: "hint" }, "The filters hide it on the map."));

function nodeDetails() {
  const node = nodes.get(state.picked.node);
  const known = about(node.id);
  const notes = counted(known.notes ?? []);
  return [
    element("h2", {}, node.label),
    element("p", {}, kind(node), " · ", element("code", {}, node.id)),
    hiddenHint(isShown(node)),
    known.definition ? element("p", {}, known.definition) : "",
    known.synonyms ? element("p", { class: "hint" }, `Also: ${known.synonyms.join(", ")}`) : "",
    known.page ? element("p", {}, element("a", { href: known.page }, "Its own page")) : "",
    element("p", { class: "actions" }, foldAction(node.id), expandAction(node.id), pathAction(node.id)),
    ...section("Known elsewhere as", ...identifiers(known)),
    ...section("Properties", ...counted(known.properties ?? []).map(property)),
    ...section("Relations", ...relations(node.id)),
    ...SECTIONS.flatMap(([name, title]) => {
      const those = notes.filter((each) => each.kind === name);
      return section(`${title} (${those.length})`, ...those.map(note));
    }),
  ];
}

function identifiers(known) {
  if (!known.identifiers) return [];
  const items = known.identifiers.map(([text, address]) => element("li", {}, link(text, address)));
  return [element("ul", {}, ...items)];
}

function edgeDetails() {
  const edge = edges.get(state.picked.edge);
  const said = edge.references.length
    ? [element("ul", {}, ...counting(edge).map((id) => cited(id, edge.recalled)))]
    : [element("p", {}, "This belongs to the description of the entity; no reference is named.")];
  return [
    element("h2", {}, edge.relation),
    element("p", {}, entity(edge.from), " → ", entity(edge.to)),
    edge.says ? element("p", {}, edge.says) : "",
    hiddenHint(shown.edges.has(edge.id)),
    ...section("Who says so", ...said),
  ];
}

whenChanged.push(showPicked);
