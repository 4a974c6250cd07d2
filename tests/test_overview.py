"""Pages of many nodes, which a canvas of our own draws, in a real browser."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest
from browsing import needs_browser, wait_for_drawing
from test_pages import HOSTILE

from kg.layout import layout
from kg.pages.data import Knowledge, Reference
from kg.pages.drawing import SMALL, nodes
from kg.pages.page import CANVAS, Page, render
from kg.pages.spacing import apart

GROUPS, SIZE = 12, 40
HUB = "disease:0"
LEAF = "drug:0-1"
# Whether the pixel at a node has a colour that nothing but shapes have.
COLOURED = """(id) => {
  const canvas = document.querySelector("#map canvas");
  const at = kgPage.map.client(id), box = canvas.getBoundingClientRect();
  const dot = document.createElement("canvas").getContext("2d");
  const scale = canvas.width / box.width;
  dot.drawImage(canvas, (at.x - box.x) * scale, (at.y - box.y) * scale, 1, 1, 0, 0, 1, 1);
  const [red, green, blue] = dot.getImageData(0, 0, 1, 1).data;
  return Math.max(red, green, blue) - Math.min(red, green, blue) > 60;
}"""
ZOOM = "(id) => kgPage.map.look({ ...kgPage.map.place(id), scale: 1 })"


@pytest.fixture(scope="module")
def network():
    """Diseases in a ring, each with drugs of its own; two drugs have two relations to theirs."""
    made = nx.MultiDiGraph()
    for group in range(GROUPS):
        label = HOSTILE if group == 1 else f"disease {group}"
        _add(made, f"disease:{group}", label, "Disease", synonyms=f"illness {group}")
        for member in range(1, SIZE):
            name = f"drug:{group}-{member}"
            _add(made, name, f"drug {group}.{member}", "SmallMolecule")
            _join(made, name, f"disease:{group}", "regulated for", says="approval US 2017-08-17")
            if member < 3:
                _join(made, name, f"disease:{group}", "studied in")
    for one, next_ in pairwise([*range(GROUPS), 0]):
        _join(made, f"disease:{one}", f"disease:{next_}", "is a")
    return made


def _add(network, name, label, kind, synonyms=""):
    said = {"definition": "", "synonyms": synonyms, "acronym": "", "iri": f"https://x.org/{name}"}
    network.add_node(name, label=label, type=kind, **said)


def _join(network, source, target, label, says=""):
    said = {"says": says, "references": "reference:paper", "recalled": ""}
    network.add_edge(source, target, label=label, predicate=label, **said)


@pytest.fixture(scope="module")
def address(network, tmp_path_factory):
    known = Knowledge({}, {}, {}, {"reference:paper": Reference("A paper", "2017-08-17")})
    path = tmp_path_factory.mktemp("overview") / "page.html"
    path.write_text(render(Page(network, "Many", "A network."), known), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def visit(open_page, address):
    def visit_state(state="", **settings):
        page = open_page(address + state, **settings)
        wait_for_drawing(page)
        return page

    return visit_state


def at(page, node):
    place = page.evaluate("(id) => kgPage.map.client(id)", node)
    return place["x"], place["y"]


def wait_until_picked(page, node):
    page.wait_for_function(f"() => kgPage.state.picked?.node === '{node}'")


def test_a_large_layout_is_always_the_same_and_keeps_communities_together(network):
    places = layout(network)
    assert places == layout(network)
    own = [_distance(places[f"drug:0-{m}"], places[HUB]) for m in (3, 9, 27)]
    far = [_distance(places["drug:0-3"], places[f"disease:{g}"]) for g in range(4, 9)]
    assert max(own) < min(far)


def test_shapes_of_a_large_network_do_not_lie_on_each_other(network):
    drawn = nodes(network)
    assert len(drawn) > SMALL
    touching = sum(
        _distance((a["x"], a["y"]), (b["x"], b["y"])) < a["size"] + b["size"] - 1
        for i, a in enumerate(drawn)
        for b in drawn[:i]
    )
    assert touching == 0


def test_nodes_at_one_place_are_moved_apart_or_left_where_they_have_room():
    places = {"a": (0.0, 0.0), "b": (3.0, 0.0), "c": (500.0, 0.0)}
    moved = apart(places, dict.fromkeys(places, 10.0))
    assert moved["b"][0] - moved["a"][0] >= 19
    assert moved["c"] == places["c"]
    assert apart({"a": (1.0, 2.0)}, {"a": 5.0}) == {"a": (1.0, 2.0)}


def _distance(a, b):
    return ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5


@needs_browser
class TestInABrowser:
    def test_it_draws_itself_without_vis_network_and_asks_for_nothing(self, visit, network):
        page = visit()
        assert len(network) >= CANVAS
        assert page.evaluate("typeof vis") == "undefined"
        assert page.evaluate(COLOURED, HUB)
        assert len(page.requests_seen) == 1

    def test_a_shape_and_a_line_are_picked_by_mouse(self, visit):
        page = visit()
        page.evaluate(ZOOM, LEAF)
        page.mouse.click(*at(page, LEAF))
        wait_until_picked(page, LEAF)
        assert page.locator("#pane h2").inner_text() == "drug 0.1"
        page.keyboard.press("Escape")
        page.evaluate(ZOOM, "drug:0-9")
        (x, y), (hub_x, hub_y) = at(page, "drug:0-9"), at(page, HUB)
        beside = 24 / _distance((x, y), (hub_x, hub_y))
        page.mouse.click(x + (hub_x - x) * beside, y + (hub_y - y) * beside)
        page.wait_for_function("() => kgPage.state.picked?.edge !== undefined")

    @pytest.mark.parametrize("text", ["disease 0", "illness 0", HUB])
    def test_search_picks_and_brings_into_view(self, visit, text):
        page = visit(reduced_motion="reduce")
        page.get_by_role("combobox", name="Find").fill(text)
        page.keyboard.press("Enter")
        wait_until_picked(page, HUB)
        box = page.locator("#map").bounding_box()
        x, y = at(page, HUB)
        assert box["x"] < x < box["x"] + box["width"]
        assert box["y"] < y < box["y"] + box["height"]
        page.wait_for_function(COLOURED, arg=HUB)

    def test_keys_pan_zoom_fit_and_walk(self, visit):
        page = visit(reduced_motion="reduce")
        page.locator("#map").focus()
        whole = page.evaluate("kgPage.map.camera()")
        page.keyboard.press("ArrowRight")
        assert page.evaluate("kgPage.map.camera().x") > whole["x"]
        page.keyboard.press("+")
        assert page.evaluate("kgPage.map.camera().scale") == pytest.approx(whole["scale"] * 1.3)
        page.keyboard.press("0")
        assert page.evaluate("kgPage.map.camera()") == pytest.approx(whole)
        page.keyboard.press("Shift+ArrowRight")
        assert page.evaluate("kgPage.state.picked.node") in page.evaluate(
            "[...kgPage.nodes.keys()]"
        )

    def test_dragging_and_the_wheel_move_the_map_at_the_pointer(self, visit):
        page = visit()
        page.evaluate(ZOOM, LEAF)
        x, y = at(page, LEAF)
        page.mouse.move(x, y)
        page.mouse.wheel(0, -300)
        page.wait_for_function("() => kgPage.map.camera().scale > 1.2")
        assert at(page, LEAF) == pytest.approx((x, y), abs=1)
        page.evaluate("(id) => kgPage.map.look({ ...kgPage.map.place(id), scale: 0.01 })", LEAF)
        before = page.evaluate("kgPage.map.camera()")
        page.mouse.move(x, y + 200)
        page.mouse.down()
        page.mouse.move(x + 60, y + 200, steps=4)
        page.mouse.up()
        after = page.evaluate("kgPage.map.camera()")
        assert after["x"] == pytest.approx(before["x"] - 60 / 0.01)
        assert page.evaluate("kgPage.state.picked") is None

    def test_a_large_shape_is_dragged_and_undo_brings_it_back(self, visit):
        page = visit()
        page.evaluate(ZOOM, LEAF)
        before = page.evaluate("(id) => kgPage.map.place(id)", LEAF)
        x, y = at(page, LEAF)
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 90, y, steps=3)
        page.mouse.up()
        moved = page.evaluate("(id) => kgPage.map.place(id)", LEAF)
        assert moved == pytest.approx({"x": before["x"] + 90, "y": before["y"]})
        page.get_by_role("button", name="Undo").click()
        assert page.evaluate("(id) => kgPage.map.place(id)", LEAF) == before

    def test_the_legend_hides_shapes_from_sight_and_from_the_mouse(self, visit):
        page = visit()
        page.evaluate(ZOOM, HUB)
        page.wait_for_function(COLOURED, arg=HUB)
        page.get_by_label("diseases").uncheck()
        page.wait_for_function(f"(id) => !({COLOURED})(id)", arg=HUB)
        page.mouse.click(*at(page, HUB))
        assert page.evaluate("kgPage.state.picked?.node") != HUB
        page.get_by_label("diseases").check()
        page.wait_for_function(COLOURED, arg=HUB)

    def test_what_is_pointed_at_says_its_name_as_text(self, visit):
        page = visit()
        page.evaluate(ZOOM, "disease:1")
        x, y = at(page, "disease:1")
        page.mouse.move(x, y)
        tip = page.locator(".vis-tooltip")
        assert tip.is_visible()
        assert tip.text_content() == f"{HOSTILE}\ndisease"
        assert tip.locator("*").count() == 0
        page.mouse.move(3, 3)
        tip.wait_for(state="hidden")

    def test_an_address_restores_pick_and_filters_and_the_table_lists_what_is_shown(self, visit):
        page = visit(f"#node={HUB}&no-relation=studied%20in")
        assert page.locator("#pane h2").inner_text() == "disease 0"
        assert not page.get_by_label("studied in").is_checked()
        page.get_by_role("button", name="Table").click()
        rows = page.locator("#table tbody tr")
        assert rows.count() == page.evaluate("kgPage.shown.nodes.size") == GROUPS * SIZE
        page.locator("#table").get_by_role("button", name="drug 0.1", exact=True).click()
        wait_until_picked(page, LEAF)

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_labels_are_within_the_map_and_on_a_narrow_screen_too(self, visit, scheme):
        page = visit(viewport={"width": 390, "height": 844}, color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.evaluate("kgPage.page.labelsDrawn") >= 3

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("then", ["", f"#node={HUB}", "#table=1", f"#path={LEAF},disease:3"])
    def test_axe_finds_nothing_serious(self, visit, scheme, then):
        from axe_playwright_python.sync_playwright import Axe

        page = visit(then, color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        serious = [each for each in found if each["impact"] in ("serious", "critical")]
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in serious] == []

    def test_at_rest_nothing_is_drawn(self, visit):
        page = visit()
        page.wait_for_timeout(500)
        drawn = page.evaluate("""async () => {
          let count = 0;
          const { drawImage } = CanvasRenderingContext2D.prototype;
          CanvasRenderingContext2D.prototype.drawImage = function (...all) {
            count += 1;
            return drawImage.apply(this, all);
          };
          await new Promise((done) => setTimeout(done, 300));
          return count;
        }""")
        assert drawn == 0
