"""The whole site as files: complete, linked, small, and safe from what is written in the graph."""

from __future__ import annotations

import base64
import json
import re
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from pyoxigraph import Store
from test_pages import HOSTILE, PAPER, claims, describe

from kg import publishing, questions
from kg.backend import Local
from kg.dataset.store import in_memory
from kg.graph import KnowledgeGraph
from kg.model import Fact, Node, mint, text, typed, types
from kg.pages.href import path_of, plain, static
from kg.publishing import publish
from kg.vocabulary import bibo, dcterms, iri, lkg, rdfs, skos

_WEIGHT = 60_000_000  # bytes


TRIAL, ARMS = iri("trial:NCT01134575"), (iri("arm:x-new"), iri("arm:x-old"))
_PLAIN = "conjugation isotype costimulatoryDomain vector cellSource".split()
_OF_ARMS = "dose setting role fitness".split()
_OF_NODES = (
    "reported unit subgroup criteria population assessor threshold timing method grade "
    "jurisdiction eventType designation reason initiator kind speaker"
).split()


def hostile_claims(bad=HOSTILE):
    """A text in every field that a page shows: labels, facts, arms, results, opinions."""
    yield from claims()
    yield from _described(bad)
    for subject, predicates in (
        ("drug:hostile", _PLAIN),
        ("trial:NCT01134575", ["acronym", "whyStopped", "country", "phase", "status"]),
        ("target:CD22", ["kind"]),
        *((arm, _OF_ARMS) for arm in ("arm:x-new", "arm:x-old")),
    ):
        for predicate in predicates:
            yield Fact(iri(subject), lkg[predicate], text(bad), PAPER, bad, "recalled")
    for subject, predicate, value in (
        (iri("drug:hostile"), lkg.payload, iri("payload:x")),
        (iri("payload:x"), lkg.payloadClass, text(bad)),
        (TRIAL, lkg.allocation, text("randomized")),
        (TRIAL, lkg.sponsor, iri("organization:x")),
        *((TRIAL, lkg.arm, arm) for arm in ARMS),
        *((arm, lkg.drug, iri("drug:hostile")) for arm in ARMS),
        (ARMS[0], lkg.regimen, iri("regimen:x")),
        (ARMS[0], lkg.requires, iri("biomarker:x")),
    ):
        yield Fact(subject, predicate, value, PAPER, bad, "source")
    shown = [(lkg[name], text(bad)) for name in _OF_NODES]
    label = (rdfs.label, text("=1+1 \u202e\u200f\u200b " + bad))
    drug, arm = (lkg.drug, iri("drug:hostile")), (lkg.arm, ARMS[0])
    measured = [(lkg.trial, TRIAL), (lkg.measure, iri("measure:x"))]
    value = (lkg.value, typed("18", "decimal"))
    for class_, prefix, said in (
        ("Outcome", "outcome", [*measured, value, _PER_CENT]),
        *(("Outcome", "outcome", [*measured, (lkg.arm, arm), value, _PER_CENT]) for arm in ARMS),
        ("Outcome", "outcome", [*measured, arm, (lkg.comparator, ARMS[1]), value]),
        ("Outcome", "outcome", [*measured, arm, (lkg.adverseEvent, iri("adverse-event:x"))]),
        ("Observation", "observation", [drug_of(lkg.about), measured[1], value]),
        ("Statement", "statement", [drug_of(lkg.about), (rdfs.comment, text(bad))]),
        ("RegulatoryEvent", "event", [drug, (lkg.date, typed("2017-08-17", "date"))]),
    ):
        own = {predicate for predicate, _ in said}
        every = (*types(class_), label, *said, *(pair for pair in shown if pair[0] not in own))
        yield Node(mint(prefix, every, PAPER), every, PAPER, bad, "source")


_PER_CENT = (lkg.unit, text("%"))


def drug_of(predicate):
    return predicate, iri("drug:hostile")


def _described(bad):
    """Every kind of entity by a hostile name, with hostile synonyms; a reference's own fields."""
    for name, class_ in (
        ("payload:x", "Payload"),
        ("organization:x", "Organization"),
        ("regimen:x", "Regimen"),
        ("biomarker:x", "Biomarker"),
        ("adverse-event:x", "AdverseEvent"),
        ("measure:x", "Measure"),
        *((arm, "Arm") for arm in ("arm:x-new", "arm:x-old")),
    ):
        names = [
            (predicate, text(bad)) for predicate in (rdfs.label, skos.altLabel, skos.definition)
        ]
        yield describe(name, *types(class_), *names)
    yield describe("measure:x", (lkg.kind, text("proportion")), (lkg.family, text("response")))
    fields = [(each, text(bad)) for each in (dcterms.publisher, bibo.doi, bibo.pmid)]
    yield describe("reference:paper", *fields)


def hostile_graph(bad=HOSTILE):
    return KnowledgeGraph(Local(in_memory(hostile_claims(bad))))


class Read(HTMLParser):
    """The elements of a page, its links and the ids in it."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.links, self.ids, self.text = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.elements.append((tag, found))
        self.links += [found[name] for name in ("href", "src") if name in found]
        self.ids += [found["id"]] if "id" in found else []

    def handle_data(self, data):
        self.text.append(data)


def broken_links(folder, files):
    """Links of pages that lead to no file, or to no part of it."""
    pages = {
        path: Read(path.read_text(encoding="utf-8")) for path in files if path.suffix == ".html"
    }
    ids = {path.resolve(): set(page.ids) for path, page in pages.items()}
    there = {path.resolve() for path in files}
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "data"):
                continue
            to = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
            if (
                parts.scheme
                or to not in there
                or (parts.fragment and parts.fragment not in ids[to])
            ):
                yield str(path.relative_to(folder)), link


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    return folder, publish(hostile_graph(), folder)


@pytest.fixture(scope="module")
def whole(graph, tmp_path_factory):
    folder, told = tmp_path_factory.mktemp("whole"), []
    return folder, publish(graph, folder, lambda done, of: told.append((done, of))), told


def test_every_entity_question_and_conflict_has_its_place(whole, graph):
    folder, files, _ = whole
    names = {path.relative_to(folder).as_posix() for path in files}
    assert len(names) == len(files)
    kinds = "Drug Target Disease Trial Reference Payload"
    rows = graph.select(
        f"SELECT ?e {{ VALUES ?class {{ {' '.join(f'lkg:{k}' for k in kinds.split())} }} "
        "?e a ?class }"
    )
    assert {path_of(cell.curie) for (cell,) in rows} <= names
    assert {path_of(f"question:{name}") for name in questions.names()} <= names
    found = Read((folder / "conflicts.html").read_text(encoding="utf-8")).ids
    assert {path_of(each.id).partition("#")[2] for each in graph.conflicts()} <= set(found)


def test_every_link_of_the_whole_site_leads_somewhere(whole):
    folder, files, _ = whole
    assert list(broken_links(folder, files)) == []


def test_the_whole_site_is_small_and_its_files_differ_in_any_system(whole):
    folder, files, _ = whole
    assert sum(path.stat().st_size for path in files) < _WEIGHT
    names = [path.relative_to(folder).as_posix().casefold() for path in files]
    assert len(set(names)) == len(names)


def test_it_tells_how_far_it_is(whole):
    _, files, told = whole
    assert told[-1] == (len(files), len(files))
    assert all(done <= of for done, of in told)


def test_pages_have_figures_networks_results_and_their_reference(whole):
    folder, _, _ = whole
    disease = (folder / "disease/acute-myeloid-leukemia.html").read_text(encoding="utf-8")
    assert disease.count("data:image/svg+xml;base64,") == 3
    assert "../network-acute-myeloid-leukemia.html" in disease
    drug = (folder / "drug/inotuzumab-ozogamicin.html").read_text(encoding="utf-8")
    assert 'href="#reference.kantarjian-2019-cancer"' in drug
    assert 'id="reference.kantarjian-2019-cancer"' in drug
    assert "121/164" in drug and "veno-occlusive" in drug
    assert 'data-query="results.drug"' in drug and "conflicts.html#conflict." in drug
    assert "calicheamicin" in (folder / "payload-class/calicheamicin.html").read_text()
    trial = (folder / "trial/NCT01564784.html").read_text(encoding="utf-8")
    assert "Arms: who was given what" in trial


def test_every_link_of_a_hostile_site_leads_somewhere(site):
    assert list(broken_links(*site)) == []


def test_hostile_text_is_text_everywhere(site):
    _, files = site
    seen, drawn = 0, []
    for path in files:
        if path.suffix != ".html":
            continue
        page = Read(path.read_text(encoding="utf-8"))
        assert not [n for _, attrs in page.elements for n in attrs if n.startswith("on")], path
        assert not [link for link in page.links if link.lower().startswith("javascript")], path
        if not path.name.startswith("network"):
            assert [tag for tag, _ in page.elements].count("script") == 1, path
            drawn += [attrs["src"] for tag, attrs in page.elements if tag == "img"]
            seen += any("window.__pwned" in part for part in page.text)
    assert seen > 8
    assert len(drawn) == 1
    start, _, encoded = drawn[0].partition(",")
    assert start == "data:image/svg+xml;base64"
    figure = ElementTree.fromstring(base64.b64decode(encoded))
    tags = {each.tag.partition("}")[2] for each in figure.iter()}
    assert tags <= {"svg", "title", "style", "rect", "circle", "text", "path"}


def test_hostile_text_in_scripts_is_data(site):
    folder, _ = site
    script = (folder / "assets/search.js").read_text(encoding="utf-8")
    entries = json.loads(re.fullmatch(r"window\.kgFind\((.*)\);\n", script)[1])
    assert HOSTILE in [label for _, label, *_ in entries]
    assert "\u2028" not in script and "</script" not in script


def test_pages_allow_nothing_but_the_scripts_and_styles_beside_them(site):
    for path in site[1]:
        if path.suffix == ".html" and not path.name.startswith("network"):
            page = path.read_text(encoding="utf-8")
            policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
            assert policy.replace("&#39;", "'") == (
                "default-src 'none'; script-src 'self' file:; style-src 'self' file:; "
                "img-src data: blob:; base-uri 'none'; form-action 'none'"
            )
            assert "style=" not in page


def test_the_same_graph_gives_the_same_site(site, tmp_path):
    folder, files = site
    for path in publish(hostile_graph(), tmp_path):
        assert path.read_bytes() == (folder / path.relative_to(tmp_path)).read_bytes()
    assert len(files) == len([each for each in tmp_path.rglob("*") if each.is_file()])


def test_names_of_files_are_plain_and_never_shared():
    names = ["a b", "a~20b", "a/b", "../x", "Ä", "x" * 500, "x" * 499 + "y", HOSTILE]
    made = [plain(name) for name in names]
    assert len(set(made)) == len(made)
    assert all(re.fullmatch(r"[A-Za-z0-9._~-]{1,120}", each) for each in made)
    assert static("../")("drug:a/b") == "../drug/a~2fb.html"


def test_texts_of_megabytes_are_cut_and_break_nothing(tmp_path):
    long = 300_000  # in each of some sixty fields; one of ten megabytes among them
    graph = KnowledgeGraph(Local(in_memory([*hostile_claims("y" * long), *ten_megabytes()])))
    files = publish(graph, tmp_path)
    assert list(broken_links(tmp_path, files)) == []
    assert max(path.stat().st_size for path in files if path.suffix == ".html") < 3_000_000
    page = Read((tmp_path / path_of("drug:long")).read_text(encoding="utf-8"))
    assert max(map(len, page.text)) <= 5_000


def ten_megabytes():
    names = [(each, text("x" * 10**7)) for each in (rdfs.label, skos.altLabel, skos.definition)]
    yield describe("drug:long", *types("SmallMolecule"), *names)


def test_figures_are_drawn_here_where_no_process_begins():
    def broken():
        raise BrokenProcessPool

    future = Future()
    future.result = broken
    assert publishing._awaited(future) == {}


def test_figures_are_drawn_here_where_the_files_of_an_open_graph_are_gone(tmp_path, monkeypatch):
    monkeypatch.setattr(publishing, "drawings", lambda graph: {"drug:x": [graph]})
    open_graph = KnowledgeGraph(Local(Store(), tmp_path / "gone"))
    with publishing._figures(open_graph) as figures:
        assert figures() == {"drug:x": [open_graph]}
