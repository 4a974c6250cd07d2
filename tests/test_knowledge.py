"""What the packaged knowledge must say: the article of 2011 and what became of it."""

import re
from pathlib import Path

import pytest

from kg import coverage, resources, validation
from kg.model import Description
from kg.packaged import read_packaged
from kg.release import check

IO = "inotuzumab ozogamicin"
GO = "gemtuzumab ozogamicin"


@pytest.fixture(scope="module")
def claims():
    return read_packaged()


def column(rows, name):
    return {str(row[name]) for row in rows}


def test_the_packaged_tables_pass_every_check():
    assert "all shapes passed" in check()


def test_every_fact_has_reference_locator_and_mark(claims):
    stated = [claim for claim in claims if not isinstance(claim, Description)]
    assert all(claim.locator and claim.checked in ("source", "recalled") for claim in stated)
    assert sum(claim.checked == "source" for claim in stated) / len(stated) >= 0.7


def test_in_2011_inotuzumab_was_investigational_says_the_article(graph):
    (row,) = graph.as_of("2011-06-30").ask("status", drug="CMC-544")
    assert row["status"] == "investigational"
    assert [each.rpartition("/")[2] for each in row.references] == [
        "cancerconnect-2011-inotuzumab-ozogamicin"
    ]


def test_today_inotuzumab_is_approved_and_its_label_has_changed(graph):
    rows = [row for row in graph.ask("status", drug="CMC-544") if row["jurisdiction"] == "US"]
    assert column(rows, "status") == {"approved"}
    assert (str(rows[0]["eventType"]), str(rows[0]["since"])) == ("approval", "2017-08-17")
    assert any(row["eventType"] == "label-change" for row in rows)


@pytest.mark.parametrize(
    ("day", "status"), [("2005-01-01", "approved"), ("2012-01-01", "withdrawn")]
)
def test_gemtuzumab_came_and_went(graph, day, status):
    for rows in (graph.as_of(day).ask("status", drug=GO), graph.ask("status", drug=GO, on=day)):
        assert {str(r["status"]) for r in rows if r["jurisdiction"] == "US"} == {status}


def test_gemtuzumab_came_back(graph):
    rows = [row for row in graph.ask("status", drug=GO) if row["jurisdiction"] == "US"]
    approved = [row for row in rows if row["status"] == "approved"]
    assert min(str(row["since"]) for row in approved) == "2017-09-01"
    assert [str(row["date"]) for row in rows if row["status"] == "withdrawn"] == ["2000-05-17"]


def test_the_anatomy_of_inotuzumab(graph):
    rows = graph.ask("conjugate-anatomy", drug=IO)
    parts = {str(row["part"]).rpartition("#")[2] for row in rows}
    assert parts == {"antibody", "linker", "payload"}
    says = column(rows, "says")
    assert {"IgG4", "calicheamicin", "CD22"} <= {
        word.strip(",") for s in says for word in s.split()
    }


def test_drugs_that_share_a_payload_class(graph):
    rows = graph.ask("drugs-by-payload-class", payload_class="calicheamicin")
    assert {IO, GO} <= column(rows, "drugLabel")


def test_drugs_by_target(graph):
    assert IO in column(graph.ask("drugs-by-target", target="CD22"), "drugLabel")
    assert GO in column(graph.ask("drugs-by-target", target="CD33"), "drugLabel")


def test_the_complete_response_is_never_one_bare_number(graph):
    rows = graph.ask("responses", drug=IO, disease="ALL")
    assert len(column(rows, "measure")) >= 4
    press = [row for row in rows if "cancerconnect" in str(row["reference"])]
    assert press and all(str(row["disputed"]) == "true" for row in press)
    conflicts = graph.ask("disagreements", about=IO)
    assert "press-against-primary" in column(conflicts, "kind")


def test_the_article_is_taken_apart(graph):
    rows = graph.ask("contents-of-reference", reference="cancerconnect-2011-inotuzumab-ozogamicin")
    said = " ".join(str(row["says"]) for row in rows)
    for part in ("56", "40", "6 to 80", "35", "70", "12", "4,000", "50"):
        assert part in said, part


def test_the_boast_is_a_statement_not_a_finding(graph):
    rows = graph.ask("statements", about=IO)
    said = [row for row in rows if "more activity on its own than any" in str(row["text"])]
    assert [str(row["kind"]) for row in said] == ["opinion"]
    assert "cancerconnect-2011" in said[0].references[0]


def test_what_was_approved_for_relapsed_all_in_2011(graph):
    rows = graph.as_of("2011-06-30").ask(
        "approved-drugs", disease="ALL", jurisdiction="US", setting="relapsed-refractory"
    )
    found = column(rows, "drugLabel")
    assert "clofarabine" in found
    assert not found & {IO, "blinatumomab", "tisagenlecleucel"}


@pytest.mark.parametrize(
    ("what", "least"),
    [
        ("?x a lkg:Drug", 180),
        ("?x lkg:payload|lkg:antibody ?part", 25),
        ("?x a lkg:Target", 80),
        ("?x a lkg:Biomarker", 40),
        ("?x a lkg:Disease", 90),
        ("?x a lkg:Trial", 160),
        ("?x a lkg:Outcome", 900),
        ('?x a lkg:Outcome ; lkg:measure/lkg:family "safety"', 150),
        ("?x a lkg:RegulatoryEvent", 350),
        ("?x a lkg:Reference", 400),
    ],
)
def test_breadth(what, least, graph):
    found = graph.select(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {what} }}")
    assert int(str(found[0]["n"])) >= least


def test_little_is_missing_about_the_drugs_of_thirty_years(graph):
    """Of a few trials no source that was seen says which endpoint was the primary one."""
    gaps = graph.ask("gaps", since="1996-11-28")
    assert column(gaps, "missing") <= {"primary outcome of a pivotal trial"}
    assert len(gaps) <= 5


def test_most_of_what_is_claimed_was_seen_in_its_source(graph):
    assert all(share >= 70 for _, share in coverage.shares(graph.select).values())


def test_an_identifier_is_never_from_memory(graph):
    recalled = """SELECT ?e { ?e bibo:doi|bibo:pmid ?id ; lkg:checked "recalled" }"""
    assert list(graph.select(recalled)) == []


@pytest.mark.parametrize("kind", ["articles/*.txt", "pmc/*.nxml"])
def test_no_sentence_of_a_text_is_copied(kind):
    folder = Path(__file__).parents[2] / "shared/reference"
    texts = sorted(folder.glob(kind))
    if not texts:
        pytest.skip("the texts themselves are not part of the project: they are not ours")
    words = [word for text in texts for word in _words(text.read_text(encoding="utf-8"))]
    runs = {" ".join(words[i : i + 12]) for i in range(len(words) - 12)}
    for path in resources.CURATION.glob("*.tsv"):
        if path.stem == "references":
            continue  # titles are bibliography
        own = _words(path.read_text(encoding="utf-8"))
        copied = runs & {" ".join(own[i : i + 12]) for i in range(len(own) - 12)}
        # Figures carry over: a run of numbers is no sentence.
        assert not [run for run in copied if len(re.findall(r"[a-z]{3,}", run)) > 6], path.name


def _words(text):
    return re.findall(r"[a-z0-9]+", re.sub(r"<[^>]+>", " ", text).casefold())


def test_a_filter_only_takes_away(graph):
    every = {str(row["event"]) for row in graph.ask("approved-drugs", disease="AML")}
    for setting in ("maintenance", "newly-diagnosed", "relapsed-refractory"):
        some = graph.ask("approved-drugs", disease="AML", setting=setting)
        assert some and {str(row["event"]) for row in some} < every
        assert column(some, "setting") == {setting}


def test_every_end_shows_in_the_status(graph):
    ends = graph.select(
        """SELECT ?drug ?end ?how ?date ?grant WHERE {
          VALUES ?how { "withdrawal" "suspension" "market-discontinuation" }
          ?end lkg:eventType ?how ; lkg:drug ?drug ; lkg:date ?date ; lkg:amends ?grant .
        }"""
    )
    assert len(ends) >= 8
    for drug, _, _, day, grant in ends:
        rows = graph.ask("status", drug=drug, on=day)
        state = next(str(row["status"]) for row in rows if row["event"] == grant)
        assert state in ("withdrawn", "suspended", "discontinued"), (drug, day)


def test_what_is_approved_has_a_status_that_says_so(graph):
    for row in graph.ask("approved-drugs", disease="CLL", jurisdiction="US"):
        states = {str(r["event"]): str(r["status"]) for r in graph.ask("status", drug=row["drug"])}
        assert states[str(row["event"])] in ("approved", "converted", "discontinued")
        assert row["converted"] is None or states[str(row["event"])] != "approved"


def test_a_refusal_shows_beside_the_approval_of_another_disease(graph):
    rows = [
        (str(r["jurisdiction"]), str(r["status"])) for r in graph.ask("status", drug="decitabine")
    ]
    assert ("US", "approved") in rows and ("US", "refused") in rows


def test_nothing_is_known_of_a_drug_before_its_first_trial_was_reported(graph):
    assert len(graph.ask("status", drug="CMC-544", on="1960-01-01")) == 0


def test_every_event_of_a_history_stands_once(graph):
    events = [str(row["event"]) for row in graph.ask("history", drug=GO)]
    assert len(events) == len(set(events))


def test_evidence_of_an_effector_side_has_its_locator(graph):
    found = graph.evidence("blinatumomab", "lkg:target")
    assert found and all(each.locator and each.checked for each in found)


def test_a_biomarker_card_has_the_decisions_that_ask_for_it(graph):
    assert graph.card("FLT3-ITD").events


@pytest.mark.parametrize("choice", [{"as_of": "2015-06-30"}, {"without": ("press",)}])
def test_a_view_is_a_sound_graph(graph, choice):
    view = graph.view(**choice)
    # Without the press of the day, some decisions are known from later texts alone.
    expected = {"entity-without-label", "decision-known-only-later"}
    assert {each.check for each in validation.run_checks(view.store)} <= expected
