"""The explorer over HTTP: pages, and what entities are, in the form that a client wants."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.explorer import address
from kg.serve.explorer.address import Address
from kg.serve.explorer.asked import HTML
from kg.serve.process import Refused
from kg.serve.rendering import Rendering
from kg.serve.responses import told

# A network sets places and colours of its parts by itself.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{}; img-src 'self' data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_LASTING = "public, max-age=31536000, immutable"
_TODAY = ("", "", ())
_SHOWN = (400, 404, 406, 409)  # where nothing is wrong with the service itself
# What renderers make ahead: between them these need what most pages need.
FIRST = (
    ("page", "home", {"path": "/"}),
    ("page", "asset:search.js", {"path": "/assets/search.js"}),
    ("page", "conflicts", {"path": "/conflicts"}),
    ("page", "network:target:CD22", {"path": "/network/target/CD22"}),
)


class Explorer:
    """Answers requests for pages from renderers."""

    def __init__(self, rendering: Rendering) -> None:
        self._rendering = rendering

    async def respond(self, request: Request) -> Response:
        """The response to a request, whatever happens."""
        path, accept = request.url.path, request.headers.get("accept", "")
        try:
            asked = address.read(path, request.url.query)
            form = address.form(asked, accept)
            return await self._respond(request, asked, form)
        except Refused as error:
            if error.status not in _SHOWN or not address.wants_page(accept):
                return told(error.status, error.why)
            return await self._refusal(request, error)

    @staticmethod
    def is_asked(request: Request) -> bool:
        """Whether a browser wants to see a page."""
        accept = request.headers.get("accept", "")
        return request.method in ("GET", "HEAD") and address.wants_page(accept)

    async def _respond(self, request: Request, asked: Address, form: str) -> Response:
        path = request.url.path
        arguments = {"path": path, "given": asked.given, "form": form}
        response = await self._rendering.respond(request, "page", asked.what, arguments, asked.view)
        if asked.what.startswith("asset:"):
            response.headers["Vary"] = "Accept-Encoding"
            if asked.lasting:
                response.headers["Cache-Control"] = _LASTING
        elif form == HTML:
            style = " 'unsafe-inline'" if asked.what.startswith("network:") else ""
            response.headers["Content-Security-Policy"] = _POLICY.format(style)
        if address.is_negotiated(asked):
            here = request.url.include_query_params(format=address.SHORT[form])
            response.headers["Content-Location"] = f"{here.path}?{here.query}"
        return response

    async def _refusal(self, request: Request, error: Refused) -> Response:
        """A refusal as a page, with what could be meant."""
        said = (
            ("status", str(error.status)),
            ("why", error.why),
            *((name, label) for name, label in error.failure.candidates),
        )
        asked = Address("error", said, _TODAY, HTML, False)
        try:
            response = await self._respond(request, asked, HTML)
        except Refused:
            return told(error.status, error.why)
        response.status_code = error.status
        return response
