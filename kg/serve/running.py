"""Running the service until it is told to stop."""

from __future__ import annotations

import contextlib
import gc
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from kg.dataset.store import open_generation
from kg.errors import BadParameter
from kg.packaged import open_packaged
from kg.serve.app import Service
from kg.serve.impatience import impatient
from kg.serve.settings import Settings

_GRACE = 10  # seconds that running requests get at the end


def run(store: str, settings: Settings, say: Callable[[str], None], path: str = "/sparql") -> None:
    """Serve a store until a signal comes.

    Args:
        path: of the address that is said.

    Raises:
        BadParameter: the address is taken, or is none of this machine.
        NoStore, DamagedStore: what is in the folder cannot be opened.
    """
    _, place = open_generation(Path(store)) if store else open_packaged(say)
    listener = _listener(settings.host, settings.port)
    config = uvicorn.Config(
        Service(place, settings).app,
        http=impatient(settings.limits.patience),
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
        backlog=2048,
    )
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    say(f"http://{shown}:{listener.getsockname()[1]}{path}")
    gc.enable()  # which short commands do without
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise BadParameter(f"cannot listen at {host}, port {port}: {error.strerror}") from None
    return listener
