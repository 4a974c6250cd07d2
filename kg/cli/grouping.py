"""Options that many commands share, as one parameter of each."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import wraps
from typing import Any, get_type_hints

_Parameter = inspect.Parameter


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """The command as typer reads it: for each parameter that is a dataclass, its fields."""
    own = inspect.signature(command, eval_str=True).parameters
    groups: dict[str, Any] = {
        name: each.annotation for name, each in own.items() if is_dataclass(each.annotation)
    }

    @wraps(command)
    def called(**given: Any) -> None:
        for name, group in groups.items():
            parts = {field.name: given.pop(field.name) for field in fields(group)}
            given[name] = group(**parts)
        command(**given)

    single = [each for name, each in own.items() if name not in groups]
    shared = [option for group in groups.values() for option in _options(group)]
    parameters = [each.replace(kind=_Parameter.KEYWORD_ONLY) for each in (*single, *shared)]
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {each.name: each.annotation for each in parameters}
    return called


def _options(group: Any) -> Iterator[_Parameter]:
    kinds = get_type_hints(group, include_extras=True)
    for field in fields(group):
        yield _Parameter(
            field.name, _Parameter.KEYWORD_ONLY, default=field.default, annotation=kinds[field.name]
        )
