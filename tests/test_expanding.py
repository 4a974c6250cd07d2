"""A served page fetches neighbours that it does not hold, when a reader asks for them."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from browsing import needs_browser, wait_for_drawing

from kg.network import neighbourhood
from kg.pages import page as pages
from kg.pages.data import knowledge

pytestmark = needs_browser
PLACE, CENTRE, NEAR = "http://kg.test/", "payload:n-acetyl-gamma-calicheamicin", "target:CD22"
NODES = "[...kgPage.shown.nodes]"
EXPAND = "All its neighbours"


@pytest.fixture(scope="module")
def served(graph):
    """What a server would answer, by path; and the whole network."""
    network, known = graph.network(), knowledge(graph.select)

    def around(node):
        part = neighbourhood(network, node, 1)
        return pages.Page(part, "Around", "A part.", node, neighbours="/near?of={id}")

    def answer(path, of):
        if path == "/near":
            return json.dumps(pages.content(around(of), known))
        return pages.render(around(of), known)

    return network, answer


@pytest.fixture
def visit(browser, served):
    opened = []

    def open_at(of=CENTRE, state="", fail=False):
        context = browser.new_context(offline=True, reduced_motion="reduce")
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))

        def respond(route):
            parts = urlsplit(route.request.url)
            if fail and parts.path == "/near":
                route.fulfill(status=500, body="no")
                return
            body = served[1](parts.path, parse_qs(parts.query)["of"][0])
            kind = "application/json" if parts.path == "/near" else "text/html"
            route.fulfill(body=body, content_type=f"{kind}; charset=utf-8")

        page.route("**/*", respond)
        page.goto(f"{PLACE}page?of={of}{state}")
        wait_for_drawing(page)
        opened.append((context, page, fail))
        return page

    yield open_at
    for context, page, fail in opened:
        assert fail or page.complaints == []
        context.close()


def shown(page):
    return set(page.evaluate(NODES))


def names(network, *centres):
    return {node for each in centres for node in neighbourhood(network, each, 1)}


def expand(page, node, way="mouse"):
    page.evaluate("(node) => kgPage.select({ node })", node)
    button = page.get_by_role("button", name=EXPAND)
    if way == "mouse":
        button.click()
    else:
        button.focus()
        page.keyboard.press("Enter")
    page.wait_for_function("(node) => kgPage.state.expanded.has(node)", arg=node)


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
def test_neighbours_are_fetched_drawn_listed_and_taken_away_again(visit, served, way):
    network, _ = served
    page = visit()
    before = shown(page)
    assert before == names(network, CENTRE)
    drug = next(node for node in before if node.startswith("drug:inotuzumab"))
    expand(page, drug, way)
    assert shown(page) == names(network, CENTRE, drug)
    assert page.evaluate("kgPage.shown.edges.size") == (
        network.subgraph(names(network, CENTRE)).number_of_edges()
        + network.subgraph(names(network, drug)).number_of_edges()
        - network.subgraph(names(network, CENTRE) & names(network, drug)).number_of_edges()
    )
    assert "more around inotuzumab ozogamicin" in page.locator("#status").inner_text()
    assert page.get_by_label("targets").is_checked()
    page.get_by_role("combobox", name="Find").fill("CD22")
    page.keyboard.press("Enter")
    assert page.evaluate("kgPage.state.picked.node") == NEAR
    assert "Known elsewhere as" in page.locator("#pane").inner_text()
    page.evaluate("(node) => kgPage.select({ node })", drug)
    page.get_by_role("button", name="Without its neighbours").click()
    assert shown(page) == before
    page.keyboard.press("Control+z")
    assert shown(page) == names(network, CENTRE, drug)


def test_no_shape_lies_on_another(visit):
    page = visit()
    expand(page, "drug:inotuzumab-ozogamicin")
    touching = page.evaluate("""() => {
      const { nodes, map } = kgPage;
      const all = [...nodes.values()].map(({ id, size }) => ({ ...map.place(id), size }));
      const touch = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) < a.size + b.size;
      return all.filter((a, i) => all.some((b, j) => i < j && touch(a, b))).length;
    }""")
    assert touching == 0


def test_a_deep_link_fetches_what_it_expands_and_then_restores_the_rest(visit, served):
    page = visit()
    drug = "drug:inotuzumab-ozogamicin"
    expand(page, drug)
    expand(page, NEAR)
    page.wait_for_timeout(300)
    address = page.evaluate("location.hash")
    end = shown(page)
    again = visit(state=address)
    again.wait_for_function("(count) => kgPage.shown.nodes.size === count", arg=len(end))
    assert shown(again) == end
    assert again.evaluate("kgPage.state.picked.node") == NEAR
    again.wait_for_timeout(300)
    assert again.evaluate("location.hash") == address


def test_a_large_page_takes_them_in_as_well(visit, served):
    network, _ = served
    hub = max(network, key=network.degree)
    page = visit(of=hub)
    assert page.evaluate("typeof vis") == "undefined"
    other = next(
        node
        for node in sorted(neighbourhood(network, hub, 1), key=network.degree, reverse=True)
        if node != hub
    )
    expand(page, other)
    assert shown(page) == names(network, hub, other)


def test_what_cannot_be_fetched_is_said(visit):
    page = visit(fail=True)
    page.evaluate("kgPage.select({ node: 'drug:inotuzumab-ozogamicin' })")
    page.get_by_role("button", name=EXPAND).click()
    page.wait_for_function("""() =>
      document.getElementById("status").textContent.includes("could not be fetched")""")
    assert page.evaluate("kgPage.state.expanded.size") == 0
    broken = visit(state="#expanded=drug:inotuzumab-ozogamicin", fail=True)
    broken.wait_for_function("""() =>
      document.getElementById("status").textContent.includes("could not be fetched")""")


def test_a_page_that_is_a_file_offers_no_fetching(open_page, graph, tmp_path):
    network = graph.network("CD22")
    page = pages.Page(network, "CD22", "A part.", NEAR)
    text = pages.render(page, knowledge(graph.select))
    assert "connect-src" not in text
    (tmp_path / "page.html").write_text(text)
    page = open_page((tmp_path / "page.html").as_uri() + f"#node={NEAR}&expanded={NEAR}")
    wait_for_drawing(page)
    assert page.get_by_role("button", name=EXPAND).count() == 0
    assert page.evaluate("kgPage.state.expanded.size") == 0
