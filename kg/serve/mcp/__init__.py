"""Tools for agents, by the Model Context Protocol.

:mod:`.tools` lists them, :mod:`.calls` answers them from a graph, :mod:`.server` speaks the
protocol through its official SDK, which nothing else here imports: it takes a second to.
"""

NEEDS = "tools for agents need mcp: pip install 'leukemia-kg[mcp]'"
