"""Most entries are plain: whole, in their one form, with a record of short values that tells nothing of the ledger itself.

Those are looked at here, many at once. Whatever is not plain, or not sound, is looked at again one by one, where faults are named: what
is said here is only that there is nothing to say.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from truceline.record.envelope import FORM
from truceline.record.keys import CLOSED, CLOSING_PROPOSED, KINDS
from truceline.record.prepare import ERASURE, PROPOSED, RESTORED
from truceline.store.canonical import read_plain

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Sequence

    from truceline.record.database import Row

_SHORT_TIME = 15
# Records that tell of the ledger itself: each is looked at with what came before it.
NOTED = frozenset({ERASURE, PROPOSED, RESTORED, CLOSED, CLOSING_PROPOSED, *map(str, KINDS)})


def plain_leaves(
    rows: Sequence[Row], first: int, erased: Collection[object], originals: Container[bytes]
) -> list[bytes] | None:
    """Give the leaf hashes of rows that follow each other from number `first`, None unless every one of them is plain and sound.

    A row is number, leaf, body, and commitment, salt, length, SHA-512 and content of its record. `originals` are those that were found
    sound before; `erased` are the parts that are gone.
    """
    if erased or [row[0] for row in rows] != list(range(first, first + len(rows))):
        return None
    leaves = []
    try:
        for _, leaf, body, committed, salt, size, sha512, content in rows:
            found = FORM.fullmatch(body)
            digest = sha256(salt + content)
            record = read_plain(content)
            if (
                found is None
                or sha256(b"\0" + body).digest() != leaf
                or digest.digest() != committed
                or digest.hexdigest().encode() != found[1]
                or len(found[3]) > _SHORT_TIME
                or size != len(content)
                or sha512 is not None
                or record is None
                or type(record.get("kind")) is not str
                or record["kind"] in NOTED
                or (found[2] is not None and bytes.fromhex(found[2].decode()) not in originals)
            ):
                return None
            leaves.append(leaf)
    except TypeError:
        # A value that is not even bytes.
        return None
    return leaves
