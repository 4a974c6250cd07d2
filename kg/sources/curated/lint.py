"""What must hold of the tables before they become claims.

Each problem is one line: file, line, column, what is wrong and what would be right.
What the numbers themselves must satisfy (n <= N, intervals, order of events) is
checked on the graph, by ``ontology/shapes.ttl`` and ``ontology/checks``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from kg import identifiers
from kg.errors import KGError
from kg.sources.curated import cells
from kg.sources.curated.tables import EVIDENCE, MAPPINGS, Row
from kg.vocabulary import PREFIX_OF_CLASS, PREFIXES, PROPERTIES, SUPERCLASS, Range

Tables = dict[str, list[Row]]
_LONGEST = 20_000
_OWN_ENTITIES = re.compile(r"[a-z-]+:\S+")
# Predicates that the table ``facts`` does not take: they stand in tables of their own.
_ELSEWHERE = frozenset("arm trial drugs locator checked reported supersededBy retracted".split())


def problems(tables: Tables) -> list[str]:
    """Everything wrong with the tables, in file and line order; empty when nothing is."""
    found = [*_each_row(tables), *_order(tables), *_names(tables), *_keys(tables)]
    return list(dict.fromkeys(found))


def _at(row: Row, column: str, message: str) -> str:
    return f"{row.origin}: {column}: {message}"


def _rows(tables: Tables) -> Iterator[Row]:
    for rows in tables.values():
        yield from rows


def _each_row(tables: Tables) -> Iterator[str]:
    for row in _rows(tables):
        for column in row.table.required:
            if not row[column]:
                yield _at(row, column, "must not be empty")
        yield from (_mapping if row.table is MAPPINGS else _typed)(row)


def _typed(row: Row) -> Iterator[str]:
    for column in row.cells:
        expected = _range(row, column)
        for value in row.values(column):
            if control := re.search(r"[\x00-\x1f\x7f]", value):
                yield _at(row, column, f"a control character ({control[0]!r}): remove it")
                continue
            if len(value) > _LONGEST:
                yield _at(row, column, f"{len(value):,} characters: at most {_LONGEST:,} are read")
                continue
            if not value:
                yield _at(row, column, "an empty value between bars: remove a '|'")
                continue
            try:
                cells.term(value, expected)
            except (ValueError, KGError) as error:
                yield _at(row, column, str(error))
    if row.table.classes and "type" in row.cells:
        yield from _class(row)
    if row.table.name == "references":
        yield from _bibliographic(row)
    if row.table.name == "facts" and row["predicate"] not in set(PROPERTIES) - _ELSEWHERE:
        yield _at(row, "predicate", f"{row['predicate']!r} is not a property of the vocabulary")


def _range(row: Row, column: str) -> Range:
    if row.table.name == "facts" and column == "object":
        return PROPERTIES.get(row["predicate"], Range("string"))
    return row.table.range(column)


def _class(row: Row) -> Iterator[str]:
    if row["type"] not in row.table.classes:
        yield _at(row, "type", f"{row['type']!r} is not one of: {', '.join(row.table.classes)}")
        return
    prefix = PREFIX_OF_CLASS[SUPERCLASS[row["type"]] or row["type"]]
    if not row["id"].startswith(prefix + ":"):
        yield _at(row, "id", f"the id of a {row['type']} starts with {prefix}:")


def _bibliographic(row: Row) -> Iterator[str]:
    for column, prefix in (("doi", "doi"), ("pmid", "pubmed")):
        if row[column] and (wrong := identifiers.problem(f"{prefix}:{row[column]}")):
            yield _at(row, column, wrong)
    if row["url"] and not _is_address(row["url"]):
        yield _at(row, "url", f"{row['url']!r} is not an http(s) address")
    if row["supersededBy"] and row["supersededBy"] == row["id"]:
        yield _at(row, "supersededBy", "a reference does not supersede itself")


def _is_address(value: str) -> bool:
    try:
        return urlsplit(value).scheme in ("http", "https") and bool(NamedNode(value))
    except ValueError:
        return False


def _mapping(row: Row) -> Iterator[str]:
    if row["predicate_id"] not in ("", "skos:exactMatch"):
        yield _at(row, "predicate_id", "only skos:exactMatch is kept")
    if row["object_id"] and (wrong := identifiers.problem(row["object_id"])):
        yield _at(row, "object_id", wrong)
    for column, prefixes in (("subject_id", ()), ("mapping_source", ("reference",))):
        try:
            cells.entity(row[column], prefixes)
        except (ValueError, KGError) as error:
            yield _at(row, column, str(error))


def _order(tables: Tables) -> Iterator[str]:
    """Sorted and unique: a diff of two versions of a table then shows just what changed."""
    for rows in tables.values():
        for before, row in pairwise(rows):
            if before.sort_key == row.sort_key:
                yield _at(row, row.table.key[0], f"stands twice: {' '.join(row.sort_key)}")
            elif before.sort_key > row.sort_key:
                yield _at(row, row.table.key[0], "not sorted: run 'kg validate --fix'")


def _names(tables: Tables) -> Iterator[str]:
    """Every entity that a cell names is described in its table."""
    known = {row["id"] for row in _rows(tables) if "id" in row.table.columns}
    labelled = {row["id"] for row in _rows(tables) if row["label"] or row["title"]}
    for row in _rows(tables):
        if row["id"] and row["id"] not in labelled:
            yield _at(row, "label", f"no row of {row['id']} has one")
        for column, value in _mentions(row):
            if value not in known:
                yield _at(row, column, f"{value} is described in no table")


def _mentions(row: Row) -> Iterator[tuple[str, str]]:
    for column in row.cells:
        expected = _range(row, column)
        linking = column in ("subject_id", "mapping_source", "publisher", *EVIDENCE[:1])
        if column != "id" and (not expected.datatype or linking):
            for value in row.values(column):
                own = value.partition(":")[0] in PREFIXES
                if own and _OWN_ENTITIES.fullmatch(value):
                    yield column, value


def _keys(tables: Tables) -> Iterator[str]:
    """Handles that other rows use are unique over all tables and lead somewhere."""
    seen: dict[str, Row] = {}
    for row in _rows(tables):
        if row["key"] and row["key"] in seen:
            yield _at(row, "key", f"{row['key']} is taken by {seen[row['key']].origin}")
        elif row["key"]:
            seen[row["key"]] = row
    for row in _rows(tables):
        for column, allowed in _handles(row):
            for value in row.values(column):
                target = seen.get(value)
                if target is None or target.table.name not in allowed:
                    yield _at(row, column, f"no row of {' or '.join(allowed)} has the key {value}")
    yield from _cycles(tables.get("events", []))


def _handles(row: Row) -> Iterable[tuple[str, tuple[str, ...]]]:
    if row.table.name == "events":
        return [("amends", ("events",))]
    if row.table.name == "conflicts":
        nodes = ("outcomes", "observations", "events", "statements")
        return [("between", nodes), ("preferred", nodes)]
    return []


def _cycles(events: list[Row]) -> Iterator[str]:
    amends = {row["key"]: row.values("amends") for row in events}
    try:
        tuple(TopologicalSorter(amends).static_order())
    except CycleError as error:
        loop = error.args[1]
        row = next(row for row in events if row["key"] == loop[0])
        yield _at(row, "amends", f"goes in a circle: {' <- '.join(loop)}")
