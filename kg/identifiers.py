"""Others' identifiers: patterns, check digits, and the IRI form that each authority publishes."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    import curies

OBO = "http://purl.obolibrary.org/obo/"
IDENTIFIERS_ORG = "https://identifiers.org/"


def _cas_digit(value: str) -> bool:
    """CAS registry number: the last digit is the sum of the others, weighted from the right."""
    digits = value.replace("-", "")
    total = sum(int(d) * weight for weight, d in enumerate(reversed(digits[:-1]), start=1))
    return total % 10 == int(digits[-1])


def _unii_digit(value: str) -> bool:
    """FDA UNII: the tenth character is the sum of the other nine in base 36, modulo 36."""
    return sum(int(char, 36) for char in value[:9]) % 36 == int(value[9], 36)


class Authority(NamedTuple):
    """Who issues an identifier and what it looks like.

    Attributes:
        prefix: as written in CURIEs of the mapping table.
        namespace: IRI that the local identifier is appended to.
        pattern: what a local identifier looks like.
        example: one that exists, for messages.
        check: the check digit, where the authority has one.
        synonyms: other spellings of the prefix that are understood.
    """

    prefix: str
    namespace: str
    pattern: str
    example: str
    check: Callable[[str], bool] | None = None
    synonyms: tuple[str, ...] = ()


AUTHORITIES = (
    Authority("MONDO", OBO + "MONDO_", r"\d{7}", "MONDO:0004967"),
    Authority("NCIT", OBO + "NCIT_", r"C\d+", "NCIT:C3167", synonyms=("ncit", "NCIt")),
    Authority("DOID", OBO + "DOID_", r"\d+", "DOID:9952"),
    Authority("CHEBI", OBO + "CHEBI_", r"\d+", "CHEBI:45783"),
    Authority("ONCOTREE", IDENTIFIERS_ORG + "oncotree:", r"[A-Z0-9_]+", "ONCOTREE:BLL"),
    Authority("hgnc", IDENTIFIERS_ORG + "hgnc:", r"\d+", "hgnc:1643", synonyms=("HGNC",)),
    Authority(
        "uniprot",
        "http://purl.uniprot.org/uniprot/",
        r"[OPQ]\d[A-Z0-9]{3}\d|[A-NR-Z]\d([A-Z][A-Z0-9]{2}\d){1,2}",
        "uniprot:P20273",
        synonyms=("UniProt", "UniProtKB"),
    ),
    Authority(
        "chembl",
        IDENTIFIERS_ORG + "chembl.compound:",
        r"CHEMBL\d+",
        "chembl:CHEMBL941",
        synonyms=("ChEMBL", "CHEMBL"),
    ),
    Authority(
        "unii",
        IDENTIFIERS_ORG + "unii:",
        r"[A-Z0-9]{10}",
        "unii:BKJ8M8G5HI",
        _unii_digit,
        ("UNII",),
    ),
    Authority(
        "cas",
        IDENTIFIERS_ORG + "cas:",
        r"\d{2,7}-\d{2}-\d",
        "cas:152459-95-5",
        _cas_digit,
        ("CAS",),
    ),
    Authority(
        "atc",
        IDENTIFIERS_ORG + "atc:",
        r"[A-Z]\d{2}([A-Z]([A-Z](\d{2})?)?)?",
        "atc:L01EA01",
        synonyms=("ATC",),
    ),
    Authority(
        "drugbank",
        IDENTIFIERS_ORG + "drugbank:",
        r"DB\d{5}",
        "drugbank:DB00619",
        synonyms=("DrugBank", "DRUGBANK"),
    ),
    Authority(
        "rxnorm",
        IDENTIFIERS_ORG + "rxnorm:",
        r"\d+",
        "rxnorm:282388",
        synonyms=("RxNorm", "RXNORM"),
    ),
    Authority(
        "mesh", IDENTIFIERS_ORG + "mesh:", r"[CD]\d{6,9}", "mesh:D007938", synonyms=("MESH",)
    ),
    Authority(
        "pubmed",
        IDENTIFIERS_ORG + "pubmed:",
        r"\d{1,8}",
        "pubmed:27292104",
        synonyms=("PMID", "pmid"),
    ),
    Authority(
        "doi",
        "https://doi.org/",
        r"10\.\d{4,9}/\S+",
        "doi:10.1056/NEJMoa1509277",
        synonyms=("DOI",),
    ),
)


@cache
def converter() -> curies.Converter:
    """Compact and expand identifiers, in any of the spellings of their prefixes."""
    import curies

    return curies.Converter(
        [
            curies.Record(
                prefix=each.prefix,
                uri_prefix=each.namespace,
                prefix_synonyms=list(each.synonyms),
            )
            for each in AUTHORITIES
        ]
    )


def problem(identifier: str) -> str:
    """What is wrong with a CURIE of an authority; "" when nothing is."""
    prefix, _, local = identifier.partition(":")
    authority = next((a for a in AUTHORITIES if prefix in (a.prefix, *a.synonyms)), None)
    if authority is None:
        known = ", ".join(each.prefix for each in AUTHORITIES)
        return f"{prefix!r} is not an authority that is known here ({known})"
    if not re.fullmatch(authority.pattern, local):
        return f"{local!r} does not look like {authority.prefix} (as {authority.example} does)"
    if authority.check and not authority.check(local):
        return f"the check digit of {local!r} is wrong: look it up again"
    return ""


def expand(identifier: str) -> str:
    """The IRI of a CURIE whose form :func:`problem` accepted; old DOIs have "<" and ">" in them."""
    return quote(converter().expand_strict(identifier), safe=":/()-._;,+#?=&@!$*'~%")
