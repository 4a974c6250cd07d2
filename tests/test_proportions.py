"""Pooling agrees with published examples to their printed precision, and obeys its laws."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.proportions import pool_effects, pool_proportions

# Colditz et al., JAMA 1994;271:698: cases and not, vaccinated with BCG and not.
BCG = [
    (4, 119, 11, 128),
    (6, 300, 29, 274),
    (3, 228, 11, 209),
    (62, 13536, 248, 12619),
    (33, 5036, 47, 5761),
    (180, 1361, 372, 1079),
    (8, 2537, 10, 619),
    (505, 87886, 499, 87892),
    (29, 7470, 45, 7232),
    (17, 1699, 65, 1600),
    (186, 50448, 141, 27197),
    (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
]


def log_risk_ratio(a, b, c, d):
    return math.log(a / (a + b) / (c / (c + d))), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)


def test_the_bcg_trials_as_metafor_and_stata_pool_them():
    """metafor's own tests print estimate, interval (Stata's metan) and Q of this example."""
    effects, variances = zip(*(log_risk_ratio(*row) for row in BCG), strict=True)
    found = pool_effects(effects, variances)
    assert round(found.estimate, 4) == -0.7141
    assert (round(found.lower, 4), round(found.upper, 4)) == (-1.0644, -0.3638)
    assert (round(found.q, 4), found.q_df) == (152.2330, 12)
    assert (round(found.tau2, 4), round(found.i2, 2)) == (0.3088, 92.12)
    assert found.q_p < 1e-4


def test_proportions_on_the_logit_scale_as_prometar_prints_them():
    """The example of ProMetaR's vignette; Q and I2 do not depend on the estimator of tau2."""
    found = pool_proportions([(12, 100), (25, 150), (18, 120), (40, 200)])
    assert (round(found.q, 4), found.q_df, round(found.q_p, 4)) == (3.3643, 3, 0.3388)
    assert round(found.i2, 4) == 10.8286


def test_the_prediction_interval_is_that_of_higgins_thompson_and_spiegelhalter():
    """Mean +- t(k - 2) times the root of tau2 and the squared error; t(11) at 97.5 % is 2.201."""
    effects, variances = zip(*(log_risk_ratio(*row) for row in BCG), strict=True)
    found = pool_effects(effects, variances)
    error = (found.upper - found.estimate) / 1.959964
    half = 2.200985 * math.sqrt(found.tau2 + error**2)
    assert found.prediction_lower == pytest.approx(found.estimate - half, abs=1e-5)
    assert found.prediction_upper == pytest.approx(found.estimate + half, abs=1e-5)


def test_alike_studies_are_as_one_without_heterogeneity():
    found = pool_proportions([(20, 50), (40, 100)])
    assert found.estimate == pytest.approx(40)
    assert (found.tau2, found.i2) == (0, 0)
    assert found.prediction_lower is None  # two studies say nothing about a third


def test_only_studies_of_none_or_all_are_corrected():
    plain, none = pool_proportions([(10, 40)]), pool_proportions([(0, 40)])
    assert plain.estimate == pytest.approx(25)
    assert none.estimate == pytest.approx(100 * 0.5 / 41)


@pytest.mark.parametrize("studies", [[], [(5, 4)], [(-1, 4)], [(0, 0)]])
def test_what_is_no_proportion_is_refused(studies):
    with pytest.raises(ValueError, match=r"proportion|at least one"):
        pool_proportions(studies)


proportion = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
studies = st.lists(proportion, min_size=1, max_size=12)


def corrected(n, total):
    return 100 * (n + 0.5) / (total + 1) if n in (0, total) else 100 * n / total


@given(studies)
def test_the_estimate_lies_within_the_studies_and_the_intervals_around_it(found):
    pooled = pool_proportions(found)
    values = [corrected(*each) for each in found]
    assert min(values) - 1e-6 <= pooled.estimate <= max(values) + 1e-6
    assert 0 <= pooled.lower <= pooled.estimate <= pooled.upper <= 100
    if pooled.prediction_lower is not None:
        assert pooled.prediction_lower <= pooled.lower + 1e-9
        assert pooled.upper <= pooled.prediction_upper + 1e-9
    assert sum(pooled.weights) == pytest.approx(100)
    assert pooled.tau2 >= 0 and 0 <= pooled.i2 <= 100


@given(studies, st.randoms())
def test_the_order_of_studies_does_not_matter(found, random):
    mixed = list(found)
    random.shuffle(mixed)
    one, other = pool_proportions(found), pool_proportions(mixed)
    assert one.estimate == pytest.approx(other.estimate)
    assert one.upper == pytest.approx(other.upper)
    assert one.tau2 == pytest.approx(other.tau2, abs=1e-9)


@given(proportion.filter(lambda each: 0 < each[0] < each[1]))
def test_one_study_pools_to_itself_and_ten_times_it_is_surer(study):
    n, total = study
    one = pool_proportions([study])
    assert one.estimate == pytest.approx(100 * n / total)
    larger = pool_proportions([(10 * n, 10 * total)])
    assert larger.upper - larger.lower < one.upper - one.lower


@given(proportion)
def test_exact_intervals_are_those_of_statsmodels_and_grow_with_the_count(study):
    from statsmodels.stats.proportion import proportion_confint

    from kg.intervals import interval

    n, total = study
    low, high = interval(n, total, 0.95, "exact")
    theirs = proportion_confint(n, total, alpha=0.05, method="beta")
    assert (low / 100, high / 100) == pytest.approx(theirs, abs=1e-9)
    if n < total:
        more = interval(n + 1, total, 0.95, "exact")
        assert low < more[0] and high <= more[1]
