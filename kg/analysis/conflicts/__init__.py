"""Where references disagree: what curators explained, and what a detector finds.

Detected are results of the same thing with incompatible values (:mod:`.results`), functional
facts with two values and percentages that are not their count of their total (:mod:`.facts`),
and reports of a status that the decisions on record contradict (:mod:`.status`). Compatible is
what could be one figure printed with two precisions. A curated conflict absorbs what is found
between its own sides. Precision goes before recall: what only may disagree is not listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from kg.analysis.conflicts import curated, facts, results, status
from kg.analysis.conflicts.model import Conflict, Select, Side
from kg.analysis.conflicts.preference import prefer
from kg.analysis.conflicts.reading import values
from kg.errors import BadParameter
from kg.vocabulary import KINDS, curie

__all__ = ["Conflict", "Side", "conflicts", "marks", "near"]


def conflicts(
    select: Select, entity: str = "", kinds: Collection[str] = (), order: Sequence[str] = ()
) -> list[Conflict]:
    """All conflicts, curated and detected; successive data cuts come last.

    Args:
        select: runs a SELECT.
        entity: the IRI of an entity: only conflicts about it, about drugs made with it or that
            hit it, about trials that test these or have it as their condition, or with a side
            that this reference says.
        kinds: only these kinds.
        order: kinds of reference ("Label", "Article" ...), the most trusted first, where the
            caller's order shall go before the rule in :func:`.preference.prefer`.

    Raises:
        BadParameter: an unknown kind of conflict or of reference.
    """
    return chosen(select, every(select, order), entity, kinds)


def every(select: Select, order: Sequence[str] = ()) -> list[Conflict]:
    """All conflicts, with the side that is preferred."""
    on_record = curated.read(select)
    explained = curated.pairs(each.between for each in on_record.values())
    found = curated.conflicts(select, on_record, order)
    return found + [prefer(each, order=order) for each in _detected(select, explained)]


def chosen(
    select: Select, found: list[Conflict], entity: str = "", kinds: Collection[str] = ()
) -> list[Conflict]:
    """Of :func:`every` conflict those about an entity and of some kinds, labelled, in order."""
    if unknown := set(kinds) - set(KINDS["Conflict"]):
        raise BadParameter(f"{min(unknown)}: kinds of conflict are {', '.join(KINDS['Conflict'])}")
    if entity:
        found = _about(select, found, entity)
    if kinds:
        found = [each for each in found if each.kind in kinds]
    return sorted(_labelled(select, found), key=_last_data_cuts)


def _detected(select: Select, explained: frozenset[frozenset[str]]) -> Iterator[Conflict]:
    every = results.read(select)
    yield from results.find(every, explained)
    yield from facts.find(select)
    yield from facts.arithmetic(every, _proportions(select))
    yield from status.find(status.read(select), _ancestors(select), explained)


def near(select: Select, nodes: Collection[str], about: Collection[str]) -> list[Conflict]:
    """The conflicts that nodes take part in, or that entities have to do with, in order.

    Reads only what can stand against these nodes, which is a small part of all.

    Args:
        nodes: short forms of outcomes, observations, events and statements.
        about: short forms of entities.
    """
    wanted, entities = set(nodes), set(about)
    on_record = {
        name: each
        for name, each in curated.read(select).items()
        if each.between & wanted or each.about & entities
    }
    found = curated.conflicts(select, on_record)
    explained = curated.pairs(each.between for each in on_record.values())
    detected = [*_detected_near(select, nodes, explained), *facts.find(select, about)]
    kept = [each for each in detected if each.nodes & wanted or entities.intersection(each.about)]
    return sorted(_labelled(select, found + [*map(prefer, kept)]), key=_last_data_cuts)


def marks(select: Select, nodes: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """The ids of the conflicts that nodes take part in.

    Reads only what can stand against these nodes, so that marking an answer is cheap.

    Args:
        nodes: short forms of outcomes, observations, events and statements.

    Returns:
        of each node that is a side of any conflict, their ids in order.
    """
    if not nodes:
        return {}
    found: dict[str, set[str]] = defaultdict(set)
    between = curated.sides(select, nodes)
    for name, sides in between.items():
        for node in sides:
            found[node].add(name)
    for conflict in _detected_near(select, nodes, curated.pairs(between.values())):
        for node in conflict.nodes:
            found[node].add(conflict.id)
    return {node: tuple(sorted(found[node])) for node in nodes if node in found}


def _detected_near(
    select: Select, nodes: Collection[str], explained: frozenset[frozenset[str]]
) -> Iterator[Conflict]:
    numbers = [node for node in nodes if node.startswith(("outcome:", "observation:"))]
    if numbers and (near := results.read(select, _beside(select, numbers))):
        yield from results.find(near, explained)
        yield from facts.arithmetic(near, _proportions(select))
    reports = [node for node in nodes if node.startswith("event:")]
    if reports and (events := status.read(select, _events_beside(select, reports))):
        yield from status.find(events, _ancestors(select), explained)


def _beside(select: Select, nodes: Collection[str]) -> str:
    """The results that some results can be in conflict with, themselves included."""
    block = f"VALUES ?one {{ {values(nodes)} }}"
    rows = select(f"""SELECT DISTINCT ?node {{
      {{ {block} ?one lkg:arm ?of ; lkg:measure ?measure .
         ?node lkg:arm ?of ; lkg:measure ?measure }}
      UNION
      {{ {block} ?one lkg:about ?of ; lkg:measure ?measure .
         ?node lkg:about ?of ; lkg:measure ?measure }}
      UNION
      {{ {{ SELECT ?of ?measure {{
             {block} ?one lkg:trial ?of ; lkg:measure ?measure
             FILTER NOT EXISTS {{ ?one lkg:arm ?arm }} }} }}
         ?node lkg:trial ?of ; lkg:measure ?measure }}
    }}""")
    return f"VALUES ?node {{ {' '.join(f'<{node}>' for (node,) in rows)} }}"


def _events_beside(select: Select, nodes: Collection[str]) -> str:
    """The decisions on drugs of which some events are, if anybody reported their status."""
    rows = select(f"""SELECT DISTINCT ?drug {{
      VALUES ?one {{ {values(nodes)} }}
      ?one lkg:drug ?drug . ?report lkg:drug ?drug ; lkg:eventType "status-report"
    }}""")
    return f"VALUES ?drug {{ {' '.join(f'<{drug}>' for (drug,) in rows)} }}"


def _proportions(select: Select) -> frozenset[str]:
    return frozenset(
        curie(str(measure))
        for (measure,) in select(
            'SELECT ?measure { ?measure a lkg:Measure ; lkg:kind "proportion" }'
        )
    )


def _ancestors(select: Select) -> dict[str, frozenset[str]]:
    """Of each disease, itself and all that it is a kind of."""
    found: dict[str, set[str]] = defaultdict(set)
    query = "SELECT ?disease ?above { ?disease a lkg:Disease ; rdfs:subClassOf* ?above }"
    for disease, above in select(query):
        found[curie(str(disease))].add(curie(str(above)))
    return {disease: frozenset(above) for disease, above in found.items()}


_PART = "lkg:antibody|lkg:linker|lkg:payload|lkg:target|lkg:ingredient"


def _about(select: Select, found: list[Conflict], entity: str) -> list[Conflict]:
    rows = select(f"""SELECT DISTINCT ?subject {{
      {{ ?subject {_PART} <{entity}> }}
      UNION {{ ?drug {_PART} <{entity}> . ?subject lkg:drug ?drug ; a lkg:Trial }}
      UNION {{ ?subject a lkg:Trial ; lkg:drug <{entity}> }}
      UNION {{ ?subject lkg:arm/lkg:drug <{entity}> }}
      UNION {{ ?disease rdfs:subClassOf* <{entity}> . ?subject lkg:condition ?disease }}
    }}""")
    wanted = {curie(entity), *(curie(str(subject)) for (subject,) in rows)}
    return [
        each
        for each in found
        if wanted.intersection(each.about) or any(side.reference in wanted for side in each.sides)
    ]


def _labelled(select: Select, found: list[Conflict]) -> list[Conflict]:
    entities = {entity for each in found for entity in each.about}
    if not entities:
        return found
    rows = select(f"""SELECT ?entity ?name {{
      VALUES ?entity {{ {values(entities)} }} ?entity rdfs:label ?label
      OPTIONAL {{ ?entity lkg:acronym ?acronym }}
      BIND(COALESCE(?acronym, ?label) AS ?name)
    }}""")
    names = {curie(str(entity)): str(name) for entity, name in rows}
    return [
        msgspec.structs.replace(each, about_label=", ".join(names.get(e, e) for e in each.about))
        for each in found
    ]


def _last_data_cuts(conflict: Conflict) -> tuple[bool, str, bool, str]:
    """Updates of one trial are many, and hardly contradictions."""
    return conflict.kind == "data-cut", conflict.about_label, not conflict.curated, conflict.id
