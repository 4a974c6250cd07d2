"""``kg compare``."""

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


def compare(
    names: Annotated[list[str], typer.Argument(help="Trials or drugs; or one trial.")],
    measure: Annotated[str, typer.Option(help="A measure, a family (response) or a harm.")] = "",
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
    """Line up trials or drugs on a measure; ranked only where nothing differs."""
    from kg import printing, reports
    from kg.answers.judging import Compare

    asked = Compare(names, measure, reason(anyway))
    found = asked.found(opened(store, as_of, without, quiet, on))
    if forest:
        from kg.figures.forest import draw, of_comparison

        draw(of_comparison(found, as_of), forest)
    form = form or printing.default_format(output)
    print_judged(found, reports.comparison_text(found), form, output, quiet)
