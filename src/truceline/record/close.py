"""How does a mission end? Two people close its ledger, what it holds is handed over whole, and its keys are destroyed on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.errors import UsageError
from truceline.record import bag
from truceline.record.backup import copy_ledger, refuse_other, seal_copy
from truceline.record.keyfile import KEYS, destroy
from truceline.record.keys import CLOSED, CLOSING_PROPOSED
from truceline.record.ledger import Ledger
from truceline.record.place import HOME
from truceline.record.prepare import Prepared, prepare
from truceline.record.proofs import verifiers
from truceline.record.restore import write_mission_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from truceline.model.ledger import Entry
    from truceline.record.keys import Keys

README = """This is what a mission hands over at its end: its ledger, whole, and the files that it received.

head.txt      the last head of the ledger, signed. Compare it with the heads in the reports that you kept.
key.txt       the mission's public key. Compare it with the one that you were given during the mission.
data/         a mission folder: .truceline/ledger.db is the ledger, beside it the files that it last received.
verify.py, VERIFY.html   check one file against one head, without Truceline.

With Truceline, on a copy of this folder: truceline verify data --checkpoint head.txt
Whether anything in this folder is missing or altered: any program that validates BagIt bags (RFC 8493).

The key that signed was destroyed when the mission was closed: nothing can be added to this ledger, and a head that is
signed with it and that this ledger does not stand up to was made before, or by a thief.
The ledger holds the words as they were received. It is not for publication: hand on what may be read, by `truceline proof`.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """What came of it: whether two people closed the ledger, and then its entries and how many keys were destroyed."""

    done: bool
    size: int = 0
    keys: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EndWish:
    """Who wants the mission to end, why, and where to what is handed over."""

    by: str
    because: str
    at: str
    out: Path | None


def close(
    folder: Path,
    origin: str,
    wish: EndWish,
    alike: Callable[[str, str], bool],
    done: Callable[[str], object],
) -> End:
    """Propose to close a mission's ledger, or close it where another person proposed that, hand it over, and destroy its keys.

    The keys go last, once the package was checked. May be broken off: the same call goes on. UsageError where the place to hand over to is
    missing or taken, or where the key's revocation awaits its second person.
    """
    made: list[bool] = []

    def prepared(_: Iterator[Entry]) -> Prepared:
        told, ends = _step(keys, wish, alike)
        made.append(ends)
        return told

    with Ledger.open(folder, origin=origin) as ledger:
        keys = ledger.whole()
        if wish.out is not None:
            refuse_other(wish.out, folder, ledger)
        ledger.append_made(prepared)
        if not made[0] or wish.out is None:
            return End(done=False)
        size = _hand_over(ledger, wish.out, keys, done)
    destroyed = [path.stem for path in sorted((folder / HOME / KEYS).glob("*.pem"))]
    for key_id in destroyed:
        destroy(folder / HOME, bytes.fromhex(key_id))
    return End(done=True, size=size, keys=len(destroyed))


def _step(keys: Keys, wish: EndWish, alike: Callable[[str, str], bool]) -> tuple[Prepared, bool]:
    """Give what is to be entered, and whether it ends the ledger."""
    if keys.closed is not None:
        if wish.out is None:
            raise UsageError("this ledger is closed already", "to hand it over again: --out FOLDER")
        return prepare([], ()), True
    if keys.in_force is None:
        raise UsageError(
            "the heads of this ledger are not signed, so nothing would seal its end",
            "give this account a place for the key's passphrase (see the warnings of `truceline run`)",
        )
    if keys.awaiting is not None:
        raise UsageError(
            "a revocation of the key awaits its second person",
            "confirm that first: truceline key revoke",
        )
    record: dict[str, object] = {"because": wish.because, "at": wish.at}
    first = next((name for name in keys.closing if not alike(name, wish.by)), None)
    if first is None:
        return prepare([{**record, "kind": CLOSING_PROPOSED, "by": wish.by}], ()), False
    if wish.out is None:
        raise UsageError(
            f"{first} proposed to close it; you are the second",
            "say where to hand it over to: --out FOLDER",
        )
    return prepare([{**record, "kind": CLOSED, "by": sorted([first, wish.by])}], ()), True


def _hand_over(ledger: Ledger, out: Path, keys: Keys, done: Callable[[str], object]) -> int:
    head, _ = copy_ledger(ledger, out, done)
    write_mission_files(ledger, out / bag.PAYLOAD)
    tags = {**verifiers(), "README.txt": README.encode("utf-8")}
    tags["key.txt"] = f"{keys.in_force.text if keys.in_force else ''}\n".encode()
    seal_copy(out, head, tags, done)
    return head.body.size
