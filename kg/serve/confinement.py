"""What a worker may not do: take more memory, open files or connections, outlive its pool."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator

_FIRST_FREE = 3  # descriptors 0, 1 and 2 are open


def confine(memory: int) -> None:
    """Limit this process's own data to some bytes, and bind its life to its parent's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the pool, which ends the work
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    bind()
    close()


def bind() -> None:
    """End with the process that started this one."""
    if sys.platform == "linux":
        import ctypes

        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


def close() -> None:
    """Open no more descriptors than are open now."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (_FIRST_FREE, hard))


@contextlib.contextmanager
def may_open() -> Iterator[None]:
    """Meanwhile files can be opened; a query cannot ask for that."""
    if sys.platform == "win32":
        yield
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        yield
    finally:
        close()
