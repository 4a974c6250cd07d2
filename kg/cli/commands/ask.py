"""``kg ask``."""

from __future__ import annotations

from typing import Annotated, Any

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
    print_records,
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
    from kg import printing, questions

    form = form or printing.default_format(output)
    if not name:
        every = [questions.load(each) for each in questions.names()]
        body = [[q.group, q.name, q.summary, q.example] for q in sorted(every, key=_by_group)]
        print_records(["group", "question", "asks", "example"], body, form, output)
        return
    parameters = read_parameters(context.args)
    question = questions.load(name)
    if on and question.takes_day:
        parameters["on"], on = on, ""
    answer = opened(store, as_of, without, quiet, on).ask(question.name, **parameters)
    if answer.coverage:
        say(quiet)(answer.coverage.words)
    if form == "json":
        printing.write(printing.question(question.name, answer, parameters, proof), output)
    else:
        printing.write(printing.rows(answer, form, proof, mark=True), output)


def _by_group(question: Any) -> tuple[str, str]:
    return question.group, question.name
