"""``kg card``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.groups import Printed, Viewed


def card(
    name: Annotated[str, typer.Argument(help="Label, synonym, code or identifier.")],
    viewed: Viewed,
    printed: Printed,
) -> None:
    """Show everything about one entity, with who says it."""
    from kg import printing
    from kg.answers.naming import GetCard

    found = GetCard(name).found(viewed.graph())
    if printed.format == "table":
        printed.write(printing.card_text(found))
    else:
        printed.found(found, *printing.card_rows(found))
