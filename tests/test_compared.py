"""The arms of randomised trials side by side, as pages show them."""

import base64
from xml.etree import ElementTree

import pytest
from test_pages import HOSTILE

from kg.analysis.comparison import Comparison
from kg.analysis.within import within_trials
from kg.pages import about
from kg.pages.arms import draw
from kg.pages.frame import Frame
from kg.pages.href import static
from kg.pages.library import Library

SVG = "{http://www.w3.org/2000/svg}"
TRIAL = "trial:NCT01564784"


@pytest.fixture(scope="module")
def library(graph):
    return Library(graph.select)


@pytest.fixture(scope="module")
def found(library):
    return library.comparisons


@pytest.fixture
def page(library):
    return lambda name: about.entity(Frame(library, static("../")), name)


def unnamed(comparison):
    said = comparison.to_dict()
    return said | {"lines": [line | {"name": ""} for line in said["lines"]]}


def test_read_at_once_they_are_what_one_comparison_after_another_says(graph, found):
    refused = [trial for trial, several in found.items() if any(each.reasons for each in several)]
    for trial in {*list(found)[::20], *refused[:3]}:
        for each in found[trial]:
            alone = graph.compare(trial, measure=each.lines[0].result.measure)
            assert unnamed(each) == unnamed(alone)


def test_only_randomised_trials_are_there_and_all_of_them_with_two_results(graph, found):
    assert all(
        line.arm.randomized for several in found.values() for e in several for line in e.lines
    )
    rows = graph.select("""SELECT DISTINCT ?trial {
      ?one lkg:arm ?a ; lkg:measure measure:overall-survival-median ; lkg:trial ?trial .
      ?two lkg:arm ?b ; lkg:measure measure:overall-survival-median ; lkg:trial ?trial .
      ?trial lkg:allocation "randomized" FILTER(?a != ?b)
      FILTER NOT EXISTS { ?a lkg:partOf ?b } FILTER NOT EXISTS { ?b lkg:partOf ?a }
      ?a lkg:role "experimental" . ?b lkg:role "comparator" .
      ?trial lkg:arm ?a , ?b
      FILTER NOT EXISTS { ?one lkg:comparator ?x } FILTER NOT EXISTS { ?two lkg:comparator ?x }
    }""")
    assert {cell.curie for (cell,) in rows} <= set(found)


def test_a_trial_page_shows_the_arms_the_refusals_and_the_tests_as_reported(page, found):
    shown = page(TRIAL)
    assert shown.index('id="arms"') < shown.index('id="compared"') < shown.index('id="tests"')
    lines = [line for each in found[TRIAL] for line in each.lines]
    side_by_side = shown.partition('id="compared"')[2].partition("</section>")[0]
    assert side_by_side.count("<tr>") == len(lines) + 1
    assert "not ranked, since the arms differ. criteria: " in side_by_side
    assert "#reference.kantarjian-2019-cancer" in side_by_side
    tests = shown.partition('id="tests"')[2].partition("</section>")[0]
    assert "0.77" in tests and "0.04" in tests and "investigator" in tests


def test_a_drug_page_lists_what_it_was_compared_with_on_either_side(page):
    shown = page("drug:imatinib").partition('id="tests"')[2].partition("</section>")[0]
    assert "dasatinib" in shown.partition("</tr>")[2]


def test_a_trial_without_random_arms_has_none(page):
    assert 'id="compared"' not in page("trial:NCT02435849")


def drawing(comparisons, label=str):
    return ElementTree.fromstring(draw("A trial", comparisons, label))


def test_the_figure_has_a_mark_for_each_value_on_axes_of_one_unit_each(page, library, found):
    encoded = page(TRIAL).partition("data:image/svg+xml;base64,")[2].partition('"')[0]
    root = ElementTree.fromstring(base64.b64decode(encoded))
    texts = ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]
    assert {"Per cent of patients", "Months"} <= set(texts)
    assert sum("Not ranked: the results differ in criteria" in text for text in texts) == 1
    assert sum("overall survival hazard ratio 0.77" in text for text in texts) >= 1
    assert any("Knowledge until 20" in text and "leukemia-kg 0." in text for text in texts)
    marks = list(root.iter(f"{SVG}circle"))
    comparators = [
        line
        for each in found[TRIAL]
        for line in each.lines
        if line.arm.role == "comparator" and line.value is not None
    ]
    assert len(marks) == len(comparators) + 1  # and that of the legend
    width, height = float(root.get("width")), float(root.get("height"))
    for name in ("x", "cx"):
        assert all(0 <= float(e.get(name)) <= width for e in root.iter() if e.get(name))
    assert all(0 <= float(e.get("y")) <= height for e in root.iter() if e.get("y"))


def changed(found, **values):
    """A comparison of the graph with something else in it."""
    import msgspec

    one = found[TRIAL][0]
    lines = [
        msgspec.structs.replace(
            line,
            arm=msgspec.structs.replace(line.arm, label=HOSTILE + "\x00\u202e" + "x" * 5000),
            **values,
        )
        for line in one.lines
    ]
    assert isinstance(one, Comparison)
    return [msgspec.structs.replace(one, lines=tuple(lines), measure=HOSTILE)]


@pytest.mark.parametrize("values", [{}, {"value": 0.0, "lower": None}, {"value": None}])
def test_hostile_labels_and_odd_values_leave_a_sound_figure(found, values):
    svg = draw(HOSTILE, changed(found, **values), str)
    if values.get("value", 0) is None:
        assert svg == ""
        return
    root = ElementTree.fromstring(svg)
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        *("svg", "title", "style", "rect", "circle", "text", "path"),
    }
    assert not [name for each in root.iter() for name in each.attrib if name.startswith("on")]


def test_months_have_an_axis_that_holds_every_value(found):
    every = [each for several in found.values() for each in several]
    longest = max(
        (line.value or 0, each)
        for each in every
        for line in each.lines
        if line.result.unit == "months"
    )[1:]
    root = drawing(longest)
    assert max(float(e.get("cx") or 0) for e in root.iter(f"{SVG}circle")) <= 700


def test_labels_come_from_the_graph(graph, found):
    assert within_trials(graph.select, lambda iri: "?")[TRIAL][0].lines[0].arm.label == "?"
