"""Which bytes become an entry? A record is made canonical, or refused before all writing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.errors import StorageError
from truceline.record.originals import is_digest
from truceline.store.canonical import canonical, sha256_hex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LARGEST_BODY = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What an append is to write: bodies, digests of the originals they name, and originals."""

    bodies: tuple[bytes, ...]
    named: frozenset[str]
    originals: Mapping[str, bytes]


def prepare(records: Sequence[Mapping[str, object]], handed_in: Sequence[bytes]) -> Prepared:
    """Give what is to be written, or refuse the first record that cannot be."""
    named = [_named_original(number, record) for number, record in enumerate(records)]
    by_digest = {sha256_hex(data): bytes(data) for data in handed_in}
    wanted = frozenset(sha256 for sha256 in named if sha256 is not None)
    if stray := sorted(by_digest.keys() - wanted):
        raise StorageError(
            "An original was handed in that no record names; nothing was added.",
            "put its SHA-256 into a record under the key `original`",
            details=stray,
        )
    bodies = tuple(_body(number, record) for number, record in enumerate(records))
    return Prepared(bodies=bodies, named=wanted, originals=by_digest)


def _body(number: int, record: Mapping[str, object]) -> bytes:
    """Give a record's canonical bytes, or refuse it by its place in the call, counted from 0."""
    kind = record.get("kind")
    if not isinstance(kind, str) or not kind:
        raise _refused(number, "it has no `kind`")
    try:
        body = canonical(record)
    except ValueError as error:
        raise _refused(number, str(error)) from error
    if len(body) > LARGEST_BODY:
        raise _refused(number, f"{len(body)} bytes, the limit is {LARGEST_BODY}")
    return body


def _named_original(number: int, record: Mapping[str, object]) -> str | None:
    """Give the digest of the original that a record names, if it names one."""
    sha256 = record.get("original")
    if sha256 is None:
        return None
    if is_digest(sha256):
        return sha256
    raise _refused(number, f"`original` is {sha256!r}, not a SHA-256 in lower-case hexadecimal")


def _refused(number: int, reason: str) -> StorageError:
    """Give the error for a record that cannot be written."""
    return StorageError(
        f"Record {number} cannot be written; nothing was added.",
        "put large or free-form content into an original and name that in the record",
        details=(reason,),
    )
