"""``kg find``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import AsOf, Format, On, Output, Place, Quiet, Without, opened, print_records


def find(
    name: Annotated[str, typer.Argument(help="Label, synonym, code or identifier.")],
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help="Only a drug, target ...")
    ] = None,
    as_of: AsOf = "",
    on: On = "",
    without: Without = None,
    store: Place = "",
    form: Format = "",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Show which entity a name is of; candidates, if it is of several or of none."""
    from kg import printing
    from kg.answers.naming import Find

    found = Find(name, kind or ()).found(opened(store, as_of, without, quiet, on))
    if (form := form or printing.default_format(output)) == "json":
        printing.write(printing.dump(found), output)
    else:
        header = ["id", "label", "kind", "iri"]
        print_records(header, [[getattr(found, each) for each in header]], form, output)
