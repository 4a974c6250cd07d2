"""What the pool and a worker say to each other: frames of a kind, a length and bytes."""

from __future__ import annotations

import struct

JOB, DATA, DONE, FAILED, READY = b"J", b"D", b"E", b"X", b"R"
HEAD = struct.Struct(">cI")


def frame(kind: bytes, content: bytes = b"") -> bytes:
    """A frame as it is written."""
    return HEAD.pack(kind, len(content)) + content
