"""``kg mcp``."""

from __future__ import annotations

import importlib.util
import os
from typing import Annotated

import typer

from kg.cli.options import Place, Quiet, say
from kg.errors import BadParameter, MissingExtra


def mcp(
    store: Place = "",
    http: Annotated[bool, typer.Option("--http", help="Over HTTP, at the path /mcp.")] = False,
    host: Annotated[str, typer.Option("--host", help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535)] = 8022,
    name: Annotated[
        list[str] | None, typer.Option("--name", help="Another name that the service goes by.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Offer the graph to agents (Model Context Protocol) by the standard streams, or over HTTP."""
    if store.startswith(("http://", "https://")):
        raise BadParameter("only a store of this machine is served, not one behind an address")
    from kg.serve.mcp import NEEDS

    if importlib.util.find_spec("mcp") is None:
        raise MissingExtra(NEEDS)
    if not http:
        from kg.serve.mcp.stdio import talk

        talk(store, say(quiet))
        return
    from kg.serve.running import run
    from kg.serve.settings import Settings

    token = os.environ.get("KG_TOKEN", "")
    settings = Settings(host, port, tuple(name or ()), os.cpu_count() or 1, token=token)
    run(store, settings, say(quiet), "/mcp")
