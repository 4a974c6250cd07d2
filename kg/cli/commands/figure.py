"""``kg figure``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import AsOf, On, Place, Quiet, Without, opened, print_records, read_parameters

SETTINGS = {"allow_extra_args": True, "ignore_unknown_options": True}


def figure(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A figure; none lists them.")] = "",
    as_of: AsOf = "",
    on: On = "",
    without: Without = None,
    store: Place = "",
    output: Annotated[Path | None, typer.Option("--output", help="An .svg or .png file.")] = None,
    quiet: Quiet = False,
) -> None:
    """Draw a figure: kg figure NAME --param value --output PATH; kg figure alone lists them."""
    from kg import figures, printing

    if not name:
        every = [module.QUESTION for module in figures.every().values()]
        body = [[q.name, q.summary, q.example] for q in every]
        form = printing.default_format(None)
        print_records(["figure", "shows", "example"], body, form, None)
        return
    graph = opened(store, as_of, without, quiet, on)
    drawn = figures.figure(graph, name, read_parameters(context.args))
    files = drawn.save(output or Path(f"{name.replace('_', '-')}.svg"))
    if not quiet:
        print(*files, sep="\n")
