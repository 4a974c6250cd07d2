"""From the text of a cell to an RDF term, by the range of its column."""

from __future__ import annotations

import re
from decimal import Decimal

from pyoxigraph import NamedNode

from kg import identifiers
from kg.dates import parse_date
from kg.model import Term, text, typed
from kg.vocabulary import ENTITY_PREFIXES, Range, iri


def term(value: str, expected: Range) -> Term:
    """The term that a cell's value stands for.

    Raises:
        ValueError: the value is not of the expected kind; the message says what would be.
    """
    if value != value.strip():
        raise ValueError(f"{value!r} has spaces at its ends: remove them")
    match expected.datatype:
        case "":
            return entity(value, expected.prefixes)
        case "string":
            return _string(value, expected.codes)
        case "integer":
            return typed(_matching(value, r"0|[1-9]\d{0,14}", "a whole number like 109"), "integer")
        case "decimal":
            number = _matching(value, r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?", "a number like 80.7")
            return typed(_plain(number), "decimal")
        case "boolean":
            return typed(_matching(value, "true|false", "true or false"), "boolean")
        case "date":
            return typed(parse_date(value)[0].isoformat(), "date")
        case other:
            raise AssertionError(f"no cell is of type {other}")


def entity(value: str, prefixes: tuple[str, ...]) -> NamedNode:
    """The IRI of a CURIE with one of the given prefixes (any of ours, if none are given)."""
    prefix = value.partition(":")[0]
    allowed = prefixes or tuple(ENTITY_PREFIXES)
    if prefix not in allowed:
        raise ValueError(f"{value!r} must start with " + " or ".join(f"{p}:" for p in allowed))
    if prefix in ENTITY_PREFIXES:
        return iri(value)
    if wrong := identifiers.problem(value):
        raise ValueError(wrong)
    return NamedNode(identifiers.expand(value))


def _matching(value: str, pattern: str, example: str) -> str:
    if not re.fullmatch(pattern, value):
        raise ValueError(f"{value!r} is not {example}")
    return value


def _string(value: str, codes: tuple[str, ...]) -> Term:
    if codes and value not in codes:
        raise ValueError(f"{value!r} is not one of: {', '.join(codes)}")
    return text(value)


def _plain(number: str) -> str:
    """The canonical lexical form, which the store would make of it anyway."""
    exact = Decimal(number)
    return str(int(exact)) if exact == exact.to_integral_value() else format(exact.normalize(), "f")
