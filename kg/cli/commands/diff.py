"""``kg diff``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import (
    AsOf,
    Format,
    Output,
    Place,
    Quiet,
    Without,
    opened,
    print_found,
    say,
)


def diff(
    start: Annotated[str, typer.Option("--from", metavar="DATE", help="What was known then.")],
    end: Annotated[str, typer.Option("--to", metavar="DATE", help="And then.")],
    as_of: AsOf = "",
    without: Without = None,
    store: Place = "",
    form: Format = "",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Show what became known, approved, withdrawn or contradicted after one day until another."""
    from kg.answers.relating import ListChanges

    found = ListChanges(start, end).found(opened(store, as_of, without, quiet))
    if not found:
        say(quiet)(f"no change: nothing in the graph is dated after {start} until {end}")
    header = ["date", "known", "late", "kind", "about", "what", "reference"]
    body = [
        [
            *(each.date, each.known, "late" if each.late else "", each.kind),
            *(each.about.label, each.what, each.reference),
        ]
        for each in found
    ]
    print_found(found, header, body, form, output)
