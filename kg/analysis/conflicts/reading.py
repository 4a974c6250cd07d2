"""Nodes and their references, read from the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

import msgspec

from kg.analysis.conflicts.model import Select, Side, Source
from kg.vocabulary import BASE, curie, iri

DEFINING = ("criteria", "threshold", "assay", "specimen")


class Said(msgspec.Struct, frozen=True):
    """A node of one reference, with its values by property (``lkg:``) as text; IRIs short.

    Several values of one property are sorted and joined with a bar.
    """

    node: str
    source: Source
    values: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def side(self, value: str = "") -> Side:
        """It as a side of a conflict; as printed, unless it says otherwise."""
        return Side(
            node=self.node,
            label=self["label"],
            value=value or self["reported"] or self["eventType"] or self["comment"],
            reference=self.source.id,
            reference_kind=self.source.kind,
            issued=self.source.issued,
            figure=self["value"] or (f"{self['count']}/{self['total']}" if self["total"] else ""),
            checked=self["checked"],
            population=self["population"],
            assessor=self["assessor"],
            definition="; ".join(self[name] for name in DEFINING if self[name]),
            endpoint_role=self["endpointRole"],
            data_cutoff=self["dataCutoff"],
            follow_up=self["followUp"],
            retracted=self.source.retracted,
        )


def values(names: Iterable[str]) -> str:
    """Short forms as the terms of a VALUES block."""
    return " ".join(f"<{iri(name).value}>" for name in sorted(names))


def said(select: Select, pattern: str) -> list[Said]:
    """The nodes ``?node`` of a pattern inside the graph of their reference ``?reference``."""
    query = f"SELECT ?node ?reference ?p ?o {{ GRAPH ?reference {{ {pattern} ?node ?p ?o }} }}"
    short = cache(curie)
    found: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for node, reference, predicate, value in select(query).texts():
        name = predicate[max(predicate.rfind("#"), predicate.rfind("/")) + 1 :]
        found[node, reference][name].add(short(value) if value.startswith(BASE) else value)
    sources = read_sources(select, {reference for _, reference in found})
    return [
        Said(curie(node), sources[reference], {k: "|".join(sorted(v)) for k, v in parts.items()})
        for (node, reference), parts in found.items()
        if reference in sources
    ]


def read_sources(select: Select, references: Iterable[str]) -> dict[str, Source]:
    """References by their IRI."""
    wanted = " ".join(f"<{each}>" for each in sorted(references))
    query = f"""SELECT DISTINCT ?reference ?kind ?issued ?retracted ?superseded {{
      VALUES ?reference {{ {wanted} }}
      ?reference dcterms:issued ?issued ; a ?class .
      FILTER(?class != lkg:Reference)
      BIND(STRAFTER(STR(?class), "#") AS ?kind)
      OPTIONAL {{ ?reference lkg:retracted ?retracted }}
      BIND(EXISTS {{ ?reference lkg:supersededBy ?newer }} AS ?superseded)
    }}"""
    return {
        str(row["reference"]): Source(
            curie(str(row["reference"])),
            str(row["kind"]),
            str(row["issued"]),
            str(row["retracted"]) == "true",
            str(row["superseded"]) == "true",
        )
        for row in select(query)
    }
