"""The files of deployment: what they call exists."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[1] / "deploy"
UNIT, CONTAINER = DEPLOY / "leukemia-kg.service", DEPLOY / "Containerfile"


def options():
    words = [sys.executable, "-P", "-m", "kg.cli", "serve", "--help"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return set(re.findall(r"--[a-z-]+", done.stdout))


def test_the_options_of_both_are_those_of_the_command():
    (unit,) = re.findall(r"^ExecStart=\S+/kg serve (.*)$", UNIT.read_text(), re.M)
    (container,) = re.findall(r"^ENTRYPOINT (.*)$", CONTAINER.read_text(), re.M)
    assert '/kg", "serve"' in container
    used = set(re.findall(r"--[a-z-]+", unit + container))
    assert {"--host", "--name", "--log"} <= used <= options()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd checks its units")
def test_systemd_finds_no_fault_with_the_unit(tmp_path):
    text = UNIT.read_text().replace("/opt/leukemia-kg/bin/kg", sys.executable)
    (tmp_path / UNIT.name).write_text(text)
    words = ["systemd-analyze", "verify", str(tmp_path / UNIT.name)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_container_runs_without_rights_and_with_parts_that_exist():
    lines = CONTAINER.read_text().splitlines()
    bases = [line.split()[1] for line in lines if line.startswith("FROM")]
    assert all(re.search(r":\d[\w.-]+$", base) for base in bases), "a base has its tag"
    (user,) = (line.split()[1] for line in lines if line.startswith("USER"))
    assert "0" not in user.split(":") and "root" not in user
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY") and "--" not in line]
    assert all((DEPLOY.parent / name).exists() for names in copied for name in names)
    assert any(line.startswith("HEALTHCHECK") for line in lines)
