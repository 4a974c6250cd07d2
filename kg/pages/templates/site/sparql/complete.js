// Completion: variables of the query, keywords, prefixes, terms and names of entities.

const offered = document.getElementById("offered");
const told = document.getElementById("told");
const MOST_OFFERED = 9;
let marked = -1;
let waitingFor = 0;

const wordBefore = () => /(?:[?$]\w*|[A-Za-z][\w-]*(?::[\w.-]*)?)$/u.exec(editor.value.slice(0, editor.selectionStart))?.[0] ?? "";
const starts = (text, word) => text.toLowerCase().startsWith(word.toLowerCase());

function variables(word) {
  const every = new Set(editor.value.match(/[?$]\w+/gu));
  every.delete(word);
  return [...every].filter((name) => starts(name, word)).map((name) => [name, "variable"]);
}

function vocabulary(word) {
  const { prefixes, terms } = window.kgTerms;
  const local = word.slice(word.indexOf(":") + 1);
  const named = terms.filter(([id, label]) => (word.includes(":")
    ? starts(id, word) || (id.startsWith(word.slice(0, word.indexOf(":") + 1)) && local && label.toLowerCase().includes(local.toLowerCase()))
    : starts(id.split(":")[1], word) || starts(label, word)));
  const exact = ([id]) => Number(!(id.startsWith(word) || id.split(":")[1].startsWith(word))); // as it is typed
  const found = named.sort((a, b) => exact(a) - exact(b)).map(([id, , meaning]) => [id, meaning]);
  if (word.includes(":")) return found;
  return [
    ...KEYWORDS.filter((each) => starts(each, word)).map((each) => [each, "keyword"]),
    ...Object.keys(prefixes).filter((each) => starts(each, word)).map((each) => [`${each}:`, prefixes[each]]),
    ...found,
  ];
}

// Entities whose IRI can be written short.
const writable = ({ id }) => /^[a-z-]+:[A-Za-z0-9](?:[\w.-]*[\w-])?$/u.test(id) && !id.startsWith("payload-class:");

function entities(word, then) {
  const [prefix, local] = word.includes(":") ? word.split(":") : ["", word];
  if (local.length < (prefix ? 1 : 3) || (prefix && !(prefix in window.kgTerms.prefixes))) return then([]);
  const fits = (entry) => writable(entry) && (!prefix || entry.id.startsWith(`${prefix}:`));
  return window.kgSuggest(local, (found) => then(found.map(({ id, label, kind }) => [id, `${label} (${kind})`])), fits);
}

function complete(asked = false) {
  const word = wordBefore();
  const turn = ++waitingFor;
  if (word.length < 2 && !asked) return stopOffering();
  if (/^[?$]/u.test(word)) return offer(word, variables(word));
  if (!window.kgTerms) return stopOffering();
  const first = vocabulary(word);
  return entities(word, (more) => { if (turn === waitingFor) offer(word, [...first, ...more]); });
}

function offer(word, found) {
  const items = found.filter(([text]) => text !== word).slice(0, MOST_OFFERED);
  if (!items.length) return stopOffering();
  offered.replaceChildren(...items.map(([text, meaning], at) => {
    const item = Object.assign(document.createElement("li"), { id: `offered-${at}` });
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.text = text;
    const small = document.createElement("small");
    small.textContent = meaning;
    item.append(text, small);
    item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(item); });
    return item;
  }));
  marked = -1;
  offered.hidden = false;
  told.textContent = `${items.length} suggestions, down arrow to choose`;
  return putBelowCaret();
}

function putBelowCaret() {
  const range = document.createRange();
  let left = editor.selectionStart;
  const walker = document.createTreeWalker(paint, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (left <= node.length) { range.setStart(node, left); break; }
    left -= node.length;
  }
  const caret = range.getBoundingClientRect();
  const box = paint.parentElement.getBoundingClientRect();
  const room = box.width - offered.offsetWidth;
  offered.style.left = `${Math.max(0, Math.min(caret.left - box.left, room))}px`;
  offered.style.top = `${caret.bottom - box.top + 4}px`;
}

function stopOffering() {
  offered.hidden = true;
  editor.removeAttribute("aria-activedescendant");
}

function mark(step) {
  const items = [...offered.children];
  items[marked]?.setAttribute("aria-selected", "false");
  marked = (Math.max(marked, step < 0 ? 0 : -1) + step + items.length) % items.length;
  items[marked].setAttribute("aria-selected", "true");
  items[marked].scrollIntoView({ block: "nearest" });
  editor.setAttribute("aria-activedescendant", items[marked].id);
}

function take(item) {
  const end = editor.selectionStart;
  editor.setSelectionRange(end - wordBefore().length, end);
  const { text } = item.dataset;
  editor.setRangeText(text.endsWith(":") ? text : `${text} `, editor.selectionStart, end, "end");
  editor.dispatchEvent(new Event("input"));
  if (!text.endsWith(":")) stopOffering();
}

editor.setAttribute("aria-autocomplete", "list");
editor.setAttribute("aria-controls", "offered");
editor.addEventListener("input", () => complete());
editor.addEventListener("blur", stopOffering);
editor.addEventListener("click", stopOffering);
editor.addEventListener("keydown", (event) => {
  if (event.key === " " && event.ctrlKey) complete(true);
  else if (offered.hidden) return;
  else if (event.key === "ArrowDown") mark(1);
  else if (event.key === "ArrowUp") mark(-1);
  else if (event.key === "Escape") stopOffering();
  else if (event.key === "Tab" || (event.key === "Enter" && marked >= 0 && !event.ctrlKey)) take(offered.children[Math.max(marked, 0)]);
  else return;
  event.preventDefault();
});
