"""How far drugs against each target have come in a disease."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.colours import BLUE, GREEN, GREY, SKY, VERMILLION
from kg.figures.drawn import Figure
from kg.figures.grants import ENDING, REOPENING, Decision, decisions, first_us, periods
from kg.figures.style import LINE, NORMAL, Caption, View, label, more, rule, sheet, wrapped
from kg.questions import Parameter, Question
from kg.rows import Rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Stage to its colour and how wide its column is beside others.
STAGES = {
    "no phase": (GREY, 1.0),
    "phase 1": (GREY, 1.0),
    "phase 2": (SKY, 1.0),
    "phase 3": (BLUE, 1.0),
    "approved": (GREEN, 1.4),
    "withdrawn": (VERMILLION, 1.0),
}
LIMIT = 60  # targets
_LINES = 14  # of names in a cell
_LEFT, _NAME, _ACROSS = 1.6, 18, 8.1  # inches, characters, inches of all columns
_INDENT, _CHARACTER = 0.27, 0.062  # inches: before the names, of a character
_NO_TARGET = "no molecular target on record"
_PHASES = {"1": 1, "1/2": 2, "2": 2, "2/3": 3, "3": 3, "4": 3}
_DECISIONS = sorted({*REOPENING, *ENDING, "conversion"})
Cells = dict[str, dict[str, list[str]]]

QUESTION = Question(
    "matrix",
    "How far have drugs against each target come in a disease?",
    "figures",
    (Parameter("disease", "disease", False, "the disease, with those below it"),),
    "kg figure matrix --disease AML --output aml.svg",
    f"""SELECT ?drugLabel ?targetLabel ?trial ?phase ?event ?jurisdiction ?eventType ?date ?amends
       ?reference WHERE {{
  {{ SELECT DISTINCT ?form {{
    VALUES ?disease {{ disease:leukemia }}
    ?form rdfs:subClassOf* ?disease
  }} }}
  {{
    GRAPH ?reference {{ ?trial lkg:condition ?form ; lkg:drug ?drug }}
    OPTIONAL {{ ?trial lkg:phase ?phase }}
  }} UNION {{
    VALUES ?eventType {{ {" ".join(f'"{kind}"' for kind in _DECISIONS)} }}
    GRAPH ?reference {{
      ?event lkg:indication ?form ; lkg:eventType ?eventType ; lkg:drug ?drug ; lkg:date ?date ;
             lkg:jurisdiction ?jurisdiction
    }}
    OPTIONAL {{ ?event lkg:amends ?amends }}
  }}
  ?drug rdfs:label ?drugLabel .
  OPTIONAL {{
    ?drug lkg:target ?target .
    ?target rdfs:label ?targetLabel
    FILTER NOT EXISTS {{ ?drug lkg:engages ?target }}
  }}
}}""",
)


def draw(answer: Rows, about: Mapping[str, str], view: View) -> Figure:
    """One row a target, one column a stage; each drug stands at its highest stage."""
    cells = _cells(answer)
    targets = sorted(cells, key=lambda target: _rank(target, cells[target]))
    shown = targets[:LIMIT]
    inches = _widths([s for s in STAGES if any(s in cells[target] for target in shown)])
    texts = {
        (target, stage): wrapped(
            ", ".join(drugs), int((inches[stage] - _INDENT) / _CHARACTER), _LINES
        )
        for target in shown
        for stage, drugs in cells[target].items()
    }
    heights = {
        target: 0.1
        + LINE * max(_lines(target, _NAME), *(_lines(texts[target, s]) for s in cells[target]))
        for target in shown
    }
    title = f"Targets of drugs for {about['disease']}, by highest stage reached"
    shows = (
        "Each drug stands once in the row of every target that it binds, under the highest stage "
        "that it reached in this disease or a form of it (phase 1/2 under 2, 2/3 and 4 under 3): "
        "approved where the brackets say, for at least one such use; withdrawn where no approval "
        f"is left.{more(len(targets) - LIMIT, 'targets, of drugs at lower stages')}"
    )
    references = {str(row["reference"]) for row in answer}
    caption = Caption(title, shows, view, len(references))
    canvas, axes = sheet(caption, sum(heights.values()), _LEFT, 0.2)
    _columns(axes, inches)
    y = 0.0
    for target in shown:
        rule(axes, y)
        label(axes, 0.15, y + 0.06, wrapped(target, _NAME), va="top", size=NORMAL)
        x = 0.0
        for stage, width in inches.items():
            if drugs := cells[target].get(stage):
                _cell(axes, (x, y, width, heights[target]), stage, len(drugs), texts[target, stage])
            x += width
        y += heights[target]
    return Figure(canvas, title)


def _cells(answer: Rows) -> Cells:
    """Target to stage to the drugs there."""
    phase: dict[str, int] = defaultdict(int)
    targets: dict[str, set[str]] = defaultdict(set)
    for row in answer:
        drug = str(row["drugLabel"])
        phase[drug] = max(phase[drug], _PHASES.get(str(row["phase"]), 0))
        targets[drug].add(_NO_TARGET if row["targetLabel"] is None else str(row["targetLabel"]))
    lanes: dict[str, dict[str, list[Decision]]] = defaultdict(lambda: defaultdict(list))
    for decision in decisions(answer):
        lanes[decision.drug][decision.jurisdiction].append(decision)
    cells: Cells = defaultdict(lambda: defaultdict(list))
    for drug in sorted(phase, key=str.lower):
        stage, name = _stage(drug, phase[drug], lanes[drug])
        for target in targets[drug]:
            cells[target][stage].append(name)
    return cells


def _stage(drug: str, phase: int, lanes: Mapping[str, list[Decision]]) -> tuple[str, str]:
    """The highest stage of a drug, and its name with the jurisdictions that count."""
    allowed: list[str] = []
    ended: list[str] = []
    for jurisdiction, chronicle in sorted(lanes.items(), key=lambda lane: first_us(lane[0])):
        if found := periods(chronicle):
            (allowed if found[-1][1] is None else ended).append(jurisdiction)
    if allowed:
        return "approved", f"{drug} ({', '.join(allowed)})"
    if ended:
        return "withdrawn", f"{drug} ({', '.join(ended)})"
    return (f"phase {phase}" if phase else "no phase"), drug


def _rank(target: str, cells: Mapping[str, list[str]]) -> tuple[bool, list[int], str]:
    """Those with most approved drugs first, then by the stages below; without a target last."""
    order = ("approved", "withdrawn", "phase 3", "phase 2", "phase 1")
    return target == _NO_TARGET, [-len(cells.get(stage, ())) for stage in order], target.lower()


def _widths(stages: list[str]) -> dict[str, float]:
    total = sum(STAGES[stage][1] for stage in stages)
    return {stage: _ACROSS * STAGES[stage][1] / total for stage in stages}


def _lines(text: str, width: int = 0) -> int:
    return 1 + (wrapped(text, width) if width else text).count("\n")


def _columns(axes: Axes, inches: Mapping[str, float]) -> None:
    axes.set_xlim(0, _ACROSS)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    x = 0.0
    for stage, width in inches.items():
        ends = [x + 0.03, x + width - 0.03]
        axes.plot(
            ends, [-0.06, -0.06], color=STAGES[stage][0], lw=4, solid_capstyle="butt", clip_on=False
        )
        axes.text(x + 0.05, -0.12, stage, size=NORMAL, weight="bold", va="bottom")
        x += width


def _cell(
    axes: Axes, place: tuple[float, float, float, float], stage: str, number: int, names: str
) -> None:
    from matplotlib.patches import Rectangle

    x, y, width, height = place
    axes.add_patch(
        Rectangle(
            (x + 0.03, y + 0.02),
            width - 0.06,
            height - 0.04,
            color=STAGES[stage][0],
            alpha=0.13,
            lw=0,
        )
    )
    axes.text(x + 0.07, y + 0.06, str(number), weight="bold", size=NORMAL, va="top")
    axes.text(x + _INDENT, y + 0.06, names, va="top", size=8, linespacing=1.3)
