"""What is read for one page is what is read for all pages at once."""

import pytest

from kg.pages import about
from kg.pages.data import knowledge, notes, properties
from kg.pages.frame import Frame
from kg.pages.href import static
from kg.pages.library import KINDS, Library
from kg.serve.explorer.live import Live

CHOSEN = {
    "drug": "drug:inotuzumab-ozogamicin",
    "trial": "trial:NCT01564784",
    "target": "target:CD22",
    "disease": "disease:hairy-cell-leukemia",
    "reference": "reference:kantarjian-2016-nejm",
}


@pytest.fixture(scope="module")
def frames(graph):
    href = static("../")
    return Frame(Library(graph.select), href), Frame(Live(graph.select), href)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_the_same_from_either(kind, frames):
    whole, live = frames
    names = whole.library.entities[kind]
    chosen = [CHOSEN[kind]] if kind in CHOSEN else []
    for name in [*chosen, *names[:: max(1, len(names) // 3)][:3]]:
        assert about.entity(live, name) == about.entity(whole, name), name


def test_details_of_a_network_are_the_same_from_either(graph):
    nodes = set(graph.network("CD22", 2))
    known = knowledge(graph.select)
    for of_few, of_all in (
        (properties(graph.select, nodes), known.properties),
        (notes(graph.select, nodes), known.notes),
    ):
        assert of_few == {node: said for node, said in of_all.items() if node in nodes}
