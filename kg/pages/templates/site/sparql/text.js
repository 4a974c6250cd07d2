"use strict";
// The text of a query: its tokens, painted behind the text area that is written in.

const editor = document.getElementById("query");
const paint = document.getElementById("paint");
const KEYWORDS = ("SELECT WHERE ASK CONSTRUCT DESCRIBE FROM NAMED GRAPH PREFIX BASE OPTIONAL UNION MINUS FILTER BIND VALUES AS "
  + "DISTINCT REDUCED ORDER GROUP BY HAVING LIMIT OFFSET ASC DESC EXISTS NOT IN UNDEF "
  + "COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG DATATYPE BOUND IF COALESCE REGEX CONTAINS STRSTARTS STRENDS "
  + "STRLEN SUBSTR LCASE UCASE CONCAT REPLACE STRAFTER STRBEFORE YEAR MONTH DAY NOW ABS ROUND CEIL FLOOR ISIRI ISLITERAL IRI TRUE FALSE").split(" ");
const known = new Set(KEYWORDS);
const TOKEN = new RegExp([
  /(?<comment>#.*)/, /(?<string>"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/,
  /(?<iri><[^<>"{}|^`\\\s]*>)/, /(?<variable>[?$]\w+)/, /(?<name>[A-Za-z][\w-]*:[\w.-]*|:[\w-]+)/,
  /(?<number>\b\d+(?:\.\d+)?\b)/, /(?<word>[A-Za-z_]+)/,
].map((each) => each.source).join("|"), "gu");

function* tokens(text) {
  let at = 0;
  for (const found of text.matchAll(TOKEN)) {
    if (found.index > at) yield ["", text.slice(at, found.index)];
    const kind = Object.keys(found.groups).find((name) => found.groups[name] !== undefined);
    yield [kind === "word" && known.has(found[0].toUpperCase()) ? "keyword" : kind, found[0]];
    at = found.index + found[0].length;
  }
  yield ["", text.slice(at)];
}

function span(kind, text) {
  if (!kind) return text;
  const made = document.createElement("span");
  made.className = `t-${kind}`;
  made.textContent = text;
  return made;
}

let wrong = -1; // where the query is wrong, in characters

function repaint() {
  const parts = [];
  let at = 0;
  for (const [kind, text] of tokens(editor.value)) {
    const end = at + text.length;
    if (wrong >= at && wrong < end) {
      const cut = wrong - at;
      const bad = span(`wrong`, text.slice(cut).split(/(?<=\S)\s/u)[0] || " ");
      parts.push(span(kind, text.slice(0, cut)), bad, span(kind, text.slice(cut + bad.textContent.length)));
    } else parts.push(span(kind, text));
    at = end;
  }
  if (wrong >= at) parts.push(span("wrong", " "));
  paint.replaceChildren(...parts, "\n");
}

// The place of a line and a column, both from 1, in the text.
function place(line, column) {
  const lines = editor.value.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return Math.min(before + column - 1, editor.value.length);
}

function write(text) {
  editor.value = text;
  wrong = -1;
  repaint();
}

editor.addEventListener("input", () => { wrong = -1; repaint(); });
