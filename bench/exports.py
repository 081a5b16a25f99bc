"""How long do flat tables of a long war take? `python -m bench.exports [INCIDENTS]`: CSV and GeoJSON, beside pandas.

The incidents are those of the demonstration mission, repeated under new ids. The peer is given rows that are made already, and writes CSV with
`to_csv` and one JSON record a row with `to_json`; ours makes the rows too.
"""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import replace

import pandas as pd

from bench.snapshot import MISSION
from truceline.pipeline import assess, cut_off, gather
from truceline.report.exports import FORMS
from truceline.report.flat import TABLES, cells
from truceline.report.scene import Scene


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    gathered = gather(MISSION, record=False)
    small = assess(gathered, cut_off(None, gathered))
    incidents, findings = small.incidents, {f.incident: f for f in small.findings}
    names = [f"inc-{n:016x}" for n in range(count)]
    large = replace(
        small,
        incidents=tuple(replace(incidents[n % len(incidents)], id=name) for n, name in enumerate(names)),
        findings=tuple(
            replace(findings[incidents[n % len(incidents)].id], incident=name) for n, name in enumerate(names)
        ),
    )  # fmt: skip
    (table,) = (t for t in TABLES if t.name == "incidents")
    begun = time.perf_counter()
    columns, rows = cells(table, Scene(large), public=True)
    made = time.perf_counter() - begun
    took, size = {}, {}
    for form in ("csv", "geojson"):
        begun = time.perf_counter()
        (content,) = FORMS[form]([(table, columns, rows)]).values()
        took[form], size[form] = time.perf_counter() - begun, len(content)
    frame = pd.DataFrame(rows, columns=[c.name for c in columns])
    begun = time.perf_counter()
    frame.to_csv(index=False)
    peer_csv = time.perf_counter() - begun
    begun = time.perf_counter()
    frame.to_json(orient="records", lines=True)
    peer_json = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ours = made + took["csv"] + took["geojson"]
    print(
        f"{count} incidents: rows {made:.1f} s, CSV {took['csv']:.1f} s ({size['csv'] / 1e6:.0f} MB), "
        f"GeoJSON {took['geojson']:.1f} s ({size['geojson'] / 1e6:.0f} MB); together {ours:.1f} s"
    )
    print(
        f"pandas on the rows made: CSV {peer_csv:.1f} s, JSON {peer_json:.1f} s; memory {peak / 1e6:.2f} GB at most"
    )


if __name__ == "__main__":
    main()
