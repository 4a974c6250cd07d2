"""What could be known on a day, and what stands without some kinds of evidence."""

from itertools import combinations, product

import pytest
from conftest import SMALL
from pyoxigraph import DefaultGraph
from viewing import view as plainly

from kg.backend import Local
from kg.dataset.choice import choose
from kg.dataset.store import in_memory
from kg.dataset.supports import KINDS
from kg.dataset.views import view
from kg.errors import BadParameter
from kg.graph import KnowledgeGraph
from kg.sources import curated


def ask(graph, pattern):
    return len(graph.select(f"SELECT * {{ {pattern} }}"))


def test_before_anything_was_written_nothing_is_known(small):
    view = small.as_of("2010-01-01")
    assert ask(view, "?d a lkg:Drug") == 0
    assert ask(view, "?m a lkg:Measure") == 1  # the codelist stays


def test_in_2011_the_press_article_is_all_there_is(small):
    view = small.as_of("2011-06-30")
    assert ask(view, "drug:inotuzumab-ozogamicin lkg:target target:CD22") == 1
    assert ask(view, "GRAPH ?r { drug:inotuzumab-ozogamicin lkg:target target:CD22 }") == 1
    assert ask(view, "?e a lkg:RegulatoryEvent") == 0
    assert ask(view, "?o a lkg:Organization") == 0
    assert ask(view, "reference:paper-2012 ?p ?o") == 0


def test_a_month_counts_as_known_at_its_end(small):
    assert ask(small.as_of("2011-06-29"), "?r a lkg:PressArticle") == 0
    assert ask(small.as_of("2011-06-30"), "?r a lkg:PressArticle") == 1


def test_ancestors_of_what_is_mentioned_are_described(small):
    view = small.as_of("2012-12-31")
    assert ask(
        view, "disease:all rdfs:subClassOf disease:leukemia . disease:leukemia rdfs:label ?l"
    )


def test_the_latest_view_is_the_whole(small):
    whole = {str(q) for q in small.store.quads_for_pattern(None, None, None, DefaultGraph())}
    view = small.as_of("2100-01-01").store
    assert {str(q) for q in view.quads_for_pattern(None, None, None, DefaultGraph())} == whole


def test_without_press(small):
    view = small.without("press")
    assert ask(view, "GRAPH reference:press-2011 { ?s ?p ?o }") == 0
    assert ask(view, "drug:inotuzumab-ozogamicin lkg:target target:CD22") == 1


def test_without_press_and_recalled_nobody_says_it(small):
    view = small.without("press", "recalled")
    assert ask(view, "drug:inotuzumab-ozogamicin lkg:target target:CD22") == 0


def test_an_unknown_kind_is_told(small):
    with pytest.raises(BadParameter, match="press, abstract, recalled"):
        small.without("rumours")


@pytest.mark.parametrize("day", ["2011-02-30", "soon"])
def test_a_day_that_is_none_is_told(small, day):
    with pytest.raises(BadParameter, match="not a da"):
        small.as_of(day)


def built(folder):
    store = in_memory(curated.claims(folder))
    return KnowledgeGraph(Local(store))


def test_an_announced_event_is_not_there_before_its_day(tables):
    event = {**SMALL["events"][0], "date": "2017-10-15"}
    whole = built(tables(events=[event]))
    assert ask(whole.as_of("2017-09-01"), "?e a lkg:RegulatoryEvent") == 0
    assert ask(whole.as_of("2017-10-15"), "?e a lkg:RegulatoryEvent") == 1


def test_an_old_version_holds_until_the_new_one_is_known(tables):
    references = [dict(row) for row in SMALL["references"]]
    references[2]["supersededBy"] = "reference:paper-2012"
    facts = [{**SMALL["facts"][1], "predicate": "developer", "object": "organization:FDA"}]
    whole = built(tables(references=references, facts=facts))
    assert ask(whole, "?d lkg:developer ?o") == 0
    assert ask(whole.as_of("2011-12-31"), "?d lkg:developer ?o") == 1
    assert ask(whole.as_of("2011-12-31"), "?r lkg:supersededBy ?n") == 0


def test_a_conflict_shows_once_both_sides_are_known(tables):
    second = {**SMALL["outcomes"][0], "key": "cr-press", "value": "56", "count": "", "total": ""}
    second |= {"reported": "56%", "reference": "reference:press-2011", "locator": "list"}
    conflict = {
        "key": "cr-56",
        "about": "drug:inotuzumab-ozogamicin",
        "between": "cr|cr-press",
        "kind": "definition",
        "explanation": "two things are called complete response",
    }
    whole = built(tables(outcomes=[SMALL["outcomes"][0], second], conflicts=[conflict]))
    assert ask(whole.as_of("2011-12-31"), "?c a lkg:Conflict") == 0
    assert ask(whole.as_of("2012-12-31"), "?c a lkg:Conflict") == 1
    assert ask(whole.without("press"), "?c a lkg:Conflict") == 0


def test_coverage_is_said_but_not_of_a_day_gone_by(tables):
    area = {"id": "coverage:all", "label": "ALL", "about": "disease:all", "until": "2026-11-23"}
    area |= {"lookedFor": "drugs", "lookedIn": "papers", "leftOut": "all else"}
    whole = built(tables(coverage=[area]))
    assert ask(whole.without("press"), "?c a lkg:Coverage") == 1
    assert ask(whole.as_of("2020-01-01"), "?c a lkg:Coverage") == 0


def test_what_follows_from_a_recalled_claim_goes_with_it(tables):
    fact = {**SMALL["facts"][0], "predicate": "engages"}
    assert fact["checked"] == "recalled"
    view = built(tables(facts=[fact])).without("recalled")
    assert ask(view, "?d lkg:target ?t") == ask(view, "?d lkg:engages ?t") == 0


def test_a_reference_that_says_nothing_any_more_is_not_listed(tables):
    whole = built(tables(facts=[{**SMALL["facts"][1], "checked": "recalled"}]))
    assert ask(whole.without("recalled"), "?r a lkg:PressArticle") == 0


def test_about_a_day_all_is_known_but_what_came_after(small):
    view = small.on("2012-12-31")
    assert ask(view, "?e a lkg:RegulatoryEvent") == 0
    assert ask(view, "drug:inotuzumab-ozogamicin lkg:target target:CD22") == 1
    assert ask(small.on("2017-08-17"), "?e a lkg:RegulatoryEvent") == 1


def test_the_two_clocks_differ_by_what_was_told_later(tables):
    whole = built(tables(events=[{**SMALL["events"][0], "date": "2016-01-01"}]))
    assert ask(whole.as_of("2016-12-31"), "?e a lkg:RegulatoryEvent") == 0
    assert ask(whole.on("2016-12-31"), "?e a lkg:RegulatoryEvent") == 1
    assert ask(whole.view(as_of="2018-01-01", on="2016-12-31"), "?e a lkg:RegulatoryEvent") == 1
    assert ask(whole.view(as_of="2018-01-01", on="2015-12-31"), "?e a lkg:RegulatoryEvent") == 0


def test_nothing_was_known_about_a_later_day(small):
    with pytest.raises(BadParameter, match="on 2012-12-31, as of 2011-12-31"):
        small.view(as_of="2011", on="2012")


def test_a_view_is_kept_for_the_next_time(small):
    assert small.as_of("2011-06-30") is small.as_of("2011-06")
    assert small.view(without=("press", "recalled")) is small.without("recalled", "press")
    assert small.as_of("2011-06-30") is not small.on("2011-06-30")
    assert small.view() is small


CHOICES = [
    choose("2011-06-30"),
    choose("2024-01-15"),
    choose(on="2012-01-01", without=("press", "recalled")),
    choose("2009-12-31", "2001", ("recalled",)),
]


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.name)
def test_a_view_holds_what_it_must(graph, choice):
    made = graph.view(choice.as_of, choice.without, choice.on)
    assert set(made.store) == plainly(graph.store, choice)


def test_a_view_of_a_store_without_text_beside_it_is_the_same(graph):
    choice = choose("2009-12-31", "2001", ("recalled",))
    assert set(view(graph.store, choice)) == set(view(graph.store, choice, graph.place))


def test_a_view_of_few_quads_is_right_in_every_part(tables):
    references = [dict(row) for row in SMALL["references"]]
    references[2]["supersededBy"] = "reference:paper-2012"
    store = built(tables(references=references)).store
    days = [None, "2011-06-29", "2011-06-30", "2012-12-31", "2017-08-16", "2017-08-17"]
    for as_of, on in product(days, days):
        if as_of and on and on > as_of:
            continue
        for without in [(), *combinations(KINDS, 1), *combinations(KINDS, 2), KINDS]:
            choice = choose(as_of, on, without)
            assert set(view(store, choice)) == plainly(store, choice), choice


def test_the_view_of_the_last_day_is_all_that_anybody_says(graph):
    said = """SELECT ?reference (COUNT(*) AS ?n) {
      GRAPH ?reference { ?s ?p ?o } FILTER(?reference != lkg:descriptions)
    } GROUP BY ?reference"""
    view = graph.as_of("2100-01-01")
    assert {tuple(row) for row in view.select(said)} == {tuple(row) for row in graph.select(said)}


def test_on_a_day_and_by_the_question_the_status_is_the_same(graph):
    for day in ("2005-01-01", "2012-01-01"):
        by_view = graph.on(day).ask("status", drug="gemtuzumab ozogamicin")
        by_question = graph.ask("status", drug="gemtuzumab ozogamicin", on=day)
        assert by_view.to_dicts() == by_question.to_dicts()


def test_what_is_approved_for_relapsed_all_is_the_same_by_both_clocks_in_2011(graph):
    asked = {"disease": "ALL", "jurisdiction": "US", "setting": "relapsed-refractory"}
    names = {
        str(row["drugLabel"]): str(row["since"])
        for row in graph.as_of("2011-06-30").ask("approved-drugs", **asked)
    }
    assert names and max(names.values()) <= "2011-06-30" and "clofarabine" in names
    later = {str(row["drugLabel"]) for row in graph.ask("approved-drugs", **asked)} - names.keys()
    assert {"inotuzumab ozogamicin", "blinatumomab", "tisagenlecleucel"} <= later
    assert {
        str(row["drugLabel"]) for row in graph.on("2011-06-30").ask("approved-drugs", **asked)
    } == names.keys()
