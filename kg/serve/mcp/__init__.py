"""Tools for agents, by the Model Context Protocol.

:mod:`.tools` lists them, :mod:`.calls` answers them from a graph, :mod:`.server` speaks the
protocol through its official SDK, which nothing else here imports: it takes a second to.
"""

from __future__ import annotations

import importlib
from typing import Any

NEEDS = "tools for agents need mcp: pip install 'leukemia-kg[mcp]'"


def protocol() -> Any:
    """The module :mod:`.server`, imported as quickly as it can be."""
    import pydantic

    # The SDK has some 500 models, of which a connection uses a few: those are built then.
    pydantic.BaseModel.model_config["defer_build"] = True
    return importlib.import_module(f"{__name__}.server")
