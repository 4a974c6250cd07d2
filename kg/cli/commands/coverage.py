"""``kg coverage``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.groups import Printed, Viewed
from kg.cli.options import Place, Quiet


def coverage(
    name: Annotated[str, typer.Argument(help="An entity by any name.")],
    printed: Printed,
    store: Place = "",
    quiet: Quiet = False,
) -> None:
    """Say what it means that the graph says nothing about an entity: whether anybody looked."""
    from kg.answers.asking import GetCoverage

    asked = GetCoverage(name)
    graph = Viewed(store=store, quiet=quiet).graph()
    found = asked.record(graph, asked.found(graph))
    words = ["yes" if found.covered else "no", found.words]
    printed.found(found, ["covered", "words"], [words])
