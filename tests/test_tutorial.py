"""The tutorial runs cell by cell, and prints what it says that it prints.

After a change of the knowledge ``python tests/test_tutorial.py`` writes its outputs anew.
"""

import contextlib
import io
import os
import re
import sys
import tempfile
from pathlib import Path

TUTORIAL = Path(__file__).parents[1] / "docs" / "tutorial.md"
_CELL = re.compile(r"```python\n(?P<code>.*?)```\n(?:\n```text\n(?P<printed>.*?)```\n)?", re.S)


def run(text, folder):
    """The tutorial with what its cells print now."""
    names = {}

    def replaced(cell):
        stream = io.StringIO()
        with contextlib.redirect_stdout(stream), contextlib.chdir(folder):
            exec(compile(cell["code"], str(TUTORIAL), "exec"), names)
        printed = "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())
        shown = f"\n```text\n{printed}```\n" if printed else ""
        return f"```python\n{cell['code']}```\n{shown}"

    return _CELL.sub(replaced, text)


def test_the_tutorial_prints_what_it_says(graph, tmp_path):
    text = TUTORIAL.read_text(encoding="utf-8")
    assert len(_CELL.findall(text)) > 8
    assert run(text, tmp_path).splitlines() == text.splitlines()
    assert (tmp_path / "inotuzumab.svg").read_text(encoding="utf-8").startswith("<?xml")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        TUTORIAL.write_text(run(TUTORIAL.read_text(encoding="utf-8"), folder), encoding="utf-8")
    sys.exit(os.EX_OK)
