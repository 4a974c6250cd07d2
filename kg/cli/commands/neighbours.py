"""``kg neighbours``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import (
    AsOf,
    Format,
    On,
    Output,
    Place,
    Quiet,
    Without,
    opened,
    print_found,
    say,
)


def neighbours(
    drug: Annotated[str, typer.Argument(help="A drug by any name.")],
    most: Annotated[int, typer.Option("--most", help="How many drugs at most.")] = 10,
    as_of: AsOf = "",
    on: On = "",
    without: Without = None,
    store: Place = "",
    form: Format = "",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Show the drugs nearest to a drug by what they share, with the weight of each reason."""
    from kg import printing
    from kg.answers.relating import FindNeighbours

    found = FindNeighbours(drug, most).found(opened(store, as_of, without, quiet, on))
    if not found:
        say(quiet)(f"no neighbours: the graph has no feature of {drug} that another drug shares")
    form = form or printing.default_format(output)
    header = ["drug", "score", "shares", "feature", "weight", "drugs", "references", "issued"]
    body = [
        [
            *(each.drug.label, f"{each.score:.2f}"),
            *(reason.aspect, reason.feature.label, f"{reason.weight:.2f}", str(reason.drugs)),
            *printing.sources(reason.evidence, form),
        ]
        for each in found
        for reason in each.reasons
    ]
    print_found(found, header, body, form, output)
