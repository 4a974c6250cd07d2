"""How much the graph holds: of everything, and of each area that it claims to cover.

``python -m kg.coverage README.md`` writes the tables into the README.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

from kg.errors import BadParameter
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


_START = "<!-- generated: python -m kg.coverage README.md -->\n"
_END = "<!-- end -->"
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


_TOTALS = (
    *("Drug", "Target", "Mechanism", "Biomarker", "Disease", "Trial", "Arm", "Outcome"),
    *("Observation", "RegulatoryEvent", "Statement", "Conflict", "Reference"),
)


def class_counts(select: Select) -> dict[str, int]:
    """The number of entities or nodes of each class, by the class's local name."""
    rows = select("SELECT ?class (COUNT(DISTINCT ?s) AS ?n) { ?s a ?class } GROUP BY ?class")
    return {str(name).rpartition("#")[2]: int(str(n)) for name, n in rows}


def totals(select: Select) -> dict[str, int]:
    """The number of entities or nodes of each main class."""
    counts = class_counts(select)
    return {name: counts.get(name, 0) for name in _TOTALS}


def shares(select: Select) -> dict[str, tuple[int, int]]:
    """Of each class with marks: how many there are, and the per cent seen in their source."""
    query = """SELECT ?class (COUNT(?node) AS ?all) (SUM(IF(?checked = "source", 1, 0)) AS ?seen) {
      GRAPH ?reference { ?node a ?class ; lkg:checked ?checked }
      FILTER(?reference != lkg:descriptions)
    } GROUP BY ?class ORDER BY ?class"""
    return {
        str(name).rpartition("#")[2]: (int(str(n)), round(100 * int(str(seen)) / int(str(n))))
        for name, n, seen in select(query)
    }


def block(select: Select) -> str:
    """All tables, as the README shows them."""
    numbers = totals(select)
    head = "| " + " | ".join(numbers) + " |\n" + "|---" * len(numbers) + "|\n"
    row = "| " + " | ".join(f"{n:,}" for n in numbers.values()) + " |\n"
    lines = ["| what is claimed | number | seen in their source |", "|---|---|---|"]
    lines += [f"| {name} | {n:,} | {share} % |" for name, (n, share) in shares(select).items()]
    return "\n".join([head + row, "\n".join(lines) + "\n", markdown(areas(select))])


def written(text: str, select: Select) -> str:
    """A text with the tables between its marks made anew."""
    before, mark, rest = text.partition(_START)
    _, end, after = rest.partition(_END)
    if not mark or not end:
        raise BadParameter(f"the text has no place for the tables ({_START.strip()} ... {_END})")
    return f"{before}{_START}{block(select)}{_END}{after}"


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


if __name__ == "__main__":
    from kg.graph import load

    place = Path(sys.argv[1])
    place.write_text(written(place.read_text(encoding="utf-8"), load().select), encoding="utf-8")
