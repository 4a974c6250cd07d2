"""``kg card``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import AsOf, Format, On, Output, Place, Quiet, Without, opened


def card(
    name: Annotated[str, typer.Argument(help="Label, synonym, code or identifier.")],
    as_of: AsOf = "",
    on: On = "",
    without: Without = None,
    store: Place = "",
    form: Format = "",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Show everything about one entity, with who says it."""
    from kg import printing
    from kg.answers.naming import GetCard

    found = GetCard(name).found(opened(store, as_of, without, quiet, on))
    form = form or printing.default_format(output)
    if form == "json":
        printing.write(printing.dump(found), output)
    elif form == "table":
        printing.write(printing.card_text(found), output)
    else:
        printing.write(printing.delimited(*printing.card_rows(found), form), output)
