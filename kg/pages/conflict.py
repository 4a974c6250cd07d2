"""Conflicts as pages show them: all sides, with who says each, and which is preferred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup

from kg.pages.frame import Frame, template
from kg.pages.href import anchor

if TYPE_CHECKING:
    from kg.analysis.conflicts import Conflict, Side

_CUTS = "data-cut"


def noted(found: Iterable[Conflict]) -> set[str]:
    """The references that conflicts lead to."""
    return {side.reference for each in found for side in each.sides}


def block(frame: Frame, conflict: Conflict) -> Markup:
    """The HTML of one conflict."""
    cells = frame.cells
    sides = [
        (side, "; ".join(_how(side)), cells.cite([(side.reference, "", side.checked)]))
        for side in conflict.sides
    ]
    return Markup(
        template("conflict.html").render(
            id=anchor(conflict.id),
            title=conflict.about_label,
            kind=conflict.kind.replace("-", " "),
            conflict=conflict,
            sides=sides,
            about=[cells.link(each) for each in conflict.about],
        )
    )


def page(frame: Frame) -> str:
    """The HTML of the page of all conflicts."""
    found = frame.library.conflicts
    groups: dict[str, list[Markup]] = defaultdict(list)
    for each in found:
        heading = each.kind.replace("-", " ").capitalize()
        groups["Successive data cuts" if each.kind == _CUTS else heading].append(block(frame, each))
    return frame.render(
        "conflicts.html",
        noted=noted(found),
        title="Where references disagree",
        groups=list(groups.items()),
    )


def _how(side: Side) -> Iterator[str]:
    for each in (side.population, side.assessor, side.definition):
        if each not in ("", "unstated"):
            yield each.replace("-", " ")
    if side.data_cutoff:
        yield f"data cut {side.data_cutoff}"
    if side.follow_up:
        yield f"follow-up {side.follow_up} months"
