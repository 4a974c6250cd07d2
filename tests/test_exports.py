"""Networks as files for other programs, read back by other readers; KGX by ``kgx`` itself."""

import json
import os
import re
import shutil
import subprocess
from collections import Counter, defaultdict
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from pyoxigraph import NamedNode

from kg.backend import Local
from kg.biolink import records
from kg.dataset.store import in_memory
from kg.errors import BadParameter
from kg.exports import cx2, dot, gexf, graphml, kgx, load, names, write_network
from kg.graph import KnowledgeGraph
from kg.identifiers import expand
from kg.model import Description, Fact, text, typed, types
from kg.pages.palette import look
from kg.placed import MOST, placed
from kg.vocabulary import BASE, bibo, dcterms, iri, lkg, rdfs, skos

DRAWN = {"cx2": cx2, "dot": dot, "gexf": gexf, "graphml": graphml}
HOSTILE = 'a\\"]; b -> c [label=<<b>x</b>>] \\N &amp;</data>]]>|\t\n\u202e\u200b\u2028\x00\x07"\\'
Y = {"g": "http://graphml.graphdrawing.org/xmlns", "y": "http://www.yworks.com/xml/graphml"}
G = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}


@pytest.fixture(scope="module")
def network(graph):
    return graph.network("CD22", 2)


@pytest.fixture(scope="module")
def drawing(network):
    return placed(network, "target:CD22")


@pytest.fixture(scope="module")
def files(network):
    return {name: module.content(network, "target:CD22") for name, module in DRAWN.items()}


def entity(kind, text):
    fixed = {"type": kind, "acronym": "", "iri": "javascript:alert(1)"}
    return dict.fromkeys(("label", "definition", "synonyms"), text) | fixed


@pytest.fixture(scope="module")
def hostile():
    """Two nodes with parallel edges, all of whose texts are hostile."""
    network = nx.MultiDiGraph()
    network.add_node("drug:a", **entity("Drug", HOSTILE))
    network.add_node('target:"b\\', **entity("Target", HOSTILE * 300))
    for key in ("one", "two"):
        said = dict.fromkeys(("predicate", "label", "says", "references"), f"{key} {HOSTILE}")
        network.add_edge("drug:a", 'target:"b\\', key=f"{key} {HOSTILE}", **said)
    return network


def shown(text):
    return text.replace("\x00", "").replace("\x07", "")


def stated(network):
    """What a network says: who with whom, as what, by whom."""
    return Counter(
        (source, target, data["predicate"], data["says"], *sorted(data["references"].split()))
        for source, target, data in network.edges(data=True)
    )


def test_a_trial_is_captioned_by_its_acronym_or_number(drawing):
    trials = {node.caption for node in drawing.nodes if node.type == "Trial"}
    assert {"INO-VATE", "NCT01134575"} <= trials


def test_places_are_those_of_the_page(network, drawing):
    from kg.pages.drawing import nodes

    page = {item["id"]: (item["x"], item["y"]) for item in nodes(network, "target:CD22")}
    assert {node.id: (node.x, node.y) for node in drawing.nodes} == page


def test_parallel_edges_turn_each_at_its_own_place(drawing):
    ends = Counter(frozenset((edge.source, edge.target)) for edge in drawing.edges)
    turns = Counter((frozenset((edge.source, edge.target)), edge.bend) for edge in drawing.edges)
    assert max(ends.values()) > 5 and max(turns.values()) == 1
    assert all(
        edge.bend is None
        for edge in drawing.edges
        if ends[frozenset((edge.source, edge.target))] == 1
    )


def read_graphml(content):
    return nx.parse_graphml(content.decode(), force_multigraph=True)


def read_gexf(content, tmp_path):
    path = tmp_path / "x.gexf"
    path.write_bytes(content)
    return nx.MultiDiGraph(nx.read_gexf(path))


def test_graphml_keeps_every_edge_with_its_references(files, network):
    assert stated(read_graphml(files["graphml"])) == stated(network)


def test_gexf_keeps_every_edge_with_its_references(files, network, tmp_path):
    assert stated(read_gexf(files["gexf"], tmp_path)) == stated(network)


def test_gephi_finds_places_and_colours_in_graphml(files, drawing):
    """By the names of the keys that its importer knows, with types that it can read."""
    root = ElementTree.fromstring(files["graphml"])
    keys = {key.get("id"): key for key in root.iterfind("g:key", Y)}
    assert not {"d3", "d7"} & set(keys)  # Gephi takes what is called so for labels
    read = read_graphml(files["graphml"])
    for node in drawing.nodes:
        found = read.nodes[node.id]
        assert (found["x"], found["y"], found["size"]) == (node.x, -node.y, node.radius)
        assert (found["r"], found["g"], found["b"]) == node.rgb
        assert (found["label"], found["name"]) == (node.caption, node.label)
    assert all(type(found["r"]) is int for _, found in read.nodes(data=True))


def test_yed_finds_shapes_in_graphml(files, drawing):
    root = ElementTree.fromstring(files["graphml"])
    kinds = {key.get("yfiles.type"): key.get("id") for key in root.iterfind("g:key", Y)}
    assert {"nodegraphics", "edgegraphics"} <= set(kinds)
    for node, element in zip(drawing.nodes, root.iterfind(".//g:node", Y), strict=True):
        shape = element.find(f"g:data[@key='{kinds['nodegraphics']}']/y:ShapeNode", Y)
        box = {name: float(value) for name, value in shape.find("y:Geometry", Y).items()}
        assert box["x"] + box["width"] / 2 == pytest.approx(node.x, rel=1e-4, abs=0.1)
        assert box["y"] + box["height"] / 2 == pytest.approx(node.y, rel=1e-4, abs=0.1)
        assert shape.find("y:Fill", Y).get("color") == look(node.type).colour
        assert shape.find("y:NodeLabel", Y).text == "\n".join(node.lines)
    edges = root.findall(".//g:edge", Y)
    assert len({edge.get("id") for edge in edges}) == len(drawing.edges)
    for edge, element in zip(drawing.edges, edges, strict=True):
        line = element.find("g:data/y:PolyLineEdge", Y)
        assert line.find("y:Arrows", Y).get("target") == "standard"
        points = [
            (float(p.get("x")), float(p.get("y"))) for p in line.iterfind("y:Path/y:Point", Y)
        ]
        assert points == [edge.bend] * (edge.bend is not None)


def test_types_that_differ_in_shape_differ_in_every_format():
    shapes = {look(kind).shape for kind in ("Drug", "Target", "Trial", "Disease", "Mechanism")}
    for module in (graphml, cx2, dot):
        assert shapes <= set(module._SHAPES)
        assert len(set(module._SHAPES.values())) == len(module._SHAPES)


def test_gexf_has_places_colours_and_sizes(files, drawing):
    root = ElementTree.fromstring(files["gexf"])
    assert root.get("version") == "1.3"
    for node, element in zip(drawing.nodes, root.iterfind(".//g:node", G), strict=True):
        assert element.get("id") == node.id and element.get("label") == node.caption
        place = element.find("viz:position", G)
        assert (float(place.get("x")), float(place.get("y"))) == (node.x, -node.y)
        colour = element.find("viz:color", G)
        assert tuple(int(colour.get(part)) for part in "rgb") == node.rgb
        assert float(element.find("viz:size", G).get("value")) == node.radius


def test_parallel_edges_of_gexf_differ_in_kind(files):
    edges = ElementTree.fromstring(files["gexf"]).findall(".//g:edge", G)
    ends = Counter((edge.get("source"), edge.get("target")) for edge in edges)
    kinds = {(edge.get("source"), edge.get("target"), edge.get("kind")) for edge in edges}
    assert max(ends.values()) > 1 and len(kinds) == len(edges)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_cx2_is_read_by_the_client_of_ndex(files, drawing, network):
    from ndex2.cx2 import CX2Network

    document = json.loads(files["cx2"])
    read = CX2Network()
    read.create_from_raw_cx2(document)
    nodes, edges = read.get_nodes(), read.get_edges()
    by_type = read.get_visual_properties()["nodeMapping"]["NODE_BACKGROUND_COLOR"]["definition"]
    colours = {pair["v"]: pair["vp"] for pair in by_type["map"]}
    for number, node in enumerate(drawing.nodes):
        found = nodes[number]
        assert (found["x"], found["y"]) == (node.x, node.y)
        assert found["v"]["name"] == node.label and found["v"]["represents"] == node.id
        assert colours[found["v"]["type"]] == node.colour
    copy = nx.MultiDiGraph()
    for edge in edges.values():
        said = {"says": "", **edge["v"], "references": " ".join(edge["v"].get("references", []))}
        source, target = (nodes[edge[end]]["v"]["represents"] for end in "st")
        copy.add_edge(source, target, **said)
    assert stated(copy) == stated(network)


def test_cx2_declares_what_it_uses(files):
    aspects = {name: part for each in json.loads(files["cx2"]) for name, part in each.items()}
    assert aspects["CXVersion"] == "2.0" and aspects["status"][0]["success"]
    counted = {each["name"]: each["elementCount"] for each in aspects["metaData"]}
    assert counted == {name: len(aspects[name]) for name in counted}
    (declared,) = aspects["attributeDeclarations"]
    used = {"networkAttributes": aspects["networkAttributes"]}
    used |= {name: [each["v"] for each in aspects[name]] for name in ("nodes", "edges")}
    python = {"string": str, "double": float, "list_of_string": list}
    for aspect, each in used.items():
        for values in each:
            for name, value in values.items():
                assert isinstance(value, python[declared[aspect][name]["d"]])
    assert json.loads(aspects["networkAttributes"][0]["@context"])["drug"].endswith("/drug/")


def unquoted(text):
    """A string of DOT whose backslashes stand in pairs."""
    return text[1:-1].replace('\\"', '"').replace("\\\\", "\\")


def read_dot(content):
    import pydot

    (read,) = pydot.graph_from_dot_data(content.decode())
    return read


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_dot_is_read_by_pydot(files, drawing, network):
    read = read_dot(files["dot"])
    nodes = {unquoted(node.get_name()): node for node in read.get_nodes() if node.get("pos")}
    for node in drawing.nodes:
        found = nodes[node.id]
        assert unquoted(found.get("pos")) == f"{node.x:g},{-node.y:g}"
        assert unquoted(found.get("fillcolor")) == node.colour
        assert unquoted(found.get("fullname")) == node.label
    copy = nx.MultiDiGraph()
    for edge in read.get_edges():
        names_ = ("predicate", "says", "references")
        said = {name: unquoted(edge.get(name) or '""') for name in names_}
        copy.add_edge(unquoted(edge.get_source()), unquoted(edge.get_destination()), **said)
    assert stated(copy) == stated(network)


@pytest.mark.skipif(not shutil.which("neato"), reason="Graphviz is not installed")
def test_dot_is_drawn_by_graphviz(files, hostile, drawing):
    for content, many in ((files["dot"], len(drawing.edges)), (dot.content(hostile), 2)):
        svg = subprocess.run(
            ["neato", "-n2", "-Tsvg"], input=content, capture_output=True, check=True
        ).stdout.decode()
        root = ElementTree.fromstring(re.sub("<!DOCTYPE[^>]*>", "", svg))
        kinds = Counter(group.get("class") for group in root.iter("{http://www.w3.org/2000/svg}g"))
        assert kinds["edge"] == many
        assert "javascript:" not in svg


def test_hostile_text_stays_text(hostile, tmp_path):
    label = shown(HOSTILE)
    read = read_graphml(graphml.content(hostile))
    assert read.nodes["drug:a"]["name"] == label
    assert read.number_of_edges() == 2 and set(read) == set(hostile)
    assert len(read.nodes['target:"b\\']["label"]) <= MOST
    edges = read_gexf(gexf.content(hostile), tmp_path).edges(data=True)
    assert {data["says"] for *_, data in edges} == {f"one {label}", f"two {label}"}
    nodes = next(part["nodes"] for part in json.loads(cx2.content(hostile)) if "nodes" in part)
    assert nodes[0]["v"]["name"] == label


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_hostile_text_stays_text_in_dot(hostile):
    content = dot.content(hostile)
    assert b"javascript" not in content
    read = read_dot(content)
    nodes = {unquoted(node.get_name()): node for node in read.get_nodes() if node.get("pos")}
    assert set(nodes) == set(hostile) and len(read.get_edges()) == 2
    assert unquoted(nodes["drug:a"].get("fullname")) == shown(HOSTILE)


def hostile_claims():
    """A drug in a trial for a disease, binding a target; hostile names and references."""
    for name, kind, match in (
        ("drug:a", "SmallMolecule", "CHEBI:45783"),
        ("target:b", "Target", "uniprot:P20273"),
        ("disease:c", "Disease", "MONDO:0004967"),
        ("trial:d", "Trial", ""),
    ):
        label, synonym = (rdfs.label, text(HOSTILE)), (skos.altLabel, text(f"1 {HOSTILE}"))
        same = [(skos.exactMatch, NamedNode(expand(match)))] if match else []
        yield Description(iri(name), (*types(kind), label, synonym, *same))
    for name, *known in (
        ("reference:script", (dcterms.source, NamedNode("javascript:alert(1)"))),
        ("reference:bar", (dcterms.source, NamedNode("https://example.org/a?b%7Cc"))),
        ("reference:doi", (bibo.doi, text("10.1000/(SICI)1|2<3:4>5"))),
    ):
        dated = (dcterms.title, text(HOSTILE)), (dcterms.issued, typed("2012-02-21", "date"))
        yield Description(iri(name), (*types("Article"), *dated, *known))
        for subject, predicate, value in (
            ("drug:a", "target", "target:b"),
            ("trial:d", "drug", "drug:a"),
            ("trial:d", "condition", "disease:c"),
        ):
            yield Fact(iri(subject), lkg[predicate], iri(value), iri(name), "p. 1", "source")


@pytest.fixture(scope="module")
def hostile_graph():
    return KnowledgeGraph(Local(in_memory(hostile_claims())))


def test_hostile_text_stays_in_its_cell_of_kgx(hostile_graph, tmp_path):
    kgx.write(hostile_graph, tmp_path)
    header, *rows = (tmp_path / "nodes.tsv").read_text().split("\n")[:-1]
    assert len(rows) == 3
    for row in rows:
        cells = dict(zip(header.split("\t"), row.split("\t"), strict=True))
        assert len(cells["synonym"].split("|")) == 1
    lines = (tmp_path / "edges.jsonl").read_text().splitlines()
    binds = {edge["predicate"]: edge for edge in map(json.loads, lines)}
    assert len(binds) == 2
    assert binds["biolink:physically_interacts_with"]["publications"] == [
        "doi:10.1000/(SICI)1%7C2<3:4>5",
        "https://example.org/a?b%7Cc",
        f"{BASE}reference/script",
    ]


@pytest.mark.parametrize("name", DRAWN)
def test_an_empty_network_and_one_without_edges_are_files(name):
    assert DRAWN[name].content(nx.MultiDiGraph())
    lonely = nx.MultiDiGraph()
    lonely.add_node("drug:a", **entity("Drug", "a"))
    assert b"drug:a" in DRAWN[name].content(lonely)


def test_the_suffix_says_what_is_written(graph, tmp_path):
    for suffix, starts in ((".gexf", "<?xml"), (".dot", "digraph"), ("", "<!"), (".html", "<!")):
        path = tmp_path / f"cd22{suffix}"
        assert write_network(graph, path, "CD22") == [path]
        assert path.read_text().startswith(starts)
    with pytest.raises(BadParameter, match=r"as '.pdf'; there are: .html, .cx2, .dot"):
        write_network(graph, tmp_path / "x.pdf", "CD22")


def test_every_format_says_what_it_is():
    for name in names():
        module = load(name)
        assert isinstance(module.SUFFIX, str) and callable(module.write)


@pytest.fixture(scope="module")
def biolink(graph):
    return records(graph)


def test_biolink_names_entities_by_exact_matches_alone(graph, biolink):
    nodes, _ = biolink
    named = {node.id: node for node in nodes}
    assert len(named) == len(nodes) > 300
    assert named["UniProtKB:P20273"].name == "CD22"
    assert named["UniProtKB:P20273"].category == ["biolink:Protein"]
    assert "HGNC:1643" in named["UniProtKB:P20273"].xref
    matches = defaultdict(set)
    for entity_, match in graph.select("SELECT ?e ?m { ?e skos:exactMatch ?m }").texts():
        matches[entity_].add(re.split("[:_/]", match)[-1])
    for node in nodes:
        (ours,) = (each for each in node.xref if each.startswith(BASE))
        others = {*node.xref, node.id} - {ours}
        assert {each.partition(":")[2] for each in others} == matches[ours]


def test_biolink_says_who_states_an_edge(biolink):
    nodes, edges = biolink
    assert {end for edge in edges for end in (edge.subject, edge.object)} <= {n.id for n in nodes}
    name = {node.id: node.name for node in nodes}
    said = {(name[edge.subject], edge.predicate, name[edge.object]): edge for edge in edges}
    binds = said["inotuzumab ozogamicin", "biolink:physically_interacts_with", "CD22"]
    assert binds.publications and binds.knowledge_level == "knowledge_assertion"
    hierarchy = "biolink:subclass_of"  # nobody's statement in particular
    assert all(edge.publications for edge in edges if edge.predicate != hierarchy)
    tested = [edge for edge in edges if edge.predicate == "biolink:in_clinical_trials_for"]
    assert all(edge.has_supporting_studies for edge in tested)
    assert any("CLINICALTRIALS:NCT01564784" in edge.has_supporting_studies for edge in tested)


def test_biolink_treats_only_what_is_approved_then(graph):
    def treated(view):
        nodes, edges = records(view)
        name = {node.id: node.name for node in nodes}
        return {name[edge.subject] for edge in edges if edge.predicate == "biolink:treats"}

    assert "inotuzumab ozogamicin" in treated(graph)
    assert "inotuzumab ozogamicin" not in treated(graph.as_of("2016-12-31"))


def test_kgx_tables_and_lines_say_the_same(graph, tmp_path):
    files = kgx.write(graph, tmp_path)
    assert [path.name for path in files] == [
        "nodes.tsv",
        "nodes.jsonl",
        "edges.tsv",
        "edges.jsonl",
    ]
    for name in ("nodes", "edges"):
        header, *rows = (tmp_path / f"{name}.tsv").read_text().splitlines()
        lines = (tmp_path / f"{name}.jsonl").read_text().splitlines()
        for row, line in zip(rows, map(json.loads, lines), strict=True):
            cells = dict(zip(header.split("\t"), row.split("\t"), strict=True))
            lists = {key: value for key, value in line.items() if isinstance(value, list)}
            assert cells["id"] == line["id"]
            assert all(len(cells[key].split("|")) == len(value) for key, value in lists.items())


KGX = os.environ.get("KG_KGX", "")
needs_kgx = pytest.mark.skipif(not KGX, reason="KG_KGX does not name a Python that has kgx")


def validate(folder, form):
    script = Path(__file__).parent / "kgx_offline.py"
    files = [folder / f"{name}.{form}" for name in ("nodes", "edges")]
    command = [KGX, script, "validate", "--input-format", form, *files]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@needs_kgx
@pytest.mark.parametrize("form", ["tsv", "jsonl"])
@pytest.mark.parametrize("which", ["packaged", "hostile"])
def test_kgx_accepts_it(graph, hostile_graph, tmp_path, form, which):
    kgx.write(graph if which == "packaged" else hostile_graph, tmp_path)
    done = validate(tmp_path, form)
    assert done.returncode == 0, done.stdout + done.stderr


@needs_kgx
def test_kgx_accepts_not_everything(hostile_graph, tmp_path):
    """A category that does not exist, and a namespace that the model does not know."""
    kgx.write(hostile_graph, tmp_path)
    path = tmp_path / "nodes.jsonl"
    path.write_text(path.read_text().replace("CHEBI:", "drug:").replace("Protein", "Proteid"))
    done = validate(tmp_path, "jsonl")
    assert done.returncode == 1
    assert "is unknown in the current Biolink Model" in done.stdout + done.stderr
    assert "is not represented in Biolink Model" in done.stdout + done.stderr
