"""Tools for agents, called by the SDK's own client over both transports."""

import json

import agents
import pytest
from jsonschema import Draft202012Validator
from mcp.shared.exceptions import MCPError

from kg import questions
from kg.errors import BadParameter
from kg.serve.limits import Limits
from kg.serve.mcp import producing
from kg.serve.mcp.schema import EXAMPLES
from kg.serve.mcp.tools import TOOLS, read
from kg.vocabulary import CODES

CHOOSING = 11_000  # characters of all that an agent reads to choose a tool: some 3,000 tokens
LISTED = 29_000  # with the types of what tools give


PATIENT = {"limits": Limits(seconds=60.0, patience=60.0)}


@pytest.fixture(
    scope="module", params=[(agents.stdio, {}), (agents.http, PATIENT)], ids=["stdio", "http"]
)
def agent(request, graph):
    transport, settings = request.param
    with transport(graph.place, **settings) as made:
        yield made


def everything(agent, tool, of, **arguments):
    """A list of the answer, page by page."""
    found, offset = [], 0
    while True:
        said = agent.said(tool, **arguments, limit=100, offset=offset)
        found += of(said["answer"])
        if not (cut := [each for each in said["cut"] if each["rest"].startswith("offset")]):
            return found
        if cut[0]["offset"] + cut[0]["shown"] >= cut[0]["total"]:
            return found
        offset = cut[0]["offset"] + cut[0]["shown"]


# The list


def test_descriptions_are_short_and_schemas_are_such(agent):
    tools = agent.do("list_tools").tools
    assert [tool.name for tool in tools] == [*TOOLS]
    for tool in tools:
        assert len(tool.description) <= 200
        assert tool.annotations.read_only_hint
        for schema in (tool.input_schema, tool.output_schema):
            Draft202012Validator.check_schema(schema)
            assert schema["type"] == "object"
        assert all(field.get("description") for field in tool.input_schema["properties"].values())
    chosen = [(tool.name, tool.description, tool.input_schema) for tool in tools]
    assert len(json.dumps(chosen)) <= CHOOSING
    assert sum(len(tool.model_dump_json(exclude_none=True)) for tool in tools) <= LISTED


def test_every_tool_over_data_can_be_asked_of_a_view():
    for name, tool in TOOLS.items():
        assert tool.view == (name not in ("questions", "schema")), name


# Names


def test_a_name_becomes_an_id(agent):
    said = agent.said("resolve", name="CMC-544")
    assert said["answer"]["id"] == "drug:inotuzumab-ozogamicin"
    (taken,) = said["resolved"]
    assert (taken["given"], taken["by"]) == ("CMC-544", "other name")
    assert agent.said("resolve", name=taken["label"])["resolved"][0]["by"] == "label"
    assert agent.said("resolve", name=taken["id"])["resolved"][0]["by"] == "identifier"


@pytest.mark.parametrize("tool", ["resolve", "card"])
def test_an_ambiguous_name_gives_candidates(agent, tool):
    failed = agent.fails(tool, name="BCR::ABL1")
    ids = {each["id"] for each in failed["candidates"]}
    assert ids == {"biomarker:BCR-ABL1", "target:BCR-ABL1"}
    assert all(each in failed["error"] for each in ids)
    assert agent.said(tool, name=min(ids))["answer"]["id"] == min(ids)


def test_an_unknown_name_gives_near_spellings(agent):
    failed = agent.fails("ask", question="status", parameters={"drug": "gemtuzumab ozogamycin"})
    assert "drug:gemtuzumab-ozogamicin" in [each["id"] for each in failed["candidates"]]
    assert agent.fails("evidence", subject="qqqqqq")["candidates"] == []


def test_what_was_not_known_yet_is_told_apart_from_what_is_unknown(agent):
    failed = agent.fails("card", name="blinatumomab", as_of="1990-01-01")
    assert failed["error"].endswith("of which nothing is on record as of 1990-01-01")
    assert "drug:blinatumomab" in failed["error"]


# Cards


def test_a_card_has_its_claims_and_says_what_is_cut(agent, graph):
    said = agent.said("card", name="CMC-544")
    card = graph.card("CMC-544")
    assert said["answer"]["id"] == card.id
    cut = {each["what"]: each for each in said["cut"]}
    assert cut["results"]["total"] == len(card.results) > cut["results"]["shown"]
    assert cut["results"]["rest"] == "section=results, offset=5"
    shown = {each["id"] for each in said["answer"]["results"]}
    assert shown <= {claim["subject"] for claim in said["claims"]}
    facts = [(f["subject"]["id"], f["predicate"]) for f in said["answer"]["facts"]]
    assert {*facts} <= {(claim["subject"], claim["predicate"]) for claim in said["claims"]}
    assert all(claim["locator"] and claim["checked"] for claim in said["claims"])
    assert {claim["reference"] for claim in said["claims"]} <= said["references"].keys()
    assert all(each["title"] and each["issued"] for each in said["references"].values())


def test_the_pages_of_a_section_are_the_section(agent, graph):
    card = graph.card("CMC-544")
    found, offset = [], 0
    while offset < len(card.results):
        said = agent.said("card", name="CMC-544", section="results", limit=60, offset=offset)
        assert "events" not in said["answer"]
        page = said["answer"]["results"]
        found += page
        offset += len(page)
    assert [each["id"] for each in found] == [each.id for each in card.results]


# Questions


def test_questions_can_be_found_with_what_they_take(agent):
    brief = agent.said("questions")["answer"]
    assert [each["question"] for each in brief] != [] and {each["question"] for each in brief} == {
        *questions.names()
    }
    assert next(e["takes"] for e in brief if e["question"] == "status") == "drug on?"
    group = agent.said("questions", group="safety")["answer"]
    assert {each["question"] for each in group} < {each["question"] for each in brief}
    (full,) = agent.said("questions", question="status")["answer"]
    assert full["sparql"] == questions.load("status").query
    assert full["parameters"][0]["meaning"]


def test_an_answer_has_the_rows_of_the_question_and_the_claims_of_each(agent, graph):
    said = agent.said("ask", question="history", parameters={"drug": "CMC-544"}, limit=5)
    rows = graph.ask("history", drug="CMC-544")
    for row, shown in zip(rows[:5], said["answer"]["rows"], strict=True):
        assert shown["values"]["event"] == row["event"].curie
        made = [said["claims"][number] for number in shown["claims"]]
        assert {claim["reference"] for claim in made} == {*row.proof.references}
    (cut,) = said["cut"]
    assert (cut["shown"], cut["total"], cut["rest"]) == (5, len(rows), "offset=5")
    assert said["resolved"][0]["id"] == "drug:inotuzumab-ozogamicin"


def test_one_row_has_its_whole_proof_by_pages(agent, graph):
    rows = graph.ask("gaps")
    number, row = max(enumerate(rows, 1), key=lambda each: len(each[1].proof.claims))
    total = len(row.proof.claims)
    brief = agent.said("ask", question="gaps", limit=1, offset=number - 1)
    assert f"row={number}" in [each["rest"] for each in brief["cut"]]
    found = []
    while len(found) < total:
        said = agent.said("ask", question="gaps", row=number, limit=3, offset=len(found))
        found += said["claims"]
    assert len({json.dumps(each) for each in found}) == total
    assert "there is no row 9999" in agent.fails("ask", question="gaps", row=9999)["error"]


def test_an_empty_answer_says_whether_anybody_looked(agent, graph):
    asked = {"question": "history", "parameters": {"drug": "Combotox"}}
    said = agent.said("ask", **asked)
    assert "rows" not in said["answer"]
    expected = graph.ask("history", drug="Combotox").coverage
    assert said["coverage"] == expected.words


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"question": "statuss"}, "did you mean"),
        ({"question": "status"}, "status needs --drug"),
        ({"question": "status", "parameters": {"drug": "CMC-544", "at": "x"}}, "no --at"),
        ({"question": "status", "when": "x"}, "ask takes no 'when'"),
        ({}, "missing required field `question`"),
        ({"question": "status", "limit": 0}, ">= 1"),
        ({"question": "gaps", "as_of": "yesterday"}, "yesterday"),
        ({"question": "gaps", "without": ["rumours"]}, "rumours"),
    ],
)
def test_wrong_arguments_are_told(agent, arguments, says):
    assert says in agent.fails("ask", **arguments)["error"]


def test_numbers_as_text_are_numbers():
    assert read("ask", {"question": "gaps", "limit": "7"}).page.limit == 7


# Views


def test_views(agent, graph):
    asked = {"question": "status", "parameters": {"drug": "gemtuzumab ozogamicin"}}
    for view in ({"as_of": "2011-06-30"}, {"without": ["press"]}, {"on": "2011-06-30"}):
        said = agent.said("ask", **asked, **view, limit=100)
        on = {"on": view["on"]} if "on" in view else {}
        kept = {name: each for name, each in view.items() if name != "on"}
        expected = graph.view(**kept).ask("status", drug="gemtuzumab ozogamicin", **on)
        assert len(said["answer"].get("rows", [])) == len(expected)
        assert said["view"] == graph.view(**kept).described
    count = {"query": "SELECT (COUNT(*) AS ?n) { ?r a lkg:Reference }"}
    then = agent.said("sparql", **count, as_of="2011-06-30")["answer"]["rows"][0]["n"]
    assert 0 < then < agent.said("sparql", **count)["answer"]["rows"][0]["n"]


# Evidence, comparisons, conflicts


def test_evidence_is_that_of_the_graph(agent, graph):
    said = agent.said("evidence", subject="CMC-544", predicate="lkg:target", limit=100)
    expected = graph.evidence("CMC-544", "lkg:target")
    assert [(c["reference"], c["locator"], c["checked"]) for c in said["answer"]] == [
        (each.reference, each.locator, each.checked) for each in expected
    ]
    node = agent.said("card", name="CMC-544")["answer"]["results"][0]["id"]
    assert {each["subject"] for each in agent.said("evidence", subject=node)["answer"]} == {node}
    none = agent.said("evidence", subject="CMC-544", predicate="lkg:vector")
    assert "answer" in none and none["coverage"]


def test_a_refused_comparison_is_an_answer_with_its_reasons(agent, graph):
    said = agent.said("compare", name=["INO-VATE", "TOWER"], measure="response")
    assert said["answer"]["verdict"] == "refused"
    expected = graph.compare("INO-VATE", "TOWER", measure="response")
    assert said["answer"]["remark"] == expected.remark
    reasons = {d["dimension"] for d in said["answer"]["differences"] if d["reason"]}
    assert reasons == {each.dimension for each in expected.differences if each.reason}
    shown = {line["result"]["outcome"] for line in said["answer"]["lines"]}
    assert shown <= {claim["subject"] for claim in said["claims"]}
    assert {each["given"] for each in said["resolved"]} == {"INO-VATE", "TOWER"}


def test_conflicts_have_both_sides_and_their_claims(agent, graph):
    found = everything(agent, "conflicts", lambda answer: answer, entity="INO-VATE")
    assert [each["id"] for each in found] == [each.id for each in graph.conflicts("INO-VATE")]
    said = agent.said("conflicts", entity="INO-VATE", limit=2)
    sides = {side["node"] for each in said["answer"] for side in each["sides"]}
    assert sides <= {claim["subject"] for claim in said["claims"]}


# The schema, and SPARQL


def test_the_schema_is_on_a_short_card(agent, graph):
    card = agent.said("schema")["answer"]
    assert len(json.dumps(card)) <= 10_000
    drug = next(each for each in card["classes"] if each["name"] == "Drug")
    assert "target -> Target" in drug["properties"] and "Vaccine" in drug["kinds"]
    assert card["codes"]["setting"] == [*CODES["setting"]]
    assert card["examples"] == EXAMPLES
    term = agent.said("schema", term="lkg:setting")["answer"]
    assert term["definitions"]["setting"] and [*term["codes"]] == ["setting"]
    assert "no class or property" in agent.fails("schema", term="sett")["error"]


@pytest.mark.parametrize("asks", EXAMPLES)
def test_the_examples_of_the_schema_run(graph, asks):
    assert len(graph.select(EXAMPLES[asks])) > 0


def test_rows_of_a_query_come_by_pages_with_the_claims_of_their_nodes(agent):
    query = "SELECT ?o ?r { ?o a lkg:Outcome ; lkg:reported ?r } ORDER BY ?o LIMIT 25"
    said = agent.said("sparql", query=query, limit=10, offset=20)
    assert len(said["answer"]["rows"]) == 5
    (cut,) = said["cut"]
    assert (cut["offset"], cut["shown"], cut["total"]) == (20, 5, 25)
    assert {row["o"] for row in said["answer"]["rows"]} == {c["subject"] for c in said["claims"]}


def test_the_other_forms_of_a_query(agent):
    assert agent.said("sparql", query="ASK { ?d a lkg:Drug }")["answer"] == {"boolean": True}
    query = "CONSTRUCT { ?d a lkg:Drug } { ?d a lkg:Drug }"
    said = agent.said("sparql", query=query)
    assert len(said["answer"]["triples"]) == 10 and said["cut"][0]["what"] == "triples"
    assert agent.said("sparql", query="SELECT ?x { ?x a lkg:Nothing }")["coverage"]


def test_a_long_value_is_cut_and_says_so(agent):
    query = 'SELECT (GROUP_CONCAT(?l; separator=" ") AS ?all) { ?d a lkg:Trial ; rdfs:label ?l }'
    said = agent.said("sparql", query=query)
    (cut,) = said["cut"]
    assert len(said["answer"]["rows"][0]["all"]) == cut["shown"] == 2_000 < cut["total"]
    rest = query.replace('(GROUP_CONCAT(?l; separator=" ") AS ?all)', f"({cut['rest']} AS ?more)")
    assert "SUBSTR" in rest


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is not followed"),
        ("INSERT DATA { drug:x a lkg:Drug }", "line 1, column 1"),
        ("LOAD <http://127.0.0.1:9/>", "line 1, column 1"),
        ("SELECT ?x {\n ?x a lkg:Drug", "line 2"),
        ("SELECT * {" * 300 + "}" * 300, "levels deep"),
        ("", "length >= 1"),
        ("x" * 20_001, "20000"),
    ],
)
def test_queries_that_are_refused(agent, query, says):
    assert says in agent.fails("sparql", query=query)["error"]


def test_graphs_of_elsewhere_are_empty(agent):
    query = "SELECT * FROM <http://127.0.0.1:9/graph> { ?s ?p ?o }"
    assert "rows" not in agent.said("sparql", query=query)["answer"]


# What is read without a tool


def test_resources(agent):
    listed = agent.do("list_resources").resources
    assert {each.uri for each in listed} == {"kg://schema", "kg://questions"}
    for each in listed:
        (content,) = agent.do("read_resource", each.uri).contents
        assert json.loads(content.text) == agent.said(each.name)["answer"]
    with pytest.raises(MCPError, match="there is no kg://other"):
        agent.do("read_resource", "kg://other")


def test_an_unknown_tool_is_an_error_of_the_protocol(agent):
    with pytest.raises(MCPError, match="there is no tool 'update'"):
        agent.call("update")


# Laws


class Answered:
    """A call answered by the graph itself, without processes between."""

    def __init__(self, graph, tool, **arguments):
        call = read(tool, arguments)
        view = call.view.of(graph)
        self.content = producing.answer(view, TOOLS[tool], call.request, call.page)
        self.said = json.loads(self.content)


@pytest.mark.parametrize("name", questions.names())
def test_every_question_fits_and_its_claims_are_there(graph, name):
    """On its own example."""
    values = dict(questions.load(name).example_values)
    view = {key: values.pop(key) for key in ("as-of",) if key in values}
    made = Answered(
        graph,
        "ask",
        question=name,
        parameters=values,
        limit=25,
        **{key.replace("-", "_"): each for key, each in view.items()},
    )
    assert len(made.content) <= producing.MOST
    used = {n for row in made.said["answer"]["rows"] for n in row.get("claims", ())}
    assert used == {*range(len(made.said["claims"]))}
    shown = len(made.said["answer"]["rows"])
    rows = [each for each in made.said["cut"] if each["what"] == "rows"]
    assert shown == (rows[0]["shown"] if rows else shown)


def test_what_does_not_fit_is_refused(graph, monkeypatch):
    monkeypatch.setattr(producing, "MOST", 500)
    with pytest.raises(BadParameter, match="one entry alone has"):
        Answered(graph, "card", name="CMC-544")
