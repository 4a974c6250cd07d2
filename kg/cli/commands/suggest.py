"""``kg suggest``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.groups import Printed, Viewed


def suggest(
    text: Annotated[str, typer.Argument(help="The first letters of a name.")],
    viewed: Viewed,
    printed: Printed,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help="Only drugs, targets ...")
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, help="How many at most.")] = 10,
) -> None:
    """Show the entities that some letters of a name could become."""
    from kg.answers.naming import Suggest

    found = Suggest(text, kind or (), most).found(viewed.graph())
    header = ["id", "label", "via", "kind"]
    printed.found(found, header, [[getattr(each, name) for name in header] for each in found])
