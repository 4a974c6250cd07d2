"""``kg pool``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import (
    Anyway,
    AsOf,
    Forest,
    Format,
    On,
    Output,
    Place,
    Quiet,
    Without,
    opened,
    print_judged,
    reason,
)


def pool(
    measure: Annotated[str, typer.Argument(help="A proportion, or a harm.")],
    drug: Annotated[str, typer.Option(help="Arms that give it.")] = "",
    disease: Annotated[str, typer.Option(help="Trials in it or in one below it.")] = "",
    setting: Annotated[str, typer.Option(help="Line of therapy: newly-diagnosed ...")] = "",
    grade: Annotated[str, typer.Option(help="Of a harm: any, 3+ ...")] = "",
    every_arm: Annotated[
        bool, typer.Option("--every-arm", help="Not one arm a trial, but all.")
    ] = False,
    anyway: Anyway = None,
    forest: Forest = None,
    as_of: AsOf = "",
    on: On = "",
    without: Without = None,
    store: Place = "",
    form: Format = "",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Pool a proportion (n of N patients) over comparable arms."""
    from kg import printing, reports
    from kg.answers.judging import Pool

    asked = Pool(measure, drug, disease, setting, grade, every_arm, reason(anyway))
    found = asked.found(opened(store, as_of, without, quiet, on))
    if forest:
        from kg.figures.forest import draw, of_pooling

        draw(of_pooling(found, as_of), forest)
    form = form or printing.default_format(output)
    print_judged(found, reports.pooling_text(found), form, output, quiet)
