"""A SELECT query as nested groups of clauses, each with its place: what the lint looks at.

Only the SPARQL that questions use is read; what it means is left to the store.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)|(?P<text>"(?:\\.|[^"\\\n])*"(?:\^\^[\w:]+|@[\w-]+)?)|(?P<iri><[^<>\s]*>)"""
    r"""|(?P<variable>[?$]\w+)|(?P<name>[A-Za-z][\w-]*:[\w.-]*\w)|(?P<word>[A-Za-z_]\w*)"""
    r"""|(?P<number>\d[\d.]*)|(?P<sign>&&|\|\||[<>!]=|\S)"""
)


@dataclass(frozen=True)
class Token:
    """A word of the query, with its kind and line."""

    text: str
    kind: str
    line: int


@dataclass
class Clause:
    """A part of a group.

    Attributes:
        kind: "triple", "filter", "bind", "values", "optional", "minus", "graph", "union" (a
            branch but for the first), "group" or "select".
        line: where it begins.
        tokens: its own words, without those of groups within.
        groups: the groups within: one of OPTIONAL, those of EXISTS in a filter ...
    """

    kind: str
    line: int
    tokens: list[Token] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    @property
    def variables(self) -> set[str]:
        """The variables among its own words."""
        return {token.text[1:] for token in self.tokens if token.kind == "variable"}


@dataclass
class Group:
    """A group pattern; of a SELECT with what stands before and after it.

    Attributes:
        kind: "select", "exists", "absent" (of NOT EXISTS) or "pattern".
    """

    kind: str
    clauses: list[Clause] = field(default_factory=list)
    head: list[Token] = field(default_factory=list)
    tail: list[Token] = field(default_factory=list)

    def walk(self) -> Iterator[Group]:
        """This group and all within it."""
        yield self
        for clause in self.clauses:
            for group in clause.groups:
                yield from group.walk()


def tokens(query: str) -> list[Token]:
    """The words of a query, comments left out."""
    return [
        Token(found[0], str(found.lastgroup), query.count("\n", 0, found.start()) + 1)
        for found in _TOKEN.finditer(query)
        if found.lastgroup != "comment"
    ]


def parse(query: str) -> Group:
    """The outermost SELECT of a query."""
    return _Reader(tokens(query)).select()


class _Reader:
    def __init__(self, words: list[Token]) -> None:
        self._words, self._place = words, 0

    def _peek(self) -> str:
        return self._words[self._place].text if self._place < len(self._words) else ""

    def _next(self) -> Token:
        self._place += 1
        return self._words[self._place - 1]

    def _until(self, *ends: str) -> list[Token]:
        start = self._place
        while self._peek() and self._peek() not in ends:
            self._place += 1
        return self._words[start : self._place]

    def select(self) -> Group:
        """The SELECT that begins here, to its end or to the bracket around it."""
        head = self._until("{")
        group = self._group("select")
        group.head, group.tail = head, self._until("}")
        return group

    def _group(self, kind: str) -> Group:
        group = Group(kind)
        self._next()
        if self._peek() == "SELECT":
            inner = Clause("select", self._words[self._place].line)
            inner.groups.append(self.select())
            group.clauses.append(inner)
        while self._peek() != "}":
            if self._peek() == ".":
                self._next()
            else:
                group.clauses.extend(self._clauses())
        self._next()
        return group

    def _clauses(self) -> Iterator[Clause]:
        first = self._words[self._place]
        word = first.text.upper() if first.kind == "word" else first.text
        if word == "{":
            yield Clause("group", first.line, groups=[self._group("pattern")])
        elif word in ("OPTIONAL", "MINUS", "UNION", "GRAPH"):
            self._next()
            named = self._until("{")
            yield Clause(word.lower(), first.line, named, [self._group("pattern")])
        elif word == "VALUES":
            self._next()
            named = self._until("{")
            self._until("}")
            self._next()
            yield Clause("values", first.line, named)
        elif word in ("FILTER", "BIND"):
            self._next()
            yield self._expression(Clause(word.lower(), first.line))
        else:
            yield from self._triples()

    def _expression(self, clause: Clause) -> Clause:
        """Up to the bracket that closes it, or one EXISTS."""
        depth = 0
        while True:
            if self._peek() == "{":
                words = [token.text.upper() for token in clause.tokens[-2:]]
                clause.groups.append(self._group("absent" if "NOT" in words else "exists"))
            else:
                clause.tokens.append(self._next())
                depth += {"(": 1, ")": -1}.get(clause.tokens[-1].text, 0)
            if not depth and (clause.groups or clause.tokens[-1].text == ")"):
                return clause

    def _triples(self) -> Iterator[Clause]:
        """One clause for each triple of ``s p o ; p o , o``: subject, predicate, object."""
        subject, predicate = [self._next()], self._path()
        while True:
            value = self._next()
            yield Clause("triple", value.line, [*subject, *predicate, value])
            if self._peek() == ";":
                self._next()
                predicate = self._path()
            elif self._peek() == ",":
                self._next()
            else:
                return

    def _path(self) -> list[Token]:
        """A predicate or property path."""
        path = [self._next()]
        while path[-1].text in ("/", "|", "^", "(", "!") or self._peek() in ("/", "|", *"*+?)"):
            path.append(self._next())
        return path
