"""``kg conflicts``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import AsOf, Format, On, Output, Place, Quiet, Without, opened


def conflicts(
    entity: Annotated[str, typer.Argument(help="Only about this drug, trial, disease ...")] = "",
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help="Only such conflicts.")
    ] = None,
    prefer: Annotated[
        list[str] | None,
        typer.Option("--prefer", metavar="TYPE", help="Trust Label, Article ... first, in order."),
    ] = None,
    fail: Annotated[bool, typer.Option("--fail", help="Exit with 1 if there is any.")] = False,
    as_of: AsOf = "",
    on: On = "",
    without: Without = None,
    store: Place = "",
    form: Format = "",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Show where references disagree, every side of it, and which is preferred and why."""
    from kg import conflict_text, printing
    from kg.answers.saying import GetConflicts

    asked = GetConflicts(entity, kind or (), prefer or ())
    found = asked.found(opened(store, as_of, without, quiet, on))
    form = form or printing.default_format(output)
    if form == "json":
        printing.write(printing.dump(found), output)
    elif form == "table":
        printing.write(conflict_text.text(found), output)
    else:
        body = printing.delimited(conflict_text.HEADER, conflict_text.rows(found), form)
        printing.write(body, output)
    if fail and found:
        raise typer.Exit(1)
