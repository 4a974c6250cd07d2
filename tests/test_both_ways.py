"""Whatever a network page can do is done by mouse and, once more, by keyboard alone."""

from __future__ import annotations

import json

import pytest
from browsing import needs_browser, wait_for_drawing

from kg.pages import write_network

pytestmark = needs_browser
INO, CD22 = "drug:inotuzumab-ozogamicin", "target:CD22"
WAYS = pytest.mark.parametrize("way", ["mouse", "keyboard"])


@pytest.fixture(scope="module")
def files(tmp_path_factory, graph):
    """A page that vis-network draws, and one that our own canvas does."""
    folder = tmp_path_factory.mktemp("both-ways")
    write_network(graph, folder / "vis.html", "inotuzumab ozogamicin")
    write_network(graph, folder / "canvas.html", "acute myeloid leukemia")
    return folder


@pytest.fixture(params=["vis", "canvas"])
def page(request, open_page, files):
    page = open_page((files / f"{request.param}.html").as_uri(), reduced_motion="reduce")
    wait_for_drawing(page)
    assert page.evaluate("typeof vis !== 'undefined'") == (request.param == "vis")
    return page


def use(page, way, target, key="Enter"):
    """Click something, or go to it and press a key."""
    if way == "mouse":
        target.click()
    else:
        target.focus()
        assert target.evaluate("(element) => element === document.activeElement")
        page.keyboard.press(key)


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def sizes(page):
    return page.evaluate("[kgPage.shown.nodes.size, kgPage.shown.edges.size]")


def hub(page):
    """The node with the most relations, which is large enough to aim at."""
    return page.evaluate("""() => {
      const counts = new Map([...kgPage.nodes.keys()].map((id) => [id, 0]));
      for (const { from, to } of kgPage.edges.values())
        for (const id of [from, to]) counts.set(id, counts.get(id) + 1);
      return [...counts].sort((a, b) => b[1] - a[1])[0][0];
    }""")


def reached_last(page, start):
    """The shape that is as far away as any."""
    return page.evaluate(
        """(start) => {
          const reached = new Set([start]);
          for (const id of reached)
            for (const { from, to } of kgPage.edges.values())
              for (const [a, b] of [[from, to], [to, from]]) if (a === id) reached.add(b);
          return [...reached].pop();
        }""",
        start,
    )


def middle(page):
    box = page.locator("#map").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@WAYS
def test_the_legend_filters_types_and_relations(page, way):
    before = sizes(page)
    trials = page.get_by_label("trials", exact=False).first
    use(page, way, trials, "Space")
    assert sizes(page)[0] < before[0]
    assert "0 of" in page.locator("#legend label", has=trials).inner_text()
    use(page, way, trials, "Space")
    use(page, way, page.get_by_label("regulated for"), "Space")
    assert sizes(page)[0] == before[0] and sizes(page)[1] < before[1]
    use(page, way, button(page, "None: Show types"))
    assert sizes(page) == [0, 0]
    use(page, way, button(page, "All: Show types"))
    assert sizes(page)[0] == before[0]


@WAYS
def test_a_suggestion_of_the_search_is_taken(page, way):
    box = page.get_by_role("combobox", name="Find")
    box.focus()
    page.keyboard.type("leukemia")
    if way == "mouse":
        page.get_by_role("option").first.click()
    else:
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
    assert page.evaluate("kgPage.state.picked?.node") is not None
    assert page.get_by_role("listbox").is_hidden()


@WAYS
def test_a_shape_is_picked_its_neighbours_stand_out_and_it_is_forgotten(page, way):
    node = hub(page)
    if way == "mouse":
        at = page.evaluate("(id) => kgPage.map.client(id)", node)
        page.mouse.click(at["x"], at["y"])
    else:
        page.locator("#map").focus()
        page.keyboard.press("Shift+ArrowRight")
    page.wait_for_function("() => kgPage.state.picked")
    picked = page.evaluate("kgPage.state.picked.node")
    assert way == "keyboard" or picked == node
    assert picked in page.evaluate("[...kgPage.emphasis().nodes]")
    assert page.evaluate("kgPage.emphasis().edges.size") > 0
    assert page.locator("#status").inner_text().startswith("Selected: ")
    if way == "mouse":
        x, y = page.evaluate("""() => {
          const { x, y } = document.getElementById("map").getBoundingClientRect();
          return [x + 4, y + 4];
        }""")
        page.mouse.click(x, y)
    else:
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "details"
        page.keyboard.press("Escape")
    page.wait_for_function("() => kgPage.state.picked === null")
    assert page.evaluate("kgPage.emphasis()") is None


@WAYS
def test_the_path_between_two_picked_shapes(page, way):
    start = reached_last(page, hub(page))
    end = reached_last(page, start)
    page.evaluate("(id) => kgPage.select({ node: id })", start)
    if way == "mouse":
        at = page.evaluate("(id) => kgPage.map.client(id)", end)
        page.keyboard.down("Shift")
        page.mouse.click(at["x"], at["y"])
        page.keyboard.up("Shift")
    else:
        use(page, way, page.locator("#path-from"))
        page.keyboard.press("/")
        page.keyboard.type(end)
        page.keyboard.press("Enter")
    page.wait_for_function("() => kgPage.state.path.length === 2")
    assert page.evaluate("kgPage.state.path") == [start, end]
    steps = page.locator("#pane .steps > li").count()
    assert steps > 1 and f"{steps} steps" in page.locator("#status").inner_text()
    page.keyboard.press("Escape")
    assert page.evaluate("kgPage.emphasis()") is None


@WAYS
def test_a_relation_is_picked_in_the_table_and_leads_to_who_says_so(page, way):
    use(page, way, button(page, "Table"))
    table = page.locator("#table")
    assert table.is_visible()
    use(page, way, table.locator("#rows-relations"))
    use(page, way, table.locator("#sort-3"))
    use(page, way, table.locator("#sort-3"))
    assert table.locator("th[aria-sort=descending]").count() == 1
    use(page, way, table.locator("tbody tr").first.locator("td:nth-child(2) button"))
    pane = page.locator("#pane")
    assert page.evaluate("kgPage.state.picked.edge") is not None
    assert pane.locator(".reference").count() > 0
    use(page, way, button(page, "Table"))
    assert table.is_hidden()


@WAYS
def test_the_map_is_moved_zoomed_and_fitted(page, way):
    whole = page.evaluate("kgPage.map.camera()")
    x, y = middle(page)
    if way == "mouse":
        page.mouse.move(x, y + 11)
        page.mouse.wheel(0, -300)
    else:
        page.locator("#map").focus()
        page.keyboard.press("+")
    page.wait_for_function("(scale) => kgPage.map.camera().scale > scale", arg=whole["scale"])
    near = page.evaluate("kgPage.map.camera()")
    if way == "mouse":
        corner = page.locator("#map").bounding_box()
        page.mouse.move(corner["x"] + 5, corner["y"] + 5)
        page.mouse.down()
        page.mouse.move(corner["x"] + 65, corner["y"] + 45, steps=5)
        page.mouse.up()
    else:
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowDown")
    page.wait_for_function(
        "({ x, y }) => kgPage.map.camera().x !== x && kgPage.map.camera().y !== y", arg=near
    )
    if way == "mouse":
        button(page, "Zoom out").click()
        button(page, "Zoom in").click()
        button(page, "Fit").click()
    else:
        page.keyboard.press("-")
        page.keyboard.press("0")
    assert page.evaluate("kgPage.map.camera()") == {
        key: pytest.approx(value, rel=0.01, abs=1) for key, value in whole.items()
    }


@WAYS
def test_evidence_is_filtered_and_replayed(page, way):
    before = sizes(page)
    use(page, way, page.get_by_label("press article"), "Space")
    assert sizes(page)[1] < before[1]
    use(page, way, page.get_by_label("press article"), "Space")
    use(page, way, page.get_by_label("only claims seen in their source"), "Space")
    assert sizes(page)[1] < before[1]
    use(page, way, page.get_by_label("only claims seen in their source"), "Space")
    assert sizes(page) == before
    slider = page.get_by_role("slider", name="Known until")
    if way == "mouse":
        box = slider.bounding_box()
        page.mouse.click(box["x"] + box["width"] * 0.3, box["y"] + box["height"] / 2)
    else:
        slider.focus()
        for _ in range(6):
            page.keyboard.press("PageDown")
    assert page.evaluate("kgPage.state.until") != ""
    assert sizes(page)[1] < before[1]
    use(page, way, button(page, "Replay"))
    assert button(page, "Pause").is_visible()
    use(page, way, button(page, "Pause"))
    assert button(page, "Replay").is_visible()


@WAYS
def test_undo_redo_and_reset(page, way):
    before = sizes(page)
    use(page, way, page.get_by_label("trials").first, "Space")
    after = sizes(page)
    for name, key, expected in (
        ("Undo", "Control+z", before),
        ("Redo", "Control+y", after),
    ):
        if way == "mouse":
            button(page, name).click()
        else:
            page.keyboard.press(key)
        assert sizes(page) == expected
    use(page, way, button(page, "Reset"))
    assert sizes(page) == before


@WAYS
def test_a_branch_is_folded_and_unfolded(page, way):
    node = hub(page)
    before = sizes(page)
    page.evaluate("(node) => kgPage.select({ node })", node)
    fold = page.locator("#fold")
    if fold.count() == 0:  # nothing hangs on what all else is about
        page.evaluate("""() => kgPage.select({ node: [...kgPage.nodes.keys()].find((node) => {
          kgPage.select({ node });
          return document.getElementById("fold") !== null;
        }) })""")
    use(page, way, fold)
    assert sizes(page)[0] < before[0]
    use(page, way, fold)
    assert sizes(page) == before


@WAYS
def test_files_are_saved(page, way):
    for name, suffix in (
        ("Picture (PNG)", ".png"),
        ("Picture (SVG)", ".svg"),
        ("Entities (CSV)", "-entities.csv"),
        ("Relations (CSV)", "-relations.csv"),
        ("All that is shown (JSON)", ".json"),
        ("Network (GraphML)", ".graphml"),
    ):
        use(page, way, page.locator("#save summary"))
        with page.expect_download() as download:
            use(page, way, button(page, name))
        assert download.value.suggested_filename.endswith(suffix)
        content = download.value.path().read_bytes()
        assert len(content) > 500
        if suffix == ".json":
            assert len(json.loads(content)["nodes"]) == sizes(page)[0]


@WAYS
def test_light_and_dark_are_chosen(page, way):
    back = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(back)
    use(page, way, button(page, "Dark"))
    assert page.evaluate(back) != light
    use(page, way, button(page, "Light"))
    assert page.evaluate(back) == light
