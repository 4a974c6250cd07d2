// Answers as tables: of SELECT its rows, of CONSTRUCT its triples. Text is only ever set as text.

const MOST_ROWS = 2000;
const { sparql: endpoint, base, view } = document.getElementById("sparql").dataset;

const made = (tag, properties = {}, ...inside) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside);
  return element;
};

// The short form of an IRI of the vocabulary; another as it is.
function short(iri) {
  for (const [prefix, namespace] of Object.entries(window.kgTerms?.prefixes ?? {})) {
    if (iri.startsWith(namespace) && /^[\w.-]+$/u.test(iri.slice(namespace.length))) return `${prefix}:${iri.slice(namespace.length)}`;
  }
  return iri;
}

// The page of an entity here, for an IRI that this place answers for; others where they lead.
function leadsTo(iri) {
  if (iri.startsWith(`${base}vocab#`)) return `/vocab${view && `?${view}`}`;
  if (iri.startsWith(base)) return `/${iri.slice(base.length)}${view && `?${view}`}`;
  return /^https?:/u.test(iri) ? iri : "";
}

function cell(term) {
  if (!term) return made("td");
  if (term.type !== "uri") return made("td", {}, term.value);
  const address = leadsTo(term.value);
  return made("td", {}, address ? made("a", { href: address }, short(term.value)) : short(term.value));
}

const unescaped = (text) => text.replace(/\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)/gu, (_, code) => (
  code.length > 1 ? String.fromCodePoint(parseInt(code.slice(1), 16)) : { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" }[code] ?? code));

// N-Triples, as the endpoint writes them, in the shape of SPARQL results.
function triples(text) {
  const term = (each) => (each[0] === "<" ? { type: "uri", value: unescaped(each.slice(1, -1)) }
    : each[0] === "_" ? { type: "bnode", value: each }
      : { type: "literal", value: unescaped(each.slice(1, each.lastIndexOf('"'))), datatype: /\^\^<(.*)>$/u.exec(each)?.[1] });
  const rows = [];
  for (const line of text.split("\n")) {
    const found = /^(\S+) (\S+) (.*) \.$/u.exec(line);
    if (found) rows.push({ subject: term(found[1]), predicate: term(found[2]), object: term(found[3]) });
  }
  return { columns: ["subject", "predicate", "object"], rows, isGraph: true };
}

function table({ columns, rows }) {
  const shown = rows.slice(0, MOST_ROWS);
  const head = made("tr", {}, ...columns.map((name) => {
    const th = made("th", {}, name);
    th.dataset.key = name;
    return th;
  }));
  const body = made("tbody", {}, ...shown.map((row) => made("tr", {}, ...columns.map((name) => cell(row[name])))));
  const result = made("table", {}, made("thead", {}, head), body);
  result.dataset.name = "answer";
  const wide = made("div", { className: "wide", tabIndex: 0 }, result);
  wide.setAttribute("role", "region");
  wide.setAttribute("aria-label", "Answer, table");
  const parts = [wide];
  if (rows.length > shown.length) {
    parts.unshift(made("p", { className: "hint" }, `The first ${MOST_ROWS.toLocaleString("en")} of ${rows.length.toLocaleString("en")} rows; a download has all.`));
  }
  return [made("div", {}, ...parts), () => window.kgTable(result, false)];
}
