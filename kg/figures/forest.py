"""Forest plots of comparisons and poolings: what they show, and writing them as SVG or PNG."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import kg
from kg.analysis.comparison import Comparison
from kg.analysis.lines import Line, line_label
from kg.analysis.pooling import Pooling
from kg.analysis.wording import counts, shown, shown_interval, therapy_line
from kg.errors import BadParameter, MissingExtra, OutputError
from kg.figures.forest_layout import STYLE, Forest, Row, figure


def of_pooling(found: Pooling, as_of: str = "") -> Forest:
    """The forest plot of a pooling, or of the studies that it refused to pool."""
    rows = [
        Row(
            study.label,
            f"{study.count}/{study.total}",
            study.proportion,
            study.lower,
            study.upper,
            study.weight,
            study.line.result.reference.partition(":")[2],
            f"{study.proportion:.1f} ({study.lower:.1f} to {study.upper:.1f})",
        )
        for study in found.studies
    ]
    several = len(rows) > 1
    lines = [study.line for study in found.studies]
    return Forest(
        title=f"{found.measure}: {found.among}",
        unit="%",
        rows=rows,
        pooled=found.pooled if several else None,
        remarks=[
            *([found.pooled.heterogeneity] if found.pooled and several else []),
            *_remarks(found),
        ],
        caption=_caption(found, lines, "Intervals: exact, 95 %.", as_of),
    )


def of_comparison(found: Comparison, as_of: str = "") -> Forest:
    """The lines of a comparison as a forest plot, nothing pooled.

    Raises:
        BadParameter: the lines have several units.
    """
    lines = [line for line in found.lines if line.value is not None]
    units = sorted({line.result.unit or "%" for line in lines})
    if len(units) > 1:
        raise BadParameter(f"a forest plot has one axis, not {', '.join(units)}: name one measure")
    several = len({line.endpoint for line in lines}) > 1
    rows = [
        Row(
            line_label(line, lines) + (f": {line.endpoint}" if several else ""),
            counts(line.result),
            line.value or 0,
            line.lower,
            line.upper,
            None,
            line.result.reference.partition(":")[2],
            shown(line).replace(f" {line.result.unit or '%'}", "")
            + (f" ({each})" if (each := shown_interval(line)) else ""),
        )
        for line in lines
    ]
    computed = any("interval" in line.computed for line in lines)
    said = "Intervals as reported" + ("; * computed from n/N, exact, 95 %." if computed else ".")
    return Forest(
        title=found.measure,
        unit=units[0] if units else "%",
        rows=rows,
        pooled=None,
        remarks=_remarks(found),
        caption=_caption(found, lines, said, as_of),
    )


def _remarks(found: Pooling | Comparison) -> list[str]:
    return [*found.notes, *found.empty, *found.reasons]


def _caption(found: Pooling | Comparison, lines: Sequence[Line], said: str, as_of: str) -> str:
    """What was measured, in whom, and what was known when."""
    definition = f"{found.measure}: {found.definition}" if found.definition else found.measure
    patients = dict.fromkeys(name for line in lines for name in line.arm.diseases)
    settings = dict.fromkeys(filter(None, (therapy_line(line.arm) for line in lines)))
    whom = "; ".join(filter(None, (", ".join(patients), ", ".join(settings))))
    known = f"As known on {as_of}" if as_of else f"Knowledge until {found.known}"
    release = f"leukemia-kg {kg.__version__}"
    return f"{definition.rstrip('.')}. Patients: {whom}. {said} {known}; {release}."


def draw(forest: Forest, path: Path) -> None:
    """Write a forest plot, in the format that the path's ending names.

    Raises:
        BadParameter: another ending than .svg or .png, or nothing to draw.
        MissingExtra: matplotlib is not installed.
        OutputError: the file cannot be written.
    """
    if path.suffix not in (".svg", ".png"):
        raise BadParameter(f"{path}: a forest plot is written as .svg or .png")
    try:
        path.write_bytes(_saved(forest, path.suffix[1:]))
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from None


def svg(forest: Forest) -> str:
    """A forest plot as the text of an SVG.

    Raises:
        BadParameter: there is nothing to draw.
        MissingExtra: matplotlib is not installed.
    """
    return _saved(forest, "svg").decode()


def _saved(forest: Forest, form: str) -> bytes:
    if not forest.rows:
        raise BadParameter(f"there is nothing to draw: {forest.remarks[0]}")
    try:
        from matplotlib import rc_context
    except ImportError:
        raise MissingExtra(
            "a forest plot needs matplotlib: pip install 'leukemia-kg[analysis]'"
        ) from None
    about: dict[str, Any] = {"Title": forest.title, "Description": forest.caption}
    if form == "svg":
        about["Date"] = None  # two runs are byte-equal
    stream = io.BytesIO()
    with rc_context(STYLE):
        figure(forest).savefig(stream, format=form, dpi=300, metadata=about)
    return stream.getvalue()
