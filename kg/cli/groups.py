"""The options that many commands share: which graph is asked, and how the answer is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.cli.options import AsOf, Format, On, Output, Place, Quiet, Without, say

if TYPE_CHECKING:
    from kg.analysis.comparability import Judged
    from kg.graph import KnowledgeGraph


@dataclass(frozen=True)
class Viewed:
    """What is asked: the options of every command that answers from a graph."""

    as_of: AsOf = ""
    on: On = ""
    without: Without = None
    store: Place = ""
    quiet: Quiet = False

    def graph(self) -> KnowledgeGraph:
        """The graph that the options name."""
        from kg.graph import load

        return load(self.store, self.say).view(self.as_of, self.without or (), self.on)

    def say(self, text: str) -> None:
        """Tell the user something beside the answer."""
        say(self.quiet)(text)


@dataclass(frozen=True)
class Printed:
    """In what form the answer is given, and where to."""

    form: Format = ""
    output: Output = None

    @property
    def format(self) -> str:
        """What was asked for, or fits the place."""
        from kg import printing

        return self.form or printing.default_format(self.output)

    def write(self, text: str) -> None:
        """Write it where the answer goes."""
        from kg import printing

        printing.write(text, self.output)

    def json(self, found: Any) -> None:
        """Write what was found as JSON."""
        from kg import printing

        self.write(printing.dump(found))

    def table(self, header: list[str], body: list[list[str]]) -> None:
        """Write records of text in the format asked for, JSON among them."""
        from kg import printing

        if self.format == "json":
            self.json([dict(zip(header, row, strict=True)) for row in body])
        elif self.format == "table":
            self.write(printing.table(header, body))
        else:
            self.write(printing.delimited(header, body, self.format))

    def found(self, found: Any, header: list[str], body: list[list[str]]) -> None:
        """Write what was found: as it is in JSON, else as the records of text made of it."""
        if self.format == "json":
            self.json(found)
        else:
            self.table(header, body)

    def judged(self, found: Judged, text: str, viewed: Viewed) -> None:
        """Write a comparison or pooling; why it is empty goes beside a table that cannot say it."""
        if self.format == "json":
            self.json(found.to_dict())
        elif self.format == "table":
            self.write(text)
        else:
            header, body = found.table()
            self.table(header, body)
            for note in [*found.empty, *([] if body else [found.remark])]:
                viewed.say(note)
