"""A network as one page: pyvis with our own template, and nothing of the data as markup."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple

import networkx as nx
from jinja2 import BytecodeCache, ChoiceLoader, Environment, PackageLoader
from jinja2.bccache import Bucket
from markupsafe import Markup

from kg import __version__
from kg.pages import drawing
from kg.pages.data import Knowledge
from kg.pages.details import details
from kg.pages.palette import look

VIS = "lib/vis-9.1.2/vis-network.min.js"  # of pyvis
CANVAS = 150  # from so many nodes on, a page without vis-network opens in half the time
_MAP = ("map",)  # what draws: vis-network, or ourselves
_CANVAS = ("scene", "gestures", "overview", "canvas")
_BEFORE = ("data", "state", "shown", "theme")
_AFTER = (
    *("camera", "address", "moved", "taken", "labels"),
    *(
        "sources",
        "relations",
        "details",
        "select",
        "path",
        "fold",
        "more",
        "search",
        "legend",
        "evidence",
    ),
    *("table", "files", "picture", "save", "keys", "main"),
)
_ESCAPES = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def json_text(value: object) -> Markup:
    """JSON that can stand in a ``<script>`` element: no text in it can end the element."""
    text = (
        value
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    )
    for char, escape in _ESCAPES.items():
        text = text.replace(char, escape)
    return Markup(text)


class _Compiled(BytecodeCache):
    """Templates are compiled once, though every page has an environment of its own."""

    _codes: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what was compiled before."""
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what has just been compiled."""
        self._codes[bucket.key] = bucket.bytecode_to_string()


def environment() -> Environment:
    """Our templates first, then those of pyvis; all text is escaped."""
    loader = ChoiceLoader([PackageLoader("kg.pages"), PackageLoader("pyvis", "templates")])
    result = Environment(
        loader=loader,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        newline_sequence="\n",
        bytecode_cache=_Compiled(),
    )
    result.filters["json_text"] = json_text
    return result


@cache
def script(name: str) -> str:
    """The text of a script among the templates, as a browser reads it."""
    loader = environment().loader
    assert loader is not None
    text = loader.get_source(environment(), name)[0].replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"\n//# sourceMappingURL=.*", "", text)


@cache
def own_script(large: bool = False) -> str:
    """Our own scripts as one, for networks that vis-network draws or for large ones."""
    names = (*_BEFORE, *(_CANVAS if large else _MAP), *_AFTER)
    return "\n".join(script(f"js/{name}.js") for name in names)


class Page(NamedTuple):
    """What a page shows.

    Attributes:
        network: as :func:`kg.network.network` returns it.
        title: the heading.
        summary: one line on what is shown.
        centre: the node that the network is around; "" if it is around none.
        pages: addresses of pages about nodes, by node, where there are such pages.
        neighbours: address, with ``{id}`` for a node's id, that answers with the
            :func:`content` of a page around it, so that a reader can go on from there; "" if none.
        home: address of the page that lists all pages.
    """

    network: nx.MultiDiGraph
    title: str
    summary: str
    centre: str = ""
    pages: Mapping[str, str] = MappingProxyType({})
    neighbours: str = ""
    home: str = "index.html"


def render(page: Page, known: Knowledge, assets: str = "") -> str:
    """The HTML of a page.

    Args:
        page: what it shows.
        known: what is said of its nodes.
        assets: folder beside the page that holds the scripts (see :func:`asset_files`);
            empty to write them into the page.
    """
    from pyvis.network import Network

    net = Network(directed=True, heading=page.title, cdn_resources="in_line")
    drawn = content(page, known)
    net.nodes, net.edges = drawn["nodes"], drawn["edges"]
    net.node_ids = [node["id"] for node in net.nodes]
    net.node_map = {node["id"]: node for node in net.nodes}
    net.options = drawing.options(net.nodes)
    files = _scripts(len(net.nodes) >= CANVAS)
    scripts = [] if assets else list(files.values())
    net.templateEnv = environment()
    net.templateEnv.globals.update(
        summary=page.summary,
        release=__version__,
        counts=counts(page.network),
        details=drawn["details"],
        neighbours=page.neighbours,
        home=page.home,
        about={
            "centre": page.centre,
            "release": __version__,
            "looks": drawn["looks"],
        },
        scripts=[Markup(text) for text in scripts],
        sources=[f"{assets}/{name}" for name in files] if assets else [],
        policy=_policy(scripts, "'self'" if page.neighbours else ""),
    )
    net.path = "network.html"
    return str(net.generate_html())


def content(page: Page, known: Knowledge) -> dict[str, Any]:
    """What a page shows, as its scripts read it.

    Returns:
        ``nodes`` and ``edges`` as vis-network takes them; ``looks``, what a kind of node looks
        like; ``details`` of nodes and references.
    """
    return {
        "nodes": drawing.nodes(page.network, page.centre),
        "edges": drawing.edges(page.network),
        "looks": {kind: look(kind)._asdict() for kind in _kinds(page.network)},
        "details": details(page.network, known, page.pages),
    }


def asset_files() -> dict[str, str]:
    """The scripts that pages of a site share, by file name."""
    return _scripts(False) | _scripts(True)


def _scripts(large: bool) -> dict[str, str]:
    if large:
        return {"overview.js": own_script(True)}
    return {"vis-network.min.js": script(VIS), "network.js": own_script()}


def counts(network: nx.MultiDiGraph) -> dict[str, int]:
    """How much a network shows."""
    stated: set[str] = set()
    for _, _, references in network.edges(data="references"):
        stated.update(references.split())
    return {
        "entities": len(network),
        "relations": network.number_of_edges(),
        "references": len(stated),
    }


def _kinds(network: nx.MultiDiGraph) -> list[str]:
    return sorted({kind for _, kind in network.nodes(data="type")})


def _policy(scripts: list[str], connect: str = "") -> str:
    """The content security policy: these scripts and no others, and nothing from a network.

    Args:
        connect: where data may be fetched from, for pages that are served.
    """
    allowed = " ".join(map(_hash, scripts)) if scripts else "'self' file:"
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; "
        f"img-src data: blob:; {f'connect-src {connect}; ' if connect else ''}"
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _hash(text: str) -> str:
    digest: Any = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
