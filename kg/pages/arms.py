"""The figure of a trial's arms side by side: a mark and an interval for each, on shared axes.

Hundreds of trials have one, so a template writes the SVG; matplotlib would take longer for them
than for the rest of the site.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kg import __version__
from kg.analysis import wording
from kg.figures.style import wrapped
from kg.pages.frame import template

if TYPE_CHECKING:
    from kg.analysis.comparison import Comparison
    from kg.analysis.lines import Line
    from kg.analysis.records import Result

WIDTH = 1000  # pixels, as all lengths here
_PLOT = (400, 700)  # left and right of the axes
_LINE, _GAP = 17, 14  # of text, between groups
_LABEL, _FULL = 48, 138  # characters of an arm's label, of a line across the figure
_TITLE, _ENDPOINT = 85, 115  # characters of one line in larger and in bold type
_MOST = 12  # lines of a text
_AXES = {"%": "Per cent of patients", "months": "Months"}


class Mark(NamedTuple):
    """An arm: where it stands and what is written of it; ends of the interval or None."""

    y: float
    label: list[str]
    shown: str
    comparator: bool
    value: float
    ends: tuple[float, float] | None


class Text(NamedTuple):
    """A line of text across the figure; ``kind`` is a class of the template's style."""

    y: float
    text: str
    kind: str


class Axis(NamedTuple):
    """The axis of a unit: (place, number) of each tick, from top to bottom."""

    label: str
    top: float
    bottom: float
    ticks: list[tuple[float, str]]


def draw(title: str, found: Sequence[Comparison], label: Callable[[str], str]) -> str:
    """The SVG; "" if no value has an axis.

    Args:
        found: comparisons of one trial (:func:`kg.analysis.within.within_trials`).
        label: of a short id.
    """
    sheet = _Sheet(label)
    sheet.write(wrapped(title, _TITLE, 1), "title")
    sheet.y += _LINE * 1.5  # of the legend
    for unit, said in _AXES.items():
        sheet.panel(unit, said, [each for each in found if _unit(each) == unit])
    if not sheet.axes:
        return ""
    sheet.y += _GAP
    sheet.write(_caption(found), "quiet")
    return template("arms.svg").render(
        width=WIDTH, height=round(sheet.y + _GAP), title=title, plot=_PLOT, sheet=sheet
    )


class _Sheet:
    """What is on the figure, from the top down."""

    def __init__(self, label: Callable[[str], str]) -> None:
        self._label = label
        self._told: set[str] = set()
        self.y = 12.0
        self.texts: list[Text] = []
        self.marks: list[Mark] = []
        self.axes: list[Axis] = []

    def write(self, text: str, kind: str) -> None:
        """Text in lines."""
        for line in wrapped(text, _FULL, _MOST).split("\n"):
            self.y += _LINE
            self.texts.append(Text(self.y, line, kind))

    def panel(self, unit: str, said: str, found: Sequence[Comparison]) -> None:
        """The comparisons of one unit above their axis."""
        if not found:
            return
        top, highest = self.y + _GAP + 1.4 * _LINE, _highest(unit, found)
        for each in found:
            self._group(each, highest)
            self._tests(each)
            if each.reasons:
                self.write(f"{each.remark[:1].upper()}{each.remark[1:]}.", "refused")
        bottom = self.y + _LINE * 0.6
        ticks = [(_place(each, highest), f"{each:g}") for each in _ticks(highest)]
        self.axes.append(Axis(said, top, bottom, ticks))
        self.y = bottom + 2.4 * _LINE

    def _group(self, compared: Comparison, highest: float) -> None:
        self.y += _GAP
        named = compared.measure[:1].upper() + compared.measure[1:]
        self.write(wrapped(named, _ENDPOINT, 1), "endpoint")
        for line in compared.lines:
            if line.value is None:
                continue
            label = wrapped(line.arm.label, _LABEL, 2).split("\n")
            self.y += _LINE * len(label) + 4
            self.marks.append(
                Mark(
                    self.y - _LINE * len(label) / 2,
                    label,
                    _shown(line),
                    line.arm.role == "comparator",
                    _place(line.value, highest),
                    _ends(line, highest),
                )
            )

    def _tests(self, compared: Comparison) -> None:
        """What was tested, once also where median and probability share an endpoint."""
        arms = {line.arm.id for line in compared.lines}
        for test in compared.tests:
            if test.outcome not in self._told:
                self._told.add(test.outcome)
                against = f"{self._label(test.arm)} against {self._label(test.comparator)}"
                between = "" if {test.arm, test.comparator} == arms else against
                self.write(f"As reported: {self._test(test, between)}", "quiet")

    def _test(self, test: Result, between: str) -> str:
        unit = "" if test.unit == "ratio" else test.unit
        value = "" if test.value is None else f"{test.value:g} {unit}".strip()
        interval = wording.bounds(test)
        parts = (
            f"{self._label(test.measure)} {value} {f'[{interval}]' if interval else ''}".strip(),
            "" if test.p_value is None else f"p {test.p_relation} {test.p_value:g}",
            between,
            wording.denominator(test),
            test.reference.partition(":")[2],
        )
        return "; ".join(filter(None, parts))


def _unit(found: Comparison) -> str:
    """The unit of all lines that have a value; "" if there are several, or none has one."""
    units = {_of(line) for line in found.lines if line.value is not None}
    return units.pop() if len(units) == 1 else ""


def _of(line: Line) -> str:
    return line.result.unit or ("%" if "value" in line.computed else "")


def _shown(line: Line) -> str:
    interval, patients = wording.shown_interval(line), wording.counts(line.result)
    parts = (
        wording.shown(line),
        f"[{interval}]" if interval else "",
        patients.replace("?/", "of " if _of(line) == "%" else "N = "),
    )
    return "  ".join(filter(None, parts))


def _highest(unit: str, found: Sequence[Comparison]) -> float:
    """The end of an axis, at a tick."""
    if unit == "%":
        return 100.0
    values = [each for of in found for line in of.lines for each in (line.value, line.upper)]
    last = max(filter(None, values), default=1.0)
    step = _step(last)
    return step * math.ceil(last / step)


def _ticks(highest: float) -> list[float]:
    step = _step(highest)
    return [step * i for i in range(round(highest / step) + 1)]


def _step(highest: float) -> float:
    """Between ticks: 1, 2 or 5 of a power of ten, so that there are few."""
    power: float = 10 ** math.floor(math.log10(highest))
    return next(power * by for by in (0.2, 0.5, 1, 2) if highest / (power * by) <= 6)


def _place(value: float, highest: float) -> float:
    left, right = _PLOT
    return round(left + (right - left) * value / highest, 1)


def _ends(line: Line, highest: float) -> tuple[float, float] | None:
    if line.lower is None or line.upper is None:
        return None
    return _place(line.lower, highest), _place(line.upper, highest)


def _caption(found: Sequence[Comparison]) -> str:
    computed = any(line.computed for each in found for line in each.lines)
    said = "; * computed from n/N, exact, 95 %" if computed else ""
    return (
        "Within one randomised trial; of each arm the result that the rule of kg compare chooses. "
        f"Intervals as reported{said}. Tests as reported, none computed. "
        f"Knowledge until {found[0].known}; leukemia-kg {__version__}."
    )
