"""``kg build``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import Place, Quiet, progress


def build(
    store: Place = "",
    output: Annotated[Path, typer.Option("--output", help="Folder of the pages.")] = Path(
        "exports"
    ),
    quiet: Quiet = False,
) -> None:
    """Build the packaged knowledge: a validated store, and pages to look at."""
    from kg.release import release

    summary = release(Path(store) if store else None, output, progress(quiet))
    if not quiet:
        print(summary)
