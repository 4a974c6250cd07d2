"""``kg figure``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.groups import Printed, Viewed
from kg.cli.options import read_parameters

SETTINGS = {"allow_extra_args": True, "ignore_unknown_options": True}


def figure(
    context: typer.Context,
    viewed: Viewed,
    name: Annotated[str, typer.Argument(help="A figure; none lists them.")] = "",
    output: Annotated[Path | None, typer.Option("--output", help="An .svg or .png file.")] = None,
) -> None:
    """Draw a figure: kg figure NAME --param value --output PATH; kg figure alone lists them."""
    from kg import figures

    if not name:
        every = [module.QUESTION for module in figures.every().values()]
        body = [[q.name, q.summary, q.example] for q in every]
        Printed().table(["figure", "shows", "example"], body)
        return
    drawn = figures.figure(viewed.graph(), name, read_parameters(context.args))
    files = drawn.save(output or Path(f"{name.replace('_', '-')}.svg"))
    if not viewed.quiet:
        print(*files, sep="\n")
