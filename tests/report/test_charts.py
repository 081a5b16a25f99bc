"""Charts draw what is counted elsewhere, say their message in the title, and can be read without seeing them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from tests.builders import project, row
from tests.report.assessments import Parts, assessment_of
from tests.report.test_front import MISSIONS, assessed
from truceline.model.finding import Occurrence
from truceline.report.assemble import view_of
from truceline.report.flow_svg import draw_flow
from truceline.report.found_svg import draw_found, draw_hours
from truceline.report.html import html
from truceline.report.ranges_svg import draw_dues, draw_ranges
from truceline.report.view import View
from truceline.report.view_charts import RangeChart, RangeRow

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module", params=MISSIONS)
def view(request: pytest.FixtureRequest) -> View:
    return view_of(assessed(str(request.param)))


def test_findings_by_day_add_up_to_what_is_counted_by_day(view: View) -> None:
    chart = view.charts.found
    assert [sum(bar.found) for bar in chart.bars] == [day.reported for day in view.daily.days]
    assert [bar.coverage_label for bar in chart.bars] == [d.coverage_label for d in view.daily.days]
    strong = [n for n, s in enumerate(chart.states) if s in {"confirmed", "corroborated"}]
    told = sum(bar.found[n] for bar in chart.bars for n in strong)
    assert chart.title.startswith(f"{told} of {sum(sum(b.found) for b in chart.bars)} incidents")
    drawing = draw_found(chart)
    ET.fromstring(drawing)  # noqa: S314  our own drawing
    assert drawing.count('class="found ') == sum(1 for b in chart.bars for n in b.found if n)


def test_every_incident_has_an_hour_or_is_counted_as_having_none(view: View) -> None:
    chart = view.charts.hours
    told = sum(sum(column.hours) for column in chart.columns)
    assert told + chart.without == len(view.incidents)
    drawing = draw_hours(chart)
    if told:
        ET.fromstring(drawing)  # noqa: S314
        assert f"{chart.without} incident" in drawing
        assert str(told) in chart.title
    else:
        assert drawing == ""


@pytest.mark.parametrize(("fields", "hour"), [
    ({"t_from_local": "2020-10-11 13:00", "time_precision": "about"}, 13),
    ({"t_from_local": "2020-10-11 23:59", "time_precision": "exact"}, 23),
    ({"t_from_local": "2020-10-11 12:00", "t_to_local": "2020-10-11 13:00", "time_precision": "range"}, 12),
    ({"t_from_local": "2020-10-11", "time_precision": "day"}, None),
])  # fmt: skip
def test_an_hour_is_the_one_that_was_stated(fields: dict[str, str], hour: int | None) -> None:
    chart = view_of(project([row("a", **fields)])).charts.hours
    found = [h for column in chart.columns for h, count in enumerate(column.hours) if count]
    assert found == ([] if hour is None else [hour])
    assert chart.without == (hour is None)


def test_outlets_fold_into_origins_and_origins_into_incidents(view: View) -> None:
    shown = {i.number: i for i in view.incidents}
    chart = view.charts.flow
    assert chart.incidents
    for incident in chart.incidents:
        origins = shown[incident.number].origins
        assert Counter((o.label, o.outlets, o.claims) for o in incident.origins) == Counter(
            (o.label, o.outlets, o.claims) for o in origins
        )
        assert incident.state == shown[incident.number].finding.occurrence
    drawn = draw_flow(chart)
    ET.fromstring(drawn)  # noqa: S314
    outlets = sum(o.outlets for i in chart.incidents for o in i.origins)
    assert drawn.count('class="outlet"') == outlets
    alone = sum(1 for i in view.incidents if i.origins and all(o.interested for o in i.origins))
    assert chart.title.startswith(f"{alone or 'None'} of ")
    rest = [
        sum(o.outlets for o in i.origins)
        for i in view.incidents
        if i.number not in {c.number for c in chart.incidents}
    ]
    assert max(rest, default=0) <= min(sum(o.outlets for o in i.origins) for i in chart.incidents)


def test_ranges_are_those_of_the_estimates(view: View) -> None:
    told = {(e.number, e.what, e.low or 0, e.best, e.high) for e in view.estimates}
    chart = view.charts.ranges
    assert {(r.number, r.measure, r.low, r.best, r.high) for r in chart.rows} <= told
    drawing = draw_ranges(chart)
    assert bool(drawing) is bool(chart.rows)
    if drawing:
        ET.fromstring(drawing)  # noqa: S314


def test_due_dates_stand_in_order_on_one_axis_with_the_as_of(view: View) -> None:
    chart = view.charts.dues
    assert len(chart.rows) + chart.undated == len(view.obligations)
    assert all(0 <= at <= 1 for row in chart.rows for at in (*row.at, chart.now))
    assert [row.at for row in chart.rows] == sorted(row.at for row in chart.rows)
    due = {o.title: o for o in view.obligations}
    for shown in chart.rows:
        assert shown.state == due[shown.label].state
        assert all(text in due[shown.label].due for text in shown.due)
        assert shown.state_label in chart.title
    if chart.rows:
        ET.fromstring(draw_dues(chart))  # noqa: S314


def test_every_chart_says_its_message_and_holds_its_figures_in_words(view: View) -> None:
    page = html(view)
    section = page[page.index('id="h-charts"') : page.index('id="h-map"')]
    titles = re.findall(r"<summary>([^<]+)</summary>", section)
    assert len(titles) >= 3
    for drawing in re.findall(r'<svg [^>]*class="drawing">.*?</svg>', section, re.DOTALL):
        root = ET.fromstring(drawing)  # noqa: S314
        title, described = root.findtext("title"), root.findtext("desc")
        assert title in [t.replace("&#39;", "'") for t in titles]
        assert described
        assert re.search(r"\d", described)


def test_an_open_end_and_a_best_figure_are_drawn_as_such() -> None:
    row = RangeRow(number=1, label="Alpha", measure="killed", low=3, best=5, high=None)
    drawn = draw_ranges(RangeChart(title="t", rows=(row,)))
    assert "3 or more killed" in drawn
    assert "sboth mark" in drawn
    plain = draw_ranges(RangeChart(title="t", rows=(replace(row, best=None, high=4),)))
    assert "3 to 4 killed" in plain
    assert "sboth mark" not in plain


def test_nothing_told_is_nothing_drawn() -> None:
    charts = view_of(assessment_of(Parts(claims=(), incidents=()))).charts
    assert draw_flow(charts.flow) == draw_ranges(charts.ranges) == draw_hours(charts.hours) == ""
    assert charts.hours.title == "No incident is stated to within an hour"
    assert charts.found.title.startswith("None of 0 incidents")
    assert set(Occurrence) >= {Occurrence(s) for s in charts.found.states}
