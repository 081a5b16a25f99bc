"""How long does a snapshot of a long war take? `python -m bench.snapshot [CLAIMS]`: written, opened, and how much memory.

The claims and incidents are those of the demonstration mission, repeated under new ids; a fifth as many incidents as claims.
"""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from truceline.pipeline import assess, cut_off, gather
from truceline.store import snapshot
from truceline.store.engine import opened

MISSION = Path(__file__).resolve().parents[1] / "missions" / "karabakh-2020"


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    gathered = gather(MISSION, record=False)
    small = assess(gathered, cut_off(None, gathered))
    claims, incidents, findings = small.claims, small.incidents, small.findings
    large = replace(
        small,
        claims=tuple(replace(claims[n % len(claims)], id=f"clm-{n:016x}") for n in range(count)),
        incidents=tuple(replace(incidents[n % len(incidents)], id=f"inc-{n:016x}") for n in range(count // 5)),
        findings=tuple(replace(findings[n % len(findings)], incident=f"inc-{n:016x}") for n in range(count // 5)),
    )  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with TemporaryDirectory() as name:
        target = Path(name) / "x.duckdb"
        begun = time.perf_counter()
        snapshot.write(target, large)
        wrote = time.perf_counter() - begun
        begun = time.perf_counter()
        with opened(target) as engine:
            columns = engine.columns("claims")
        open_ = time.perf_counter() - begun
        size = target.stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{count} claims, {count // 5} incidents: written in {wrote:.1f} s, {size / 1e6:.0f} MB; opened in {open_ * 1000:.0f} ms"
    )
    print(
        f"{len(columns)} columns of claims; memory {peak / 1e6:.2f} GB at most, {before / 1e6:.2f} GB of it the objects"
    )


if __name__ == "__main__":
    main()
