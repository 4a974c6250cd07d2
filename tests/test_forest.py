"""Forest plots: complete, nothing clipped, the same every time."""

import pytest

from kg.errors import BadParameter, OutputError
from kg.figures.forest import draw, of_comparison, of_pooling
from kg.figures.forest_layout import STYLE, figure


@pytest.fixture(scope="module")
def pooled(graph):
    return of_pooling(graph.pool("mrd-negativity", drug="blinatumomab", anyway="to see"))


@pytest.fixture(scope="module")
def compared(graph):
    return of_comparison(graph.compare("INO-VATE", "TOWER", "ELIANA", measure="cr-or-cri"))


def texts(forest):
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    with rc_context(STYLE):
        made = figure(forest)
        canvas = FigureCanvasAgg(made)
        canvas.draw()
        renderer = canvas.get_renderer()
        return made.bbox, [(each, each.get_window_extent(renderer)) for each in made.texts]


@pytest.mark.parametrize("which", ["pooled", "compared"])
def test_no_text_is_clipped_and_none_lies_over_another(which, request):
    page, placed = texts(request.getfixturevalue(which))
    for text, box in placed:
        inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= page.x1 and box.y1 <= page.y1
        assert inside, text.get_text()
    for i, (one, box) in enumerate(placed):
        for other, beside in placed[i + 1 :]:
            apart = not box.overlaps(beside) or not one.get_text() or not other.get_text()
            assert apart, (one.get_text(), other.get_text())


def test_every_study_is_there_with_all_that_a_journal_prints(pooled):
    shown = "\n".join(text.get_text() for text, _ in texts(pooled)[1])
    for row in pooled.rows:
        assert row.counts in shown and row.shown in shown and f"{row.weight:.1f}" in shown
    assert "Random effects" in shown and "prediction interval" in shown and "I²" in shown
    assert "pooled anyway: to see" in shown and "Patients: " in shown
    assert "leukemia-kg 0.1.0" in shown.replace("\n", " ")


def test_a_refusal_is_drawn_without_an_estimate(graph):
    refused = of_pooling(graph.pool("mrd-negativity", drug="blinatumomab"))
    shown = "\n".join(text.get_text() for text, _ in texts(refused)[1])
    assert "not pooled: the studies differ in" in shown and "Random effects" not in shown


def test_files_are_written_and_two_are_the_same(pooled, tmp_path):
    for suffix, starts in ((".svg", b"<?xml"), (".png", b"\x89PNG")):
        first, again = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
        draw(pooled, first)
        draw(pooled, again)
        assert first.read_bytes().startswith(starts)
        assert first.read_bytes() == again.read_bytes()


def test_what_cannot_be_drawn_is_told(graph, pooled, tmp_path):
    with pytest.raises(BadParameter, match=r"\.svg or \.png"):
        draw(pooled, tmp_path / "a.pdf")
    with pytest.raises(OutputError, match="cannot be written"):
        draw(pooled, tmp_path / "no" / "a.svg")
    with pytest.raises(BadParameter, match="nothing to draw"):
        draw(of_pooling(graph.pool("mr4", drug="blinatumomab")), tmp_path / "a.svg")
    with pytest.raises(BadParameter, match="one axis"):
        of_comparison(graph.compare("INO-VATE", measure="survival"))
