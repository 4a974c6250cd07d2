"""What answers, cards and networks show in a notebook: short, linked, escaped."""

import html
import json
import pickle
import re
from pathlib import Path

import networkx as nx
from test_figures import HOSTILE, hostile

import kg
from kg.notebook import MOST, link
from kg.pages import shown


def test_rows_are_shown_up_to_a_number_that_is_said(graph):
    rows = graph.select("SELECT ?s ?label { ?s rdfs:label ?label }")
    page = rows._repr_html_()
    assert page.count("<tr>") == MOST + 1
    assert f"{MOST} of {len(rows)} rows" in page
    one = graph.select("SELECT ?label { target:CD22 rdfs:label ?label }")._repr_html_()
    assert "<td>CD22</td>" in one
    assert "1 row<" in one


def test_iris_and_references_are_links(graph):
    page = graph.ask("status", drug="CMC-544")._repr_html_()
    assert re.search(r'<a href="https://[^"]*/reference/[^"]*"[^>]*>reference:[^<]*</a>', page)


def test_nothing_but_web_addresses_is_a_link():
    assert "<a" not in link("javascript:alert(1)")
    assert "<a" not in link('https://x.org/"onmouseover="alert(1)')
    assert '"on' not in link('https://x.org/"onmouseover="alert(1)')


def test_text_of_the_data_is_escaped(tmp_path):
    graph = hostile(tmp_path, HOSTILE)
    rows = graph.ask("responses", drug="CMC-544")._repr_html_()
    card = graph.card("CMC-544")._repr_html_()
    for page in (rows, card):
        assert "<script" not in page
        assert html.escape(HOSTILE) in page


def test_a_card_shows_its_sections_with_references(graph):
    page = graph.card("CMC-544")._repr_html_()
    for heading in ("facts", "events", "results", "conflicts"):
        assert f"<h4>{heading}</h4>" in page
    assert f"{MOST} of " in page
    assert ">reference:" in page


def test_a_network_shows_its_page_in_a_frame_without_scripts_of_ours_outside(tmp_path):
    frame = hostile(tmp_path, HOSTILE).network("CMC-544")._repr_html_()
    assert frame.count("<") == 2  # the frame's own tags
    inside = html.unescape(re.search(r'srcdoc="([^"]*)"', frame)[1])
    assert "vis-network" in inside
    assert HOSTILE not in inside


def test_a_network_is_still_one_of_networkx(graph):
    network = graph.network("CMC-544")
    assert isinstance(network, nx.MultiDiGraph)
    assert nx.utils.graphs_equal(network, nx.MultiDiGraph(network))
    part = network.subgraph(["target:CD22", "drug:inotuzumab-ozogamicin"])
    assert part._repr_html_().startswith("<p>network of 2 nodes")
    assert network.copy()._repr_html_() == f"<p>{_counts(network)}</p>"
    assert len(nx.MultiDiGraph(pickle.loads(pickle.dumps(network.copy())))) == len(network)


def _counts(network):
    return f"network of {len(network)} nodes and {network.number_of_edges()} edges"


def test_of_a_network_that_is_too_large_the_most_connected_are_framed_and_it_says_so(
    graph, monkeypatch
):
    network = graph.network("CMC-544")
    degrees = sorted((degree for _, degree in network.degree), reverse=True)
    monkeypatch.setattr(shown, "MOST", 4)
    inside = html.unescape(re.search(r'srcdoc="([^"]*)"', network._repr_html_())[1])
    summary = re.search(r'class="summary">([^<]*)<', inside)[1]
    assert summary.startswith(f"Left out here: {len(network) - 4} of {len(network)} entities")
    framed = [
        node["id"] for node in json.loads(re.search(r'"nodes-data">(.*?)</script>', inside)[1])
    ]
    assert len(framed) == 4
    assert "drug:inotuzumab-ozogamicin" in framed
    assert min(network.degree[node] for node in framed[1:]) >= degrees[4]
    monkeypatch.setattr(shown, "MOST", len(network))
    assert "Left out" not in network._repr_html_()


def test_the_package_says_that_it_is_typed():
    assert (Path(kg.__file__).parent / "py.typed").is_file()
