"""``kg export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import AsOf, On, Output, Place, Quiet, Without, opened, progress


def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="kg export lists them.")] = "",
    as_of: AsOf = "",
    on: On = "",
    without: Without = None,
    store: Place = "",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Write the graph in another format: html, turtle, jsonld, graphml, kgx, csv ..."""
    from kg import exports

    if not form:
        print("\n".join(exports.names()))
        return
    module = exports.load(form)
    graph = opened(store, as_of, without, quiet, on)
    progress(quiet)(f"Writing {form} ...")
    files = module.write(graph, output or Path("exports") / f"leukemia-kg{module.SUFFIX}")
    if not quiet:
        print(*files, sep="\n")
