"""When a drug was allowed: decisions to periods in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from kg.rows import Rows

GRANTS = "approval accelerated-approval conditional-approval exceptional-approval re-approval"
GRANTING = frozenset(GRANTS.split())
ENDING = frozenset("suspension withdrawal market-discontinuation".split())
REOPENING = GRANTING | {"resumption"}
Period = tuple[date, date | None]


@dataclass
class Decision:
    """A regulatory event, as the figures need it.

    Attributes:
        amends: the ids of the decisions that it changes.
    """

    id: str
    drug: str
    jurisdiction: str
    kind: str
    day: date
    amends: set[str] = field(default_factory=set)


def first_us(jurisdiction: str) -> tuple[bool, bool, str]:
    """The order of jurisdictions: US, EU, then by name."""
    return jurisdiction != "US", jurisdiction != "EU", jurisdiction


def decisions(answer: Rows) -> list[Decision]:
    """The decisions in rows of event, drugLabel, jurisdiction, eventType, date and amends."""
    found: dict[str, Decision] = {}
    for row in answer:
        if row["event"] is None:
            continue
        key = str(row["event"])
        day = date.fromisoformat(str(row["date"]))
        drug, place, kind = (str(row[n]) for n in ("drugLabel", "jurisdiction", "eventType"))
        decision = found.setdefault(key, Decision(key, drug, place, kind, day))
        if row["amends"] is not None:
            decision.amends.add(str(row["amends"]))
    return sorted(found.values(), key=lambda each: (each.day, each.id))


def periods(lane: Iterable[Decision]) -> list[Period]:
    """When at least one grant among decisions was in force; the last may be open (None).

    A grant ends when one of the ``ENDING`` decisions amends it, directly or through what
    amended it, and is in force again after a resumption or a new approval that amends either.
    """
    chronicle = list(lane)
    known = {each.id: each for each in chronicle}
    histories: dict[str, list[Decision]] = {}
    for decision in chronicle:
        for root in _roots(decision, known, frozenset()):
            histories.setdefault(root, []).append(decision)
    single = [period for history in histories.values() for period in _of_one_grant(history)]
    return _union(single)


def _roots(decision: Decision, known: dict[str, Decision], seen: frozenset[str]) -> set[str]:
    seen |= {decision.id}
    earlier = [known[each] for each in decision.amends - seen if each in known]
    if not earlier:
        return {decision.id}
    return {root for each in earlier for root in _roots(each, known, seen)}


def _of_one_grant(history: list[Decision]) -> list[Period]:
    found: list[Period] = []
    for decision in history:
        is_open = bool(found) and found[-1][1] is None
        if decision.kind in REOPENING and not is_open:
            found.append((decision.day, None))
        elif decision.kind in ENDING and is_open:
            found[-1] = (found[-1][0], decision.day)
    return found


def _union(single: list[Period]) -> list[Period]:
    result: list[Period] = []
    for start, end in sorted(single, key=lambda each: each[0]):
        if not result or (result[-1][1] is not None and start > result[-1][1]):
            result.append((start, end))
        elif result[-1][1] is not None and (end is None or end > result[-1][1]):
            result[-1] = (result[-1][0], end)
    return result
