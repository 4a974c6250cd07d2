"""``kgx`` without a network, to be run by a Python that has it: ``kgx_offline.py validate ...``.

kgx fetches the Biolink Model and its prefixes from GitHub when it is imported; both ship in
the package ``biolink-model``, which it depends on.
"""

import json
from importlib.resources import files

import bmt.toolkit
import kgx.config

model = files("biolink_model")
prefixes = json.loads((model / "prefixmaps/biolink-model-prefix-map.json").read_text())
kgx.config.get_config()
kgx.config.jsonld_context_map["biolink"] = prefixes
schema = str(model / "schema/biolink_model.yaml")
bmt.toolkit.Toolkit.__init__.__defaults__ = (schema, {"predicate mappings": []})

from kgx.cli import cli  # noqa: E402

cli()
