"""What keeps questions quick, portable and provable: rules over their SPARQL.

Oxigraph joins the clauses of a group one value at a time as long as they are triple
patterns; what follows an OPTIONAL or BIND is evaluated whole and joined by hash. The rules
name that shape, a few others that were seen to cost 100 times more, and what SPARQL 1.1
leaves to the engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, pairwise

from kg.questions.groups import Clause, Group, Token, parse, tokens
from kg.vocabulary import PREFIXES

_REQUIRED = {"triple", "graph", "group", "union", "select"}
# An OPTIONAL with one of these is meant to be evaluated whole.
_STARTS = {"values", "select", "group", "union"}
_PATH = {"/", "|", "*", "+", "?", "^"}
_AGGREGATES = {"MIN", "MAX", "SUM", "AVG", "SAMPLE", "GROUP_CONCAT"}
# Variables whose values do not matter.
_WHATEVER = {"any", "none"}
Finding = tuple[int, str]


def lint(query: str, name: str = "query") -> list[str]:
    """What is wrong with a question's text: file, line, the shape and its remedy."""
    found = set(_words(query))
    top = parse(query)
    for group in top.walk():
        for rule in _RULES:
            found.update(rule(group))
    found.update(_nested(top, set()))
    found.update(_used(top))
    return [f"{name}.rq:{line}: {message}" for line, message in sorted(found)]


def _words(query: str) -> Iterator[Finding]:
    for token in tokens(query):
        if token.kind == "word" and token.text.upper() in ("FROM", "SERVICE", "PREFIX", "BASE"):
            yield token.line, f"{token.text}: a question asks the graph that it is given"
        prefix = token.text.partition(":")[0]
        if token.kind == "name" and prefix not in PREFIXES:
            yield token.line, f"{prefix}: is not a prefix of the vocabulary"


def _order(group: Group) -> Iterator[Finding]:
    """Required patterns stand before OPTIONAL and BIND."""
    before = ""
    for clause in group.clauses:
        if before and clause.kind in _REQUIRED and clause.kind != "union":
            yield clause.line, f"a required pattern after {before}: move it in front"
        if clause.kind in ("optional", "bind"):
            before = clause.kind.upper()


def _joined(group: Group) -> Iterator[Finding]:
    """An OPTIONAL looks up one thing, or starts from a constant."""
    for clause in group.clauses:
        if clause.kind != "optional" or any(
            inner.kind in _STARTS for inner in clause.groups[0].clauses
        ):
            continue
        triples = list(_triples(clause.groups[0]))
        fixed = any(triple.tokens[-1].kind != "variable" for triple in triples)
        path = any(token.text == "/" for triple in triples for token in triple.tokens)
        if path or (len(triples) > 1 and not fixed):
            yield (
                clause.line,
                "OPTIONAL joins patterns, each evaluated whole: "
                "nest them, OPTIONAL { a OPTIONAL { b } }",
            )


def _triples(group: Group) -> Iterator[Clause]:
    for clause in group.clauses:
        if clause.kind == "triple":
            yield clause
        elif clause.kind == "graph":
            yield from _triples(clause.groups[0])


def _filtered(group: Group) -> Iterator[Finding]:
    """What is one of a list is said by VALUES."""
    for place, clause in enumerate(group.clauses):
        words = [token.text.upper() for token in clause.tokens]
        if clause.kind == "filter" and words[2:3] == ["IN"]:
            listed = all(token.kind != "variable" for token in clause.tokens[3:])
            if listed and any(later.kind == "optional" for later in group.clauses[place:]):
                yield (
                    clause.line,
                    f"FILTER({clause.tokens[1].text} IN ...) before OPTIONAL: say it with VALUES",
                )


def _paths(group: Group) -> Iterator[Finding]:
    """NOT EXISTS has no property path."""
    if group.kind == "absent":
        for inner in group.walk():
            for triple in inner.clauses:
                if triple.kind == "triple" and _PATH & {t.text for t in triple.tokens}:
                    yield triple.line, "a property path in NOT EXISTS: say it with MINUS"


def _grouped(group: Group) -> Iterator[Finding]:
    """GROUP BY has plain variables, all of which are seen."""
    texts = [token.text for token in group.tail]
    if "GROUP" not in texts:
        return
    by = group.tail[texts.index("GROUP") + 2 :]
    projected = _plain(group.head)
    for token in by:
        if token.kind == "word":
            return
        if token.kind != "variable":
            yield token.line, "GROUP BY an expression: bind it to a variable first"
            return
        if token.text not in projected:
            yield token.line, f"GROUP BY {token.text}, which is not selected: select it too"


def _plain(head: list[Token]) -> set[str]:
    """Variables that a SELECT names outside brackets."""
    depth, found = 0, set()
    for token in head:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if not depth and token.kind == "variable":
            found.add(token.text)
    return found


def _aggregated(group: Group) -> Iterator[Finding]:
    """An aggregate of what may be unbound is an error in one engine and a value in another."""
    words = group.head + group.tail
    bound = _bound(group)
    for place, token in enumerate(words):
        if token.text.upper() not in _AGGREGATES:
            continue
        inside = [each for each in words[place + 2 : place + 5] if each.text.upper() != "DISTINCT"]
        if inside[0].text == "STR":
            inside = inside[2:] or words[place + 5 : place + 6]
        if inside[0].kind == "variable" and inside[0].text[1:] not in bound:
            yield (
                token.line,
                f"{token.text}({inside[0].text}) may meet nothing bound: COALESCE it",
            )


def _bound(group: Group) -> set[str]:
    """The variables that every solution of a group binds."""
    found: set[str] = set()
    branches: list[set[str]] = []
    for clause in group.clauses:
        if branches and clause.kind != "union":
            found |= set.intersection(*branches)
            branches = []
        match clause.kind:
            case "triple" | "values":
                found |= clause.variables
            case "bind":
                found.add(clause.tokens[-2].text[1:])
            case "graph":
                found |= clause.variables | _bound(clause.groups[0])
            case "group" | "union":
                branches.append(_bound(clause.groups[0]))
            case "select":
                found |= {name[1:] for name in _plain(clause.groups[0].head)}
    return found | (set.intersection(*branches) if branches else set())


def _nested(group: Group, outer: set[str]) -> Iterator[Finding]:
    """An OPTIONAL continues what is surely bound."""
    sure, maybe = outer | _bound(group), set[str]()
    for clause in group.clauses:
        for inner in clause.groups:
            if clause.kind == "optional":
                own = {name for triple in _triples(inner) for name in triple.variables}
                if unsure := sorted((own & maybe) - sure):
                    yield (
                        clause.line,
                        f"OPTIONAL continues ?{unsure[0]}, which may be unbound: "
                        "nest it in the pattern that binds it",
                    )
            yield from _nested(inner, sure if clause.kind == "optional" else set())
            if clause.kind in ("optional", "union", "group"):
                maybe |= {
                    token.text[1:]
                    for each in inner.walk()
                    for part in each.clauses
                    for token in part.tokens
                    if token.kind == "variable"
                }


def _used(top: Group) -> Iterator[Finding]:
    """Every variable is used twice, or asked for."""
    words = list(_all(top))
    times = Counter(token.text for token in words)
    shown = {after.text for word, after in pairwise(top.head) if word.text == "AS"}
    asked = _asked(top) | _WHATEVER
    for token in words:
        name = token.text[1:]
        if times[token.text] == 1 and token.text not in shown and name not in asked:
            yield token.line, f"{token.text} is not used: leave it out, or call it ?any"


def _all(top: Group) -> Iterator[Token]:
    """The variables of all clauses; a subject once for each of its triples."""
    for group in top.walk():
        parts = [clause.tokens for clause in group.clauses]
        for token in chain(group.head, group.tail, *parts):
            if token.kind == "variable":
                yield token


def _asked(top: Group) -> set[str]:
    """The variables of what is only asked whether it is there."""
    return {
        name
        for group in top.walk()
        for clause in group.clauses
        if clause.kind in ("filter", "bind", "minus")
        for inner in clause.groups
        for each in inner.walk()
        for part in each.clauses
        for name in part.variables
    }


_RULES: tuple[Callable[[Group], Iterator[Finding]], ...] = (
    _order,
    _joined,
    _filtered,
    _paths,
    _grouped,
    _aggregated,
)
