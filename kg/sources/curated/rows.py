"""From rows that passed the lint to claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from pyoxigraph import NamedNode

from kg import identifiers
from kg.dates import parse_date
from kg.model import (
    Claim,
    Description,
    Fact,
    Node,
    Pair,
    Term,
    mint,
    text,
    typed,
    types,
)
from kg.sources.curated import cells
from kg.sources.curated.tables import EVIDENCE, MAPPINGS, Row
from kg.vocabulary import ENTITY_PREFIXES, PROPERTIES, bibo, dcterms, iri, lkg, rdfs, skos

_NODE_PREFIX = {
    "outcomes": "outcome",
    "observations": "observation",
    "events": "event",
    "statements": "statement",
}
_BETWEEN_WORDS = re.compile(r"(?<!\bre)-")  # a re-approval keeps its hyphen
_DESCRIBING = ("id", "key", "type", "label", "acronym", "synonyms", "definition", "broader")


class Reader:
    """Turns the tables of one folder into claims; keys are resolved to node IRIs."""

    def __init__(self, tables: dict[str, list[Row]]) -> None:
        self.tables = tables
        self.labels = {
            row["id"]: row["label"] for rows in tables.values() for row in rows if row["label"]
        }
        self.by_key = {
            row["key"]: row
            for name in _NODE_PREFIX
            for row in tables.get(name, [])
        }  # fmt: skip
        self.node = cache(self._node)

    def claims(self) -> Iterator[Claim]:
        """All claims, table by table."""
        special: dict[str, Callable[[Row], Iterator[Claim]]] = {
            "references": self._reference,
            "facts": self._fact,
            "conflicts": self._conflict,
            "coverage": self._coverage,
            MAPPINGS.name: self._mapping,
            **dict.fromkeys(("trials", "arms"), self._reported_entity),
            **dict.fromkeys(_NODE_PREFIX, self._result),
        }
        for name, rows in self.tables.items():
            for row in rows:
                yield from special.get(name, self._entity)(row)

    def _entity(self, row: Row) -> Iterator[Claim]:
        yield Description(iri(row["id"]), tuple(_description(row)), row.origin)

    def _reported_entity(self, row: Row) -> Iterator[Claim]:
        """A trial or arm: what one reference says of it, a fact per value."""
        subject = iri(row["id"])
        if row["label"]:
            yield from self._entity(row)
        if row["trial"]:
            yield self._stated(row, iri(row["trial"]), lkg.arm, subject)
        for predicate, value in _pairs(row, skip=(*_DESCRIBING, "trial", *EVIDENCE)):
            yield self._stated(row, subject, predicate, value)

    def _fact(self, row: Row) -> Iterator[Claim]:
        value = cells.term(row["object"], PROPERTIES[row["predicate"]])
        yield self._stated(row, iri(row["subject"]), lkg[row["predicate"]], value)

    def _stated(self, row: Row, subject: NamedNode, predicate: NamedNode, value: Term) -> Fact:
        reference = iri(row["reference"])
        evidence = (row["locator"], row["checked"], row.origin)
        return Fact(subject, predicate, value, reference, *evidence)

    def _result(self, row: Row) -> Iterator[Claim]:
        """A node; a reference that reports on an arm of a trial says that it has that arm."""
        yield self.node(row["key"])
        for arm in filter(None, (row["arm"], row["comparator"])):
            yield self._stated(row, iri(row["trial"]), lkg.arm, iri(arm))

    def _node(self, key: str) -> Node:
        row = self.by_key[key]
        name = row.table.name
        pairs = [
            *types(row.table.classes[0]),
            *_pairs(row, skip=("key", "amends", "text", *EVIDENCE)),
        ]
        pairs.extend((lkg.amends, self.node(key).subject) for key in row.values("amends"))
        if row["text"]:
            pairs.append((rdfs.comment, text(row["text"])))
        reference = iri(row["reference"])
        subject = mint(_NODE_PREFIX[name], pairs, reference)
        labelled = (*pairs, (rdfs.label, text(self._label(row))))
        return Node(subject, labelled, reference, row["locator"], row["checked"], row.origin)

    def _label(self, row: Row) -> str:
        name = self.labels.get
        match row.table.name:
            case "events":
                what = _BETWEEN_WORDS.sub(" ", row["eventType"])
                return f"{name(row['drug'], '')}: {what}, {row['jurisdiction']} {row['date']}"
            case "statements":
                return f"{row['kind']}: {row['text']}"
            case _:
                about = name(row["arm"] or row["about"] or row["trial"], "")
                return f"{about}: {name(row['measure'], '')} {row['reported']}"

    def _conflict(self, row: Row) -> Iterator[Claim]:
        about = [(lkg.about, iri(value)) for value in row.values("about")]
        between = [(lkg.between, self.node(key).subject) for key in row.values("between")]
        preferred = [(lkg.preferred, self.node(key).subject) for key in row.values("preferred")]
        pairs: list[Pair] = [
            *types("Conflict"),
            *about,
            *between,
            *preferred,
            (lkg.kind, text(row["kind"])),
            (rdfs.comment, text(row["explanation"])),
            (rdfs.label, text(f"{row['kind']}: {row['explanation']}")),
        ]
        yield Description(iri(f"conflict:{row['key']}"), tuple(pairs), row.origin)

    def _coverage(self, row: Row) -> Iterator[Claim]:
        pairs = (*_description(row), *_pairs(row, skip=_DESCRIBING))
        yield Description(iri(row["id"]), pairs, row.origin)

    def _reference(self, row: Row) -> Iterator[Claim]:
        issued, precision = parse_date(row["issued"])
        pairs: list[Pair] = [
            *types(row["type"]),
            (rdfs.label, text(row["title"])),
            (dcterms.title, text(row["title"])),
            (dcterms.issued, typed(issued.isoformat(), "date")),
        ]
        if precision:
            pairs.append((lkg.datePrecision, text(precision)))
        if row["publisher"]:
            pairs.append((dcterms.publisher, _publisher(row["publisher"])))
        for column, prefix, predicate in (("doi", "doi", bibo.doi), ("pmid", "pubmed", bibo.pmid)):
            if row[column]:
                pairs.append((predicate, text(row[column])))
                pairs.append(
                    (skos.exactMatch, NamedNode(identifiers.expand(f"{prefix}:{row[column]}")))
                )
        if row["url"]:
            pairs.append((dcterms.source, NamedNode(row["url"])))
        if row["license"]:
            pairs.append((dcterms.license, text(row["license"])))
        skip = tuple(set(row.table.columns) - {"version", "supersededBy", "retracted", "checked"})
        pairs.extend(_pairs(row, skip))
        yield Description(iri(row["id"]), tuple(pairs), row.origin)

    def _mapping(self, row: Row) -> Iterator[Claim]:
        match = NamedNode(identifiers.expand(row["object_id"]))
        yield Description(iri(row["subject_id"]), ((skos.exactMatch, match),), row.origin)


def _description(row: Row) -> Iterator[Pair]:
    yield from types(row["type"] or row.table.classes[0])
    yield rdfs.label, text(row["label"])
    if row.table.name == "trials":
        yield dcterms.identifier, text(row["id"].partition(":")[2])
    if row["acronym"]:
        yield lkg.acronym, text(row["acronym"])
        yield skos.altLabel, text(row["acronym"])
    for synonym in row.values("synonyms"):
        yield skos.altLabel, text(synonym)
    if row["definition"]:
        yield skos.definition, text(row["definition"])
    is_a = row.table.name in ("diseases", "regimens")
    for parent in row.values("broader"):
        yield rdfs.subClassOf if is_a else skos.broader, iri(parent)
    for column in ("kind", "unit", "family"):
        if row[column]:
            yield lkg[column], text(row[column])


def _pairs(row: Row, skip: tuple[str, ...]) -> Iterator[Pair]:
    """A property and value for each value of each filled cell, partial dates with precision."""
    for column in row.cells:
        if column in skip:
            continue
        expected = row.table.range(column)
        for value in row.values(column):
            yield lkg[column], cells.term(value, expected)
            if expected.datatype == "date" and (precision := parse_date(value)[1]):
                yield lkg.datePrecision, text(precision)


def _publisher(value: str) -> Term:
    known = value.partition(":")[0] in ENTITY_PREFIXES
    return iri(value) if known else text(value)
