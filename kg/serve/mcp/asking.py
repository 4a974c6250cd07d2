"""Questions as tools: which there are, and their answers, each row with its proof."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from kg import questions
from kg.answers.asking import Ask, described, listed
from kg.errors import BadParameter
from kg.graph import KnowledgeGraph
from kg.questions import Question
from kg.rows import Row
from kg.serve.mcp import proofs
from kg.serve.mcp.asked import ListQuestions, OneRow, Page
from kg.serve.mcp.said import Asked, AskedRow, Claim, Cut, Offered, Said
from kg.serve.mcp.saying import said
from kg.vocabulary import curie

_CLAIMS, _ABSENCES = 6, 2  # of a row, where it is not asked for alone
_ROOM = 30_000  # bytes of rows and claims, after which no proof of a further row is looked for
_PROOF_COLUMNS = ("reference", "references")


def ask(graph: KnowledgeGraph, request: Ask, page: OneRow) -> Said[Asked]:
    """A page of rows, each with its proof in brief; or one row with all of its proof."""
    found = request.found(graph)
    if page.row > len(found):
        raise BadParameter(f"there is no row {page.row}: the answer has {len(found)}")
    start = page.row - 1 if page.row else page.offset
    chosen = found[start : start + 1] if page.row else page.of(found)
    claims: dict[Claim, int] = {}
    cut: list[Cut] = []
    rows: list[AskedRow] = []
    for number, row in enumerate(chosen, start + 1):
        made, more = _row(row, number, page, claims)
        rows.append(made)
        cut += more
        if len(msgspec.json.encode((rows, [*claims]))) > _ROOM:
            break
    if not page.row:
        cut += replace(page, limit=len(rows)).cut("rows", found)
    question = questions.load(request.question).name
    answer = Asked(question, request.parameters, [*found.columns], rows)
    empty = found.coverage.words if found.coverage else ""
    return said(graph, answer, [*claims], cut, empty)


def _row(
    row: Row, number: int, page: OneRow, claims: dict[Claim, int]
) -> tuple[AskedRow, list[Cut]]:
    """A row, whose claims go to those of the others; and what is left out of its proof."""
    proof = row.proof
    every = [proofs.claim(each) for each in proof.claims]
    absent = [f"{each.pattern} (in {each.searched:,} references)" for each in proof.absences]
    if page.row:
        shown, cut = page.of(every), page.cut("claims", every, f"row={number}, ")
    else:
        total = len(every) + len(absent)
        shown, absent, cut = every[:_CLAIMS], absent[:_ABSENCES], []
        if (here := len(shown) + len(absent)) < total:
            cut = [Cut(f"proof of row {number}", 0, here, total, f"row={number}")]
    values = {
        name: cell.curie if cell.is_iri else msgspec.to_builtins(cell.value)
        for name, cell in row.dict().items()
        if cell is not None and name not in _PROOF_COLUMNS
    }
    made = AskedRow(
        values,
        [claims.setdefault(each, len(claims)) for each in shown],
        [curie(each) for each in row.references],
        [*row.conflicts],
        absent,
        proof.unavailable,
    )
    return made, cut


def list_questions(graph: KnowledgeGraph, request: ListQuestions, _: Page) -> Said[list[Offered]]:
    """All questions in brief, those of a group or one in full."""
    if request.question:
        found = [_full(questions.load(request.question), sparql=True)]
    elif request.group:
        found = [_full(each) for each in listed() if each.group == request.group]
    else:
        found = [_brief(each) for each in listed()]
    return said(graph, found, [])


def _brief(question: Question) -> Offered:
    takes = (f"{each.name}{'?' if each.optional else ''}" for each in question.parameters)
    return Offered(question.name, question.summary, " ".join(takes))


def _full(question: Question, sparql: bool = False) -> Offered:
    return Offered(
        question.name,
        question.summary,
        parameters=described(question).parameters,
        sparql=question.query if sparql else "",
    )
