"""One module per command; a command is registered by standing in this folder.

The module ``name`` has a function ``name`` (with ``_`` for ``-``) that typer calls, and
``SETTINGS`` where the command needs some.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any


def names() -> list[str]:
    """The names of the commands."""
    return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__))


def command(name: str) -> tuple[Callable[..., None], dict[str, Any]]:
    """The function and the settings of a command."""
    own = name.replace("-", "_")
    module = importlib.import_module(f"{__name__}.{own}")
    return getattr(module, own), getattr(module, "SETTINGS", {})
