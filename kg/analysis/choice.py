"""Which of several results of one arm stands for it: the rule, in order.

1. The whole arm before a part of it, all its patients before a subgroup, all who were
   treated before the responders among them.
2. The analysis set: intention to treat and the agency's set, then modified sets and all
   enrolled, then treated, infused or evaluable, then unstated.
3. The source: article, label, notice or registry record, then abstract, then the rest.
4. The latest data cut (where it is not stated, the day the source was issued).
5. Numerator and denominator before a percentage alone; an interval before none.

Nothing is dropped: the results that were not chosen are listed with the one that was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from kg.analysis.records import Arm, Result

_SETS = {
    **dict.fromkeys(("intention-to-treat", "agency-set"), 0),
    **dict.fromkeys(("modified-itt", "enrolled"), 1),
    **dict.fromkeys(("unstated", ""), 3),
}
_SOURCES = {
    **dict.fromkeys(("Article", "Label", "RegulatoryNotice", "RegistryRecord"), 0),
    "Abstract": 1,
}


def best_first(results: Iterable[Result], arms: Mapping[str, Arm]) -> list[Result]:
    """The results of one arm and one endpoint, the one that stands for it first."""

    def rank(result: Result) -> tuple[object, ...]:
        arm = arms.get(result.arm)
        cut = date.fromisoformat(result.data_cutoff or result.issued)
        return (
            bool(arm and arm.part_of),
            bool(result.subgroup),
            bool(result.among),
            _SETS.get(result.population, 2),
            _SOURCES.get(result.reference_type, 2),
            -cut.toordinal(),
            result.count is None or result.total is None,
            result.lower is None,
            result.outcome,
        )

    return sorted(results, key=rank)


def by_arm(
    results: Iterable[Result], arms: Mapping[str, Arm]
) -> dict[tuple[str, str], list[Result]]:
    """The results of each whole arm and endpoint, parts with the arm that they are part of.

    An endpoint is a measure, and for a harm the event and the grade.
    """
    found: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for result in results:
        found[_whole(result, arms), endpoint(result)].append(result)
    return {key: best_first(group, arms) for key, group in sorted(found.items())}


def endpoint(result: Result) -> str:
    """What was counted: "cr-or-cri"; for a harm with the event and its grade."""
    parts = (result.measure, result.adverse_event)
    named = ", ".join(each.partition(":")[2] for each in parts if each)
    return f"{named}, grade {result.grade}" if result.grade else named


def _whole(result: Result, arms: Mapping[str, Arm]) -> str:
    """The arm that an arm is part of, up to the whole; a trial's only arm for all patients."""
    identifier, seen = result.arm, set[str]()
    while (arm := arms.get(identifier)) and arm.part_of in arms and identifier not in seen:
        seen.add(identifier)
        identifier = arm.part_of
    if identifier:
        return identifier
    own = [arm for arm in arms.values() if arm.trial == result.trial and arm.id != arm.trial]
    roots = [arm.id for arm in own if not arm.part_of]
    return roots[0] if len(roots) == 1 else result.trial
