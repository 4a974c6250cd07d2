"""``kg network``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import AsOf, On, Place, Quiet, Without, opened


def network(
    name: Annotated[str, typer.Argument(help="An entity by any name; none for all.")] = "",
    depth: Annotated[int, typer.Option(min=0, max=6, help="Steps around the entity.")] = 1,
    as_of: AsOf = "",
    on: On = "",
    without: Without = None,
    store: Place = "",
    output: Annotated[
        Path, typer.Option("--output", help="A page, or .graphml, .gexf, .cx2, .dot by its name.")
    ] = Path("network.html"),
    quiet: Quiet = False,
) -> None:
    """Write the network around an entity: an interactive page, or a file for another program."""
    from kg.exports import write_network

    graph = opened(store, as_of, without, quiet, on)
    files = write_network(graph, output, name, depth)
    if not quiet:
        print(*files, sep="\n")
