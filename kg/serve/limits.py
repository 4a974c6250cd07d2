"""What one query and one client may take."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """The bounds of the service; every one is told when it is met.

    Attributes:
        seconds: time that a query may take, waiting included.
        quick: seconds after which a query is a long one.
        memory: bytes of data of a worker.
        answer: bytes of an answer.
        kept: bytes of the answers that are kept in memory, to be given again.
        query: bytes of a query's text.
        long: how many long queries run at once.
        each: how many queries one client has running or waiting.
        waiting: how many queries wait in all.
        patience: seconds that a query waits for a worker, and that a slow client is waited for.
        rate: requests of one client in a minute.
    """

    seconds: float = 8.0
    quick: float = 0.5
    memory: int = 350_000_000
    answer: int = 50_000_000
    kept: int = 32_000_000
    query: int = 200_000
    long: int = 2
    each: int = 16
    waiting: int = 200
    patience: float = 5.0
    rate: int = 6_000
