"""The graph in terms of the Biolink Model: entities that have an identifier there, and edges.

What Biolink can say without saying too much: what a drug binds and is made of, what it was
tested in, what it is approved for, and which kinds there are. An entity is named by an
identifier that we have as an exact match, in a namespace of the model; one without
(mechanisms, biomarkers, organizations, many parts) is left out, as is what has no predicate
there, such as a refusal. Trials stand at the edges that they support.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import msgspec

from kg.identifiers import converter
from kg.links import web
from kg.vocabulary import curie

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph import KnowledgeGraph

# Who curated a row, the tables do not say.
SOURCE, _LEVEL, _AGENT = "infores:leukemia-kg", "knowledge_assertion", "not_provided"

# Category by class, then prefixes by preference, most specific to the category first.
_CHEMICAL = ("CHEBI", "UNII", "CHEMBL.COMPOUND", "DRUGBANK", "MESH", "CAS")
_CATEGORIES = {
    "SmallMolecule": ("biolink:SmallMolecule", _CHEMICAL),
    **dict.fromkeys(
        "MonoclonalAntibody AntibodyDrugConjugate FusionToxin BispecificAntibody CellTherapy "
        "Enzyme Cytokine Oligonucleotide Radioconjugate Vaccine Drug".split(),
        ("biolink:Drug", ("UNII", "DRUGBANK", "CHEBI", "MESH", "CAS")),
    ),
    **dict.fromkeys(("Antibody", "Linker", "Payload"), ("biolink:MolecularEntity", _CHEMICAL)),
    "Target": ("biolink:Protein", ("UniProtKB",)),
    "Disease": ("biolink:Disease", ("MONDO", "DOID", "NCIT")),
    "AdverseEvent": ("biolink:PhenotypicFeature", ("NCIT",)),
}
_PREFIXES = {
    "uniprot": "UniProtKB",
    "hgnc": "HGNC",
    "unii": "UNII",
    "chembl": "CHEMBL.COMPOUND",
    "drugbank": "DRUGBANK",
    "mesh": "MESH",
    "cas": "CAS",
    "rxnorm": "RXNORM",
    "atc": "ATC",
    "pubmed": "PMID",
}
_BELOW = "rdfs:subClassOf"
_PREDICATES = {
    "lkg:target": "biolink:physically_interacts_with",
    "lkg:engages": "biolink:physically_interacts_with",
    **dict.fromkeys(("lkg:antibody", "lkg:linker", "lkg:payload"), "biolink:has_part"),
    "lkg:ingredient": "biolink:has_active_ingredient",
    _BELOW: "biolink:subclass_of",
    "skos:broader": "biolink:subclass_of",
}
_TREATS = "biolink:treats"
_PLAIN = ":/()-._;,+#?=&@!$*'~%[]<>"  # of an address; "|" parts values in a table
_TESTED = """SELECT ?trial ?drug ?disease ?reference ?number WHERE {
  ?trial lkg:condition ?disease . GRAPH ?reference { ?trial lkg:drug ?drug }
  OPTIONAL { ?trial dcterms:identifier ?number }
}"""
_MATCHES = "SELECT ?entity ?match { GRAPH lkg:descriptions { ?entity skos:exactMatch ?match } }"
_REFERENCES = """SELECT ?reference ?pmid ?doi ?source WHERE {
  ?reference a lkg:Reference
  OPTIONAL { ?reference bibo:pmid ?pmid }
  OPTIONAL { ?reference bibo:doi ?doi }
  OPTIONAL { ?reference dcterms:source ?source }
}"""


class Node(msgspec.Struct, frozen=True, omit_defaults=True):
    """A node record of KGX; identifiers are CURIEs with prefixes of the Biolink Model."""

    id: str
    category: list[str]
    name: str
    description: str = ""
    synonym: list[str] = []
    xref: list[str] = []


class Edge(msgspec.Struct, frozen=True, omit_defaults=True):
    """An edge record of KGX.

    Attributes:
        publications: references by PMID, DOI, address or their IRI here; none where a
            hierarchy is nobody's statement in particular.
        has_supporting_studies: trials by their number.
    """

    id: str
    subject: str
    predicate: str
    object: str
    primary_knowledge_source: str
    knowledge_level: str
    agent_type: str
    publications: list[str] = []
    has_supporting_studies: list[str] = []
    clinical_approval_status: str = ""


class _Stated(NamedTuple):
    """What references state of entities, by our short forms; predicates of Biolink."""

    subject: str
    predicate: str
    object: str
    references: list[str]
    study: str = ""


Names = dict[str, list[str]]  # CURIEs by our short form of an entity


def records(graph: KnowledgeGraph) -> tuple[list[Node], list[Edge]]:
    """Nodes and edges, sorted by ``id``; what several references state is one edge."""
    network = graph.network()
    nodes = dict(_nodes(network, _names(graph)))
    publication = _publications(graph)
    found: dict[tuple[str, str, str], tuple[set[str], set[str]]] = {}
    for each in chain(_related(network), _tested(graph), _approved(graph, network)):
        if each.subject in nodes and each.object in nodes:
            stated = nodes[each.subject].id, each.predicate, nodes[each.object].id
            publications, studies = found.setdefault(stated, (set(), set()))
            publications.update(publication.get(name, name) for name in each.references)
            studies.update(filter(None, [each.study]))
    edges = (_edge(*stated, *support) for stated, support in found.items())
    return sorted(nodes.values(), key=_id), sorted(edges, key=_id)


def _edge(
    subject: str, predicate: str, object_: str, publications: set[str], studies: set[str]
) -> Edge:
    return Edge(
        id=f"{subject}--{predicate}--{object_}",
        subject=subject,
        predicate=predicate,
        object=object_,
        primary_knowledge_source=SOURCE,
        knowledge_level=_LEVEL,
        agent_type=_AGENT,
        publications=sorted(publications),
        has_supporting_studies=sorted(studies),
        clinical_approval_status="approved_for_condition" if predicate == _TREATS else "",
    )


def _id(record: Node | Edge) -> str:
    return record.id


def _nodes(network: nx.MultiDiGraph, names: Names) -> Iterator[tuple[str, Node]]:
    for entity, data in network.nodes(data=True):
        category, prefixes = _CATEGORIES.get(data["type"], ("", ()))
        if found := _preferred(names.get(entity, []), prefixes):
            yield (
                entity,
                Node(
                    id=found,
                    category=[category],
                    name=data["label"],
                    description=data["definition"],
                    synonym=sorted(filter(None, data["synonyms"].split(" | "))),
                    xref=sorted({*names[entity], data["iri"]} - {found}),
                ),
            )


def _related(network: nx.MultiDiGraph) -> Iterator[_Stated]:
    for subject, object_, data in network.edges(data=True):
        if predicate := _PREDICATES.get(data["predicate"]):
            yield _Stated(subject, predicate, object_, data["references"].split())


def _tested(graph: KnowledgeGraph) -> Iterator[_Stated]:
    predicate = "biolink:in_clinical_trials_for"
    for trial, drug, disease, reference, number in graph.select(_TESTED).texts():
        study = f"CLINICALTRIALS:{number}" if number.startswith("NCT") else trial
        yield _Stated(curie(drug), predicate, curie(disease), [curie(reference)], study)


def _approved(graph: KnowledgeGraph, network: nx.MultiDiGraph) -> Iterator[_Stated]:
    """Approvals that stand, by the question that knows which do."""
    for disease in _roots(network):
        for row in graph.ask("approved-drugs", disease=disease):
            columns = ("drug", "indication", "reference")
            drug, indication, reference = (curie(str(row[name])) for name in columns)
            yield _Stated(drug, _TREATS, indication, [reference])


def _roots(network: nx.MultiDiGraph) -> list[str]:
    """Diseases that are below no other."""
    below = {subject for subject, _, what in network.edges(data="predicate") if what == _BELOW}
    diseases = (node for node, kind in network.nodes(data="type") if kind == "Disease")
    return sorted(set(diseases) - below)


def _names(graph: KnowledgeGraph) -> Names:
    found: Names = defaultdict(list)
    for entity, match in graph.select(_MATCHES).texts():
        prefix, _, local = (converter().compress(match) or "").partition(":")
        if local:
            found[curie(entity)].append(f"{_PREFIXES.get(prefix, prefix)}:{local}")
    return found


def _preferred(names: list[str], prefixes: tuple[str, ...]) -> str:
    for prefix in prefixes:
        for name in sorted(names):
            if name.startswith(f"{prefix}:"):
                return name
    return ""


def _publications(graph: KnowledgeGraph) -> dict[str, str]:
    """Each reference as others know it: PubMed, DOI, its address, or else its IRI here."""
    found = {}
    for reference, pmid, doi, source in graph.select(_REFERENCES).texts():
        known = (pmid and f"PMID:{pmid}") or (doi and f"doi:{doi}") or web(source)
        found[curie(reference)] = quote(known or reference, safe=_PLAIN)
    return found
