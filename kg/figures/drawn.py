"""A drawn figure, as it is saved, sent and shown."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import BadParameter
from kg.figures.style import drawing
from kg.serialization import save

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

_FALLBACK = "'DejaVu Sans', Verdana, sans-serif"  # Verdana is as wide


class Figure:
    """A figure as SVG or PNG; shows itself in a notebook.

    Attributes:
        canvas: the ``matplotlib.figure.Figure`` underneath.
        title: what it is called.
    """

    def __init__(self, canvas: Canvas, title: str) -> None:
        self.canvas, self.title = canvas, title

    def svg(self) -> str:
        """The figure as SVG, text as text, in the same bytes for the same graph."""
        stream = io.StringIO()
        with drawing():
            self.canvas.savefig(stream, format="svg", metadata={"Date": None, "Title": self.title})
        return stream.getvalue().replace("'DejaVu Sans'", _FALLBACK)

    def png(self, dpi: float = 150) -> bytes:
        """The figure as PNG.

        Args:
            dpi: pixels per inch; figures are 10 inches wide.
        """
        stream = io.BytesIO()
        with drawing():
            self.canvas.savefig(stream, format="png", dpi=dpi)
        return stream.getvalue()

    def save(self, path: str | Path) -> list[Path]:
        """Write the figure to a file, as SVG or PNG by its name.

        Raises:
            BadParameter: the name ends with neither.
            OutputError: the file cannot be written.
        """
        path = Path(path)
        match path.suffix.lower():
            case ".svg":
                return save(path, self.svg().encode())
            case ".png":
                return save(path, self.png())
        raise BadParameter(f"{path}: figures are written as .svg or .png")

    def _repr_svg_(self) -> str:
        return self.svg()
