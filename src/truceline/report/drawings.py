"""Every chart of a report that has something to show, with its message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.report.flow_svg import draw_flow
from truceline.report.found_svg import draw_found, draw_hours
from truceline.report.ranges_svg import draw_dues, draw_ranges

if TYPE_CHECKING:
    from truceline.report.view_charts import Charts


def charts(found: Charts) -> list[tuple[str, str]]:
    """Draw every chart that has something to show, with its message."""
    drawn = (
        (found.found.title, draw_found(found.found)),
        (found.flow.title, draw_flow(found.flow)),
        (found.ranges.title, draw_ranges(found.ranges)),
        (found.dues.title, draw_dues(found.dues)),
        (found.hours.title, draw_hours(found.hours)),
    )
    return [(title, drawing) for title, drawing in drawn if drawing]
