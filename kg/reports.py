"""Comparisons and poolings as text for people: tables, then what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from kg.analysis.comparability import Difference
from kg.analysis.comparison import Comparison
from kg.analysis.pooling import Pooling
from kg.analysis.records import Result
from kg.analysis.wording import COLUMNS, bounds, cells
from kg.printing import table

_PATIENTS = ("trial", "arm", "therapy", "age", "fitness", "biomarker", "disease", "design")
_LONG = ("criteria", "threshold")  # told among what differs


def comparison_text(found: Comparison) -> str:
    """Results, patients, what differs, tests as reported, and the verdict."""
    body = [dict(zip(COLUMNS, cells(line), strict=True)) for line in found.lines]
    patients = [[row[name] for name in _PATIENTS] for row in body]
    once = list(map(list, dict.fromkeys(map(tuple, patients))))
    differing = {each.dimension for each in found.differences if each.reason}
    aside = {*_PATIENTS[2:], *(name for name in _LONG if name in differing)}
    header = [name for name in COLUMNS if name not in aside]
    parts = [f"{found.measure}\n" + table(header, [[row[n] for n in header] for row in body])]
    if body:
        parts.append("patients and design\n" + table(list(_PATIENTS), once))
    parts += _differing(found.differences)
    if found.tests:
        header = ["arm", "against", "measure", "value", "interval", "p", "population", "reference"]
        tests = table(header, [_test(each) for each in found.tests])
        parts.append("compared within a trial, as reported\n" + tests)
    behind = sum(len(line.others) for line in found.lines)
    notes = [*found.notes, *found.empty]
    notes += [f"{behind} further results of these arms: --format json lists them"] if behind else []
    if any(line.computed for line in found.lines):
        notes.append("* computed here from n/N (interval: exact, 95 %)")
    return "\n".join(parts) + "\n" + "".join(f"{note}\n" for note in notes)


def pooling_text(found: Pooling) -> str:
    """Studies, the pooled estimate with its heterogeneity, what differs, and the verdict."""
    header, body = found.table()
    parts = [f"{found.measure}, {found.among}\n" + table(header[:-1], [r[:-1] for r in body])]
    parts += _differing(found.differences)
    notes = [*found.notes, *found.empty, *found.left_out]
    if found.pooled and len(found.studies) > 1:
        notes.insert(0, found.pooled.heterogeneity)
    return "\n".join(parts) + "\n" + "".join(f"{note}\n" for note in notes)


def _differing(differences: Sequence[Difference]) -> list[str]:
    body = [
        [each.dimension if i == 0 else "", value, ", ".join(names)]
        for each in differences
        if each.reason
        for i, (value, names) in enumerate(each.values.items())
    ]
    return ["what differs\n" + table(["dimension", "value", "of"], body)] if body else []


def _test(result: Result) -> list[str]:
    arm, comparator, measure, reference = (
        each.partition(":")[2]
        for each in (result.arm, result.comparator, result.measure, result.reference)
    )
    value = "" if result.value is None else f"{result.value:g} {result.unit}".strip()
    p = "" if result.p_value is None else f"{result.p_relation} {result.p_value:g}"
    p += f", {result.p_sides}-sided" if p and result.p_sides else ""
    return [arm, comparator, measure, value, bounds(result), p, result.population, reference]
