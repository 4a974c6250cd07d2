"""Clients that cost little: one process, plain sockets, requests made and answers known before.

What a generator of load takes from the cores that it shares with a service is counted against
the service. This one takes some 0.05 ms a request.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterator
from typing import NamedTuple

_PIECE = 1 << 18


class Asked(NamedTuple):
    """A request as it is sent, and the body of the only right answer."""

    request: bytes
    body: bytes


class Load(NamedTuple):
    """What came of it.

    Attributes:
        seconds: from each request to the end of its answer.
        wrong: heads and bodies of answers that were not the right ones.
        processor: seconds of processor time that the clients took.
    """

    seconds: list[float]
    wrong: list[bytes]
    processor: float


def post(query: str, headers: str = "") -> bytes:
    """A request for the answer to a query."""
    content = query.encode()
    head = (
        "POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n"
        f"{headers}Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


class _Client:
    """Asks one thing after the other, from an address of its own, on one connection."""

    def __init__(self, port: int, number: int, asked: Iterator[Asked]) -> None:
        self.socket = socket.create_connection(
            ("127.0.0.1", port), source_address=(f"127.0.1.{number + 1}", 0)
        )
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._asked = asked
        self.ask()

    def ask(self) -> None:
        """Send the next request."""
        self._now, self._held, self._size = next(self._asked), bytearray(), -1
        self.started = time.perf_counter()
        self.socket.sendall(self._now.request)

    def read(self) -> bool | None:
        """Take what came: whether the answer is right, None while it is not whole."""
        piece = self.socket.recv(_PIECE)
        self._held += piece
        if self._size < 0 and (end := self._held.find(b"\r\n\r\n")) >= 0:
            head = bytes(self._held[:end]).lower()
            length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
            self._begin, self._size = end + 4, end + 4 + int(length)
        if not piece or len(self._held) == self._size:
            good = self._held.startswith(b"HTTP/1.1 200")
            return good and self._held[self._begin :] == self._now.body
        return None

    @property
    def said(self) -> bytes:
        """The answer, from its head on."""
        return bytes(self._held[:1000])


def load(port: int, each: list[Iterator[Asked]], seconds: float) -> Load:
    """As many clients as there are iterators ask for some seconds."""
    taken: list[float] = []
    wrong: list[bytes] = []
    started = time.process_time()
    end = time.perf_counter() + seconds
    with selectors.DefaultSelector() as ready:
        for number, asked in enumerate(each):
            client = _Client(port, number, asked)
            ready.register(client.socket, selectors.EVENT_READ, client)
        while ready.get_map():
            for key, _ in ready.select():
                client = key.data
                if (right := client.read()) is None:
                    continue
                now = time.perf_counter()
                taken.append(now - client.started)
                if not right:
                    wrong.append(client.said)
                if now < end and right:
                    client.ask()
                else:
                    ready.unregister(client.socket)
                    client.socket.close()
    return Load(taken, wrong, time.process_time() - started)
