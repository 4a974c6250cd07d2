"""What entity pages are made of, read from a graph at once and once only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from kg.network import words
from kg.pages.data import Knowledge, Reference, identifiers, references
from kg.pages.facts import Facts
from kg.pages.facts import read as read_facts
from kg.pages.sections import SECTIONS, TRIALS, Section
from kg.pages.words import label
from kg.rows import Rows
from kg.vocabulary import SUPERCLASS, curie

if TYPE_CHECKING:
    from kg.analysis.comparison import Comparison
    from kg.analysis.conflicts import Conflict

Select = Callable[[str], Rows]
short = cache(curie)

# Kinds of entity that have a page, by the prefix of their ids, with their heading.
KINDS = {
    "drug": "Drugs",
    "target": "Targets",
    "disease": "Diseases",
    "trial": "Trials",
    "mechanism": "Mechanisms",
    "biomarker": "Biomarkers",
    "payload-class": "Payload classes",
    "payload": "Payloads",
    "linker": "Linkers",
    "antibody": "Antibodies",
    "regimen": "Regimens",
    "adverse-event": "Adverse events",
    "measure": "Endpoints and measures",
    "organization": "Organizations",
    "reference": "References",
}
_DESCRIBED = """SELECT ?s ?p ?o WHERE {
  VALUES ?p { rdf:type rdfs:label skos:altLabel skos:definition rdfs:subClassOf skos:broader
              lkg:acronym }
  ?s ?p ?o .
}"""
_NAMES = ("rdfs:label", "skos:altLabel", "skos:definition", "lkg:acronym")
_CLASSES = "SELECT DISTINCT ?name WHERE { ?payload lkg:payloadClass ?name }"


class Node(NamedTuple):
    """A row of a section: the values of each column in order, each with the label of its entity.

    Attributes:
        id: short form of the node, or of the value of a fact.
        values: by variable, (text, label) pairs; of an entity the text is its short form.
        sources: (reference, locator, mark) of each reference that says it.
    """

    id: str
    values: dict[str, list[tuple[str, str]]]
    sources: list[tuple[str, str, str]]


class Library:
    """All that pages say of entities, by short id. Nothing is read before it is needed."""

    def __init__(self, select: Select, known: Knowledge | None = None) -> None:
        self._select, self._known = select, known

    @cached_property
    def references(self) -> dict[str, Reference]:
        """References as pages name them."""
        return self._known.references if self._known else references(self._select)

    @cached_property
    def identifiers(self) -> dict[str, list[tuple[str, str]]]:
        """Identifiers elsewhere: what they are called, and where they lead."""
        return self._known.identifiers if self._known else identifiers(self._select)

    @cached_property
    def described(self) -> dict[str, dict[str, list[str]]]:
        """What entities are: by short id and term, the values in order."""
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for subject, term, value in sorted(self._select(_DESCRIBED).texts()):
            names = short(term) in _NAMES or not value.startswith("http")
            found[short(subject)][short(term)].append(value if names else short(value))
        for (name,) in self._select(_CLASSES).texts():
            found[f"payload-class:{name}"]["rdfs:label"].append(name)
        return found

    @cached_property
    def entities(self) -> dict[str, list[str]]:
        """The ids of all entities that have a page, by kind, in order of their labels."""
        found: dict[str, list[str]] = {kind: [] for kind in KINDS}
        for entity in self.described:
            kind = entity.partition(":")[0]
            if kind in found and (kind == "payload-class" or self.described[entity]["rdf:type"]):
                found[kind].append(entity)
        return {
            kind: sorted(names, key=lambda e: (self.label(e).casefold(), e))
            for kind, names in found.items()
        }

    @cached_property
    def _paged(self) -> frozenset[str]:
        return frozenset(entity for names in self.entities.values() for entity in names)

    def has_page(self, entity: str) -> bool:
        """Whether there is a page about an id."""
        return entity in self._paged

    def label(self, entity: str) -> str:
        """What an entity is called; its id if it has no name."""
        said = self.described.get(entity)
        return label((said.get("rdfs:label") or [entity])[0]) if said else entity

    def name(self, entity: str) -> str:
        """A short name: of a trial its acronym, of others the label."""
        return next(iter(self.said(entity, "lkg:acronym")), self.label(entity))

    def said(self, entity: str, term: str) -> list[str]:
        """The values of a description."""
        return self.described[entity].get(term, []) if entity in self.described else []

    def type_of(self, entity: str) -> str:
        """The most specific class of an entity, in words."""
        classes = [name.removeprefix("lkg:") for name in self.said(entity, "rdf:type")]
        narrow = [name for name in classes if SUPERCLASS.get(name)] or classes
        return words(f"lkg:{narrow[0]}") if narrow else entity.partition(":")[0].replace("-", " ")

    def parents(self, entity: str) -> list[str]:
        """Broader entities."""
        return [*self.said(entity, "rdfs:subClassOf"), *self.said(entity, "skos:broader")]

    @cached_property
    def children(self) -> dict[str, list[str]]:
        """Narrower entities of each."""
        found: dict[str, list[str]] = defaultdict(list)
        for entity in sorted(self._paged, key=lambda e: (self.label(e).casefold(), e)):
            for parent in self.parents(entity):
                found[parent].append(entity)
        return found

    def rows(self, section: Section, entity: str) -> list[Node]:
        """The rows of a section of an entity's page, in order."""
        kind = entity.partition(":")[0]
        if kind not in section.relations:
            return []
        found = self._found(section, kind, entity)
        return sorted(found, key=lambda node: _rank(node, section.order), reverse=section.latest)

    def _found(self, section: Section, kind: str, entity: str) -> list[Node]:
        nodes = self._nodes[section.name]
        members = self._members(section.relations[kind], section.members(kind))
        return [nodes[each] for each in members.get(entity, ()) if each in nodes]

    @cached_property
    def _nodes(self) -> dict[str, dict[str, Node]]:
        return {section.name: read(self._select(section.rows)) for section in SECTIONS}

    @cached_property
    def _pairs(self) -> dict[str, dict[str, list[str]]]:
        return {}

    def _members(self, pattern: str, query: str) -> dict[str, list[str]]:
        """Nodes of each entity; two sections that relate alike are asked once."""
        if pattern not in self._pairs:
            found: dict[str, list[str]] = defaultdict(list)
            classes = "payloadClass" in pattern
            for entity, node in self._select(query).texts():
                found[f"payload-class:{entity}" if classes else short(entity)].append(short(node))
            self._pairs[pattern] = found
        return self._pairs[pattern]

    @cached_property
    def facts(self) -> Facts:
        """What is said in plain triples."""
        return read_facts(self._select, self.label)

    def facts_of(self, entity: str) -> Facts:
        """At least the facts of an entity, about it, and that it says."""
        return self.facts

    def conflicts_about(self, entity: str) -> list[Conflict]:
        """The conflicts about an entity, about trials of it, or with a side that it says."""
        wanted = {entity, *(node.id for node in self.rows(TRIALS, entity))}
        places = {place for name in wanted for place in self.conflicts_of.get(name, ())}
        return [self.conflicts[place] for place in sorted(places)]

    @cached_property
    def conflicts(self) -> list[Conflict]:
        """Where references disagree."""
        from kg.analysis.conflicts import conflicts

        return conflicts(self._select)

    def compared(self, entity: str) -> list[Comparison]:
        """The arms of a randomised trial side by side, measure by measure; of others nothing."""
        return self.comparisons.get(entity, [])

    @cached_property
    def comparisons(self) -> dict[str, list[Comparison]]:
        """The arms of each randomised trial side by side."""
        return self.within()

    def within(self, *trials: str) -> dict[str, list[Comparison]]:
        """The arms of trials, given by their IRIs, side by side; of all if there are none."""
        from kg.analysis.within import within_trials

        return within_trials(self._select, lambda iri: self.label(short(iri)), trials)

    @cached_property
    def conflicts_of(self) -> dict[str, list[int]]:
        """Places, in :attr:`conflicts`, of those about an entity or with a side of a reference."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, conflict in enumerate(self.conflicts):
            for name in {*conflict.about, *(side.reference for side in conflict.sides)}:
                found[name].append(place)
        return found

    @cached_property
    def disputed(self) -> dict[str, list[str]]:
        """The ids of the conflicts that a node takes part in."""
        found: dict[str, list[str]] = defaultdict(list)
        for conflict in self.conflicts:
            for node in sorted(conflict.nodes):
                found[node].append(conflict.id)
        return found


def _rank(node: Node, order: Iterable[str]) -> tuple[str, ...]:
    firsts = (node.values.get(key.removesuffix("Label")) for key in order)
    return (*(pairs[0][1] or pairs[0][0] if pairs else "" for pairs in firsts), node.id)


def read(rows: Rows) -> dict[str, Node]:
    """Rows of a section by ``?node``; what has several values has several rows."""
    columns = rows.columns
    found: dict[str, Node] = {}
    for row in rows.texts():
        cells = dict(zip(columns, row, strict=True))
        node = found.setdefault(id_ := short(cells["node"]), Node(id_, {}, []))
        for key in columns:
            value = cells[key]
            if not value or key in _NOT_SHOWN or key.endswith("Label"):
                continue
            label = cells.get(f"{key}Label", "")
            pair = (short(value) if label else value, label)
            pairs = node.values.setdefault(key, [])
            if pair not in pairs:
                pairs.append(pair)
        source = (short(cells["reference"]), cells.get("locator", ""), cells.get("checked", ""))
        if source not in node.sources:
            node.sources.append(source)
    for node in found.values():
        for pairs in node.values.values():
            pairs.sort(key=lambda pair: (pair[1] or pair[0]).casefold())
        node.sources.sort()
    return found


_NOT_SHOWN = frozenset(("node", "reference", "locator", "checked"))
