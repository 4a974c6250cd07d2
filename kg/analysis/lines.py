"""Lines of a comparison: each arm of a trial, or of a drug, with the result that stands for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from kg.analysis.choice import by_arm
from kg.analysis.records import Arm, Result
from kg.analysis.results import Select, arms, results
from kg.analysis.scope import Scope
from kg.intervals import interval
from kg.vocabulary import curie, iri


class Line(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One arm with the result that stands for it.

    Attributes:
        name: the trial or drug that was asked for.
        endpoint: the measure, and for a harm the event and grade.
        value, lower, upper: in the unit of the result.
        computed: what was not reported but computed from n/N: "value", "interval" (exact,
            Clopper and Pearson 1934, 95 %).
        others: the results that the rule of :mod:`kg.analysis.choice` put behind.
        rank: place by value, highest first; None where there is no ranking.
    """

    arm: Arm
    endpoint: str
    result: Result
    value: float | None
    lower: float | None
    upper: float | None
    computed: tuple[str, ...]
    others: tuple[Result, ...]
    name: str = ""
    rank: int | None = None


def lines_of(
    select: Select,
    label: Callable[[str], str],
    trials: Iterable[str],
    wanted: Scope,
    drug: str = "",
) -> list[Line]:
    """The arms of trials, each with its best result for each endpoint.

    Arms that pool others are left out where the others have results of their own: their
    patients would stand there twice.

    Args:
        label: the label of an IRI.
        trials: IRIs.
        drug: label of a drug, for only the arms that give it.
    """
    every = results(select, trials, wanted.pattern)
    reported = [each for each in every if not each.comparator]
    known = arms(select, label, {iri(each.trial).value for each in reported})
    found = []
    for (whole, endpoint), group in by_arm(reported, known).items():
        arm = known.get(group[0].arm) or known[whole]
        if not drug or drug in arm.drugs:
            found.append(_line(arm, endpoint, group))
    single = {(each.arm.trial, each.endpoint) for each in found if each.arm.role != "pooled"}
    return [
        each
        for each in found
        if each.arm.role != "pooled" or (each.arm.trial, each.endpoint) not in single
    ]


def trials_of(select: Select, entity: str) -> set[str]:
    """IRIs of the trials with an arm that gives a drug; of a trial, itself."""
    if not curie(entity).startswith("drug:"):
        return {entity}
    query = f"SELECT DISTINCT ?trial {{ ?arm lkg:drug <{entity}> . ?trial lkg:arm ?arm }}"
    return {str(row[0]) for row in select(query)}


def line_label(line: Line, among: Iterable[Line]) -> str:
    """What a line is called among others: its trial, with the arm where there are several."""
    arms_of_trial = {each.arm.label for each in among if each.arm.trial == line.arm.trial}
    trial = line.arm.trial_label
    return trial if len(arms_of_trial) == 1 else f"{trial}, {line.arm.label}"


def once(lines: Iterable[Line]) -> list[Line]:
    """Each arm once, also where two names lead to it, by trial."""
    kept = {(line.arm.id, line.endpoint): line for line in lines}
    return sorted(
        kept.values(), key=lambda each: (each.arm.trial_label, each.arm.label, each.endpoint)
    )


def _line(arm: Arm, endpoint: str, group: list[Result]) -> Line:
    best, others = group[0], tuple(group[1:])
    value, lower, upper = best.value, best.lower, best.upper
    computed: tuple[str, ...] = ()
    if best.count is not None and best.total:
        if value is None:
            value, computed = 100 * best.count / best.total, (*computed, "value")
        if lower is None and upper is None:
            lower, upper = interval(best.count, best.total, 0.95, "exact")
            computed = (*computed, "interval")
    return Line(
        arm=arm,
        endpoint=endpoint,
        result=best,
        value=value,
        lower=lower,
        upper=upper,
        computed=computed,
        others=others,
    )


def ranked(lines: list[Line]) -> list[Line]:
    """By value, highest first, each unit by itself; equal values share a place."""
    ordered = sorted(lines, key=lambda each: (each.result.unit or "%", -(each.value or 0)))
    values = [(line.result.unit or "%", line.value) for line in ordered]
    first = {unit: [u for u, _ in values].index(unit) for unit, _ in values}
    return [
        msgspec.structs.replace(line, rank=values.index(value) - first[value[0]] + 1)
        for line, value in zip(ordered, values, strict=True)
        if line.value is not None
    ] + [line for line in ordered if line.value is None]
