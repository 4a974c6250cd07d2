"""From RDF to a network of entities that can be drawn and analysed.

Nodes are entities. What n-ary nodes say becomes edges between the entities that they
join: a regulatory decision an edge from drug to disease that names the decision, an arm
or a reported adverse event edges of its trial. Parallel edges are kept, each with its
references.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import networkx as nx

from kg.errors import Mismatch
from kg.rows import Rows
from kg.vocabulary import PREFIX_OF_CLASS, PROPERTIES, SUPERCLASS, curie

Select = Callable[[str], Rows]

# What becomes edges, what edges carry, and codelists.
_NOT_DRAWN = ("Arm", "Conflict", "Measure", "Reference")
_DRAWN = " ".join(
    f"lkg:{name}"
    for name, parent in SUPERCLASS.items()
    if name not in _NOT_DRAWN and parent not in _NOT_DRAWN
)
_NODES = f"""SELECT ?node ?label ?type ?definition ?acronym WHERE {{
  VALUES ?type {{ {_DRAWN} }}
  GRAPH lkg:descriptions {{ ?node a ?type ; rdfs:label ?label }}
  OPTIONAL {{ ?node skos:definition ?definition }}
  OPTIONAL {{ ?node lkg:acronym ?acronym }}
}}"""
_DRAWN_PREFIXES = frozenset(
    prefix for name, prefix in PREFIX_OF_CLASS.items() if name not in _NOT_DRAWN
)
_SYNONYMS = "SELECT ?node ?name { ?node skos:altLabel ?name } ORDER BY ?node ?name"

_NODE_ONLY = frozenset(
    "arm trial measure among between preferred amends pivotal about agency indication "
    "combinedWith comparator adverseEvent requires excludes after supersededBy gene".split()
)
_DIRECT = " ".join(
    f"lkg:{name}"
    for name, expected in PROPERTIES.items()
    if not expected.datatype and name not in _NODE_ONLY
)

# Each pattern gives ?s, ?p, ?o, the reference ?r that states it, and what the edge says; and
# ?of, what the claim is about where that is not ?s, or the ?checked mark of an n-ary node.
_EDGES = (
    f"VALUES ?p {{ {_DIRECT} }} GRAPH ?r {{ ?s ?p ?o }}",
    "VALUES ?p { rdfs:subClassOf skos:broader } GRAPH ?r { ?s ?p ?o }",
    """VALUES ?p { lkg:drug lkg:regimen lkg:requires lkg:excludes lkg:after }
      ?s lkg:arm ?of . GRAPH ?r { ?of ?p ?o }""",
    """GRAPH ?r { ?event lkg:drug ?s ; lkg:indication ?o ; lkg:eventType ?type ;
        lkg:jurisdiction ?where ; lkg:date ?date OPTIONAL { ?event lkg:datePrecision ?precision }
        OPTIONAL { ?event lkg:checked ?checked } }
      BIND(IF(!BOUND(?precision), 10, IF(?precision = "year", 4, 7)) AS ?digits)
      BIND(lkg:indication AS ?p)
      BIND(CONCAT(?type, " ", ?where, " ", SUBSTR(STR(?date), 1, ?digits)) AS ?says)""",
    """GRAPH ?r { ?outcome lkg:adverseEvent ?o ; lkg:trial ?s
        OPTIONAL { ?outcome lkg:checked ?checked } }
      BIND(lkg:adverseEvent AS ?p)""",
)


def network(select: Select, entity: str = "", depth: int = 1) -> nx.MultiDiGraph:
    """The network around an entity, or the whole one.

    Args:
        select: answers SELECT queries.
        entity: an IRI; "" for all.
        depth: steps around the entity, in either direction of edges.

    Returns:
        nodes by short id with ``label``, ``type``, ``iri``, ``definition``,
        ``synonyms`` and, of trials, ``acronym``;
        edges keyed by predicate and what they say, with ``predicate``, ``label``, ``says``,
        ``references`` (short ids separated by spaces) and, of these, ``recalled``: whose
        claims nobody saw in them.
    """
    return part(whole(select), entity, depth)


def part(graph: nx.MultiDiGraph, entity: str = "", depth: int = 1) -> nx.MultiDiGraph:
    """Of all that :func:`whole` gives, what is around an entity, or joined to anything."""
    if entity:
        return neighbourhood(graph, curie(entity), depth)
    return ordered(graph.subgraph(node for node, degree in graph.degree if degree))


def is_drawn(name: str) -> bool:
    """Whether entities of this kind are nodes of networks, by a short id."""
    return name.partition(":")[0] in _DRAWN_PREFIXES


def neighbourhood(graph: nx.MultiDiGraph, centre: str, depth: int) -> nx.MultiDiGraph:
    """What is within some steps of a node, in either direction of edges.

    Raises:
        Mismatch: the network has no such node.
    """
    if centre not in graph:
        kinds = ", ".join(each.lower() + "s" for each in _NOT_DRAWN)
        raise Mismatch(f"{centre}: networks do not show it as a node (nor {kinds} at all)")
    both_ways = graph.to_undirected(as_view=True)
    near = nx.single_source_shortest_path_length(both_ways, centre, depth)
    return ordered(graph.subgraph(near))


def ordered(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """The same network with nodes and edges in one order, whatever order they came in."""
    result = nx.MultiDiGraph()
    result.add_nodes_from(sorted(network.nodes(data=True), key=lambda node: str(node[0])))
    result.add_edges_from(
        sorted(network.edges(keys=True, data=True), key=lambda edge: tuple(map(str, edge[:3])))
    )
    return result


def whole(select: Select) -> nx.MultiDiGraph:
    """All entities, also those that nothing is joined to, in the order of the store."""
    graph = nx.MultiDiGraph()
    for node, label, kind, definition, acronym in select(_NODES).texts():
        name, type_ = _short(node), _short(kind).removeprefix("lkg:")
        if type_ == "Drug" and name in graph:
            continue  # its class is more specific
        graph.add_node(
            name,
            label=label,
            type=type_,
            iri=node,
            definition=definition,
            synonyms="",
            acronym=acronym,
        )
    for node, synonym in select(_SYNONYMS).texts():
        if (name := _short(node)) in graph:
            known = graph.nodes[name]
            known["synonyms"] = " | ".join(filter(None, (known["synonyms"], synonym)))
    for key, source, target, attributes in _edges(select):
        if source in graph and target in graph and source != target:
            graph.add_edge(source, target, key=key, **attributes)
    return graph


_RECALLED = """SELECT ?s ?p ?o ?r {
  GRAPH ?r { ?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; lkg:checked "recalled" }
}"""


def recalled_claims(select: Select) -> set[tuple[str, str, str, str]]:
    """Subject, predicate, object and reference of the triples that nobody saw in the reference."""
    return {tuple(map(_short, row)) for row in select(_RECALLED).texts()}  # type: ignore[misc]


def _edges(select: Select) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    unseen = recalled_claims(select)
    found: dict[tuple[str, str, str, str], dict[str, bool]] = {}
    for pattern in _EDGES:
        more = [name for name in ("says", "of", "checked") if f"?{name}" in pattern]
        names = " ".join(f"?{name}" for name in more)
        for row in select(f"SELECT ?s ?p ?o ?r {names} WHERE {{ {pattern} }}").texts():
            source, predicate, target, reference = map(_short, row[:4])
            said = dict(zip(more, row[4:], strict=True))
            about = _short(said["of"]) if "of" in said else source
            recalled = (
                said["checked"] == "recalled"
                if "checked" in said
                else (about, predicate, target, reference) in unseen
            )
            marks = found.setdefault((source, target, predicate, said.get("says", "")), {})
            marks[reference] = recalled and marks.get(reference, True)
    for (source, target, predicate, text), marks in sorted(found.items()):
        marks.pop("lkg:descriptions", None)
        attributes = {
            "predicate": predicate,
            "label": words(predicate),
            "says": text,
            "references": " ".join(sorted(marks)),
            "recalled": " ".join(sorted(name for name in marks if marks[name])),
        }
        yield f"{predicate} {text}".strip(), source, target, attributes


_READABLE = {
    "rdfs:subClassOf": "is a",
    "skos:broader": "is a",
    "lkg:indication": "regulated for",
    "lkg:condition": "studied in",
    "lkg:drug": "gives",
    "lkg:adverseEvent": "reports",
}


def words(predicate: str) -> str:
    """A term as words: "adverse event" from "lkg:adverseEvent", "press article" from its class."""
    if predicate in _READABLE:
        return _READABLE[predicate]
    local = predicate.partition(":")[2]
    return "".join(f" {char.lower()}" if char.isupper() else char for char in local).strip()


_short = lru_cache(1 << 15)(curie)
