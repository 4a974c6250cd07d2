"""Answers that are kept for whoever asks the same again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import NamedTuple

_OF_ALL = 16  # how many of the largest answers that are kept there is room for, at least


class Kept(NamedTuple):
    """An answer.

    Attributes:
        media: its media type.
        content: all of it.
    """

    media: str
    content: bytes


class Answers:
    """The answers that were asked for last, as many as there is room for.

    Args:
        most: bytes of them all.
    """

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self.hits = 0

    def get(self, key: Hashable) -> Kept | None:
        """The answer that was put there, if it is still kept."""
        if found := self._kept.get(key):
            self._kept.move_to_end(key)
            self.hits += 1
        return found

    def takes(self, size: int) -> bool:
        """Whether an answer of so many bytes is worth its room."""
        return size < self._most // _OF_ALL

    def put(self, key: Hashable, answer: Kept) -> Kept:
        """Keep an answer, and forget others for it."""
        if key in self._kept:
            self._size -= len(self._kept.pop(key).content)
        self._kept[key] = answer
        self._size += len(answer.content)
        while self._size > self._most:
            self._size -= len(self._kept.popitem(last=False)[1].content)
        return answer
