"""Who is served next: clients by turns, so that one with many queries does not hold up others."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Turns(Generic[T]):
    """Things that are free, and those who wait for one."""

    def __init__(self) -> None:
        self._free: deque[T] = deque()
        self._waiting: OrderedDict[str, deque[asyncio.Future[T]]] = OrderedDict()
        self._many = 0

    def __len__(self) -> int:
        """How many wait."""
        return self._many

    def put(self, thing: T) -> None:
        """Give a thing to whose turn it is, or keep it until somebody comes."""
        while self._waiting:
            client, queue = self._waiting.popitem(last=False)
            waiter = queue.popleft()
            self._many -= 1
            if queue:
                self._waiting[client] = queue  # at the end of the line
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
