"""Pooling a proportion over the comparable arms of trials.

Pooled are only counts of patients over patients: never a Kaplan-Meier landmark, a
cumulative incidence or a median; of each trial one data cut and one arm, unless every arm
is asked for. The guard of :mod:`kg.analysis.comparability` comes first, with one dimension
more: what was given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import msgspec

from kg.analysis.comparability import Judged, differences
from kg.analysis.lines import Line, line_label, lines_of, trials_of
from kg.analysis.proportions import Pooled, pool_proportions
from kg.analysis.results import Select
from kg.analysis.scope import Scope, emptiness, known_until, scope
from kg.analysis.wording import counts
from kg.errors import BadParameter
from kg.grounding import Index
from kg.intervals import interval
from kg.vocabulary import CODES, curie


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
        header = ["study", "n/N", "per cent", "lower", "upper", "weight", "reference", "verdict"]
        body = [
            [study.label, counts(study.line.result)]
            + [f"{each:.1f}" for each in (study.proportion, study.lower, study.upper)]
            + ["" if study.weight is None else f"{study.weight:.1f}"]
            + [study.line.result.reference.partition(":")[2], self.remark]
            for study in self.studies
        ]
        if found := self.pooled:
            bounds = (found.estimate, found.lower, found.upper)
            total = [sum(study.count for study in self.studies)]
            total += [sum(study.total for study in self.studies)]
            row = ["random effects", "{}/{}".format(*total), *(f"{each:.1f}" for each in bounds)]
            body.append([*row, "100.0", "", self.remark])
        return header, body


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """Which arms to pool.

    Attributes:
        drug, disease: by any name (of the disease also those below it); at least one of them.
        setting: a code of the closed list, "relapsed-refractory".
        every_arm: all arms of a trial, not the one that tests the drug or is largest.
    """

    drug: str = ""
    disease: str = ""
    setting: str = ""
    every_arm: bool = False


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
    if chosen.setting and chosen.setting not in CODES["setting"]:
        codes = ", ".join(CODES["setting"])
        raise BadParameter(f"setting {chosen.setting!r}: it is one of {codes}")
    wanted = _poolable(scope(select, index, measure), measure)
    trials, entity = _trials(select, index, chosen)
    drug = index.label(entity[0]) if chosen.drug else ""
    among = ", ".join(filter(None, [*map(index.label, entity), chosen.setting]))
    every = _in(chosen.setting, lines_of(select, index, trials, wanted, drug))
    whole = replace(wanted, pattern=wanted.pattern + _COUNTED)
    counted = _in(chosen.setting, lines_of(select, index, trials, whole, drug))
    single = {curie(str(row[0])) for row in select(_NOT_POOLED)}
    lines = [line for line in counted if line.arm.role != "pooled" or line.arm.trial in single]
    left = {line.arm.trial_label: _UNCOUNTED for line in every}
    left |= {line.arm.trial_label: _SEVERAL for line in counted}
    for line in lines:
        left.pop(line.arm.trial_label, None)
    if not chosen.every_arm:
        lines = _one_a_trial(lines)
    return _judged(
        sorted(lines, key=lambda line: line_label(line, lines)),
        anyway=anyway,
        measure=wanted.label,
        definition=wanted.definition,
        among=among,
        left_out=tuple(f"{trial}: {why}" for trial, why in sorted(left.items())),
        empty=()
        if lines
        else (emptiness(select, entity[0], f"n/N for {wanted.label} of {among}"),),
        known=known_until(select),
    )


_UNCOUNTED = "left out: no n/N of all patients is reported"
_SEVERAL = "left out: several trials together, whose patients may stand here already"
_NOT_POOLED = """SELECT DISTINCT ?trial WHERE {
  ?trial lkg:arm ?arm . ?arm lkg:role ?role . FILTER(?role != "pooled")
}"""
_COUNTED = """
  ?outcome lkg:count ?count ; lkg:total ?total .
  FILTER(?total > 0)
  FILTER NOT EXISTS { ?outcome lkg:subgroup ?subgroup }
  FILTER NOT EXISTS {
    ?outcome lkg:method ?method FILTER(REGEX(?method, "kaplan|cumulative", "i"))
  }"""


def _poolable(wanted: Scope, name: str) -> Scope:
    """The scope, if it is one measure that counts patients; of a harm, its incidence."""
    if len(wanted.chosen) == 1:
        (short,) = wanted.chosen
        kind = wanted.measures[short].kind
        if kind != "proportion":
            raise BadParameter(
                f"{name}: a {kind} does not pool: only proportions, n patients of N, do"
            )
        return wanted
    if "adverseEvent" not in wanted.pattern:
        raise BadParameter(f"{name}: is a family of measures: name one of its measures")
    return replace(
        wanted, pattern=wanted.pattern + " ?outcome lkg:measure measure:adverse-event-incidence ."
    )


def _trials(select: Select, index: Index, chosen: Selection) -> tuple[set[str], list[str]]:
    """IRIs of the trials of a drug, a disease or both, and of what was named."""
    found: list[set[str]] = []
    named = []
    if chosen.drug:
        named.append(index.find(chosen.drug, ("drug",)))
        found.append(trials_of(select, named[-1]))
    if chosen.disease:
        named.append(index.find(chosen.disease, ("disease",)))
        below = f"?disease rdfs:subClassOf* <{named[-1]}> . ?trial lkg:condition ?disease"
        found.append({str(row[0]) for row in select(f"SELECT DISTINCT ?trial {{ {below} }}")})
    if not found:
        raise BadParameter("pool takes a drug, a disease or both: it pools no arms at large")
    return set.intersection(*found), named


def _in(setting: str, lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if not setting or setting in line.arm.settings]


def _one_a_trial(lines: Iterable[Line]) -> list[Line]:
    """Of each trial the arm that tests the drug; of several the largest, any grade first."""
    roles = ("experimental", "single", "", "pooled", "comparator")

    def rank(line: Line) -> tuple[int, bool, int, str]:
        role = roles.index(line.arm.role) if line.arm.role in roles else len(roles)
        grade = line.result.grade not in ("", "any")
        return role, grade, -(line.result.total or 0), line.arm.id

    best: dict[str, Line] = {}
    for line in sorted(lines, key=rank):
        best.setdefault(line.arm.trial, line)
    return list(best.values())


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
