"""``kg build``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import Place, Quiet, progress, progress_bar

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.site import Networks


def build(
    store: Place = "",
    output: Annotated[Path, typer.Option("--output", help="Folder of the pages.")] = Path(
        "exports"
    ),
    whole: Annotated[
        bool, typer.Option("--site", help="Write a page for everything, not the networks alone.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Build the packaged knowledge: a validated store, and pages to look at."""
    from kg.release import release

    def publish(graph: KnowledgeGraph, folder: Path, networks: Networks) -> list[Path]:
        from kg.publishing import publish

        with progress_bar(quiet, "Pages") as track:
            return publish(graph, folder, track, networks)

    place = Path(store) if store else None
    summary = release(place, output, progress(quiet), publish if whole else None)
    if not quiet:
        print(summary)
