"""Pages of the site in a real browser, from disk and without a network."""

from __future__ import annotations

import csv
import json

import pytest
from browsing import needs_browser
from test_publishing import hostile_claims, ten_megabytes

from kg.backend import Local
from kg.coverage import areas
from kg.dataset.store import in_memory
from kg.graph import KnowledgeGraph
from kg.pages import about, conflict, finding, home, question, shared
from kg.pages.drawn import Drawn, encoded
from kg.pages.frame import Frame, assets
from kg.pages.href import path_of, static
from kg.pages.library import Library
from kg.publishing import publish

pytestmark = needs_browser
DRUG, TRIAL = "drug:inotuzumab-ozogamicin", "trial:NCT01564784"
ENTITIES = (DRUG, TRIAL, "disease:hairy-cell-leukemia", "target:CD22", "measure:cr-or-cri")
ENTITIES += ("reference:kantarjian-2016-nejm", "payload-class:calicheamicin")
ENTITIES += ("payload:n-acetyl-gamma-calicheamicin", "linker:acbut", "organization:EMA")
ENTITIES += (
    "mechanism:dna-double-strand-break",
    "antibody:inotuzumab",
    "biomarker:CD22-expression",
)
ENTITIES += ("regimen:mini-hyper-cvd", "adverse-event:hepatic-veno-occlusive-disease")
# One page of each kind.
KINDS = [*map(path_of, ENTITIES), "index.html", "conflicts.html", "questions.html"]
KINDS += ["question/harm-by-payload-class.html", "question/predictions.html", "kind/drug.html"]
KINDS += ["kind/reference.html"]
# Rows, notes and conflicts are alike: the first few stand for all.
FEW = """() => document.querySelectorAll(
  "tbody tr:nth-child(n+8), .notes li:nth-child(n+8), .conflict:nth-of-type(n+4)"
).forEach((each) => each.remove())"""
RESULTS = "table[data-name=results]"


def pages(graph):
    """The text of one page of each kind, of what it needs and of what it leads to, by file."""
    library = Library(graph.select)
    top, below = Frame(library, static()), Frame(library, static("../"))
    figure = graph.figure("timeline", disease="hairy cell leukemia")
    drawn = Drawn("timeline-hairy-cell-leukemia", figure.title, encoded(figure.svg()))
    for name in ENTITIES:
        yield path_of(name), about.entity(below, name, [drawn] if "disease" in name else [])
    assert {name.partition(":")[0] for name in ENTITIES} == set(library.entities)
    assert all(map(library.has_page, ENTITIES))
    for kind in ("drug", "reference"):
        yield f"kind/{kind}.html", about.kind(below, kind)
    for name in ("harm-by-payload-class", "predictions"):
        yield path_of(f"question:{name}"), question.page(below, graph, name)
    yield "index.html", home.page(top, graph.select, areas(graph.select))
    yield "conflicts.html", conflict.page(top)
    yield "questions.html", question.every(top)
    yield "assets/search.js", finding.index(library, static())
    yield "assets/queries.js", shared.script()
    for name, content in assets().items():
        yield f"assets/{name}", content


@pytest.fixture(scope="module")
def folder(graph, tmp_path_factory):
    place = tmp_path_factory.mktemp("site")
    for name, content in pages(graph):
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text(content, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    place = tmp_path_factory.mktemp("hostile")
    claims = [*hostile_claims(), *ten_megabytes()]
    publish(KnowledgeGraph(Local(in_memory(claims))), place)
    return place


@pytest.fixture
def visit(browser, folder):
    """Opens a page; at the end nothing may have been logged, or asked of elsewhere."""
    opened = []

    def open_page(name, place=folder, **settings):
        context = browser.new_context(offline=True, reduced_motion="reduce", **settings)
        page = context.new_page()
        page.complaints, page.asked = [], []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto((place / name).as_uri())
        opened.append((context, page, place))
        return page

    yield open_page
    for context, page, place in opened:
        assert page.complaints == []
        ours = (place.as_uri(), "data:", "blob:")
        assert [url for url in page.asked if not url.startswith(ours)] == []
        assert page.evaluate("window.__pwned") is None
        context.close()


def texts(page, column):
    return page.eval_on_selector_all(
        f"{RESULTS} tbody tr:not(.out)",
        f"rows => rows.map((row) => row.cells[{column}]?.textContent ?? '')",
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", KINDS)
def test_nothing_serious_stands_in_the_way_of_anybody(visit, name, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = visit(name, color_scheme=scheme, viewport={"width": 1400, "height": 1000})
    page.evaluate(FEW)
    options = {"preload": False, "resultTypes": ["violations"]}  # which would fetch the style sheet
    found = axe.Axe().run(page, options=options).response["violations"]
    assert [
        (each["id"], each["nodes"][0]["html"][:200])
        for each in found
        if each["impact"] in ("serious", "critical")
    ] == []


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("name", KINDS)
def test_pages_are_never_wider_than_the_window(visit, name, width):
    page = visit(name, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_reference_shows_on_hover_focus_and_click_and_leaves_on_escape(visit):
    page = visit(path_of(DRUG))
    link = page.locator(f"{RESULTS} tbody tr td:nth-child(10) a").first
    popover = page.locator("#popover")
    assert popover.is_hidden()
    link.hover()
    popover.wait_for()
    assert "20" in popover.inner_text() and "Where:" in popover.inner_text()
    page.keyboard.press("Escape")
    assert popover.is_hidden()
    page.mouse.move(0, 0)
    page.locator(f"{RESULTS} tbody tr td:nth-child(2) a").first.focus()
    page.keyboard.press("Tab")  # to the reference, past the cells between
    popover.wait_for()
    focused = page.evaluate("document.activeElement.getAttribute('aria-describedby')")
    assert focused == "popover"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#popover') !== null")
    page.keyboard.press("Escape")
    assert popover.is_hidden()
    assert page.evaluate("document.activeElement.closest('td') !== null")


def test_a_tap_shows_who_says_it(visit):
    page = visit(
        path_of(TRIAL), has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800}
    )
    page.locator("table[data-name=facts] td a[href^='#']").first.tap()
    popover = page.locator("#popover")
    popover.wait_for()
    box = popover.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    page.locator("h1").tap()
    assert popover.is_hidden()


def test_an_endpoint_shows_its_definition(visit):
    page = visit(path_of(TRIAL))
    page.locator(f"{RESULTS} td:first-child a").first.hover()
    page.locator("#popover").wait_for()
    assert len(page.locator("#popover").inner_text()) > 40


def test_without_scripts_every_reference_is_at_the_foot_of_the_page(visit):
    page = visit(path_of(TRIAL), java_script_enabled=False)
    page.locator("table[data-name=facts] td a[href^='#']").first.click()
    anchor = page.url.partition("#")[2]
    assert page.locator(f"[id='{anchor}']").is_visible()


def test_a_table_sorts_numbers_as_numbers_and_leaves_gaps_last(visit):
    page = visit(path_of(DRUG))
    head = page.locator(f"{RESULTS} th[data-key=value]")
    for direction, reverse in (("ascending", False), ("descending", True)):
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == direction
        shown = texts(page, 5)
        filled = [each for each in shown if each]
        assert shown == filled + [""] * (len(shown) - len(filled))
        numbers = [float(each.split()[0]) for each in filled]
        assert numbers == sorted(numbers, reverse=reverse) and len(numbers) > 20


def test_a_table_filters_and_downloads_what_is_left(visit):
    page = visit(path_of(DRUG))
    section = page.locator("section", has=page.locator(RESULTS))
    section.get_by_label("Filter the rows of this table").fill("INO-VATE remission")
    left = page.locator(f"{RESULTS} tbody tr:not(.out)").count()
    assert 0 < left < page.locator(f"{RESULTS} tbody tr").count()
    with page.expect_download() as download:
        section.get_by_label("Download this table as CSV").click()
    assert download.value.suggested_filename == "inotuzumab-ozogamicin-results.csv"
    rows = list(csv.DictReader(download.value.path().read_text(encoding="utf-8").splitlines()))
    assert len(rows) == left
    assert {row["trial_id"] for row in rows} == {TRIAL}
    assert any(row["patients"] == "88/109" for row in rows)
    assert all(row["reference_id"].startswith("reference:") for row in rows)
    with page.expect_download() as download:
        section.get_by_label("Download this table as JSON").click()
    assert json.loads(download.value.path().read_text(encoding="utf-8")) == rows


def test_long_tables_and_further_columns_unfold(visit):
    page = visit(path_of(DRUG))
    section = page.locator("section", has=page.locator(RESULTS))
    rows = page.locator(f"{RESULTS} tbody tr")
    assert rows.nth(60).is_hidden()
    section.get_by_role("button", name="Show all").click()
    assert rows.nth(60).is_visible()
    assert page.locator(f"{RESULTS} th[data-key=assessor]").is_hidden()
    section.get_by_role("button", name="more column").click()
    assert page.locator(f"{RESULTS} th[data-key=assessor]").is_visible()


def test_the_query_of_a_table_is_there_to_copy(visit, graph):
    page = visit(path_of(DRUG))
    section = page.locator("section", has=page.locator(RESULTS))
    section.get_by_text("SPARQL of this table").click()
    section.get_by_role("button", name="Copy").wait_for()
    query = section.locator("pre").inner_text()
    assert len(graph.select(query)) >= page.locator(f"{RESULTS} tbody tr").count()
    assert "$entity" not in query


@pytest.mark.parametrize("wanted", ["Besponsa", "CMC 544", "unii p93ruu11p7", "ino-vate"])
@pytest.mark.parametrize("name", ["index.html", path_of("target:CD22")])
def test_the_search_finds_by_synonym_code_and_identifier(visit, wanted, name):
    page = visit(name)
    page.keyboard.press("/")
    page.keyboard.type(wanted)
    page.locator("#found li").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{path_of(TRIAL if wanted == 'ino-vate' else DRUG)}")


def test_a_figure_is_saved_as_svg_and_png(visit):
    page = visit("disease/hairy-cell-leukemia.html")
    for form, start in (("SVG", b"<?xml"), ("PNG", b"\x89PNG")):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Save as {form}").click()
        assert download.value.suggested_filename == f"timeline-hairy-cell-leukemia.{form.lower()}"
        content = download.value.path().read_bytes()
        assert content.startswith(start) and len(content) > 10_000
        if form == "SVG":
            assert b"leukemia-kg 0" in content and b"references until 20" in content


def test_every_page_of_a_hostile_site_is_calm(visit, hostile):
    page = visit("index.html", hostile)
    for path in sorted(hostile.rglob("*.html")):
        if not path.name.startswith("network"):
            page.goto(path.as_uri())
            assert page.evaluate("window.__pwned") is None
    page.goto((hostile / path_of("drug:long")).as_uri())
    assert "xxx" in page.locator("h1").inner_text()


def test_formulas_are_text_in_a_spreadsheet(visit, hostile):
    page = visit("trial/NCT01134575.html", hostile)
    with page.expect_download() as download:
        page.get_by_label("Download this table as CSV").first.click()
    for line in csv.reader(download.value.path().read_text(encoding="utf-8").splitlines()):
        assert not [cell for cell in line if cell.startswith(("=", "+", "@"))]
