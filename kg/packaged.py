"""The knowledge that comes with the package: built once into the user's cache, then opened."""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import Store

from kg import resources
from kg.dataset.store import Manifest, build, open_generation
from kg.errors import BuildInProgress, DamagedStore, NoStore

if TYPE_CHECKING:
    from kg.model import Claim

_KEPT_CACHES = 4
_PATIENCE, _POLL = 120.0, 0.2  # seconds to wait for another process, and between looks


def key() -> str:
    """Identifies what the store depends on: tables, mappings, the code that builds, Oxigraph."""
    package = resources.PACKAGE
    code = [package / name for name in ("vocabulary.py", "model.py", "dates.py", "identifiers.py")]
    folders = (
        resources.CURATION.glob("*.tsv"),
        [resources.mappings()],
        (package / "sources" / "curated").glob("*.py"),
        (package / "dataset").glob("*.py"),
    )
    digest = hashlib.blake2b(pyoxigraph.__version__.encode(), digest_size=8)
    every = {*code, *(path for folder in folders for path in folder)}
    for path in sorted(every, key=lambda path: (path.name, path.parent.name)):
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def cache() -> Path:
    """The folder of the caches of all installed versions."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("leukemia-kg", appauthor=False))


def read_packaged() -> list[Claim]:
    """What the packaged tables say.

    Raises:
        TableError: one line for each bad cell or row.
    """
    from kg.sources import curated

    return list(curated.claims(resources.CURATION, resources.mappings()))


def build_packaged(
    claims: list[Claim],
    folder: Path | None = None,
    accept: Callable[[Path], None] = lambda _: None,
) -> Manifest:
    """Build claims into a folder, or into the cache.

    Raises:
        BuildInProgress, OutputError: see :func:`kg.dataset.build`.
    """
    current = key()
    manifest = build(claims, folder or cache() / current, current, accept)
    if folder is None:
        _forget_old_caches(keep=current)
    return manifest


def _forget_old_caches(keep: str) -> None:
    """Caches of other versions of the knowledge, but for the few newest."""
    import shutil

    others = [path for path in cache().iterdir() if path.is_dir() and path.name != keep]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[_KEPT_CACHES - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def open_packaged(say: Callable[[str], None] = lambda _: None) -> tuple[Store, Path]:
    """The packaged knowledge and its folder; built first where the cache does not have it.

    Args:
        say: is told when something takes longer than opening, and why.
    """
    folder = cache() / key()
    try:
        return open_generation(folder)
    except NoStore:
        say("Building the packaged knowledge (once) ...")
    except DamagedStore as error:
        say(f"{error}\nBuilding the packaged knowledge again ...")
    try:
        build_packaged(read_packaged())
    except BuildInProgress:
        return _wait(folder)
    return open_generation(folder)


def _wait(folder: Path) -> tuple[Store, Path]:
    """The store that another process is building; it takes some seconds."""
    for _ in range(int(_PATIENCE / _POLL)):
        with contextlib.suppress(NoStore, DamagedStore):
            return open_generation(folder)
        time.sleep(_POLL)
    raise BuildInProgress(f"{folder}: another process has been building there for too long")
