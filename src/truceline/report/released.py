"""What may leave the mission, field by field: `released.csv` lists it, and whatever is not listed stays inside.

A field that is added to a noun or a file is not on the list, so it does not leave until somebody puts it there.
"""

from __future__ import annotations

import csv
from dataclasses import fields, is_dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from truceline.report.formats.json_files import Shape
    from truceline.report.view import View

_NOTHING: dict[type, object] = {str: "", int: 0, float: 0.0, tuple: (), bool: False}


def as_listed(view: View) -> View:
    """Give a view in which every field that is not listed holds nothing."""
    return _noun(view)  # type: ignore[no-any-return]


def listed(file: str, shapes: Iterable[Shape]) -> list[Shape]:
    """Give what a JSON file holds, at every depth without the keys that are not listed; nothing where none is."""
    allowed = _table().get(file, frozenset())
    return [_keys(shape, allowed) for shape in shapes] if allowed else []


def _noun(value: Any) -> Any:  # noqa: ANN401 - a tree of any nouns
    if isinstance(value, tuple):
        return tuple(_noun(part) for part in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    allowed = _table().get(type(value).__name__, frozenset())
    changed = {}
    for field in fields(value):
        held = getattr(value, field.name)
        kept = _noun(held) if field.name in allowed else _NOTHING.get(type(held))
        if kept is not held:
            changed[field.name] = kept
    return replace(value, **changed) if changed else value


def _keys(shape: Shape, allowed: frozenset[str]) -> Shape:
    return {key: _part(part, allowed) for key, part in shape.items() if key in allowed}


def _part(value: object, allowed: frozenset[str]) -> object:
    if isinstance(value, dict):
        return _keys(value, allowed)
    return [_part(part, allowed) for part in value] if isinstance(value, list) else value


@cache
def _table() -> dict[str, frozenset[str]]:
    content = (files("truceline.report") / "released.csv").read_text(encoding="utf-8")
    return {
        row["noun"]: frozenset(row["fields"].split())
        for row in csv.DictReader(content.splitlines())
    }
