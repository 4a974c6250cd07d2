"""One module per format; a module is registered by standing in this folder.

An export module has ``SUFFIX`` (what its file's name ends with; "" for a folder) and
``write(graph, path)``, which writes there and nowhere else and returns the files.
"""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import Protocol, cast

from kg.errors import BadParameter
from kg.graph import KnowledgeGraph


class Export(Protocol):
    """What an export module offers."""

    SUFFIX: str

    def write(self, graph: KnowledgeGraph, path: Path) -> list[Path]:
        """Write the graph to a file, or into a folder."""


def names() -> list[str]:
    """The names of all formats."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def load(name: str) -> Export:
    """The export module of a format.

    Raises:
        BadParameter: there is no such format.
    """
    if name not in names():
        raise BadParameter(f"no format is called {name!r}; there are: {', '.join(names())}")
    return cast(Export, importlib.import_module(f"{__name__}.{name}"))
