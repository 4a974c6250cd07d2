"""The command line as people and scripts use it: answers, exit codes, and one clear error."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SMALL, write_tables

from kg.dataset.store import build
from kg.sources import curated


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    tables = write_tables(folder / "tables", SMALL)
    build(curated.claims(tables), folder / "store")
    return folder / "store"


def run(*words, cwd=None, env=None):
    return subprocess.run(
        [sys.executable, "-P", "-m", "kg.cli", *map(str, words)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        check=False,
    )


def kg(store, *words):
    done = run(*words, "--store", store)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_pipe_gets_csv(store):
    rows = list(csv.DictReader(io.StringIO(kg(store, "ask", "status", "--drug", "CMC-544"))))
    assert [(row["jurisdiction"], row["status"], row["since"]) for row in rows] == [
        ("US", "approved", "2017-08-17")
    ]
    assert rows[0]["references"].endswith("/reference/fda-2017")


def test_a_table_shows_labels_and_short_references(store):
    shown = kg(store, "ask", "drugs-by-target", "--target=cd22", "--format", "table")
    assert "inotuzumab ozogamicin" in shown and "press-2011" in shown and "2 rows" in shown
    assert "https://" not in shown


def test_json_of_a_question(store):
    answer = json.loads(kg(store, "ask", "drugs-by-target", "--target", "CD22", "--format", "json"))
    assert answer["question"] == "drugs-by-target"
    assert answer["parameters"] == {"target": "CD22"}
    assert answer["rows"][0]["values"]["drug"] == "drug:inotuzumab-ozogamicin"
    assert answer["rows"][0]["references"] == ["reference:paper-2012"]


def test_json_of_a_query_is_sparql_results_json(store):
    query = "SELECT ?n ?d ?none { ?o lkg:count ?n . ?d a lkg:Drug }"
    answer = json.loads(kg(store, "query", query, "--format", "json"))
    assert answer["head"]["vars"] == ["n", "d", "none"]
    (row,) = answer["results"]["bindings"]
    assert row["n"] == {
        "type": "literal",
        "value": "9",
        "datatype": "http://www.w3.org/2001/XMLSchema#integer",
    }
    assert row["d"]["type"] == "uri" and "none" not in row


def test_other_query_forms(store, tmp_path):
    assert kg(store, "query", "ASK { ?d a lkg:Drug }") == "true\n"
    file = tmp_path / "q.rq"
    file.write_text("CONSTRUCT { ?d lkg:target ?t } WHERE { ?d lkg:target ?t }")
    assert "lkg:target target:CD22" in kg(store, "query", "--file", file)


def test_as_of_and_without(store):
    count = "SELECT (COUNT(*) AS ?n) { GRAPH ?r { ?d lkg:target ?t } }"
    assert kg(store, "query", count) == "n\n2\n"
    assert kg(store, "query", count, "--as-of", "2011-06") == "n\n1\n"
    assert kg(store, "query", count, "--without", "press") == "n\n1\n"


def test_on_asks_about_a_day(store):
    count = "SELECT (COUNT(*) AS ?n) { ?e a lkg:RegulatoryEvent }"
    assert kg(store, "query", count, "--on", "2017-08-16") == "n\n0\n"
    assert kg(store, "query", count, "--on", "2017-08-17") == "n\n1\n"
    status = ("ask", "status", "--drug", "CMC-544", "--format", "json", "--on")
    before, after = (json.loads(kg(store, *status, day)) for day in ("2017-08-16", "2017-08-17"))
    assert before["parameters"]["on"] == "2017-08-16"
    assert before["rows"][0]["values"]["status"] == "no decision known"
    assert after["rows"][0]["values"]["status"] == "approved"
    history = ("ask", "history", "--drug", "CMC-544", "--on")  # it has no parameter of that name
    assert len(kg(store, *history, "2017-08-17").splitlines()) == 2
    empty = run(*history, "2017-08-16", "--store", store)
    assert empty.returncode == 0 and len(empty.stdout.splitlines()) == 1


def test_an_empty_answer_says_what_it_means(store):
    words = ("ask", "survival", "--drug", "CMC-544", "--store", store)
    done = run(*words)
    assert done.returncode == 0 and done.stderr.startswith("not covered: no area")
    assert run(*words, "-q").stderr == ""
    answer = json.loads(run(*words, "--format", "json").stdout)
    assert answer["rows"] == [] and answer["coverage"]["covered"] is False
    full = json.loads(kg(store, "ask", "drugs-by-target", "--target", "CD22", "--format", "json"))
    assert full["coverage"] is None


def test_path(store):
    rows = list(csv.DictReader(io.StringIO(kg(store, "path", "CD22", "ALL", "--most", "1"))))
    assert [row["relation"] for row in rows] == ["is bound by", "was decided on for"]
    assert rows[0]["references"] == "reference:press-2011 reference:paper-2012"
    assert rows[0]["issued"] == "2011-06-30 2012-02-21"
    (path,) = json.loads(kg(store, "path", "CD22", "ALL", "--most", "1", "--format", "json"))
    assert path["steps"][0]["triples"] == [
        ["drug:inotuzumab-ozogamicin", "lkg:target", "target:CD22"]
    ]
    none = run("path", "CD22", "ALL", "--as-of", "2011-06-30", "--store", store)
    assert none.returncode == 2 and "no entity is called 'ALL'" in none.stderr


def test_neighbours(store):
    done = run("neighbours", "besponsa", "--store", store)
    assert done.returncode == 0 and "no neighbours" in done.stderr
    assert json.loads(kg(store, "neighbours", "besponsa", "--format", "json")) == []


def test_diff(store):
    found = list(csv.DictReader(io.StringIO(kg(store, "diff", "--from", "2012", "--to", "2017"))))
    assert [(row["date"], row["kind"]) for row in found] == [("2017-08-17", "approved")]
    early = json.loads(kg(store, "diff", "--from", "2010", "--to", "2012", "--format", "json"))
    assert [each["kind"] for each in early] == ["drug", "results", "trial"]
    assert early[0]["reference"] == "reference:press-2011"
    none = run("diff", "--from", "2018", "--to", "2019", "--store", store)
    assert none.returncode == 0 and "no change" in none.stderr


def test_questions_are_listed():
    done = run("ask", "--format", "csv")
    assert done.returncode == 0 and "status" in done.stdout


def test_card_and_evidence(store):
    assert "CMC-544" in kg(store, "card", "besponsa", "--format", "table")
    card = json.loads(kg(store, "card", "besponsa", "--format", "json"))
    assert card["id"] == "drug:inotuzumab-ozogamicin" and card["facts"]
    found = json.loads(kg(store, "evidence", "besponsa", "lkg:target", "--format", "json"))
    assert found[0]["locator"] == "paragraph 3"
    assert "section,property,what,date,references" in kg(store, "card", "besponsa")


@pytest.mark.parametrize(
    ("form", "name", "starts"),
    [
        ("nquads", "x.nq", "<https://w3id.org/leukemia-kg/"),
        ("trig", "x.trig", "@prefix"),
        ("turtle", "x.ttl", "@prefix"),
        ("rdfxml", "x.rdf", "<?xml"),
        ("jsonld", "x.jsonld", "{"),
        ("graphml", "x.graphml", "<?xml"),
        ("gexf", "x.gexf", "<?xml"),
        ("cx2", "x.cx2", "["),
        ("dot", "x.dot", "digraph"),
    ],
)
def test_exports_are_the_same_every_time(store, tmp_path, form, name, starts):
    first, again = tmp_path / "a" / name, tmp_path / "b" / name
    kg(store, "export", form, "--output", first)
    kg(store, "export", form, "--output", again)
    assert first.read_text().startswith(starts)
    assert first.read_bytes() == again.read_bytes()


def test_exported_rdf_is_the_graph(store, tmp_path):
    from pyoxigraph import Store

    from kg.dataset.store import open_store

    kg(store, "export", "nquads", "--output", tmp_path / "x.nq")
    copy = Store()
    copy.load(path=str(tmp_path / "x.nq"))
    assert set(copy) == set(open_store(store))


def test_exported_jsonld_and_graphml_are_read_by_others(store, tmp_path):
    import networkx
    import rdflib

    kg(store, "export", "jsonld", "--output", tmp_path / "x.jsonld")
    kg(store, "export", "turtle", "--output", tmp_path / "x.ttl")
    kg(store, "export", "graphml", "--output", tmp_path / "x.graphml")
    triples = set(rdflib.Graph().parse(tmp_path / "x.ttl"))
    assert set(rdflib.Graph().parse(tmp_path / "x.jsonld")) == triples
    network = networkx.read_graphml(tmp_path / "x.graphml", force_multigraph=True)
    assert network.nodes["target:CD22"]["type"] == "Target"


def records(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_csv_tables(store, tmp_path):
    kg(store, "export", "csv", "--output", tmp_path / "csv")
    drugs = records(tmp_path / "csv/Drug.csv")
    assert drugs[0]["skos:altLabel"] == "Besponsa|CMC-544"
    outcomes = records(tmp_path / "csv/Outcome.csv")
    assert outcomes[0]["reference"] == "reference:paper-2012"


def test_kgx_is_a_folder_of_nodes_and_edges(store, tmp_path):
    said = kg(store, "export", "kgx", "--output", tmp_path / "kgx").split()
    assert said == [
        str(tmp_path / "kgx" / f"{n}.{f}") for n in ("nodes", "edges") for f in ("tsv", "jsonl")
    ]


def test_a_network_is_what_the_name_of_its_file_says(store, tmp_path):
    path = tmp_path / "cd22.gexf"
    assert kg(store, "network", "CD22", "--output", path).split() == [str(path)]
    assert 'id="target:CD22"' in path.read_text() and "trial:" not in path.read_text()


def test_nothing_is_written_beside_the_output(store, tmp_path):
    kg(store, "export", "turtle", "--output", tmp_path / "only.ttl")
    assert [path.name for path in tmp_path.iterdir()] == ["only.ttl"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["ask", "stats", "--drug", "x"], "did you mean"),
        (["ask", "status"], "status needs --drug"),
        (["ask", "status", "--drug"], "--drug needs a value"),
        (["ask", "status", "drug"], "parameters are given as --name value"),
        (["ask", "status", "--drug", "inotuzmab"], "no drug is called"),
        (["ask", "status", "--drug", "CMC-544", "--as-of", "2011-02-30"], "'2011-02-30' is not"),
        (["ask", "status", "--drug", "CMC-544", "--format", "xls"], "--format xls"),
        (["query", "SELECT * { ?s ?p"], "the query does not parse at line 1"),
        (["query", "SELECT * { ?s foo:bar ?o }"], "unknown prefix 'foo:'"),
        (["query"], "give a query, or --file"),
        (["query", "--file", "/nowhere.rq"], "cannot be read"),
        (["card", "nobody"], "no entity is called"),
        (["evidence", "CMC-544", "foo:bar"], "is not one of the known prefixes"),
        (["export", "pdf"], "no format is called 'pdf'"),
        (["network", "CD22", "--output", "x.pdf"], "no network is written as '.pdf'"),
        (["export", "turtle", "--output", "/proc/x/y.ttl"], "cannot be written"),
        (["card", "CMC-544", "--format", "json", "--output", "/proc/x"], "cannot be written"),
        (["ask", "status", "--drug", "CMC-544", "--without", "rumours"], "press, abstract"),
        (
            ["ask", "status", "--drug", "CMC-544", "--on", "2012", "--as-of", "2011"],
            "on 2012-12-31",
        ),
        (["card", "CMC-544", "--on", "2012", "--as-of", "2011"], "on 2012-12-31, as of 2011"),
        (["evidence", "CMC-544", "--on", "2011-02-30"], "'2011-02-30' is not a day"),
        (["path", "CD22", "target:CD22"], "both names are CD22"),
        (["path", "CD22", "nobody"], "no entity is called"),
        (["path", "CD22", "besponsa", "--most", "0"], "ask for one or more"),
        (["neighbours", "CD22"], "no drug is called"),
        (["diff", "--from", "2012", "--to", "2011"], "the first day is after the last"),
        (["diff", "--from", "2011-02-30", "--to", "2012"], "'2011-02-30' is not a day"),
    ],
)
def test_bad_input_is_told_in_a_line_or_two(store, words, says):
    done = run(*words, "--store", store)
    assert done.returncode == 2
    assert done.stderr.startswith("kg: ") and says in done.stderr
    assert "Traceback" not in done.stderr and len(done.stderr.splitlines()) <= 4
    assert done.stdout == ""


def test_a_place_without_a_store_is_told(tmp_path):
    done = run("card", "x", "--store", tmp_path)
    assert done.returncode == 2 and "no store there" in done.stderr


def test_validate_tells_findings_with_their_place(tmp_path):
    outcome = {**SMALL["outcomes"][0], "count": "50"}
    folder = write_tables(tmp_path / "tables", {**SMALL, "outcomes": [outcome]})
    done = run("validate", folder)
    assert done.returncode == 1
    assert "outcomes.tsv:2: count-exceeds-total" in done.stderr
    assert "Traceback" not in done.stderr


def test_validate_a_bad_table(tmp_path):
    outcome = {**SMALL["outcomes"][0], "count": "many"}
    folder = write_tables(tmp_path / "tables", {**SMALL, "outcomes": [outcome]})
    done = run("validate", folder)
    assert done.returncode == 2 and "outcomes.tsv:2: count: 'many'" in done.stderr


def test_validate_rdf(tmp_path):
    file = tmp_path / "x.ttl"
    file.write_text("@prefix lkg: <https://w3id.org/leukemia-kg/vocab#> .\n<x:d> a lkg:Drug .")
    done = run("validate", file)
    assert done.returncode == 1 and "shape-Drug" in done.stderr
    file.write_text("@prefix")
    assert run("validate", file).returncode == 2


def test_a_corrupt_cache_is_rebuilt_with_a_word_about_it(cache, graph, tmp_path):
    home = {"XDG_CACHE_HOME": str(tmp_path)}
    cache = shutil.copytree(cache, tmp_path / cache.name)  # others read that one
    assert run("card", "CD22", env=home).stderr == ""
    data = next(cache.glob("*/generation-*/store/*.sst"))
    data.write_bytes(data.read_bytes()[:-1])
    done = run("card", "CD22", env=home)
    assert done.returncode == 0 and "CD22" in done.stdout
    assert "is not what the build wrote" in done.stderr and "again" in done.stderr
    assert run("card", "CD22", env=home).stderr == ""


def test_a_cache_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    done = run("card", "CD22", env={"XDG_CACHE_HOME": str(tmp_path / "file")})
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "cannot build the store there" in done.stderr


def test_a_reader_that_leaves_is_no_error(store):
    command = (
        f"{sys.executable} -P -m kg.cli query 'SELECT ?s ?p ?o {{ ?s ?p ?o }}' "
        f"--store {store} | head -1"
    )
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    assert done.stdout == "s,p,o\n" and "Traceback" not in done.stderr


def test_two_at_once_on_an_empty_cache(tmp_path):
    command = [sys.executable, "-P", "-m", "kg.cli", "card", "CD22"]
    home = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    both = [
        subprocess.Popen(command, env=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    answers = [each.communicate(timeout=120) for each in both]
    assert [each.returncode for each in both] == [0, 0], answers
    assert answers[0][0] == answers[1][0]


def test_a_pointer_of_garbage_is_no_traceback(store, tmp_path):
    shutil.copytree(store, tmp_path / "store")
    (tmp_path / "store/current").write_bytes(b"\xff\xfe\n")
    done = run("card", "CD22", "--store", tmp_path / "store")
    assert done.returncode == 2 and "build it again" in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["card", "CD22", "--store", "http://[::1"], "http://[::1"),
        (["card", "CD22", "--store", "http://127.0.0.1:9/sparql"], "127.0.0.1"),
    ],
)
def test_an_endpoint_that_cannot_be_reached_is_told(words, says):
    done = run(*words)
    assert done.returncode == 2 and says in done.stderr and "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_output_is_told(store):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "kg.cli", "card", "CD22", "--store", store],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2 and "standard output: cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_output_of_another_encoding_is_told(store):
    done = run(
        *("query", 'SELECT ("é" AS ?x) {}', "--store", store), env={"PYTHONIOENCODING": "ascii"}
    )
    assert done.returncode == 2 and "PYTHONIOENCODING=utf-8" in done.stderr


def test_misuse_is_told(store):
    twice = run("ask", "status", "--drug", "a", "--drug", "b", "--store", store)
    assert twice.returncode == 2 and "--drug is given twice" in twice.stderr
    xml = run("query", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "--format", "xml", "--store", store)
    assert xml.returncode == 2 and "turtle, jsonld or ntriples" in xml.stderr


def test_a_proof_below_the_table_in_lines_and_in_json(store):
    words = ("ask", "targets-of-drug", "--drug", "CMC-544", "--proof")
    shown = kg(store, *words, "--format", "table")
    assert "row 1\n  drug:inotuzumab-ozogamicin lkg:target target:CD22\n" in shown
    assert "reference:press-2011 (2011-06-30, paragraph 3, source)" in shown
    lines = list(csv.DictReader(io.StringIO(kg(store, *words))))
    assert {line["says"] for line in lines} == {"claim"}
    assert {line["checked"] for line in lines} <= {"source", "recalled"}
    answer = json.loads(kg(store, *words, "--format", "json"))
    claims = [claim for row in answer["rows"] for claim in row["proof"]["claims"]]
    assert {claim["object"] for claim in claims} == {"target:CD22"}


def test_a_proof_of_free_sparql_or_why_there_is_none(store):
    sparql = "SELECT ?d { ?d lkg:target target:CD22 FILTER NOT EXISTS { ?d a lkg:Vaccine } }"
    answer = json.loads(kg(store, "query", sparql, "--proof", "--format", "json"))
    (absence,) = answer["proofs"][0]["absences"]
    assert absence["pattern"] == "{ drug:inotuzumab-ozogamicin a lkg:Vaccine }"
    out = kg(store, "query", "SELECT ?d { ?d !lkg:kind target:CD22 }", "--proof")
    assert "no proof is available for a query with a negated property set" in out
