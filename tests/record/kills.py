"""Does a ledger lose what it acknowledged when its process is killed? `python -m tests.record.kills [ROUNDS]`.

A child appends records and large originals and says after each append how many entries stand. It is killed without warning at a random
moment, even while it makes the ledger's key. Then every acknowledged entry must be there, with its original, and all steps of verification
must hold. `--early` lets the child speak before it appends: the tester must notice that.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from truceline.record.ledger import Ledger
from truceline.record.parts import SMALL
from truceline.record.place import ledger_file
from truceline.record.verify import verify
from truceline.store.canonical import sha256_hex

REPO = Path(__file__).resolve().parents[2]
LONGEST = 0.4
ORIGIN = "truceline/kills"


def original(number: int) -> bytes:
    """Give a large original, kept as a file."""
    return number.to_bytes(4, "big") * (SMALL // 4 + 1)


def child(folder: Path, seed: int, *, early: bool) -> None:
    """Append until killed; say after each append up to which number of this round all is acknowledged."""
    number = 0
    print("begun", flush=True)
    with Ledger.open(folder, origin=ORIGIN) as ledger:
        while True:
            name = f"{seed}-{number}"
            records: list[dict[str, object]] = [{"kind": "note", "name": name}]
            originals = []
            if number % 3 == 0:
                data = original(seed * 1000 + number)
                records.append({"kind": "item", "name": name, "original": sha256_hex(data)})
                originals = [data]
            if early:
                print(name, flush=True)
                time.sleep(0.01)
            ledger.append(records, originals)
            print(name, flush=True)
            number += 1


def kill_once(folder: Path, seed: int, chance: random.Random, *, early: bool) -> set[str]:
    """Let a child append, kill it, and give what it acknowledged."""
    words = [
        sys.executable,
        "-m",
        "tests.record.kills",
        "--child",
        str(folder),
        str(seed),
        *(["--early"] if early else []),
    ]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=REPO) as process:
        lines = process.stdout or sys.stdin
        lines.readline()
        time.sleep(chance.uniform(0, LONGEST))
        process.kill()
        told = lines.read()
    return set(told.split("\n")[:-1])


def missing(folder: Path, acknowledged: set[str]) -> set[str]:
    """Give what was acknowledged and is not there; what does not verify is missing too."""
    if not ledger_file(folder).exists():
        return acknowledged
    found = verify(folder)
    if not found.ok:
        print([step for step in found.steps if not step.ok], file=sys.stderr)
        return acknowledged or {"the ledger"}
    with Ledger.read(folder) as ledger:
        notes = {entry.record["name"] for entry in ledger.entries("note")}
        for entry in ledger.entries("item"):
            if sha256_hex(ledger.original(entry.record["original"])) != entry.record["original"]:
                notes.discard(entry.record["name"])
    return acknowledged - notes


def rounds(count: int, folder: Path, *, early: bool = False) -> tuple[int, int]:
    """Kill so many children; give how many entries were acknowledged and how many of them were lost."""
    chance = random.Random(9)
    acknowledged: set[str] = set()
    lost: set[str] = set()
    for number in range(count):
        place = folder / f"{number // 20}"
        place.mkdir(exist_ok=True)
        told = kill_once(place, number, chance, early=early)
        acknowledged |= told
        lost |= missing(
            place, {name for name in acknowledged if int(name.split("-")[0]) // 20 == number // 20}
        )
        print(f"\r{number + 1} of {count} killed", end="", file=sys.stderr)
    print(file=sys.stderr)
    return len(acknowledged), len(lost)


def main() -> None:
    """Print how many acknowledged entries were lost; exit with 1 where any was."""
    early = "--early" in sys.argv
    words = [word for word in sys.argv[1:] if word != "--early"]
    if words[:1] == ["--child"]:
        child(Path(words[1]), int(words[2]), early=early)
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_STATE_HOME"], os.environ["XDG_DATA_HOME"] = f"{name}/state", f"{name}/data"
        count = int(words[0]) if words else 200
        acknowledged, lost = rounds(count, Path(name), early=early)
    print(f"{count} kills, {acknowledged} entries acknowledged, {lost} lost")
    sys.exit(lost > 0)


if __name__ == "__main__":
    main()
