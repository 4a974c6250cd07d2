"""What a worker may not do: take more memory, open files or connections, outlive its pool."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

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


def close(stores: Iterable[str] = ()) -> None:
    """Open no more descriptors than are open now, and those of files that stores have yet to open.

    Of a store with many files RocksDB opens some when a query needs them.
    """
    import resource

    held = _held()
    files = [path for store in stores for path in Path(store).glob("*.sst")]
    free = len(files) - sum(name.endswith(".sst") for name in held.values())
    first = 0
    while free > 0 or first in held:
        free -= first not in held
        first += 1
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(first, _FIRST_FREE), hard), hard))


def _held() -> dict[int, str]:
    """The open descriptors, each with its file where the system says that."""
    found = {}
    for link in Path("/dev/fd").iterdir():
        with contextlib.suppress(OSError):  # that of the listing itself
            os.fstat(int(link.name))
            found[int(link.name)] = ""
            found[int(link.name)] = str(link.readlink())
    return found


@contextlib.contextmanager
def may_open(stores: Collection[str]) -> Iterator[None]:
    """Meanwhile files can be opened; a query cannot ask for that.

    Args:
        stores: folders of what is open at the end.
    """
    if sys.platform == "win32":
        yield
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        yield
    finally:
        close(stores)
