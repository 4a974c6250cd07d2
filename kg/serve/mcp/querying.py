"""The result of a query as a tool shows it: a page of it, and what its nodes are."""

from __future__ import annotations

from typing import Any

import msgspec

from kg.graph import KnowledgeGraph
from kg.serve.mcp.asked import Page, ReadResult
from kg.serve.mcp.said import Cut, Said, Table, Value
from kg.serve.mcp.saying import said
from kg.vocabulary import PREFIXES, curie

_LONGEST = 2_000  # characters of a value
_NONE = "the query matched nothing, which does not say whether anybody looked: ask coverage does"
_NUMBERS = {PREFIXES["xsd"] + "integer": int, PREFIXES["xsd"] + "double": float}


def table(graph: KnowledgeGraph, request: ReadResult, page: Page) -> Said[Table]:
    """A page of the result, with the claims that its results, events ... are."""
    if request.media == "application/n-triples":
        lines = request.content.splitlines()
        shown = Table(triples=page.of(lines))
        return said(graph, shown, cut=page.cut("triples", lines), coverage=_empty(lines))
    content = msgspec.json.decode(request.content)
    if "boolean" in content:
        return said(graph, Table(boolean=content["boolean"]), [])
    found = content["results"]["bindings"]
    cut = page.cut("rows", found)
    rows = [
        {name: _value(name, bound, number, cut) for name, bound in row.items()}
        for number, row in enumerate(page.of(found), page.offset + 1)
    ]
    shown = Table(columns=content["head"]["vars"], rows=rows)
    return said(graph, shown, cut=cut, coverage=_empty(found))


def _empty(found: list[Any]) -> str:
    return "" if found else _NONE


def _value(name: str, bound: dict[str, str], row: int, cut: list[Cut]) -> Value:
    """A bound value; what is cut off a long one is told."""
    text = bound["value"]
    if bound["type"] == "uri":
        text = curie(text)
    elif convert := _NUMBERS.get(bound.get("datatype", "")):
        number: Value = convert(text)
        return number
    if len(text) > _LONGEST:
        what = f"{name} of row {row}"
        cut.append(Cut(what, 0, _LONGEST, len(text), f"SUBSTR(STR(?{name}), {_LONGEST + 1})"))
    return text[:_LONGEST]
