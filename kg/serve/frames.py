"""What the pool and a process say to each other: frames of a kind, a length and bytes."""

from __future__ import annotations

import struct
from io import RawIOBase
from typing import Any, BinaryIO

import msgspec

from kg.serve.job import Failure

JOB, DATA, DONE, FAILED, READY = b"J", b"D", b"E", b"X", b"R"
HEAD = struct.Struct(">cI")
_CHUNK = 1 << 16


def frame(kind: bytes, content: bytes = b"") -> bytes:
    """A frame as it is written."""
    return HEAD.pack(kind, len(content)) + content


def end(pipe: BinaryIO, media: str) -> None:
    """Say that an answer is whole, and its media type."""
    _say(pipe, DONE, media.encode())


def fail(pipe: BinaryIO, failure: Failure) -> None:
    """Say that there is no answer, and why."""
    _say(pipe, FAILED, msgspec.json.encode(failure))


def _say(pipe: BinaryIO, kind: bytes, content: bytes) -> None:
    pipe.write(frame(kind, content))
    pipe.flush()


class TooLarge(Exception):
    """An answer that exceeds the job's bytes."""


class Out(RawIOBase):
    """Sends what is written to it as frames of some size, up to so many bytes in all."""

    def __init__(self, pipe: BinaryIO, most: int) -> None:
        self._pipe, self._most, self._left, self._held = pipe, most, most, bytearray()

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, content: Any) -> int:
        """Take some bytes.

        Raises:
            TooLarge: there were too many.
        """
        self._left -= len(content)
        if self._left < 0:
            raise TooLarge(f"the answer is larger than {self._most:,} bytes: ask for less of it")
        self._held += content
        if len(self._held) >= _CHUNK:
            self.flush()
        return len(content)

    def flush(self) -> None:
        """Send what is held."""
        if self._held:
            self._pipe.write(frame(DATA, bytes(self._held)))
            self._held.clear()
