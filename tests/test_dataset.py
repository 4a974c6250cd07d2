"""Claims to quads and stores: what goes where, the same bytes always, and all or nothing."""

import io
import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import SMALL
from filelock import FileLock
from pyoxigraph import DefaultGraph

from kg.dataset import store as store_module
from kg.dataset.store import build, in_memory, open_store
from kg.errors import BuildInProgress, DamagedStore, KGError, NoStore, OutputError
from kg.graph import load
from kg.sources import curated
from kg.vocabulary import PREFIXES, iri, lkg

DRUG, CD22 = iri("drug:inotuzumab-ozogamicin"), iri("target:CD22")


@pytest.fixture
def claims(tables):
    return list(curated.claims(tables()))


def count(store, pattern):
    return int(
        next(iter(store.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", prefixes=PREFIXES)))[
            0
        ].value
    )


def test_two_references_are_two_quads_and_one_triple(small):
    store = small.store
    assert count(store, "drug:inotuzumab-ozogamicin lkg:target ?t") == 1
    assert count(store, "GRAPH ?r { drug:inotuzumab-ozogamicin lkg:target ?t }") == 2


def test_claim_nodes_stand_only_in_the_graph_of_their_reference(small):
    assert count(small.store, "?c a lkg:Claim") == 0
    assert count(small.store, "GRAPH reference:press-2011 { ?c a lkg:Claim }") == 1


def test_the_default_graph_is_the_merged_set(small):
    store = small.store
    merged = {q.triple for q in store.quads_for_pattern(None, None, None, DefaultGraph())}
    named = {
        q.triple
        for q in store
        if q.graph_name != DefaultGraph() and "/claim/" not in str(q.subject)
    }
    assert merged == named


def test_what_engages_also_has_as_target(tables):
    fact = {**SMALL["facts"][0], "predicate": "engages"}
    store = in_memory(curated.claims(tables(facts=[fact])))
    assert count(store, "drug:inotuzumab-ozogamicin lkg:engages ?t ; lkg:target ?t") == 1


def test_a_superseded_version_leaves_the_default_graph(tables):
    references = [dict(row) for row in SMALL["references"]]
    references[2]["supersededBy"] = "reference:paper-2012"
    facts = [{**SMALL["facts"][1], "predicate": "developer", "object": "organization:FDA"}]
    store = in_memory(curated.claims(tables(references=references, facts=facts)))
    assert count(store, "?d lkg:developer ?o") == 0
    assert count(store, "GRAPH reference:press-2011 { ?d lkg:developer ?o }") == 1


def test_the_order_of_claims_does_not_matter(claims, tmp_path):
    shuffled = random.Random(1).sample(claims, len(claims))
    dumps = []
    for name, each in (("a", claims), ("b", shuffled)):
        build(each, tmp_path / name)
        dumps.append(sorted(map(str, open_store(tmp_path / name))))
    assert dumps[0] == dumps[1]


_DUMP = """
import sys
from pathlib import Path
from kg.dataset.store import build, open_store
from kg.sources import curated
build(curated.claims(Path(sys.argv[1])), Path(sys.argv[2]))
print("\\n".join(sorted(map(str, open_store(Path(sys.argv[2]))))))
"""


def test_two_builds_are_byte_equal_whatever_the_hash_seed(tables, tmp_path):
    folder = tables()
    dumps = [
        subprocess.run(
            [sys.executable, "-c", _DUMP, str(folder), str(tmp_path / seed)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "42")
    ]
    assert dumps[0] == dumps[1] and dumps[0]


def test_nothing_built_is_told(tmp_path):
    with pytest.raises(NoStore, match="kg build --store"):
        open_store(tmp_path)


def refuse(_):
    raise KGError("refused")


def test_a_refused_build_leaves_the_old_store(claims, tmp_path):
    build(claims, tmp_path)
    before = sorted(map(str, open_store(tmp_path)))
    with pytest.raises(KGError, match="refused"):
        build(claims[:3], tmp_path, accept=refuse)
    assert sorted(map(str, open_store(tmp_path))) == before
    assert len(list(tmp_path.glob("generation-*"))) == 1


def test_a_killed_build_leaves_the_old_store(tables, tmp_path):
    folder, place = tables(), tmp_path / "store"
    build(curated.claims(folder), place)
    before = (place / "current").read_text()
    killed = _DUMP.replace(
        "\nbuild(",
        "\nbuild.__globals__['_switch'] = lambda *_: __import__('os')._exit(9)\nbuild(",
    )
    done = subprocess.run([sys.executable, "-c", killed, str(folder), str(place)], check=False)
    assert done.returncode == 9
    assert (place / "current").read_text() == before
    assert len(open_store(place)) > 0
    build(curated.claims(folder), place)  # and the next one cleans up after it
    assert len(list(place.glob("generation-*"))) == 2


def test_the_previous_store_stays_until_the_next_build(claims, tmp_path):
    for _ in range(3):
        build(claims, tmp_path)
    assert len(list(tmp_path.glob("generation-*"))) == 2


def test_a_second_builder_is_told(claims, tmp_path):
    with FileLock(tmp_path / "lock"), pytest.raises(BuildInProgress, match="wait for it"):
        build(claims, tmp_path)


def test_a_place_that_cannot_be_written_is_told(claims, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="file"):
        build(claims, tmp_path / "file" / "store")


def test_a_full_disk_is_told_and_leaves_the_old_store(claims, tmp_path, monkeypatch):
    build(claims, tmp_path)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store_module, "_hashes", full)
    with pytest.raises(OutputError, match="No space left"):
        build(claims, tmp_path)
    monkeypatch.undo()
    assert len(open_store(tmp_path)) > 0


@pytest.mark.parametrize("how", ["flip", "remove", "manifest"])
def test_a_damaged_store_is_told(claims, tmp_path, how):
    build(claims, tmp_path)
    data: Path = next(tmp_path.glob("generation-*/store/*.sst"))
    if how == "flip":
        content = bytearray(data.read_bytes())
        content[len(content) // 2] ^= 1
        data.write_bytes(content)
    elif how == "remove":
        data.unlink()
    else:
        next(tmp_path.glob("generation-*/manifest.json")).write_text("{")
    with pytest.raises(DamagedStore, match="build"):
        open_store(tmp_path)


def test_damaged_text_is_told_where_a_view_is_made_of_it(claims, tmp_path):
    build(claims, tmp_path)
    packed = next(tmp_path.glob("generation-*/graphs.zip"))
    content = packed.read_bytes()
    for damaged in (content[: len(content) // 2], bytes(len(content)), _flipped(content)):
        packed.write_bytes(damaged)
        with pytest.raises(DamagedStore, match=r"graphs\.zip.*build the store again"):
            load(tmp_path).as_of("2100-01-01")
    packed.unlink()
    with pytest.raises(DamagedStore, match=r"graphs\.zip.*build the store again"):
        load(tmp_path).as_of("2100-01-01")


def _flipped(content: bytes) -> bytes:
    """One bit of every member's data changed; the headers are left whole."""
    result = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            result[member.header_offset + 30 + len(member.filename) + 20] ^= 1
    return bytes(result)


def test_opening_does_not_change_what_the_manifest_covers(claims, tmp_path):
    build(claims, tmp_path)
    for _ in range(3):
        assert count(open_store(tmp_path), "?s lkg:target ?o") == 1


def test_descriptions_name_no_reference(small):
    assert small.store.contains_named_graph(lkg.descriptions)
    assert count(small.store, "GRAPH lkg:descriptions { ?s lkg:target ?o }") == 0
