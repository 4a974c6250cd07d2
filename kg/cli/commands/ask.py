"""``kg ask``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import (
    AsOf,
    Format,
    On,
    Output,
    Place,
    Prove,
    Quiet,
    Without,
    opened,
    print_found,
    read_parameters,
    say,
)

SETTINGS = {"allow_extra_args": True, "ignore_unknown_options": True}


def ask(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A question; none lists them.")] = "",
    as_of: AsOf = "",
    on: On = "",
    without: Without = None,
    store: Place = "",
    proof: Prove = False,
    form: Format = "",
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Answer a competency question: kg ask NAME --param value; kg ask alone lists them."""
    from kg import printing
    from kg.answers.asking import Ask, described, listed

    form = form or printing.default_format(output)
    if not name:
        every = [described(each) for each in listed()]
        header = ["group", "question", "asks", "example"]
        print_found(every, header, [[getattr(q, n) for n in header] for q in every], form, output)
        return
    asked, on = Ask(name, read_parameters(context.args), proof).about(on)
    graph = opened(store, as_of, without, quiet, on)
    found = asked.found(graph)
    if found.coverage:
        say(quiet)(found.coverage.words)
    if form == "json":
        printing.write(printing.dump(asked.record(graph, found)), output)
    else:
        printing.write(printing.rows(found, form, proof, mark=True), output)
