"""What changed between two days: what became known, decided, contradicted.

There are two clocks: the day of an event, and the day from which its reference could be
known. A change belongs to the day on which both had passed, so that the changes from a to b and
from b to c are those from a to c: an event that was known on its day is listed on its day, one
that was told of later on the day when it could be known, and is marked. The first day itself is
not part of the time: the changes are what a view as of the last day has over one as of the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date

import msgspec

from kg.analysis.sources import Select
from kg.cards import Link
from kg.errors import Mismatch
from kg.rows import Rows
from kg.vocabulary import curie

_DECISIONS = {
    **dict.fromkeys(
        ("approval", "accelerated-approval", "conditional-approval", "exceptional-approval"),
        "approved",
    ),
    "re-approval": "approved again",
    "conversion": "converted",
    "label-change": "label changed",
    "boxed-warning": "warned",
    "companion-diagnostic": "test decided on",
    "advisory-opinion": "advised on",
    "refusal": "refused",
    "application-withdrawal": "application withdrawn",
    "clinical-hold": "put on hold",
    "hold-lifted": "hold lifted",
    "suspension": "suspended",
    "resumption": "resumed",
    "withdrawal": "withdrawn",
    "market-discontinuation": "discontinued",
    "designation": "designated",
    "status-report": "status reported",
}
_EVENTS = """SELECT ?date ?issued ?eventType ?drug ?label ?reference ?precision WHERE {
  GRAPH ?reference {
    ?event a lkg:RegulatoryEvent ; lkg:drug ?drug ; lkg:eventType ?eventType ;
           lkg:date ?date ; rdfs:label ?label
  }
  ?reference dcterms:issued ?issued .
  OPTIONAL { ?event lkg:datePrecision ?precision }
}"""
_MENTIONS = """SELECT DISTINCT ?kind ?entity ?reference WHERE {
  VALUES (?class ?kind) { (lkg:Drug "drug") (lkg:Trial "trial") }
  ?entity a ?class .
  { GRAPH ?reference { ?entity ?says ?value } } UNION { GRAPH ?reference { ?node ?of ?entity } }
}"""
_ISSUED = "SELECT ?reference ?issued { ?reference dcterms:issued ?issued }"
_RESULTS = """SELECT ?issued ?trial ?measure ?reference (COUNT(DISTINCT ?outcome) AS ?n) WHERE {
  GRAPH ?reference { ?outcome a lkg:Outcome ; lkg:trial ?trial ; lkg:measure ?measures }
  ?reference dcterms:issued ?issued .
  FILTER(?issued > "$start"^^xsd:date && ?issued <= "$end"^^xsd:date)
  ?measures rdfs:label ?measure .
} GROUP BY ?issued ?trial ?measure ?reference ORDER BY ?measure"""
_CONFLICTS = """SELECT ?conflict ?about ?explanation ?issued ?reference WHERE {
  ?conflict a lkg:Conflict ; lkg:about ?about ; rdfs:comment ?explanation ; lkg:between ?side .
  GRAPH ?reference { ?side a ?type }
  ?reference dcterms:issued ?issued .
}"""


class Change(msgspec.Struct, frozen=True):
    """One change.

    Attributes:
        date: of the event, or when it could be known; a partial date as it was reported.
        known: when it could be known: later than the date, or earlier if it was announced.
        late: whether an event became known only after its day (or month, or year).
        kind: "approved", "withdrawn" ..., "drug" or "trial" (first written about), "results",
            "contradicted".
        about: the drug, the trial, or what a conflict is about.
        what: in one line.
        reference: who says so; of a conflict, the side that became known last.
    """

    date: str
    known: str
    late: bool
    kind: str
    about: Link
    what: str
    reference: str


def changes(select: Select, start: date, end: date, label: Callable[[str], str]) -> list[Change]:
    """What changed after one day and until another, in order of time.

    Args:
        select: answers SELECT queries.
        start, end: the days.
        label: from an IRI to its label.

    Raises:
        Mismatch: the first day is after the last.
    """
    if start > end:
        raise Mismatch(f"from {start} to {end}: the first day is after the last one")
    found = [*_decisions(select, label), *_first_mentions(select, label)]
    found += [*_results(select, start, end, label), *_contradictions(select, label)]
    within = ((day, each) for day, each in found if start.isoformat() < day <= end.isoformat())
    return [each for _, each in sorted(set(within), key=_order)]


Dated = Iterator[tuple[str, Change]]  # by the day to which a change belongs


def _order(dated: tuple[str, Change]) -> tuple[str, ...]:
    day, change = dated
    return day, change.kind, change.about.id, change.what, change.reference


def _texts(rows: Rows) -> Iterator[tuple[str, ...]]:
    return (tuple(str(cell or "") for cell in row) for row in rows)


def _decisions(select: Select, label: Callable[[str], str]) -> Dated:
    for row in _texts(select(_EVENTS)):
        day, known, event_type, drug, what, reference, precision = row
        shown = day[: {"year": 4, "month": 7}.get(precision, 10)]
        late = known[: len(shown)] > shown
        about = Link(curie(drug), label(drug))
        kind = _DECISIONS.get(event_type, event_type)
        yield max(day, known), Change(shown, known, late, kind, about, what, curie(reference))


def _first_mentions(select: Select, label: Callable[[str], str]) -> Dated:
    first: dict[tuple[str, str], tuple[str, str]] = {}
    issued_on = {str(reference): str(issued) for reference, issued in select(_ISSUED)}
    for kind, entity, reference in _texts(select(_MENTIONS)):
        if reference in issued_on:
            said = (issued_on[reference], reference)
            first[kind, entity] = min(first.get((kind, entity), said), said)
    for (kind, entity), (issued, reference) in first.items():
        about = Link(curie(entity), label(entity))
        what = f"{about.label} is first written about"
        yield issued, Change(issued, issued, False, kind, about, what, curie(reference))


def _results(select: Select, start: date, end: date, label: Callable[[str], str]) -> Dated:
    query = _RESULTS.replace("$start", start.isoformat()).replace("$end", end.isoformat())
    reported: dict[tuple[str, str, str], list[tuple[str, int]]] = defaultdict(list)
    for issued, trial, measure, reference, n in _texts(select(query)):
        reported[issued, trial, reference].append((measure, int(n)))
    for (issued, trial, reference), measures in reported.items():
        number = sum(n for _, n in measures)
        what = f"{number} result{'s' * (number > 1)}: {', '.join(name for name, _ in measures)}"
        about = Link(curie(trial), label(trial))
        yield issued, Change(issued, issued, False, "results", about, what, curie(reference))


def _contradictions(select: Select, label: Callable[[str], str]) -> Dated:
    last: dict[tuple[str, str, str], tuple[str, str]] = {}
    for conflict, about, explanation, issued, reference in _texts(select(_CONFLICTS)):
        key, said = (conflict, about, explanation), (issued, reference)
        last[key] = max(last.get(key, said), said)
    for (_, entity, what), (issued, reference) in last.items():
        named = Link(curie(entity), label(entity))
        yield issued, Change(issued, issued, False, "contradicted", named, what, curie(reference))
