"""Results side by side, and pooled, where they are comparable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, get_type_hints

import msgspec
from msgspec import Meta

from kg.analysis.comparability import Judged
from kg.analysis.comparison import Comparison
from kg.analysis.pooling import Pooling
from kg.answers.request import Name, Request, Setting, Why

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph


def _told(judged: type[Judged]) -> type:
    """A comparison or pooling with its verdict in a sentence, as :meth:`Judged.to_dict` has it."""
    fields = [*get_type_hints(judged, include_extras=True).items(), ("remark", str)]
    kept = [(name, kind) for name, kind in fields if name in (*judged.__struct_fields__, "remark")]
    made = msgspec.defstruct(judged.__name__, kept, rename="camel", frozen=True, kw_only=True)
    made.__doc__ = judged.__doc__
    return made


class Compare(Request, frozen=True):
    """Trials or drugs side by side on a measure; ranked only if nothing differs."""

    gives: ClassVar = _told(Comparison)

    name: Annotated[
        Sequence[Name],
        Meta(
            min_length=1,
            max_length=20,
            description="Trials or drugs, by any of their names; or one trial, for its arms.",
            examples=[["INO-VATE", "TOWER"]],
        ),
    ]
    measure: Annotated[
        Name | None,
        Meta(
            description="A measure, a family of measures (response) or a harm.",
            examples=["response", "overall survival hazard ratio", "VOD"],
        ),
    ] = None
    anyway: Annotated[
        Why | None, Meta(description="A reason to rank what differs; it is told with the result.")
    ] = None

    def found(self, graph: KnowledgeGraph) -> Comparison:
        """The comparison."""
        return graph.compare(*self.name, measure=self.measure or "", anyway=self.anyway or "")

    def record(self, graph: KnowledgeGraph, found: Comparison) -> dict[str, Any]:
        """The comparison with its verdict in a sentence."""
        return found.to_dict()


class Pool(Request, frozen=True):
    """A proportion (n of N patients) pooled over comparable arms."""

    gives: ClassVar = _told(Pooling)

    measure: Annotated[
        Name,
        Meta(
            description="A measure that is a proportion, or a harm.",
            examples=["mrd-negativity", "cytokine release syndrome"],
        ),
    ]
    drug: Annotated[
        Name | None, Meta(description="Arms that give it.", examples=["blinatumomab"])
    ] = None
    disease: Annotated[Name | None, Meta(description="Trials in it or in one below it.")] = None
    setting: Annotated[Setting | None, Meta(description="The line of therapy.")] = None
    grade: Annotated[Name | None, Meta(description="Of a harm: any, 3+ ...")] = None
    every_arm: Annotated[
        bool, Meta(description="All arms of a trial, instead of one of each trial.")
    ] = False
    anyway: Annotated[
        Why | None, Meta(description="A reason to pool what differs; it is told with the result.")
    ] = None

    def found(self, graph: KnowledgeGraph) -> Pooling:
        """The pooling."""
        return graph.pool(
            self.measure,
            anyway=self.anyway or "",
            drug=self.drug or "",
            disease=self.disease or "",
            setting=self.setting or "",
            grade=self.grade or "",
            every_arm=self.every_arm,
        )

    def record(self, graph: KnowledgeGraph, found: Pooling) -> dict[str, Any]:
        """The pooling with its verdict in a sentence."""
        return found.to_dict()
