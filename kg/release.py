"""A release: the store built and validated, the pages written, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from kg import packaged, resources, site, validation
from kg.backend import Local
from kg.coverage import class_counts
from kg.dataset.store import in_memory
from kg.errors import BadParameter
from kg.graph import KnowledgeGraph, load
from kg.model import Claim, Description
from kg.sources import curated

_SHOWN = 40  # findings that a failed build lists


def release(
    folder: Path | None,
    output: Path,
    say: Callable[[str], None],
    publish: Callable[[KnowledgeGraph, Path, site.Networks], list[Path]] | None = None,
) -> str:
    """Build and validate the packaged knowledge, then write its pages.

    Args:
        folder: where the store goes; None for the cache.
        output: where the pages go.
        say: is told what is being done.
        publish: writes the pages of the graph, given its networks; without it they are the
            networks with an index.

    Returns:
        the summary: entities by class, claims, references, checks, files.

    Raises:
        TableError, InvalidData: what is wrong, one line each; the old store stays.
    """
    with ProcessPoolExecutor(1, get_context("spawn")) as second:
        second.submit(validation.get_ready)
        say("Reading the curated tables ...")
        claims = packaged.read_packaged()
        drawn: list[site.Networks] = []

        def accept(place: Path) -> None:
            say("Validating, and drawing the networks ...")
            drawn.append(_validated(place, validation.origins(claims), second))

        say(f"Building a store of {len(claims):,} claims ...")
        manifest = packaged.build_packaged(claims, folder, accept)
    say("Writing the pages ...")
    graph = load(folder or "")
    if publish:
        files = publish(graph, output, drawn[0])
    else:
        files = site.save_pages(site.pages(graph, drawn[0]), output)
    return "\n".join(
        (
            *_contents(graph),
            *_shares(claims),
            f"{manifest.quads:,} quads; {len(validation.checks())} checks and all shapes passed, "
            "0 findings",
            f"{len(files)} files written below {output}",
        )
    )


def _validated(place: Path, origins: dict[str, str], second: Executor) -> site.Networks:
    """The network pages of a new store, drawn while another process validates it.

    Raises:
        InvalidData: it is not valid.
    """
    store = place / "store"
    found = second.submit(validation.findings_on_disk, store)
    drawn = site.networks(KnowledgeGraph(Local(Store.read_only(str(store)), place)))
    validation.refuse(found.result(), origins, _SHOWN)
    return drawn


def _contents(graph: KnowledgeGraph) -> Iterable[str]:
    counts = class_counts(graph.select)
    shown = ", ".join(f"{name} {counts[name]}" for name in sorted(counts))
    yield f"entities by class: {shown}"


def _shares(claims: list[Claim]) -> Iterable[str]:
    """How many claims stand in each table, and which share was seen in its source."""
    checked: dict[str, Counter[str]] = {}
    for claim in claims:
        if not isinstance(claim, Description):
            table = claim.origin.partition(":")[0]
            checked.setdefault(table, Counter())[claim.checked] += 1
    for table, marks in sorted(checked.items()):
        total = marks.total()
        share = f"{marks['source'] / total:.0%}"
        yield f"{table}: {total:,} claims, {share} seen in their source"


def check(path: Path | None = None, fix: bool = False) -> str:
    """Validate the packaged tables, a folder of tables, or an RDF file.

    Returns:
        one line that says what was checked.

    Raises:
        TableError, InvalidData: what is wrong, one line each.
        BadParameter: the path is neither a folder nor RDF.
    """
    if path is not None and not path.is_dir():
        return _check_rdf(path)
    folder = path or resources.CURATION
    if fix:
        curated.fix(folder)
    mappings = resources.mappings() if path is None else None
    claims = list(curated.claims(folder, mappings))
    store = in_memory(claims)
    return _verdict(store, validation.origins(claims), f"{folder}: {len(claims):,} claims")


def _check_rdf(path: Path) -> str:
    form = RdfFormat.from_extension(path.suffix[1:])
    if form is None:
        raise BadParameter(f"{path}: neither a folder of tables nor RDF by its name")
    store = Store()
    try:
        store.load(path=str(path), format=form)
    except (OSError, SyntaxError, ValueError) as error:
        raise BadParameter(f"{path}: cannot be read: {error}") from None
    return _verdict(store, {}, f"{path}: {len(store):,} quads")


def _verdict(store: Store, origins: dict[str, str], what: str) -> str:
    validation.refuse(validation.findings(store), origins)
    return f"{what}, {len(validation.checks())} checks and all shapes passed"
