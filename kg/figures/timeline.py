"""When the drugs for a disease were approved, changed and withdrawn, by jurisdiction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kg.colours import BLUE, FAINT, GREEN, INK, ORANGE, PALE, PURPLE, SKY, VERMILLION
from kg.figures.drawn import Figure
from kg.figures.grants import GRANTING, Decision, decisions, first_us, periods
from kg.figures.style import (
    LINE,
    NORMAL,
    SMALL,
    WIDTH,
    Caption,
    View,
    label,
    legend,
    levels,
    more,
    rule,
    sheet,
    wrapped,
)
from kg.questions import Parameter, Question
from kg.rows import Rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

# Kind of decision to marker, colour and words.
LOOKS = {
    "approval": ("o", BLUE, "approval"),
    "accelerated-approval": ("^", ORANGE, "accelerated approval"),
    "conditional-approval": ("D", ORANGE, "conditional approval"),
    "exceptional-approval": ("p", ORANGE, "approval under exceptional circumstances"),
    "re-approval": ("*", BLUE, "approval again"),
    "conversion": ("s", GREEN, "conversion to full approval"),
    "label-change": ("|", INK, "change of the label"),
    "suspension": ("v", PURPLE, "suspension"),
    "resumption": (">", SKY, "resumption"),
    "withdrawal": ("X", VERMILLION, "withdrawal"),
    "market-discontinuation": ("x", VERMILLION, "taken off the market"),
}
LIMIT = 45  # drugs
_LEFT, _LANES, _NAME = 2.75, 2.35, 32  # inches, inches, characters
_STEP, _GAP = 0.13, 0.13  # inches between signs, upright and along the lane
_LONG, _RARE = 30, 0.1  # years of an axis worth cutting, share of decisions that it may cut off

QUESTION = Question(
    "timeline",
    "When were the drugs for a disease approved, changed and withdrawn?",
    "figures",
    (
        Parameter("disease", "disease", False, "the disease, with those below it"),
        Parameter("mechanism", "mechanism", True, "only drugs of this mechanism or one below it"),
    ),
    "kg figure timeline --disease CML --output cml.svg",
    f"""SELECT ?drugLabel ?jurisdiction ?eventType ?date ?event ?amends ?reference WHERE {{
  VALUES ?disease {{ disease:leukemia }}
  VALUES ?mechanism {{ mechanism:btk-inhibition }}
  VALUES ?eventType {{ {" ".join(f'"{kind}"' for kind in LOOKS)} }}
  ?allowed rdfs:subClassOf* ?disease .
  ?event lkg:indication ?allowed .
  GRAPH ?reference {{
    ?event lkg:eventType ?eventType ; lkg:drug ?drug ; lkg:date ?date ;
           lkg:jurisdiction ?jurisdiction
  }}
  ?drug rdfs:label ?drugLabel .
  ?drug lkg:mechanism/skos:broader* ?mechanism .  # with mechanism
  OPTIONAL {{ ?event lkg:amends ?amends }}
}}""",
)


class Lane(NamedTuple):
    """A drug in a jurisdiction, with its decisions in order, each sign on its level."""

    drug: str
    jurisdiction: str
    decisions: list[Decision]
    signs: list[tuple[date, str, int]]

    @property
    def height(self) -> float:
        """In inches."""
        return 0.1 + _STEP * max(1 + max(level for *_, level in self.signs), 1)


def draw(answer: Rows, about: Mapping[str, str], view: View) -> Figure:
    """One group of lanes a drug, the first approved on top; a bar while it was allowed."""
    found = decisions(answer)
    drugs = _order(found)
    days = [each.day for each in found if each.drug in drugs[:LIMIT]]
    start, end = _span([*days, view.until])
    lanes = _lanes(found, drugs[:LIMIT], start, (WIDTH - _LEFT) / (end - start))
    heights = _group_heights(lanes)
    height = sum(heights.values())
    references = {str(row["reference"]) for row in answer if str(row["drugLabel"]) in heights}
    early = (
        f" Decisions before {start} stand at the left edge with their year."
        if any(each.day.year < start for each in found)
        else ""
    )
    title = f"Approvals for {about['disease']}"
    if "mechanism" in about:
        title += f": {about['mechanism']}"
    shows = (
        "Each sign is what one agency decided on one day, for this disease or a form of it; "
        "grey bars: at least one such use is allowed. Days known only by month or year stand at "
        f"its end.{early}{more(len(drugs) - LIMIT, 'drugs, with fewer decisions')}"
    )
    kinds = [kind for kind in LOOKS if any(s[1] == kind for lane in lanes for s in lane.signs)]
    rows = -(-len(kinds) // 4)
    canvas, axes = sheet(Caption(title, shows, view, len(references)), height, _LEFT, 0.2 * rows)
    axes.set_xlim(start, end)
    axes.grid(axis="x", color=PALE, lw=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(top=True, labeltop=height > 5)
    y = 0.0
    for drug, room in heights.items():
        rule(axes, y)
        own = [lane for lane in lanes if lane.drug == drug]
        label(axes, 0.15, y + 0.05, wrapped(drug, _NAME, 3), va="top", size=NORMAL)
        for lane in own:
            _draw_lane(axes, lane, y + 0.03, start, end)
            y += lane.height
        y += room - sum(lane.height for lane in own)
    legend(axes, _handles(kinds), height, 0.3 if height > 5 else 0.08)
    return Figure(canvas, title)


def _order(found: list[Decision]) -> list[str]:
    """Drugs by first approval; where they are too many those with most decisions come first."""
    first: dict[str, date] = {}
    number: dict[str, int] = defaultdict(int)
    for each in found:
        number[each.drug] += 1
        if each.kind in GRANTING:
            first.setdefault(each.drug, each.day)
    kept = sorted(number, key=lambda drug: (-number[drug], drug))
    return sorted(kept[:LIMIT], key=lambda d: (first.get(d, date.max), d)) + kept[LIMIT:]


def _span(days: list[date]) -> tuple[int, int]:
    """First year of the axis and the year after its last; a few early decisions are cut off."""
    years = sorted(day.year for day in days)
    start, end = years[0], years[-1] + 1
    if end - start > _LONG:
        start = years[int(len(years) * _RARE)]
    return start - (start == end - 1), end


def _year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _lanes(found: list[Decision], drugs: list[str], start: int, inches: float) -> list[Lane]:
    """The lanes of some drugs; signs that would touch stand on different levels."""
    own: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for each in found:
        own[each.drug, each.jurisdiction].append(each)
    lanes = []
    for drug in drugs:
        for jurisdiction in sorted((j for d, j in own if d == drug), key=first_us):
            chronicle = own[drug, jurisdiction]
            signs = sorted({(each.day, each.kind) for each in chronicle})
            places = [max(_year(day), start) * inches for day, _ in signs]
            on = levels(places, _GAP)
            placed = [(*sign, level) for sign, level in zip(signs, on, strict=True)]
            lanes.append(Lane(drug, jurisdiction, chronicle, placed))
    return lanes


def _group_heights(lanes: list[Lane]) -> dict[str, float]:
    """Inches of each drug: its lanes, or its name if that takes more."""
    heights: dict[str, float] = defaultdict(float)
    for lane in lanes:
        heights[lane.drug] += lane.height
    return {
        drug: max(room, LINE * (1 + wrapped(drug, _NAME, 3).count("\n"))) + 0.06
        for drug, room in heights.items()
    }


def _draw_lane(axes: Axes, lane: Lane, y: float, start: int, end: int) -> None:
    middle = y + lane.height / 2
    label(axes, _LANES, middle, lane.jurisdiction, color=FAINT)
    for opened, closed in periods(lane.decisions):
        until = end if closed is None else _year(closed)
        since = max(_year(opened), start)
        if until > since:
            axes.barh(middle, until - since, left=since, height=0.1, color="#D3D3D3", zorder=1)
    highest = max(level for *_, level in lane.signs)
    cut = [day.year for day, *_ in lane.signs if day.year < start]
    for day, kind, level in lane.signs:
        at = middle + (highest / 2 - level) * _STEP
        _sign(axes, max(_year(day), start), at, kind)
    if cut:
        axes.annotate(
            "‹" + ", ".join(map(str, dict.fromkeys(cut))),
            (start, middle),
            (7, 0),
            textcoords="offset points",
            va="center",
            size=SMALL - 1,
            color=INK,
        )


def _sign(axes: Axes, x: float, y: float, kind: str) -> None:
    marker, colour, _ = LOOKS[kind]
    filled = marker not in "|x"
    axes.scatter(
        [x],
        [y],
        marker=marker,
        s=70 if marker == "*" else 42,
        color=colour,
        edgecolors="white" if filled else None,
        linewidths=0.5 if filled else 1.8,
        zorder=3,
        clip_on=False,
    )


def _handles(kinds: list[str]) -> list[Line2D]:
    from matplotlib.lines import Line2D

    return [
        Line2D(
            [],
            [],
            ls="",
            marker=marker,
            color=colour,
            ms=7,
            mew=1.8 if marker in "|x" else 0.4,
            label=words,
        )
        for marker, colour, words in (LOOKS[kind] for kind in kinds)
    ]
