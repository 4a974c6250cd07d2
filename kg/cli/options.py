"""What the commands share: their options, and how they tell what they do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from kg.errors import BadParameter

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
