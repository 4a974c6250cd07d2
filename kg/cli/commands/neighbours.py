"""``kg neighbours``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.groups import Printed, Viewed


def neighbours(
    drug: Annotated[str, typer.Argument(help="A drug by any name.")],
    viewed: Viewed,
    printed: Printed,
    most: Annotated[int, typer.Option("--most", help="How many drugs at most.")] = 10,
) -> None:
    """Show the drugs nearest to a drug by what they share, with the weight of each reason."""
    from kg import printing
    from kg.answers.relating import FindNeighbours

    found = FindNeighbours(drug, most).found(viewed.graph())
    if not found:
        viewed.say(f"no neighbours: the graph has no feature of {drug} that another drug shares")
    header = ["drug", "score", "shares", "feature", "weight", "drugs", "references", "issued"]
    body = [
        [
            *(each.drug.label, f"{each.score:.2f}"),
            *(reason.aspect, reason.feature.label, f"{reason.weight:.2f}", str(reason.drugs)),
            *printing.sources(reason.evidence, printed.format),
        ]
        for each in found
        for reason in each.reasons
    ]
    printed.found(found, header, body)
