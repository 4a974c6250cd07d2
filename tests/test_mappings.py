"""The SSSOM table: what it declares, and what it maps where the authority's files are at hand."""

import csv
import gzip
import json
from collections import defaultdict
from pathlib import Path

import pytest

from kg import resources
from kg.identifiers import AUTHORITIES
from kg.sources.curated.tables import MAPPINGS, TABLES, read
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


def matches():
    """Of each subject, its local identifiers by authority."""
    found = defaultdict(lambda: defaultdict(set))
    for row in ROWS:
        prefix, _, local = row["object_id"].partition(":")
        found[row["subject_id"]][prefix].add(local)
    return found


def at_hand(path):
    if not path.exists():
        pytest.skip(f"{path.name} is not part of the project: it stays with its authority")
    return path


def test_tumour_types_exist_in_oncotree_under_the_name_that_we_give():
    def names(children):
        for child in children.values():
            yield child["code"], child["name"]
            yield from names(child["children"])

    path = at_hand(REFERENCE / "oncotree/oncotree_2025_10_03.json")
    known = dict(names(json.loads(path.read_text(encoding="utf-8"))))
    for identifier, row in mapped("ONCOTREE").items():
        assert known.get(identifier.partition(":")[2]) == row["object_label"], row.origin


def test_a_protein_and_a_gene_of_one_target_belong_together():
    path = at_hand(REFERENCE / "uniprot/HGNC.tsv.gz")
    genes = defaultdict(set)
    for line in gzip.decompress(path.read_bytes()).decode(errors="replace").splitlines():
        protein, _, gene = line.partition("\tHGNC:")
        genes[protein].add(gene)
    compared = 0
    for subject, others in matches().items():
        if not subject.startswith("target:"):
            continue
        for protein in others["uniprot"] & genes.keys():
            assert genes[protein] & others["hgnc"], (subject, protein)
            compared += 1
    assert compared > 80


def test_cas_numbers_are_those_of_the_substance_of_that_name():
    path = at_hand(REFERENCE / "drugcentral/structures.smiles.tsv")
    known = defaultdict(set)
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            known[row["INN"].casefold()].add(row["CAS_RN"])
    drugs = read(TABLES["drugs"], resources.CURATION / "drugs.tsv")
    label = {row["id"]: row["label"].casefold() for row in drugs}
    compared = 0
    for subject, others in matches().items():
        if others["cas"] and (numbers := known.get(label.get(subject, ""))):
            assert others["cas"] <= numbers, subject
            compared += 1
    assert compared > 40


def test_ncit_terms_of_diseases_are_those_that_mondo_matches():
    path = REFERENCE / "mondo/mondo_exactmatch_ncit.sssom.tsv"
    known = labels(path, "subject_id", "object_id", delimiter="\t")
    compared = 0
    for subject, others in matches().items():
        for mondo in others["MONDO"]:
            if subject.startswith("disease:") and f"MONDO:{mondo}" in known and others["NCIT"]:
                assert known[f"MONDO:{mondo}"].partition(":")[2] in others["NCIT"], subject
                compared += 1
    assert compared > 60
