"""``kg coverage``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import Format, Output, Place, Quiet, opened, print_records


def coverage(
    name: Annotated[str, typer.Argument(help="An entity by any name.")],
    store: Place = "",
    form: Format = "",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Say what it means that the graph says nothing about an entity: whether anybody looked."""
    from kg import printing
    from kg.answers.asking import GetCoverage

    asked = GetCoverage(name)
    graph = opened(store, "", None, quiet)
    found = asked.record(graph, asked.found(graph))
    if (form := form or printing.default_format(output)) == "json":
        printing.write(printing.dump(found), output)
    else:
        body = [["yes" if found.covered else "no", found.words]]
        print_records(["covered", "words"], body, form, output)
