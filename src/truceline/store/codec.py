"""How does a noun become JSON and come back the same? By its own declaration: the fields of its class and their types.

Written are all fields, by name: enums by value, instants with their offset, bytes as base64, zones by name or by their seconds east. A union of classes is told by
the names of the fields, which must therefore differ.
"""

from __future__ import annotations

import base64
import importlib
import json
import pkgutil
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import orjson

import truceline.model

T = TypeVar("T")
Reader = Callable[[Any], Any]
_READERS: dict[Any, Reader] = {}
_RUNTIME = {
    "date": date,
    "datetime": datetime,
    "tzinfo": tzinfo,
    "Mapping": Mapping,
    "Sequence": Sequence,
}


def encode(noun: object) -> bytes:
    """Write a noun, or a tuple of them, as JSON; TypeError for a value that no noun declares."""
    try:
        return orjson.dumps(noun, default=_written)
    except orjson.JSONEncodeError:
        # A lone surrogate, which a slower writer can tell, or a value of no noun, which it refuses too.
        return json.dumps(noun, default=_written_slowly, separators=(",", ":")).encode("ascii")


def decode(kind: type[T], data: bytes | str) -> T:
    """Read a noun of a class back; ValueError or KeyError where the JSON is not what `encode` writes of that class."""
    try:
        plain = orjson.loads(data)
    except orjson.JSONDecodeError:
        plain = json.loads(data)
    found: T = _reader(kind)(plain)
    return found


def _written_slowly(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    return _written(value)


def _written(value: object) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, ZoneInfo):
        return value.key
    if isinstance(value, timezone):
        return value.utcoffset(None).total_seconds()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no part of a noun")


def _reader(kind: Any) -> Reader:  # noqa: ANN401 - any type that a noun declares
    """Give the function that reads one type."""
    if kind not in _READERS:
        _READERS[kind] = _made(kind)
    return _READERS[kind]


def _made(kind: Any) -> Reader:  # noqa: ANN401
    origin, parts = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return _union(parts)
    if origin is tuple:
        return _tuple(parts)
    if origin is Mapping:
        return _mapping(*parts)
    if is_dataclass(kind) and isinstance(kind, type):
        return _noun(kind)
    return _scalar(kind)


def _scalar(kind: Any) -> Reader:  # noqa: ANN401
    special: dict[Any, Reader] = {
        datetime: datetime.fromisoformat, date: date.fromisoformat, tzinfo: _zone, float: float,
        bytes: lambda text: base64.b64decode(text, validate=True),
    }  # fmt: skip
    if kind in special:
        return special[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind in {str, int, bool, type(None)}:
        return _same
    raise TypeError(f"{kind} is no part of a noun")


def _zone(told: str | float) -> tzinfo:
    return ZoneInfo(told) if isinstance(told, str) else timezone(timedelta(seconds=told))


def _same(value: Any) -> Any:  # noqa: ANN401
    return value


def _tuple(parts: tuple[Any, ...]) -> Reader:
    if parts[1:] == (Ellipsis,):
        each = _reader(parts[0])
        return lambda values: tuple(map(each, values))
    readers = [_reader(part) for part in parts]
    return lambda values: tuple(read(v) for read, v in zip(readers, values, strict=True))


def _mapping(key: Any, value: Any) -> Reader:  # noqa: ANN401
    name, each = _reader(key), _reader(value)
    return lambda values: {name(k): each(v) for k, v in values.items()}


def _union(parts: tuple[Any, ...]) -> Reader:
    nouns = [part for part in parts if is_dataclass(part)]
    others = [part for part in parts if part not in nouns and part is not type(None)]
    if len(nouns) + len(others) == 1:
        read = _reader((nouns or others)[0])
        return lambda value: None if value is None else read(value)
    by_fields = {frozenset(f.name for f in fields(noun)): _reader(noun) for noun in nouns}
    if others or len(by_fields) < len(nouns):
        raise TypeError(f"{parts} cannot be told apart")
    return lambda value: None if value is None else by_fields[frozenset(value)](value)


def _noun(kind: type) -> Reader:
    hints = get_type_hints(kind, globalns=_names() | vars(importlib.import_module(kind.__module__)))
    names = [field.name for field in fields(kind)]
    lazy: list[Reader] = []

    def read(value: Any) -> Any:  # noqa: ANN401
        if not lazy:
            # A noun may hold others of its own class.
            lazy.extend(_reader(hints[name]) for name in names)
        if len(value) != len(names):
            raise ValueError(f"{kind.__name__} has the fields {', '.join(names)}")
        return kind(**{name: part(value[name]) for name, part in zip(names, lazy, strict=True)})

    return read


@cache
def _names() -> dict[str, Any]:
    """Give what the nouns' declarations may name."""
    found: dict[str, Any] = dict(_RUNTIME)
    for module in pkgutil.iter_modules(truceline.model.__path__):
        names = vars(importlib.import_module(f"truceline.model.{module.name}"))
        found.update(
            {
                name: part
                for name, part in names.items()
                if isinstance(part, type) or name[:1].isupper()
            }
        )
    return found
