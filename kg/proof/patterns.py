"""The triple patterns of a level, and the variables that tell its rows apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.errors import KGError
from kg.sparql import Level
from kg.vocabulary import PREFIXES


class Unprovable(KGError):
    """A query outside the fragment whose rows can be proved; the message says what is."""


class Variable(str):
    """A variable of a pattern, by its name."""

    __slots__ = ()


@dataclass(frozen=True)
class Pattern:
    """Triple patterns that hold together.

    Attributes:
        graph: the graph's IRI or variable; None for the default graph.
        triples: subject, predicate or property path of rdflib, object.
    """

    graph: Any
    triples: tuple[tuple[Any, Any, Any], ...]


@dataclass(frozen=True)
class Shape:
    """What a level says.

    Attributes:
        keys: variables whose values tell rows apart; None for all.
        patterns: of the level itself, not of those below it.
    """

    keys: tuple[str, ...] | None
    patterns: tuple[Pattern, ...]


@cache
def shape(level: Level, prologue: str = "") -> Shape:
    """The shape of a level.

    Raises:
        Unprovable: the level has something that a proof does not cover.
    """
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    if any(child.in_graph and child.kind != "select" for child in level.children):
        raise Unprovable("EXISTS or MINUS within GRAPH")
    body = f"{prologue} SELECT * WHERE {level.without_children()}"
    algebra = translateQuery(parseQuery(body), initNs=PREFIXES).algebra
    keys = None
    if level.head:
        keys = _keys(parseQuery(f"{level.head} {{ }} {level.tail}")[1])
    return Shape(keys, tuple(_patterns(algebra, None)))


def _keys(query: Any) -> tuple[str, ...] | None:
    """Of a grouped query its group's variables that are seen, else all plain variables."""
    if not query.projection:
        return None
    plain = [str(each.var) for each in query.projection if each.var is not None]
    if query.groupby is None:
        grouped = any("Aggregate_" in str(each.expr) for each in query.projection if each.expr)
        return () if grouped else tuple(plain)
    by = query.groupby.condition
    if not all(type(each).__name__ == "Variable" for each in by):
        raise Unprovable("GROUP BY an expression")
    return tuple(str(each) for each in by if str(each) in plain)


def _patterns(node: Any, graph: Any) -> Iterator[Pattern]:
    if node.name == "ServiceGraphPattern":
        raise Unprovable("SERVICE")
    if node.name == "Graph":
        graph = _term(node.term)
    if node.name == "BGP" and node.triples:
        triples = sorted(node.triples, key=str)
        yield Pattern(graph, tuple((_term(s), _predicate(p), _term(o)) for s, p, o in triples))
    for part in ("p", "p1", "p2"):
        if part in node:
            yield from _patterns(node[part], graph)


def _predicate(value: Any) -> Any:
    from rdflib.paths import Path

    return value if isinstance(value, Path) else _term(value)


def _term(value: Any) -> Any:
    import rdflib

    if isinstance(value, rdflib.Variable):
        return Variable(value)
    if isinstance(value, rdflib.URIRef):
        return NamedNode(value)
    if isinstance(value, rdflib.Literal):
        if value.language:
            return Literal(str(value), language=value.language)
        return Literal(str(value), datatype=NamedNode(value.datatype) if value.datatype else None)
    raise Unprovable("blank nodes in a pattern: name them with variables")
