import pytest

from kg.identifiers import AUTHORITIES, converter, expand, problem


@pytest.mark.parametrize("authority", AUTHORITIES, ids=lambda each: each.prefix)
def test_the_example_of_each_authority_is_right(authority):
    assert problem(authority.example) == ""
    assert converter().compress(expand(authority.example)) == authority.example


# Seen in public records of MyChem and of the CAS registry.
@pytest.mark.parametrize("good", ["unii:8A1O1M485B", "unii:DPT0O3T46P", "cas:152459-95-5"])
def test_right_check_digits_pass(good):
    assert problem(good) == ""


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("unii:8A1O1M485C", "check digit"),
        ("cas:152459-95-4", "check digit"),
        ("MONDO:4967", "does not look like"),
        ("nonsense:1", "not an authority"),
        ("hgnc:CD22", "does not look like"),
    ],
)
def test_wrong_identifiers_are_told(bad, says):
    assert says in problem(bad)


def test_other_spellings_of_a_prefix_are_one_identifier():
    assert expand("HGNC:1643") == expand("hgnc:1643")
