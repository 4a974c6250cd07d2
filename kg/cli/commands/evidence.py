"""``kg evidence``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.groups import Printed, Viewed


def evidence(
    subject: Annotated[str, typer.Argument(help="An entity by any name, or a node by its id.")],
    viewed: Viewed,
    printed: Printed,
    predicate: Annotated[str, typer.Argument(help="A term such as lkg:target.")] = "",
    value: Annotated[str, typer.Argument(help="An entity, or the text of a value.")] = "",
) -> None:
    """Show which references state a triple, where in them, and how that was checked."""
    from kg.answers.saying import GetEvidence

    found = GetEvidence(subject, predicate, value).found(viewed.graph())
    header = ["subject", "predicate", "object", "reference", "title", "issued"]
    header += ["locator", "checked"]
    printed.found(found, header, [[getattr(each, name) for name in header] for each in found])
