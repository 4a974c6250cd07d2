"""Which results can be pooled: counts of patients, one data cut and one arm of each trial."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import msgspec

from kg.analysis.lines import Line, lines_of, trials_of
from kg.analysis.results import Select
from kg.analysis.scope import Scope
from kg.errors import BadParameter, Mismatch
from kg.grounding import Index
from kg.vocabulary import CODES, curie


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """Which arms to pool.

    Attributes:
        drug, disease: by any name (of the disease also those below it); at least one of them.
        setting: a code of the closed list, "relapsed-refractory".
        grade: of a harm, "any" or "3+"; without it of each trial any grade before others.
        every_arm: all arms of a trial, not the one that tests the drug or is largest.
    """

    drug: str = ""
    disease: str = ""
    setting: str = ""
    grade: str = ""
    every_arm: bool = False


_UNCOUNTED = "left out: no n/N of all patients is reported"
_SEVERAL = "left out: several trials together, whose patients may stand here already"
_NOT_POOLED = """SELECT DISTINCT ?trial WHERE {
  VALUES ?trial { $trials }
  ?trial lkg:arm ?arm . ?arm lkg:role ?role . FILTER(?role != "pooled")
}"""
_COUNTED = """
  ?outcome lkg:count ?count ; lkg:total ?total .
  FILTER(?total > 0)
  FILTER NOT EXISTS { ?outcome lkg:subgroup ?subgroup }
  FILTER NOT EXISTS {
    ?outcome lkg:method ?method FILTER(REGEX(?method, "kaplan|cumulative", "i"))
  }"""


def named(index: Index, chosen: Selection) -> list[str]:
    """IRIs of the drug and the disease that were named.

    Raises:
        BadParameter: neither is named, or the setting is none.
        UnknownName, AmbiguousName: see their messages.
    """
    if chosen.setting and chosen.setting not in CODES["setting"]:
        codes = ", ".join(CODES["setting"])
        raise BadParameter(f"setting {chosen.setting!r}: it is one of {codes}")
    given = (("drug", chosen.drug), ("disease", chosen.disease))
    found = [index.find(name, (kind,)) for kind, name in given if name]
    if not found:
        raise Mismatch("pool takes a drug, a disease or both: it pools no arms at large")
    return found


def poolable(wanted: Scope, name: str) -> Scope:
    """The scope, if it is one measure that counts patients; of a harm, its incidence.

    Raises:
        BadParameter: it is another kind of measure, or several.
    """
    if wanted.chosen == {"measure:adverse-event-incidence"}:
        raise Mismatch(f"{name}: name the harm itself, as 'cytokine release syndrome'")
    if len(wanted.chosen) == 1:
        (short,) = wanted.chosen
        kind = wanted.measures[short].kind
        if kind != "proportion":
            raise Mismatch(f"{name}: a {kind} does not pool: only proportions, n patients of N, do")
        return wanted
    if "adverseEvent" not in wanted.pattern:
        raise Mismatch(f"{name}: is a family of measures: name one of its measures")
    return replace(
        wanted, pattern=wanted.pattern + " ?outcome lkg:measure measure:adverse-event-incidence ."
    )


def selected(
    select: Select, index: Index, wanted: Scope, chosen: Selection
) -> tuple[list[Line], dict[str, str]]:
    """The lines to pool, and why each other trial with the measure is left out."""
    entities = named(index, chosen)
    trials = set.intersection(*(_trials(select, entity) for entity in entities))
    drug = index.label(entities[0]) if chosen.drug else ""
    every = _chosen(chosen, lines_of(select, index.label, trials, wanted, drug))
    whole = replace(wanted, pattern=wanted.pattern + _COUNTED)
    counted = _chosen(chosen, lines_of(select, index.label, trials, whole, drug))
    listed = " ".join(sorted({line.arm.trial for line in counted}))
    single = {curie(str(row[0])) for row in select(_NOT_POOLED.replace("$trials", listed))}
    lines = [line for line in counted if line.arm.role != "pooled" or line.arm.trial in single]
    left = {line.arm.trial_label: _UNCOUNTED for line in every}
    left |= {line.arm.trial_label: _SEVERAL for line in counted}
    for line in lines:
        left.pop(line.arm.trial_label, None)
    return lines if chosen.every_arm else _one_a_trial(lines), left


def _trials(select: Select, entity: str) -> set[str]:
    """IRIs of the trials of a drug, or in a disease and those below it."""
    if curie(entity).startswith("drug:"):
        return trials_of(select, entity)
    below = f"?disease rdfs:subClassOf* <{entity}> . ?trial lkg:condition ?disease"
    return {str(row[0]) for row in select(f"SELECT DISTINCT ?trial {{ {below} }}")}


def _chosen(chosen: Selection, lines: Iterable[Line]) -> list[Line]:
    return [
        line
        for line in lines
        if (not chosen.setting or chosen.setting in line.arm.settings)
        and (not chosen.grade or chosen.grade == line.result.grade)
    ]


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
