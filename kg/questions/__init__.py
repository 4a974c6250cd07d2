"""Competency questions: one SPARQL file each; its name is its name everywhere.

A file begins with header lines::

    #+ summary: what the question asks, in a user's words
    #+ group: conjugates | targets | trials | safety | regulation | disease | provenance | coverage
    #+ param: drug drug the drug, by any of its names
    #+ param: since date? only what happened since
    #+ example: kg ask status --drug CMC-544

A parameter has a name, a kind (prefixes of entities joined by ``,``, or ``date``,
``text``, ``integer``, ``entity`` for any, or the name of a closed list such as
``setting``) with ``?`` where it is optional, and its meaning. The query holds it as a
line ``VALUES ?drug { drug:inotuzumab-ozogamicin }``: that value makes the file a query
that runs as it is; a given value replaces it. An optional parameter that is not given
removes that line, and every line that ends with ``# with drug``. A question about facts
selects ``?reference``, or ``?references`` separated by spaces: the proof of its rows.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.dates import parse_date
from kg.errors import BadParameter, Candidate, UnknownQuestion, UsageError
from kg.model import text, typed
from kg.vocabulary import CODES

_FOLDER = Path(__file__).parent
_ENTITY = "entity"


@dataclass(frozen=True)
class Parameter:
    """One parameter of a question.

    Attributes:
        name: kebab-case, as on the command line.
        kind: "date", "text", "integer", "entity", a closed list, or prefixes joined by commas.
        optional: whether it may be left out.
        meaning: what it is for.
    """

    name: str
    kind: str
    optional: bool
    meaning: str

    @property
    def variable(self) -> str:
        """The SPARQL variable that holds it."""
        return self.name.replace("-", "_")

    @property
    def is_entity(self) -> bool:
        """Whether its values are names of entities."""
        return self.kind not in ("date", "integer", "text", *CODES)

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The kinds of entity that it takes; empty for any."""
        return () if self.kind == _ENTITY else tuple(self.kind.split(","))


@dataclass(frozen=True)
class Question:
    """A competency question: what it asks and the query that answers it."""

    name: str
    summary: str
    group: str
    parameters: tuple[Parameter, ...]
    example: str
    query: str

    @property
    def takes_day(self) -> bool:
        """Whether it answers about a day by itself."""
        return any(parameter.name == "on" for parameter in self.parameters)

    @property
    def example_values(self) -> dict[str, str]:
        """The parameters of its example, by name; a view of the knowledge is among them."""
        words = shlex.split(self.example)[3:]
        values = zip(words[::2], words[1::2], strict=True)
        return {name.removeprefix("--"): value for name, value in values}

    def entities(
        self, values: Mapping[str, object], find: Callable[[str, tuple[str, ...]], str]
    ) -> list[str]:
        """The IRIs of the entities among parameter values, which :meth:`bind` accepts."""
        kinds = {p.variable: p.prefixes for p in self.parameters if p.is_entity}
        given = {name.replace("-", "_"): value for name, value in values.items()}
        return [find(str(given[name]), kinds[name]) for name in kinds if given.get(name)]

    def faults(
        self, values: Mapping[str, object], find: Callable[[str, tuple[str, ...]], str]
    ) -> dict[str, UsageError]:
        """What is wrong with which of its parameters; nothing where :meth:`bind` takes them."""
        found: dict[str, UsageError] = {}
        for parameter in self.parameters:
            try:
                if values.get(parameter.name):
                    _term(parameter, values, find)
                elif not parameter.optional:
                    raise BadParameter("this is needed")
            except UsageError as error:
                found[parameter.name] = error
        return found

    def bind(
        self, values: Mapping[str, object], find: Callable[[str, tuple[str, ...]], str]
    ) -> str:
        """The query with parameter values filled in.

        Args:
            values: by parameter name, with hyphens or underscores.
            find: from a name and the prefixes it may have to an IRI.

        Raises:
            BadParameter: one is missing, unknown, or not of its kind.
        """
        given = {
            name.replace("_", "-"): value for name, value in values.items() if value is not None
        }
        known = {parameter.name for parameter in self.parameters}
        if unknown := given.keys() - known:
            takes = ", ".join(f"--{name}" for name in sorted(known)) or "no parameters"
            raise BadParameter(f"{self.name} has no --{min(unknown)}; it takes {takes}")
        query = self.query
        for parameter in self.parameters:
            line = re.compile(rf"^\s*VALUES \?{parameter.variable} \{{.*\}}\s*$\n", re.MULTILINE)
            if parameter.name in given:
                bound = f"  VALUES ?{parameter.variable} {{ {_term(parameter, given, find)} }}\n"
                query = line.sub(lambda _, bound=bound: bound, query)  # type: ignore[misc]
            elif parameter.optional:
                needing = rf"^.*# with {parameter.name}$\n"
                query = re.sub(needing, "", line.sub("", query), flags=re.MULTILINE)
            else:
                raise BadParameter(f"{self.name} needs --{parameter.name}: {parameter.meaning}")
        return query


def _term(
    parameter: Parameter,
    given: Mapping[str, object],
    find: Callable[[str, tuple[str, ...]], str],
) -> NamedNode | Literal:
    value, kind = str(given[parameter.name]), parameter.kind
    try:
        match kind:
            case "date":
                return typed(parse_date(value)[0].isoformat(), "date")
            case "integer":
                return typed(str(int(value)), "integer")
            case "text":
                return text(value)
    except ValueError as error:
        raise BadParameter(f"--{parameter.name}: {error}") from None
    if kind in CODES:
        if value not in CODES[kind]:
            listed = ", ".join(CODES[kind])
            raise BadParameter(f"--{parameter.name}: {value!r} is not one of {listed}")
        return text(value)
    return NamedNode(find(value, parameter.prefixes))


def names() -> list[str]:
    """The names of all questions."""
    return sorted(path.stem for path in _FOLDER.glob("*.rq"))


@cache
def load(name: str) -> Question:
    """The question of a name; underscores count as hyphens.

    Raises:
        UnknownQuestion: there is none; the message lists near spellings.
    """
    name = name.replace("_", "-")
    if name not in names():
        import difflib

        near = difflib.get_close_matches(name, names(), n=3, cutoff=0.4)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise UnknownQuestion(
            f"no question is called {name!r}{hint} ('kg ask' lists them)",
            [Candidate(each, load(each).summary) for each in near],
        )
    return _parse(name, (_FOLDER / f"{name}.rq").read_text(encoding="utf-8"))


def _parse(name: str, content: str) -> Question:
    header = re.findall(r"^#\+ (\w+): (.*)$", content, re.MULTILINE)
    fields = dict(header)
    query = re.sub(r"^#\+ .*\n", "", content, flags=re.MULTILINE)
    parameters = tuple(_parameter(value) for key, value in header if key == "param")
    return Question(
        name, fields["summary"], fields["group"], parameters, fields.get("example", ""), query
    )


def _parameter(value: str) -> Parameter:
    name, kind, meaning = value.split(" ", 2)
    return Parameter(name, kind.removesuffix("?"), kind.endswith("?"), meaning)
