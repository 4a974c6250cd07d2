"""The answer of any SELECT as a table: labels for ids, references as notes, parts on demand."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup

from kg.pages.library import short
from kg.pages.tables import Cells, Column, Row, Table, elsewhere, endpoint, row, shown_first
from kg.rows import Rows

# The printed result stands for its parts, a label for an id; a node is no more than its row.
_PARTS = frozenset("count total value unit lower upper confidenceLevel pRelation pValue".split())
_NODES = frozenset("outcome event observation statement conflict side node".split())
_CITES = ("reference", "references")
_OF_CITES = frozenset(("locator", "checked", "datePrecision"))


def table(cells: Cells, answer: Rows, name: str, title: str, query: str) -> Table:
    """The table of an answer.

    Args:
        name, title: its id in the page and its heading.
        query: the SPARQL that it answers.
    """
    shown = _columns(answer.columns)
    rows = []
    for values in answer.texts():
        found = dict(zip(answer.columns, values, strict=True))
        rows.append(_row(cells, shown, found))
    return Table(name, title, shown, rows, query)


def heading(variable: str) -> str:
    """A variable as words: "prior lines" from ``priorLines``."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", variable.removesuffix("Label"))
    said = spaced.replace("_", " ").lower()
    return said[:1].upper() + said[1:]


def _columns(names: tuple[str, ...]) -> list[Column]:
    labelled = {name for name in names if f"{name}Label" in names}
    cited = _OF_CITES if any(each in names for each in _CITES) else frozenset(["datePrecision"])
    parts = _PARTS if "reported" in names else frozenset()
    kept = [name for name in names if name not in labelled | cited | _NODES]
    if not kept:  # an answer of nodes alone
        kept = list(names)
    return shown_first([Column(name, heading(name), name in parts) for name in kept])


def _row(cells: Cells, shown: list[Column], found: dict[str, str]) -> Row:
    cited = [name for key in _CITES for name in map(short, found.get(key, "").split())]
    sources = [
        (each, found.get("locator", ""), found.get("checked", "")) for each in sorted(set(cited))
    ]
    noted = [each for each, *_ in sources]
    values: list[tuple[Column, Markup | str]] = []
    for column in shown:
        if column.key in _CITES:
            values.append((column, cells.cite(sources, map(short, _nodes(found)))))
            continue
        value, measure = _value(cells, column.key, found)
        values.append((column, value))
        noted += measure
    return row(values, noted)


def _nodes(found: dict[str, str]) -> Iterable[str]:
    return (found[key] for key in _NODES if found.get(key))


def _value(cells: Cells, key: str, found: dict[str, str]) -> tuple[Markup | str, list[str]]:
    """What a cell says, and the endpoint that it is about."""
    text = found[key]
    entity = short(found.get(key.removesuffix("Label"), "")) if key.endswith("Label") else ""
    if entity.startswith("measure:") or short(text).startswith("measure:"):
        measure = entity or short(text)
        return endpoint(measure, text if entity else cells.named(measure)), [measure]
    if entity and text:
        return cells.link(entity, text), []
    if key in ("date", "since") and found.get("datePrecision"):
        return text[: {"year": 4, "month": 7}.get(found["datePrecision"], 10)], []
    if text.startswith(("http://", "https://")) and " " in text:  # several identifiers
        return Markup(" ").join(elsewhere(each) for each in text.split()), []
    if text.startswith(("http://", "https://")):
        return cells.link(short(text)), []
    return {"true": "yes", "false": "no"}.get(text, text), []
