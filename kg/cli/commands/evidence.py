"""``kg evidence``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import AsOf, Format, On, Output, Place, Quiet, Without, opened, print_found


def evidence(
    subject: Annotated[str, typer.Argument(help="An entity by any name, or a node by its id.")],
    predicate: Annotated[str, typer.Argument(help="A term such as lkg:target.")] = "",
    value: Annotated[str, typer.Argument(help="An entity, or the text of a value.")] = "",
    as_of: AsOf = "",
    on: On = "",
    without: Without = None,
    store: Place = "",
    form: Format = "",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Show which references state a triple, where in them, and how that was checked."""
    from kg.answers.saying import GetEvidence

    asked = GetEvidence(subject, predicate, value)
    found = asked.found(opened(store, as_of, without, quiet, on))
    header = ["subject", "predicate", "object", "reference", "title", "issued"]
    header += ["locator", "checked"]
    body = [[getattr(each, name) for name in header] for each in found]
    print_found(found, header, body, form, output)
