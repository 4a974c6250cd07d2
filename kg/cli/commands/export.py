"""``kg export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.groups import Viewed
from kg.cli.options import Output, progress


def export(
    viewed: Viewed,
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="kg export lists them.")] = "",
    output: Output = None,
) -> None:
    """Write the graph in another format: html, turtle, jsonld, graphml, kgx, csv ..."""
    from kg import exports

    if not form:
        print("\n".join(exports.names()))
        return
    module = exports.load(form)
    graph = viewed.graph()
    progress(viewed.quiet)(f"Writing {form} ...")
    files = module.write(graph, output or Path("exports") / f"leukemia-kg{module.SUFFIX}")
    if not viewed.quiet:
        print(*files, sep="\n")
