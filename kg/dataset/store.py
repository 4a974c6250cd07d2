"""A store on disk: built beside the old one, then switched to; checked when opened.

::

    FOLDER/current            the name of the generation that readers open
    FOLDER/lock               held by the process that builds
    FOLDER/<generation>/store the Oxigraph files
    FOLDER/<generation>/graphs.zip, the same as text (kg.dataset.archive), with its own checksums
    FOLDER/<generation>/views, made when they are asked for (kg.dataset.kept)
    FOLDER/<generation>/manifest.json

The generation before the current one stays until the next build, so that a reader
that is just opening it does not fail.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import RdfFormat, Store

from kg.errors import BuildInProgress, DamagedStore, NoStore, OutputError

if TYPE_CHECKING:
    from kg.dataset.lines import Lines
    from kg.model import Claim


class Manifest(NamedTuple):
    """What was built, and a hash of each file of the store.

    Attributes:
        key: identifies the inputs of the build (see :mod:`kg.packaged`); "" when unknown.
        quads: number of distinct quads.
        files: path below the generation to its SHA-256 hash.
    """

    key: str
    quads: int
    files: dict[str, str]


def in_memory(claims: Iterable[Claim]) -> Store:
    """A store in memory of what some claims say."""
    from kg.dataset.lines import by_graph

    store = Store()
    _load(store, by_graph(claims))
    return store


def _load(store: Store, graphs: Lines) -> None:
    """Terms have been checked when they were made, and are not once more."""
    from kg.dataset.lines import nquads

    store.bulk_load(nquads(graphs), RdfFormat.N_QUADS, lenient=True)


def _load_into(folder: Path, graphs: Lines) -> None:
    """Write a store and close it: what follows must see its files as readers will."""
    store = Store(folder)
    _load(store, graphs)
    store.flush()


def build(
    claims: Iterable[Claim],
    folder: Path,
    key: str = "",
    accept: Callable[[Path], None] = lambda _: None,
) -> Manifest:
    """Write a store, atomically: a failure at any point leaves the old one as it was.

    Args:
        claims: what the store is to hold, in any order.
        folder: where the store lives; made if it is not there.
        key: kept in the manifest.
        accept: called with the folder of the new generation before it is switched to;
            raises to refuse it.

    Raises:
        BuildInProgress: another process is building into this folder.
        OutputError: the folder cannot be written or is full.
    """
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "lock", timeout=0):
            _remove_abandoned(folder)
            return _generation(claims, folder, key, accept)
    except Timeout:
        raise BuildInProgress(
            f"{folder}: another build is running there: wait for it, or give --store another folder"
        ) from None
    except OSError as error:
        raise OutputError(f"{folder}: cannot build the store there: {error}") from error


def _generation(
    claims: Iterable[Claim], folder: Path, key: str, accept: Callable[[Path], None]
) -> Manifest:
    from concurrent.futures import ThreadPoolExecutor

    from kg.dataset import archive, kept
    from kg.dataset.lines import by_graph
    from kg.dataset.supports import groups

    place = folder / f"generation-{os.urandom(6).hex()}"
    try:
        place.mkdir()
        graphs = by_graph(claims)
        with ThreadPoolExecutor(1) as second:  # Oxigraph lets Python go on meanwhile
            loading = second.submit(_load_into, place / "store", graphs)
            archive.write(groups(graphs), place)
            loading.result()
            views = second.submit(kept.prepare, place, archive.read(place))
            accept(place)
            views.result()
        manifest = Manifest(key, sum(map(len, graphs.values())), _hashes(place))
        (place / "manifest.json").write_text(json.dumps(manifest._asdict()), encoding="utf-8")
        for path in (*place.rglob("*"), place):
            _sync(path)
        _switch(folder, place.name)
    except BaseException:
        _remove(place)
        raise
    return manifest


def _switch(folder: Path, name: str) -> None:
    new = folder / "current.new"
    new.write_text(name + "\n", encoding="utf-8")
    _sync(new)
    new.replace(folder / "current")
    _sync(folder)


def _pointer(folder: Path) -> str:
    with contextlib.suppress(OSError):
        return (folder / "current").read_text(encoding="utf-8", errors="replace").strip()
    return ""


def _remove_abandoned(folder: Path) -> None:
    """Generations that no reader can be opening any more, and those of builds that died."""
    for path in folder.glob("generation-*"):
        if path.name != _pointer(folder):
            _remove(path)


def _remove(generation: Path) -> None:
    import shutil  # which readers need not load

    shutil.rmtree(generation, ignore_errors=True)


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return  # folders cannot be synced there
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


_LIVE = ("LOCK", "LOG", "IDENTITY")
_HASHERS = 2  # threads; hashing lets others run


def _hashes(place: Path) -> dict[str, str]:
    """Hashes of the files that hold data; RocksDB rewrites its logs when it opens."""
    files = [
        path
        for path in sorted((place / "store").rglob("*"))
        if path.is_file() and not path.name.startswith(_LIVE)
    ]
    found: dict[str, str] = {}

    def hash_some(first: int) -> None:
        for path in files[first::_HASHERS]:
            with contextlib.suppress(OSError):  # one that cannot be read is missing
                content = path.read_bytes()
                found[path.relative_to(place).as_posix()] = hashlib.sha256(content).hexdigest()

    threads = [threading.Thread(target=hash_some, args=(first,)) for first in range(_HASHERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return dict(sorted(found.items()))


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the current generation.

    Raises:
        NoStore: nothing has been built there.
        DamagedStore: the manifest cannot be read.
    """
    name = _pointer(folder)
    if not name:
        raise NoStore(f"{folder}: no store there: make one with 'kg build --store {folder}'")
    try:
        return Manifest(**json.loads((folder / name / "manifest.json").read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        raise DamagedStore(f"{folder}: the store is damaged ({error}): build it again") from error


def open_store(folder: Path) -> Store:
    """Open what :func:`build` made there; see :func:`open_generation`."""
    return open_generation(folder)[0]


def open_generation(folder: Path) -> tuple[Store, Path]:
    """Open what :func:`build` made there, read-only, after comparing it with its manifest.

    Returns:
        the store, and the folder of its generation.

    Raises:
        NoStore: nothing has been built there.
        DamagedStore: a file is missing or differs from what the build wrote.
    """
    try:
        return _open(folder)
    except DamagedStore:
        return _open(folder)  # a build may have switched and cleaned up in between


def _open(folder: Path) -> tuple[Store, Path]:
    manifest = read_manifest(folder)
    place = folder / _pointer(folder)
    try:
        found = _hashes(place)
        different = sorted(set(manifest.files.items()) ^ set(found.items()))
        if different:
            raise DamagedStore(
                f"{place / different[0][0]}: is not what the build wrote: build the store again"
            )
        return Store.read_only(str(place / "store")), place
    except (OSError, ValueError) as error:
        raise DamagedStore(f"{place}: cannot be opened ({error}): build it again") from error
