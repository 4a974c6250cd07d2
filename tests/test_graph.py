"""The Python API, over a graph small enough to know by heart."""

from datetime import date
from decimal import Decimal

import pytest
import rdflib
from conftest import SMALL

from kg.backend import Local
from kg.dataset.store import in_memory
from kg.errors import (
    AmbiguousName,
    BadParameter,
    QueryError,
    UnknownName,
    UnknownQuestion,
    VocabularyError,
)
from kg.graph import KnowledgeGraph
from kg.grounding import Index
from kg.rows import Rows
from kg.sources import curated

IO = "drug:inotuzumab-ozogamicin"


def test_rows_by_index_and_name(small):
    rows = small.query("SELECT ?d ?label ?gone { ?d a lkg:Drug ; rdfs:label ?label }")
    assert isinstance(rows, Rows) and len(rows) == 1
    row = rows[0]
    assert str(row[0]).endswith("/drug/inotuzumab-ozogamicin") and row[0].curie == IO
    assert row["label"] == "inotuzumab ozogamicin"
    assert row["gone"] is None
    with pytest.raises(KeyError, match="the answer has d, label, gone"):
        row["nothing"]


def test_values_have_python_types(small):
    row = small.query(
        """SELECT ?n ?v ?day ?yes { ?o lkg:count ?n ; lkg:value ?v .
        ?r a lkg:RegulatoryNotice ; dcterms:issued ?day . BIND(true AS ?yes) }"""
    ).to_dicts()[0]
    assert row == {"n": 9, "v": Decimal(18), "day": date(2017, 8, 17), "yes": True}


def test_other_forms(small):
    assert small.query("ASK { ?d a lkg:Drug }") is True
    assert small.query("ASK { ?d a lkg:Vaccine }") is False
    made = small.query("CONSTRUCT { ?d lkg:target ?t } WHERE { ?d lkg:target ?t }")
    assert isinstance(made, rdflib.Graph) and len(made) == 1


def test_data_frames(small):
    rows = small.query("SELECT ?n ?v ?label { ?o lkg:count ?n ; lkg:value ?v ; rdfs:label ?label }")
    pandas, polars = rows.to_pandas(), rows.to_polars()
    assert str(pandas["n"].dtype) == "Int64" and pandas["n"][0] == 9
    assert polars["v"][0] == 18.0 and polars.columns == ["n", "v", "label"]


def test_rows_show_themselves_escaped(small):
    shown = small.query('SELECT ("<script>" AS ?x) {}')._repr_html_()
    assert "&lt;script&gt;" in shown and "<script>" not in shown


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT * { ?s foo:bar ?o }", "unknown prefix 'foo:'"),
        ("SELECT * { ?s ?p", "line 1"),
        ("SELECT *\n{ ?s ?p ?o ] }", "line 2, column"),
        ("SELECT ?x (COUNT(*) AS ?n) { ?x ?p ?o }", "SELECT contains a variable that is unbound"),
        ("", "does not parse"),
        ("INSERT DATA { <a:a> <a:a> <a:a> }", "does not parse"),
    ],
)
def test_a_malformed_query_is_told_in_few_words(small, query, says):
    with pytest.raises(QueryError) as error:
        small.query(query)
    assert says in str(error.value) and len(str(error.value)) < 500


@pytest.mark.parametrize(
    "name",
    [
        "inotuzumab ozogamicin",
        "Inotuzumab Ozogamicin",
        "CMC-544",
        "cmc544",
        "besponsa",
        IO,
        "https://w3id.org/leukemia-kg/drug/inotuzumab-ozogamicin",
    ],
)
def test_names_are_found(small, name):
    assert small.find(name).endswith("/drug/inotuzumab-ozogamicin")


def test_an_unknown_name_lists_near_spellings(small):
    with pytest.raises(UnknownName, match=r"did you mean inotuzumab ozogamicin \(drug:"):
        small.find("inotuzmab ozogamycin")


def test_an_ambiguous_name_lists_its_candidates():
    base = "https://w3id.org/leukemia-kg/disease/"
    mantle, mast = base + "mantle-cell-lymphoma", base + "mast-cell-leukemia"
    labels = [(mantle, "mantle cell lymphoma"), (mast, "mast cell leukemia")]
    with pytest.raises(AmbiguousName, match=r"mantle cell lymphoma .* mast cell leukemia"):
        Index(labels, [(mantle, "MCL"), (mast, "MCL")]).find("mcl")


def test_a_label_wins_over_a_synonym():
    base = "https://w3id.org/leukemia-kg/"
    index = Index([(base + "target/CD22", "CD22")], [(base + "biomarker/x", "CD22")])
    assert index.find("CD-22") == base + "target/CD22"


def test_identifiers_of_others_are_found():
    drug = "https://w3id.org/leukemia-kg/drug/imatinib"
    match = (drug, "https://identifiers.org/unii:8A1O1M485B")
    index = Index([(drug, "imatinib")], matches=lambda: [match])
    assert index.find("UNII:8A1O1M485B") == index.find("unii:8A1O1M485B") == drug


def test_questions_are_asked_with_any_name(small):
    rows = small.ask("drugs-by-target", target="cd22")
    assert {row["drugLabel"] for row in rows} == {"inotuzumab ozogamicin"}
    assert rows[0].references and len(rows) == 2  # one row for each reference


def test_status_follows_from_events(small):
    def status(graph):
        return [str(row["status"]) for row in graph.ask("status", drug="CMC-544")]

    assert status(small) == ["approved"]
    assert status(small.as_of("2012-12-31")) == ["no decision known"]


@pytest.mark.parametrize(
    ("question", "parameters", "error", "says"),
    [
        ("drug-by-target", {}, UnknownQuestion, "did you mean drugs-by-target"),
        ("status", {}, BadParameter, "status needs --drug"),
        ("status", {"drugs": "x"}, BadParameter, "status has no --drugs; it takes --drug, --on"),
        ("status", {"drug": "CD22"}, UnknownName, "no drug is called 'CD22'"),
        ("status", {"drug": IO, "on": "2011-02-30"}, BadParameter, "--on: '2011-02-30' is not"),
    ],
)
def test_bad_questions_are_told(small, question, parameters, error, says):
    with pytest.raises(error) as told:
        small.ask(question, **parameters)
    assert says in str(told.value)


def test_a_card_has_everything(small):
    card = small.card("CMC-544")
    assert (card.id, card.label) == (IO, "inotuzumab ozogamicin")
    assert card.types == ["lkg:AntibodyDrugConjugate", "lkg:Drug"]
    assert card.synonyms == ["Besponsa", "CMC-544"]
    target = next(fact for fact in card.facts if fact.predicate == "lkg:target")
    assert target.object.label == "CD22"
    assert target.references == ["reference:paper-2012", "reference:press-2011"]
    assert {fact.subject.id for fact in card.mentions} == {
        "trial:NCT01134575",
        "arm:NCT01134575-all",
    }
    assert [event.date for event in card.events] == ["2017-08-17"]
    assert [result.label for result in card.results] == [
        "inotuzumab ozogamicin: complete remission 9 (18%)"
    ]
    assert card.to_dict()["facts"][0]["references"]


def test_the_card_of_a_disease_names_its_parents(small):
    assert [parent.label for parent in small.card("ALL").parents] == ["leukemia"]


def test_evidence_of_a_fact(small):
    found = small.evidence("CMC-544", "lkg:target")
    assert [(each.reference, each.locator, each.checked) for each in found] == [
        ("reference:press-2011", "paragraph 3", "source"),
        ("reference:paper-2012", "paragraph 3", "recalled"),
    ]
    assert small.evidence("CMC-544", "lkg:target", "CD22") == found
    assert small.evidence("CMC-544", "lkg:target", "ALL") == []
    with pytest.raises(VocabularyError, match="prefixes"):
        small.evidence("CMC-544", "foo:target")


def test_evidence_of_a_node(small):
    node = small.select("SELECT ?o { ?o a lkg:Outcome }")[0]["o"]
    found = small.evidence(node.curie, "lkg:count")
    assert [(each.object, each.locator) for each in found] == [("9", "abstract, Findings")]


def test_the_network_is_typed_and_keeps_references(small):
    network = small.network()
    assert network.nodes[IO]["type"] == "AntibodyDrugConjugate"
    assert network.nodes[IO]["synonyms"] == "Besponsa | CMC-544"
    (target,) = network.get_edge_data(IO, "target:CD22").values()
    assert target["references"] == "reference:paper-2012 reference:press-2011"
    (approval,) = network.get_edge_data(IO, "disease:all").values()
    assert approval["says"] == "approval US 2017-08-17"
    assert not [node for node in network if node.startswith(("reference:", "outcome:"))]


def test_the_network_around_an_entity(small):
    assert set(small.network("CD22", depth=1)) == {"target:CD22", IO}
    assert "trial:NCT01134575" in small.network("CD22", depth=2)
    assert set(small.network("CD22", depth=0)) == {"target:CD22"}


def test_what_is_no_node_is_told(small):
    with pytest.raises(BadParameter, match="networks do not show it"):
        small.network("complete remission")


def test_a_drug_of_no_finer_class_is_drawn(tables):
    rows = [{**SMALL["drugs"][0], "type": "Drug"}]
    store = in_memory(curated.claims(tables(drugs=rows)))
    network = KnowledgeGraph(Local(store)).network()
    assert network.nodes[IO]["type"] == "Drug"


def test_the_layout_is_always_the_same(small):
    from kg.layout import layout

    first, again = layout(small.network()), layout(small.network())
    assert first == again and len(set(first.values())) == len(first)


def test_rdflib_sees_the_same_dataset(small):
    dataset = small.dataset
    assert isinstance(dataset, rdflib.Dataset)
    query = "SELECT ?t { drug:inotuzumab-ozogamicin lkg:target ?t }"
    assert [str(row[0]).rpartition("/")[2] for row in dataset.query(query)] == ["CD22"]
    names = {str(graph.identifier) for graph in dataset.graphs()}
    assert "https://w3id.org/leukemia-kg/reference/press-2011" in names


def test_rdflib_gives_a_graph_by_its_name(small):
    name = rdflib.URIRef("https://w3id.org/leukemia-kg/reference/press-2011")
    assert len(small.dataset.graph(name)) > 0


@pytest.mark.parametrize("index", [1, -1])
def test_a_column_that_is_not_there_is_told(small, index):
    (row,) = small.query("SELECT ?d { ?d a lkg:Drug }")
    with pytest.raises(IndexError, match="1 columns"):
        row[index]


def test_a_query_does_not_leave_the_machine(small):
    with pytest.raises(QueryError, match="opens no network"):
        small.query("SELECT * { service <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert small.query('SELECT ("SERVICE" AS ?x) { }')[0]["x"] == "SERVICE"


def test_a_query_that_nests_too_deep_is_told(small):
    with pytest.raises(QueryError, match="3000 levels deep"):
        small.query("SELECT * " + "{" * 3000 + "}" * 3000)


def test_evidence_of_a_misspelt_term_is_told(small):
    with pytest.raises(VocabularyError, match="tarjet"):
        small.evidence("CMC-544", "lkg:tarjet")


def test_a_code_outside_its_list_is_told(small):
    with pytest.raises(BadParameter, match="'us' is not one of US, EU"):
        small.ask("withdrawn", jurisdiction="us")


def test_small_parts_do_not_push_the_large_one_aside():
    import networkx as nx

    from kg.layout import layout

    graph = nx.MultiDiGraph(nx.random_geometric_graph(60, 0.3, seed=1).to_directed())
    graph = nx.relabel_nodes(graph, str)
    alone = layout(graph)
    graph.add_edge("x", "y")
    graph.add_node("z")
    beside = layout(graph)
    assert {node: beside[node] for node in alone} == alone
    assert min(beside[node][1] for node in "xyz") > max(y for _, y in alone.values())


def test_a_view_says_nothing_of_a_day_after_its_own(small):
    with pytest.raises(BadParameter, match="on 2013-01-01, as of 2012-12-31"):
        small.as_of("2012").ask("status", drug=IO, on="2013-01-01")
