"""The explorer in a real browser: from a search to a card, a network, a query and its link."""

import csv
import json
from urllib.parse import quote

import pytest
from browsing import needs_browser, wait_for_drawing
from conftest import SMALL, write_tables
from pyoxigraph import RdfFormat, parse
from serving import serving
from test_publishing import hostile_claims

from kg.dataset.store import build, open_generation
from kg.serve.limits import Limits
from kg.sources import curated

pytestmark = needs_browser
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1400, "height": 900}}
DRUGS = """SELECT ?drug ?drugLabel (COUNT(?trial) AS ?trials) WHERE {
  ?drug lkg:target target:CD22 ; rdfs:label ?drugLabel . ?trial lkg:drug ?drug
} GROUP BY ?drug ?drugLabel ORDER BY DESC(?trials)"""
LINKED = (
    "SELECT ?drug ?drugLabel ?target WHERE { ?drug lkg:target ?target ; rdfs:label ?drugLabel }"
)
TRIPLES = "CONSTRUCT { ?drug lkg:target ?target } WHERE { ?drug lkg:target ?target }"
KINDS = {
    "home": "/",
    "drug": "/drug/inotuzumab-ozogamicin",
    "trial as of": "/trial/NCT01134575?as-of=2012-12-31",
    "node": "/arm/NCT01134575-all",
    "question": "/question/drugs-by-target?target=CD22",
    "wrong question": "/question/drugs-by-target?target=CD2",
    "vocabulary": "/vocab",
    "table": f"/sparql#query={quote(DRUGS)}",
    "chart": f"/sparql#query={quote(DRUGS)}&show=chart",
    "network": f"/sparql#query={quote(LINKED)}&show=network",
}


def place_of(folder, claims):
    build(claims, folder / "store")
    return open_generation(folder / "store")[1]


@pytest.fixture(scope="module")
def small_site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seen")
    with serving(
        place_of(folder, curated.claims(write_tables(folder / "tables", SMALL))),
        limits=Limits(seconds=60.0, patience=60.0),
    ) as (address, _):
        yield address


@pytest.fixture(scope="module")
def site(graph):
    with serving(graph.place, limits=Limits(seconds=60.0, patience=60.0)) as (address, _):
        yield address


@pytest.fixture
def visit(browser):
    """Opens a page; at the end nothing may have been logged, or asked of elsewhere."""
    opened = []

    def open_page(address, **settings):
        context = browser.new_context(reduced_motion="reduce", **settings)
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.complaints, page.asked = [], []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(address)
        opened.append((context, page, "/".join(address.split("/")[:3])))
        return page

    yield open_page
    for context, page, home in opened:
        expected = getattr(page, "expected", "")
        assert [each for each in page.complaints if not (expected and expected in each)] == []
        elsewhere = [url for url in page.asked if not url.startswith((home, "data:", "blob:"))]
        assert elsewhere == []
        assert page.evaluate("window.__pwned") is None
        context.close()


def saved(page, name):
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Download the answer as {name}").click()
    return download.value.path().read_bytes()


def state(page, text):
    page.locator("#state", has_text=text).wait_for()


@pytest.mark.parametrize("settings", [DESK, PHONE], ids=["desk", "phone"])
def test_from_a_search_to_a_card_a_network_a_query_and_its_link(visit, site, settings):
    page = visit(f"{site}/", **settings)
    page.locator("#find").fill("Besponsa")
    page.locator("#found li", has_text="inotuzumab ozogamicin").first.click()
    page.wait_for_url("**/drug/inotuzumab-ozogamicin")
    assert page.locator("h1").inner_text() == "inotuzumab ozogamicin"
    page.get_by_role("link", name="See its network").click()
    page.wait_for_url("**/network/drug/inotuzumab-ozogamicin")
    wait_for_drawing(page)
    page.get_by_role("link", name="All pages").click()
    page.wait_for_url(f"{site}/")
    page.get_by_role("link", name="SPARQL", exact=True).click()
    page.locator("#query").fill(DRUGS)
    page.get_by_role("button", name="Run").click()
    state(page, "rows in")
    shared = page.url
    other = visit(shared, **settings)
    state(other, "rows in")
    assert other.locator("#query").input_value() == DRUGS
    rows = [each.locator("#results tbody tr").count() for each in (page, other)]
    assert rows[0] == rows[1] > 5
    other.locator("#results tbody a").first.click()
    other.wait_for_url("**/drug/**")
    for each in (page, other):
        assert each.evaluate("document.documentElement.scrollWidth") <= 1400


def test_a_network_goes_on_from_a_shape_with_what_the_server_has(visit, site):
    page = visit(f"{site}/network/target/CD22#inotuzumab", **DESK)
    wait_for_drawing(page)
    before = page.locator(".counts").inner_text()
    page.goto(f"{site}/network/target/CD22#drug:inotuzumab-ozogamicin")
    page.reload()
    wait_for_drawing(page)
    page.get_by_role("button", name="All its neighbours").click()
    page.locator("#status", has_text="more around inotuzumab ozogamicin").wait_for(state="attached")
    assert any("/neighbours/drug%3Ainotuzumab-ozogamicin" in url for url in page.asked)
    assert before


def test_the_whole_site_has_a_day(visit, site):
    page = visit(f"{site}/drug/inotuzumab-ozogamicin", **DESK)
    page.get_by_label("As of").fill("2012-12-31")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**/drug/inotuzumab-ozogamicin?as-of=2012-12-31")
    assert "Knowledge as of 2012-12-31" in page.locator(".view").inner_text()
    page.get_by_role("link", name="Questions").click()
    page.wait_for_url("**/questions?as-of=2012-12-31")
    page.locator("#find").fill("CD22")
    page.locator("#found li").first.click()
    page.wait_for_url("**/target/CD22?as-of=2012-12-31")
    page.get_by_role("link", name="SPARQL", exact=True).click()
    page.locator("#query").fill("SELECT (MAX(?day) AS ?last) { ?event lkg:date ?day }")
    page.get_by_role("button", name="Run").click()
    state(page, "1 row in")
    assert page.locator("#results tbody td").inner_text() <= "2012-12-31"
    page.get_by_role("link", name="See all that is known today").click()
    page.wait_for_url("**/sparql")


def test_figures_come_when_they_are_looked_at_and_are_saved(visit, site):
    page = visit(f"{site}/disease/hairy-cell-leukemia", **DESK)
    image = page.locator("figure img").first
    image.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('figure img').naturalWidth > 0")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as SVG").first.click()
    assert b"<svg" in download.value.path().read_bytes()


def test_answers_are_saved_in_the_forms_of_the_endpoint(visit, small_site):
    page = visit(f"{small_site}/sparql#query={quote(LINKED)}", **DESK)
    state(page, "1 row in")
    lines = list(csv.DictReader(saved(page, "CSV").decode().splitlines()))
    assert [line["drugLabel"] for line in lines] == ["inotuzumab ozogamicin"]
    assert json.loads(saved(page, "JSON"))["results"]["bindings"][0]["drug"]["type"] == "uri"
    page.locator("#query").fill(TRIPLES)
    page.keyboard.press("Control+Enter")
    state(page, "1 triple in")
    for name, form in (("Turtle", RdfFormat.TURTLE), ("JSON-LD", RdfFormat.JSON_LD)):
        assert len(list(parse(saved(page, name), form))) == 1
    page.locator("#query").fill("ASK { ?s ?p ?o }")
    page.keyboard.press("Control+Enter")
    state(page, "Yes, in")


def test_answers_are_drawn_as_networks_and_charts(visit, small_site):
    page = visit(f"{small_site}/sparql#query={quote(LINKED)}", **DESK)
    state(page, "1 row in")
    page.get_by_role("button", name="Network").click()
    assert page.locator("svg.graph a").count() == 2
    assert "show=network" in page.url
    page.get_by_role("button", name="Chart").click()
    assert "needs a column of numbers" in page.locator("#results").inner_text()
    page.locator("#query").fill(DRUGS)
    page.get_by_role("button", name="Run").click()
    page.locator("svg.chart rect").wait_for()
    assert "inotuzumab ozogamicin" in page.locator("svg.chart").text_content()
    page.locator("#query").fill("SELECT ?e ?date ?n { ?e lkg:date ?date BIND(3 AS ?n) }")
    page.get_by_role("button", name="Run").click()
    page.locator("svg.chart circle").wait_for()


def test_a_query_that_does_not_parse_shows_where(visit, small_site):
    page = visit(f"{small_site}/sparql", **DESK)
    page.expected = "status of 400"
    page.locator("#query").fill("SELECT ?a {\n  ?a lkg:target ]\n}")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Go to line 2, column 17").click()
    at = page.evaluate("[document.activeElement.id, document.activeElement.selectionStart]")
    assert at == ["query", 28]
    assert page.locator("#paint .t-wrong").inner_text() == "]"
    page.locator("#query").fill("SELECT ?a { ?a a lkg:Drug }")
    page.keyboard.press("Control+Enter")
    state(page, "1 row in")
    assert page.locator("#fault").is_hidden()


@pytest.mark.parametrize(
    ("typed", "offered", "taken"),
    [
        ("SELECT ?drug { ?dr", "?drug", "SELECT ?drug { ?drug "),
        ("SEL", "SELECT", "SELECT "),
        ("?a lkg:tar", "lkg:target", "?a lkg:target "),
        ("?a adv", "lkg:adverseEvent", None),
        ("?a drug:ino", "drug:inotuzumab-ozogamicin", "?a drug:inotuzumab-ozogamicin "),
        ("?a bespon", "drug:inotuzumab-ozogamicin", "?a drug:inotuzumab-ozogamicin "),
        ("?a orga", "organization:", None),
    ],
)
def test_what_is_typed_is_completed(visit, small_site, typed, offered, taken):
    page = visit(f"{small_site}/sparql", **DESK)
    page.locator("#query").fill("")
    page.locator("#query").type(typed)
    page.locator("#offered li", has_text=offered).first.wait_for()
    assert "".join(page.locator("#paint").all_inner_texts()).strip() == typed
    if taken:
        page.keyboard.press("ArrowDown")
        selected = page.locator("#offered [aria-selected=true]")
        assert selected.get_attribute("data-text") == offered
        assert page.locator("#query").get_attribute("aria-activedescendant") == "offered-0"
        page.keyboard.press("Enter")
        assert page.locator("#query").input_value() == taken
    else:
        page.keyboard.press("Escape")
    assert page.locator("#offered").is_hidden()


def test_an_example_is_the_query_of_a_question(visit, small_site):
    page = visit(f"{small_site}/sparql", **DESK)
    label = page.locator("#examples option", has_text="drugs").first.inner_text()
    page.locator("#examples").select_option(label=label)
    state(page, "row")
    assert "SELECT" in page.locator("#query").input_value()


def test_the_query_of_a_table_is_run_on_the_page_of_queries(visit, small_site):
    page = visit(f"{small_site}/drug/inotuzumab-ozogamicin", **DESK)
    page.get_by_text("SPARQL of this table").first.click()
    page.get_by_role("link", name="Run it").first.click()
    page.wait_for_url("**/sparql#query=*")
    state(page, "rows in")


def test_a_form_suggests_names_and_keeps_what_was_asked(visit, small_site):
    page = visit(f"{small_site}/question/drugs-by-target", **DESK)
    field = page.get_by_label("target", exact=True)
    field.fill("CD")
    page.locator("datalist option[value=CD22]").wait_for(state="attached")
    field.fill("CD22")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**/question/drugs-by-target?target=CD22")
    assert page.locator("table[data-name=answer] tbody tr").count() == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_serious_stands_in_the_way_of_anybody(visit, small_site, kind, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = visit(small_site + KINDS[kind], color_scheme=scheme, **DESK)
    if "sparql" in KINDS[kind]:
        state(page, "row")
    options = {"preload": False, "resultTypes": ["violations"]}
    found = axe.Axe().run(page, options=options).response["violations"]
    assert [
        (each["id"], each["nodes"][0]["html"][:200])
        for each in found
        if each["impact"] in ("serious", "critical")
    ] == []


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("kind", KINDS)
def test_pages_are_never_wider_than_the_window(visit, small_site, kind, width):
    page = visit(small_site + KINDS[kind], viewport={"width": width, "height": 800})
    if "sparql" in KINDS[kind]:
        state(page, "row")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_hostile_text_neither_runs_nor_breaks_a_page(browser, visit, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile-seen")
    with serving(place_of(folder, hostile_claims())) as (address, _):
        page = visit(f"{address}/", **DESK)
        for path in ("/drug/hostile", "/trial/NCT01134575", "/network/drug/hostile", "/conflicts"):
            page.goto(address + path)
            assert page.evaluate("window.__pwned") is None
        for shown in ("table", "network"):
            query = quote("SELECT * { ?s ?p ?o }")
            page.goto("about:blank")
            page.goto(f"{address}/sparql#query={query}&show={shown}")
            state(page, "rows in")
            assert page.evaluate("window.__pwned") is None
        page.goto(f"{address}/drug/%3Cimg%20src=x%20onerror=alert(1)%3E")
        page.expected = "status of 404"
