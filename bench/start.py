"""How soon does a command start, and how much is installed? `python -m bench.start [ROUNDS]`.

Each round starts a bare `python -c pass`, `truceline --help` and `truceline check` of the demonstration
in turn, so that all three meet the same machine; printed are the medians and their ratios. The size is
that of the files which Truceline and what it needs brought along, without Python itself.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
TOOL = Path(sys.executable).parent / "truceline"
BARE = "python -c pass"
COMMANDS = {
    BARE: [sys.executable, "-c", "pass"],
    "truceline --help": [str(TOOL), "--help"],
    "truceline check": [str(TOOL), "check", str(ROOT / "missions" / "karabakh-2020")],
}
MOST = {"truceline --help": 10, "truceline check": 40}
MOST_MB = 260
MB = 1_000_000


def started(command: list[str]) -> float:
    """Give the seconds that a command takes, from start to end."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    return time.perf_counter() - began


def needed(name: str, known: set[str]) -> set[str]:
    """Give the packages that a package needs, itself among them."""
    key = name.lower().replace("_", "-")
    if key in known:
        return known
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return known
    known.add(key)
    for line in found.requires or ():
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
            needed(wanted.name, known)
    return known


def size(name: str) -> int:
    """Give the bytes of a package's files."""
    files = [Path(str(file.locate())) for file in distribution(name).files or ()]
    return sum(file.stat().st_size for file in files if file.is_file())


def main() -> None:
    """Measure and print; ends with 1 where a bound is broken."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for command in COMMANDS.values():
        started(command)
    for _ in range(rounds):
        for name, command in COMMANDS.items():
            taken[name].append(started(command))
    bare = statistics.median(taken[BARE])
    print(f"medians of {rounds} rounds")
    broken = False
    for name, times in taken.items():
        median = statistics.median(times)
        bound = f", at most {MOST[name]}" if name in MOST else ""
        print(f"  {name:20} {median * 1000:7.1f} ms  {median / bare:5.1f} times{bound}")
        broken |= name in MOST and median / bare > MOST[name]
    sizes = {name: size(name) for name in needed("truceline", set())}
    whole = sum(sizes.values()) / MB
    largest = sorted(sizes, key=lambda name: -sizes[name])[:8]
    told = ", ".join(f"{name} {sizes[name] / MB:.0f}" for name in largest)
    print(f"installed: {whole:.0f} MB in {len(sizes)} packages, at most {MOST_MB} ({told})")
    sys.exit(int(broken or whole > MOST_MB))


if __name__ == "__main__":
    main()
