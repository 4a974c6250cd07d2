"""One module per format; a module is registered by standing in this folder.

An export module has ``SUFFIX`` (what its file's name ends with; "" for a folder) and
``write(graph, path)``, which writes there and nowhere else and returns the files. One that
draws networks also has ``content(network, centre)``, so that it can draw a part of the graph.
"""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from kg.errors import BadParameter
from kg.graph import KnowledgeGraph
from kg.vocabulary import curie

if TYPE_CHECKING:
    import networkx as nx


class Export(Protocol):
    """What an export module offers."""

    SUFFIX: str

    def write(self, graph: KnowledgeGraph, path: Path) -> list[Path]:
        """Write the graph to a file, or into a folder."""


class NetworkExport(Export, Protocol):
    """What an export module offers that draws networks."""

    def content(self, network: nx.MultiDiGraph, centre: str = "") -> bytes:
        """A network as the bytes of a file; ``centre`` is the node that it is around."""


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


def write_network(
    graph: KnowledgeGraph, path: Path, entity: str = "", depth: int = 1
) -> list[Path]:
    """Write the network around an entity as what the file's suffix says; a page without one.

    Args:
        graph: where the network is from.
        path: the file.
        entity: any name of the entity; "" for the whole graph.
        depth: steps around the entity.

    Raises:
        BadParameter: no module draws networks into such a file.
        UnknownName, AmbiguousName: the name is not that of one entity.
        OutputError: the file cannot be written.
    """
    if path.suffix in ("", ".htm", ".html"):
        from kg.pages import write_network as write_page

        return write_page(graph, path, entity, depth)
    from kg.serialization import save

    module = _of_network(path.suffix)
    centre = curie(graph.find(entity)) if entity else ""
    return save(path, module.content(graph.network(entity, depth), centre))


def _of_network(suffix: str) -> NetworkExport:
    modules = {each.SUFFIX: each for each in map(load, names()) if hasattr(each, "content")}
    if suffix not in modules:
        known = ", ".join((".html", *sorted(modules)))
        raise BadParameter(f"no network is written as {suffix!r}; there are: {known}")
    return cast(NetworkExport, modules[suffix])
