"""What the ten steps of verification find: faults as values, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.record import merkle
from truceline.record.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.model.ledger import Checkpoint, Head
    from truceline.record.database import Row

TITLES = (
    "the file opens and is whole",
    "the entries are numbered without a gap",
    "every entry matches its leaf hash",
    "every entry and record is in its one form",
    "the tile hashes are those of the entries",
    "every checkpoint stands for its entries",
    "every part is there and unaltered, or was erased",
    "what was erased is what entries erase, and it is gone",
    "nothing went back behind what this machine has seen",
    "every head is signed with the ledger's key",
)
NUMBERS = range(1, len(TITLES) + 1)
SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One numbered step: whether it holds, and what was seen."""

    number: int
    title: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What the ten steps found; `size` and `root` are computed from the entries' bytes."""

    steps: tuple[Step, ...]
    size: int
    root: str
    first_broken: int | None

    @property
    def ok(self) -> bool:
        """Tell whether every step holds."""
        return all(step.ok for step in self.steps)


class Findings:
    """What the walk over the ledger gathers: faults by step, and what the steps need."""

    def __init__(self, held: Sequence[Checkpoint], roots: Sequence[bytes]) -> None:
        self.held = list(held)
        # Heads held elsewhere to which the ledger does not stand up.
        self.against: list[Checkpoint] = []
        self.roots = dict.fromkeys(roots, -1)
        self.origins = {line for h in held if (line := h.note.partition("\n")[0])}
        self.heads: list[Head] = []
        self.origin = ""
        self.faults: dict[int, list[str]] = {number: [] for number in NUMBERS}
        self.details: dict[int, str] = {}
        self.first_broken: int | None = None
        self.frontier = merkle.Frontier()
        self.keys = Keys()
        # The heads that had been seen before a copy was restored that is behind them, size and root.
        self.lost: set[tuple[str, str]] = set()
        self.signed = 0
        self.unsigned = 0
        self.tiles: dict[tuple[int, int], object] = {}
        self.checkpoints: dict[int, Row] = {}
        self.previous = -1

    def sizes(self) -> frozenset[object]:
        """Give the sizes at which something is known of the tree: a checkpoint, a head held elsewhere or seen here."""
        known = (*(held.size for held in self.held), *(head.size for head in self.heads))
        return frozenset((*self.checkpoints, *known))

    def fault(self, step: int, text: str, seq: int | None = None) -> None:
        """Note a fault, and the entry when it concerns one."""
        self.faults[step].append(text if seq is None else f"entry {seq}: {text}")
        if seq is not None and (self.first_broken is None or seq < self.first_broken):
            self.first_broken = seq

    def verification(self) -> Verification:
        """Give what was found as a value."""
        return Verification(
            steps=tuple(self._step(number, title) for number, title in enumerate(TITLES, 1)),
            size=self.frontier.size,
            root=self.frontier.root().hex(),
            first_broken=self.first_broken,
        )

    def _step(self, number: int, title: str) -> Step:
        """Give one step with its first faults, or with what was seen."""
        faults = self.faults[number]
        more = f" (and {len(faults) - SHOWN} more)" if len(faults) > SHOWN else ""
        detail = "; ".join(faults[:SHOWN]) + more if faults else self.details.get(number, "")
        return Step(number=number, title=title, ok=not faults, detail=detail)
