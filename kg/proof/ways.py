"""One way along a property path: the triples that lead from its start to its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyoxigraph import NamedNode

from kg.proof.patterns import Unprovable

Edge = tuple[Any, NamedNode, Any]
Ways = dict[Any, tuple[Edge, ...]]
# From a node and a predicate to the nodes one step on, forwards or backwards.
Step = Callable[[Any, NamedNode, bool], list[Any]]


def way(path: Any, start: Any, end: Any, step: Step) -> tuple[Edge, ...] | None:
    """The edges of a shortest way, none of them for a path of no steps; None if there is none."""
    return _reached(path, start, step, True).get(end)


def _reached(path: Any, start: Any, step: Step, forward: bool) -> Ways:
    """Every node that a path leads to, with one way to it."""
    import rdflib
    from rdflib import paths

    if isinstance(path, rdflib.URIRef):
        predicate = NamedNode(path)
        found = step(start, predicate, forward)
        return {
            node: ((start, predicate, node) if forward else (node, predicate, start),)
            for node in found
        }
    if isinstance(path, paths.InvPath):
        return _reached(path.arg, start, step, not forward)
    if isinstance(path, paths.AlternativePath):
        ways: Ways = {}
        for each in path.args:
            ways = _reached(each, start, step, forward) | ways
        return ways
    if isinstance(path, paths.SequencePath):
        return _in_turn(path.args if forward else path.args[::-1], start, step, forward)
    if isinstance(path, paths.MulPath):
        return _repeated(path, start, step, forward)
    raise Unprovable("a negated property set")


def _in_turn(parts: Any, start: Any, step: Step, forward: bool) -> Ways:
    ways: Ways = {start: ()}
    for part in parts:
        onward: Ways = {}
        for node, edges in ways.items():
            for reached, more in _reached(part, node, step, forward).items():
                onward.setdefault(reached, edges + more)
        ways = onward
    return ways


def _repeated(path: Any, start: Any, step: Step, forward: bool) -> Ways:
    """``*``, ``+`` and ``?``, breadth first; with ``+`` the start itself only if led back to."""
    ways: Ways = {} if path.mod == "+" else {start: ()}
    frontier: Ways = {start: ()}
    while frontier:
        onward: Ways = {}
        for node, edges in frontier.items():
            for reached, more in _reached(path.path, node, step, forward).items():
                if reached not in ways and reached not in onward:
                    onward[reached] = edges + more
        ways |= onward
        frontier = {} if path.mod == "?" else onward
    return ways
