"""The conflicts that curators wrote down, with their explanations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

import msgspec

from kg.analysis.conflicts import results
from kg.analysis.conflicts.model import FACT, RESULT, STATUS, Conflict, Select, in_order
from kg.analysis.conflicts.preference import prefer
from kg.analysis.conflicts.reading import Said, said, values
from kg.vocabulary import curie


class Curated(msgspec.Struct):
    """A curated conflict as the graph holds it; nodes and entities are short forms."""

    kind: str = ""
    explanation: str = ""
    about: set[str] = msgspec.field(default_factory=set)
    between: set[str] = msgspec.field(default_factory=set)
    preferred: set[str] = msgspec.field(default_factory=set)


def read(select: Select) -> dict[str, Curated]:
    """All curated conflicts by id."""
    rows = select("""SELECT ?conflict ?p ?o {
      ?conflict a lkg:Conflict ; ?p ?o .
      VALUES ?p { lkg:kind rdfs:comment lkg:about lkg:between lkg:preferred }
    }""")
    found: dict[str, Curated] = defaultdict(Curated)
    for row in rows:
        conflict, predicate, value = (cell.curie for cell in row if cell is not None)
        match predicate:
            case "lkg:kind":
                found[conflict].kind = value
            case "rdfs:comment":
                found[conflict].explanation = value
            case _:
                getattr(found[conflict], predicate.partition(":")[2]).add(value)
    return dict(found)


def sides(select: Select, nodes: Collection[str]) -> dict[str, set[str]]:
    """Of the curated conflicts that some nodes take part in, all sides, by id."""
    rows = select(f"""SELECT ?conflict ?side {{
      VALUES ?node {{ {values(nodes)} }} ?conflict lkg:between ?node . ?conflict lkg:between ?side
    }}""")
    found: dict[str, set[str]] = defaultdict(set)
    for conflict, side in rows:
        found[curie(str(conflict))].add(curie(str(side)))
    return found


def pairs(between: Iterable[Collection[str]]) -> frozenset[frozenset[str]]:
    """The pairs of nodes whose disagreement curated conflicts explain, from their sides."""
    return frozenset(
        frozenset(pair) for nodes in between for pair in combinations(sorted(nodes), 2)
    )


def conflicts(
    select: Select, curated: dict[str, Curated], order: Sequence[str] = ()
) -> list[Conflict]:
    """Curated conflicts with their sides, each side weighed by the rule of preference."""
    wanted = {node for each in curated.values() for node in each.between}
    by_node: dict[str, Said] = {}
    if wanted:
        block = f"VALUES ?node {{ {values(wanted)} }}"
        by_node = {each.node: each for each in said(select, block)}
    found = []
    for name, each in curated.items():
        told = [by_node[node] for node in sorted(each.between) if node in by_node]
        conflict = Conflict(
            id=name,
            kind=each.kind,
            about=tuple(sorted(each.about)),
            sides=in_order(side.side() for side in told),
            topic=_topic(told),
            explanation=each.explanation,
        )
        one_thing = len({results.thing(side) for side in told}) == 1
        found.append(prefer(conflict, frozenset(each.preferred), one_thing, order))
    return found


def _topic(told: list[Said]) -> str:
    prefixes = {each.node.partition(":")[0] for each in told}
    return STATUS if "event" in prefixes else RESULT if "outcome" in prefixes else FACT
