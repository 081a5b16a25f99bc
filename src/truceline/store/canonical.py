"""Which bytes stand for a value? One form only, so that equal values have equal digests.

The form is RFC 8785 (JSON Canonicalization Scheme), restricted so that no reader can disagree
about it: keys are ASCII, numbers are integers smaller in size than 2**53, and there are no
floats and no lone surrogates.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping

import orjson

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]

LARGEST = 2**53 - 1
DEEPEST = 64
_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
# A digit before a point or an exponent, sixteen digits, or a word that is no JSON.
_DOUBTFUL = re.compile(rb"\d[.eE]|\d{16}|NaN|Infinity")


def canonical(value: object) -> bytes:
    """Give the canonical JSON bytes of a value; a ValueError says which path cannot be written."""
    plain = _plain(value, "$", 0)
    return _WRITER.encode(plain).encode("utf-8")


def read_canonical(data: bytes) -> object:
    """Read a value from its canonical bytes; a ValueError says in which way they are not canonical."""
    plain = read_plain(data)
    if plain is not None:
        return plain
    try:
        found = json.loads(data)
        text = _WRITER.encode(found)
        # What `canonical` refuses besides, looked for where it could be: floats, long integers, keys that are not ASCII.
        same = text.encode("utf-8") == data and (
            (data.isascii() and not _DOUBTFUL.search(data)) or canonical(found) == data
        )
    except (ValueError, RecursionError) as error:
        message = f"not canonical JSON ({type(error).__name__})"
        raise ValueError(message) from error
    if not same:
        raise ValueError("JSON, but not in canonical form")
    return found


def read_plain(data: bytes) -> dict[str, object] | None:
    """Read what most canonical bytes are, an ASCII object of short values, by a faster reader; None where it may be anything else."""
    if not data.isascii():
        return None
    try:
        found: object = orjson.loads(data)
        if type(found) is not dict or orjson.dumps(found, option=orjson.OPT_SORT_KEYS) != data:
            return None
    except ValueError:
        return None
    for value in found.values():
        if type(value) is not str and not (type(value) is int and -LARGEST <= value <= LARGEST):
            return None
    return found


def sha256_hex(data: bytes) -> str:
    """Give the SHA-256 of some bytes as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def _plain(value: object, path: str, depth: int) -> Plain:
    """Give the value as plain JSON types, or refuse it by its path."""
    if depth > DEEPEST:
        message = f"{path}: nested deeper than {DEEPEST} levels"
        raise ValueError(message)
    if isinstance(value, Mapping):
        return {
            _key(key, path): _plain(part, f"{path}.{key}", depth + 1) for key, part in value.items()
        }
    if isinstance(value, list | tuple):
        return [_plain(part, f"{path}[{i}]", depth + 1) for i, part in enumerate(value)]
    return _scalar(value, path)


def _scalar(value: object, path: str) -> bool | int | str | None:
    """Give a null, boolean, integer or string back, or refuse it by its path."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST:
            message = f"{path}: {value.bit_length()}-bit integer, the limit is below 2**53"
            raise ValueError(message)
        return int(value)
    if isinstance(value, str):
        return _text(value, path)
    message = f"{path}: a {type(value).__name__} has no canonical form here"
    raise ValueError(message)


def _text(value: str, path: str) -> str:
    """Give the string back, or refuse the lone surrogate in it, which UTF-8 cannot carry."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        message = f"{path}: lone surrogate at character {error.start}"
        raise ValueError(message) from error
    return value


def _key(key: object, path: str) -> str:
    """Give the key back, or refuse one that is not ASCII text."""
    if isinstance(key, str) and key.isascii():
        return key
    message = f"{path}: key {key!r} is not ASCII text"
    raise ValueError(message)
