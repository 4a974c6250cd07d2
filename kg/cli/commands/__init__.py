"""One module per command; a command is registered by standing in this folder.

The module ``name`` has a function ``name`` (with ``_`` for ``-``) that typer calls, and
``SETTINGS`` where the command needs some.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any


def every() -> dict[str, tuple[Callable[..., None], dict[str, Any]]]:
    """The function and the settings of each command, by the command's name."""
    found = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda each: each.name):
        loaded = importlib.import_module(f"{__name__}.{module.name}")
        settings = getattr(loaded, "SETTINGS", {})
        found[module.name.replace("_", "-")] = (getattr(loaded, module.name), settings)
    return found
