"""``kg path``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.groups import Printed, Viewed


def path(
    start: Annotated[str, typer.Argument(metavar="A", help="An entity by any name.")],
    end: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    viewed: Viewed,
    printed: Printed,
    most: Annotated[int, typer.Option("--most", help="How many paths at most.")] = 5,
) -> None:
    """Show the shortest and most specific paths between two entities, and who says each step."""
    from kg import printing
    from kg.answers.relating import FindPaths

    found = FindPaths(start, end, most).found(viewed.graph())
    if not found:
        viewed.say(f"no path: nothing in the graph joins {start} and {end}")
    header = ["path", "cost", "from", "relation", "to", "references", "issued"]
    body = [
        [
            *(str(number), f"{each.cost:.2f}"),
            *(step.source.label, step.relation, step.target.label),
            *printing.sources(step.evidence, printed.format),
        ]
        for number, each in enumerate(found, 1)
        for step in each.steps
    ]
    printed.found(found, header, body)
