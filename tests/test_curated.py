"""Reading the curated tables: a bad row says file, line, column, and what would be right."""

import pytest
from conftest import SMALL
from pyoxigraph import Literal

from kg import resources
from kg.errors import TableError
from kg.model import Description, Fact, Node
from kg.sources import curated
from kg.sources.curated.tables import MAPPINGS, TABLES
from kg.vocabulary import lkg, rdfs


def changed(table, index=0, **cells):
    rows = [dict(row) for row in SMALL[table]]
    rows[index].update(cells)
    return {table: rows}


def test_the_small_tables_are_sound(tables):
    kinds = {type(claim) for claim in curated.claims(tables())}
    assert kinds == {Description, Fact, Node}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (changed("outcomes", count="nine"), "outcomes.tsv:2: count: 'nine' is not a whole number"),
        (changed("outcomes", population="ITT"), "outcomes.tsv:2: population: 'ITT' is not one of"),
        (changed("outcomes", measure="drug:x"), "must start with measure:"),
        (changed("outcomes", reference=""), "outcomes.tsv:2: reference: must not be empty"),
        (changed("outcomes", reported=""), "reported: must not be empty"),
        (changed("outcomes", value="18.0x"), "value: '18.0x' is not a number"),
        (changed("outcomes", arm="arm:gone"), "arm:gone is described in no table"),
        (changed("outcomes", checked="seen"), "checked: 'seen' is not one of: source, recalled"),
        (changed("outcomes", locator=" abstract"), "has spaces at its ends"),
        (changed("events", date="2017-02-30"), "date: '2017-02-30' is not a day of the calendar"),
        (changed("events", amends="gone"), "no row of events has the key gone"),
        (changed("events", amends="us-2017"), "goes in a circle"),
        (changed("facts", predicate="tarjet"), "'tarjet' is not a property of the vocabulary"),
        (changed("facts", reference="reference:gone"), "reference:gone is described in no table"),
        (changed("drugs", type="Antibody"), "type: 'Antibody' is not one of"),
        (changed("drugs", id="drog:x"), "must start with drug:"),
        (changed("drugs", synonyms="a||b"), "an empty value between bars"),
        (changed("references", pmid="PMC1"), "pmid: 'PMC1' does not look like"),
        (changed("references", doi="doi.org/1"), "does not look like doi"),
        (changed("references", url="javascript:x"), "is not an http(s) address"),
        (changed("trials", label=""), "no row of trial:NCT01134575 has one"),
        (changed("facts", index=1, reference="reference:paper-2012"), "stands twice"),
        ({"diseases": SMALL["diseases"][::-1]}, "not sorted: run 'kg validate --fix'"),
    ],
)
def test_a_bad_cell_is_told_with_its_place_and_remedy(tables, change, says):
    with pytest.raises(TableError) as error:
        list(curated.claims(tables(**change)))
    assert says in str(error.value)


def test_every_problem_is_told_at_once(tables):
    with pytest.raises(TableError) as error:
        list(curated.claims(tables(**changed("outcomes", count="x", value="y"))))
    assert len(str(error.value).splitlines()) == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"id\tlabel\n", "the header must be"),
        (b"\xff\xfe", "not UTF-8"),
        (b"", "the header must be"),
        ("\t".join(TABLES["targets"].columns).encode() + b"\nx\ty\n", "2 cells, but the header"),
    ],
)
def test_a_file_that_is_no_table_is_told(tables, content, says):
    folder = tables()
    (folder / "targets.tsv").write_bytes(content)
    with pytest.raises(TableError, match=says):
        list(curated.claims(folder))


def test_an_unknown_file_is_told(tables):
    folder = tables()
    (folder / "drugz.tsv").write_text("")
    with pytest.raises(TableError, match=r"drugz.tsv: not a curated table"):
        list(curated.claims(folder))


def test_fix_sorts_and_trims(tables):
    folder = tables(diseases=SMALL["diseases"][::-1])
    curated.fix(folder)
    assert list(curated.claims(folder))


def test_an_event_points_to_what_it_amends(tables):
    label = {**SMALL["events"][0], "key": "us-2024", "eventType": "label-change"}
    later = {**label, "date": "2024-03-06", "amends": "us-2017"}
    events = _nodes(tables(events=[SMALL["events"][0], later]))
    first, second = (each for each in events if each.subject.value.find("/event/") > 0)
    assert (lkg.amends, first.subject) in second.pairs


def test_a_partial_date_keeps_its_precision(tables):
    claims = list(curated.claims(tables()))
    press = next(c for c in claims if c.subject.value.endswith("press-2011"))
    assert (lkg.datePrecision, Literal("month")) in press.pairs


def test_the_name_of_a_node_does_not_depend_on_locator_and_mark(tables):
    before = _nodes(tables())
    after = _nodes(tables(**changed("outcomes", locator="Table 2", checked="recalled")))
    assert {node.subject for node in before} == {node.subject for node in after}
    other = _nodes(tables(**changed("outcomes", count="10")))
    assert {node.subject for node in before} != {node.subject for node in other}


def test_labels_of_nodes_say_what_they_say(tables):
    labels = {dict(node.pairs)[rdfs.label].value for node in _nodes(tables())}
    assert "inotuzumab ozogamicin: complete remission 9 (18%)" in labels


def _nodes(folder):
    return [claim for claim in curated.claims(folder) if isinstance(claim, Node)]


def test_every_packaged_table_is_known_and_licensed():
    assert {path.stem for path in resources.CURATION.glob("*.tsv")} <= set(TABLES)
    assert resources.mappings().stem == MAPPINGS.name
    assert (resources.CURATION / "LICENSE").exists()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (changed("drugs", definition="a\x00b"), "a control character"),
        (changed("drugs", definition="x" * 30_000), "30,000 characters"),
        (changed("outcomes", count="1" + "0" * 29), "is not a whole number"),
        (changed("facts", reference="x"), "facts.tsv:2: reference: 'x' must start with reference:"),
        (changed("references", supersededBy="reference:fda-2017"), "does not supersede itself"),
        (changed("references", url="http://[bad"), "is not an http(s) address"),
    ],
)
def test_hostile_cells_are_told(tables, change, says):
    with pytest.raises(TableError) as error:
        list(curated.claims(tables(**change)))
    assert says in str(error.value)


def test_an_empty_folder_is_told(tmp_path):
    with pytest.raises(TableError, match="no curated table there"):
        list(curated.claims(tmp_path))


def test_fix_keeps_a_table_that_has_only_a_header(tables):
    folder = tables(regimens=[])
    before = (folder / "regimens.tsv").read_text()
    curated.fix(folder)
    assert (folder / "regimens.tsv").read_text() == before
