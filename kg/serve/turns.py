"""Who is served next: the client that has had least, so that heavy ones do not hold up others.

What a client has had counts on from the level of those who are being served, so that nobody
saves up turns by staying away (start-time fair queueing, Goyal, Vin and Cheng 1997).
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")
_CLIENTS = 10_000  # of whom it is known what they had


class Turns(Generic[T]):
    """Things that are free, and those who wait for one."""

    def __init__(self) -> None:
        self._free: deque[T] = deque()
        self._waiting: dict[str, deque[asyncio.Future[T]]] = {}
        self._many = 0
        self._had: dict[str, int] = {}  # turns
        self._level = 0  # what the client had that was served last

    def __len__(self) -> int:
        """How many wait."""
        return self._many

    def put(self, thing: T) -> None:
        """Give a thing to whose turn it is, or keep it until somebody comes."""
        while self._waiting:
            client = min(self._waiting, key=self._had.__getitem__)
            self._level = max(self._level, self._had[client])
            self._had[client] += 1
            queue = self._waiting[client]
            waiter = queue.popleft()
            self._many -= 1
            if not queue:
                del self._waiting[client]
            if not waiter.done():
                waiter.set_result(thing)
                return
        self._free.append(thing)

    async def get(self, client: str, patience: float) -> T:
        """A free thing.

        Raises:
            TimeoutError: none became free in time.
        """
        if self._free:
            return self._free.popleft()
        self.charge(client, 0)
        waiter: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, deque()).append(waiter)
        self._many += 1
        async with asyncio.timeout(patience):
            try:
                return await waiter
            except asyncio.CancelledError:
                if waiter.done() and not waiter.cancelled():
                    self.put(waiter.result())  # it came too late for this one
                raise

    def charge(self, client: str, turns: int) -> None:
        """Count turns for a client, beyond the one that it gets."""
        self._had[client] = max(self._had.get(client, 0), self._level) + turns
        if len(self._had) > _CLIENTS:
            above = (each for each in self._had.items() if each[1] > self._level)
            self._had = {**dict(above), **{each: self._had[each] for each in self._waiting}}
