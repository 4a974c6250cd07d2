"""Stores of views, on disk, made by a process of their own."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from kg.dataset import kept
from kg.dataset.choice import Choice, choose
from kg.serve.process import Refused

_WAITING = 4


class Views:
    """The stores of a generation and of views of it.

    Args:
        place: the folder of the generation.
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self._own = tempfile.TemporaryDirectory(prefix="kg-views-")  # where place is read-only
        self._lock = asyncio.Lock()
        self._waiting = 0

    async def store(self, as_of: str, on: str, without: tuple[str, ...]) -> str:
        """The folder of a store.

        Raises:
            BadParameter: a day that is none, days that contradict each other, or an unknown kind.
            Refused: too many views are being asked for.
        """
        choice = choose(as_of, on, without)
        if not any(choice):
            return str(self.place / "store")
        if found := self._found(choice):
            return str(found)
        if self._waiting >= _WAITING:
            raise Refused(503, "other views are being made: come again later")
        self._waiting += 1
        try:
            async with self._lock:
                if not self._found(choice):
                    await self._make(as_of, on, without)
        finally:
            self._waiting -= 1
        if found := self._found(choice):
            return str(found)
        raise Refused(500, "the view could not be made")

    def _found(self, choice: Choice) -> Path | None:
        return kept.there(self.place, choice) or kept.there(Path(self._own.name), choice)

    async def _make(self, as_of: str, on: str, without: tuple[str, ...]) -> None:
        words = [str(self.place), self._own.name, as_of, on, *without]
        maker = await asyncio.create_subprocess_exec(sys.executable, "-P", "-m", __name__, *words)
        await maker.wait()

    def close(self) -> None:
        """Remove the stores that are of this process alone."""
        self._own.cleanup()


def main() -> None:
    """Write the store of a view."""
    from kg.dataset import archive

    _, place, own, as_of, on, *without = sys.argv
    choice = choose(as_of, on, without)
    every = archive.read(Path(place))
    if not kept.made(Path(place), every, choice) and not kept.loaded(Path(place), every, choice):
        kept.loaded(Path(own), every, choice)


if __name__ == "__main__":
    main()
