"""``kg ask``."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from kg.cli.groups import Printed, Viewed
from kg.cli.options import Prove, read_parameters

SETTINGS = {"allow_extra_args": True, "ignore_unknown_options": True}


def ask(
    context: typer.Context,
    viewed: Viewed,
    printed: Printed,
    name: Annotated[str, typer.Argument(help="A question; none lists them.")] = "",
    proof: Prove = False,
) -> None:
    """Answer a competency question: kg ask NAME --param value; kg ask alone lists them."""
    from kg import printing
    from kg.answers.asking import Ask, described, listed

    if not name:
        every = [described(each) for each in listed()]
        header = ["group", "question", "asks", "example"]
        printed.found(every, header, [[getattr(q, n) for n in header] for q in every])
        return
    asked, on = Ask(name, read_parameters(context.args), proof).about(viewed.on)
    graph = replace(viewed, on=on).graph()
    found = asked.found(graph)
    if found.coverage:
        viewed.say(found.coverage.words)
    if printed.format == "json":
        printed.json(asked.record(graph, found))
    else:
        printed.write(printing.rows(found, printed.format, proof, mark=True))
