// Who says something: references folded away behind their number, and the notes that have them.

function sources(thing) {
  const ids = counting(thing);
  if (!ids.length) return "";
  const sorted = [...ids].sort((a, b) => (reference(a).date < reference(b).date ? -1 : 1));
  const latest = reference(sorted.at(-1)).date;
  const title = ids.length === 1 ? "reference" : `${ids.length} references`;
  return element("details", {},
    element("summary", {}, latest ? `${title}, ${latest}` : title),
    element("ul", {}, ...sorted.map((id) => cited(id, thing.recalled))));
}

function cited(id, recalled = []) {
  const { title, date = "", kind: which = "", publisher = "", url = "" } = reference(id);
  const unseen = recalled.includes(id) ? "not checked at its source" : "";
  const rest = [which, publisher, date, unseen].filter(Boolean).join(", ");
  return element("li", { class: "reference" }, link(title, url), rest ? ` (${rest})` : "");
}

// Notes and properties of which some reference counts; of a conflict, a side.
const counted = (things) => things.filter((thing) =>
  counting(thing).length || (thing.sides ?? []).some((side) => counting(side).length));

function note(said) {
  const { kind: which, text, more, sides = [] } = said;
  return element("div", { class: `note ${which === "conflict" ? "conflict" : ""}` },
    element("p", {}, text),
    more ? element("p", { class: "hint" }, more) : "",
    sides.length ? element("ul", {}, ...counted(sides).map((side) =>
      element("li", {}, side.text, sources(side)))) : "",
    sources(said));
}

function property(said) {
  return element("div", {}, element("p", {}, element("span", { class: "kind" }, `${said.name}: `), said.value),
    sources(said));
}
