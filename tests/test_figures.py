"""Figures: they say the truth, in SVG that is the same each time, and in any text's spite."""

import builtins
import itertools
import xml.etree.ElementTree as ET
from datetime import date

import pytest
from conftest import SMALL, write_tables
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import kg
from kg import figures
from kg.backend import Local
from kg.cli import application
from kg.dataset.store import in_memory
from kg.errors import BadParameter, MissingExtra, OutputError, UnknownName, UnknownQuestion
from kg.figures import evidence_map, matrix, timeline
from kg.figures.grants import Decision, periods
from kg.figures.style import levels, wrapped
from kg.graph import KnowledgeGraph
from kg.sources import curated

HOSTILE = "</text><script>alert(1)</script> $x^$ & <b>"
EXAMPLES = {
    "timeline": {"disease": "CML"},
    "matrix": {"disease": "CML"},
    "evidence-map": {"about": "inotuzumab ozogamicin"},
}


def texts(svg):
    return [element.text for element in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def hostile(tmp_path, label, **changed):
    tables = {**SMALL, **changed, "drugs": [{**SMALL["drugs"][0], "label": label}]}
    tables["arms"] = [{**SMALL["arms"][0], "label": label}]
    store = in_memory(curated.claims(write_tables(tmp_path / "tables", tables)))
    return KnowledgeGraph(Local(store))


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_figure_is_the_same_each_time_with_text_as_text(graph, name):
    first, second = (graph.figure(name, **EXAMPLES[name]) for _ in range(2))
    svg = first.svg()
    assert svg == second.svg() == first._repr_svg_()
    assert "<dc:date>" not in svg
    caption = " ".join(filter(None, texts(svg)))
    assert f"leukemia-kg {kg.__version__}" in caption.replace("- kg", "-kg")
    assert "references until 20" in caption
    assert first.png(dpi=40).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_text_leaves_the_sheet_or_lies_on_another(graph, name):
    from kg.figures.style import drawing

    canvas = graph.figure(name, **EXAMPLES[name]).canvas
    with drawing():
        canvas.draw_without_rendering()
        boxes = [
            text.get_window_extent()
            for axes in canvas.axes
            for text in axes.texts
            if text.get_text()
        ]
    assert boxes
    for i, box in enumerate(boxes):
        assert canvas.bbox.x0 <= box.x0 <= box.x1 <= canvas.bbox.x1
        assert canvas.bbox.y0 <= box.y0 <= box.y1 <= canvas.bbox.y1
        assert not any(box.overlaps(other) for other in boxes[i + 1 :])


@pytest.mark.parametrize("name", figures.every())
def test_text_of_the_data_is_only_text(tmp_path, name):
    about = {"about": "CMC-544"} if name == "evidence-map" else {"disease": "ALL"}
    svg = hostile(tmp_path, HOSTILE).figure(name, **about).svg()
    assert "<script" not in svg
    shown = " ".join(filter(None, texts(svg)))
    assert "$x^$" in shown
    assert "</text>" in shown


def test_a_timeline_shows_suspension_conversion_and_every_jurisdiction(graph):
    shown = texts(graph.figure("timeline", disease="CML").svg())
    for text in ("ponatinib", "radotinib", "KR", "suspension", "conversion to full approval"):
        assert text in shown
    assert "withdrawal" not in shown


def test_a_timeline_as_of_a_day_knows_nothing_later(graph):
    shown = texts(graph.as_of("2011-06-30").figure("timeline", disease="CML").svg())
    assert "imatinib" in shown
    assert "bosutinib" not in shown
    assert any("as of 2011-06-30" in text for text in shown if text)


def test_where_all_days_are_partial_the_caption_names_the_last(tmp_path):
    references = [{**each, "issued": each["issued"][:7]} for each in SMALL["references"]]
    graph = hostile(tmp_path, "CMC-544", references=references)
    shown = " ".join(filter(None, texts(graph.figure("timeline", disease="ALL").svg())))
    assert "references until 2017-08-31" in shown


def test_views_of_views_say_both(graph):
    view = graph.as_of("2011-06-30").without("press")
    assert view.described == "as of 2011-06-30, without press"


def test_a_timeline_can_be_of_a_mechanism(graph):
    figure = graph.figure("timeline", disease="CLL", mechanism="BTK inhibition")
    shown = texts(figure.svg())
    assert "ibrutinib" in shown
    assert "venetoclax" not in shown
    assert figure.title.endswith("BTK inhibition")


def test_a_matrix_has_each_drug_at_its_highest_stage(graph):
    query = matrix.QUESTION.bind({"disease": "CLL"}, graph.find)
    cells = matrix._cells(graph.select(query))
    assert "ibrutinib (US, EU)" in cells["BTK"]["approved"]
    assert "ofatumumab (US, EU)" in cells["CD20"]["withdrawn"]
    for target, stages in cells.items():
        names = [drug.partition(" (")[0] for drugs in stages.values() for drug in drugs]
        assert len(names) == len(set(names)), target


def test_an_evidence_map_has_sizes_of_totals_and_hollow_signs_without(small, graph):
    axes = small.figure("evidence-map", about="CMC-544").canvas.axes[1]
    (sign,) = axes.collections
    assert sign.get_offsets()[0][0] == 18
    assert sign.get_sizes()[0] == evidence_map._area(49)
    assert "patients" in " ".join(t.get_text() for t in _legend(small))
    assert "number unknown" not in [t.get_text() for t in _legend(small)]
    assert "number unknown" in [t.get_text() for t in _legend(graph)]


def _legend(graph):
    return graph.figure("evidence-map", about="CMC-544").canvas.axes[0].get_legend().get_texts()


def test_what_has_no_room_is_counted(graph, monkeypatch):
    monkeypatch.setattr("kg.figures.timeline.LIMIT", 3)
    shown = " ".join(filter(None, texts(graph.figure("timeline", disease="CML").svg())))
    rows = graph.select(timeline.QUESTION.bind({"disease": "CML"}, graph.find))
    drugs = {str(row["drugLabel"]) for row in rows}
    assert f"Not shown: {len(drugs) - 3} more drugs" in shown


def test_a_wrong_name_gets_clear_words(graph, small):
    with pytest.raises(UnknownQuestion, match="did you mean timeline"):
        graph.figure("time-line", disease="CML")
    with pytest.raises(BadParameter, match="timeline needs --disease"):
        graph.figure("timeline")
    with pytest.raises(UnknownName):
        graph.figure("timeline", disease="nonesuch")
    with pytest.raises(BadParameter, match="nothing to draw"):
        small.as_of("2012-06-01").figure("timeline", disease="ALL")


def test_without_matplotlib_the_extra_is_named(graph, monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"leukemia-kg\[analysis\]"):
        graph.figure("timeline", disease="CML")


def test_saving_says_what_it_cannot(graph, tmp_path):
    figure = graph.figure("timeline", disease="CML")
    with pytest.raises(BadParameter, match=r"\.svg or \.png"):
        figure.save(tmp_path / "figure.pdf")
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        figure.save(tmp_path / "file" / "figure.svg")


def test_the_command_lists_and_draws(graph, tmp_path):
    listed = CliRunner().invoke(application(), ["figure"])
    assert all(name in listed.stdout for name in EXAMPLES)
    path = tmp_path / "cml.png"
    done = CliRunner().invoke(
        application(), ["figure", "timeline", "--disease", "CML", "--output", str(path)]
    )
    assert done.exit_code == 0, done.stderr
    assert path.read_bytes().startswith(b"\x89PNG")


def decision(key, kind, year, *amends):
    return Decision(key, "drug", "US", kind, date(year, 1, 1), set(amends))


def test_a_grant_ends_and_returns():
    history = [
        decision("a", "accelerated-approval", 2000),
        decision("b", "conversion", 2002, "a"),
        decision("c", "suspension", 2004, "b"),
        decision("d", "resumption", 2005, "c"),
        decision("e", "withdrawal", 2010, "a"),
        decision("f", "re-approval", 2017, "e"),
    ]
    years = [(start.year, end and end.year) for start, end in periods(history)]
    assert years == [(2000, 2004), (2005, 2010), (2017, None)]


def test_one_grant_that_ends_leaves_the_other():
    history = [
        decision("a", "approval", 2000),
        decision("b", "approval", 2003),
        decision("c", "withdrawal", 2005, "a"),
    ]
    assert periods(history) == [(date(2000, 1, 1), None)]


@given(st.lists(st.floats(0, 100), max_size=30).map(sorted), st.floats(0.1, 5))
def test_signs_on_one_level_never_touch(positions, gap):
    for level in set(found := levels(positions, gap)):
        own = [p for p, at in zip(positions, found, strict=True) if at == level]
        assert all(after - before >= gap for before, after in itertools.pairwise(own))


@given(st.text(max_size=200), st.integers(5, 40))
def test_wrapped_lines_are_short_and_printable(text, width):
    for line in wrapped(text, width, 3).splitlines():
        assert len(line) <= width
        assert line.isprintable()
