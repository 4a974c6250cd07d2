"""What a reader does on a network page, by mouse and by keyboard, in a real browser."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import networkx as nx
import pytest
from browsing import needs_browser, wait_for_drawing
from test_pages import HOSTILE, PAPER, claims, describe, hostile_graph

from kg.backend import Local
from kg.dataset.store import in_memory
from kg.graph import KnowledgeGraph
from kg.model import Fact, text, types
from kg.pages import write_network
from kg.vocabulary import iri, lkg, rdfs

pytestmark = needs_browser
NODES, EDGES = "kgPage.shown.nodes.size", "kgPage.shown.edges.size"
INO, CD22, ALL = "drug:inotuzumab-ozogamicin", "target:CD22", "disease:all"


@pytest.fixture(scope="module")
def files(tmp_path_factory, graph):
    folder = tmp_path_factory.mktemp("network-pages")
    write_network(hostile_graph(), folder / "small.html")
    write_network(graph, folder / "card.html", "inotuzumab ozogamicin")
    return folder


@pytest.fixture
def visit(open_page, files):
    def visit_file(name="card", state="", **settings):
        page = open_page((files / f"{name}.html").as_uri() + state, **settings)
        wait_for_drawing(page)
        return page

    return visit_file


def click(page, node, **more):
    at = page.evaluate("(id) => kgPage.map.client(id)", node)
    page.mouse.click(at["x"], at["y"])
    return at


def picked(page):
    return page.evaluate("kgPage.state.picked?.node ?? null")


def state(page):
    return page.evaluate("location.hash"), page.evaluate(NODES), page.evaluate(EDGES)


def settled(page):
    """The address is written a little later than the state changes."""
    page.wait_for_timeout(300)
    return state(page)


@pytest.mark.parametrize("text", ["CMC-544", "inotuz", "UNII P93RUU11P7", "db05889"])
def test_search_knows_labels_synonyms_codes_and_identifiers(visit, text):
    page = visit()
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    assert picked(page) == INO


def test_what_is_next_to_a_pick_stands_out(visit):
    page = visit()
    click(page, CD22)
    page.wait_for_function("() => kgPage.state.picked")
    near = set(page.evaluate("[...kgPage.emphasis().nodes]"))
    lines = page.evaluate("[...kgPage.emphasis().edges].map((id) => kgPage.edges.get(id))")
    assert CD22 in near
    assert {CD22} == set.intersection(*({line["from"], line["to"]} for line in lines))
    assert near == {end for line in lines for end in (line["from"], line["to"])}


def test_a_node_is_collapsed_and_expanded_by_mouse_and_by_keyboard(visit):
    page = visit("small")
    before = page.evaluate(NODES)
    page.evaluate(f"kgPage.select({{ node: '{ALL}' }})")
    page.get_by_role("button", name="Collapse").click()
    assert page.evaluate(
        "[...kgPage.nodes.keys()].filter((id) => !kgPage.shown.nodes.has(id))"
    ) == ["disease:leukemia"]
    assert "folded away" in page.locator("#status").inner_text()
    assert page.evaluate("document.activeElement.id") == "fold"
    page.keyboard.press("Enter")
    assert page.evaluate(NODES) == before
    page.get_by_role("button", name="Collapse").click()
    page.get_by_role("combobox", name="Find").fill("disease:leukemia")
    page.keyboard.press("Enter")
    assert page.evaluate(NODES) == before
    assert picked(page) == "disease:leukemia"


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
def test_the_path_between_two_picked_nodes(visit, way):
    page = visit("small")
    click(page, "drug:hostile")
    page.wait_for_function("() => kgPage.state.picked")
    if way == "mouse":
        page.keyboard.down("Shift")
        click(page, "disease:leukemia")
        page.keyboard.up("Shift")
    else:
        page.locator("#path-from").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("/")
        page.keyboard.type("disease:leukemia")
        page.keyboard.press("Enter")
    page.wait_for_function("() => kgPage.state.path.length === 2")
    pane = page.locator("#pane")
    assert pane.locator(".steps > li").count() == 4
    # Two decisions join drug and disease: parallel edges are steps of the same path.
    assert pane.locator(".steps > li").nth(2).locator(":scope > ul > li").count() == 2
    assert "4 steps" in page.locator("#status").inner_text()
    assert page.evaluate("kgPage.emphasis().first") == ["drug:hostile", "disease:leukemia"]
    page.keyboard.press("Escape")
    assert page.evaluate("kgPage.emphasis()") is None


def test_a_path_goes_only_through_what_is_shown(visit):
    page = visit("small", "#path=drug:hostile,disease:leukemia")
    assert page.locator(".steps > li").count() == 4
    page.get_by_label("targets").uncheck()
    assert page.locator(".steps > li").count() == 0
    assert "joins them" in page.locator("#pane").inner_text()


def test_the_page_as_known_on_a_day_is_the_view_of_that_day(open_page, graph, tmp_path):
    write_network(graph, tmp_path / "whole.html")
    page = open_page((tmp_path / "whole.html").as_uri())
    # What no reference states comes with its ends, of which a view has more: a decision may
    # mention a mechanism that no edge leads to.
    for day in ("1999-12-31", "2012-06-30"):
        page.evaluate("(day) => kgPage.change((state) => { state.until = day; })", day)
        shown = page.evaluate("""() => [...kgPage.shown.edges].map((id) => kgPage.edges.get(id))
          .map(({ from, to, relation, says }) => [from, to, relation, says])""")
        known = graph.as_of(day).network().edges(data=True)
        expected = {(a, b, data["label"], data["says"]) for a, b, data in known}
        differing = set(map(tuple, shown)) ^ expected
        assert {edge for edge in differing if edge[2] != "is a"} == set()
        assert differing <= expected


def test_the_slider_and_the_replay_go_through_time(visit):
    page = visit()
    whole = page.evaluate(EDGES)
    slider = page.get_by_role("slider", name="Known until")
    slider.focus()
    page.keyboard.press("Home")
    first = page.evaluate("kgPage.state.until")
    assert first and page.evaluate(EDGES) < whole
    assert slider.get_attribute("aria-valuetext") == first
    page.keyboard.press("ArrowRight")
    assert page.evaluate("kgPage.state.until") > first
    page.get_by_role("button", name="Replay").click()
    seen = []
    while page.evaluate("document.getElementById('play').textContent") == "Pause":
        seen.append(page.evaluate(EDGES))
        page.wait_for_timeout(100)
    assert seen == sorted(seen)
    assert page.evaluate(EDGES) == whole
    assert page.evaluate("kgPage.state.until") == ""


def test_a_pick_outlasts_the_time_before_it_was_known(visit):
    page = visit(state=f"#node={CD22}&until=1900")
    assert page.evaluate("kgPage.emphasis()") is None
    assert "filters hide it" in page.locator("#pane").inner_text()
    page.get_by_role("slider", name="Known until").press("End")
    assert page.evaluate("kgPage.emphasis().first") == [CD22]


def test_kinds_of_references_and_the_mark_filter(visit):
    page = visit()
    whole = page.evaluate(EDGES)
    page.get_by_label("press article").uncheck()
    left = page.evaluate("""() => [...kgPage.shown.edges].map((id) => kgPage.edges.get(id))
      .map(({ references }) => references.map((name) => kgPage.reference(name).kind))""")
    assert 0 < len(left) < whole
    assert all(not kinds or set(kinds) != {"press article"} for kinds in left)
    page.get_by_label("press article").check()
    page.get_by_label("only claims seen in their source").check()
    seen = page.evaluate("""() => [...kgPage.shown.edges].map((id) => kgPage.edges.get(id))
      .filter(({ references, recalled = [] }) => references.length)
      .every(({ references, recalled = [] }) => references.length > recalled.length)""")
    assert seen and page.evaluate(EDGES) < whole


def test_what_is_asked_for_is_shown_whatever_hid_it(visit):
    page = visit(state="#until=1990&no-type=Target&checked=1")
    assert not page.evaluate(f"kgPage.shown.nodes.has('{CD22}')")
    page.get_by_role("combobox", name="Find").fill("CD22")
    page.keyboard.press("Enter")
    assert page.evaluate(f"kgPage.shown.nodes.has('{CD22}')")
    assert picked(page) == CD22


def test_the_pane_counts_only_the_evidence_that_counts(visit):
    page = visit("small", "#node=trial:NCT01134575")
    assert page.locator("#pane .note").count() == 1
    page.get_by_label("article").uncheck()
    assert page.evaluate(NODES) == 0
    assert page.locator("#empty").is_visible()


def test_changes_are_undone_and_redone_by_button_and_by_key(visit):
    page = visit()
    start = settled(page)
    page.get_by_label("trials").uncheck()
    click(page, CD22)
    page.wait_for_function("() => kgPage.state.picked")
    end = settled(page)
    assert end != start
    page.keyboard.press("Control+z")
    assert picked(page) is None
    page.get_by_role("button", name="Undo").click()
    assert settled(page) == start
    assert page.get_by_role("button", name="Undo").is_disabled()
    page.get_by_role("button", name="Redo").click()
    page.keyboard.press("Control+y")
    assert settled(page) == end


def test_a_node_is_moved_and_undo_brings_it_back(visit):
    page = visit()
    before = page.evaluate(f"kgPage.map.place('{CD22}')")
    at = page.evaluate(f"kgPage.map.client('{CD22}')")
    page.mouse.move(at["x"], at["y"])
    page.mouse.down()
    page.mouse.move(at["x"] - 60, at["y"] + 40, steps=5)
    page.mouse.up()
    page.wait_for_function("() => kgPage.state.moved.size === 1")
    assert page.evaluate(f"kgPage.map.place('{CD22}')") != before
    page.keyboard.press("Control+z")
    assert page.evaluate(f"kgPage.map.place('{CD22}')") == before


def test_a_deep_link_restores_the_whole_state(visit, open_page):
    page = visit()
    page.get_by_label("organizations").uncheck()
    page.get_by_label("sponsor").uncheck()
    page.get_by_label("database").uncheck()
    page.get_by_label("only claims seen in their source").check()
    page.evaluate("(day) => kgPage.change((state) => { state.until = day; })", "2019-12-31")
    page.evaluate(f"kgPage.fold('{INO}')")
    page.evaluate(f"kgPage.select({{ node: '{CD22}' }})")
    page.get_by_role("button", name="Table").click()
    page.get_by_role("button", name="Zoom in").click()
    end = settled(page)
    camera = page.evaluate("kgPage.map.camera()")
    again = open_page(page.url)
    wait_for_drawing(again)
    assert settled(again) == end
    assert picked(again) == CD22
    assert again.locator("#table").is_visible()
    assert not again.get_by_label("database").is_checked()
    assert again.locator("#until-day").inner_text() == "2019-12-31"
    restored = again.evaluate("kgPage.map.camera()")
    assert restored == {key: pytest.approx(value, abs=1, rel=0.01) for key, value in camera.items()}


@pytest.mark.parametrize("text", ["#%E0%A4%A", "#node=nobody&until=x&folded=%00&at=1,2", "#=&&=,"])
def test_an_address_that_makes_no_sense_shows_the_page(visit, text):
    page = visit(state=text)
    assert page.evaluate(NODES) == page.evaluate("kgPage.nodes.size")


def test_shift_and_arrows_walk_from_shape_to_shape(visit):
    page = visit()
    page.locator("#map").focus()
    page.keyboard.press("Shift+ArrowRight")
    first = picked(page)
    page.keyboard.press("Shift+ArrowRight")
    there = page.evaluate(
        "([a, b]) => kgPage.map.place(b).x - kgPage.map.place(a).x", [first, picked(page)]
    )
    assert there > 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "details"


def test_the_table_sorts_and_filters_entities_and_relations(visit):
    page = visit()
    page.get_by_role("button", name="Table").click()
    table = page.locator("#table")
    table.get_by_role("button", name="Relations").nth(1).click()
    column = [int(cell) for cell in table.locator("td:nth-child(3)").all_inner_texts()]
    assert column == sorted(column)
    page.keyboard.press("Enter")
    assert table.locator("th[aria-sort=descending]").inner_text().startswith("Relations")
    assert table.locator("td:nth-child(3)").first.inner_text() == str(max(column))
    table.get_by_role("button", name="Relations", exact=True).first.click()
    assert table.locator("tbody tr").count() == page.evaluate(EDGES)
    table.get_by_role("searchbox", name="Rows with").fill("approval JP")
    assert table.locator("tbody tr").count() >= 1
    table.locator("tbody tr").first.get_by_role("button", name="approval").click()
    assert "approval JP" in page.locator("#pane").inner_text()


def test_a_pick_in_the_table_keeps_the_focus(visit):
    page = visit(state="#table=1")
    page.locator("#table").get_by_role("button", name="CD22", exact=True).focus()
    page.keyboard.press("Enter")
    assert picked(page) == CD22
    assert page.evaluate("document.activeElement.textContent") == "CD22"
    page.get_by_label("targets").uncheck()
    assert page.locator("#table").get_by_role("button", name="CD22", exact=True).count() == 0


def saved(page, name):
    page.locator("#save summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return download.value


def content(page, name):
    return saved(page, name).path().read_bytes()


def test_tables_of_the_view_are_saved_as_csv(visit):
    page = visit("small")
    page.get_by_label("diseases").uncheck()
    rows = list(csv.DictReader(io.StringIO(content(page, "Entities (CSV)").decode(), newline="")))
    assert {row["id"] for row in rows} == set(page.evaluate("[...kgPage.shown.nodes]"))
    assert {row["label"] for row in rows if row["id"] == "drug:hostile"} == {HOSTILE}
    lines = list(csv.DictReader(io.StringIO(content(page, "Relations (CSV)").decode(), newline="")))
    assert len(lines) == page.evaluate(EDGES)
    assert {line["latest"] for line in lines} == {"2012-02-21"}


def test_the_view_is_saved_as_json_and_graphml(visit, tmp_path):
    page = visit()
    page.get_by_label("trials").uncheck()
    data = json.loads(content(page, "All that is shown (JSON)"))
    assert data["title"] == "Inotuzumab ozogamicin"
    assert {node["id"] for node in data["nodes"]} == set(page.evaluate("[...kgPage.shown.nodes]"))
    named = {name for edge in data["edges"] for name in edge["references"]}
    assert named == {reference["id"] for reference in data["references"]}
    (tmp_path / "view.graphml").write_bytes(content(page, "Network (GraphML)"))
    network = nx.read_graphml(tmp_path / "view.graphml", force_multigraph=True)
    assert set(network) == {node["id"] for node in data["nodes"]}
    assert network.number_of_edges() == len(data["edges"])
    assert network.nodes[CD22]["label"] == "CD22"


def test_hostile_text_in_saved_files_is_text(visit, tmp_path):
    page = visit("small")
    (tmp_path / "view.graphml").write_bytes(content(page, "Network (GraphML)"))
    network = nx.read_graphml(tmp_path / "view.graphml")
    assert network.nodes["drug:hostile"]["label"] == HOSTILE
    picture = ElementTree.fromstring(content(page, "Picture (SVG)"))
    assert {element.tag.partition("}")[2] for element in picture.iter()} <= {
        *("svg", "title", "defs", "clipPath", "rect", "marker", "path", "g", "circle"),
        *("polygon", "text"),
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_have_title_legend_date_and_release_inside(visit, open_page, scheme):
    page = visit(color_scheme=scheme)
    page.get_by_label("trials").uncheck()
    page.evaluate("(day) => kgPage.change((state) => { state.until = day; })", "2019-12-31")
    download = saved(page, "Picture (SVG)")
    assert download.suggested_filename == "inotuzumab-ozogamicin.svg"
    picture = ElementTree.fromstring(download.path().read_bytes())
    texts = [element.text for element in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[0] == "Inotuzumab ozogamicin"
    assert any(text.startswith("targets (") for text in texts)
    assert not any(text.startswith("trials (") for text in texts)
    (caption,) = [text for text in texts if "drawn 20" in text]
    assert "known until 2019-12-31" in caption and "leukemia-kg 0." in caption
    png = content(page, "Picture (PNG)")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    size = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    assert size == tuple(2 * int(float(picture.get(side))) for side in ("width", "height"))


def test_light_and_dark_follow_the_system_until_one_is_chosen(visit):
    page = visit(color_scheme="dark")
    back = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(back)
    page.get_by_role("button", name="Light").click()
    assert page.evaluate(back) == "rgb(255, 255, 255)" != dark
    page.emulate_media(color_scheme="light")
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate(back) == dark


def test_on_paper_the_picture_stands_for_the_map(visit):
    page = visit(color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#paper").is_visible()
    assert page.locator("#map").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_printing_leaves_the_page_as_it_was(visit):
    page = visit()
    page.evaluate("""addEventListener("beforeprint", () => {
      window.printed = document.getElementById("paper") !== null;
    })""")
    assert page.pdf().startswith(b"%PDF")
    assert page.evaluate("window.printed")
    assert page.locator("#paper").count() == 0


def test_the_skip_link_leads_to_the_search_and_keeps_the_state(visit):
    page = visit(state=f"#node={CD22}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "search"
    assert picked(page) == CD22


def test_motion_is_reduced_where_it_is_asked_for(visit):
    page = visit(reduced_motion="reduce")
    before = page.evaluate("kgPage.map.camera().scale")
    page.get_by_role("button", name="Zoom in").click()
    assert page.evaluate("kgPage.map.camera().scale") == pytest.approx(before * 1.3)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("then", ["", "#node=" + CD22, "#table=1", f"#path={CD22},disease:b-all"])
def test_axe_finds_nothing_serious(visit, scheme, then):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(state=then, color_scheme=scheme)
    page.wait_for_timeout(100)
    found = Axe().run(page).response["violations"]
    serious = [each for each in found if each["impact"] in ("serious", "critical")]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in serious] == []


def test_a_label_of_ten_megabytes_breaks_nothing(open_page, tmp_path):
    long = describe(
        "target:long", *types("Target"), (rdfs.label, text("\u202e\u200b" + "x" * 10_000_000))
    )
    fact = Fact(iri("drug:hostile"), lkg["target"], iri("target:long"), PAPER, "p. 1", "source")
    graph = KnowledgeGraph(Local(in_memory([*claims(), long, fact])))
    write_network(graph, tmp_path / "long.html")
    page = open_page((tmp_path / "long.html").as_uri())
    wait_for_drawing(page)
    page.evaluate("kgPage.select({ node: 'target:long' })")
    assert len(page.locator("#pane h2").text_content()) < 1000
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_notebook_frame_works_without_storage_or_address(open_page, graph, tmp_path):
    frame = graph.network("CD22")._repr_html_()
    (tmp_path / "notebook.html").write_text(f"<!DOCTYPE html><meta charset=utf-8>{frame}")
    page = open_page((tmp_path / "notebook.html").as_uri())
    inner = page.frames[1]
    inner.wait_for_function("() => window.kgPage?.page.labelsDrawn > 0")
    inner.get_by_label("cell therapies").uncheck()
    inner.get_by_role("button", name="Undo").click()
    assert inner.get_by_label("cell therapies").is_checked()
    inner.get_by_role("combobox", name="Find").fill("epratuzumab")
    inner.get_by_role("combobox", name="Find").press("Enter")
    page.wait_for_timeout(300)
    inner.locator("#save summary").click()
    with page.expect_download() as download:
        inner.get_by_role("button", name="Picture (PNG)").click()
    assert download.value.path().read_bytes()[:4] == b"\x89PNG"


def test_in_the_low_frame_of_a_narrow_notebook_the_map_has_most_of_it(open_page, graph, tmp_path):
    frame = graph.network("CD22")._repr_html_()
    (tmp_path / "notebook.html").write_text(f"<!DOCTYPE html><meta charset=utf-8>{frame}")
    page = open_page((tmp_path / "notebook.html").as_uri(), viewport={"width": 900, "height": 800})
    inner = page.frames[1]
    inner.wait_for_function("() => window.kgPage?.page.labelsDrawn > 0")
    assert inner.evaluate("document.getElementById('map').clientHeight / innerHeight") > 0.5
    assert inner.evaluate("document.documentElement.scrollWidth <= innerWidth")
