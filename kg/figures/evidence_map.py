"""What was measured about a drug, a class of drugs or a disease: measures by trials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.colours import BLUE, FAINT, GREY, PALE
from kg.figures.drawn import Figure
from kg.figures.results import Result, chosen, measure_of, named, result
from kg.figures.style import (
    LINE,
    SMALL,
    WIDTH,
    Caption,
    View,
    label,
    legend,
    more,
    rule,
    sheet,
    wrapped,
)
from kg.questions import Parameter, Question
from kg.rows import Rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

QUESTION = Question(
    "evidence-map",
    "What was measured in trials of a drug, of drugs of a target or mechanism, or of a disease?",
    "figures",
    (
        Parameter(
            "about", "drug,disease,mechanism,target", False, "a drug, disease, mechanism or target"
        ),
        Parameter("measure", "measure", True, "only this measure"),
    ),
    'kg figure evidence-map --about "inotuzumab ozogamicin" --output inotuzumab.svg',
    """SELECT DISTINCT ?trialLabel ?arm ?armLabel ?role ?measureLabel ?family ?kind ?unit ?total
       ?value ?lower ?upper ?reference WHERE {
  VALUES ?about { drug:inotuzumab-ozogamicin }
  VALUES ?measure { measure:complete-remission }
  {
    { ?arm lkg:drug ?about } UNION { ?arm lkg:drug/lkg:target ?about }
    UNION { ?arm lkg:drug/lkg:mechanism/skos:broader* ?about }
    UNION { ?form rdfs:subClassOf* ?about . ?studied lkg:condition ?form ; lkg:arm ?arm }
  }
  GRAPH ?reference {
    ?outcome lkg:arm ?arm ; lkg:trial ?trial ; lkg:measure ?measure ; lkg:value ?value ;
             lkg:unit ?unit .
    OPTIONAL { ?outcome lkg:total ?total }
    OPTIONAL { ?outcome lkg:lower ?lower }
    OPTIONAL { ?outcome lkg:upper ?upper }
    OPTIONAL { ?outcome lkg:subgroup ?subgroup }
    OPTIONAL { ?outcome lkg:among ?among }
    OPTIONAL { ?outcome lkg:adverseEvent ?event }
  }
  FILTER(!BOUND(?subgroup) && !BOUND(?among) && !BOUND(?event))
  ?measure rdfs:label ?measureLabel ; lkg:family ?family ; lkg:kind ?kind .
  ?arm rdfs:label ?armLabel .
  ?trial dcterms:identifier ?number .
  OPTIONAL { ?arm lkg:role ?role }
  OPTIONAL { ?trial lkg:acronym ?acronym }
  BIND(COALESCE(?acronym, ?number) AS ?trialLabel)
}""",
)
_LEFT, _ACROSS, _BETWEEN = 2.9, 6.8, 0.22  # inches
Cells = dict[tuple[str, str], list[Result]]  # by arm and measure
_STEP = 0.15  # inches between results in one cell
_UNKNOWN = 30  # area of a sign whose number of patients is not known, in square points


def draw(answer: Rows, about: Mapping[str, str], view: View) -> Figure:
    """One row an arm, one facet a measure; the area of a sign is the number of patients."""
    results = sorted({result(row) for row in answer}, key=lambda e: (e.value, e.lower or 0))
    measures, arms = chosen(results)
    cells: Cells = defaultdict(list)
    for each in results:
        if each.measure in measures and each.arm in arms:
            cells[each.arm, each.measure].append(each)
    names = named([each for found in cells.values() for each in found])
    title = f"Results in trials: {about['about']}"
    references = {
        str(row["reference"]) for row in answer if (str(row["arm"]), measure_of(row)) in cells
    }
    shows = (
        "One row an arm of a trial, one column a measure; lines are the intervals as reported. "
        "Results under one heading need not be comparable: populations, definitions and follow-up "
        "differ. Without subgroups and single adverse events."
        + more(len({e.arm for e in results}) - len(names), "arms, with fewer of these measures")
        + more(len({e.measure for e in results}) - len(measures), "measures, of fewer arms")
    )
    caption = Caption(title, shows, view, len(references))
    across = (_ACROSS - _BETWEEN * (len(measures) - 1)) / len(measures)
    headings = {each: wrapped(each, int(across / 0.075), 6) for each in measures}
    above = 0.65 + 0.14 * max(1 + heading.count("\n") for heading in headings.values())
    heights = _heights(names, cells)
    canvas, frame = sheet(caption, sum(heights.values()), _LEFT, above)
    middles = _name_rows(frame, names, heights)
    place = frame.get_position()
    for index, (measure, heading) in enumerate(headings.items()):
        x = (_LEFT + index * (across + _BETWEEN)) / WIDTH
        axes = canvas.add_axes((x, place.y0, across / WIDTH, place.height), facecolor="none")
        axes.set_ylim(frame.get_ylim())
        _facet(axes, heading, {middles[arm]: cells[arm, measure] for arm in names})
    _legend(frame, [each for found in cells.values() for each in found], above - 0.2)
    return Figure(canvas, title)


def _heights(names: Mapping[str, str], cells: Cells) -> dict[str, float]:
    deepest: dict[str, int] = defaultdict(int)
    for (arm, _), found in cells.items():
        deepest[arm] = max(deepest[arm], len(found))
    return {
        arm: 0.1 + max(LINE * (1 + name.count("\n")), _STEP * deepest[arm])
        for arm, name in names.items()
    }


def _name_rows(
    frame: Axes, names: Mapping[str, str], heights: Mapping[str, float]
) -> dict[str, float]:
    """Write the names of the arms; returns the middle of each row."""
    frame.set_xticks([])
    frame.spines["bottom"].set_visible(False)
    y, middles = 0.0, {}
    for arm, name in names.items():
        rule(frame, y)
        middles[arm] = y + heights[arm] / 2
        label(frame, 0.15, middles[arm], name, linespacing=1.25)
        y += heights[arm]
    return middles


def _facet(axes: Axes, heading: str, column: Mapping[float, list[Result]]) -> None:
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=PALE, lw=0.6)
    axes.set_axisbelow(True)
    axes.set_title(heading, size=SMALL, weight="bold", loc="left", y=1, pad=22)
    axes.tick_params(top=True, labeltop=True, labelsize=SMALL - 1)
    _scale(axes, [each for found in column.values() for each in found])
    for middle, found in column.items():
        for level, each in enumerate(found):
            _draw(axes, each, middle + (level - (len(found) - 1) / 2) * _STEP)


def _scale(axes: Axes, results: list[Result]) -> None:
    """Per cent from 0 to 100, ratios on a logarithmic axis with 1 in it, all else from 0."""
    ends = [x for r in results for x in (r.value, r.lower, r.upper) if x is not None]
    kinds = {each.kind for each in results}
    if kinds & {"proportion", "survival-probability", "cumulative-incidence"}:
        axes.set_xlim(0, 100)
        axes.set_xticks([0, 50, 100], ["0", "50", "100"])
    elif kinds & {"hazard-ratio", "odds-ratio", "risk-ratio"} and min(ends) > 0:
        axes.set_xscale("log")
        axes.set_xlim(min(*ends, 0.5) / 1.2, max(*ends, 2) * 1.2)
        ticks = [t for t in (0.1, 0.2, 0.5, 1, 2, 5, 10) if min(*ends, 0.5) <= t <= max(*ends, 2)]
        axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
        axes.minorticks_off()
        axes.axvline(1, color=FAINT, lw=0.8)
    else:
        axes.set_xlim(min(0, *ends) * 1.08, max(0, *ends) * 1.08 or 1)
        axes.locator_params(axis="x", nbins=3)


def _draw(axes: Axes, result: Result, y: float) -> None:
    colour = GREY if result.compares else BLUE
    if result.lower is not None and result.upper is not None:
        axes.plot([result.lower, result.upper], [y, y], color=colour, lw=1.2, zorder=2)
    axes.scatter(
        [result.value],
        [y],
        marker="s" if result.compares else "o",
        s=_UNKNOWN if result.total is None else _area(result.total),
        facecolor="white" if result.total is None else colour,
        edgecolor=colour if result.total is None else "white",
        linewidths=1.2 if result.total is None else 0.5,
        zorder=3,
        clip_on=False,
    )


def _area(patients: int) -> float:
    """Square points: proportional to the patients, within what can be seen and has room."""
    return min(max(patients * 0.5, 8), 150)


def _legend(frame: Axes, shown: list[Result], above: float) -> None:
    from matplotlib.lines import Line2D

    sizes = ((30, " patients"), (100, ""), (300, " or more"))
    looks = [
        {"color": BLUE, "ms": _area(n) ** 0.5, "mec": "white", "label": f"{n}{words}"}
        for n, words in sizes
    ]
    if any(each.total is None for each in shown):
        looks.append({"mfc": "white", "mec": BLUE, "ms": _UNKNOWN**0.5, "label": "number unknown"})
    if any(each.compares for each in shown):
        looks.append({"color": GREY, "marker": "s", "mec": "white", "label": "comparator arm"})
    handles = [Line2D([], [], **{"ls": "", "marker": "o", **look}) for look in looks]
    legend(frame, handles, frame.get_ylim()[0], above)
