"""What the package promises of itself: light to import, layered one way, complete."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg import packaged, resources

PACKAGE = Path(kg.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# Each layer may import those before it, and itself.
LAYERS = [
    ("errors", "colours"),
    ("vocabulary",),
    ("dates",),
    ("model", "identifiers", "links", "frames", "notebook", "rows", "resources", "sparql", "proof"),
    ("grounding",),
    ("suggestions",),
    ("sources", "backend", "cards", "intervals", "shapes", "layout", "serialization"),
    ("fetch", "dataset"),
    ("packaged", "questions", "network", "validation"),
    ("analysis",),
    ("figures", "pages"),
    ("graph",),
    ("printing", "reports", "conflict_text", "coverage"),
    ("answers",),
    ("site", "placed", "biolink"),
    ("publishing",),
    ("exports",),
    ("release",),
    ("serve",),
    ("cli",),
]
DEPTH = {name: depth for depth, layer in enumerate(LAYERS) for name in layer}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kg"):
            names = [node.module] if node.module != "kg" else [f"kg.{n.name}" for n in node.names]
            yield from (name.split(".")[1] for name in names if name != "kg.__version__")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_one_way(path):
    own = path.relative_to(PACKAGE).with_suffix("").parts[0]
    if own == "__init__":
        return
    assert own in DEPTH, f"{own} has no layer yet"
    assert all(DEPTH[name] <= DEPTH[own] for name in imported(path))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_stay_short(path):
    assert len(path.read_text().splitlines()) <= 300


def run(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def test_importing_the_package_pulls_in_nothing_heavy():
    loaded = run("import sys, kg; print(*(name for name in sys.modules))").split()
    heavy = {"rdflib", "pyoxigraph", "networkx", "pyvis", "typer", "rich", "pandas", "httpx"}
    assert not heavy & set(loaded)


def test_opening_the_graph_pulls_in_only_the_store():
    code = "import sys; import kg.graph; print(*(name for name in sys.modules))"
    heavy = {"rdflib", "oxrdflib", "networkx", "pyvis", "typer", "pandas", "httpx", "pyshacl"}
    assert not heavy & set(run(code).split())


def test_only_fetch_opens_the_network():
    clients = {"httpx", "urllib.request", "http.client", "socket", "requests"}
    for path in MODULES:
        names = {
            name
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in (getattr(node, "module", None), *(alias.name for alias in node.names))
        }
        listens = {"socket"} if path.name == "running.py" else set()
        assert path.name == "fetch.py" or not names & clients - listens, path


def test_public_names_are_there():
    assert all(getattr(kg, name) for name in kg.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        _ = kg.nothing


def test_public_functions_say_what_they_do():
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_"
            if public and not (isinstance(node, ast.FunctionDef) and _nested(path, node)):
                assert ast.get_docstring(node), f"{path.name}: {node.name}"


def _nested(path, function):
    tree = ast.parse(path.read_text())
    outer = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    return any(
        function.name in {c.name for c in ast.walk(o) if isinstance(c, ast.FunctionDef)}
        and o.name != function.name
        for o in outer
    )


def test_the_key_of_the_cache_is_that_of_the_contents(monkeypatch, tmp_path):
    """A wheel and a checkout of the same version share one cache."""
    before = packaged.key()
    moved = tmp_path / "zzz"
    moved.mkdir()
    shutil.copy(resources.mappings(), moved / "mappings.sssom.tsv")
    monkeypatch.setattr(resources, "mappings", lambda: moved / "mappings.sssom.tsv")
    assert packaged.key() == before
    (moved / "mappings.sssom.tsv").write_text("changed")
    assert packaged.key() != before
