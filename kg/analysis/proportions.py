"""Random-effects pooling, of effects with their variances and of proportions.

The computing is statsmodels'; here is which method, and what each number means.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log, sqrt

import msgspec

from kg.errors import MissingExtra

_LEVEL = 0.95


class Pooled(msgspec.Struct, frozen=True, rename="camel"):
    """A random-effects summary of k studies.

    Attributes:
        estimate, lower, upper: mean of the distribution of true effects and its 95 %
            interval (normal).
        prediction_lower, prediction_upper: where the true effect of a new study of the same
            kind lies with 95 % probability: Higgins, Thompson and Spiegelhalter, J R Stat Soc
            A 2009;172:137, formula 12, with Student's t of k - 2 degrees of freedom; None
            below three studies.
        tau2: variance of the true effects between studies, on the scale of pooling, by
            DerSimonian and Laird, Control Clin Trials 1986;7:177.
        q, q_df, q_p: Cochran's Q, its degrees of freedom, and the p of homogeneity.
        i2: share of the variation between studies that is not chance, per cent, at least 0:
            Higgins and Thompson, Stat Med 2002;21:1539.
        weights: share of each study in the estimate, per cent, in the order given.
    """

    estimate: float
    lower: float
    upper: float
    prediction_lower: float | None
    prediction_upper: float | None
    tau2: float
    q: float
    q_df: int
    q_p: float | None
    i2: float
    weights: tuple[float, ...]

    @property
    def heterogeneity(self) -> str:
        """How far the studies are from one another, and where a new one would lie."""
        chance = "" if self.q_p is None else f", p {_p(self.q_p)}"
        said = f"heterogeneity: I² {self.i2:.0f} %, τ² {self.tau2:.2f} (logit), "
        said += f"Q {self.q:.1f} on {self.q_df} df{chance}"
        if self.prediction_lower is None or self.prediction_upper is None:
            return said
        return (
            f"{said}; 95 % prediction interval "
            f"{self.prediction_lower:.1f} to {self.prediction_upper:.1f}"
        )


def _p(value: float) -> str:
    return "< 0.001" if value < 0.001 else f"= {value:.3f}"


def pool_effects(effects: Sequence[float], variances: Sequence[float]) -> Pooled:
    """Pool effects on an unbounded scale (logits, log ratios), as they are.

    A single study pools to itself, with its own interval.

    Raises:
        ValueError: no study, unequal lengths, or a variance that is not above 0.
        MissingExtra: statsmodels is not installed.
    """
    if not effects or len(effects) != len(variances) or min(variances) <= 0:
        raise ValueError("pooling takes as many effects as variances, at least one, all above 0")
    import numpy as np
    from scipy.special import chdtrc, ndtri, stdtrit

    half = float(ndtri((1 + _LEVEL) / 2))
    k = len(effects)
    if k == 1:
        mean, spread = effects[0], half * sqrt(variances[0])
        return Pooled(mean, mean - spread, mean + spread, None, None, 0, 0, 0, None, 0, (100.0,))
    try:
        from statsmodels.stats.meta_analysis import combine_effects
    except ImportError:
        raise MissingExtra(
            "pooling needs statsmodels: pip install 'leukemia-kg[analysis]'"
        ) from None

    with np.errstate(divide="ignore", invalid="ignore"):
        found = combine_effects(np.asarray(effects), np.asarray(variances), method_re="dl")
    # statsmodels leaves the estimate of tau2 below 0 where Q is below its degrees of freedom;
    # it is then 0, as DerSimonian and Laird say, and random effects are fixed effects.
    tau2, q = max(0.0, float(found.tau2)), max(0.0, float(found.q))
    kind = "re" if tau2 else "fe"
    mean, error, shares = (
        getattr(found, f"{name}_{kind}") for name in ("mean_effect", "sd_eff_w", "weights_rel")
    )
    mean, error = float(mean), float(error)
    low, high = None, None
    if k > 2:
        spread = float(stdtrit(k - 2, (1 + _LEVEL) / 2)) * sqrt(tau2 + error**2)
        low, high = mean - spread, mean + spread
    weights = tuple(100 * float(each) for each in shares)
    return Pooled(
        mean,
        mean - half * error,
        mean + half * error,
        low,
        high,
        tau2,
        q,
        k - 1,
        float(chdtrc(k - 1, q)),
        100 * float(found.i2) if tau2 else 0.0,
        weights,
    )


def pool_proportions(studies: Sequence[tuple[int, int]]) -> Pooled:
    """Pool n of N on the logit scale; estimate, interval and prediction come in per cent.

    A study of 0 or N of N, whose logit is infinite, gets half a patient added on each side
    (0.5 to n, 1 to N), and only such a study. tau2 and Q stay on the logit scale. The
    estimate so lies between the smallest and largest proportion, the corrected among them.

    Args:
        studies: (n, N), with 0 <= n <= N and N > 0.

    Raises:
        ValueError: a study that is no proportion, or none.
    """
    if any(not 0 <= n <= total or not total for n, total in studies):
        raise ValueError("a proportion is n of N with 0 <= n <= N and N above 0")
    corrected = [
        (n + 0.5, total + 1.0) if n in (0, total) else (float(n), float(total))
        for n, total in studies
    ]
    found = pool_effects(
        [log(n / (total - n)) for n, total in corrected],
        [1 / n + 1 / (total - n) for n, total in corrected],
    )
    names = ("estimate", "lower", "upper", "prediction_lower", "prediction_upper")
    back = {name: _per_cent(getattr(found, name)) for name in names}
    return msgspec.structs.replace(found, **back)


def _per_cent(logit: float | None) -> float | None:
    return None if logit is None else 100 / (1 + exp(-logit))
