"""How does a ledger change its key? Two people want it: a rotation of a sound key, or the revocation of a lost or stolen one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from truceline.errors import UsageError
from truceline.record.heads import Heads
from truceline.record.keyfile import destroy
from truceline.record.keys import KeyEvent, Keys
from truceline.record.ledger import Ledger
from truceline.record.place import HOME
from truceline.record.prepare import Prepared, prepare
from truceline.record.signers import Signers
from truceline.record.signing import VerifierKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from truceline.model.ledger import Entry


class Change(StrEnum):
    """Why a key is replaced."""

    ROTATION = "rotation"
    REVOCATION = "revocation"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyWish:
    """Which change of the key somebody wants, and why; `because` is printed in every later report."""

    change: Change
    by: str
    because: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyChange:
    """What came of it: the key that signs from now on, whether two people wanted it, and then the key that it came for."""

    key: VerifierKey
    done: bool
    old: VerifierKey | None = None


def keys_of(folder: Path) -> Keys:
    """Give what a mission's ledger tells of its keys, after looking at every entry."""
    with Ledger.read(folder) as ledger:
        return ledger.whole()


def change_key(
    folder: Path, origin: str, wish: KeyWish, alike: Callable[[str, str], bool]
) -> KeyChange:
    """Propose a change of the key, or carry it out where another person proposed the same.

    `alike` answers whether two names may be one person's. UsageError where there is no key to change. A rotation needs the
    old key, to sign with both, and then destroys it; a revocation does not, and the new key signs from its proposal on.
    """
    made: list[KeyChange] = []
    signers = Signers(folder / HOME)

    def prepared(entries: Iterator[Entry]) -> Prepared:
        keys = _taken(entries)
        if keys.in_force is None:
            raise UsageError("the ledger has no key yet", "`truceline run` gives it one")
        step = _rotation if wish.change is Change.ROTATION else _revocation
        told, change = step(keys, keys.in_force, wish, alike, signers)
        made.append(change)
        return told

    if wish.change is Change.ROTATION:
        _enter(folder, origin, prepared)
        if made[0].old is not None:
            destroy(folder / HOME, made[0].old.id)
        return made[0]
    # Whoever stole a key can show heads that stop the ledger: revoking it must still be possible, and by two people ends that.
    with Heads.here().overlooking(folder) as lifted:
        _enter(folder, origin, prepared)
        if made[0].old is not None:
            lifted.add(made[0].old.id.hex())
    return made[0]


def _enter(folder: Path, origin: str, prepared: Callable[[Iterator[Entry]], Prepared]) -> None:
    with Ledger.open(folder, origin=origin) as ledger:
        ledger.whole()
        ledger.append_made(prepared)


def _taken(entries: Iterator[Entry]) -> Keys:
    keys = Keys()
    for entry in entries:
        keys.take(entry.seq, entry.record)
    return keys


def _rotation(
    keys: Keys, old: VerifierKey, wish: KeyWish, alike: Callable[[str, str], bool], signers: Signers
) -> tuple[Prepared, KeyChange]:
    if keys.awaiting is not None:
        raise UsageError(
            "a revocation of the key awaits its second person",
            "confirm that first: truceline key revoke",
        )
    first = next(
        (p for p in keys.proposals if p["old"] == old.text and not alike(p["by"], wish.by)), None
    )
    record: dict[str, object] = {"old": old.text, "because": wish.because, "at": wish.at}
    if first is None:
        told = {**record, "kind": KeyEvent.ROTATION_PROPOSED.value, "by": wish.by}
        return prepare([told], ()), KeyChange(key=old, done=False)
    # Opened first: where the old key is not there, no new one is made.
    outgoing = signers.open(old)
    key = signers.new(old.name)
    told = {
        **record,
        "kind": KeyEvent.ROTATED.value,
        "key": key.verifier.text,
        "by": sorted([first["by"], wish.by]),
    }
    change = KeyChange(key=key.verifier, done=True, old=old)
    return replace(prepare([told], ()), signers=(key, outgoing)), change


def _revocation(
    keys: Keys,
    in_force: VerifierKey,
    wish: KeyWish,
    alike: Callable[[str, str], bool],
    signers: Signers,
) -> tuple[Prepared, KeyChange]:
    record: dict[str, object] = {"because": wish.because, "at": wish.at}
    if keys.awaiting is None:
        key = signers.new(in_force.name)
        told = {
            **record,
            "kind": KeyEvent.REVOCATION_PROPOSED.value,
            "old": in_force.text,
            "key": key.verifier.text,
            "by": wish.by,
        }
        return replace(prepare([told], ()), signers=(key,)), KeyChange(key=key.verifier, done=False)
    first = str(keys.awaiting["by"])
    if alike(first, wish.by):
        raise UsageError(
            f"{first} proposed this revocation; a second person confirms it", "ask another person"
        )
    told = {
        **record,
        "kind": KeyEvent.REVOKED.value,
        "old": keys.awaiting["old"],
        "key": in_force.text,
        "by": sorted([first, wish.by]),
    }
    old = VerifierKey.read(str(keys.awaiting["old"]))
    return prepare([told], ()), KeyChange(key=in_force, done=True, old=old)
