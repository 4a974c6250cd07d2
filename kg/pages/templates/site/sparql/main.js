// The page: examples, running, what came of it, downloads, and the address that restores it.

const byId = (id) => document.getElementById(id);
const FORMS = {
  table: [["CSV", "text/csv", "csv"], ["JSON", "application/sparql-results+json", "json"]],
  graph: [["Turtle", "text/turtle", "ttl"], ["JSON-LD", "application/ld+json", "jsonld"]],
};
const SHOWN = { table: "Table", network: "Network", chart: "Chart" };
let running = null;
let answer = null;
let shownAs = "table";

const ask = (query, accept, signal) => fetch(`${endpoint}${view && `?${view}`}`, {
  method: "POST", headers: { "Content-Type": "application/sparql-query", Accept: accept }, body: query, signal,
});

function say(said, isFault = false) {
  byId("state").textContent = isFault ? "" : said;
  byId("fault").hidden = !isFault;
  byId("said").textContent = isFault ? said : "";
}

function showFault(said) {
  const found = /line (\d+), column (\d+)/u.exec(said);
  say(said.trim(), true);
  byId("go").hidden = !found;
  if (!found) return;
  wrong = place(Number(found[1]), Number(found[2]));
  repaint();
  byId("go").textContent = `Go to line ${found[1]}, column ${found[2]}`;
}

function putAddress() {
  const kept = new URLSearchParams({ query: editor.value });
  if (shownAs !== "table") kept.set("show", shownAs);
  history.replaceState(null, "", `#${kept}`);
}

async function run() {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  wrong = -1;
  repaint();
  stopOffering();
  putAddress();
  say("Running …");
  byId("results").replaceChildren();
  [byId("stop").hidden, byId("shows").hidden] = [false, true];
  const begun = performance.now();
  try {
    const response = await ask(editor.value, "application/sparql-results+json, application/n-triples;q=0.9", mine.signal);
    const body = await response.text();
    if (response.ok) {
      takeAnswer(response.headers.get("Content-Type") ?? "", body);
      const number = answer.rows.length;
      const what = answer.isGraph ? "triple" : "row";
      const seconds = ((performance.now() - begun) / 1000).toFixed(2);
      if (answer.boolean !== undefined) say(`${answer.boolean ? "Yes" : "No"}, in ${seconds} s`);
      else say(`${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"} in ${seconds} s`);
      show();
    } else showFault(body);
  } catch (error) {
    if (mine !== running) return;
    if (error.name === "AbortError") say("Stopped.");
    else showFault("The service did not answer.");
  }
  byId("stop").hidden = true;
}

function takeAnswer(type, body) {
  if (type.startsWith("application/n-triples")) answer = triples(body);
  else {
    const { head, results, boolean } = JSON.parse(body);
    answer = { columns: head.vars ?? [], rows: results?.bindings ?? [], boolean };
  }
}

function show() {
  const [element, then] = { table: () => table(answer), network: () => [graph(answer)], chart: () => [chart(answer)] }[shownAs]();
  for (const button of byId("shows").querySelectorAll("[data-show]")) button.setAttribute("aria-pressed", String(button.dataset.show === shownAs));
  byId("shows").hidden = answer.boolean !== undefined;
  const forms = answer.isGraph ? FORMS.graph : FORMS.table;
  byId("files").replaceChildren(...forms.map(([name, media, suffix]) => {
    const button = made("button", { type: "button" }, name);
    button.setAttribute("aria-label", `Download the answer as ${name}`);
    button.addEventListener("click", () => download(media, suffix));
    return button;
  }));
  byId("results").replaceChildren(...(answer.boolean === undefined ? [element] : []));
  then?.();
}

async function download(media, suffix) {
  const response = await ask(editor.value, media);
  if (!response.ok) return showFault(await response.text());
  const link = made("a", { href: URL.createObjectURL(await response.blob()), download: `answer.${suffix}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  return undefined;
}

async function copyLink() {
  putAddress();
  try {
    await navigator.clipboard.writeText(location.href);
    say("The link is copied.");
  } catch {
    say("The link is the address of this page.");
  }
}

function fillExamples() {
  const groups = new Map();
  window.kgTerms.examples.forEach(([group, summary], at) => {
    if (!groups.has(group)) groups.set(group, made("optgroup", { label: group }));
    groups.get(group).append(made("option", { value: at }, summary));
  });
  byId("examples").append(...groups.values());
}

function follow() {
  const kept = new URLSearchParams(location.hash.slice(1));
  shownAs = kept.get("show") in SHOWN ? kept.get("show") : "table";
  if (!kept.get("query")) return false;
  write(kept.get("query"));
  run();
  return true;
}

byId("run").addEventListener("click", run);
byId("stop").addEventListener("click", () => running?.abort());
byId("link").addEventListener("click", copyLink);
byId("go").addEventListener("click", () => {
  editor.focus();
  editor.setSelectionRange(wrong, wrong + 1);
});
byId("examples").addEventListener("change", ({ target }) => {
  if (target.value === "") return;
  write(window.kgTerms.examples[Number(target.value)][2]);
  run();
});
byId("shows").addEventListener("click", ({ target }) => {
  if (!(target.dataset.show in SHOWN)) return;
  shownAs = target.dataset.show;
  putAddress();
  show();
});
editor.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
});
window.addEventListener("hashchange", follow);
fillExamples();
byId("run").disabled = false;
if (!follow()) write(editor.value);
