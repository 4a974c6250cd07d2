"""Stores of views, on disk, made by a process of their own and kept while they are asked for."""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from collections import OrderedDict
from datetime import date
from functools import partial
from pathlib import Path

from kg.dataset.views import agree
from kg.dates import parse_day
from kg.serve.process import Refused

_KEPT = 8
_WAITING = 4
_GRACE = 60.0  # seconds
Key = tuple[str, str, tuple[str, ...]]


class Views:
    """The stores of a generation and of views of it.

    Args:
        place: the folder of the generation.
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self._folder = tempfile.TemporaryDirectory(prefix="kg-views-")
        self._made: OrderedDict[Key, str] = OrderedDict()
        self._lock = asyncio.Lock()
        self._waiting = 0

    async def store(self, as_of: str, on: str, without: tuple[str, ...]) -> str:
        """The folder of a store.

        Raises:
            BadParameter: a day that is none, days that contradict each other, or an unknown kind.
            Refused: too many views are being asked for.
        """
        key = (_day(as_of), _day(on), without)
        if not any(key):
            return str(self.place / "store")
        agree(_date(key[0]), _date(key[1]), without)
        if self._waiting >= _WAITING:
            raise Refused(503, "other views are being made: come again later")
        self._waiting += 1
        try:
            async with self._lock:
                if key not in self._made:
                    self._made[key] = await self._make(key)
        finally:
            self._waiting -= 1
        self._made.move_to_end(key)
        return self._made[key]

    async def _make(self, key: Key) -> str:
        as_of, on, without = key
        target = tempfile.mkdtemp(dir=self._folder.name)
        words = [sys.executable, "-P", "-m", __name__, str(self.place), target, as_of, on, *without]
        maker = await asyncio.create_subprocess_exec(*words)
        if await maker.wait():
            raise Refused(500, "the view could not be made")
        if len(self._made) >= _KEPT:
            _, gone = self._made.popitem(last=False)
            loop = asyncio.get_running_loop()  # a query may still be on its way to it
            loop.call_later(_GRACE, partial(shutil.rmtree, gone, ignore_errors=True))
        return target

    def close(self) -> None:
        """Remove the stores of views."""
        self._folder.cleanup()


def _date(day: str) -> date | None:
    return date.fromisoformat(day) if day else None


def _day(text: str) -> str:
    return parse_day(text).isoformat() if text else ""


def main() -> None:
    """Write the store of a view."""
    from pyoxigraph import RdfFormat, Store

    from kg.dataset.views import view

    _, place, target, as_of, on, *without = sys.argv
    whole = Store.read_only(str(Path(place) / "store"))
    made = view(whole, _date(as_of), without, _date(on), Path(place))
    store = Store(target)
    store.bulk_load(made.dump(format=RdfFormat.N_QUADS), RdfFormat.N_QUADS, lenient=True)
    store.flush()


if __name__ == "__main__":
    main()
