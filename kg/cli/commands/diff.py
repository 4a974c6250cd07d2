"""``kg diff``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.groups import Printed, Viewed
from kg.cli.options import AsOf, Place, Quiet, Without


def diff(
    printed: Printed,
    start: Annotated[str, typer.Option("--from", metavar="DATE", help="What was known then.")],
    end: Annotated[str, typer.Option("--to", metavar="DATE", help="And then.")],
    as_of: AsOf = "",
    without: Without = None,
    store: Place = "",
    quiet: Quiet = False,
) -> None:
    """Show what became known, approved, withdrawn or contradicted after one day until another."""
    from kg.answers.relating import ListChanges

    viewed = Viewed(as_of, without=without, store=store, quiet=quiet)
    found = ListChanges(start, end).found(viewed.graph())
    if not found:
        viewed.say(f"no change: nothing in the graph is dated after {start} until {end}")
    header = ["date", "known", "late", "kind", "about", "what", "reference"]
    body = [
        [
            *(each.date, each.known, "late" if each.late else "", each.kind),
            *(each.about.label, each.what, each.reference),
        ]
        for each in found
    ]
    printed.found(found, header, body)
