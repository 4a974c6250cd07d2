"""``kg compare``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.groups import Printed, Viewed
from kg.cli.options import Anyway, Forest, reason


def compare(
    names: Annotated[list[str], typer.Argument(help="Trials or drugs; or one trial.")],
    viewed: Viewed,
    printed: Printed,
    measure: Annotated[str, typer.Option(help="A measure, a family (response) or a harm.")] = "",
    anyway: Anyway = None,
    forest: Forest = None,
) -> None:
    """Line up trials or drugs on a measure; ranked only where nothing differs."""
    from kg import reports
    from kg.answers.judging import Compare

    found = Compare(names, measure, reason(anyway)).found(viewed.graph())
    if forest:
        from kg.figures.forest import draw, of_comparison

        draw(of_comparison(found, viewed.as_of), forest)
    printed.judged(found, reports.comparison_text(found), viewed)
