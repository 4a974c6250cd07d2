import pytest

from kg.errors import VocabularyError
from kg.vocabulary import CODES, ENTITY_PREFIXES, PREFIXES, PROPERTIES, curie, iri, lkg


def test_a_misspelt_term_raises():
    assert lkg.target.value == "https://w3id.org/leukemia-kg/vocab#target"
    with pytest.raises(VocabularyError, match="tarjet"):
        _ = lkg.tarjet


@pytest.mark.parametrize("bad", ["drug", "drog:x", "drug:", "drug:a b", "drug:<x>", "drug:x."])
def test_a_bad_curie_raises(bad):
    with pytest.raises(VocabularyError):
        iri(bad)


@pytest.mark.parametrize("short", ["drug:a", "measure:mr4.5", "adverse-event:x", "lkg:target"])
def test_curies_survive_a_round_trip(short):
    assert curie(iri(short).value) == short


def test_foreign_iris_stay_whole():
    assert curie("https://example.org/x") == "https://example.org/x"


def test_every_code_list_belongs_to_a_property():
    assert set(CODES) <= set(PROPERTIES)


def test_ranges_name_known_prefixes():
    used = {prefix for each in PROPERTIES.values() for prefix in each.prefixes}
    assert used - {"hgnc"} <= set(ENTITY_PREFIXES) <= set(PREFIXES)
