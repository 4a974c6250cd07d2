"""``kg network``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.groups import Viewed
from kg.errors import BadParameter


def network(
    viewed: Viewed,
    name: Annotated[str, typer.Argument(help="An entity by any name; none for all.")] = "",
    depth: Annotated[int, typer.Option(min=0, max=6, help="Steps around the entity.")] = 1,
    form: Annotated[str, typer.Option("--format", help="json, to print it.")] = "",
    output: Annotated[
        Path | None,
        typer.Option("--output", help="A page, or .graphml, .gexf, .cx2, .dot, .json by its name."),
    ] = None,
) -> None:
    """Write the network around an entity: an interactive page, or a file for another program."""
    from kg import printing
    from kg.answers.drawing import GetNetwork
    from kg.exports import write_network

    if form not in ("", "json"):
        raise BadParameter(f"--format {form}: it takes json; other forms by the name of --output")
    graph = viewed.graph()
    if form or (output and output.suffix == ".json"):
        printing.write(printing.dump(GetNetwork(name, depth).answer(graph)), output)
        return
    files = write_network(graph, output or Path("network.html"), name, depth)
    if not viewed.quiet:
        print(*files, sep="\n")
