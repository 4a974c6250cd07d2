"""The README's tour runs as written."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg import coverage

README = Path(__file__).parents[1] / "README.md"
SHELL, PYTHON = (
    re.search(rf"## A tour.*?```{kind}\n(.*?)```", README.read_text(encoding="utf-8"), re.S)[1]
    for kind in ("sh", "python")
)


@pytest.fixture(scope="module")
def environment(cache, graph):
    scripts = Path(sys.executable).parent
    return {
        **os.environ,
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "XDG_CACHE_HOME": str(cache.parent),
    }


@pytest.mark.parametrize("line", SHELL.splitlines())
def test_a_line_of_the_tour(line, environment, tmp_path):
    done = subprocess.run(
        line, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 1 or any(tmp_path.iterdir())


def test_the_python_of_the_tour(environment, tmp_path):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PYTHON],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_its_tables_are_current(graph):
    text = README.read_text(encoding="utf-8")
    assert coverage.written(text, graph.select) == text, "run: python -m kg.coverage README.md"


def test_what_the_readme_points_to_is_there():
    for target in re.findall(r"\]\(([^)#]+)\)", README.read_text(encoding="utf-8")):
        assert target.startswith("http") or (README.parent / target).exists(), target
