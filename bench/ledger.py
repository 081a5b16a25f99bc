"""How long does it take to verify a ledger, beside a plain loop over the same bytes? `python -m bench.ledger [ENTRIES]`.

The peer reads every entry and every part from the same file and hashes them with hashlib: leaf hashes, the tree's nodes and
commitments, and nothing else. The ledger is made in a temporary folder first; its making is timed as well.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import apsw

from truceline.record.ledger import Ledger
from truceline.record.verify import verify

BATCH = 10_000


def make(folder: Path, entries: int) -> float:
    """Fill a ledger with records of some 100 bytes; give the seconds."""
    begun = time.perf_counter()
    with Ledger.open(folder) as ledger:
        for first in range(0, entries, BATCH):
            ledger.append([
                {"kind": "note", "n": n, "text": f"entry {n} of a ledger that is as long as a mission of many years"}
                for n in range(first, min(first + BATCH, entries))
            ])  # fmt: skip
            print(f"\r{min(first + BATCH, entries)} entries", end="", file=sys.stderr)
    print(file=sys.stderr)
    return time.perf_counter() - begun


def plain(folder: Path) -> float:
    """Hash all that a verification has to hash, and nothing else; give the seconds."""
    begun = time.perf_counter()
    connection = apsw.Connection(str(folder / ".truceline" / "ledger.db"))
    level = [
        hashlib.sha256(b"\0" + body).digest()
        for (body,) in connection.execute("SELECT body FROM event ORDER BY seq")
    ]
    for salt, content in connection.execute("SELECT salt, content FROM part"):
        hashlib.sha256(salt + content).digest()
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        odd = level[-1:] if len(level) % 2 else []
        level = [hashlib.sha256(b"\1" + left + right).digest() for left, right in pairs] + odd
    connection.close()
    return time.perf_counter() - begun


def main() -> None:
    """Print the figures; exit with 1 where the ledger does not verify."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with TemporaryDirectory() as name:
        os.environ["XDG_STATE_HOME"] = f"{name}/state"
        folder = Path(name) / "mission"
        folder.mkdir()
        made = make(folder, entries)
        peer = min(plain(folder) for _ in range(2))
        begun = time.perf_counter()
        found = verify(folder)
        took = time.perf_counter() - begun
        size = (folder / ".truceline" / "ledger.db").stat().st_size
    print(
        f"{entries} entries, {size / 1e6:.0f} MB, made in {made:.1f} s ({entries / made:.0f} a second)"
    )
    print(f"plain hashlib loop {peer:.1f} s; verify {took:.1f} s; {took / peer:.1f} times")
    sys.exit(not found.ok)


if __name__ == "__main__":
    main()
