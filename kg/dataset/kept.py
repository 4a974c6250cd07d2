"""Views on disk, in the folder of the generation that they are views of.

A view is made of another one, or of the whole: a copy whose files are links to the same data,
with what it takes beyond that, and without what it does not take. To add is quick, to take
out is not, so a build makes views of a few days, each to be added to. A small view is sooner
loaded from text into memory. Views that were used last stay for the next process.

What is wrong in their files RocksDB finds by its own checksums.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from pyoxigraph import RdfFormat, Store, parse

from kg.dataset.archive import Archive, Group
from kg.dataset.choice import Choice, choose, in_whole
from kg.dataset.supports import Terms

FOLDER = "views"
_MOST = 12  # views that stay
_FRESH = 600.0  # seconds during which nobody removes what another process may be making or opening
# Times, in that to load a quad into memory (tests/bench/views.py).
_COPY, _ADD, _TAKE_OUT = 20_000, 2.3, 3.5
# Quads of the smallest view that a build makes, and between two of them.
_FIRST, _STEP = 100_000, 30_000

Takes = Callable[[Terms], bool]


def there(root: Path, choice: Choice) -> Path | None:
    """The folder of the store of a view, if it is below a folder; it counts as used now."""
    found = root / FOLDER / choice.name
    if not found.is_dir():
        return None
    with contextlib.suppress(OSError):
        os.utime(found)
    return found


def made(generation: Path, archive: Archive, choice: Choice) -> Path | None:
    """The folder of the store of a view, made now of another view if it is not there.

    Args:
        generation: the folder of the store of the whole.
        archive: its quads.
        choice: which view.

    Returns:
        None where loading it is quicker, or nothing can be written there.
    """
    if found := there(generation, choice):
        return found
    takes = choice.takes(archive.replacing)
    size = sum(group.quads for group in archive.groups if takes(group.terms))
    base, has = min(_bases(generation, archive), key=lambda each: _cost(archive, takes, each[1]))
    if _cost(archive, takes, has) > size:
        return None
    return _written(generation, choice, lambda new: _made_of(base, new, archive, has, takes))


def loaded(root: Path, archive: Archive, choice: Choice) -> Path | None:
    """The folder of the store of a view, loaded from text; None if it cannot be written there."""
    takes = choice.takes(archive.replacing)
    return _written(root, choice, lambda new: _load(new, archive, takes))


def prepare(generation: Path, archive: Archive) -> None:
    """Make those views that others are quickly made of: as of some days, and without any event."""
    reached = Counter[str]()
    for group in archive.groups:
        days = [max(support.known, support.until) for support in group.terms]
        reached[min(days, default="")] += group.quads
    choices, size, enough = [], 0, _FIRST
    for day in sorted(filter(None, reached)):
        size += reached[day]
        if size >= enough:
            choices.append(choose(day))
            enough = size + _STEP
    if size >= _FIRST:
        choices.append(choose(on=date.min))
    for choice in choices:
        made(generation, archive, choice) or loaded(generation, archive, choice)


def _bases(generation: Path, archive: Archive) -> Iterator[tuple[Path, Takes]]:
    """Stores to make a view of: the whole, and the views that are there."""
    yield generation / "store", in_whole
    for path in (generation / FOLDER).glob("[!.]*"):
        with contextlib.suppress(ValueError):
            yield path, Choice.named(path.name).takes(archive.replacing)


def _cost(archive: Archive, takes: Takes, has: Takes) -> float:
    """Of making a view of another one."""
    cost = float(_COPY)
    for group in archive.groups:
        wanted, there = takes(group.terms), has(group.terms)
        if wanted != there:
            cost += group.quads * (_ADD if wanted else _TAKE_OUT)
    return cost


def _written(root: Path, choice: Choice, write: Callable[[Path], None]) -> Path | None:
    """A store that is written beside its place first; another process may be quicker."""
    target = root / FOLDER / choice.name
    new = target.parent / f".{os.urandom(6).hex()}"
    try:
        new.mkdir(parents=True)
        write(new)
        if not target.is_dir():
            new.rename(target)
        _forget(target.parent)
    except OSError:
        return there(root, choice)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return target


def _made_of(base: Path, new: Path, archive: Archive, has: Takes, takes: Takes) -> None:
    for file in base.iterdir():
        if file.suffix == ".sst":
            os.link(file, new / file.name)  # is never written to again
        else:
            shutil.copyfile(file, new / file.name)
    os.utime(base)
    store = Store(new)
    for text in archive.text(lambda group: has(group.terms) and not takes(group.terms)):
        for quad in parse(text, RdfFormat.N_QUADS, lenient=True):
            store.remove(quad)
    _add(store, archive, lambda group: takes(group.terms) and not has(group.terms))


def _load(new: Path, archive: Archive, takes: Takes) -> None:
    _add(Store(new), archive, lambda group: takes(group.terms))


def _add(store: Store, archive: Archive, chosen: Callable[[Group], bool]) -> None:
    """At once, since each load writes files of its own."""
    if text := b"".join(archive.text(chosen)):
        store.bulk_load(text, RdfFormat.N_QUADS, lenient=True)
    store.flush()


def _forget(folder: Path) -> None:
    """Remove all but those used last, and what processes that died have left."""
    aged = sorted((path.stat().st_mtime, path) for path in folder.iterdir())
    made = [path for _, path in aged if not path.name.startswith(".")]
    for used, path in aged:
        if time.time() - used > _FRESH and path not in made[-_MOST:]:
            shutil.rmtree(path, ignore_errors=True)
