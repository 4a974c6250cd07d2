"""Conflicts as text for people, and as flat rows for CSV and TSV."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from kg.analysis.conflicts import Conflict, Side

HEADER = (
    "conflict kind about preferred value population assessor definition dataCutoff followUp "
    "reference referenceKind issued checked node because explanation"
).split()
UNEXPLAINED = "detected, not explained"


def rows(found: Iterable[Conflict]) -> list[list[str]]:
    """One row a side, under :data:`HEADER`."""
    return [
        [
            each.id,
            each.kind,
            " ".join(each.about),
            "true" if side.preferred else "",
            side.value,
            side.population,
            side.assessor,
            side.definition,
            side.data_cutoff,
            side.follow_up,
            side.reference,
            side.reference_kind,
            side.issued,
            side.checked,
            side.node,
            each.because,
            each.explanation,
        ]
        for each in found
        for side in each.sides
    ]


def text(found: list[Conflict]) -> str:
    """A paragraph a conflict; successive data cuts stand apart, at the end."""
    cuts = [each for each in found if each.kind == "data-cut"]
    others = [each for each in found if each.kind != "data-cut"]
    parts = [_paragraph(each) for each in others]
    if cuts:
        parts += ["Successive data cuts\n", *map(_paragraph, cuts)]
    counted = f"{len(others)} conflict{'' if len(others) == 1 else 's'}"
    return "\n".join([*parts, f"{counted}, {len(cuts)} series of data cuts\n"])


def _paragraph(each: Conflict) -> str:
    explanation = textwrap.wrap(each.explanation or UNEXPLAINED, 96)
    lines = [
        f"{each.about_label} | {each.kind} | {each.id}",
        *(f"  {line}" for line in explanation),
    ]
    lines += [f"  {'*' if side.preferred else '-'} {_words(side)}" for side in each.sides]
    preferred = "* preferred" if each.preferred else "none preferred"
    return "\n".join([*lines, f"  {preferred}: {each.because}"]) + "\n"


def _words(side: Side) -> str:
    """One side on a line: what is said, of whom and how it was measured, and who says it."""
    stated = [each for each in (side.population, side.assessor) if each not in ("", "unstated")]
    stated += [side.definition] if side.definition else []
    stated += [f"cutoff {side.data_cutoff}"] if side.data_cutoff else []
    stated += [f"follow-up {side.follow_up} months"] if side.follow_up else []
    said = side.label if side.value in side.label else f"{side.label}: {side.value}"
    how = f" [{'; '.join(stated)}]" if stated else ""
    return f"{said}{how} ({side.reference}, {side.issued})"
