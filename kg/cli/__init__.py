"""The command line: each command parses, makes one call and prints."""

from __future__ import annotations

import sys
from typing import NoReturn

import typer

from kg.cli import commands
from kg.errors import InvalidData, KGError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="A knowledge graph of leukemia therapeutics: ask, query, look up, prove, draw.",
)
for _name, (_function, _settings) in commands.every().items():
    app.command(_name, context_settings=_settings)(_function)


def main() -> NoReturn:
    """Run the command line; errors become a line or two and an exit code."""
    try:
        app(prog_name="kg", standalone_mode=True)
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
