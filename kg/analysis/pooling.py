"""Pooling a proportion over the comparable arms of trials.

Pooled are only counts of patients over patients: never a Kaplan-Meier landmark, a
cumulative incidence or a median; of each trial one data cut and one arm, unless every arm
is asked for. The guard of :mod:`kg.analysis.comparability` comes first, with one dimension
more: what was given.
"""

from __future__ import annotations

from typing import Any

import msgspec

from kg.analysis.comparability import Judged, differences
from kg.analysis.lines import Line, line_label
from kg.analysis.proportions import Pooled, pool_proportions
from kg.analysis.results import Select
from kg.analysis.scope import emptiness, known_until, scope
from kg.analysis.selection import Selection, named, poolable, selected
from kg.analysis.wording import counts
from kg.errors import BadParameter
from kg.grounding import Index
from kg.intervals import interval


class Study(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One arm of a pooled analysis.

    Attributes:
        count, total: n of N patients.
        proportion, lower, upper: per cent, with the exact 95 % interval of Clopper and
            Pearson (1934).
        weight: per cent of the pooled estimate; None where nothing was pooled.
    """

    label: str
    line: Line
    count: int
    total: int
    proportion: float
    lower: float
    upper: float
    weight: float | None


class Pooling(Judged, frozen=True, kw_only=True, rename="camel"):
    """Studies of one proportion, and their pooled estimate unless they are not comparable.

    Attributes:
        verdict: "pooled", "refused", "pooled anyway" or "nothing to pool".
        among: of whom, as asked.
        pooled: per cent; None if refused or if there is no study.
        left_out: trials that report the measure in another form, and why they are not here.
    """

    among: str
    studies: tuple[Study, ...]
    pooled: Pooled | None
    left_out: tuple[str, ...]

    @property
    def remark(self) -> str:
        """The verdict in a sentence."""
        if len(self.studies) == 1:
            return "one study, which stands for itself"
        return {
            "refused": f"not pooled: the studies differ in {self.differing}",
            "pooled anyway": f"pooled anyway: {self.anyway}; differs in {self.differing}",
            "pooled": "pooled: no difference was found",
        }.get(self.verdict, "nothing to pool")

    def table(self) -> tuple[list[str], list[list[str]]]:
        """One flat table: a study a row, then the pooled estimate."""
        header = ["study", "measure", "n/N", "per cent", "lower", "upper", "weight", "reference"]
        body = [
            [study.label, study.line.endpoint, counts(study.line.result)]
            + [f"{each:.1f}" for each in (study.proportion, study.lower, study.upper)]
            + ["" if study.weight is None else f"{study.weight:.1f}"]
            + [study.line.result.reference.partition(":")[2], self.remark]
            for study in self.studies
        ]
        if found := self.pooled:
            bounds = (found.estimate, found.lower, found.upper)
            total = [sum(study.count for study in self.studies)]
            total += [sum(study.total for study in self.studies)]
            row = ["random effects", "", "{}/{}".format(*total), *(f"{e:.1f}" for e in bounds)]
            body.append([*row, "100.0", "", self.remark])
        return [*header, "verdict"], body


def pool(
    select: Select, index: Index, measure: str, chosen: Selection, anyway: str = ""
) -> Pooling:
    """Pool a proportion over arms.

    Args:
        select: answers SELECT queries.
        measure: a measure of kind "proportion", or a harm, by any name.
        anyway: a reason to pool what differs.

    Raises:
        BadParameter: the measure does not pool, or nothing says which arms.
        UnknownName, AmbiguousName: see their messages.
    """
    if anyway and not anyway.strip():
        raise BadParameter("anyway takes a reason, which then stands beside the estimate")
    wanted = poolable(scope(select, index, measure), measure)
    entities = named(index, chosen)
    grade = f"grade {chosen.grade}" if chosen.grade else ""
    among = ", ".join(filter(None, [*map(index.label, entities), chosen.setting, grade]))
    lines, left = selected(select, index, wanted, chosen)
    looked_for = f"n/N for {wanted.label} of {among}"
    return _judged(
        sorted(lines, key=lambda line: line_label(line, lines)),
        anyway=anyway,
        measure=wanted.label,
        definition=wanted.definition,
        among=among,
        left_out=tuple(f"{trial}: {why}" for trial, why in sorted(left.items())),
        empty=() if lines else (emptiness(select, entities[0], looked_for),),
        known=known_until(select),
    )


def _judged(lines: list[Line], *, anyway: str, **about: Any) -> Pooling:
    """The verdict on lines, and the estimate that follows from it."""
    labels = {line.arm.id: line_label(line, lines) for line in lines}
    differing = differences(lines, lambda line: labels[line.arm.id], extra=("treatment",))
    verdict = "pooled" if lines else "nothing to pool"
    if any(each.reason for each in differing):
        verdict = "pooled anyway" if anyway else "refused"
    numbers = [(line.result.count or 0, line.result.total or 0) for line in lines]
    pooled = pool_proportions(numbers) if verdict.startswith("pooled") else None
    studies = []
    for i, (line, (count, total)) in enumerate(zip(lines, numbers, strict=True)):
        lower, upper = interval(count, total, 0.95, "exact")
        studies.append(
            Study(
                label=labels[line.arm.id],
                line=line,
                count=count,
                total=total,
                proportion=100 * count / total,
                lower=lower,
                upper=upper,
                weight=pooled.weights[i] if pooled else None,
            )
        )
    return Pooling(
        studies=tuple(studies),
        pooled=pooled,
        verdict=verdict,
        differences=tuple(differing),
        anyway=anyway if verdict == "pooled anyway" else "",
        **about,
    )
