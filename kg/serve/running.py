"""Running the service until it is told to stop; another release is opened on SIGHUP."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import uvicorn

from kg import packaged
from kg.dataset.store import open_generation
from kg.errors import BadParameter, KGError, StoreError
from kg.serve.app import Service
from kg.serve.impatience import impatient
from kg.serve.process import Died
from kg.serve.settings import Settings

_OBJECTS = 20_000  # between looks for what nothing refers to any more
_GRACE = 10  # seconds that running requests get at the end
_UNSENT = 1 << 18  # bytes that the system keeps for a client that reads slowly


def run(store: str, settings: Settings, say: Callable[[str], None], path: str = "/") -> None:
    """Serve a store until a signal comes.

    Args:
        path: of the address that is said.

    Raises:
        BadParameter: the address is taken, or is none of this machine.
        NoStore, DamagedStore: what is in the folder cannot be opened.
        StoreError: no process that answers queries starts.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # both end it in the same way
    if _hears():
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # until it can be done
    open_at = listener(settings.host, settings.port)
    _, place = open_generation(Path(store)) if store else packaged.open_packaged(say)
    service = Service(place, settings)
    config = uvicorn.Config(
        service.app,
        http=impatient(settings.limits.patience),
        ws="none",
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
        backlog=2048,
    )
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{shown}:{open_at.getsockname()[1]}{path}"
    gc.freeze()  # what is there stays: no use in looking through it with each request
    gc.set_threshold(_OBJECTS)
    gc.enable()  # which short commands do without
    with contextlib.suppress(KeyboardInterrupt):
        _Server(config, service, store, lambda: say(address)).run(sockets=[open_at])


class _Server(uvicorn.Server):
    def __init__(
        self, config: uvicorn.Config, service: Service, store: str, ready: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._service, self._folder, self._ready = service, store, ready
        self._renewing: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await self._service.start()
        except Died:
            raise StoreError(
                f"the processes that answer queries do not start: try {sys.executable} "
                "-m kg.serve.worker 350000000, which waits for queries if all is well"
            ) from None
        await super().startup(sockets)
        if _hears():
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self._hang_up)
        self._ready()

    def _hang_up(self) -> None:
        if self._renewing is None or self._renewing.done():
            self._renewing = asyncio.ensure_future(self._renew())

    async def _renew(self) -> None:
        folder = Path(self._folder) if self._folder else packaged.cache() / packaged.key()
        try:
            _, place = await asyncio.to_thread(open_generation, folder)
            await self._service.renew(place)
        except (KGError, OSError, ValueError, Died) as error:
            print(f"kg: {error}\nkg: answers stay those of before", file=sys.stderr, flush=True)
        else:
            print(f"kg: answers are those of {place.name} now", file=sys.stderr, flush=True)


def _hears() -> bool:
    """Whether SIGHUP asks for another release; of a terminal it says that it was closed."""
    return sys.platform != "win32" and not (sys.stdin and sys.stdin.isatty())


def listener(host: str, port: int) -> socket.socket:
    """A socket at an address, of which no connection keeps much for a client that does not read.

    Raises:
        BadParameter: the address is taken, or is none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _UNSENT)
    try:
        made.bind((host, port))
    except OSError as error:
        made.close()
        raise BadParameter(f"cannot listen at {host}, port {port}: {error.strerror}") from None
    return made
