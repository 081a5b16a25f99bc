"""Which key signs the next head? The one that signed the last one, opened once while the ledger is open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from truceline.record import keyfile
from truceline.record.keys import KeyEvent
from truceline.record.prepare import Prepared, prepare

if TYPE_CHECKING:
    from pathlib import Path

    from truceline.record.note import Note
    from truceline.record.signing import SigningKey, VerifierKey


class Signers:
    """The keys of a ledger's folder, as far as they were opened."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._opened: dict[bytes, SigningKey] = {}
        # Why nobody signs, where no key can be kept.
        self.warnings: tuple[str, ...] = ()

    def last(self, newest: Note) -> tuple[SigningKey, ...]:
        """Give the key that signed the newest head, none where nobody did; StorageError where it cannot be opened."""
        if not newest.signatures:
            return ()
        name, key_id, _ = newest.signatures[0]
        return (self._open(name, key_id),)

    def open(self, key: VerifierKey) -> SigningKey:
        """Open the other half of a key; StorageError where it cannot be opened."""
        return self._open(key.name, key.id)

    def _open(self, name: str, key_id: bytes) -> SigningKey:
        if key_id not in self._opened:
            self._opened[key_id] = keyfile.load(self._home, name, key_id)
        return self._opened[key_id]

    def first(self, newest: Note) -> Prepared:
        """Give the entry that makes a ledger's first key; nothing where another writer made one meanwhile, or none can be kept."""
        why = keyfile.cannot_keep()
        self.warnings = (keyfile.unsigned(why),) if why else ()
        if newest.signatures or why:
            return prepare([], ())
        key = self.new(newest.body.origin)
        told = prepare([{"kind": KeyEvent.MADE.value, "key": key.verifier.text}], ())
        return replace(told, signers=(key,))

    def new(self, name: str) -> SigningKey:
        """Make a key for the log of a name, and keep it."""
        key = keyfile.make(self._home, name)
        self._opened[key.verifier.id] = key
        return key
