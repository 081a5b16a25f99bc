"""Which key had to sign which head, and is the ledger closed? The entries tell: the first key, then changes, each for two people.

A rotation is proposed by one person and made by another: the head that covers it is signed with both keys, the heads after it
with the new one. A revocation is for a key that was lost or stolen: the first person replaces it at once, since nothing that it
signs may count any more, and the change awaits a second person, who confirms it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from truceline.record.signing import VerifierKey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from truceline.record.note import Note


class KeyEvent(StrEnum):
    """The kinds of records that tell of a ledger's key."""

    MADE = "key_made"
    ROTATION_PROPOSED = "key_rotation_proposed"
    ROTATED = "key_rotated"
    REVOCATION_PROPOSED = "key_revocation_proposed"
    REVOKED = "key_revoked"


KINDS = frozenset(KeyEvent)
CLOSING_PROPOSED, CLOSED = "closing_proposed", "ledger_closed"


@dataclass(slots=True)
class Keys:
    """What the entries up to some point tell of the ledger's keys; they are to be taken in their order."""

    in_force: VerifierKey | None = None
    replaced: VerifierKey | None = None
    """The key that signs beside the one in force, for the head at `turned` entries only."""
    turned: int = -1
    revoked: dict[bytes, int] = field(default_factory=dict)
    """Keys that were lost or stolen, by id, with the number of the entry from which nothing they sign counts."""
    known: dict[bytes, VerifierKey] = field(default_factory=dict)
    """Every key that was in force once, by id."""
    until: dict[bytes, int] = field(default_factory=dict)
    """Keys that were rotated, by id, with the size of the last head that each signs."""
    proposals: list[Mapping[str, Any]] = field(default_factory=list)
    awaiting: Mapping[str, Any] | None = None
    """The proposal of a revocation that no second person has confirmed."""
    closing: list[str] = field(default_factory=list)
    """Who proposed that the ledger be closed."""
    closed: Mapping[str, Any] | None = None
    """The record by which two people closed the ledger; no entry comes after it."""

    def take(self, seq: int, record: Mapping[str, Any]) -> str:
        """Take the next entry's record; say what is wrong with it if it tells of a key or of the ledger's end, or nothing."""
        kind = record.get("kind")
        if self.closed is not None:
            return "it came after the ledger was closed"
        try:
            if kind in KINDS:
                return self._take(KeyEvent(str(kind)), seq, record)
            return self._close(record) if kind in {CLOSING_PROPOSED, CLOSED} else ""
        except (KeyError, TypeError, ValueError) as error:
            return f"it tells of a key, but cannot be read ({error})"

    def _take(self, event: KeyEvent, seq: int, record: Mapping[str, Any]) -> str:
        if event is KeyEvent.ROTATION_PROPOSED:
            self.proposals.append(record)
            return ""
        key = VerifierKey.read(str(record["key"]))
        self.known[key.id] = key
        if event is KeyEvent.MADE:
            fault = "" if self.in_force is None else "it makes a first key where there is one"
            self.in_force = self.in_force or key
            return fault
        fault = self._replaces(record)
        if event is KeyEvent.ROTATED:
            fault = fault or self._by_two(record, self.proposals)
            self.replaced, self.in_force, self.turned = self.in_force, key, seq + 1
            if self.replaced is not None:
                self.until[self.replaced.id] = self.turned
        elif event is KeyEvent.REVOCATION_PROPOSED:
            self.revoked[VerifierKey.read(str(record["old"])).id] = seq
            self.in_force, self.awaiting = key, record
        else:
            awaited = [] if self.awaiting is None else [self.awaiting]
            fault = fault or self._by_two(record, awaited)
            self.awaiting = None
        return fault

    def _close(self, record: Mapping[str, Any]) -> str:
        if record["kind"] == CLOSING_PROPOSED:
            self.closing.append(str(record["by"]))
            return ""
        by = {str(name) for name in record["by"]}
        self.closed = record
        return (
            ""
            if len(by) > 1 and by & set(self.closing)
            else "it closes the ledger without two people"
        )

    def _replaces(self, record: Mapping[str, Any]) -> str:
        """Say that a change is none of the key in force; a confirmation names the key that came for it."""
        expected = record["key" if record["kind"] == KeyEvent.REVOKED else "old"]
        in_force = None if self.in_force is None else self.in_force.text
        return "" if expected == in_force else "it replaces another key than the one in force"

    def _by_two(self, record: Mapping[str, Any], proposals: list[Mapping[str, Any]]) -> str:
        """Say that a change was not made by two people of whom one had proposed it."""
        by = [str(name) for name in record["by"]]
        proposed = any(p["old"] == record["old"] and p["by"] in by for p in proposals)
        return "" if proposed and len(set(by)) > 1 else "it changes the key without two people"

    def fault(self, head: Note) -> str:
        """Say why a head that covers exactly the entries taken so far is not signed as it must be, or nothing.

        Before a ledger has a key, its heads are not signed.
        """
        if self.in_force is None:
            return ""
        if head.body.origin != self.in_force.name or not self.in_force.signed(head):
            return f"is not signed with the key {self.in_force.id.hex()}"
        if head.body.size == self.turned and self.replaced and not self.replaced.signed(head):
            return f"is not signed with the key {self.replaced.id.hex()} too, which it replaces"
        return ""

    def voucher(self, head: Note) -> VerifierKey | None:
        """Give the key of this ledger that signed a head somebody shows, while it counted; None where there is none."""
        size = head.body.size
        signers = (
            key for id_, key in self.known.items()
            if id_ not in self.revoked and size <= self.until.get(id_, size) and key.signed(head)
        )  # fmt: skip
        return next(signers, None)
