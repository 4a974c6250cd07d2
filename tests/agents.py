"""Real clients of the protocol, for tests."""

import contextlib
import sys
from pathlib import Path

import msgspec
from anyio.from_thread import start_blocking_portal
from mcp import Client, StdioServerParameters
from serving import serving

ROOT = Path(__file__).parent.parent


class Agent:
    """Calls tools and waits for what they say."""

    def __init__(self, portal, client):
        self.portal, self.client = portal, client

    def do(self, name, *words):
        """What a method of the client returns."""
        return self.portal.call(getattr(self.client, name), *words)

    def call(self, tool, **arguments):
        """The result of a call."""
        return self.do("call_tool", tool, arguments)

    def said(self, tool, **arguments):
        """What a tool says; the text and the structure are one."""
        result = self.call(tool, **arguments)
        assert not result.is_error, result.content[0].text
        assert msgspec.json.decode(result.content[0].text) == result.structured_content
        return result.structured_content

    def fails(self, tool, **arguments):
        """Why it says nothing."""
        result = self.call(tool, **arguments)
        assert result.is_error
        assert result.content[0].text == result.structured_content["error"]
        return result.structured_content


def command(place):
    """What starts a server of the standard streams over the store of a generation."""
    words = ["-m", "kg.cli", "mcp", "--store", str(place.parent)]
    return StdioServerParameters(
        command=sys.executable, args=words, cwd=str(ROOT), env={"PYTHONPATH": str(ROOT)}
    )


@contextlib.contextmanager
def stdio(place):
    """An agent that has started a server of its own."""
    started = Client(command(place), mode="legacy")
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(started) as client,
    ):
        yield Agent(portal, client)


@contextlib.contextmanager
def http(place, mode="auto", **settings):
    """An agent of a service, by the newest version of the protocol."""
    with (
        serving(place, **settings) as (address, _),
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(f"{address}/mcp", mode=mode)) as client,
    ):
        yield Agent(portal, client)
