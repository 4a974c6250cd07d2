"""What the commands share: their options, opening the graph, printing records."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import BadParameter

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

AsOf = Annotated[str, typer.Option("--as-of", metavar="DATE", help="As it could be known then.")]
Without = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="KIND", help="Leave out press, abstract or recalled."),
]
Place = Annotated[
    str, typer.Option("--store", metavar="DIR|URL", help="Another store than the packaged one.")
]
Format = Annotated[str, typer.Option("--format", help="table, csv, tsv or json.")]
Output = Annotated[Path | None, typer.Option("--output", metavar="PATH", help="Write there.")]
Prove = Annotated[bool, typer.Option("--proof", help="With what makes each row.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but the answer.")]


def opened(store: str, as_of: str, without: list[str] | None, quiet: bool) -> KnowledgeGraph:
    """The graph that the options name."""
    from kg.graph import load

    graph = load(store, _say(quiet))
    return graph.view(as_of, without or ()) if as_of or without else graph


def _say(quiet: bool) -> Callable[[str], None]:
    return (lambda _: None) if quiet else (lambda text: print(text, file=sys.stderr, flush=True))


def progress(quiet: bool) -> Callable[[str], None]:
    """Progress is for people who watch: a pipe or a file gets none."""
    return _say(quiet or not sys.stderr.isatty())


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


def read_parameters(words: list[str]) -> dict[str, object]:
    """``--name value`` and ``--name=value`` pairs.

    Raises:
        BadParameter: a word is neither, or a name is given twice.
    """
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
