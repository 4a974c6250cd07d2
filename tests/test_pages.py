"""The pages, without a browser: nothing of the data is markup, nothing is fetched, all is told."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from pyoxigraph import NamedNode

from kg.backend import Local
from kg.dataset.store import in_memory
from kg.errors import OutputError
from kg.graph import KnowledgeGraph
from kg.links import identifier, of_reference, web
from kg.model import Description, Fact, Node, mint, text, typed, types
from kg.pages import write_network
from kg.pages.data import knowledge
from kg.pages.drawing import edges
from kg.pages.page import Page, render
from kg.pages.palette import LOOKS
from kg.pages.spacing import _box, spread
from kg.site import pages, save_pages
from kg.vocabulary import SUPERCLASS, bibo, dcterms, iri, lkg, rdfs, skos

HOSTILE = "</script><script>window.__pwned=1</script><img src=x onerror='window.__pwned=2'>\u2028&"
LABELS = {
    "drug:inotuzumab-ozogamicin": ("AntibodyDrugConjugate", "inotuzumab ozogamicin"),
    "drug:hostile": ("SmallMolecule", HOSTILE),
    "target:CD22": ("Target", "CD22"),
    "disease:leukemia": ("Disease", "leukemia"),
    "disease:all": ("Disease", "acute lymphoblastic leukemia"),
    "trial:NCT01134575": ("Trial", "MD Anderson study of inotuzumab ozogamicin"),
}
PAPER = iri("reference:paper")
LINKS = {
    "reference:paper": "https://example.org/paper?a=1&b=2",
    "reference:script": "javascript:window.__pwned=3",
}


def describe(name, *pairs):
    return Description(iri(name), tuple(pairs))


def _node(prefix, *pairs):
    every = (*types({"outcome": "Outcome", "event": "RegulatoryEvent"}[prefix]), *pairs)
    return Node(mint(prefix, every, PAPER), every, PAPER, "abstract", "source")


def claims():
    """One conjugate with its target, trial, result and approval, among hostile text."""
    for name, (kind, label) in LABELS.items():
        names = [(rdfs.label, text(label)), (skos.definition, text(f"About {label}"))]
        yield describe(name, *types(kind), *names)
    yield describe("drug:inotuzumab-ozogamicin", (skos.altLabel, text("CMC-544")))
    yield describe("disease:all", (rdfs.subClassOf, iri("disease:leukemia")))
    hgnc = NamedNode("https://identifiers.org/hgnc:1643")
    yield describe("target:CD22", (skos.exactMatch, hgnc))
    yield describe("drug:hostile", (skos.exactMatch, NamedNode("javascript:alert(1)")))
    for name, url in LINKS.items():
        title = (dcterms.title, text("Paper " + HOSTILE))
        issued = (dcterms.issued, typed("2012-02-21", "date"))
        source = (dcterms.source, NamedNode(url))
        yield describe(name, *types("Article"), title, issued, source)
    for subject, predicate, value, reference in (
        ("drug:inotuzumab-ozogamicin", "target", "target:CD22", "reference:paper"),
        ("drug:hostile", "target", "target:CD22", "reference:script"),
        ("trial:NCT01134575", "drug", "drug:inotuzumab-ozogamicin", "reference:paper"),
        ("trial:NCT01134575", "condition", "disease:all", "reference:paper"),
    ):
        yield Fact(iri(subject), lkg[predicate], iri(value), iri(reference), "p. 1", "source")
    for predicate, value in (
        ("startDate", typed("2010-06-30", "date")),
        ("datePrecision", text("month")),
    ):
        yield Fact(iri("trial:NCT01134575"), lkg[predicate], value, PAPER, "p. 2", "source")
    result = (rdfs.label, text(f"complete remission 9 of 49 (18 %) {HOSTILE}"))
    trial = (lkg.trial, iri("trial:NCT01134575"))
    yield _node("outcome", result, trial, (lkg.population, text("intention-to-treat")))
    for kind, day in (("approval", "2017-08-17"), ("label-change", "2024-03-06")):
        yield _node(
            "event",
            (rdfs.label, text(f"{kind} {day}")),
            (lkg.drug, iri("drug:inotuzumab-ozogamicin")),
            (lkg.indication, iri("disease:all")),
            (lkg.eventType, text(kind)),
            (lkg.jurisdiction, text("US")),
            (lkg.date, typed(day, "date")),
        )


def hostile_graph():
    store = in_memory(claims())
    return KnowledgeGraph(Local(store))


class Markup(HTMLParser):
    """What a browser would make of a page: elements with attributes, and the JSON blocks."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.blocks, self._open = [], {}, ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._open = dict(attrs).get("id", "") if tag == "script" else ""

    def handle_data(self, data):
        if self._open:
            self.blocks[self._open] = json.loads(data)
            self._open = ""


@pytest.fixture(scope="module")
def hostile():
    return hostile_graph()


@pytest.fixture(scope="module")
def page(hostile, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "network.html"
    assert write_network(hostile, path) == [path]
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def site(hostile, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    return folder, save_pages(pages(hostile), folder)


def test_hostile_text_is_data_and_never_markup(page):
    markup = Markup(page)
    assert [tag for tag, _ in markup.elements].count("script") == 7  # 5 of data, 2 that run
    assert not [tag for tag, _ in markup.elements if tag == "img"]
    assert not [name for _, attrs in markup.elements for name in attrs if name.startswith("on")]
    labels = {node["id"]: node["label"] for node in markup.blocks["nodes-data"]}
    assert labels["drug:hostile"] == HOSTILE
    assert "\u2028" not in page


def test_a_hostile_name_is_escaped_in_headings(hostile, tmp_path):
    (path,) = write_network(hostile, tmp_path / "page.html", "drug:hostile")
    assert not [tag for tag, _ in Markup(path.read_text()).elements if tag == "img"]


def test_links_that_are_no_web_addresses_are_dropped(page):
    details = Markup(page).blocks["details-data"]
    assert details["references"]["reference:paper"]["url"] == LINKS["reference:paper"]
    assert "url" not in details["references"]["reference:script"]
    assert details["nodes"]["drug:hostile"]["identifiers"] == [["javascript:alert(1)", ""]]
    assert "javascript:window" not in page


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//example.org", "https://", "https://a b", ""]
    + ['https://a/"onx="', "JAVASCRIPT:x", "\tjavascript:x", "https://[", "file:///etc/passwd"],
)
def test_only_plain_web_addresses_are_links(address):
    assert web(address) == ""


def test_references_and_identifiers_lead_to_where_people_read():
    assert of_reference("", "10.1/x", "12") == "https://doi.org/10.1/x"
    assert of_reference("javascript:x", "", "12") == "https://pubmed.ncbi.nlm.nih.gov/12/"
    uniprot = identifier("http://purl.uniprot.org/uniprot/P20273")
    assert uniprot == ("UniProt P20273", "https://www.uniprot.org/uniprotkb/P20273")


def test_a_page_needs_nothing_but_itself(page):
    for tag, attrs in Markup(page).elements:
        assert "src" not in attrs
        assert tag != "link"
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    policy = policy.replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "'unsafe-inline'" not in policy.partition("style-src")[0]


def test_a_page_tells_what_is_said_and_by_whom(page):
    blocks = Markup(page).blocks
    decisions = [edge for edge in blocks["edges-data"] if edge["relation"] == "regulated for"]
    assert [edge["says"] for edge in decisions] == [
        "approval US 2017-08-17",
        "label-change US 2024-03-06",
    ]
    assert decisions[0]["smooth"] != decisions[1]["smooth"]
    details = blocks["details-data"]
    trial, target = details["nodes"]["trial:NCT01134575"], details["nodes"]["target:CD22"]
    assert trial["notes"][0]["references"] == ["reference:paper"]
    assert trial["properties"] == [
        {"name": "start date", "value": "2010-06", "references": ["reference:paper"]}
    ]
    assert trial["notes"][0]["more"] == "intention to treat · abstract"
    assert target["identifiers"] == [["HGNC 1643", "https://identifiers.org/hgnc:1643"]]
    assert details["references"]["reference:paper"]["date"] == "2012-02-21"


def test_the_same_graph_gives_the_same_bytes(site, page, tmp_path):
    folder, files = site
    save_pages(pages(hostile_graph()), tmp_path)
    for path in files:
        assert path.read_bytes() == (tmp_path / path.relative_to(folder)).read_bytes()
    write_network(hostile_graph(), tmp_path / "one.html")
    assert (tmp_path / "one.html").read_text(encoding="utf-8") == page


def test_every_page_of_the_index_exists_and_the_reverse(site):
    folder, files = site
    linked = set(re.findall(r'href="([^"#]+)"', (folder / "index.html").read_text()))
    assert linked == {
        "network.html",
        "network-inotuzumab-ozogamicin.html",
        "network-cd22.html",
        "network-all.html",
    }
    assert {path.name for path in files} == linked | {
        "index.html",
        "network.js",
        "overview.js",
        "vis-network.min.js",
    }
    for path in files:
        for source in re.findall(r'<script src="([^"]+)"', path.read_text(encoding="utf-8")):
            assert (folder / source).is_file()


def test_the_index_says_how_much_there_is(site):
    text_of_index = (site[0] / "index.html").read_text(encoding="utf-8")
    assert re.search(r"<b>2</b>drugs", text_of_index)
    assert "<script" not in text_of_index


def test_a_page_links_to_pages_about_its_nodes(hostile):
    network, known = hostile.network(), knowledge(hostile.select)
    page = Page(network, "T", "S", pages={"target:CD22": "target/CD22.html"})
    told = Markup(render(page, known)).blocks["details-data"]["nodes"]
    assert {name: each["page"] for name, each in told.items() if "page" in each} == page.pages


def test_claims_that_nobody_saw_in_their_source_are_marked():
    cd22, cd33 = iri("target:CD22"), iri("target:CD33")
    drug = iri("drug:hostile")
    more = [
        describe("target:CD33", *types("Target"), (rdfs.label, text("CD33"))),
        Fact(drug, lkg.target, cd33, PAPER, "p. 3", "recalled"),
        Fact(cd33, lkg.kind, text("protein"), PAPER, "p. 3", "recalled"),
        Fact(cd22, lkg.kind, text("protein"), PAPER, "p. 3", "source"),
    ]
    graph = KnowledgeGraph(Local(in_memory([*claims(), *more])))
    marked = {(edge["from"], edge["to"]) for edge in edges(graph.network()) if "recalled" in edge}
    assert marked == {("drug:hostile", "target:CD33")}
    properties = knowledge(graph.select).properties
    assert properties["target:CD33"][0].recalled == ["reference:paper"]
    assert properties["target:CD22"][0].recalled == []


def test_a_place_that_cannot_be_written_is_named(hostile, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="file"):
        write_network(hostile, tmp_path / "file" / "page.html")


def test_no_two_types_look_the_same():
    assert len({(each.colour, each.shape) for each in LOOKS.values()}) == len(LOOKS)
    assert {name for name, parent in SUPERCLASS.items() if parent == "Drug"} <= set(LOOKS)


def test_labels_of_a_small_network_have_room():
    names = {f"n{i}": "a label of some length" for i in range(30)}
    places = spread({name: (float(i % 6), float(i // 6)) for i, name in enumerate(names)}, names)
    width, height = _box("a label of some length")
    pairs = [(a, b) for a in names for b in names if a < b]
    for a, b in pairs:
        (ax, ay), (bx, by) = places[a], places[b]
        assert abs(ax - bx) >= width - 2 or abs(ay - by) >= height - 2


def test_parallel_edges_bend_apart_whichever_way_they_run(hostile):
    network = hostile.network()
    network.add_edge("disease:all", "drug:inotuzumab-ozogamicin", label="x", says="", references="")
    between = {"disease:all", "drug:inotuzumab-ozogamicin"}
    parallel = [edge for edge in edges(network) if {edge["from"], edge["to"]} == between]
    bends = {(edge["from"], str(edge.get("smooth"))) for edge in parallel}
    assert len(bends) == len(parallel) == 3


def test_dois_are_used_where_there_is_no_address():
    doi = describe("reference:doi", *types("Article"), (dcterms.title, text("T")))
    store = in_memory([doi, describe("reference:doi", (bibo.doi, text("10.1056/x")))])
    known = knowledge(KnowledgeGraph(Local(store)).select)
    assert known.references["reference:doi"].url == "https://doi.org/10.1056/x"
