"""What the commands share: their options, opening the graph, printing records."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.errors import BadParameter

if TYPE_CHECKING:
    from kg.analysis.comparability import Judged
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
Anyway = Annotated[
    str | None, typer.Option("--anyway", metavar="REASON", help="Do it although results differ.")
]
Forest = Annotated[
    Path | None, typer.Option("--forest", metavar="PATH", help="Draw a forest plot: .svg or .png.")
]
Prove = Annotated[bool, typer.Option("--proof", help="With what makes each row.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but the answer.")]


def opened(
    store: str, as_of: str, without: list[str] | None, quiet: bool, on: str = ""
) -> KnowledgeGraph:
    """The graph that the options name."""
    from kg.graph import load

    return load(store, say(quiet)).view(as_of, without or (), on)


def say(quiet: bool) -> Callable[[str], None]:
    """What tells the user something beside the answer."""
    return (lambda _: None) if quiet else (lambda text: print(text, file=sys.stderr, flush=True))


def progress(quiet: bool) -> Callable[[str], None]:
    """Progress is for people who watch: a pipe or a file gets none."""
    return say(quiet or not sys.stderr.isatty())


@contextmanager
def progress_bar(quiet: bool, what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar of what is done of how many, for people who watch."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def reason(anyway: str | None) -> str:
    """The reason of ``--anyway``, which must be one."""
    if anyway is not None and not anyway.strip():
        raise BadParameter("--anyway takes a reason, which then stands beside the result")
    return anyway or ""


def print_judged(found: Judged, text: str, form: str, output: Path | None, quiet: bool) -> None:
    """Print a comparison or pooling; why it is empty goes beside a table that cannot say it."""
    from kg import printing

    if form == "json":
        printing.write(printing.dump(found.to_dict()), output)
    elif form == "table":
        printing.write(text, output)
    else:
        header, body = found.table()
        printing.write(printing.delimited(header, body, form), output)
        for note in [*found.empty, *([] if body else [found.remark])]:
            say(quiet)(note)


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


def print_found(
    found: Sequence[Any], header: list[str], body: list[list[str]], form: str, output: Path | None
) -> None:
    """Print what was found: as it is in JSON, else as the records of text made of it."""
    from kg import printing

    if (form := form or printing.default_format(output)) == "json":
        printing.write(printing.dump(found), output)
    else:
        print_records(header, body, form, output)


def read_parameters(words: list[str]) -> dict[str, str]:
    """``--name value`` and ``--name=value`` pairs.

    Raises:
        BadParameter: a word is neither, or a name is given twice.
    """
    found: dict[str, str] = {}
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
