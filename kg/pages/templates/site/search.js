// The search over all entities: by label, synonym, code and identifier. Its index loads on demand.
"use strict";
{
  const MOST = 12;
  const index = document.documentElement.dataset.names;
  const finder = document.getElementById("finder");
  const input = document.createElement("input");
  const list = document.createElement("ul");
  const status = document.createElement("p");
  const attributes = (node, values) => Object.entries(values).forEach(([name, value]) => node.setAttribute(name, value));
  attributes(input, {
    id: "find", type: "search", role: "combobox", "aria-expanded": "false", "aria-controls": "found",
    "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false",
    "aria-label": "Find a drug, target, disease, trial or reference",
    placeholder: "Find: name, synonym, code, identifier",
  });
  attributes(list, { id: "found", role: "listbox", "aria-label": "Found" });
  attributes(status, { class: "unseen", role: "status", "aria-live": "polite" });
  list.hidden = true;
  finder.append(input, list, status);

  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[^\p{L}\p{N}]+/gu, "");
  let entries = null;
  let marked = -1;
  const waiting = [];
  window.kgFind = (loaded) => {
    entries = loaded.map(([path, label, kind, id, names]) => {
      const every = [label, ...names.split("\n").filter(Boolean), id];
      return { path, label, kind, id, every, keys: every.map(plain) };
    });
    waiting.splice(0).forEach((then) => then());
  };
  const load = (then) => {
    if (entries) return then();
    waiting.push(then);
    if (!document.getElementById("search-index")) {
      document.head.append(Object.assign(document.createElement("script"), { id: "search-index", src: index }));
    }
    return undefined;
  };

  // The whole name first, then its beginning, then any part of it; of these the shorter label.
  const rank = (entry, wanted) => {
    let best = [9, ""];
    entry.keys.forEach((key, at) => {
      const own = at === 0 ? 0 : 0.5;
      const score = key === wanted ? own : key.startsWith(wanted) ? 2 + own : key.includes(wanted) ? 4 + own : 9;
      if (score < best[0]) best = [score, entry.every[at]];
    });
    return best;
  };
  const fitting = (text, fits = () => true) => {
    const wanted = plain(text);
    return !wanted ? [] : entries
      .filter(fits)
      .map((entry) => [entry, ...rank(entry, wanted)])
      .filter(([, score]) => score < 9)
      .sort((a, b) => a[1] - b[1] || a[0].label.length - b[0].label.length);
  };
  // For other fields of a page: the best entities for a text, once the index is there.
  window.kgSuggest = (text, then, fits) => load(() => then(fitting(text, fits).slice(0, MOST).map(([entry]) => entry)));
  const find = () => {
    marked = -1;
    input.removeAttribute("aria-activedescendant");
    if (!entries || !plain(input.value)) return close();
    const found = fitting(input.value);
    list.replaceChildren(...found.slice(0, MOST).map(option));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = found.length ? `${found.length} found` : "Nothing is called that";
    return undefined;
  };
  const option = ([entry, , name], at) => {
    const item = document.createElement("li");
    attributes(item, { id: `found-${at}`, role: "option", "aria-selected": "false" });
    item.dataset.path = entry.path;
    const small = document.createElement("small");
    small.textContent = name === entry.label ? entry.kind : `${entry.kind} · ${name}`;
    item.append(entry.label, small);
    item.addEventListener("pointerdown", (event) => { event.preventDefault(); go(item); });
    return item;
  };
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); };
  // What the index names is beside its own folder, on a disk as on a server.
  const go = (item) => { location.href = new URL(item.dataset.path, new URL("../", new URL(index, location.href))).href; };
  const mark = (step) => {
    const items = [...list.children];
    if (list.hidden || !items.length) return;
    items[marked]?.setAttribute("aria-selected", "false");
    marked = (marked + step + items.length) % items.length;
    items[marked].setAttribute("aria-selected", "true");
    items[marked].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[marked].id);
  };
  input.addEventListener("focus", () => load(find));
  input.addEventListener("input", () => load(find));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") mark(1);
    else if (event.key === "ArrowUp") mark(marked < 0 ? 0 : -1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && list.children.length && !list.hidden) go(list.children[Math.max(marked, 0)]);
    else return;
    if (event.key !== "Escape") event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); input.focus(); }
  });
}
