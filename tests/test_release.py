"""``kg build`` whole: what it writes, what it says, and that a failure leaves what was there."""

import pytest

from kg import packaged, release, validation
from kg.errors import InvalidData, OutputError
from kg.graph import load


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("release")
    said = []
    summary = release.release(folder / "store", folder / "exports", said.append)
    return folder, summary, said


def test_it_says_what_there_is(built):
    _, summary, said = built
    assert "entities by class: " in summary and "Reference " in summary
    assert "outcomes.tsv: " in summary and "seen in their source" in summary
    assert f"{len(validation.checks())} checks and all shapes passed, 0 findings" in summary
    assert "files written below" in summary
    assert len(said) == 4  # what it is doing, for those who wait


def test_it_writes_store_and_pages_and_nothing_else(built):
    folder, summary, _ = built
    assert sorted(path.name for path in folder.iterdir()) == ["exports", "store"]
    files = [path for path in (folder / "exports").rglob("*") if path.is_file()]
    assert f"{len(files)} files written" in summary
    assert (folder / "exports/index.html").exists()


def test_what_was_built_is_the_packaged_knowledge(built, graph):
    folder, _, _ = built
    assert set(load(folder / "store").store) == set(graph.store)


def test_findings_refuse_the_build_and_leave_the_store(built, monkeypatch):
    folder, _, _ = built
    before = (folder / "store/current").read_text()
    broken = [claim for claim in packaged.read_packaged() if "references.tsv" not in claim.origin]
    monkeypatch.setattr(packaged, "read_packaged", lambda: broken)
    with pytest.raises(InvalidData) as error:
        release.release(folder / "store", folder / "exports", lambda _: None)
    assert "fact-without-reference-graph" in str(error.value)
    assert "findings" in str(error.value).splitlines()[-1]
    assert (folder / "store/current").read_text() == before


def test_pages_that_cannot_be_written_are_told(built):
    folder, _, _ = built
    (folder / "store/file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        release.release(folder / "store", folder / "store/file/pages", lambda _: None)
