"""What is counted, in the text format of Prometheus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.serve.guard import Guard
from kg.serve.release import Release

MEDIA = "text/plain; version=0.0.4"


def text(guard: Guard, release: Release) -> str:
    """All metrics of a service."""
    return "".join(_lines(guard, release))


def _lines(guard: Guard, release: Release) -> Iterator[str]:
    statuses = {f'{{status="{status}"}}': n for status, n in sorted(guard.statuses.items())}
    place = f'{{generation="{release.place.name}"}}'
    yield _metric("requests_total", "Requests, by the status of their response.", statuses)
    yield _metric("request_seconds_total", "Time to the end of responses.", {"": guard.seconds})
    yield _metric("kept_answers_total", "Answers given again.", {"": release.endpoint.kept.hits})
    waiting, replaced = release.queries.waiting, release.queries.counts["replaced"]
    yield _metric("processes_replaced_total", "Processes that exceeded a limit.", {"": replaced})
    yield _metric("queries_waiting", "Queries that wait for a process.", {"": waiting})
    yield _metric("generation_info", "What is answered from.", {place: 1})


def _metric(name: str, meaning: str, values: Mapping[str, float]) -> str:
    kind = "counter" if name.endswith("_total") else "gauge"
    lines = [f"# HELP kg_{name} {meaning}", f"# TYPE kg_{name} {kind}"]
    lines += [f"kg_{name}{labels} {value}" for labels, value in values.items()]
    return "\n".join(lines) + "\n"
