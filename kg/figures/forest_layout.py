"""How a forest plot looks.

As wide as two columns of a journal (190 mm), text of 6 to 8 points, and told apart by
shape as well as by colour (Okabe and Ito's palette).
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.analysis.proportions import Pooled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_WIDTH = 7.48  # inches: 190 mm
_LINE = 0.135  # inches, of text of 7 points
_X = {"label": 0.08, "counts": 2.78, "value": 4.83, "weight": 6.33, "reference": 6.42}
_PLOT = (2.9, 4.73)
_WRAP = {"label": 40, "reference": 19, "below": 140}
_STUDY, _POOLED, _QUIET = "#0072B2", "#D55E00", "#555555"
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",  # comes with matplotlib: the same everywhere
    "font.size": 7,
    "text.parse_math": False,
    "svg.fonttype": "none",  # text stays text: to search, to edit
    "svg.hashsalt": "leukemia-kg",
    "axes.linewidth": 0.6,
}


@dataclass(frozen=True)
class Row:
    """One study: value and interval in the unit of the axis and as shown; weight in per cent."""

    label: str
    counts: str
    value: float
    lower: float | None
    upper: float | None
    weight: float | None
    reference: str
    shown: str


@dataclass(frozen=True)
class Forest:
    """What a forest plot shows.

    Attributes:
        unit: of the axis; "%" runs from 0 to 100.
        remarks: of the guard; caption: measure, patients, date and release.
    """

    title: str
    unit: str
    rows: Sequence[Row]
    pooled: Pooled | None
    remarks: Sequence[str]
    caption: str


def figure(forest: Forest) -> Figure:
    """The plot as a matplotlib figure."""
    from matplotlib.figure import Figure

    labels = [_wrapped(row.label, "label") for row in forest.rows]
    references = [_wrapped(row.reference, "reference") for row in forest.rows]
    heights = [max(len(a), len(b)) + 0.6 for a, b in zip(labels, references, strict=True)]
    pooled = 3.0 if forest.pooled else 0.0
    below = [*_paragraphs(forest.remarks), "", *_paragraphs([forest.caption])]
    rows = sum(heights) + pooled
    top, axis = 3.2, 3.4  # lines: title and header, ticks and their label
    lines = top + rows + axis + len(below) + 0.8
    made = Figure(figsize=(_WIDTH, lines * _LINE))
    page = _Page(made, lines)
    _header(page, forest)
    axes = made.add_axes(
        (
            _PLOT[0] / _WIDTH,
            1 - (top + rows) / lines,
            (_PLOT[1] - _PLOT[0]) / _WIDTH,
            rows / lines,
        )
    )
    _axis(axes, forest, rows)
    at = 0.0
    for row, label, reference, height in zip(forest.rows, labels, references, heights, strict=True):
        _study(axes, row, at + height / 2)
        page.row(top + at + height / 2, row, label, reference)
        at += height
    if forest.pooled:
        _diamond(axes, forest.pooled, at)
        page.pooled(top + at, forest)
    for i, line in enumerate(below):
        page.text("label", top + rows + axis + i + 0.5, line, size=6.5, color=_QUIET)
    return made


class _Page:
    """Text placed by column and by line from the top."""

    def __init__(self, made: Figure, lines: float) -> None:
        self._made, self._lines = made, lines

    def text(self, column: str, line: float, text: str, **style: Any) -> None:
        """Text in a column, its middle so many lines from the top."""
        style = {"size": 7, "ha": "left", "va": "center", **style}
        self._made.text(_X[column] / _WIDTH, 1 - line / self._lines, text, **style)

    def row(self, line: float, row: Row, label: list[str], reference: list[str]) -> None:
        """A study, its label and reference in lines."""
        self.text("label", line, "\n".join(label))
        self.text("counts", line, row.counts, ha="right")
        self.text("value", line, row.shown)
        if row.weight is not None:
            self.text("weight", line, f"{row.weight:.1f}", ha="right")
        self.text("reference", line, "\n".join(reference), size=6)

    def pooled(self, line: float, forest: Forest) -> None:
        """What the studies pool to, and the prediction."""
        found = forest.pooled
        if found is None:
            return
        self.text("label", line + 1, "Random effects", weight="bold")
        n, total = (sum(int(row.counts.split("/")[i]) for row in forest.rows) for i in (0, 1))
        self.text("counts", line + 1, f"{n}/{total}", ha="right", weight="bold")
        said = f"{found.estimate:.1f} ({found.lower:.1f} to {found.upper:.1f})"
        self.text("value", line + 1, said, weight="bold")
        self.text("weight", line + 1, "100.0", ha="right", weight="bold")
        if found.prediction_lower is not None and found.prediction_upper is not None:
            self.text("label", line + 2.2, "95 % prediction interval")
            said = f"({found.prediction_lower:.1f} to {found.prediction_upper:.1f})"
            self.text("value", line + 2.2, said)


def _header(page: _Page, forest: Forest) -> None:
    page.text("label", 0.9, forest.title[:1].upper() + forest.title[1:], size=8, weight="bold")
    unit = "%" if forest.unit == "%" else forest.unit
    header = {"label": "Study", "counts": "n/N", "value": f"{unit} (95 % CI)"}
    if any(row.weight is not None for row in forest.rows):
        header["weight"] = "Weight %"
    header["reference"] = "Reference"
    for column, text in header.items():
        align = "right" if column in ("counts", "weight") else "left"
        page.text(column, 2.4, text, ha=align, weight="bold")


def _axis(axes: Axes, forest: Forest, rows: float) -> None:
    axes.set_ylim(rows, 0)
    if forest.unit == "%":
        axes.set_xlim(-2, 102)
        axes.set_xticks(range(0, 101, 20))
    else:
        highest = max(row.upper or row.value for row in forest.rows)
        axes.set_xlim(0, 1.08 * highest)
    axes.set_xlabel("Per cent of patients" if forest.unit == "%" else forest.unit.capitalize())
    axes.set_yticks([])
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.tick_params(width=0.6, length=2.5)
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.4)
    axes.set_axisbelow(True)
    if forest.pooled:
        axes.axvline(forest.pooled.estimate, color=_POOLED, linewidth=0.6, linestyle=(0, (4, 3)))


def _study(axes: Axes, row: Row, at: float) -> None:
    if row.lower is not None and row.upper is not None:
        axes.plot(
            [row.lower, row.upper], [at, at], color=_STUDY, linewidth=1, solid_capstyle="butt"
        )
    size = 22 if row.weight is None else 8 + 1.1 * row.weight
    axes.scatter([row.value], [at], s=size, marker="s", color=_STUDY, linewidth=0, zorder=3)


def _diamond(axes: Axes, found: Pooled, at: float) -> None:
    middle = at + 1
    axes.fill(
        [found.lower, found.estimate, found.upper, found.estimate],
        [middle, middle - 0.5, middle, middle + 0.5],
        color=_POOLED,
        linewidth=0,
        zorder=3,
    )
    if found.prediction_lower is not None and found.prediction_upper is not None:
        ends = [found.prediction_lower, found.prediction_upper]
        axes.plot(ends, [at + 2.2] * 2, color=_POOLED, linewidth=1.2)
        axes.plot(ends, [at + 2.2] * 2, "|", color=_POOLED, markersize=5)


def _wrapped(text: str, column: str) -> list[str]:
    return textwrap.wrap(text, _WRAP[column], break_on_hyphens=column == "reference") or [""]


def _paragraphs(texts: Iterable[str]) -> list[str]:
    return [line for text in texts for line in textwrap.wrap(text, _WRAP["below"])]
