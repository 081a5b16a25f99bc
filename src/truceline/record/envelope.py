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
import re
from typing import TYPE_CHECKING

from truceline.model.ledger import EntryClass
from truceline.store.canonical import LARGEST

if TYPE_CHECKING:
    from collections.abc import Sequence

VERSION = 1
SALT = 32
RECORD, ORIGINAL = "record", "original"
_ROLES = (RECORD, ORIGINAL)
# Canonical JSON has one order and no blanks, so that the one form can be matched byte by byte.
FORM = re.compile(
    rb'\{"class":"(?:mission|evidence|decision|machine|ledger)","id":"[0-9a-f]{32}","parts":\['
    rb'\{"c":"([0-9a-f]{64})","role":"record"\}'
    rb'(?:,\{"c":"([0-9a-f]{64})","role":"original"\})?'
    rb'\],"time":(0|[1-9][0-9]{0,15}),"v":1\}'
)
_CLASSES = {
    "mission_file": EntryClass.MISSION,
    "evidence_file": EntryClass.EVIDENCE,
    "item": EntryClass.EVIDENCE,
    "archive": EntryClass.EVIDENCE,
    "decision": EntryClass.DECISION,
    "report_drafted": EntryClass.DECISION,
    "report_issued": EntryClass.DECISION,
    "report_approved": EntryClass.DECISION,
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
    parts = ",".join(
        f'{{"c":"{c.hex()}","role":"{role}"}}' for c, role in zip(commitments, _ROLES, strict=False)
    )
    text = (
        f'{{"class":"{class_.value}","id":"{id_}","parts":[{parts}],"time":{time},"v":{VERSION}}}'
    )
    return text.encode("ascii")


def commitments_of(body: bytes) -> tuple[bytes, ...]:
    """Give the commitments of an entry, the record's first; ValueError where the body is not in its one form."""
    found = FORM.fullmatch(body)
    if found is None or int(found[3]) > LARGEST:
        raise ValueError("it is not an envelope in its one form")
    record, original, _ = found.groups()
    first = bytes.fromhex(record.decode())
    return (first, bytes.fromhex(original.decode())) if original else (first,)
