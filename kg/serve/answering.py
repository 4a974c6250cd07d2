"""What a renderer makes of a request for an answer: the JSON of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kg.answers.every import ANSWERS
from kg.printing import dump
from kg.serve.media import JSON

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.serve.job import Work


def answer(graph: KnowledgeGraph, work: Work) -> tuple[str, bytes]:
    """The answer to some work of the kind "answer": its media type and content."""
    asked = msgspec.convert(work.arguments, ANSWERS[work.what])
    return JSON, dump(asked.answer(graph)).encode()
