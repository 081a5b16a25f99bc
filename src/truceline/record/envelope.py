"""What stands in the ledger for ever? An envelope without words: a class, a random id, a time, and commitments.

An entry's body is canonical JSON with these keys, and no others:

- `v`: 1, the version of this form;
- `id`: 32 hexadecimal digits, random;
- `class`: mission, evidence, decision, machine or ledger;
- `time`: when the ledger took it in, whole seconds since 1970 UTC;
- `parts`: one or two of `{"c": COMMITMENT, "role": ROLE}`, first the `record`, then the `original` that it names.

A commitment is SHA-256 over 32 random bytes (the salt) and the part: whoever has salt and part can check it, and once
both are destroyed nobody can find out what it was, not even by trying every name. The entry stays as it was.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING

from truceline.model.ledger import EntryClass
from truceline.store.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

VERSION = 1
SALT = 32
RECORD, ORIGINAL = "record", "original"
_ROLES = ([RECORD], [RECORD, ORIGINAL])
_ID, _DIGEST = 32, 64
_HEX = frozenset("0123456789abcdef")
_CLASSES = {
    "mission_file": EntryClass.MISSION,
    "evidence_file": EntryClass.EVIDENCE,
    "item": EntryClass.EVIDENCE,
    "archive": EntryClass.EVIDENCE,
    "decision": EntryClass.DECISION,
    "llm_reply": EntryClass.MACHINE,
}


def class_of(kind: str) -> EntryClass:
    """Give the class under which a kind of record is entered; it says little on purpose."""
    return _CLASSES.get(kind, EntryClass.LEDGER)


def commitment(salt: bytes, part: bytes) -> bytes:
    """Give the 32 bytes that stand for a part, SHA-256(salt || part)."""
    return hashlib.sha256(salt + part).digest()


def mark(secret: bytes, role: str, part: bytes) -> bytes:
    """Give the 32 bytes by which a ledger knows a part again, of use to nobody without its key."""
    return hmac.digest(secret, role.encode() + b"\0" + part, "sha256")


def body_of(class_: EntryClass, id_: str, time: int, commitments: Sequence[bytes]) -> bytes:
    """Give the canonical bytes of an entry that commits to a record and, if there is one, its original."""
    roles = (RECORD, ORIGINAL)[: len(commitments)]
    return canonical(
        {
            "v": VERSION, "id": id_, "class": class_.value, "time": time,
            "parts": [
                {"c": c.hex(), "role": role} for c, role in zip(commitments, roles, strict=True)
            ],
        }
    )  # fmt: skip


def commitments_of(body: bytes) -> tuple[bytes, ...]:
    """Give the commitments of an entry, the record's first; a ValueError says how the body differs from its one form."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        message = f"it is not canonical JSON ({type(error).__name__})"
        raise ValueError(message) from error
    if not isinstance(found, dict) or set(found) != {"v", "id", "class", "time", "parts"}:
        raise ValueError("it has other keys than an entry")
    for name, fits in (
        ("v", found["v"] == VERSION and type(found["v"]) is int),
        ("id", _is_hex(found["id"], _ID)),
        ("class", found["class"] in set(EntryClass)),
        ("time", type(found["time"]) is int and found["time"] >= 0),
        ("parts", _are_parts(found["parts"])),
    ):
        if not fits:
            message = f"its `{name}` is not that of an entry"
            raise ValueError(message)
    if canonical(found) != body:
        raise ValueError("it is JSON, but not in canonical form")
    return tuple(bytes.fromhex(part["c"]) for part in found["parts"])


def _are_parts(found: object) -> bool:
    if not isinstance(found, list) or not all(
        isinstance(part, dict) and set(part) == {"c", "role"} and _is_hex(part["c"], _DIGEST)
        for part in found
    ):
        return False
    return [part["role"] for part in found] in _ROLES


def _is_hex(found: object, length: int) -> bool:
    return isinstance(found, str) and len(found) == length and set(found) <= _HEX
