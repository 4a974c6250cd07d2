"""How much the graph holds of each area that it claims to cover."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from kg.rows import Rows

Select = Callable[[str], Rows]


class Area(msgspec.Struct, frozen=True):
    """Counts of one area; those of its diseases and of all below them.

    Attributes:
        name: as the coverage table calls it.
        drugs: tested in a trial of the area, or decided on for it.
        trials, results, events: of the area.
        seen: results and events that the curator saw in their source, in per cent.
        until: the day until which the curators looked.
    """

    name: str
    drugs: int
    trials: int
    results: int
    events: int
    seen: int
    until: str


_BELOW = "?coverage lkg:about/^rdfs:subClassOf* ?disease ."
_TRIAL = f"{_BELOW} ?trial lkg:condition ?disease ."
_EVENT = f"{_BELOW} ?event lkg:indication ?disease ."
_COUNTS = {
    "drugs": f"{{ {_TRIAL} ?trial lkg:drug ?x }} UNION {{ {_EVENT} ?event lkg:drug ?x }}",
    "trials": f"{_TRIAL} BIND(?trial AS ?x)",
    "results": f"{_TRIAL} ?x lkg:trial ?trial .",
    "events": f"{_EVENT} BIND(?event AS ?x)",
    "seen": f"{{ {_TRIAL} ?x lkg:trial ?trial }} UNION {{ {_EVENT} BIND(?event AS ?x) }} "
    '?x lkg:checked "source" .',
}


def areas(select: Select) -> list[Area]:
    """The areas that are about diseases, by name, from a function that answers SELECT queries."""
    counts = {name: _count(select, pattern) for name, pattern in _COUNTS.items()}
    query = """SELECT DISTINCT ?coverage ?name ?until WHERE {
      ?coverage a lkg:Coverage ; rdfs:label ?name ; lkg:until ?until ; lkg:about ?disease .
    } ORDER BY ?name"""
    found = []
    for coverage, name, until in select(query):
        drugs, trials, results, events, seen = (
            counts[each].get(str(coverage), 0) for each in _COUNTS
        )
        share = round(100 * seen / (results + events)) if results + events else 0
        found.append(Area(str(name), drugs, trials, results, events, share, str(until)))
    return found


def _count(select: Select, pattern: str) -> dict[str, int]:
    query = f"SELECT ?coverage (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }} GROUP BY ?coverage"
    return {str(coverage): int(str(n)) for coverage, n in select(query)}


def markdown(found: list[Area]) -> str:
    """The areas as the table that the README shows."""
    lines = [
        "| area | drugs | trials | results | decisions | seen in their source | looked for until |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {a.name} | {a.drugs} | {a.trials} | {a.results} | {a.events} | {a.seen} % | {a.until} |"
        for a in found
    ]
    return "\n".join(lines) + "\n"
