"""How far had the ledger come when this machine last saw it? Kept outside the mission, so that going back shows.

A head is the size and the root of a ledger, kept for each mission folder under
`$XDG_STATE_HOME/truceline/heads` (else `~/.local/state/truceline/heads`). A ledger that is opened must still
begin as its head says. One that is seen for the first time is adopted. A state folder that cannot be used is
told, not fatal: the guard is then missing, and whoever asks must bring a root kept elsewhere. A head that somebody
showed, signed with the ledger's key, is kept beside it once the ledger was found not to begin as that says.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.errors import FileError, LedgerError
from truceline.model.ledger import Head
from truceline.record.parts import is_digest
from truceline.store.canonical import canonical, sha256_hex
from truceline.store.door import KEPT, names_in, read_inside
from truceline.store.state import state_folder
from truceline.store.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_HEADS = "heads"
_ENDING = ".json"
_SHOWN = ".shown.json"


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads that this account keeps; `folder` is None where there is no place for them."""

    folder: Path | None

    @classmethod
    def here(cls) -> Heads:
        """Give the heads under the state folder that the environment names."""
        return cls(state_folder())

    def at(self, mission: Path) -> Head | None:
        """Give the head kept for a mission folder; LedgerError where what is kept cannot be read."""
        return self._kept(_name(mission))

    def shown(self, mission: Path) -> Head | None:
        """Give the head that was shown for a mission folder and that its ledger did not stand up to."""
        return self._kept(_name(mission, _SHOWN))

    def _kept(self, name: str) -> Head | None:
        if self.folder is None:
            return None
        return self._read(f"{_HEADS}/{name}") if (self.folder / _HEADS / name).exists() else None

    def moved(self, ledger: str) -> Head | None:
        """Give the furthest head of a ledger that stood in other folders and is no longer there."""
        if self.folder is None or not ledger:
            return None
        gone = []
        for name in names_in(self.folder, _HEADS):
            with contextlib.suppress(LedgerError):
                head = self._read(name) if name.endswith(_ENDING) else None
                if (
                    head
                    and head.ledger == ledger
                    and not (Path(head.folder) / ".truceline").exists()
                ):
                    gone.append(head)
        return max(gone, key=lambda head: head.size, default=None)

    def _read(self, name: str) -> Head:
        folder = self.folder or Path()
        try:
            found = json.loads(read_inside(folder, name, KEPT))
            head = Head(
                folder=found["folder"], ledger=found["ledger"], size=found["size"],
                root=bytes.fromhex(found["root"]), key=str(found.get("key", "")),
            )  # fmt: skip
            _refuse_odd(head, found)
        except (FileError, ValueError, KeyError, TypeError) as error:
            raise LedgerError(
                f"The head kept at {folder / name} cannot be read.",
                "compare the ledger with a root written down elsewhere (`truceline verify --root`), then"
                " remove that file",
                details=(f"cause: {error}",),
            ) from error
        return head

    def keep(self, head: Head, mission: Path, *, anew: bool = False) -> str:
        """Keep a head, never an older one unless a ledger begins `anew`; give what went wrong, or nothing."""
        if anew:
            self._discard(_name(mission, _SHOWN))
        return self._write(_name(mission), head, over=anew)

    def show(self, head: Head, mission: Path) -> str:
        """Keep a head that was shown and that the ledger does not stand up to; the furthest of several is kept."""
        return self._write(_name(mission, _SHOWN), head, over=False)

    @contextlib.contextmanager
    def overlooking(self, mission: Path) -> Iterator[set[str]]:
        """Leave a head that was shown out of account for what is done inside; for good if its key is put into the set that is given."""
        shown, lifted = self.shown(mission), set[str]()
        self._discard(_name(mission, _SHOWN))
        try:
            yield lifted
        except BaseException:
            lifted.clear()
            raise
        finally:
            if shown is not None and shown.key not in lifted:
                self.show(shown, mission)

    def _write(self, name: str, head: Head, *, over: bool) -> str:
        if self.folder is None:
            return _unkept("this account has no home folder")
        target = self.folder / _HEADS / name
        content = canonical(
            {
                "folder": head.folder,
                "ledger": head.ledger,
                "size": head.size,
                "root": head.root.hex(),
                "key": head.key,
            }
        )
        try:
            with _locked(target.parent):
                known = None if over else self._kept(name)
                if known is None or known.size <= head.size:
                    write_whole(target, content, mode=0o600)
        except OSError as error:
            return _unkept(f"{target.parent}: {error.strerror}")
        return ""

    def forget(self, mission: Path) -> None:
        """Forget the head of a folder in which a ledger was only being made."""
        self._discard(_name(mission))

    def _discard(self, name: str) -> None:
        if self.folder is not None:
            with contextlib.suppress(OSError):
                (self.folder / _HEADS / name).unlink(missing_ok=True)


def head_of(mission: Path, ledger: str, size: int, root: bytes) -> Head:
    """Make the head of a mission's ledger as it stands."""
    return Head(folder=str(mission.resolve()), ledger=ledger, size=size, root=root)


def refuse_behind(
    head: Head, ledger: str, size: int, root_at: Callable[[int], bytes], where: Path
) -> None:
    """Refuse a ledger that is not the one of the head, or no longer begins as the head says."""
    if head.ledger and head.ledger != ledger:
        raise LedgerError(
            f"Another ledger stands at {where} than the one that this machine knows there"
            f" ({head.size} entries, root {head.root.hex()}).",
            advice(where),
        )
    if size < head.size:
        raise LedgerError(
            f"The ledger at {where} has {size} entries, but this machine has seen {head.size}:"
            " entries were removed or an old copy was put back.",
            advice(where),
            details=(f"root seen at {head.size} entries: {head.root.hex()}",),
        )
    if root_at(head.size) != head.root:
        raise LedgerError(
            f"The ledger at {where} no longer begins with the {head.size} entries that this machine"
            " has seen: it was rewritten.",
            advice(where),
            details=(f"root seen at {head.size} entries: {head.root.hex()}",),
        )


def refuse_gone(head: Head | None, where: Path) -> None:
    """Refuse to begin anew in silence where a ledger stood."""
    if head is not None and head.size:
        raise LedgerError(
            f"The ledger at {where} is gone or empty; this machine has seen {head.size} entries there.",
            advice(where),
            details=(f"root seen at {head.size} entries: {head.root.hex()}",),
        )


def advice(where: Path) -> str:
    """Say what to do about a ledger that went back."""
    mission = where.parent.parent
    return (
        f"keep what is there for inquiry and restore the newest copy: truceline restore BACKUP {mission}; to begin a new"
        f" ledger on purpose: truceline ledger new {mission} --because REASON"
    )


def _name(mission: Path, ending: str = _ENDING) -> str:
    return sha256_hex(str(mission.resolve()).encode("utf-8", "surrogateescape")) + ending


def _refuse_odd(head: Head, found: dict[str, object]) -> None:
    whole = isinstance(head.size, int) and head.size >= 0 and isinstance(head.ledger, str)
    if not (whole and is_digest(found["root"]) and isinstance(head.folder, str)):
        raise ValueError("it holds something else than a folder, a ledger, a size and a root")


def _unkept(why: str) -> str:
    return (
        f"the head of the ledger cannot be kept outside the mission ({why}), so that going back would not be"
        " noticed -> write the root down, or set XDG_STATE_HOME to a folder that may be written"
    )


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Let one process at a time compare and write."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
