"""What the tests share: tables made on the spot, small graphs, and the packaged one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import browser, open_page  # noqa: F401  # fixtures

import kg
from kg import packaged
from kg.backend import Local
from kg.dataset.store import in_memory
from kg.graph import KnowledgeGraph
from kg.sources import curated
from kg.sources.curated.tables import TABLES

Tables = dict[str, list[dict[str, str]]]

# The smallest tables that hold together: one conjugate, its trial, a result, an approval.
SMALL: Tables = {
    "drugs": [
        {
            "id": "drug:inotuzumab-ozogamicin",
            "type": "AntibodyDrugConjugate",
            "label": "inotuzumab ozogamicin",
            "synonyms": "CMC-544|Besponsa",
        }
    ],
    "targets": [{"id": "target:CD22", "type": "Target", "label": "CD22"}],
    "diseases": [
        {
            "id": "disease:all",
            "type": "Disease",
            "label": "acute lymphoblastic leukemia",
            "synonyms": "ALL",
            "broader": "disease:leukemia",
        },
        {"id": "disease:leukemia", "type": "Disease", "label": "leukemia"},
    ],
    "measures": [
        {
            "id": "measure:complete-remission",
            "type": "Measure",
            "label": "complete remission",
            "kind": "proportion",
            "unit": "%",
            "family": "response",
        }
    ],
    "organizations": [{"id": "organization:FDA", "type": "Organization", "label": "FDA"}],
    "references": [
        {
            "id": "reference:fda-2017",
            "type": "RegulatoryNotice",
            "title": "Notice",
            "issued": "2017-08-17",
            "publisher": "organization:FDA",
            "checked": "source",
        },
        {
            "id": "reference:paper-2012",
            "type": "Article",
            "title": "Paper",
            "issued": "2012-02-21",
            "checked": "source",
        },
        {
            "id": "reference:press-2011",
            "type": "PressArticle",
            "title": "News",
            "issued": "2011-06",
            "checked": "source",
        },
    ],
    "facts": [
        {
            "subject": "drug:inotuzumab-ozogamicin",
            "predicate": "target",
            "object": "target:CD22",
            "reference": reference,
            "locator": "paragraph 3",
            "checked": checked,
        }
        for reference, checked in (
            ("reference:paper-2012", "recalled"),
            ("reference:press-2011", "source"),
        )
    ],
    "trials": [
        {
            "id": "trial:NCT01134575",
            "label": "MD Anderson study",
            "condition": "disease:all",
            "drug": "drug:inotuzumab-ozogamicin",
            "enrollment": "90",
            "reference": "reference:paper-2012",
            "locator": "abstract",
            "checked": "source",
        }
    ],
    "arms": [
        {
            "id": "arm:NCT01134575-all",
            "trial": "trial:NCT01134575",
            "label": "inotuzumab ozogamicin",
            "drug": "drug:inotuzumab-ozogamicin",
            "role": "single",
            "reference": "reference:paper-2012",
            "locator": "abstract",
            "checked": "source",
        }
    ],
    "outcomes": [
        {
            "key": "cr",
            "trial": "trial:NCT01134575",
            "arm": "arm:NCT01134575-all",
            "measure": "measure:complete-remission",
            "count": "9",
            "total": "49",
            "value": "18",
            "unit": "%",
            "population": "intention-to-treat",
            "reported": "9 (18%)",
            "reference": "reference:paper-2012",
            "locator": "abstract, Findings",
            "checked": "source",
        }
    ],
    "events": [
        {
            "key": "us-2017",
            "drug": "drug:inotuzumab-ozogamicin",
            "agency": "organization:FDA",
            "jurisdiction": "US",
            "eventType": "approval",
            "date": "2017-08-17",
            "indication": "disease:all",
            "setting": "relapsed-refractory",
            "reference": "reference:fda-2017",
            "locator": "paragraph 1",
            "checked": "source",
        }
    ],
}


def write_tables(folder: Path, tables: Tables) -> Path:
    """Tables as files, in the format of ``kg/curation``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        columns = TABLES[name].columns
        lines = ["\t".join(columns), *("\t".join(r.get(c, "") for c in columns) for r in rows)]
        (folder / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def tables(tmp_path: Path) -> Callable[..., Path]:
    """Writes :data:`SMALL`, with some tables replaced, and returns their folder."""
    return lambda **changed: write_tables(tmp_path / "tables", {**SMALL, **changed})


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The graph of :data:`SMALL`."""
    folder = write_tables(tmp_path_factory.mktemp("small"), SMALL)
    store = in_memory(curated.claims(folder))
    return KnowledgeGraph(Local(store))


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of the tests' own: the user's is neither used nor touched."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        patch.setattr(packaged, "cache", lambda: folder / "leukemia-kg")
        yield folder / "leukemia-kg"  # type: ignore[misc]


@pytest.fixture(scope="session")
def graph(cache: Path) -> KnowledgeGraph:
    """The packaged knowledge."""
    return kg.load()
