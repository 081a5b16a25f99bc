"""Chart and map: everything counted is shown or listed, nothing overlaps, the scale is true."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from tests.report.assessments import ALPHA, FRONT, Parts, assessment_of, claim, incident, small
from truceline.model.place_time import Place, distance_km
from truceline.report.assemble import view_of
from truceline.report.chart import chart, scale
from truceline.report.ground_svg import boxes_meet, label_box
from truceline.report.map_svg import degrees, draw_map, ticks
from truceline.report.sheet import sheet_for
from truceline.report.view_map import Site


def site(lat: float, lon: float, name: str = "x") -> Site:
    """Make a place without incidents."""
    return Site(number=1, name=name, lat=lat, lon=lon, radius_km=5.0, marks=())


def test_drawings_are_well_formed() -> None:
    view = view_of(small())
    for drawing in (chart(view.daily), draw_map(view.map, view.daily.reporters)):
        ET.fromstring(drawing)  # noqa: S314  our own drawing


TOPS = [(0, (1, 1)), (5, (5, 1)), (8, (8, 2)), (61, (80, 20))]


@pytest.mark.parametrize(("most", "wanted"), TOPS)
def test_axis_ends_at_a_whole_tick(most: int, wanted: tuple[int, int]) -> None:
    assert scale(most) == wanted


def test_each_reading_of_each_entry_into_force_is_marked() -> None:
    marks = view_of(small()).daily.entries
    assert [(m.agreement, m.reading) for m in marks] == [("truce", "local"), ("truce", "capital")]
    assert marks[0].at == 2.5


def test_map_shows_or_lists_every_incident() -> None:
    far = replace(claim("A1", "AA"), places=(FRONT,))
    lost = replace(claim("A2", "AA"), places=())
    near = claim("B1", "BB")
    claims = (far, lost, near)
    incidents = tuple(incident(c.id, c) for c in claims)
    view = view_of(assessment_of(Parts(claims=claims, incidents=incidents))).map
    assert view.sentence == "1 shown, 2 without a usable location (listed below)"
    assert [m.why for m in view.missing] == [
        "the place is uncertain by 90 km or more",
        "no place is known",
    ]
    assert view.disclaimer == "Boundaries and names do not imply endorsement."


def test_map_without_places_is_left_out() -> None:
    view = view_of(assessment_of(Parts(claims=(), incidents=())))
    assert draw_map(view.map, view.daily.reporters) == ""


@pytest.mark.parametrize("lat", [-60.0, 0.0, 40.0, 65.0])
def test_distances_on_the_map_are_true_near_its_middle(lat: float) -> None:
    sheet = sheet_for([site(lat, 46.0), site(lat + 0.1, 46.4)])
    for point in ((lat + 0.1, 46.0), (lat, 46.1)):
        here = Place(text="", name="", lat=lat, lon=46.0, radius_km=1, kind=ALPHA.kind)
        km = distance_km(here, replace(here, lat=point[0], lon=point[1]))
        drawn = math.dist(sheet.xy(lat, 46.0), sheet.xy(*point))
        assert drawn == pytest.approx(sheet.page(km), rel=0.02)


def test_all_places_lie_on_the_sheet() -> None:
    places = [site(40.0, 46.0), site(41.9, 46.1), site(39.0, 49.0)]
    sheet = sheet_for(places)
    for place in places:
        x, y = sheet.xy(place.lat, place.lon)
        assert 0 < x < 720
        assert 0 < y < sheet.height


def test_labels_do_not_overlap_and_do_not_depend_on_order() -> None:
    claims = tuple(
        replace(claim(f"A{n}", "AA"),
                places=(replace(ALPHA, name=f"Village number {n}", lat=40 + n % 4 * 0.02,
                                lon=46 + n // 4 * 0.03),))
        for n in range(24)
    )  # fmt: skip
    incidents = tuple(incident(c.id, c) for c in claims)
    drawn = []
    for order in (incidents, incidents[::-1]):
        view = view_of(assessment_of(Parts(claims=claims, incidents=order)))
        drawn.append(draw_map(view.map, view.daily.reporters))
    assert drawn[0] == drawn[1]
    pattern = r'<text x="([\d.]+)" y="([\d.]+)" class="place" text-anchor="(\w+)">([^<]+)<'
    boxes = [label_box(words, float(x), float(y), anchor)
             for x, y, anchor, words in re.findall(pattern, drawn[0])]  # fmt: skip
    assert len(boxes) > 4
    assert not [(a, b) for a, b in combinations(boxes, 2) if boxes_meet(a, b)]


def test_ticks_and_degrees_read_well() -> None:
    assert ticks(39.4, 41.1) == (39.5, 40.0, 40.5, 41.0)
    assert [degrees(46.5, "EW"), degrees(-3.0, "NS")] == ["46.5°E", "3°S"]
