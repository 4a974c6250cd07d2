"""What changed between two days, by two clocks."""

from datetime import date, timedelta

import pytest
from conftest import SMALL
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.backend import Local
from kg.dataset.store import in_memory
from kg.errors import BadParameter
from kg.graph import KnowledgeGraph
from kg.sources import curated

DAYS = st.dates(date(1995, 1, 1), date(2026, 12, 31))


def kinds(changes):
    return {(each.kind, each.about.id) for each in changes}


@settings(max_examples=6, deadline=None)
@given(days=st.tuples(DAYS, DAYS, DAYS).map(sorted))
def test_what_changed_in_stages_is_what_changed_in_all(graph, days):
    first, middle, last = days
    parts = [*graph.diff(first, middle), *graph.diff(middle, last)]
    assert sorted(parts, key=repr) == sorted(graph.diff(first, last), key=repr)


def test_drugs_first_written_about_are_those_that_the_later_view_adds(graph):
    def drugs(view):
        return {row[0].curie for row in view.select("SELECT ?d { ?d a lkg:Drug }")}

    new = {each.about.id for each in graph.diff("2011-12-31", "2013-12-31") if each.kind == "drug"}
    assert new == drugs(graph.as_of("2013-12-31")) - drugs(graph.as_of("2011-12-31"))


def test_gemtuzumab_was_withdrawn_in_2010_and_came_back_in_2017(graph):
    drug = "drug:gemtuzumab-ozogamicin"
    assert ("withdrawn", drug) in kinds(graph.diff("2010-06-20", "2010-06-21"))
    assert ("withdrawn", drug) not in kinds(graph.diff("2010-06-21", "2010-12-31"))
    assert ("approved", drug) in kinds(graph.diff("2017-08-31", "2017-09-01"))


def test_a_contradiction_is_dated_by_its_last_side(graph):
    said = [each for each in graph.diff("2012-01-01", "2012-12-31") if each.kind == "contradicted"]
    assert any("56 %" in each.what and each.about.id == "trial:NCT01134575" for each in said)


def test_results_are_counted_by_trial_and_reference(small):
    (results,) = [e for e in small.diff("2012-01-01", "2012-12-31") if e.kind == "results"]
    assert results.what == "1 result: complete remission"
    assert (results.about.id, results.reference) == ("trial:NCT01134575", "reference:paper-2012")


def changed(tables, **event):
    store = in_memory(curated.claims(tables(events=[{**SMALL["events"][0], **event}])))
    return KnowledgeGraph(Local(store))


def approvals(graph, start, end):
    return [each for each in graph.diff(start, end) if each.kind == "approved"]


def test_an_event_known_on_its_day_is_listed_on_it(small):
    (approved,) = approvals(small, "2017-08-16", "2017-08-17")
    assert (approved.date, approved.known, approved.late) == ("2017-08-17", "2017-08-17", False)


def test_an_event_told_of_later_is_listed_when_it_could_be_known(tables):
    graph = changed(tables, date="2017-06-01")
    assert approvals(graph, "2017-05-31", "2017-08-16") == []
    (approved,) = approvals(graph, "2017-08-16", "2017-08-17")
    assert (approved.date, approved.known, approved.late) == ("2017-06-01", "2017-08-17", True)


def test_an_announced_event_is_listed_on_its_day(tables):
    graph = changed(tables, date="2017-10-15")
    assert approvals(graph, "2017-08-01", "2017-09-01") == []
    (approved,) = approvals(graph, "2017-09-01", "2017-10-15")
    assert (approved.date, approved.known, approved.late) == ("2017-10-15", "2017-08-17", False)


def test_a_partial_date_is_shown_as_reported_and_not_late_within_its_period(tables):
    (approved,) = approvals(changed(tables, date="2017-08"), "2017-01-01", "2017-12-31")
    assert (approved.date, approved.late) == ("2017-08", False)


def test_nothing_changes_within_no_time(graph):
    assert graph.diff("2017-08-17", "2017-08-17") == []


def test_days_the_wrong_way_round_are_told(small):
    with pytest.raises(BadParameter, match="the first day is after the last"):
        small.diff("2012-01-01", "2011-01-01")
    with pytest.raises(BadParameter, match="not a day of the calendar"):
        small.diff("2011-02-30", date(2012, 1, 1) + timedelta(1))
