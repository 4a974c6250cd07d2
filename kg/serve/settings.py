"""What the service is told when it starts."""

from __future__ import annotations

from typing import NamedTuple

from kg.serve.limits import Limits

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Settings(NamedTuple):
    """Where and for whom the service answers.

    Attributes:
        host: address that it listens at.
        port: at which port; 0 for any that is free.
        names: names that it goes by, beside that of the address and those of the loopback.
        processes: how many processors queries get.
        limits: what one query and one client may take.
        token: what clients must bear; "" for none.
        origins: pages of these origins may ask (CORS).
        log: whether requests are told on the standard error.
    """

    host: str = "127.0.0.1"
    port: int = 8022
    names: tuple[str, ...] = ()
    processes: int = 2
    limits: Limits = Limits()
    token: str = ""
    origins: tuple[str, ...] = ()
    log: bool = False

    @property
    def hosts(self) -> frozenset[str]:
        """All names that a request may be for."""
        return frozenset((self.host, *LOOPBACK, *self.names))
