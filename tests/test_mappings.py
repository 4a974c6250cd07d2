"""The SSSOM table: what it declares, and what it maps where the authority's files are at hand."""

import csv
from pathlib import Path

import pytest

from kg import resources
from kg.identifiers import AUTHORITIES
from kg.sources.curated.tables import MAPPINGS, read
from kg.vocabulary import PREFIXES

ROWS = read(MAPPINGS, resources.mappings())
REFERENCE = Path(__file__).parents[2] / "shared/reference"
KNOWN = {**PREFIXES, **{each.prefix: each.namespace for each in AUTHORITIES}}
KNOWN["semapv"] = "https://w3id.org/semapv/vocab/"


def test_every_prefix_is_declared_as_it_is_used():
    header = resources.mappings().read_text(encoding="utf-8").split("\nsubject_id")[0]
    declared = dict(
        line.removeprefix("#  ").split(": ", 1)
        for line in header.splitlines()
        if line.startswith("#  ")
    )
    assert declared == {prefix: KNOWN[prefix] for prefix in declared}
    columns = ("subject_id", "predicate_id", "object_id", "mapping_justification", "mapping_source")
    used = {row[column].partition(":")[0] for row in ROWS for column in columns}
    assert used <= declared.keys()


def mapped(prefix):
    return {row["object_id"]: row for row in ROWS if row["object_id"].startswith(prefix + ":")}


def labels(path, identifier, label, **settings):
    """Identifier to label, from a file of the authority's."""
    if not path.exists():
        pytest.skip(f"{path.name} is not part of the project: it stays with its authority")
    lines = (x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("#"))
    return {row[identifier]: row[label] for row in csv.DictReader(lines, **settings)}


def test_diseases_exist_in_mondo_under_the_label_that_we_give():
    folder = REFERENCE / "mondo"
    known = {}
    for name in ("ncit", "doid", "mesh", "umls", "efo"):
        path = folder / f"mondo_exactmatch_{name}.sssom.tsv"
        known.update(labels(path, "subject_id", "subject_label", delimiter="\t"))
    for identifier, row in mapped("MONDO").items():
        if identifier in known:
            assert known[identifier] == row["object_label"], row.origin
    assert len(mapped("MONDO").keys() & known.keys()) > 80


def test_diseases_exist_in_doid_under_the_label_that_we_give():
    known = labels(REFERENCE / "doid/HumanDO.tsv", "id", "label", delimiter="\t")
    for identifier, row in mapped("DOID").items():
        assert known.get(identifier) == row["object_label"], row.origin


def test_genes_exist_at_hgnc_under_the_symbol_that_we_give():
    path = REFERENCE / "hgnc/hgnc_entries_2016.tsv"
    known = labels(path, "HGNC ID", "Approved Symbol", delimiter="\t")
    renamed = []
    for identifier, row in mapped("hgnc").items():
        symbol = known.get(identifier.replace("hgnc", "HGNC"))
        if symbol != row["object_label"]:
            renamed.append((identifier, symbol, row["object_label"]))
    assert len(renamed) <= 5, renamed  # the file is of 2016: a few symbols have changed since
