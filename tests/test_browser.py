"""The pages in a real browser, from disk and without a network."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from browsing import needs_browser, wait_for_drawing
from test_pages import HOSTILE, LINKS, hostile_graph

from kg.pages import write_network
from kg.site import pages, save_pages

pytestmark = needs_browser
DRAWN = """() => {
  const canvas = document.querySelector("#map canvas");
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels.some((value) => value !== 0);
}"""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """One page by itself, and a site."""
    folder = tmp_path_factory.mktemp("pages")
    write_network(hostile_graph(), folder / "page.html")
    save_pages(pages(hostile_graph()), folder / "site")
    return folder


@pytest.fixture
def visit(open_page, files):
    """Opens one of the files, with what follows it in the address."""

    def open_file(name="page.html", **settings):
        file, mark, rest = name.partition("#")
        return open_page((files / file).as_uri() + mark + rest, **settings)

    return open_file


def test_a_page_draws_itself_and_asks_for_nothing(visit):
    page = visit()
    wait_for_drawing(page)
    assert page.evaluate(DRAWN)
    assert len(page.requests_seen) == 1


def test_a_page_of_the_site_asks_only_for_files_beside_it(visit, files):
    page = visit("site/network.html")
    wait_for_drawing(page)
    assert page.evaluate(DRAWN)
    assert all(url.startswith((files / "site").as_uri()) for url in page.requests_seen)
    assert len(page.requests_seen) == 3


def test_the_index_leads_to_a_page_that_draws(visit):
    page = visit("site/index.html")
    page.get_by_role("link", name="Acute lymphoblastic leukemia").click()
    wait_for_drawing(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Acute lymphoblastic leukemia"
    page.get_by_role("link", name="All pages").click()
    assert page.url.endswith("index.html")


@pytest.mark.parametrize("text", ["CMC-544", "inotuz", "drug:inotuzumab"])
def test_search_by_synonym_label_and_id_selects(visit, text):
    page = visit()
    page.get_by_role("combobox", name="Find").fill(text)
    assert page.get_by_role("option").first.is_visible()
    page.keyboard.press("Enter")
    pane = page.locator("#pane")
    assert pane.get_by_role("heading", level=2).inner_text() == "inotuzumab ozogamicin"
    assert page.locator("#status").inner_text().startswith("Selected: inotuzumab ozogamicin")
    assert page.evaluate("kgPage.state.picked.node") == "drug:inotuzumab-ozogamicin"


def test_suggestions_are_walked_with_the_keyboard(visit):
    page = visit()
    box = page.get_by_role("combobox", name="Find")
    box.fill("leukemia")
    assert box.get_attribute("aria-activedescendant") == "found-0"
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == "found-1"
    page.keyboard.press("Escape")
    assert page.get_by_role("listbox").is_hidden()
    box.fill("nothing of that name")
    assert page.locator("#missing").inner_text() != ""


def test_the_pane_names_references_with_links(visit):
    page = visit()
    page.evaluate("kgPage.select({ node: 'trial:NCT01134575' })")
    pane = page.locator("#pane")
    result = pane.locator(".note").first
    assert "complete remission 9 of 49 (18 %)" in result.inner_text()
    result.locator("summary").click()
    link = result.locator(".reference a")
    assert link.get_attribute("href") == LINKS["reference:paper"]
    assert "2012-02-21" in result.locator(".reference").inner_text()
    pane.get_by_role("button", name="inotuzumab ozogamicin").first.click()
    assert pane.get_by_role("heading", level=2).inner_text() == "inotuzumab ozogamicin"


def test_an_edge_says_what_and_who(visit):
    page = visit()
    edge = "[...kgPage.edges.values()].find((edge) => edge.says.startsWith('approval')).id"
    page.evaluate(f"kgPage.select({{ edge: {edge} }})")
    pane = page.locator("#pane")
    assert "approval US 2017-08-17" in pane.inner_text()
    assert pane.locator(".reference a").get_attribute("href") == LINKS["reference:paper"]


def test_hostile_text_is_shown_as_text_and_hostile_links_are_none(visit):
    page = visit()
    page.evaluate("kgPage.select({ node: 'drug:hostile' })")
    pane = page.locator("#pane")
    shown = pane.get_by_role("heading", level=2).text_content()
    assert shown == HOSTILE
    for summary in pane.locator("summary").all():
        summary.click()
    assert pane.locator("a").count() == 0
    assert page.locator("img").count() == 0
    x, y = page.evaluate("""() => {
      const { x, y } = kgPage.map.client("drug:hostile");
      return [x, y];
    }""")
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    page.wait_for_function("() => document.querySelector('.vis-tooltip')?.innerText")
    assert page.locator(".vis-tooltip :not(br)").count() == 0  # its lines are broken


def test_a_click_on_a_shape_selects_it_and_escape_forgets_it(visit):
    page = visit()
    wait_for_drawing(page)
    x, y = page.evaluate("""() => {
      const { x, y } = kgPage.map.client("target:CD22");
      return [x, y];
    }""")
    page.mouse.click(x, y)
    page.wait_for_function("() => kgPage.state.picked?.node === 'target:CD22'")
    page.keyboard.press("Escape")
    assert page.evaluate("kgPage.state.picked") is None


def test_the_legend_filters_types_and_relations(visit):
    page = visit()
    shapes = "kgPage.shown.nodes.size"
    lines = "kgPage.shown.edges.size"
    before = page.evaluate(shapes), page.evaluate(lines)
    page.get_by_label("targets").uncheck()
    assert page.evaluate(shapes) == before[0] - 1
    assert page.evaluate(lines) == before[1] - 2
    page.get_by_label("targets").check()
    page.get_by_label("regulated for").uncheck()
    assert (page.evaluate(shapes), page.evaluate(lines)) == (before[0], before[1] - 2)
    page.get_by_role("button", name="Reset").click()
    assert page.get_by_label("regulated for").is_checked()
    assert (page.evaluate(shapes), page.evaluate(lines)) == before


def test_search_brings_back_what_the_legend_hid(visit):
    page = visit()
    page.get_by_label("targets").uncheck()
    page.get_by_role("combobox", name="Find").fill("CD22")
    page.keyboard.press("Enter")
    assert page.get_by_label("targets").is_checked()


def test_the_map_moves_with_the_keyboard_and_the_table_lists_it(visit):
    page = visit()
    wait_for_drawing(page)
    page.locator("#map").focus()
    before = page.evaluate("kgPage.map.camera().x")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("kgPage.map.camera().x") > before
    page.get_by_role("button", name="Table").click()
    assert page.locator("#table tbody tr").count() == page.evaluate("kgPage.nodes.size")
    page.locator("#table").get_by_role("button", name="CD22", exact=True).click()
    assert page.evaluate("kgPage.state.picked.node") == "target:CD22"


def test_an_address_can_point_to_an_entity(visit):
    page = visit("page.html#" + quote("target:CD22", safe=""))
    wait_for_drawing(page)
    assert page.locator("#pane h2").inner_text() == "CD22"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_narrow_screen(visit, scheme):
    for name in ("page.html", "site/index.html"):
        page = visit(name, viewport={"width": 390, "height": 844}, color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
