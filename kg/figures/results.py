"""Reported results as the rows and facets of an evidence map."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

from kg.figures.style import wrapped
from kg.rows import Row

LIMIT, MEASURES = 40, 5  # arms, facets
_FAMILIES = ("response", "mrd", "survival", "transplant")
_NAME = 42  # characters of an arm's name in a line


class Result(NamedTuple):
    """A result as it is drawn; None where it was not reported."""

    arm: str
    name: str
    compares: bool
    measure: str
    family: str
    kind: str
    value: float
    lower: float | None
    upper: float | None
    total: int | None


def named(shown: list[Result]) -> dict[str, str]:
    """The name of each arm, trials together and comparators last."""
    found = sorted(
        {(each.name.partition(":")[0], each.compares, each.name, each.arm) for each in shown}
    )
    return {arm: name for *_, name, arm in found}


def result(row: Row) -> Result:
    """What a row of the question reports."""
    name = f"{row['trialLabel']}: {row['armLabel']}"
    value = float(str(row["value"]))
    bounds = (_number(row, "lower"), _number(row, "upper"))
    total = _number(row, "total")
    return Result(
        str(row["arm"]),
        wrapped(name, _NAME, 3),
        str(row["role"]) == "comparator",
        measure_of(row),
        str(row["family"]),
        str(row["kind"]),
        value,
        *bounds,
        None if total is None else int(total),
    )


def measure_of(row: Row) -> str:
    """What a facet is headed with: results in different units never share an axis."""
    return f"{row['measureLabel']}, {row['unit']}"


def _number(row: Row, name: str) -> float | None:
    return None if row[name] is None else float(str(row[name]))


def chosen(results: list[Result]) -> tuple[list[str], set[str]]:
    """The measures reported of most arms, and the arms with most of these measures."""
    wanted = [each for each in results if each.family in _FAMILIES] or results
    of_measure: dict[str, set[str]] = defaultdict(set)
    patients: dict[str, int] = defaultdict(int)
    for each in wanted:
        of_measure[each.measure].add(each.arm)
        patients[each.arm] = max(patients[each.arm], each.total or 0)
    measures = sorted(of_measure, key=lambda m: (-len(of_measure[m]), m))[:MEASURES]
    number = Counter(arm for measure in measures for arm in of_measure[measure])
    return measures, set(sorted(number, key=lambda a: (-number[a], -patients[a], a))[:LIMIT])
