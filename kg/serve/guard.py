"""What every request passes: whose host, whose token, how often; and what is counted of it."""

from __future__ import annotations

import hmac
import json
import sys
import time
from collections import Counter, OrderedDict
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.job import Failure
from kg.serve.problems import problem
from kg.serve.responses import told
from kg.serve.settings import Settings

SAFE = (  # unless a response says otherwise
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
_OPEN = ("/health",)
_CLIENTS = 10_000  # whose rates are kept


class Guard:
    """ASGI middleware around the whole service.

    Args:
        app: what answers.
        settings: whose requests it takes, and how many.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._rate = Rate(settings.limits.rate)
        self.statuses: Counter[int] = Counter()
        self.seconds = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                said = {name for name, _ in message["headers"]}
                more = (each for each in SAFE if each[0] not in said)
                message["headers"] = [*message["headers"], *more]
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, watched)
        self._count(scope, status, time.perf_counter() - started)

    def _refusal(self, scope: Scope) -> Any:
        say = told if not scope["path"].startswith(("/api", "/openapi.json")) else _problem
        headers = Headers(scope=scope)
        host = headers.get("host", "").rpartition(":")[0] or headers.get("host", "")
        if host.strip("[]") not in self._settings.hosts:
            return say(421, "this service does not go by that name")
        if self._settings.token and scope["path"] not in _OPEN:
            given = headers.get("authorization", "").removeprefix("Bearer ")
            if not hmac.compare_digest(given.encode(), self._settings.token.encode()):
                return say(401, "this service asks for a token: Authorization: Bearer ...")
        client = scope["client"][0] if scope.get("client") else ""
        if not self._rate.allows(client):
            return say(429, "too many requests: come again in a minute")
        return None

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        self.statuses[status] += 1
        self.seconds += seconds
        if self._settings.log:
            said = {
                "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                "method": scope["method"],
                "path": scope["path"],
                "status": status,
                "ms": round(seconds * 1000, 1),
            }
            print(json.dumps(said), file=sys.stderr, flush=True)


def _problem(status: int, why: str) -> Response:
    return problem(Failure(status, why))


class Rate:
    """How often each client may come: a bucket that fills up again within a minute."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, client: str) -> bool:
        """Whether a client may come now; counts it if so."""
        now = time.monotonic()
        left, since = self._buckets.pop(client, (float(self._most), now))
        left = min(float(self._most), left + (now - since) * self._most / 60)
        allowed = left >= 1
        self._buckets[client] = (left - allowed, now)
        if len(self._buckets) > _CLIENTS:
            self._buckets.popitem(last=False)
        return allowed
