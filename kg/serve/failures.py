"""Errors of this package as those of HTTP."""

from __future__ import annotations

import re

from kg.errors import (
    AmbiguousName,
    Mismatch,
    UnknownName,
    UnknownQuestion,
    UsageError,
    VocabularyError,
)
from kg.serve.frames import TooLarge
from kg.serve.job import Failure


class Missing(Exception):
    """There is no such page."""


# The first that fits decides. What is well-formed and cannot be answered is a conflict (409).
_STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (UnknownName, 404),
    (UnknownQuestion, 404),
    (VocabularyError, 404),
    (Missing, 404),
    (AmbiguousName, 409),
    (Mismatch, 409),
    (UsageError, 400),
    (TooLarge, 503),
)


def failure(error: Exception) -> Failure:
    """Why there is no answer: its status, its kind ("unknown-name"), and what could be meant."""
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)
    candidates = error.candidates if isinstance(error, UsageError) else ()
    return Failure(status, str(error), _kebab(type(error).__name__), list(candidates))


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
