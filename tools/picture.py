"""Draw the picture of the README from the demonstration mission: `make picture` writes docs/picture.svg.

Many outlets that fold into one origin, beside a strike that the side which made it acknowledged, above one row of the
table of provisions. Everything on it is what `make demo` finds; a test holds the file against a new run.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.model.finding import Occurrence, TableRow
from truceline.pipeline import assess, cut_off, gather
from truceline.report.chart import patterns
from truceline.report.flow_svg import draw_flow
from truceline.report.scene import Scene
from truceline.report.sections.charts import flow_incident
from truceline.report.sections.counts import NOT_OBSERVED
from truceline.report.svg import frame, tag, text
from truceline.report.view_charts import FlowChart

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "picture.svg"
_CUT = "2020-10-18T00:00+04:00"
_WIDTH, _ROW = 760.0, 84.0
_TITLE = "A dozen outlets that repeat one side count once; a side's own admission confirms; nobody looked"


def picture() -> str:
    """Give the picture as SVG, with its own colours for light and dark."""
    gathered = gather(ROOT / "missions" / "karabakh-2020", record=False)
    assessment = assess(gathered, cut_off(_CUT, gathered))
    scene = Scene(assessment)
    found = scene.findings
    told = [i for i in scene.incidents if found[i.id].occurrence is Occurrence.UNSUBSTANTIATED]
    repeated = max(told, key=lambda i: sum(o.outlets for o in found[i.id].origins))
    admitted = next(i for i in scene.incidents if found[i.id].row is TableRow.ADMITTED)
    flow = draw_flow(
        FlowChart(title=_TITLE, incidents=tuple(flow_incident(i, scene) for i in (repeated, admitted))),
        links=False,
    )  # fmt: skip
    box = re.search(r'viewBox="0 0 \S+ (\S+)"', flow)
    tall = float(box[1]) if box else 0.0
    row = "".join(_provision(scene, tall + 8))
    inner = flow.replace("<svg ", f'<svg width="{_WIDTH:g}" height="{tall:g}" ', 1)
    drawn = frame(
        _WIDTH, tall + _ROW, _TITLE, "As the demonstration finds it.", patterns(), inner, row
    )
    style = tag("style", _style())
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).replace(
        "<title", f"{style}<title", 1
    )


def _provision(scene: Scene, y: float) -> Iterator[str]:
    """Draw the days of the provision in force last: what nobody could see is hatched, whatever was told of it."""
    last = max(scene.standings, key=lambda s: (s.day, s.provision)).provision
    days = [s for s in scene.standings if s.provision == last]
    yield tag("line", x1=8.0, x2=_WIDTH - 8, y1=y, y2=y, class_="grid")
    dark = sum(day.effective_fraction <= 0 for day in days)
    said = f"{scene.title_of(last)}: {NOT_OBSERVED} on {dark} of {len(days)} days"
    yield text(said, 20.0, y + 20, "place")
    step = (_WIDTH - 40) / len(days)
    for n, day in enumerate(days):
        box = {"x": 20 + n * step, "y": y + 30, "width": step - 4, "height": 20.0}
        yield tag(
            "rect",
            fill="url(#hatch)" if day.effective_fraction <= 0 else None,
            class_="dark",
            **box,
        )
        label = f"{day.day.day} {day.day:%b}"
        yield text(label, 20 + (n + 0.5) * step - 2, y + 64, "small", "middle")


def _style() -> str:
    """Give the part of the report's style that drawings need."""
    page, drawing = (
        (files("truceline.report") / "templates" / f"{name}.css").read_text(encoding="utf-8")
        for name in ("report", "drawing")
    )
    colours = page[: page.index("*{box-sizing")]
    rules = re.findall(r"(?:^|(?<=\}))\s*((?:svg|\.)[^{}]*\{[^}]*\})", drawing, re.MULTILINE)
    used = [
        rule
        for rule in rules
        if re.match(r"svg|\.(?:found|outlet|flow|node|band|grid|hatchline|dark)\b", rule)
    ]
    return f"{colours}svg{{font-family:sans-serif;background:var(--card)}}{''.join(used)}"


if __name__ == "__main__":
    PICTURE.write_text(picture() + "\n", encoding="utf-8")
