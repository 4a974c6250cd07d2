"""The only module that opens the network."""

from __future__ import annotations

from pyoxigraph import (
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse_query_results,
)

from kg.backend import Answer
from kg.errors import QueryError, RemoteError
from kg.rows import Rows
from kg.vocabulary import PREFIXES

_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"
_DECLARED = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


class Remote:
    """A SPARQL 1.1 endpoint elsewhere.

    Args:
        url: the address that takes queries.
        timeout: seconds to wait for an answer.
    """

    def __init__(self, url: str, timeout: float = 60) -> None:
        self.url, self.timeout = url, timeout

    def run(self, query: str) -> Answer:
        """Send a query with our prefixes declared.

        Raises:
            QueryError: the endpoint refused the query (HTTP 400).
            RemoteError: it cannot be reached or does not answer as SPARQL does.
        """
        import httpx

        try:
            response = httpx.post(
                self.url,
                content=(_DECLARED + query).encode(),
                headers={"Content-Type": "application/sparql-query", "Accept": _ACCEPT},
                timeout=self.timeout,
                follow_redirects=True,
            )
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise RemoteError(f"{self.url}: {error or type(error).__name__}") from None
        if response.status_code == httpx.codes.BAD_REQUEST:
            raise QueryError(f"{self.url} refused the query: {response.text.strip()[:500]}")
        if not response.is_success:
            raise RemoteError(f"{self.url}: HTTP {response.status_code} {response.reason_phrase}")
        return self._read(response.content, response.headers.get("content-type", ""))

    def _read(self, content: bytes, media_type: str) -> Answer:
        kind = media_type.partition(";")[0].strip()
        try:
            if results := QueryResultsFormat.from_media_type(kind):
                answer = parse_query_results(content, results)
                return Rows(answer) if isinstance(answer, QuerySolutions) else answer
            if rdf := RdfFormat.from_media_type(kind):
                return _triples(content, rdf)
        except (SyntaxError, ValueError) as error:
            raise RemoteError(f"{self.url}: not a SPARQL answer: {error}") from None
        raise RemoteError(f"{self.url}: answered {kind or 'no media type'}, which is not SPARQL")


def _triples(content: bytes, rdf: RdfFormat) -> QueryTriples:
    store = Store()
    store.load(content, rdf)
    answer = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(answer, QueryTriples)
    return answer
