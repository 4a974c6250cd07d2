"""The network pages of a graph, cut from one network, with an index of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import networkx as nx

from kg import __version__
from kg.coverage import class_counts
from kg.graph import KnowledgeGraph
from kg.network import neighbourhood
from kg.pages.data import Knowledge, knowledge
from kg.pages.page import Page, asset_files, counts, environment, render
from kg.pages.palette import look
from kg.pages.words import PRODUCT, around, first_sentence, whole
from kg.serialization import save
from kg.vocabulary import curie

ASSETS = "assets"
ROOT = "disease:leukemia"
CENTRAL = (("drug:inotuzumab-ozogamicin", 1), ("drug:gemtuzumab-ozogamicin", 1), ("target:CD22", 2))
_FEWEST = 3  # nodes that make a page worth opening

_LEUKEMIAS = f"""SELECT DISTINCT ?disease WHERE {{
  {{ SELECT DISTINCT ?disease {{ ?x lkg:condition|lkg:indication ?disease }} }}
  ?disease rdfs:subClassOf* {ROOT}
}}"""


Pages = dict[str, bytes]  # content by path below the folder of the site


class Listed(NamedTuple):
    """A page as the index lists it."""

    file: str
    title: str
    shows: str
    entities: int
    relations: int
    drugs: int
    trials: int


class _Placed(NamedTuple):
    """A page with its file, and what the index says of it."""

    file: str
    name: str
    shows: str
    page: Page


class Networks(NamedTuple):
    """The network pages of a graph.

    Attributes:
        pages: with the scripts that they share.
        central, leukemias: the pages as an index lists them.
        of: file by the id of the entity in the centre.
        known: what they tell beyond nodes and edges.
        totals: how much the whole network shows.
    """

    pages: Pages
    central: list[Listed]
    leukemias: list[Listed]
    of: dict[str, str]
    known: Knowledge
    totals: dict[str, int]


def networks(graph: KnowledgeGraph) -> Networks:
    """Draw the network pages."""
    everything = graph.network()
    known = knowledge(graph.select)
    central = list(_central(everything))
    leukemias = list(_leukemias(graph, everything, {page.file for page in central}))
    every = central + leukemias
    return Networks(
        {
            **{each.file: render(each.page, known, ASSETS).encode() for each in every},
            **{f"{ASSETS}/{name}": script.encode() for name, script in asset_files().items()},
        },
        [_listed(page) for page in central],
        [_listed(page) for page in leukemias],
        {each.page.centre: each.file for each in reversed(every) if each.page.centre},
        known,
        counts(everything),
    )


def pages(graph: KnowledgeGraph, drawn: Networks | None = None) -> Pages:
    """The network pages with an index of them, and the scripts that they share.

    Args:
        drawn: the network pages, if they have been drawn.
    """
    drawn = drawn or networks(graph)
    index = environment().get_template("index.html")
    text = index.render(
        title=f"{PRODUCT}: a knowledge graph",
        release=__version__,
        totals=drawn.totals,
        central=drawn.central,
        leukemias=drawn.leukemias,
        classes=_classes(graph),
    )
    return {"index.html": text.encode(), **drawn.pages}


def save_pages(pages: Pages, folder: Path) -> list[Path]:
    """Write pages into a folder; return the files.

    Raises:
        OutputError: the folder cannot be written.
    """
    return [path for name, content in pages.items() for path in save(folder / name, content)]


def _central(everything: nx.MultiDiGraph) -> Iterator[_Placed]:
    title, summary = whole()
    yield _Placed("network.html", "The whole graph", summary, Page(everything, title, summary))
    for centre, depth in CENTRAL:
        if centre in everything:
            page = _page(everything, centre, depth)
            definition = first_sentence(everything.nodes[centre]["definition"])
            shows = f"{definition} {'One step' if depth == 1 else f'{depth} steps'} around it."
            yield _Placed(_file(centre), page.title, shows.strip(), page)


def _leukemias(
    graph: KnowledgeGraph, everything: nx.MultiDiGraph, taken: set[str]
) -> Iterator[_Placed]:
    found = {curie(str(row[0])) for row in graph.select(_LEUKEMIAS)} & set(everything)
    for disease in sorted(found, key=lambda each: (everything.nodes[each]["label"].lower(), each)):
        page = _page(everything, disease, 1)
        if len(page.network) >= _FEWEST:
            file = _file(disease)
            if file in taken:
                file = _file(disease.replace(":", "-"))
            shows = first_sentence(everything.nodes[disease]["definition"])
            yield _Placed(file, page.title, shows, page)


def _page(everything: nx.MultiDiGraph, centre: str, depth: int) -> Page:
    network = neighbourhood(everything, centre, depth)
    return Page(network, *around(network, centre, depth), centre)


def _listed(placed: _Placed) -> Listed:
    network = placed.page.network
    kinds = [kind for _, kind in network.nodes("type")]
    drugs = sum(look(kind).group == "Drugs" and kind != "Regimen" for kind in kinds)
    return Listed(
        placed.file,
        placed.name,
        placed.shows,
        len(network),
        network.number_of_edges(),
        drugs,
        kinds.count("Trial"),
    )


def _file(entity: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", entity.rpartition(":")[2].lower()).strip("-")
    return f"network-{slug}.html"


_NAMES = {
    "Drug": "drugs",
    "Target": "targets",
    "Mechanism": "mechanisms",
    "Biomarker": "biomarkers",
    "Disease": "diseases",
    "Trial": "trials",
    "Outcome": "results",
    "Observation": "observations",
    "RegulatoryEvent": "regulatory decisions",
    "Statement": "opinions and predictions",
    "Conflict": "conflicts between references",
    "AdverseEvent": "adverse events",
    "Organization": "organizations",
    "Measure": "measures",
    "Reference": "references",
}


def _classes(graph: KnowledgeGraph) -> list[tuple[str, int]]:
    number = class_counts(graph.select)
    return [(name, number[kind]) for kind, name in _NAMES.items() if kind in number]
