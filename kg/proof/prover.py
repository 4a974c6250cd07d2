"""How a proof is found.

A query is taken apart into levels (:mod:`kg.sparql`). The solutions of each level that
belong to a row fill in its patterns: these triples, from the named graphs that hold them,
are the row's proof. A grouped row needs the solutions of its whole group; a property path
one way from its start to its end; what must be absent is told with the number of
references searched, and what would be there but for an exception with that exception.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.proof.evidence import claims
from kg.proof.filling import Solution, agrees, filled_in, given, resolved
from kg.proof.patterns import Part, Pattern, Unprovable, shape
from kg.proof.record import Absence, Proof
from kg.proof.ways import Edge, way
from kg.rows import Row
from kg.sparql import Child, Level, masked, select
from kg.vocabulary import PREFIXES, dcterms, lkg

_DEFAULT = DefaultGraph()


class _Found:
    """What has been collected for a row."""

    def __init__(self) -> None:
        self.quads: set[Quad] = set()
        self.absent: set[str] = set()


class Prover:
    """Proves the rows of one query over one store."""

    def __init__(self, store: Store, query: str) -> None:
        self._store = store
        self._query = query
        self._by_key: dict[Level, dict[tuple[Any, ...], list[Solution]]] = {}

    def proof(self, row: Row) -> Proof:
        """What makes a row of the query's answer."""
        try:
            top = select(self._query)
            keys = shape(top, self._prologue).keys
            found = _Found()
            cells = row.dict()
            names = tuple(cells) if keys is None else keys
            solutions = self._solutions(top).get(
                tuple(cell.term if (cell := cells[name]) is not None else None for name in names),
                [],
            )
            for solution in solutions:
                self._fill(top, solution, found)
        except Unprovable as error:
            return Proof(unavailable=f"no proof is available for a query with {error}")
        absences = tuple(Absence(each, self._searched) for each in sorted(found.absent))
        return Proof(claims(self._store, found.quads), absences, frozenset(found.quads))

    @cached_property
    def _prologue(self) -> str:
        start = re.search(r"\bSELECT\b", masked(self._query), re.IGNORECASE)
        return self._query[: start.start()] if start else ""

    @cached_property
    def _searched(self) -> int:
        """How many references the dataset has."""
        return len(
            list(self._store.quads_for_pattern(None, dcterms.issued, None, lkg.descriptions))
        )

    def _run(self, group: str) -> list[Solution]:
        answer: Any = self._store.query(
            f"{self._prologue} SELECT * WHERE {group}", prefixes=PREFIXES
        )
        names = [variable.value for variable in answer.variables]
        return [
            {name: term for name in names if (term := solution[name]) is not None}
            for solution in answer
        ]

    def _solutions(self, level: Level) -> dict[tuple[Any, ...], list[Solution]]:
        """The solutions of a SELECT before it groups or projects, by the values of its keys."""
        if level not in self._by_key:
            found = defaultdict(list)
            for solution in self._run(level.group):
                found[self._key(level, solution)].append(solution)
            self._by_key[level] = found
        return self._by_key[level]

    def _key(self, level: Level, solution: Solution) -> tuple[Any, ...]:
        keys = shape(level, self._prologue).keys
        names = sorted(solution) if keys is None else keys
        return tuple(solution.get(name) for name in names)

    def _fill(self, level: Level, solution: Solution, found: _Found) -> None:
        """Add the triples with which a solution fills in a level and those below it."""
        self._holds(level, shape(level, self._prologue).part, solution, found)

    def _holds(self, level: Level, part: Part, solution: Solution, found: _Found) -> bool:
        """Whether a part holds under a solution; what makes it hold is added if it does."""
        here = _Found()
        if part.pattern is not None:
            quads = self._matched(part.pattern, solution)
            if quads is None:
                return False
            here.quads.update(quads)
        if part.values and not part.children and not agrees(part.values, solution):
            return False
        if not all(self._holds(level, each, solution, here) for each in part.required):
            return False
        # Every branch that holds belongs to the proof: no stopping at the first.
        branches = [self._holds(level, each, solution, here) for each in part.either]
        if branches and not any(branches):
            return False
        for number in part.children:
            if not self._asked(level.children[number], solution, here):
                return False
        for each in part.optional:
            self._holds(level, each, solution, here)
        found.quads |= here.quads
        found.absent |= here.absent
        return True

    def _asked(self, child: Child, solution: Solution, found: _Found) -> bool:
        """What a level below gives to a solution; False for a sub-select without such a row."""
        if child.kind != "select":
            self._tried(child.level, solution, found)
            return True
        if shape(child.level, self._prologue).keys is None:
            raise Unprovable("a sub-select of *")
        inner = self._solutions(child.level).get(self._key(child.level, solution), [])
        for each in inner:
            self._fill(child.level, each, found)
        return bool(inner)

    def _tried(self, level: Level, solution: Solution, found: _Found) -> None:
        """A pattern that is only asked whether it is there."""
        bound = given(level, solution)
        present = self._run(f"{{ {bound} {level.group[1:-1]} }}")
        if present:
            self._fill(level, solution | present[0], found)
            return
        found.absent.add(filled_in(level, solution))
        if any(below.kind != "select" for below in level.children):
            for undone in self._run(f"{{ {bound} {level.without_tests()[1:-1]} }}"):
                self._fill(level, solution | undone, found)

    def _matched(self, pattern: Pattern, solution: Solution) -> list[Quad] | None:
        """The quads of a pattern under a solution; None unless all of it is there."""
        graph = resolved(pattern.graph, solution) if pattern.graph is not None else _DEFAULT
        edges: list[Edge] = []
        for triple in pattern.triples:
            subject, predicate, value = (resolved(term, solution) for term in triple)
            if subject is None or predicate is None or value is None or graph is None:
                return None
            if isinstance(predicate, NamedNode):
                edges.append((subject, predicate, value))
            else:
                steps = way(predicate, subject, value, self._step(graph))
                if steps is None:
                    return None
                edges.extend(steps)
        quads: list[Quad] = []
        for edge in edges:
            if isinstance(edge[0], Literal) or Quad(*edge, graph) not in self._store:
                return None
            quads.extend(self._store.quads_for_pattern(*edge, None if graph == _DEFAULT else graph))
            quads.extend(self._store.quads_for_pattern(*edge, _DEFAULT))
        return quads

    def _step(self, graph: Any) -> Any:
        def step(node: Any, predicate: NamedNode, forward: bool) -> list[Any]:
            if forward:
                if isinstance(node, Literal):
                    return []
                quads = self._store.quads_for_pattern(node, predicate, None, graph)
                return [quad.object for quad in quads]
            quads = self._store.quads_for_pattern(None, predicate, node, graph)
            return [quad.subject for quad in quads]

        return step
