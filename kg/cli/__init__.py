"""The command line: each command parses, makes one call and prints."""

from __future__ import annotations

import gc
import sys
from typing import Annotated, NoReturn

import typer

from kg import __version__
from kg.cli import commands
from kg.cli.grouping import spread
from kg.errors import InvalidData, KGError


def _say_version(asked: bool) -> None:
    if asked:
        print(f"kg {__version__}")
        raise typer.Exit


def application(asked: str = "") -> typer.Typer:
    """The command line.

    Args:
        asked: the only command that will be run, if that is known: the others are not loaded.
    """
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_root)
    every = commands.names()
    for name in [asked] if asked in every else every:
        function, settings = commands.command(name)
        app.command(name, context_settings=settings)(spread(function))
    return app


def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_say_version, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """A knowledge graph of leukemia therapeutics: ask, query, look up, prove, draw."""


def main() -> NoReturn:
    """Run the command line; errors become a line or two and an exit code."""
    gc.disable()  # a command ends before there is much to collect
    try:
        application(sys.argv[1] if len(sys.argv) > 1 else "")(prog_name="kg")
    except InvalidData as error:
        _complain(error, 1)
    except KGError as error:
        _complain(error, 2)
    except BrokenPipeError:  # the reader of a pipe left: not an error of ours
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0)


def _complain(error: KGError, code: int) -> NoReturn:
    print(f"kg: {error}", file=sys.stderr)
    sys.exit(code)
