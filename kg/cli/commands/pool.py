"""``kg pool``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.groups import Printed, Viewed
from kg.cli.options import Anyway, Forest, reason


def pool(
    measure: Annotated[str, typer.Argument(help="A proportion, or a harm.")],
    viewed: Viewed,
    printed: Printed,
    drug: Annotated[str, typer.Option(help="Arms that give it.")] = "",
    disease: Annotated[str, typer.Option(help="Trials in it or in one below it.")] = "",
    setting: Annotated[str, typer.Option(help="Line of therapy: newly-diagnosed ...")] = "",
    grade: Annotated[str, typer.Option(help="Of a harm: any, 3+ ...")] = "",
    every_arm: Annotated[
        bool, typer.Option("--every-arm", help="Not one arm a trial, but all.")
    ] = False,
    anyway: Anyway = None,
    forest: Forest = None,
) -> None:
    """Pool a proportion (n of N patients) over comparable arms."""
    from kg import reports
    from kg.answers.judging import Pool

    asked = Pool(measure, drug, disease, setting, grade, every_arm, reason(anyway))
    found = asked.found(viewed.graph())
    if forest:
        from kg.figures.forest import draw, of_pooling

        draw(of_pooling(found, viewed.as_of), forest)
    printed.judged(found, reports.pooling_text(found), viewed)
