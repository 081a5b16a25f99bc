"""Which bytes does an entry commit to? A record is made canonical, or refused before all writing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from truceline.errors import StorageError
from truceline.record.parts import is_digest
from truceline.store.canonical import canonical, sha256_hex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from truceline.record.signing import SigningKey

LARGEST_BODY = 65_535
ERASURE = "erasure"
"""The kind of a record that names the parts which are destroyed with it."""
PROPOSED = "erasure_proposed"
"""The kind of a record by which a first person asks for an erasure."""
DRAFTED = "report_drafted"
"""The kind of a record of a report that one person wants to issue."""
ISSUED = "report_issued"
"""The kind of a record of a report that left the mission."""
APPROVED = "report_approved"
"""The kind of a record of an approval, which stays inside; its original is how the incidents of that report were found."""
RESTORED = "ledger_restored"
"""The kind of a record by which somebody owns up to a restored copy that is behind what was seen before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One record to enter: its canonical bytes, and when another ledger had received it (None: now), in epoch seconds."""

    kind: str
    told: bytes
    original: str | None
    received: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What an append is to write: records, originals by their digest, and the parts that are destroyed with it.

    `signers` sign the new head; without them the key does that signed the last one.
    """

    records: tuple[Told, ...]
    originals: Mapping[str, bytes]
    destroyed: tuple[bytes, ...] = ()
    signers: tuple[SigningKey, ...] = ()


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
    told = tuple(
        Told(kind=str(record.get("kind")), told=_told(number, record), original=original)
        for (number, record), original in zip(enumerate(records), named, strict=True)
    )
    return Prepared(records=told, originals=by_digest)


def parts_named(record: Mapping[str, Any]) -> tuple[bytes, ...]:
    """Give the commitments that a record names if it is one of an erasure; what is none is passed over."""
    named = record.get("parts") if record.get("kind") == ERASURE else None
    return tuple(
        bytes.fromhex(c) for c in (named if isinstance(named, list) else ()) if is_digest(c)
    )


def record_of(told: bytes | None) -> Mapping[str, Any] | None:
    """Read a record with its kind, as one is entered; empty where it was erased, None where it is none."""
    if told is None:
        return {}
    try:
        record = json.loads(told)
    except (ValueError, RecursionError):
        return None
    whole = isinstance(record, dict) and isinstance(record.get("kind"), str)
    return record if whole else None


def _told(number: int, record: Mapping[str, object]) -> bytes:
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
