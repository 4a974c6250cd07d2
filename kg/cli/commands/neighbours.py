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
    print_records,
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

    found = opened(store, as_of, without, quiet, on).neighbours(drug, most)
    if not found:
        say(quiet)(f"no neighbours: the graph has no feature of {drug} that another drug shares")
    if (form := form or printing.default_format(output)) == "json":
        printing.write(printing.dump(found), output)
        return
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
    print_records(header, body, form, output)
