"""The tables of pages: what is read at once for all entities is what the shown query answers."""

import pytest

from kg.pages import entity, shared
from kg.pages.answers import heading
from kg.pages.frame import Frame
from kg.pages.href import static
from kg.pages.library import KINDS, Library
from kg.pages.sections import SECTIONS


@pytest.fixture(scope="module")
def library(graph):
    return Library(graph.select)


PAIRS = [(section, kind) for section in SECTIONS for kind in section.relations]


@pytest.mark.parametrize(("section", "kind"), PAIRS, ids=lambda each: getattr(each, "name", each))
def test_a_table_holds_what_its_query_answers(section, kind, library, graph):
    filled = [each for each in library.entities[kind] if library.rows(section, each)]
    for name in filled[:: max(1, len(filled) // 3)][:3]:
        nodes = library.rows(section, name)
        answer = graph.select(shared.query(f"{section.name}.{kind}", entity.term(name)))
        for key in (column.lstrip("+") for column in section.columns):
            if key == "reference":
                told = {source[0] for node in nodes for source in node.sources}
            else:
                told = {text for node in nodes for text, _ in node.values.get(key, ())}
            assert told == {row[key].curie for row in answer if row[key] is not None}, (name, key)


@pytest.mark.parametrize("kind", ["of", "about", "by", "carriers"])
def test_facts_are_those_of_their_query(kind, library, graph):
    name, facts = {
        "of": ("drug:inotuzumab-ozogamicin", library.facts.of),
        "about": ("target:CD22", library.facts.about),
        "by": ("reference:kantarjian-2016-nejm", library.facts.by),
        "carriers": ("payload-class:calicheamicin", library.facts.about),
    }[kind]
    answer = graph.select(shared.query(f"facts.{kind}", entity.term(name)))
    key = "payload:n-acetyl-gamma-calicheamicin" if kind == "carriers" else name
    told = {(f.subject, f.property, f.value) for f in facts[key]}
    asked = {tuple(row[k].curie for k in ("subject", "property", "value")) for row in answer}
    entities = tuple(f"{kind}:" for kind in (*KINDS, "arm"))
    assert told == {each for each in asked if each[0].startswith(entities) and each[1] != "lkg:arm"}


def test_a_fact_names_where_it_is_said_and_whether_it_was_seen(library):
    cells = Frame(library, static("../")).cells
    made = cells.cite([("reference:kantarjian-2016-nejm", 'Table "2"', "recalled")])
    assert 'href="#reference.kantarjian-2016-nejm"' in made
    assert 'data-at="Table &#34;2&#34;"' in made and "data-recalled" in made
    assert ">New England Journal of Medicine 2016<" in made


def test_a_retold_result_marks_the_conflict_that_it_is_in(library):
    cells = Frame(library, static("../")).cells
    node = next(iter(library.disputed))
    assert "conflicts.html#conflict." in cells.cite([], [node])


def test_dates_show_what_is_known_of_them(library):
    day = {fact.value for fact in library.facts.of["trial:NCT01564784"]}
    assert "2012-08-27" in day
    assert not [
        fact.value
        for facts in library.facts.of.values()
        for fact in facts
        if fact.property == "lkg:datePrecision"
    ]


def test_headings_are_words():
    assert heading("priorLines") == "Prior lines"
    assert heading("payload_class") == "Payload class"
    assert heading("drugLabel") == "Drug"
