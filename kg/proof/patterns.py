"""The triple patterns of a level, and the variables that tell its rows apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.errors import KGError
from kg.sparql import Level, marker
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
class Part:
    """A part of a group pattern, as SPARQL's algebra has it.

    Attributes:
        pattern: triple patterns of its own.
        values: rows of VALUES, or the constant of a BIND: a solution agrees with one of them.
        children: numbers of levels below that are asked when the part holds.
        required: parts that must hold; either: parts of which one must;
            optional: parts that may.
    """

    pattern: Pattern | None = None
    values: tuple[dict[str, Any], ...] = ()
    children: tuple[int, ...] = ()
    required: tuple[Part, ...] = ()
    either: tuple[Part, ...] = ()
    optional: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Shape:
    """What a level says.

    Attributes:
        keys: variables whose values tell rows apart; None for all.
        part: its group.
    """

    keys: tuple[str, ...] | None
    part: Part


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
    body = f"{prologue} SELECT * WHERE {level.marked()}"
    algebra = translateQuery(parseQuery(body), initNs=PREFIXES).algebra
    keys = None
    if level.head:
        keys = _keys(parseQuery(f"{level.head} {{ }} {level.tail}")[1])
    return Shape(keys, _part(algebra, None))


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


def _part(node: Any, graph: Any) -> Part:
    below = [_part(node[name], _graph(node, graph)) for name in ("p", "p1", "p2") if name in node]
    match node.name:
        case "BGP":
            triples = tuple((_term(s), _predicate(p), _term(o)) for s, p, o in node.triples)
            return Part(Pattern(graph, triples))
        case "values":
            rows = tuple({str(k): _term(v) for k, v in row.items()} for row in node.res)
            return Part(values=rows, children=tuple(_markers(list(node.res))))
        case "Union":
            return Part(either=tuple(below))
        case "LeftJoin":
            extra = Part(required=(below[1],), children=tuple(_markers(node.expr)))
            return Part(required=(below[0],), optional=(extra,))
        case "Extend" if type(node.expr).__name__ in ("Literal", "URIRef"):
            return Part(required=tuple(below), values=({str(node.var): _term(node.expr)},))
        case "ServiceGraphPattern":
            raise Unprovable("SERVICE")
    return Part(required=tuple(below), children=tuple(_markers(node.get("expr"))))


def _graph(node: Any, graph: Any) -> Any:
    return _term(node.term) if node.name == "Graph" else graph


def _markers(value: Any) -> Iterator[int]:
    """The numbers of the children whose markers stand in an expression or in VALUES."""
    import rdflib

    if isinstance(value, rdflib.Literal):
        if value.startswith(marker(0)[0]):
            yield int(value[1:])
    elif isinstance(value, dict):
        for each in value.values():
            yield from _markers(each)
    elif isinstance(value, list | set):
        for each in value:
            yield from _markers(each)


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
