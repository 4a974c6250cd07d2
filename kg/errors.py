"""Everything that can go wrong, in one tree.

::

    KGError                      the root: catch this one
    ├── UsageError               the question was wrong
    │   ├── UnknownName          no entity of that name (with near spellings)
    │   ├── AmbiguousName        several entities of that name (with candidates)
    │   ├── UnknownQuestion      no competency question of that name
    │   ├── BadParameter         a parameter is missing, unknown or of the wrong kind
    │   │   └── Mismatch         each is right, but they do not go together
    │   ├── MissingExtra         an optional part of the installation is missing
    │   └── QueryError           SPARQL that does not parse or cannot be evaluated
    ├── DataError                the data was wrong
    │   ├── VocabularyError      a term, prefix or code outside the vocabulary
    │   ├── TableError           a bad cell or row of a curated table
    │   └── InvalidData          shapes or checks found something
    └── StoreError               the place was wrong
        ├── NoStore              nothing has been built there
        ├── DamagedStore         what was built there has changed since
        ├── BuildInProgress      another build holds the lock
        ├── OutputError          a result cannot be written there
        └── RemoteError          a remote endpoint did not answer as SPARQL does

Every message names the file or input, the place in it and the remedy.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class KGError(Exception):
    """The root of all errors that this package raises on purpose."""


class Candidate(NamedTuple):
    """What could have been meant: its id (of a question, its name) and its label."""

    id: str
    label: str


class UsageError(KGError):
    """What was asked cannot be answered as it was asked.

    Attributes:
        candidates: of a name that is unknown or has several meanings, what it could mean.
    """

    def __init__(self, message: str, candidates: Iterable[Candidate] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class UnknownName(UsageError):
    """No entity has this name; the message lists near spellings."""


class AmbiguousName(UsageError):
    """Several entities have this name; the message lists them."""


class UnknownQuestion(UsageError):
    """There is no competency question of this name."""


class BadParameter(UsageError):
    """A parameter is missing, unknown, or not of its kind."""


class Mismatch(BadParameter):
    """Parameters that are right one by one, and cannot be answered together."""


class MissingExtra(UsageError):
    """What was asked needs an extra of this package; the message says how to install it."""


class QueryError(UsageError):
    """The SPARQL text does not parse or cannot be evaluated."""


class DataError(KGError):
    """Knowledge that cannot be accepted as it stands."""


class VocabularyError(DataError):
    """A term, prefix or code that the vocabulary does not have."""


class TableError(DataError):
    """One or more bad rows of curated tables; one line each."""


class InvalidData(DataError):
    """A built graph broke shapes or checks; the findings are attached.

    Attributes:
        findings: the :class:`kg.validation.Finding` objects.
    """

    def __init__(self, message: str, findings: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class StoreError(KGError):
    """A store or an output place that cannot be used."""


class NoStore(StoreError):
    """There is no built store at this place."""


class DamagedStore(StoreError):
    """Files of the store differ from the manifest written at the build."""


class BuildInProgress(StoreError):
    """Another process is building into the same place."""


class OutputError(StoreError):
    """A result cannot be written where it was asked to be."""


class RemoteError(StoreError):
    """A remote endpoint failed or did not answer in SPARQL results."""
