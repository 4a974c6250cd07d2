"""Where pages are: the one place that knows how a page links to another.

Pages are named by the short id of what they show ("drug:imatinib", "reference:jabbour-2011"),
by "question:NAME", "network:NAME", "asset:FILE", or by a word ("home"). What turns such a name
into an address differs between a folder of files and a server, and nothing else does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from urllib.parse import quote

Href = Callable[[str], str]
SINGLE = {
    "home": "index.html",
    "questions": "questions.html",
    "conflicts": "conflicts.html",
}
_LONGEST = 120  # characters of a file's name


def static(root: str = "") -> Href:
    """Addresses of files, relative to a page.

    Args:
        root: from the page to the folder of the site: "" or "../".
    """
    return lambda name: root + path_of(name)


def served(view: str = "", version: str = "") -> Href:
    """Addresses on a server, where an entity has the path that its IRI ends with.

    Args:
        view: the parameters that choose a view of the knowledge, which all links carry.
        version: of scripts and styles, which browsers keep.
    """

    def href(name: str) -> str:
        kind, _, local = name.partition(":")
        parameters = [f"v={version}"] * (kind == "asset" and bool(version)) + [view] * bool(view)
        path, fragment = f"/{kind}/{quote(local, safe='')}", ""
        if name == "home":
            path = "/"
        elif kind == "asset":
            path = f"/assets/{local}"
        elif kind == "network":
            path = f"/network/{local.replace(':', '/')}"
        elif kind == "conflict":
            path, fragment = "/conflicts", f"#{anchor(name)}"
        elif not local:
            path = f"/{name}"
        return path + "?" * bool(parameters) + "&".join(parameters) + fragment

    return href


def path_of(name: str) -> str:
    """The file of a page, below the folder of the site."""
    if name in SINGLE:
        return SINGLE[name]
    kind, _, local = name.partition(":")
    match kind:
        case "asset":
            return f"assets/{local}"
        case "network":
            return local
        case "conflict":
            return f"{SINGLE['conflicts']}#{anchor(name)}"
    return f"{kind}/{plain(local)}.html"


def plain(text: str) -> str:
    """A text as a name of a file that every system takes; two texts never share one."""
    name = re.sub(r"[^A-Za-z0-9._-]", lambda found: f"~{ord(found[0]):x}", text)
    if len(name) <= _LONGEST:
        return name
    return f"{name[:80]}~{hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}"


def anchor(name: str) -> str:
    """The id, within a page, of the part that is about something."""
    return plain(name.replace(":", "."))
