"""Every IRI that the project uses: prefixes, terms, codes, and how they are spelled.

Nothing else in the package writes an IRI. A term or prefix that is not here
raises :class:`~kg.errors.VocabularyError`, so a spelling mistake cannot become
a silent empty answer. ``ontology/leukemia-kg.ttl`` describes the same terms for
the outside world; a test holds the two together.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pyoxigraph import NamedNode

from kg.errors import VocabularyError

BASE = "https://w3id.org/leukemia-kg/"

ENTITY_PREFIXES = (
    "drug target disease trial arm outcome observation event statement conflict claim payload "
    "linker antibody mechanism adverse-event measure organization reference regimen biomarker "
    "coverage"
).split()

PREFIXES: dict[str, str] = {
    "lkg": BASE + "vocab#",
    **{prefix: f"{BASE}{prefix}/" for prefix in ENTITY_PREFIXES},
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "bibo": "http://purl.org/ontology/bibo/",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "biolink": "https://w3id.org/biolink/vocab/",
    "obo": "http://purl.obolibrary.org/obo/",
}

SUPERCLASS: dict[str, str | None] = {
    **dict.fromkeys(
        "SmallMolecule MonoclonalAntibody AntibodyDrugConjugate FusionToxin BispecificAntibody "
        "CellTherapy Enzyme Cytokine Oligonucleotide Radioconjugate Vaccine".split(),
        "Drug",
    ),
    **dict.fromkeys(
        "Article Abstract RegistryRecord Label RegulatoryNotice PressArticle Database".split(),
        "Reference",
    ),
    **dict.fromkeys(
        "Drug Antibody Linker Payload Regimen Target Mechanism Biomarker Disease AdverseEvent "
        "Organization Trial Arm Outcome Observation Measure RegulatoryEvent Statement Conflict "
        "Reference Claim Coverage".split()
    ),
}

PREFIX_OF_CLASS: dict[str, str] = {
    "AdverseEvent": "adverse-event",
    "RegulatoryEvent": "event",
    **{
        name: name.lower()
        for name, parent in SUPERCLASS.items()
        if parent is None and name not in ("AdverseEvent", "RegulatoryEvent")
    },
}

CODES: dict[str, tuple[str, ...]] = {
    name: tuple(codes.split())
    for name, codes in {
        "phase": "1 1/2 2 2/3 3 4",
        "setting": (
            "newly-diagnosed consolidation maintenance mrd-positive first-relapse "
            "relapsed-refractory resistant-intolerant conditioning post-transplant any"
        ),
        "population": (
            "intention-to-treat modified-itt enrolled treated infused response-evaluable "
            "mrd-evaluable dlt-evaluable safety per-protocol agency-set unstated"
        ),
        "assessor": "investigator independent-review central-laboratory regulator unstated",
        "eventType": (
            "approval accelerated-approval conditional-approval exceptional-approval conversion "
            "label-change boxed-warning companion-diagnostic advisory-opinion refusal "
            "application-withdrawal clinical-hold hold-lifted suspension resumption withdrawal "
            "market-discontinuation re-approval designation status-report"
        ),
        "initiator": "agency sponsor sponsor-on-request",
        "reason": "safety no-benefit confirmatory-trial commercial supply",
        "designation": (
            "orphan breakthrough fast-track priority-review rmat rare-pediatric-disease prime "
            "accelerated-assessment sakigake"
        ),
        "role": "experimental comparator single pooled",
        "fitness": "fit unfit",
        "hypothesis": "superiority non-inferiority single-arm",
        "endpointRole": "primary key-secondary secondary exploratory post-hoc",
        "pRelation": "< =",
        "notEstimable": "value lower upper",
        "timing": "at by best",
        "datePrecision": "year month",
        "checked": "source recalled",
        "family": "response mrd survival transplant safety baseline dose",
        "jurisdiction": "US EU JP CN CA GB CH AU KR",
    }.items()
}

# ``kind`` is one property with a list for each class.
KINDS: dict[str, tuple[str, ...]] = {
    name: tuple(codes.split())
    for name, codes in {
        "Target": "protein nucleic-acid lipid metabolite",
        "Measure": (
            "proportion survival-probability cumulative-incidence median-time hazard-ratio "
            "odds-ratio risk-ratio difference rate mean count dose"
        ),
        "Statement": "opinion prediction recommendation",
        "Conflict": (
            "definition denominator data-cut assessor press-against-primary label-against-paper "
            "registry-against-paper error"
        ),
    }.items()
}


class Range(NamedTuple):
    """What may stand as the object of a property.

    Attributes:
        datatype: local name in ``xsd:`` ("string" for a plain literal), "" for an IRI.
        prefixes: for an IRI, the prefixes that it may have; empty for any.
        codes: for a string, the closed list; empty for free text.
    """

    datatype: str = ""
    prefixes: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


def _to(*prefixes: str) -> Range:
    return Range(prefixes=prefixes)


_ANY, _TEXT = Range(), Range("string")
_INTEGER, _DECIMAL, _BOOLEAN, _DATE = (
    Range(name) for name in ("integer", "decimal", "boolean", "date")
)

PROPERTIES: dict[str, Range] = {
    **dict.fromkeys(
        (
            "conjugation costimulatoryDomain vector cellSource isotype format clone payloadClass "
            "cleavage kind alteration dose acronym status allocation masking whyStopped country "
            "unit method subgroup criteria threshold assay specimen grade reported locator "
            "speaker version test lookedFor lookedIn leftOut"
        ).split(),
        _TEXT,
    ),
    **{name: Range("string", codes=codes) for name, codes in CODES.items()},
    **dict.fromkeys("enrollment centers priorLines pSides count total".split(), _INTEGER),
    **dict.fromkeys(
        (
            "ageLow ageHigh alpha margin value lower upper confidenceLevel standardError pValue "
            "timePoint followUp"
        ).split(),
        _DECIMAL,
    ),
    **dict.fromkeys("cleavable endpointMet retracted".split(), _BOOLEAN),
    **dict.fromkeys("startDate completionDate dataCutoff date until".split(), _DATE),
    **dict.fromkeys("target engages".split(), _to("target")),
    **dict.fromkeys("drug ingredient combinedWith".split(), _to("drug")),
    **dict.fromkeys("developer sponsor agency".split(), _to("organization")),
    **dict.fromkeys("measure among".split(), _to("measure")),
    **dict.fromkeys("biomarker requires excludes".split(), _to("biomarker")),
    **dict.fromkeys("condition indication".split(), _to("disease")),
    **dict.fromkeys("trial pivotal".split(), _to("trial")),
    **dict.fromkeys("arm comparator".split(), _to("arm")),
    "amends": _to("event"),
    **dict.fromkeys("about between preferred".split(), _ANY),
    "supersededBy": _to("reference"),
    "after": _to("drug", "mechanism"),
    "mechanism": _to("mechanism"),
    "antibody": _to("antibody"),
    "linker": _to("linker"),
    "payload": _to("payload"),
    "regimen": _to("regimen"),
    "adverseEvent": _to("adverse-event"),
    "partOf": _to("regimen", "arm"),
    "gene": _to("hgnc"),
}

# "unit": in the unit that the property of that name gives.
UNITS = {
    **dict.fromkeys("followUp timePoint".split(), "months"),
    **dict.fromkeys("ageLow ageHigh".split(), "years"),
    "confidenceLevel": "%",
    **dict.fromkeys("value lower upper standardError".split(), "unit"),
}

# A statement with the first property also holds with the second.
SUPERPROPERTY = {"engages": "target"}

_RESOURCES = ("descriptions",)
FOREIGN = {
    "rdf": "type subject predicate object".split(),
    "rdfs": "label comment subClassOf".split(),
    "skos": "altLabel definition exactMatch broader".split(),
    "dcterms": "identifier title issued publisher license source".split(),
    "bibo": "doi pmid".split(),
    "schema": "domainIncludes rangeIncludes".split(),
    "xsd": "string integer decimal boolean date".split(),
}


class Terms:
    """The closed list of terms under one prefix, as attributes: ``lkg.target``."""

    def __init__(self, prefix: str, names: frozenset[str]) -> None:
        self._prefix = prefix
        self._terms = {name: NamedNode(PREFIXES[prefix] + name) for name in names}

    def __getattr__(self, name: str) -> NamedNode:
        try:
            return self._terms[name]
        except KeyError:
            message = f"{self._prefix}:{name} is not a term of the vocabulary"
            raise VocabularyError(message) from None

    __getitem__ = __getattr__


lkg = Terms("lkg", frozenset([*PROPERTIES, *SUPERCLASS, *_RESOURCES]))
rdf, rdfs, skos, dcterms, bibo, schema, xsd = (
    Terms(prefix, frozenset(names)) for prefix, names in FOREIGN.items()
)

_LOCAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?<!\.)")


def iri(curie: str) -> NamedNode:
    """The IRI that ``prefix:local`` stands for.

    Raises:
        VocabularyError: the prefix is unknown or the local part is not a slug.
    """
    prefix, colon, local = curie.partition(":")
    if not colon or prefix not in PREFIXES:
        raise VocabularyError(f"{curie!r}: {prefix!r} is not one of the known prefixes")
    if not _LOCAL.fullmatch(local):
        raise VocabularyError(f"{curie!r}: {local!r} is not letters, digits, '-', '_' and '.'")
    return NamedNode(PREFIXES[prefix] + local)


def curie(value: str) -> str:
    """The short form of an IRI under one of our prefixes, else the IRI itself."""
    if value.startswith(BASE):
        prefix, _, local = value.removeprefix(BASE).partition("/")
        if prefix in PREFIXES and local:
            return f"{prefix}:{local}"
    for prefix, namespace in PREFIXES.items():
        if value.startswith(namespace) and _LOCAL.fullmatch(value[len(namespace) :]):
            return f"{prefix}:{value[len(namespace) :]}"
    return value
