"""A report that leaves the mission: entered into the ledger with its digest, on the head that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.errors import RefusedError
from truceline.model.report import Issued
from truceline.record.ledger import Ledger
from truceline.record.prepare import ISSUED
from truceline.record.proofs import entry_proof
from truceline.record.rekey import keys_of
from truceline.store.canonical import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from truceline.model.ledger import Checkpoint

PAGE = "report.html"


def rests_on(folder: Path, head: str, by: str, at: str) -> Issued:
    """Give what a report issued now rests on: the head at which its evidence was entered. RefusedError where nobody vouches for it."""
    keys = keys_of(folder)
    if keys.in_force is None:
        raise RefusedError(
            "The heads of this ledger are not signed, so a report on it would prove nothing.",
            "give this account a place for the key's passphrase (see the warnings of `truceline run`)",
        )
    if keys.awaiting is not None:
        raise RefusedError(
            "One person replaced the ledger's key, and no second one has confirmed it.",
            "a second person calls `truceline key revoke`; then issue the report",
        )
    return Issued(by=by, at=at, head=head, key=keys.in_force.text)


def enter_issue(
    folder: Path, origin: str, issued: Issued, as_of: str, files: Mapping[str, bytes]
) -> tuple[Checkpoint, str]:
    """Enter a report's page and the digests of its other files; give the signed head that covers them, and the proof that it does."""
    record = {
        "kind": ISSUED, "by": issued.by, "at": issued.at, "as_of": as_of, "rests_on": issued.head,
        "original": sha256_hex(files[PAGE]),
        "files": {name: sha256_hex(content) for name, content in files.items()},
    }  # fmt: skip
    with Ledger.open(folder, origin=origin) as ledger:
        (entry,) = ledger.append([record], [files[PAGE]])
        return ledger.checkpoint(), entry_proof(ledger, entry, ledger.head())
