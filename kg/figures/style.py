"""How every figure looks: its sheet with title and caption, its type, its wrapped labels."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from kg import __version__
from kg.colours import FAINT, INK, PALE
from kg.errors import MissingExtra

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas
    from matplotlib.lines import Line2D

WIDTH = 10.0  # inches: a slide's, and at 70 % that of a page
LINE = 0.165  # inches: a line of SMALL type
SMALL, NORMAL, LARGE = 8.0, 9.0, 13.0  # points
_HEAD, _FOOT, _EDGE = 0.75, 0.25, 0.15  # inches: title, below the caption, at the sides
_CAPTION_WIDTH = 160  # characters

_SETTINGS: dict[Any, Any] = {
    "axes.edgecolor": FAINT,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.family": ["DejaVu Sans"],  # comes with matplotlib, so that widths are the same anywhere
    "font.size": NORMAL,
    "svg.fonttype": "none",
    "svg.hashsalt": "leukemia-kg",
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in a label is a dollar sign
    "xtick.color": FAINT,
    "xtick.labelcolor": INK,
    "xtick.labelsize": SMALL,
}


class View(NamedTuple):
    """Which knowledge a figure shows.

    Attributes:
        until: the day of its newest reference, among those dated to the day.
        described: the choice of references in words; "" for all.
    """

    until: date
    described: str

    def __str__(self) -> str:
        described = f", {self.described}" if self.described else ""
        return f"Knowledge with references until {self.until}{described}"


class Caption(NamedTuple):
    """What a figure says of itself.

    Attributes:
        title: one line.
        shows: sentences on what is drawn and what is not.
        view: which knowledge it shows.
        references: how many references state what is drawn.
    """

    title: str
    shows: str
    view: View
    references: int

    @property
    def text(self) -> str:
        """The lines below the figure."""
        counted = f"{self.references} reference{'' if self.references == 1 else 's'}"
        return f"{self.shows} {self.view}; leukemia-kg {__version__}; {counted}."


@contextmanager
def drawing() -> Iterator[None]:
    """Matplotlib with our settings, whatever the user's are.

    Raises:
        MissingExtra: matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ImportError:
        raise MissingExtra("figures need matplotlib: pip install 'leukemia-kg[analysis]'") from None
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        yield


def sheet(caption: Caption, height: float, left: float, top: float = 0.3) -> tuple[Canvas, Axes]:
    """A sheet with title and caption, and one pair of axes whose unit upright is the inch.

    Args:
        caption: what stands above and below.
        height: of the axes, in inches; their y runs down from 0.
        left: room for labels to the left of them, in inches.
        top: room above them, in inches.
    """
    from matplotlib.figure import Figure as Canvas

    below = wrapped(caption.text, _CAPTION_WIDTH)
    foot = _FOOT + 0.45 + LINE * (below.count("\n") + 1)
    total = _HEAD + top + height + foot
    canvas = Canvas(figsize=(WIDTH, total), facecolor="white")
    heading = wrapped(caption.title, 80)
    canvas.text(_EDGE / WIDTH, 1 - 0.15 / total, heading, size=LARGE, weight="bold", va="top")
    canvas.text(_EDGE / WIDTH, _FOOT / total, below, size=SMALL, color=FAINT, va="bottom")
    axes = canvas.add_axes(
        (left / WIDTH, foot / total, (WIDTH - left - 2 * _EDGE) / WIDTH, height / total)
    )
    axes.set_ylim(height, 0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    return canvas, axes


def label(axes: Axes, inches: float, y: float, text: str, **style: object) -> None:
    """Text to the left of the axes, so many inches from the sheet's edge, at a height of theirs."""
    from matplotlib.transforms import blended_transform_factory

    figure = axes.get_figure()
    assert figure is not None
    place = blended_transform_factory(figure.transFigure, axes.transData)
    settings = {"va": "center", "size": SMALL, **style}
    axes.text(inches / WIDTH, y, text, transform=place, **settings)  # type: ignore[arg-type]


def rule(axes: Axes, y: float) -> None:
    """A thin line across the sheet."""
    from matplotlib.lines import Line2D
    from matplotlib.transforms import blended_transform_factory

    figure = axes.get_figure()
    assert figure is not None
    place = blended_transform_factory(figure.transFigure, axes.transData)
    ends = [_EDGE / WIDTH, 1 - _EDGE / WIDTH]
    axes.add_line(
        Line2D(ends, [y, y], transform=place, color=PALE, lw=0.7, clip_on=False, zorder=0)
    )


def legend(axes: Axes, handles: list[Line2D], height: float, above: float) -> None:
    """A legend so many inches above axes of a height in inches, at most four entries a line."""
    axes.legend(
        handles=handles,
        loc="lower right",
        bbox_to_anchor=(1, 1 + above / height),
        ncols=min(5 if len(handles) == 5 else 4, len(handles)),
        frameon=False,
        fontsize=SMALL,
        borderpad=0,
        borderaxespad=0,
        handletextpad=0.2,
        columnspacing=1.2,
    )


def wrapped(text: str, width: int, lines: int = 0) -> str:
    """Text in lines of at most so many characters; beyond the last line it ends with "…"."""
    plain = "".join(char if char.isprintable() else " " for char in text)
    limit = {"max_lines": lines, "placeholder": "…"} if lines else {}
    return "\n".join(textwrap.wrap(plain, width, **limit))  # type: ignore[arg-type]


def more(number: int, what: str) -> str:
    """The sentence on what a figure has no room for; "" if that is nothing."""
    return f" Not shown: {number} more {what}." if number > 0 else ""


def levels(positions: Sequence[float], gap: float) -> list[int]:
    """For each of some sorted positions the lowest level at which it is clear of the others."""
    ends: list[float] = []
    found = []
    for position in positions:
        free = next((i for i, end in enumerate(ends) if position - end >= gap), len(ends))
        ends[free : free + 1] = [position]
        found.append(free)
    return found
