"""What the commands share: their options, opening the graph, printing records."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

AsOf = Annotated[str, typer.Option("--as-of", metavar="DATE", help="As it could be known then.")]
On = Annotated[
    str, typer.Option("--on", metavar="DATE", help="About that day, as it is known today.")
]
Without = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="KIND", help="Leave out press, abstract or recalled."),
]
Place = Annotated[
    str, typer.Option("--store", metavar="DIR|URL", help="Another store than the packaged one.")
]
Format = Annotated[str, typer.Option("--format", help="table, csv, tsv or json.")]
Output = Annotated[Path | None, typer.Option("--output", metavar="PATH", help="Write there.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but the answer.")]


def opened(
    store: str, as_of: str, without: list[str] | None, quiet: bool, on: str = ""
) -> KnowledgeGraph:
    """The graph that the options name."""
    from kg.graph import load

    return load(store, say(quiet)).view(as_of, without or (), on)


def agree(as_of: str, on: str) -> None:
    """Refuse days that contradict each other, where only one of them makes the view."""
    from kg.dataset import views
    from kg.model import parse_day

    if as_of and on:
        views.agree(parse_day(as_of), parse_day(on))


def say(quiet: bool) -> Callable[[str], None]:
    """What tells the user something beside the answer."""
    return (lambda _: None) if quiet else (lambda text: print(text, file=sys.stderr, flush=True))


def progress(quiet: bool) -> Callable[[str], None]:
    """Progress is for people who watch: a pipe or a file gets none."""
    return say(quiet or not sys.stderr.isatty())


def print_records(header: list[str], body: list[list[str]], form: str, output: Path | None) -> None:
    """Print records of text in a format."""
    from kg import printing

    if form == "table":
        printing.write(printing.table(header, body), output)
    elif form == "json":
        records = [dict(zip(header, row, strict=True)) for row in body]
        printing.write(printing.dump(records), output)
    else:
        printing.write(printing.delimited(header, body, form), output)
