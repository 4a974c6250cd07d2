"""Results of the same thing that cannot both be right as they stand.

Two results are about the same thing when trial (or whatever an observation is about), arm,
comparator, measure, adverse event, grade, subgroup, denominating measure (among), time point,
timing and unit agree. They are compatible when, with the precision of each, one true figure could
have been printed as both. What they differ in besides names the kind of the conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import combinations

from kg.analysis.conflicts.model import RESULT, Conflict, Select, Side, by_reference, detected
from kg.analysis.conflicts.reading import DEFINING, Said, said

_SAME = (
    "trial about arm comparator measure adverseEvent grade subgroup among timePoint unit timing"
).split()
_SIZE = "measure:patients"  # of another population it is another number, not another denominator
# Of anything but a trial, other studies of the same measure are other populations.
_OF_A_MOLECULE = "measure:drug-antibody-ratio"
_OPEN = ("", "unstated")

Explained = Collection[frozenset[str]]


def read(select: Select, nodes: str = "") -> list[Said]:
    """Outcomes, and observations that can disagree: all, or those of a VALUES block."""
    found = said(select, nodes or "?node lkg:measure ?measure .")
    return [each for each in found if not each.source.superseded and _can_disagree(each)]


def _can_disagree(each: Said) -> bool:
    subject = each["trial"] or each["about"]
    return subject.startswith("trial:") or each["measure"] == _OF_A_MOLECULE


def thing(each: Said) -> tuple[str, ...]:
    """What a result is about: equal for results that can be set against each other."""
    return tuple(each[name].casefold() for name in _SAME)


def find(results: list[Said], explained: Explained = frozenset()) -> Iterator[Conflict]:
    """The conflicts among results: one for each kind and thing, with every side of it.

    Args:
        explained: pairs of nodes whose disagreement is on record already.
    """
    groups: dict[tuple[str, ...], list[Said]] = defaultdict(list)
    for each in results:
        groups[thing(each)].append(each)
    for key, group in groups.items():
        sides: dict[str, set[Side]] = defaultdict(set)
        for one, other in combinations(group, 2):
            if compatible(one, other) or frozenset((one.node, other.node)) in explained:
                continue
            if kind := classify(one, other):
                sides[kind] |= {one.side(), other.side()}
        about = group[0]["trial"] or group[0]["about"]
        for kind, found in sides.items():
            yield detected(kind, key, [about], found, RESULT)


def compatible(one: Said, other: Said) -> bool:
    """Whether one true figure could have been printed as both; so is what cannot be compared."""
    first, second = _span(one), _span(other)
    if first is None or second is None:
        return True
    slack = 1e-9
    return first[0] <= second[1] + slack and second[0] <= first[1] + slack


def _span(each: Said) -> tuple[float, float] | None:
    """The figures that would be printed as this one.

    A count of a total is known to a whole per cent only, since totals differ by a few patients
    between reports; an observed range ("2-3" drugs per antibody) is that range.
    """
    if each["value"] and "|" not in each["value"]:
        return _rounded(each["value"], each["value"])
    if each["count"] and each["total"] not in ("", "0") and each["unit"] in ("%", ""):
        share = 100 * float(each["count"]) / float(each["total"])
        return share - 0.5, share + 0.5
    if each["measure"] == _OF_A_MOLECULE and each["lower"] and each["upper"]:
        return _rounded(each["lower"], each["upper"])
    return None


def _rounded(low: str, high: str) -> tuple[float, float]:
    half = [0.5 * 10.0 ** -len(text.partition(".")[2]) for text in (low, high)]
    return float(low) - half[0], float(high) + half[1]


def classify(one: Said, other: Said) -> str:
    """The kind of conflict between two incompatible results, by what they differ in; "" if none.

    One reference that gives two figures sets its own analyses side by side on purpose, unless
    they stand in two places of it and nothing tells them apart, their total included. A harm
    that only one side qualifies ("leading to discontinuation") is another harm.
    """
    kind = _difference(one, other)
    if one.source.id == other.source.id:
        places = one["locator"] != other["locator"]
        same = bool(one["total"]) and one["total"] == other["total"]
        return "error" if places and same and not kind else ""
    if one["adverseEvent"] and kind == "definition" and not all(map(_defined, (one, other))):
        return ""
    kind = kind or by_reference(one.source, other.source)
    return "" if kind == "error" and _half_stated(one, other) else kind


def _half_stated(one: Said, other: Said) -> bool:
    """Whether one side says what the other leaves open, which may be the difference."""
    names = ("population", "assessor", "dataCutoff", "followUp")
    return any((one[n] in _OPEN) != (other[n] in _OPEN) for n in names)


def _defined(each: Said) -> bool:
    return any(each[name] for name in DEFINING)


def _difference(one: Said, other: Said) -> str:
    if _differ(one, other, "dataCutoff") or _differ(one, other, "followUp"):
        return "data-cut"
    if _differ(one, other, "assessor"):
        return "assessor"
    if any(_another_definition(one[name], other[name]) for name in DEFINING):
        return "definition"
    if _differ(one, other, "population"):
        return "" if one["measure"] == _SIZE else "denominator"
    if _differ(one, other, "total"):
        return "denominator"
    return ""


def _another_definition(one: str, other: str) -> bool:
    """Whether two texts define differently; one that only says more than the other does not."""
    first, second = one.casefold(), other.casefold()
    return first != second and not (first and second and (first in second or second in first))


def _differ(one: Said, other: Said, name: str) -> bool:
    """Whether both state it, and not the same."""
    stated = one[name] not in _OPEN and other[name] not in _OPEN
    return stated and one[name] != other[name]
