"""All requests, by the names that they have in addresses and on the command line."""

from kg.answers.asking import Ask, GetCoverage, ListQuestions
from kg.answers.drawing import GetNetwork
from kg.answers.judging import Compare, Pool
from kg.answers.naming import Find, GetCard, Suggest
from kg.answers.relating import FindNeighbours, FindPaths, ListChanges
from kg.answers.request import Request
from kg.answers.saying import GetConflicts, GetEvidence

ANSWERS: dict[str, type[Request]] = {
    "find": Find,
    "suggest": Suggest,
    "card": GetCard,
    "questions": ListQuestions,
    "ask": Ask,
    "coverage": GetCoverage,
    "evidence": GetEvidence,
    "conflicts": GetConflicts,
    "compare": Compare,
    "pool": Pool,
    "network": GetNetwork,
    "path": FindPaths,
    "neighbours": FindNeighbours,
    "diff": ListChanges,
}
