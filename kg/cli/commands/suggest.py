"""``kg suggest``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import AsOf, Format, On, Output, Place, Quiet, Without, opened, print_found


def suggest(
    text: Annotated[str, typer.Argument(help="The first letters of a name.")],
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help="Only drugs, targets ...")
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, help="How many at most.")] = 10,
    as_of: AsOf = "",
    on: On = "",
    without: Without = None,
    store: Place = "",
    form: Format = "",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Show the entities that some letters of a name could become."""
    from kg.answers.naming import Suggest

    found = Suggest(text, kind or (), most).found(opened(store, as_of, without, quiet, on))
    header = ["id", "label", "via", "kind"]
    body = [[getattr(each, name) for name in header] for each in found]
    print_found(found, header, body, form, output)
