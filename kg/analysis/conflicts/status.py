"""A status that somebody reports, against the decisions on record by that day.

Only the first words of the report count, since the rest may speak of other places or uses.
What is not on record contradicts nobody: "approved" is doubted only where the first approval
of the drug for that disease in that jurisdiction is dated later.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from kg.analysis.conflicts.model import STATUS, Conflict, Select, Source, detected
from kg.analysis.conflicts.reading import Said, said

GRANTS = (
    "approval accelerated-approval conditional-approval exceptional-approval re-approval".split()
)
ENDS = ("suspension", "withdrawal", "market-discontinuation")
_NOT_APPROVED = re.compile(
    r"(still |currently )?(investigational|under investigation|unapproved|not (yet )?"
    r"(approved|authori[sz]ed))\b",
    re.IGNORECASE,
)
_APPROVED = re.compile(
    r"(full(y)? |accelerated |conditional )?(approved|approval|authori[sz]ed)\b(?! withdrawn)",
    re.IGNORECASE,
)


def read(select: Select, drugs: str = "") -> list[Said]:
    """Regulatory events: all, or those of the drugs of a VALUES block of ``?drug``."""
    return said(select, f"{drugs} ?node lkg:drug ?drug ; lkg:eventType ?type .")


def find(
    events: list[Said],
    ancestors: dict[str, frozenset[str]],
    explained: frozenset[frozenset[str]] = frozenset(),
) -> Iterator[Conflict]:
    """Reports of a status that the events on record contradict.

    Args:
        ancestors: of each disease, itself and all that it is a kind of.
        explained: pairs of nodes whose disagreement is on record already.
    """
    on_record: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for event in events:
        on_record[event["drug"], event["jurisdiction"]].append(event)
    for report in events:
        if report["eventType"] != "status-report" or not report["indication"]:
            continue
        related = [
            event
            for event in on_record[report["drug"], report["jurisdiction"]]
            if _same_use(report, event, ancestors)
        ]
        against = [
            each
            for each in _contradicting(report, related)
            if frozenset((report.node, each.node)) not in explained
        ]
        if against:
            sides = [each.side() for each in (report, *against)]
            kind = _kind(report.source)
            yield detected(kind, (report.node,), [report["drug"]], sides, STATUS)


def _same_use(report: Said, event: Said, ancestors: dict[str, frozenset[str]]) -> bool:
    one, other = report["indication"], event["indication"]
    kin = other in ancestors.get(one, {one}) or one in ancestors.get(other, {other})
    settings = {report["setting"], event["setting"]} - {"", "any"}
    return bool(one and other) and kin and len(settings) < 2


def _contradicting(report: Said, events: list[Said]) -> list[Said]:
    grants = sorted((e for e in events if e["eventType"] in GRANTS), key=lambda e: e["date"])
    before = [grant for grant in grants if grant["date"] < _start(report)]
    if _NOT_APPROVED.match(report["reported"]):
        ended = {
            each["amends"]
            for each in events
            if each["eventType"] in ENDS and each["date"] <= report["date"]
        }
        return [grant for grant in before if grant.node not in ended]
    if _APPROVED.match(report["reported"]) and grants and _start(grants[0]) > report["date"]:
        return grants[:1]
    return []


def _start(event: Said) -> str:
    """The first day that a partial date can mean, to compare as text."""
    return event["date"][: {"year": 4, "month": 7}.get(event["datePrecision"], 10)]


def _kind(source: Source) -> str:
    return "press-against-primary" if source.kind == "PressArticle" else "error"
