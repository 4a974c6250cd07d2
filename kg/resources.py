"""Where the files that come with the package are, in a wheel or in a checkout."""

from __future__ import annotations

from pathlib import Path

from kg.errors import StoreError

PACKAGE = Path(__file__).parent
CURATION = PACKAGE / "curation"


def ontology() -> Path:
    """The folder of the ontology: beside the package in a checkout, inside it in a wheel.

    Beside comes first: an editable install can leave a stale copy inside.

    Raises:
        StoreError: neither is there.
    """
    for place in (PACKAGE.parent / "ontology", PACKAGE / "ontology"):
        if (place / "leukemia-kg.ttl").is_file():
            return place
    raise StoreError(f"{PACKAGE}: the ontology is missing: install the package again")


def mappings() -> Path:
    """The SSSOM table of others' identifiers."""
    return ontology() / "mappings.sssom.tsv"
