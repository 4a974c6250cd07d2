"""The ontology, the shapes and the JSON-LD context describe the vocabulary of the code."""

import json
from functools import cache

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import OWL, RDF, RDFS, SDO, SH, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from kg import resources
from kg.sources.curated.tables import TABLES, read
from kg.vocabulary import (
    CODES,
    FOREIGN,
    KINDS,
    PREFIX_OF_CLASS,
    PREFIXES,
    PROPERTIES,
    SUPERCLASS,
    SUPERPROPERTY,
)

LKG = Namespace(PREFIXES["lkg"])
CLASS_OF_PREFIX = {prefix: name for name, prefix in PREFIX_OF_CLASS.items()}


@cache
def graph(name):
    return Graph().parse(resources.ontology() / name, format="turtle")


def names(kind):
    subjects = graph("leukemia-kg.ttl").subjects(RDF.type, kind)
    return {each.removeprefix(LKG) for each in subjects if each.startswith(LKG)}


def test_the_terms_are_those_of_the_vocabulary():
    assert names(OWL.Class) == set(SUPERCLASS)
    assert names(OWL.DatatypeProperty) == {n for n, r in PROPERTIES.items() if r.datatype}
    assert names(OWL.ObjectProperty) == {n for n, r in PROPERTIES.items() if not r.datatype}
    assert names(OWL.NamedIndividual) == {"descriptions"}


@pytest.mark.parametrize("name", [*SUPERCLASS, *PROPERTIES, "descriptions"])
def test_every_term_has_a_label_and_a_definition(name):
    label = graph("leukemia-kg.ttl").value(LKG[name], RDFS.label, any=False)
    definition = graph("leukemia-kg.ttl").value(LKG[name], SKOS.definition, any=False)
    assert label and definition and definition.endswith(".")


@pytest.mark.parametrize("name", PROPERTIES)
def test_every_property_has_domain_and_range(name):
    ontology, expected = graph("leukemia-kg.ttl"), PROPERTIES[name]
    domain = set(ontology.objects(LKG[name], SDO.domainIncludes))
    assert domain and domain <= {LKG[each] for each in SUPERCLASS}
    ranges = set(ontology.objects(LKG[name], SDO.rangeIncludes))
    if expected.datatype:
        assert ranges == {XSD[expected.datatype]}
    elif set(expected.prefixes) <= set(CLASS_OF_PREFIX) and expected.prefixes:
        assert ranges == {LKG[CLASS_OF_PREFIX[each]] for each in expected.prefixes}
    else:
        assert ranges


def test_the_hierarchies_agree():
    ontology = graph("leukemia-kg.ttl")
    assert set(ontology.subject_objects(RDFS.subClassOf)) == {
        (LKG[name], LKG[parent]) for name, parent in SUPERCLASS.items() if parent
    }
    assert set(ontology.subject_objects(RDFS.subPropertyOf)) == {
        (LKG[name], LKG[parent]) for name, parent in SUPERPROPERTY.items()
    }


def test_every_class_has_one_closed_shape():
    shapes = graph("shapes.ttl")
    targets = [shapes.value(each, SH.targetClass) for each in shapes.subjects(SH.closed)]
    expected = [LKG[name] for name, parent in SUPERCLASS.items() if parent is None]
    assert sorted(targets) == sorted(expected)


def shape_properties():
    """Class and property of every property shape, with the shape."""
    shapes = graph("shapes.ttl")
    for shape, path in shapes.subject_objects(SH.path):
        target = shapes.value(shape, SH.targetClass, any=False)
        yield target.removeprefix(LKG), path, shape


def test_shapes_and_domains_agree():
    in_shapes = {(t, p.removeprefix(LKG)) for t, p, _ in shape_properties() if p.startswith(LKG)}
    domains = graph("leukemia-kg.ttl").subject_objects(SDO.domainIncludes)
    assert in_shapes == {(c.removeprefix(LKG), p.removeprefix(LKG)) for p, c in domains}


def test_shapes_use_known_terms_only():
    foreign = {URIRef(PREFIXES[prefix] + n) for prefix, ns in FOREIGN.items() for n in ns}
    paths = {path for _, path, _ in shape_properties()}
    assert paths <= foreign | {LKG[name] for name in PROPERTIES}


def test_closed_shapes_admit_exactly_the_properties_that_they_describe():
    shapes = graph("shapes.ttl")
    described = {}
    for target, path, _ in shape_properties():
        described.setdefault(target, {RDF.type, RDFS.comment}).add(path)
    for shape in shapes.subjects(SH.closed):
        admitted = set(Collection(shapes, shapes.value(shape, SH.ignoredProperties)))
        target = shapes.value(shape, SH.targetClass).removeprefix(LKG)
        assert admitted == described.get(target, {RDF.type, RDFS.comment}), target


def test_closed_lists_are_those_of_the_vocabulary():
    shapes = graph("shapes.ttl")
    for target, path, shape in shape_properties():
        name = path.removeprefix(LKG)
        expected = KINDS.get(target) if name == "kind" else CODES.get(name)
        listed = shapes.value(shape, SH["in"])
        codes = tuple(map(str, Collection(shapes, listed))) if listed else None
        assert codes == expected, (target, name)


@pytest.mark.parametrize("table", ["outcomes", "observations", "events", "statements"])
def test_shapes_count_as_the_tables_do(table):
    shapes, schema = graph("shapes.ttl"), TABLES[table]
    for target, path, shape in shape_properties():
        name = path.removeprefix(LKG)
        if target != schema.classes[0] or name not in schema.columns:
            continue
        assert (shapes.value(shape, SH.maxCount) is None) == schema.is_list(name), name
        required = name in schema.required and name not in ("locator", "checked")
        assert (shapes.value(shape, SH.minCount) is not None) == required, name


def test_every_shape_says_the_remedy():
    shapes = graph("shapes.ttl")
    for shape in {*shapes.subjects(SH.path), *shapes.subjects(SH.closed)}:
        assert isinstance(shapes.value(shape, SH.message, any=False), Literal), shape


def test_the_context_covers_prefixes_and_properties():
    text = (resources.ontology() / "context.jsonld").read_text(encoding="utf-8")
    context = json.loads(text)["@context"]
    assert {name: context[name] for name in PREFIXES} == PREFIXES
    for name, expected in PROPERTIES.items():
        datatype = f"xsd:{expected.datatype}" if expected.datatype else "@id"
        wanted = {"@id": f"lkg:{name}", "@type": datatype}
        if expected.datatype == "string":
            del wanted["@type"]
        # A property with the name of a prefix is written with its own prefix.
        assert context[f"lkg:{name}" if name in PREFIXES else name] == wanted, name


def test_the_context_reads_as_the_vocabulary():
    text = (resources.ontology() / "context.jsonld").read_text(encoding="utf-8")
    said = {"id": "drug:x", "type": "lkg:Drug", "label": "x", "lkg:target": "target:CD22"}
    document = json.dumps(json.loads(text) | said)
    assert {str(quad.triple) for quad in parse(document, format=RdfFormat.JSON_LD)} == {
        f"<{PREFIXES['drug']}x> <{RDF.type}> <{LKG.Drug}>",
        f'<{PREFIXES["drug"]}x> <{RDFS.label}> "x"',
        f"<{PREFIXES['drug']}x> <{LKG.target}> <{PREFIXES['target']}CD22>",
    }


def test_measures_are_many_and_each_is_defined():
    path = resources.CURATION / "measures.tsv"
    if not path.is_file():
        pytest.skip("the table of measures is not there")
    rows = read(TABLES["measures"], path)
    assert len(rows) >= 40
    assert [row["id"] for row in rows if len(row["definition"]) < 20] == []
