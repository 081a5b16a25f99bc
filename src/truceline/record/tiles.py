"""The hash tree as it is stored: leaves, and the hashes of full tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.errors import LedgerError
from truceline.record import merkle

if TYPE_CHECKING:
    from truceline.record.database import Database

TILE = 1 << merkle.TILE_HEIGHT


class Tiles:
    """The tree of one ledger."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def size(self) -> int:
        """Give the number of entries."""
        found: int = self.database.rows("size")[0][0]
        return found

    def perfect(self, height: int, index: int) -> bytes:
        """Give the hash of a perfect subtree from the tile hashes and leaves at hand."""
        level, extra = divmod(height, merkle.TILE_HEIGHT)
        return merkle.fold(self.hashes(level, index << extra, (index + 1) << extra))

    def hashes(self, level: int, start: int, stop: int) -> list[bytes]:
        """Give a run of hashes of a tile level; level 0 are the leaves."""
        if level == 0:
            rows = self.database.rows("leaves", start=start, stop=stop)
        else:
            rows = self.database.rows("nodes", level=level, start=start, stop=stop)
        hashes = [found for (found,) in rows if merkle.is_hash(found)]
        if len(hashes) != stop - start:
            raise LedgerError(
                f"{self.database.path} lacks hashes of level {level} from {start} to {stop}.",
                "run `truceline verify`, and restore the ledger from a copy",
            )
        return hashes

    def frontier(self) -> merkle.Frontier:
        """Give the right edge of the tree from the tile hashes and the last leaves."""
        size = self.size()
        edge = merkle.Frontier()
        top = max(size.bit_length() - 1, 0) // merkle.TILE_HEIGHT
        for level in range(top, -1, -1):
            stop = size >> (merkle.TILE_HEIGHT * level)
            for found in self.hashes(level, stop - stop % TILE, stop):
                edge.push(merkle.TILE_HEIGHT * level, found)
        return edge
