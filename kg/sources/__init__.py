"""One module per kind of file; a module is registered by standing in this folder.

A source module has ``LICENCE`` (the licence of what it reads) and
``claims(path) -> Iterator[Claim]``, pure: path in, claims out. Its docstring says
what is taken, what is left out and why.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, cast

from kg.model import Claim


class Source(Protocol):
    """What a source module offers."""

    LICENCE: str

    def claims(self, path: Path) -> Iterator[Claim]:
        """What the file or folder at ``path`` says."""


def names() -> list[str]:
    """The names of all sources."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def load(name: str) -> Source:
    """The source module of a name."""
    return cast(Source, importlib.import_module(f"{__name__}.{name}"))
