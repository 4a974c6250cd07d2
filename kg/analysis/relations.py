"""What joins entities: relations as edges, each with the triples that make it.

A direct relation is one triple. What an n-ary node says joins the entities that it names
by two: a decision its drug and its disease, an arm its trial and a drug given there, a
result its trial and what it measures. Inverse relations are the same edge, read backwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.analysis.sources import Select, Triple
from kg.vocabulary import BASE, iri

# A relation as it reads from its subject, and from its object.
WORDS = {
    "lkg:target": ("binds", "is bound by"),
    "lkg:engages": ("engages", "is engaged by"),
    "lkg:mechanism": ("acts by", "is the mechanism of"),
    "lkg:antibody": ("has the antibody", "is the antibody of"),
    "lkg:linker": ("has the linker", "is the linker of"),
    "lkg:payload": ("carries", "is carried by"),
    "lkg:ingredient": ("contains", "is contained in"),
    "lkg:biomarker": ("is marked by", "marks"),
    "lkg:drug": ("tests", "was tested in"),
    "lkg:condition": ("studied", "was studied in"),
    "lkg:developer": ("is developed by", "develops"),
    "lkg:sponsor": ("is sponsored by", "sponsors"),
    "lkg:indication": ("was decided on for", "has a decision on"),
    "lkg:agency": ("was decided on by", "decided on"),
    "lkg:requires": ("is for those with", "is required for"),
    "lkg:adverseEvent": ("was reported with", "was reported of"),
    "lkg:measure": ("reports", "is reported by"),
    "lkg:regimen": ("gives the regimen", "is given in"),
    "rdfs:subClassOf": ("is a kind of", "includes"),
    "skos:broader": ("is a kind of", "includes"),
}
_GIVEN = ("gives", "is given in")  # an arm's drug that need not be the one under test

_DIRECT = (
    "lkg:target lkg:engages lkg:mechanism lkg:antibody lkg:linker lkg:payload lkg:ingredient "
    "lkg:biomarker lkg:drug lkg:condition rdfs:subClassOf skos:broader"
).split()
_OF_NODES = "lkg:arm lkg:indication lkg:requires lkg:regimen".split()
# Ends of these kinds bring their own relations; nothing passes through them.
ENDS = {
    "organization": "lkg:developer lkg:sponsor lkg:agency".split(),
    "adverse-event": ["lkg:adverseEvent"],
    "measure": ["lkg:measure"],
}
# From the entity that a node belongs to: the predicate that names it, and whether the
# node is its subject; then what else the node says.
_NODES = {
    "event": ("lkg:drug", True, "lkg:indication lkg:requires lkg:agency lkg:adverseEvent".split()),
    "arm": ("lkg:arm", False, "lkg:drug lkg:regimen lkg:requires".split()),
    "outcome": ("lkg:trial", True, "lkg:adverseEvent lkg:measure".split()),
}

_SHORT = {iri(name).value: name for name in (*WORDS, *_OF_NODES, "lkg:trial")}


@dataclass
class Edge:
    """A relation between two entities.

    Attributes:
        subject, object: IRIs.
        predicate: short form of the relation, a key of :data:`WORDS`.
        triples: what makes it; short forms of predicates.
        given: whether an arm says it of its trial.
    """

    subject: str
    object: str
    predicate: str
    given: bool = False
    triples: set[Triple] = field(default_factory=set)

    def words(self, forward: bool) -> str:
        """The relation as it reads from the subject, or from the object."""
        pair = _GIVEN if self.given and self.predicate == "lkg:drug" else WORDS[self.predicate]
        return pair[0 if forward else 1]


def edges(select: Select, ends: tuple[str, ...] = ()) -> list[Edge]:
    """All relations between entities, in one order, and those of ends that bring their own.

    Args:
        select: answers SELECT queries.
        ends: IRIs of the entities between which ways are looked for.
    """
    triples = {
        (str(s), predicate, str(o))
        for s, predicate, o in _rows(select, f"VALUES ?p {{ {' '.join(_DIRECT + _OF_NODES)} }}")
    }
    for end in ends:
        for predicate in ENDS.get(kind(end), ()):
            triples |= set(_rows(select, f"VALUES (?p ?o) {{ ({predicate} <{end}>) }}"))
            triples |= set(
                _rows(select, f"?s {predicate} <{end}> . VALUES ?p {{ lkg:trial }}")
            )  # fmt: skip
    found: dict[tuple[str, str, str, bool], Edge] = {}
    for edge in (*_direct(triples), *_through_nodes(triples)):
        if edge.subject != edge.object:
            key = (edge.subject, edge.object, edge.predicate, edge.given)
            found.setdefault(key, edge).triples.update(edge.triples)
    return [found[key] for key in sorted(found)]


def kind(entity: str) -> str:
    """What an IRI names: "drug", "target" ..."""
    return entity.removeprefix(BASE).partition("/")[0]


def _rows(select: Select, pattern: str) -> Iterator[Triple]:
    for s, p, o in select(f"SELECT DISTINCT ?s ?p ?o WHERE {{ {pattern} ?s ?p ?o }}"):
        yield str(s), _SHORT[str(p)], str(o)


def _direct(triples: set[Triple]) -> Iterator[Edge]:
    for triple in triples:
        subject, predicate, value = triple
        if predicate in WORDS and kind(subject) not in _NODES:
            yield Edge(subject, value, predicate, triples={triple})


def _through_nodes(triples: set[Triple]) -> Iterator[Edge]:
    said: dict[str, list[Triple]] = defaultdict(list)
    for triple in triples:
        said[triple[0]].append(triple)
    belongs = {names: is_subject for names, is_subject, _ in _NODES.values()}
    for triple in triples:
        subject, predicate, value = triple
        if predicate not in belongs:
            continue
        node, entity = (subject, value) if belongs[predicate] else (value, subject)
        names, _, says = _NODES.get(kind(node), ("", False, []))
        for other in said[node] if names == predicate else ():
            if other[1] in says:
                given = kind(node) == "arm"
                yield Edge(entity, other[2], other[1], given, {triple, other})
