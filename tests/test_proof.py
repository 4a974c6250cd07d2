"""Proofs: what makes a row, who states it, and that nothing else is needed for it."""

import re

import pytest
from test_questions import asked_sparql

from kg import questions
from kg.backend import Local
from kg.graph import KnowledgeGraph
from kg.proof.ways import way


def plain(row):
    """A row as text, with joined values in one order, which SPARQL does not promise."""
    return tuple(
        "" if cell is None else " ".join(sorted(re.split(r"[;,]?\s+", cell))) for cell in row
    )


@pytest.mark.parametrize("name", questions.names())
def test_a_proof_alone_yields_its_row(name, graph):
    view, sparql = asked_sparql(graph, name)
    for row in view.select(sparql):
        assert not row.proof.unavailable
        alone = KnowledgeGraph(Local(row.proof.store()))
        assert plain(row) in {plain(each) for each in alone.select(sparql)}


def test_a_claim_says_where_and_how_it_was_checked(graph):
    (row,) = graph.select("SELECT ?t { drug:inotuzumab-ozogamicin lkg:target ?t }")
    assert {each.predicate for each in row.proof.claims} == {"lkg:target"}
    claim = row.proof.claims[0]
    assert claim.subject == "drug:inotuzumab-ozogamicin" and claim.object == "target:CD22"
    assert claim.locator and claim.checked in ("source", "recalled")
    assert claim.title and claim.issued and claim.reference in row.proof.references


def test_an_implied_triple_is_located_by_the_one_that_implies_it(graph):
    rows = graph.select("SELECT ?d { GRAPH ?r { ?d lkg:engages target:CD3E } ?d lkg:target ?any }")
    assert rows
    for row in rows:
        assert all(claim.locator and claim.checked for claim in row.proof.claims)


def test_a_count_has_its_whole_group(graph):
    row = graph.select("SELECT (COUNT(?drug) AS ?n) { ?drug lkg:target target:CD22 }")[0]
    assert len({claim.subject for claim in row.proof.claims}) == int(row["n"])


def test_only_the_branch_that_made_a_row_is_in_its_proof(graph):
    query = """SELECT ?d ?how { VALUES ?d { drug:inotuzumab-ozogamicin }
      { ?d lkg:target target:CD22 BIND("hits" AS ?how) }
      UNION { ?d a lkg:Drug FILTER NOT EXISTS { ?d lkg:target target:CD33 } BIND("free" AS ?how) } }
    """
    proofs = {str(row["how"]): row.proof for row in graph.select(query)}
    assert proofs["hits"].claims and not proofs["hits"].absences
    assert proofs["free"].absences


def test_an_exception_is_told_with_what_undid_it(graph):
    query = """SELECT ?event { VALUES ?drug { drug:ponatinib }
      ?event lkg:drug ?drug ; lkg:eventType "accelerated-approval" ; lkg:jurisdiction "US"
      FILTER NOT EXISTS { ?end lkg:drug ?drug ; lkg:eventType "suspension"
        FILTER NOT EXISTS { ?resumed lkg:drug ?drug ; lkg:eventType "resumption" } } }"""
    proof = graph.select(query)[0].proof
    assert [each for each in proof.claims if ": suspension" in each.object]
    assert [each for each in proof.claims if ": resumption" in each.object]


def test_what_is_absent_is_told_with_what_was_searched(graph):
    query = """SELECT ?drug { VALUES ?drug { drug:gemtuzumab-ozogamicin }
      ?drug lkg:target target:CD33 FILTER NOT EXISTS { ?drug lkg:target target:CD22 } }"""
    (absence,) = graph.select(query)[0].proof.absences
    assert absence.pattern == "{ drug:gemtuzumab-ozogamicin lkg:target target:CD22 }"
    assert absence.searched == len(graph.select("SELECT ?r { ?r a lkg:Reference }"))


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT ?d { ?d !lkg:target target:CD22 } LIMIT 1", "negated property set"),
        ("SELECT ?d { ?d lkg:target [] } LIMIT 1", "blank nodes"),
        ("SELECT ?d { GRAPH ?g { ?d lkg:target ?t MINUS { ?d a lkg:Vaccine } } } LIMIT 1", "GRAPH"),
        ("SELECT ?k { ?d lkg:target ?t } GROUP BY (STR(?t) AS ?k)", "GROUP BY"),
    ],
)
def test_a_query_outside_the_fragment_says_so(query, reason, graph):
    proof = graph.select(query)[0].proof
    assert not proof.claims and reason in proof.unavailable


def test_without_a_store_there_is_no_proof(graph):
    rows = graph.select("SELECT ?d { ?d lkg:target target:CD22 }")
    rows.prove = None
    assert "no proof is available" in rows[0].proof.unavailable


@pytest.mark.parametrize(
    ("path", "start", "end", "edges"),
    [
        ("p", "a", "b", ["ab"]),
        ("^p", "b", "a", ["ab"]),
        ("p/p", "a", "c", ["ab", "bc"]),
        ("^(p/p)", "c", "a", ["bc", "ab"]),
        ("p*", "a", "a", []),
        ("p+", "a", "c", ["ab", "bc"]),
        ("p?", "a", "c", None),
        ("p|q", "a", "d", ["ad"]),
        ("(p|q)*", "a", "e", ["ad", "de"]),
        ("p+", "x", "x", ["xy", "yx"]),
    ],
)
def test_ways_along_paths(path, start, end, edges):
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    known = {"p": ["ab", "bc", "xy", "yx"], "q": ["ad", "de"]}
    text = re.sub(r"[pq]", lambda found: f"<http://x/{found[0]}>", path)
    query = translateQuery(parseQuery(f"SELECT * {{ ?s {text} ?o }}"))
    parsed = query.algebra.p.p.triples[0][1] if "p" in query.algebra.p else None

    def step(node, predicate, forward):
        pairs = known[predicate.value[-1]]
        return [e[forward] for e in pairs if e[not forward] == node]

    found = way(parsed, start, end, step)
    assert (None if found is None else [s + o for s, _, o in found]) == edges
