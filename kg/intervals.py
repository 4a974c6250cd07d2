"""Whether a reported interval can come from the reported count and total.

A proportion's interval is recomputed by the method that its source names (exact, that is
Clopper-Pearson, or Wilson), else by each of the usual ones; where even the nearest is off
by more than rounding allows, one of the numbers is wrong or not about the same patients.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.rows import Row, Rows

Select = Callable[[str], Rows]

_QUERY = """SELECT ?s ?count ?total ?lower ?upper ?level ?method WHERE {
  ?s lkg:count ?count ; lkg:total ?total ; lkg:lower ?lower ; lkg:upper ?upper ; lkg:unit "%" .
  OPTIONAL { ?s lkg:confidenceLevel ?level }
  OPTIONAL { ?s lkg:method ?method }
}"""
_NAMED = {"clopper": "exact", "exact": "exact", "wilson": "wilson"}
_LOOSE = 0.5  # percentage points, where the method is not named


def impossible(select: Select) -> list[tuple[str, str]]:
    """IRI and explanation of each result whose interval cannot be that of its count and total."""
    found = []
    for row in select(_QUERY):
        if detail := _problem(row):
            found.append((str(row["s"]), detail))
    return found


def _problem(row: Row) -> str:
    count, total = int(str(row["count"])), int(str(row["total"]))
    if not 0 <= count <= total or not total:
        return ""  # another check says so
    printed = (str(row["lower"]), str(row["upper"]))
    level = float(str(row["level"] or 95)) / 100
    named = next((m for word, m in _NAMED.items() if word in str(row["method"] or "").lower()), "")
    computed = {m: interval(count, total, level, m) for m in (named,) if m} or {
        m: interval(count, total, level, m) for m in ("exact", "wilson", "normal")
    }
    if any(_same(printed, bounds, loose=not named) for bounds in computed.values()):
        return ""
    would = "; ".join(f"{m} {low:.1f}-{high:.1f}" for m, (low, high) in computed.items())
    return (
        f"{printed[0]}-{printed[1]} is not the interval of {count}/{total} ({would}): "
        "look again, or record the conflict without the interval"
    )


def interval(count: int, total: int, level: float, method: str) -> tuple[float, float]:
    """Bounds in per cent of a proportion's interval: "exact", "wilson" or "normal"."""
    from scipy.special import betaincinv, ndtri  # scipy.stats takes a second to import

    tail = (1 - level) / 2
    share, quantile = count / total, ndtri(1 - tail)
    if method == "exact":  # Clopper and Pearson, Biometrika 1934
        low = betaincinv(count, total - count + 1, tail) if count else 0.0
        high = betaincinv(count + 1, total - count, 1 - tail) if count < total else 1.0
    elif method == "wilson":  # Wilson, J Am Stat Assoc 1927
        middle = (share + quantile**2 / (2 * total)) / (1 + quantile**2 / total)
        spread = (share * (1 - share) / total + quantile**2 / (4 * total**2)) ** 0.5
        half = quantile * spread / (1 + quantile**2 / total)
        low, high = middle - half, middle + half
    else:
        half = quantile * (share * (1 - share) / total) ** 0.5
        low, high = share - half, share + half
    return 100 * float(low), 100 * float(high)


def _same(printed: tuple[str, str], bounds: tuple[float, float], loose: bool) -> bool:
    for text, bound in zip(printed, bounds, strict=True):
        rounding = 0.5 * 10.0 ** -len(text.partition(".")[2])
        if abs(float(text) - bound) > rounding + (_LOOSE if loose else 0.05):
            return False
    return True
