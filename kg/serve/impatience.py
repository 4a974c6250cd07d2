"""Clients are not waited for without end: not for a request, nor until they take an answer.

Left to itself, uvicorn waits for ever for the head of a first request, and for a reader that
has stopped to read.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol


class Impatient(H11Protocol):
    """A protocol that gives a client some seconds for a head, and to take what waits for it.

    What waits is at most some 64 kB. A reader that does not take most of it in time, while more
    is to come, loses the connection; so does one that takes nothing of the last of it.
    """

    patience = 10.0
    _alarm: asyncio.TimerHandle | None = None
    _untaken = 0  # bytes that waited for the client when the alarm was set

    def connection_made(self, transport: Any) -> None:
        """Begin to wait."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait no longer, once a request is there."""
        super().data_received(data)
        if self._ours:
            self._wait_no_more()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._wait()

    def pause_writing(self) -> None:
        """Wait for the client, which does not read as fast as we write."""
        super().pause_writing()
        self._wait()

    def resume_writing(self) -> None:
        """It has read: go on."""
        super().resume_writing()
        if self._ours:
            self._wait_no_more()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._wait_no_more()
        super().connection_lost(exc)

    @property
    def _ours(self) -> bool:
        """Whether it is us who are to do something."""
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        self._wait_no_more()
        self._untaken = self.transport.get_write_buffer_size()
        self._alarm = self.loop.call_later(self.patience, self._give_up)

    def _wait_no_more(self) -> None:
        if self._alarm:
            self._alarm.cancel()

    def _give_up(self) -> None:
        left = self.transport.get_write_buffer_size()
        if not left:
            self.transport.close()
        elif self._ours or left >= self._untaken:
            self.transport.abort()
        else:
            self._wait()


def impatient(seconds: float) -> type[Impatient]:
    """The protocol with so many seconds."""
    return type("Impatient", (Impatient,), {"patience": seconds})
