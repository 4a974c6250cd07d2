"""Web addresses that a page may link to: of identifiers, of references; never anything else."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from kg.identifiers import IDENTIFIERS_ORG, OBO

# Where a person can read about an identifier, if the IRI itself does not lead there.
_READABLE = (
    (OBO, "https://purl.obolibrary.org/obo/"),
    ("http://purl.uniprot.org/uniprot/", "https://www.uniprot.org/uniprotkb/"),
    (f"{IDENTIFIERS_ORG}oncotree:", "https://bioregistry.io/oncotree:"),
    (f"{IDENTIFIERS_ORG}rxnorm:", "https://bioregistry.io/rxnorm:"),
)
_NAMES = (
    (r".*/obo/MONDO_(.+)", "Mondo"),
    (r".*/obo/NCIT_(.+)", "NCIt"),
    (r".*/obo/DOID_(.+)", "Disease Ontology"),
    (r".*/obo/CHEBI_(.+)", "ChEBI"),
    (r".*/uniprot/(.+)", "UniProt"),
    (r"https?://doi\.org/(.+)", "DOI"),
    (r".*/oncotree:(.+)", "OncoTree"),
    (r".*/hgnc:(.+)", "HGNC"),
    (r".*/chembl\.compound:(.+)", "ChEMBL"),
    (r".*/unii:(.+)", "UNII"),
    (r".*/cas:(.+)", "CAS"),
    (r".*/atc:(.+)", "ATC"),
    (r".*/drugbank:(.+)", "DrugBank"),
    (r".*/rxnorm:(.+)", "RxNorm"),
    (r".*/mesh:(.+)", "MeSH"),
    (r".*/pubmed:(.+)", "PubMed"),
)
_REGISTRIES = (
    (r"NCT\d{8}", "ClinicalTrials.gov", "https://clinicaltrials.gov/study/"),
    (r"ISRCTN\d{8}", "ISRCTN", "https://www.isrctn.com/"),
)


def web(address: str) -> str:
    """An address if it is a whole and plain http or https one, else ""."""
    if not re.fullmatch(r"[!-~]+", address) or re.search(r"[\"'<>\\`]", address):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.hostname else ""


def identifier(iri: str) -> tuple[str, str]:
    """An identifier's IRI as what a reader sees ("NCIt C3167") and where it leads ("" nowhere)."""
    address = iri
    for namespace, place in _READABLE:
        if iri.startswith(namespace):
            address = place + iri.removeprefix(namespace)
    for pattern, authority in _NAMES:
        if match := re.fullmatch(pattern, iri):
            return f"{authority} {match[1]}", web(address)
    return iri, web(address)


def registered(number: str) -> tuple[str, str]:
    """A trial's number in a registry, and its record there ("" where none is known)."""
    for pattern, name, place in _REGISTRIES:
        if re.fullmatch(pattern, number):
            return f"{name} {number}", place + number
    return number, ""


def of_reference(source: str, doi: str, pmid: str) -> str:
    """The best address of a reference: where it was read, else its DOI, else PubMed; or ""."""
    return (
        web(source)
        or (web(f"https://doi.org/{doi}") if doi else "")
        or (web(f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/") if pmid.isdigit() else "")
    )
