// Search by label, synonym, code and id: a combobox after the ARIA pattern.

const searchBox = document.getElementById("search");
const foundList = document.getElementById("found");
let found = [];
let active = -1;
let names = null;

function index() {
  names ??= byWeight.map((node) => {
    const known = about(node.id);
    const codes = (known.identifiers ?? []).map(([text]) => text);
    return { node, label: node.label.toLowerCase(),
      others: [...(known.synonyms ?? []), node.id, ...codes] };
  });
  return names;
}

// The better the match the lower the number; ties go to the more connected.
function search(text) {
  const asked = text.trim().toLowerCase();
  if (!asked) return [];
  const hits = [];
  for (const { node, label, others } of index()) {
    const via = others.find((name) => name.toLowerCase().includes(asked));
    const rank = label === asked ? 0 : via?.toLowerCase() === asked ? 1
      : label.startsWith(asked) ? 2 : label.includes(asked) ? 3 : via ? 4 : -1;
    if (rank >= 0) hits.push({ node, rank, via: rank === 1 || rank === 4 ? via : "" });
  }
  return hits.sort((a, b) => a.rank - b.rank).slice(0, 12);
}

function suggest() {
  found = search(searchBox.value);
  active = found.length ? 0 : -1;
  foundList.replaceChildren(...found.map(({ node, via }, position) =>
    element("li", { role: "option", id: `found-${position}`, "aria-selected": position === active,
      onmousedown: (event) => { event.preventDefault(); choose(position); } },
      node.label, element("small", {}, via ? `${look(node).one} · ${via}` : look(node).one))));
  document.getElementById("missing").textContent =
    searchBox.value.trim() && !found.length ? "Nothing on this page has this name." : "";
  point();
}

function point() {
  foundList.hidden = !found.length;
  searchBox.setAttribute("aria-expanded", String(found.length > 0));
  [...foundList.children].forEach((item, position) => {
    item.setAttribute("aria-selected", String(position === active));
    if (position === active) item.scrollIntoView({ block: "nearest" });
  });
  if (active >= 0) searchBox.setAttribute("aria-activedescendant", `found-${active}`);
  else searchBox.removeAttribute("aria-activedescendant");
}

function choose(position) {
  const hit = found[position];
  if (!hit) return;
  searchBox.value = hit.node.label;
  close();
  select({ node: hit.node.id }, { move: true });
}

function close() {
  found = [];
  active = -1;
  point();
}

searchBox.addEventListener("input", suggest);
searchBox.addEventListener("blur", close);
searchBox.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" && !found.length) suggest();
  else if (event.key === "ArrowDown") active = (active + 1) % found.length;
  else if (event.key === "ArrowUp" && found.length) active = (active - 1 + found.length) % found.length;
  else if (event.key === "Enter" && found.length) return choose(active);
  else if (event.key === "Enter") { suggest(); return choose(active); }
  else if (event.key === "Escape" && found.length) { event.stopPropagation(); return close(); }
  else return undefined;
  event.preventDefault();
  return point();
});
