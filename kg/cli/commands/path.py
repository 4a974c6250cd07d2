"""``kg path``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import (
    AsOf,
    Format,
    On,
    Output,
    Place,
    Quiet,
    Without,
    opened,
    print_found,
    say,
)


def path(
    start: Annotated[str, typer.Argument(metavar="A", help="An entity by any name.")],
    end: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    most: Annotated[int, typer.Option("--most", help="How many paths at most.")] = 5,
    as_of: AsOf = "",
    on: On = "",
    without: Without = None,
    store: Place = "",
    form: Format = "",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Show the shortest and most specific paths between two entities, and who says each step."""
    from kg import printing
    from kg.answers.relating import FindPaths

    found = FindPaths(start, end, most).found(opened(store, as_of, without, quiet, on))
    if not found:
        say(quiet)(f"no path: nothing in the graph joins {start} and {end}")
    form = form or printing.default_format(output)
    header = ["path", "cost", "from", "relation", "to", "references", "issued"]
    body = [
        [
            *(str(number), f"{each.cost:.2f}"),
            *(step.source.label, step.relation, step.target.label),
            *printing.sources(step.evidence, form),
        ]
        for number, each in enumerate(found, 1)
        for step in each.steps
    ]
    print_found(found, header, body, form, output)
