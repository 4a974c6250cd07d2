"""``kg ask``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kg.cli.options import AsOf, Format, Output, Place, Quiet, Without, opened, print_records
from kg.errors import BadParameter

SETTINGS = {"allow_extra_args": True, "ignore_unknown_options": True}


def ask(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A question; none lists them.")] = "",
    as_of: AsOf = "",
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="About that day.")] = "",
    without: Without = None,
    store: Place = "",
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
    parameters = _parameters(context.args)
    if on:
        parameters["on"] = on
    question = questions.load(name)
    answer = opened(store, as_of, without, quiet).ask(question.name, **parameters)
    if form == "json":
        printing.write(printing.question(question.name, answer, parameters), output)
    else:
        printing.write(printing.rows(answer, form, mark=True), output)


def _by_group(question: Any) -> tuple[str, str]:
    return question.group, question.name


def _parameters(words: list[str]) -> dict[str, object]:
    """``--name value`` and ``--name=value`` pairs."""
    found: dict[str, object] = {}
    rest = iter(words)
    for word in rest:
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name:
            raise BadParameter(f"{word!r}: parameters are given as --name value")
        if not equals:
            try:
                value = next(rest)
            except StopIteration:
                raise BadParameter(f"--{name} needs a value") from None
        if (key := name.replace("-", "_")) in found:
            raise BadParameter(f"--{name} is given twice")
        found[key] = value
    return found
