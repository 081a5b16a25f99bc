"""How is it shown to somebody who has no ledger that an entry stands in it, and that it only grew? By a file each.

An entry is shown by a C2SP tlog-proof: its number, the hashes from its leaf to the root, and a signed head. The line `extra` holds, in
base64, what the hashes do not: the entry's bytes, and its record with the salt of the commitment. A record names files by SHA-256. That it only grew is shown as a C2SP tlog-witness takes it: the old size, the hashes, and the later head.
"""

from __future__ import annotations

import base64
from importlib import resources
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from truceline.errors import LedgerError, UsageError
from truceline.record import note
from truceline.record.envelope import commitments_of
from truceline.record.heads import advice
from truceline.record.keys import KeyEvent
from truceline.record.prepare import ISSUED
from truceline.record.subjects import entries_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.model.ledger import Entry
    from truceline.record.ledger import Ledger

FORMAT = "c2sp.org/tlog-proof@v1"
PROOF, GROWN = ".tlog-proof", ".grown"
TOOLS = ("verify.py", "VERIFY.html")


def entry_proof(ledger: Ledger, entry: Entry, head: note.Note) -> str:
    """Write the proof that an entry stands under a head of this ledger, and open its record if it is still there.

    UsageError where the head is older than the entry, LedgerError where the ledger does not begin as the head says.
    """
    refuse_other(ledger, head)
    if entry.seq >= head.body.size:
        raise UsageError(
            f"entry {entry.seq} came after the head with {head.body.size} entries",
            "leave the head out: the proof is then made for the newest one, and a proof that the ledger only grew since",
        )
    extra = _coded(_opened(ledger, entry).encode("utf-8"))
    hashes = ledger.prove_inclusion(entry.seq, head.body.size)
    return _written([FORMAT, f"extra {extra}", f"index {entry.seq}"], hashes, head)


def growth_proof(ledger: Ledger, old: note.Note, new: note.Note) -> str:
    """Write the proof that the ledger under an old head is the beginning of the one under a new head."""
    refuse_other(ledger, old)
    refuse_other(ledger, new)
    hashes = ledger.prove_consistency(old.body.size, new.body.size)
    return _written([f"old {old.body.size}"], hashes, new)


def refuse_other(ledger: Ledger, head: note.Note) -> None:
    """Refuse a head to which this ledger does not stand up."""
    size = head.body.size
    whole = ledger.checkpoint().size
    if size > whole or ledger.root_at(size) != head.body.root or head.body.origin != ledger.origin:
        raise LedgerError(
            f"The ledger at {ledger.database.path} does not begin as the head with {size} entries says.",
            "show that head to `truceline verify --checkpoint`; " + advice(ledger.database.path),
        )


def _opened(ledger: Ledger, entry: Entry) -> str:
    lines = [f"entry {entry.body.decode('ascii')}"]
    record = ledger.parts.at(commitments_of(entry.body)[0])
    if record is not None and entry.told is not None:
        lines.append(f"record {record.salt.hex()} {_coded(entry.told)}")
    return "".join(f"{line}\n" for line in lines)


def _written(lines: Sequence[str], hashes: Sequence[bytes], head: note.Note) -> str:
    first = "".join(f"{line}\n" for line in (*lines, *(_coded(h) for h in hashes)))
    return f"{first}\n{head.whole}"


def _coded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def handed_over(ledger: Ledger, subject: str | None, held: note.Note | None) -> dict[str, bytes]:
    """Give the files by which somebody checks what is meant by `subject`, or only that the ledger grew since `held`.

    The proof is made for the head that they hold if it covers the entry, else for the newest one with a proof of growth; an entry
    that rotates the key is proved under the head that both keys signed.
    """
    if held is not None:
        refuse_other(ledger, held)
    entries = () if subject is None else entries_of(ledger, subject)
    files: dict[str, bytes] = {}
    for entry in entries:
        head = _head_for(ledger, entry, held)
        name = f"entry-{entry.seq}"
        files[f"{name}{PROOF}"] = entry_proof(ledger, entry, head).encode("utf-8")
        if "original" in entry.record:
            content = ledger.original(str(entry.record["original"]))
            files[f"{name}{_ending(entry, content)}"] = content
        files.update(_grown(ledger, held, head))
    if not entries and held is not None:
        files.update(_grown(ledger, held, ledger.head()))
    return {**files, **verifiers()}


def verifiers() -> dict[str, bytes]:
    """Give the two independent verifiers, as they are handed over."""
    tools = resources.files("truceline.record") / "verifier"
    return {name: (tools / name).read_bytes() for name in TOOLS}


def _grown(ledger: Ledger, held: note.Note | None, head: note.Note) -> dict[str, bytes]:
    if held is None or held.body.size >= head.body.size:
        return {}
    text = growth_proof(ledger, held, head)
    return {f"from-{held.body.size}-to-{head.body.size}{GROWN}": text.encode("utf-8")}


def _head_for(ledger: Ledger, entry: Entry, held: note.Note | None) -> note.Note:
    """Choose the head under which an entry is proved; of one that is held, the ledger's own copy bears the signature."""
    size = ledger.checkpoint().size
    if held is not None and held.body.size > entry.seq:
        size = held.body.size
    elif held is None and entry.kind == KeyEvent.ROTATED:
        size = entry.seq + 1
    texts = [text for at, _, text in ledger.database.rows("checkpoints_all") if at == size]
    return note.read(texts[0]) if texts else held or ledger.head()


def _ending(entry: Entry, content: bytes) -> str:
    """Give an original's file the ending it came with, or one by which it opens."""
    named = PurePosixPath(str(entry.record.get("path", ""))).suffix
    if named:
        return named
    if entry.kind == ISSUED or content.lstrip()[:1] == b"<":
        return ".html"
    return ".json" if content[:1] == b"{" else ".bin"
