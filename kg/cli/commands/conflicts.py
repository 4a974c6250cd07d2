"""``kg conflicts``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.groups import Printed, Viewed


def conflicts(
    viewed: Viewed,
    printed: Printed,
    entity: Annotated[str, typer.Argument(help="Only about this drug, trial, disease ...")] = "",
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help="Only such conflicts.")
    ] = None,
    prefer: Annotated[
        list[str] | None,
        typer.Option("--prefer", metavar="TYPE", help="Trust Label, Article ... first, in order."),
    ] = None,
    fail: Annotated[bool, typer.Option("--fail", help="Exit with 1 if there is any.")] = False,
) -> None:
    """Show where references disagree, every side of it, and which is preferred and why."""
    from kg import conflict_text
    from kg.answers.saying import GetConflicts

    found = GetConflicts(entity, kind or (), prefer or ()).found(viewed.graph())
    if printed.format == "table":
        printed.write(conflict_text.text(found))
    else:
        printed.found(found, conflict_text.HEADER, conflict_text.rows(found))
    if fail and found:
        raise typer.Exit(1)
