"""A network that a notebook shows as its page."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

import networkx as nx

from kg.rows import Rows

if TYPE_CHECKING:
    from kg.pages.page import Page

Select = Callable[[str], Rows]
MOST = 1500  # nodes that are framed: a notebook holds the whole page
_ALLOWED = "allow-scripts allow-popups allow-downloads"


class Network(nx.MultiDiGraph):  # type: ignore[misc]  # networkx has no types
    """A ``networkx.MultiDiGraph``; in a notebook its page, in a frame and offline.

    What networkx derives from it (copies, subgraphs) shows itself by its counts alone.
    """

    _select: Select | None = None
    _around: tuple[str, int] = ("", 0)

    @classmethod
    def of(cls, network: nx.MultiDiGraph, select: Select, centre: str, depth: int) -> Network:
        """A network that knows where its details are from.

        Args:
            network: as :func:`kg.network.network` returns it.
            select: answers SELECT queries.
            centre: the node that it is around; "" if none.
            depth: how many steps.
        """
        made = cls(network)
        made._select, made._around = select, (centre, depth)
        return made

    def page(self) -> Page | None:
        """The page of the network, where it is as the graph made it."""
        from kg.pages.page import Page
        from kg.pages.words import around, whole

        centre, depth = self._around
        if self._select is None or (centre and centre not in self):
            return None
        title, summary = around(self, centre, depth) if centre else whole()
        return Page(self, title, summary, centre)

    def _repr_html_(self) -> str:
        from kg.pages.data import knowledge
        from kg.pages.page import render

        page = self.page()
        if page is None or self._select is None:
            return f"<p>network of {_size(self)}</p>"
        inside = escape(render(_framed(page), knowledge(self._select)))
        return (
            f'<iframe title="network of {_size(self)}" sandbox="{_ALLOWED}" '
            f'style="width:100%;height:640px;border:0" srcdoc="{inside}"></iframe>'
        )


def _size(network: nx.MultiDiGraph) -> str:
    return f"{len(network):,} nodes and {network.number_of_edges():,} edges"


def _framed(page: Page) -> Page:
    """What is framed of a page: of a large network its most connected nodes, which it says."""
    every = page.network
    if len(every) <= MOST:
        return page
    order = sorted(every, key=lambda node: (node != page.centre, -every.degree(node), node))
    part = every.subgraph(order[:MOST])
    cut = (
        f"Left out here: {len(every) - len(part):,} of {len(every):,} entities, those with the "
        f"fewest relations, and {every.number_of_edges() - part.number_of_edges():,} of "
        f"{every.number_of_edges():,} relations; kg network writes a page with all of them."
    )
    return page._replace(network=part, summary=f"{cut} {page.summary}")
