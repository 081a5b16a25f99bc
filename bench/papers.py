"""How long does a report take as a paper? `python -m bench.papers [INCIDENTS] [ROWS]`: PDF with map, an annex alone, DOCX, beside Chromium.

The incidents are those of the demonstration mission, repeated under new ids with their claims. The peer prints the same blocks, written as a page
beforehand, to a PDF without tags for archives and without attached files.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from bench.snapshot import MISSION
from truceline.pipeline import assess, cut_off, gather
from truceline.report.assemble import view_of
from truceline.report.formats.docx import docx
from truceline.report.formats.pdf import pdf
from truceline.report.html import paper_html
from truceline.report.paper.blocks import Grid, Paper
from truceline.report.paper.paper import paper_of

if TYPE_CHECKING:
    from truceline.model.report import Assessment

CHROMIUM = "/usr/bin/chromium"


def many(small: Assessment, count: int) -> Assessment:
    """Repeat the incidents of an assessment until there are so many."""
    incidents, findings = small.incidents, {f.incident: f for f in small.findings}
    names = [f"inc-{n:016x}" for n in range(count)]
    return replace(
        small,
        incidents=tuple(replace(incidents[n % len(incidents)], id=name, may_mirror=(), fits_several=()) for n, name in enumerate(names)),
        findings=tuple(
            replace(findings[incidents[n % len(incidents)].id], incident=name) for n, name in enumerate(names)
        ),
    )  # fmt: skip


def printed(paper: Paper) -> float:
    """Give how long Chromium takes from the page of a paper to a PDF, once it has started."""
    with TemporaryDirectory() as folder, sync_playwright() as browsers:
        page = Path(folder) / "paper.html"
        page.write_text(paper_html(paper), encoding="utf-8")
        browser = browsers.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page()
        begun = time.perf_counter()
        tab.goto(page.as_uri())
        tab.pdf(tagged=True)
        took = time.perf_counter() - begun
        browser.close()
    return took


def main() -> None:
    """Print the figures."""
    count, rows = map(int, [*sys.argv[1:], *("300", "3000")[len(sys.argv) - 1 :]])
    gathered = gather(MISSION, record=False)
    small = assess(gathered, cut_off(None, gathered))
    begun = time.perf_counter()
    view = view_of(many(small, count))
    seen = time.perf_counter() - begun
    begun = time.perf_counter()
    paper = paper_of(view)
    set_ = time.perf_counter() - begun
    took: dict[str, float] = {}
    for name, make in (
        ("PDF", lambda p: pdf(p, (), small.as_of)),
        ("DOCX", lambda p: docx(p, small.as_of)),
    ):
        begun = time.perf_counter()
        make(paper)
        took[name] = time.perf_counter() - begun
    print(
        f"{count} incidents with map: view {seen:.2f} s, blocks {set_:.2f} s, PDF {took['PDF']:.2f} s, DOCX {took['DOCX']:.2f} s; "
        f"Chromium from the page of the same blocks: {printed(paper):.2f} s"
    )
    annex = next(b for b in paper.blocks if isinstance(b, Grid) and b.caption == "Incidents")
    # Numbers here lead to the cards, which this paper has not.
    plain = tuple(
        tuple(tuple(replace(r, to="") for r in cell) for cell in row) for row in annex.rows
    )
    grid = replace(annex, rows=tuple(plain[n % len(plain)] for n in range(rows)))
    alone = replace(paper, blocks=(grid,))
    begun = time.perf_counter()
    pdf(alone, (), small.as_of)
    took["annex"] = time.perf_counter() - begun
    print(f"an annex of {rows} rows: PDF {took['annex']:.2f} s; Chromium: {printed(alone):.2f} s")


if __name__ == "__main__":
    main()
