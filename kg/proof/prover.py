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
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.proof.evidence import Evidence, claims
from kg.proof.patterns import Pattern, Unprovable, Variable, shape
from kg.proof.ways import Edge, way
from kg.rows import Row
from kg.sparql import Child, Level, masked, select
from kg.vocabulary import PREFIXES, curie, dcterms, lkg

Solution = dict[str, Any]
_DEFAULT = DefaultGraph()


@dataclass(frozen=True)
class Absence:
    """What must not be there.

    Attributes:
        pattern: SPARQL, with the row's values filled in.
        searched: number of references in which it was searched.
    """

    pattern: str
    searched: int


@dataclass(frozen=True)
class Proof:
    """What makes a row.

    Attributes:
        claims: what references state.
        absences: what none of them states.
        quads: all triples that were used, descriptions included, in their graphs.
        unavailable: why there is no proof; "" where there is one.
    """

    claims: tuple[Evidence, ...] = ()
    absences: tuple[Absence, ...] = ()
    quads: frozenset[Quad] = frozenset()
    unavailable: str = ""

    @property
    def references(self) -> tuple[str, ...]:
        """Short ids of the references that state the claims."""
        return tuple(sorted({claim.reference for claim in self.claims}))

    def store(self) -> Store:
        """The proof alone, as a dataset."""
        store = Store()
        store.extend(self.quads)
        return store


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
        for pattern in shape(level, self._prologue).patterns:
            found.quads.update(self._matched(pattern, solution))
        for child in level.children:
            if child.kind == "select":
                if shape(child.level, self._prologue).keys is None:
                    raise Unprovable("a sub-select of *")
                key = self._key(child.level, solution)
                for inner in self._solutions(child.level).get(key, []):
                    self._fill(child.level, inner, found)
            else:
                self._tried(child, solution, found)

    def _tried(self, child: Child, solution: Solution, found: _Found) -> None:
        """A pattern that is only asked whether it is there."""
        bound = _given(child.level, solution)
        inner = child.level.group[1:-1]
        present = self._run(f"{{ {bound} {inner} }}")
        if present:
            self._fill(child.level, solution | present[0], found)
            return
        found.absent.add(_filled_in(child.level, solution))
        if any(below.kind != "select" for below in child.level.children):
            bare = child.level.without_children()[1:-1]
            for undone in self._run(f"{{ {bound} {bare} }}"):
                self._fill(child.level, solution | undone, found)

    def _matched(self, pattern: Pattern, solution: Solution) -> list[Quad]:
        """The quads of a pattern under a solution; none unless all of it is there."""
        graph = _resolved(pattern.graph, solution) if pattern.graph is not None else _DEFAULT
        edges: list[Edge] = []
        for triple in pattern.triples:
            subject, predicate, value = (_resolved(term, solution) for term in triple)
            if subject is None or predicate is None or value is None or graph is None:
                return []
            if isinstance(predicate, NamedNode):
                edges.append((subject, predicate, value))
            else:
                steps = way(predicate, subject, value, self._step(graph))
                if steps is None:
                    return []
                edges.extend(steps)
        quads: list[Quad] = []
        for edge in edges:
            if isinstance(edge[0], Literal) or Quad(*edge, graph) not in self._store:
                return []
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


class _Found:
    """What has been collected for a row."""

    def __init__(self) -> None:
        self.quads: set[Quad] = set()
        self.absent: set[str] = set()


def _resolved(term: Any, solution: Solution) -> Any:
    return solution.get(term) if isinstance(term, Variable) else term


def _given(level: Level, solution: Solution) -> str:
    """The values that a solution gives to the variables of a level, as SPARQL."""
    used = set(re.findall(r"[?$](\w+)", masked(level.group)))
    names = sorted(used & solution.keys())
    if not names:
        return ""
    variables = " ".join(f"?{name}" for name in names)
    return f"VALUES ({variables}) {{ ({' '.join(str(solution[name]) for name in names)}) }}"


def _filled_in(level: Level, solution: Solution) -> str:
    """The text of a level with the values of a solution, on one line."""
    lines = (line.partition(" # ")[0] for line in level.group.splitlines())
    text = " ".join(" ".join(lines).split())

    def value(found: re.Match[str]) -> str:
        term = solution.get(found[1])
        if term is None:
            return found[0]
        return curie(term.value) if isinstance(term, NamedNode) else str(term)

    return re.sub(r"[?$](\w+)", value, text)
