"""``kg find``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.groups import Printed, Viewed


def find(
    name: Annotated[str, typer.Argument(help="Label, synonym, code or identifier.")],
    viewed: Viewed,
    printed: Printed,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help="Only a drug, target ...")
    ] = None,
) -> None:
    """Show which entity a name is of; candidates, if it is of several or of none."""
    from kg.answers.naming import Find

    found = Find(name, kind or ()).found(viewed.graph())
    header = ["id", "label", "kind", "iri"]
    printed.found(found, header, [[getattr(found, each) for each in header]])
