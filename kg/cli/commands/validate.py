"""``kg validate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import Quiet


def validate(
    path: Annotated[Path | None, typer.Argument(help="A folder of tables, or an RDF file.")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Sort rows and trim cells first.")] = False,
    quiet: Quiet = False,
) -> None:
    """Check tables or RDF: cells, references, identifiers, arithmetic, shapes and rules."""
    from kg.release import check

    counted = check(path, fix)
    if not quiet:
        print(counted)
