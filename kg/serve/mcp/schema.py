"""The schema of the graph on a card: what an agent needs to write SPARQL."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

import msgspec
from pyoxigraph import NamedNode, RdfFormat, Store

from kg import resources
from kg.errors import BadParameter
from kg.vocabulary import (
    BASE,
    CODES,
    ENTITY_PREFIXES,
    PREFIXES,
    SUPERCLASS,
    curie,
    lkg,
    schema,
    skos,
)

MODEL = (
    "Entities have readable ids (drug:inotuzumab-ozogamicin): get them from resolve, never guess.",
    "The default graph holds all that is said, each triple once. GRAPH ?reference { ... } holds "
    "what one reference says: join it to see who says so.",
    "Labels, synonyms, types and the data of references stand in GRAPH lkg:descriptions too.",
    "An outcome, observation, event or statement belongs to one reference and carries "
    "lkg:locator and lkg:checked; of other triples a lkg:Claim in the reference's graph does.",
    "Superclasses are materialised: ?d a lkg:Drug finds every kind. Status is never stated: it "
    "follows from events (ask status).",
    "Numbers: percentages 0 to 100, times in months, ages in years; lkg:reported is the text.",
)
EXAMPLES = {
    "drugs that hit a target": """SELECT ?drug ?label WHERE {
  ?drug lkg:target target:CD22 ; rdfs:label ?label }""",
    "who says so, and where": """SELECT ?reference ?title ?issued ?locator ?checked WHERE {
  GRAPH ?reference { ?claim rdf:subject drug:inotuzumab-ozogamicin ; rdf:predicate lkg:target ;
    rdf:object target:CD22 ; lkg:locator ?locator ; lkg:checked ?checked }
  ?reference dcterms:title ?title ; dcterms:issued ?issued }""",
    "results of a trial": """SELECT ?arm ?measure ?reported ?reference WHERE {
  ?outcome lkg:trial trial:NCT01564784 ; lkg:measure ?measure ; lkg:reported ?reported .
  GRAPH ?reference { ?outcome a lkg:Outcome }
  OPTIONAL { ?outcome lkg:arm/rdfs:label ?arm } }""",
    "decisions on a drug": """SELECT ?date ?jurisdiction ?eventType ?event WHERE {
  ?event lkg:drug drug:gemtuzumab-ozogamicin ; lkg:date ?date ; lkg:eventType ?eventType ;
    lkg:jurisdiction ?jurisdiction } ORDER BY ?date""",
}


class Class(msgspec.Struct, frozen=True, omit_defaults=True):
    """A class of ``lkg:``, with its subclasses and the properties of its instances.

    A property stands with what it points to ("target -> Target"); a text without.
    """

    name: str
    kinds: list[str] = []
    properties: list[str] = []


class Schema(msgspec.Struct, frozen=True, omit_defaults=True):
    """The card.

    Attributes:
        classes: what there is, with its properties; names are those of ``lkg:``.
        codes: closed lists of values, by property.
        definitions: what the term that was asked for, and its properties, mean.
        model: how the graph is made.
        prefixes: all are declared in every query.
        examples: queries that run, by what they ask.
    """

    classes: list[Class]
    codes: dict[str, list[str]]
    definitions: dict[str, str] = {}
    model: list[str] = []
    prefixes: dict[str, str] = {}
    examples: dict[str, str] = {}


def schema_card(term: str = "") -> Schema:
    """The card; of one class or property ("Outcome", "lkg:target") with definitions.

    Raises:
        BadParameter: there is no such class or property.
    """
    classes = _classes()
    if not term:
        every = {name: [*values] for name, values in CODES.items()}
        return Schema(classes, every, model=[*MODEL], prefixes=_prefixes(), examples=EXAMPLES)
    name = term.removeprefix("lkg:")
    found = [each for each in classes if name in (each.name, *each.kinds)] or [
        Class(each.name, properties=[shown])
        for each in classes
        for shown in each.properties
        if shown.split()[0] == name
    ]
    if not found:
        raise BadParameter(f"{term!r} is no class or property here: without a term all are listed")
    named = sorted({shown.split()[0] for each in found for shown in each.properties})
    return Schema(
        found,
        {each: [*CODES[each]] for each in named if each in CODES},
        {each: _definition(each) for each in dict.fromkeys([name, *named])},
    )


def _prefixes() -> dict[str, str]:
    others = {f"{n}:": iri for n, iri in PREFIXES.items() if n not in ENTITY_PREFIXES}
    return {" ".join(f"{n}:" for n in ENTITY_PREFIXES): f"{BASE}<the prefix>/", **others}


@cache
def _ontology() -> Store:
    store = Store()
    store.load(path=resources.ontology() / "leukemia-kg.ttl", format=RdfFormat.TURTLE)
    return store


@cache
def _classes() -> list[Class]:
    properties = defaultdict(list)
    quad: Any
    for quad in _ontology().quads_for_pattern(None, schema.domainIncludes, None, None):
        ranges = [_local(each) for each in _objects(quad.subject, schema.rangeIncludes)]
        to = f" -> {', '.join(ranges)}" if ranges != ["string"] else ""
        properties[_local(quad.object.value)].append(_local(quad.subject.value) + to)
    return [
        Class(
            name,
            [kind for kind, above in SUPERCLASS.items() if above == name],
            sorted(properties[name]),
        )
        for name, parent in SUPERCLASS.items()
        if parent is None
    ]


def _definition(name: str) -> str:
    return " ".join(_objects(lkg[name], skos.definition))


def _objects(term: Any, predicate: NamedNode) -> list[str]:
    found: Any = _ontology().quads_for_pattern(term, predicate, None, None)
    return sorted(quad.object.value for quad in found)


def _local(value: str) -> str:
    return curie(value).partition(":")[2]
