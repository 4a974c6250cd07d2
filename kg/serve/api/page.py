"""The page of the API: what there is, for people, without a script."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from jinja2 import Environment, PackageLoader

from kg.serve.api.operations import Operation, Parameter


def page(operations: Iterable[Operation]) -> str:
    """The HTML that lists some operations, with an example of each to follow."""
    templates = Environment(
        loader=PackageLoader("kg.serve.api", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {"takes": takes, "may": may}
    every = list(operations)
    groups = [(name, list(of)) for name, of in groupby(every, key=lambda each: each.group)]
    return templates.get_template("page.html").render(groups=groups, view=every[0].view)


def takes(parameter: Parameter) -> str:
    """What a parameter takes, in words."""
    schema = parameter.schema.get("items", parameter.schema)
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if "anyOf" in schema:
        return "a day, a month or a year"
    if schema["type"] == "integer":
        bounds = [str(schema[key]) for key in ("minimum", "maximum") if key in schema]
        normal = f"; {schema['default']} if left out" if "default" in schema else ""
        return (" to ".join(bounds) or "a whole number") + normal
    return {"boolean": "true or false"}.get(schema["type"], "")


def may(parameter: Parameter) -> str:
    """Whether a parameter may be left out or repeated, in words."""
    words = ("" if parameter.required else "optional", "repeatable" if parameter.many else "")
    return ", ".join(filter(None, words))
