"""``kg serve``."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from kg.cli.options import Place, Quiet, say
from kg.errors import BadParameter, MissingExtra


def serve(
    store: Place = "",
    host: Annotated[str, typer.Option("--host", help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535)] = 8022,
    name: Annotated[
        list[str] | None, typer.Option("--name", help="Another name that the service goes by.")
    ] = None,
    processes: Annotated[
        int, typer.Option("--processes", min=1, help="Processors for queries.")
    ] = os.cpu_count() or 1,
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, help="A query may take.")] = 8.0,
    cors: Annotated[
        list[str] | None, typer.Option("--cors", metavar="ORIGIN", help="Pages that may ask.")
    ] = None,
    log: Annotated[
        bool, typer.Option("--log", help="Tell each request, without its query.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Serve SPARQL over HTTP, with limits; KG_TOKEN in the environment asks for a bearer token."""
    try:
        from kg.serve.limits import Limits
        from kg.serve.running import run
        from kg.serve.settings import Settings
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"serving needs {error.name}: pip install 'leukemia-kg[serve]'"
        ) from None
    if store.startswith(("http://", "https://")):
        raise BadParameter("only a store of this machine is served, not one behind an address")
    settings = Settings(
        host,
        port,
        tuple(name or ()),
        processes,
        Limits(seconds=seconds),
        os.environ.get("KG_TOKEN", ""),
        tuple(cors or ()),
        log,
    )
    run(store, settings, say(quiet))
