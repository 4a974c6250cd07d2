"""The guard: each dimension stands against a ranking, and its near miss does not."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.choice import best_first
from kg.analysis.comparability import differences
from kg.analysis.lines import Line
from kg.analysis.records import Arm, Result

ARM = Arm(
    id="arm:one",
    label="drug",
    trial="trial:one",
    trial_label="ONE",
    drugs=("drug",),
    settings=("relapsed-refractory",),
    age_low=18,
    requires=("FLT3-ITD",),
    diseases=("AML",),
    randomized=False,
)
RESULT = Result(
    outcome="outcome:1",
    reference="reference:paper",
    reference_type="Article",
    issued="2020-01-31",
    trial="trial:one",
    arm="arm:one",
    measure="measure:cr-or-cri",
    count=30,
    total=60,
    unit="%",
    population="intention-to-treat",
    assessor="investigator",
    criteria="ELN 2022",
    timing="best",
    follow_up=12,
)
ONE = Line(
    name="ONE",
    arm=ARM,
    endpoint="cr-or-cri",
    result=RESULT,
    value=50,
    lower=36.8,
    upper=63.2,
    computed=(),
    others=(),
)


def other(**changed):
    """A line of another trial, alike but for what is changed."""
    names = set(Arm.__struct_fields__)
    arm = {name: value for name, value in changed.items() if name in names}
    result = {
        name: value for name, value in changed.items() if name not in names and name != "endpoint"
    }
    replace = msgspec.structs.replace
    return replace(
        ONE,
        arm=replace(ARM, **{"id": "arm:two", "trial": "trial:two", "trial_label": "TWO"} | arm),
        result=replace(RESULT, trial="trial:two", arm="arm:two", **result),
        endpoint=changed.get("endpoint", ONE.endpoint),
    )


def found(*lines, **options):
    return differences(lines, lambda line: line.arm.trial_label, **options)


def reasons(*lines, **options):
    return [each.dimension for each in found(*lines, **options) if each.reason]


def test_lines_that_are_alike_are_comparable():
    assert found(ONE, other()) == []


@pytest.mark.parametrize(
    ("dimension", "changed", "near"),
    [
        ("line of therapy", {"settings": ("newly-diagnosed",)}, {"prior_lines": 1}),
        ("line of therapy", {"prior_lines": 2}, {"prior_lines": 1}),
        ("line of therapy", {"after": ("venetoclax",)}, {"prior_lines": 1}),
        ("age", {"age_low": 60.0}, {"age_low": 18.0}),
        ("age", {"age_high": 21.0}, {"age_high": None}),
        ("age", {"age_low": None}, {"age_low": 18.0}),
        ("fitness", {"fitness": "unfit"}, {"fitness": ""}),
        ("biomarker", {"requires": ("IDH1",)}, {"requires": ("FLT3-ITD",)}),
        ("biomarker", {"excludes": ("BCR::ABL1",)}, {"excludes": ()}),
        ("biomarker", {"requires": ()}, {"excludes": ()}),
        ("disease", {"diseases": ("ALL",)}, {"diseases": ("AML",)}),
        ("design", {"randomized": True}, {"hypothesis": "single-arm"}),
        ("design", {"randomized": None}, {"role": "single"}),
        ("endpoint definition", {"endpoint": "cr-or-crh-or-cri"}, {"endpoint": "cr-or-cri"}),
        ("criteria", {"criteria": "iwCLL 2018"}, {"criteria": "ELN 2022"}),
        ("threshold", {"threshold": "10^-4"}, {"threshold": ""}),
        ("denominator", {"population": "infused"}, {"population": "intention-to-treat"}),
        ("denominator", {"population": "unstated"}, {"grade": "any"}),
        ("denominator", {"among": "measure:complete-remission"}, {"among": ""}),
        ("denominator", {"subgroup": "TP53"}, {"subgroup": ""}),
        ("assessor", {"assessor": "regulator"}, {"assessor": "investigator"}),
        ("assessor", {"assessor": "unstated"}, {"total": 61}),
        ("time point", {"timing": "by", "time_point": 3.0}, {"time_point": None}),
        ("follow-up", {"follow_up": 18.5}, {"follow_up": 17.5}),
        ("follow-up", {"follow_up": None}, {"follow_up": 12.0}),
    ],
)
def test_each_dimension_and_its_near_miss(dimension, changed, near):
    assert reasons(ONE, other(**changed)) == [dimension]
    assert reasons(ONE, other(**near)) == []


def test_what_was_given_matters_to_a_pooling_alone():
    combined = other(drugs=("azacitidine", "drug"))
    assert reasons(ONE, combined) == []
    assert reasons(ONE, combined, extra=("treatment",)) == ["treatment"]


def test_a_reason_names_who_has_what_and_what_is_not_stated():
    (said,) = found(ONE, other(age_low=None))
    assert str(said) == "age: 18 and over (ONE); not stated (TWO)"


def test_what_no_source_states_is_said_and_is_no_reason():
    silent = {"assessor": "unstated"}
    mute = msgspec.structs.replace(ONE, result=msgspec.structs.replace(RESULT, **silent))
    (said,) = found(mute, other(**silent))
    assert (said.dimension, said.reason) == ("assessor", False)


def test_randomised_arms_of_one_trial_have_the_same_patients():
    replace = msgspec.structs.replace
    drug = replace(ONE, arm=replace(ARM, randomized=True))
    control = replace(drug, arm=replace(drug.arm, id="arm:control", age_low=None, requires=()))
    cohort = replace(ONE, arm=replace(ARM, id="arm:cohort", requires=()))
    assert reasons(drug, control) == []
    assert reasons(ONE, cohort) == ["biomarker"]


def test_one_trial_is_not_compared_across_its_data_cuts():
    later = msgspec.structs.replace(RESULT, reference="reference:update")
    cohort = msgspec.structs.replace(
        ONE, arm=msgspec.structs.replace(ARM, id="arm:cohort"), result=later
    )
    assert reasons(ONE, cohort) == ["data cut"]


@given(st.permutations([ONE, other(age_low=60.0), other(assessor="regulator")]))
def test_the_order_of_lines_does_not_matter(lines):
    assert reasons(*lines) == ["age", "assessor"]


@pytest.mark.parametrize(
    "better",
    [
        {"population": "agency-set"},
        {"reference_type": "Label"},
        {"data_cutoff": "2020-06-30"},
        {"issued": "2019-12-31"},
        {"lower": 40.0},
    ],
)
def test_the_rule_of_choice(better):
    """Set before source before data cut before completeness, each against a later advantage."""
    replace = msgspec.structs.replace
    order = ["population", "reference_type", "data_cutoff", "issued", "lower"]
    weaker = {
        "population": {"population": "treated", "reference_type": "Label"},
        "reference_type": {"reference_type": "PressArticle", "issued": "2026-01-31"},
        "data_cutoff": {"data_cutoff": "2020-01-31", "lower": 40.0},
        "issued": {"issued": "2019-06-30", "lower": 40.0},
        "lower": {},
    }
    (name,) = better
    assert name in order
    first = replace(RESULT, outcome="outcome:z", **better)
    second = replace(RESULT, outcome="outcome:a", **weaker[name])
    assert best_first([second, first], {})[0] is first


def test_the_whole_arm_comes_before_a_part_of_it_and_before_a_subgroup():
    replace = msgspec.structs.replace
    part = replace(ARM, id="arm:first-218", part_of="arm:one")
    arms = {"arm:one": ARM, "arm:first-218": part}
    whole = replace(RESULT, population="unstated", reference_type="PressArticle")
    parts = [replace(RESULT, arm="arm:first-218"), replace(RESULT, subgroup="TP53"), whole]
    assert best_first(parts, arms)[0] is whole
