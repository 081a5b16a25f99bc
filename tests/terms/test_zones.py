"""Zones on the ground: polygons, strips beside lines, rival outlines, in time; every fault of a drawing with its place."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import project, row
from tests.judge.test_judging import CONFIRMED, classes, defined
from tests.judge.test_standing import standings
from tests.terms.test_loader import change, refused
from truceline.judge.area import inside
from truceline.model.coverage import CoverageRecord, Loss
from truceline.model.judgement import ClassificationState as State
from truceline.model.place_time import Answer, Place, PlaceKind, arc_km
from truceline.model.zone import Hand, Outline, Strip, Zone
from truceline.report.assemble import view_of
from truceline.report.html import html
from truceline.terms import load_mission
from truceline.terms.ground import drawn

if TYPE_CHECKING:
    from pathlib import Path

    from truceline.model.mission import Mission

# About 34 km from west to east and 44 km from south to north, around Alpha (40.0, 46.0).
SQUARE = ((45.8, 39.8), (46.2, 39.8), (46.2, 40.2), (45.8, 40.2), (45.8, 39.8))
HOLE = ((45.95, 39.95), (46.05, 39.95), (46.05, 40.05), (45.95, 40.05), (45.95, 39.95))
# From south to north along 46 degrees east: west is on its left hand.
LINE = ((46.0, 39.5), (46.0, 40.5))


def outline(*, holes: bool = False, strip: Strip | None = None, **changes: object) -> Outline:
    """Make the square, or the strip beside the line."""
    made = Outline(
        id="o", polygons=() if strip else ((SQUARE, HOLE) if holes else (SQUARE,),),
        lines=(LINE,) if strip else (), strip=strip, accuracy_km=0.0, held_by="x", source="x",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def place(lat: float, lon: float, radius: float = 1.0) -> Place:
    """Make a place."""
    return Place(text="", name="", lat=lat, lon=lon, radius_km=radius, kind=PlaceKind.SETTLEMENT)


def zone(*outlines: Outline, **changes: object) -> Zone:
    """Make a zone of outlines."""
    made = Zone(id="z", name="zone", lat=40.0, lon=46.0, radius_km=60.0, outlines=outlines)
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("of", "at", "expected"),
    [
        (outline(), place(40.0, 46.0), Answer.YES),
        (outline(), place(40.0, 46.3), Answer.NO),
        # 0.01 degrees of longitude are 850 m here: nearer to the edge than the place is certain.
        (outline(), place(40.0, 46.19), Answer.CANNOT_TELL),
        (outline(), place(40.0, 46.21), Answer.CANNOT_TELL),
        (outline(), place(40.0, 46.21, 0.5), Answer.NO),
        # An edge that is drawn to 3 km leaves as much open as a place that is known to 3 km.
        (outline(accuracy_km=3.0), place(40.0, 46.17, 0.1), Answer.CANNOT_TELL),
        (outline(accuracy_km=3.0), place(40.0, 46.0), Answer.YES),
        (outline(holes=True), place(40.0, 46.0), Answer.NO),
        (outline(holes=True), place(39.87, 45.87), Answer.YES),
    ],
)
def test_a_polygon_answers_by_the_edge_and_what_is_not_certain(
    of: Outline, at: Place, expected: Answer
) -> None:
    assert inside(at, zone(of)) is expected


@pytest.mark.parametrize(
    ("hand", "from_km", "to_km", "at", "expected"),
    [
        (Hand.LEFT, 0, 15, place(40.0, 45.9), Answer.YES),
        (Hand.LEFT, 0, 15, place(40.0, 46.1), Answer.NO),
        (Hand.RIGHT, 0, 15, place(40.0, 46.1), Answer.YES),
        (Hand.BOTH, 0, 15, place(40.0, 46.1), Answer.YES),
        (Hand.BOTH, 0, 15, place(40.0, 45.9), Answer.YES),
        # Withdrawn behind 15 km: the strip begins there, and 0.1 degrees are 8.5 km.
        (Hand.LEFT, 15, 50, place(40.0, 45.9), Answer.NO),
        (Hand.LEFT, 15, 50, place(40.0, 45.7), Answer.YES),
        (Hand.LEFT, 0, 15, place(40.0, 45.825), Answer.CANNOT_TELL),
        # The strip ends where the line ends.
        (Hand.LEFT, 0, 15, place(40.6, 45.95), Answer.NO),
    ],
)
def test_a_strip_lies_beside_its_line(
    hand: Hand, from_km: float, to_km: float, at: Place, expected: Answer
) -> None:
    strip = Strip(hand=hand, from_km=from_km, to_km=to_km)
    assert inside(at, zone(outline(strip=strip))) is expected


def test_rival_outlines_have_to_agree() -> None:
    east = outline(id="east", polygons=((tuple((lon + 0.2, lat) for lon, lat in SQUARE),),))
    rival = zone(outline(), east)
    assert inside(place(40.0, 46.1), rival) is Answer.YES
    assert inside(place(40.0, 45.9), rival) is Answer.CANNOT_TELL
    assert inside(place(40.0, 46.3), rival) is Answer.CANNOT_TELL
    assert inside(place(40.0, 45.6), rival) is Answer.NO


@settings(max_examples=200, deadline=None)
@given(
    st.floats(39.5, 40.5), st.floats(45.5, 46.5), st.floats(0, 10), st.floats(0, 5), st.floats(0, 5)
)
def test_less_certain_never_turns_an_answer_around(
    lat: float, lon: float, radius: float, more: float, accuracy: float
) -> None:
    sure = inside(place(lat, lon, radius), zone(outline()))
    vague = inside(place(lat, lon, radius + more), zone(outline(accuracy_km=accuracy)))
    assert vague in {sure, Answer.CANNOT_TELL}


@settings(max_examples=100, deadline=None)
@given(st.floats(-60, 60), st.floats(-170, 170), st.floats(1, 80), st.floats(0, 360))
def test_distances_on_the_flat_are_those_of_the_sphere(
    lat: float, lon: float, km: float, turn: float
) -> None:
    """A circle drawn as a polygon answers as the circle does, wherever on the earth."""
    import math  # noqa: PLC0415

    ring = tuple(
        (
            lon + km * math.sin(a) / (111.195 * math.cos(math.radians(lat))),
            lat + km * math.cos(a) / 111.195,
        )
        for a in (math.radians(d) for d in range(0, 361, 3))
    )
    of = outline(polygons=((ring,),))
    for share in (0.5, 1.5):
        a = math.radians(turn)
        at = place(
            lat + share * km * math.cos(a) / 111.195,
            lon + share * km * math.sin(a) / (111.195 * math.cos(math.radians(lat))), 0.0,
        )  # fmt: skip
        true = arc_km(lat, lon, at.lat, at.lon)
        assert inside(at, zone(of)) is (Answer.YES if true < km else Answer.NO)
    assert drawn(of).km2 == pytest.approx(math.pi * km * km, rel=0.05)


def held(**changes: object) -> Mission:
    """Make the mission with the square as its zone."""
    of = defined()
    old, truce = of.agreements
    return replace(of, agreements=(old, replace(truce, zones=(zone(outline(), **changes),))))


def test_a_zone_counts_for_the_time_in_which_it_is_one() -> None:
    rows = [row("A", **CONFIRMED)]
    eleventh = datetime(2020, 10, 11, tzinfo=UTC)
    for since, until, expected in (
        (None, None, State.SERIOUS_VIOLATION),
        (eleventh, None, State.SERIOUS_VIOLATION),
        (eleventh + timedelta(days=1), None, State.OUTSIDE_SCOPE),
        (None, eleventh, State.OUTSIDE_SCOPE),
    ):
        found = project(rows, held(since=since, until=until))
        assert classes(found)["truce/1"].classification is expected
    only = standings(project(rows, held(since=eleventh, until=eleventh + timedelta(days=2))))
    assert sorted(day for _, day in only) == ["2020-10-11", "2020-10-12", "2020-10-13"]
    whole_day = [row("A", **CONFIRMED | {"t_from_local": "2020-10-11", "time_precision": "day"})]
    noon = eleventh + timedelta(hours=8)
    unsure = classes(project(whole_day, held(since=noon)))["truce/1"]
    assert unsure.classification is State.NOT_ASSESSABLE


def test_coverage_of_a_polygon_is_its_share_of_the_polygon() -> None:
    def seen(area: str) -> float:
        record = CoverageRecord(
            area=area, channel="patrol", start=datetime(2020, 10, 1, tzinfo=UTC),
            end=datetime(2020, 11, 1, tzinfo=UTC), effective_fraction=1.0, reason="", lost_to=Loss.NONE,
        )  # fmt: skip
        of = replace(held(), coverage=(record,))
        return standings(project([row("A")], of))["z", "2020-10-12"].effective_fraction

    assert seen("z") == 1.0
    assert seen("everywhere") == 1.0
    # Alpha is a circle of 4 km in a square of 34 by 44 km.
    assert seen("alpha") == pytest.approx(16 * 3.1416 / (34.1 * 44.5), rel=0.06)
    assert seen("gamma") == 0.0


AGREEMENT = "agreements/cessation-2024-11-27.yaml"


def redrawn(folder: Path, **geometry: object) -> None:
    """Draw the sketch of the second mission anew."""
    path = folder / "zones" / "sketches.geojson"
    root = json.loads(path.read_text(encoding="utf-8"))
    for feature in root["features"]:
        if feature["properties"]["id"] == "lb-south-litani":
            feature["geometry"] |= geometry
    path.write_text(json.dumps(root), encoding="utf-8")


BOW = [[35.2, 33.1], [35.5, 33.3], [35.5, 33.1], [35.2, 33.3], [35.2, 33.1]]
BOX = [[35.2, 33.1], [35.5, 33.1], [35.5, 33.3], [35.2, 33.3], [35.2, 33.1]]


@pytest.mark.parametrize(
    ("geometry", "said", "advice"),
    [
        ({"coordinates": [BOW]}, "the polygon is not sound: Self-intersection", "without crossing"),
        ({"coordinates": [BOX[:-1]]}, "a ring that is not closed", "with its first point"),
        (
            {"coordinates": [[[lat, lon] for lon, lat in BOX]]},
            "nowhere near a place",
            "exchange the two",
        ),
        (
            {"coordinates": [[[33.1, 135.2], *BOX[1:]]]},
            "a latitude beyond 90 degrees",
            "exchange the two",
        ),
        (
            {"coordinates": [[[lon + 60, lat] for lon, lat in BOX]]},
            "nowhere near a place",
            "correct its coordinates",
        ),
        (
            {"coordinates": [[["a", "b"]]]},
            "coordinates that are no Polygon",
            "draw the feature anew",
        ),
        (
            {"type": "LineString", "coordinates": BOX},
            "its side and how far the zone reaches are missing",
            "add side",
        ),
        (
            {"type": "Point", "coordinates": [35.2, 33.1]},
            "'lb-south-litani' is no polygon or line",
            "",
        ),
    ],
)
def test_a_drawing_that_cannot_be_right_is_told(
    lebanon_folder: Path, geometry: dict[str, object], said: str, advice: str
) -> None:
    redrawn(lebanon_folder, **geometry)
    found = refused(lebanon_folder)
    assert any(said in p.message and advice in p.advice for p in found), [str(p) for p in found]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "file: sketches.geojson",
            "file: sketch.geojson",
            "'sketch.geojson' is no file of the folder zones",
        ),
        ("feature: lb-south-litani", "feature: lb-south", "'lb-south' is no polygon or line"),
        ("accuracy_km: 3", "side: both\n        accuracy_km: 3", "a polygon has no side"),
        (
            "feature: lb-south-litani",
            "feature: litani\n        side: nowhere\n        to_km: 5",
            "'nowhere' is not a known place or both",
        ),
        (
            "feature: lb-south-litani",
            "feature: litani\n        side: both\n        from_km: 9\n        to_km: 5",
            "the strip ends before it begins",
        ),
        (
            'marked: "no"',
            'since: {at: "2025-01-02 00:00", zone: "+02:00"}\n    until: {at: "2025-01-01 00:00", zone: "+02:00"}',
            "the zone ends before it begins",
        ),
        (
            "feature: lb-south-litani",
            "feature: litani\n        side: lb-south-litani\n        to_km: 5",
            "may lie on either side of the line, or on it",
        ),
        ('marked: "no"', 'since: {at: "2025-01-02 00:00"}', "a time zone is missing"),
    ],
)
def test_an_outline_that_refers_to_nothing_is_told(
    lebanon_folder: Path, old: str, new: str, said: str
) -> None:
    change(lebanon_folder, AGREEMENT, old, new)
    found = refused(lebanon_folder)
    assert [p for p in found if said in p.message and p.advice], [str(p) for p in found]


def test_a_line_with_a_side_named_by_a_place_is_a_strip_on_that_side(lebanon_folder: Path) -> None:
    drawn_so = "feature: litani\n        side: lb-naqoura\n        to_km: 5"
    change(lebanon_folder, AGREEMENT, "feature: lb-south-litani", drawn_so)
    mission, problems = load_mission(lebanon_folder)
    assert (mission is not None, problems) == (True, ())
    assert mission is not None
    (found,) = [z for z in mission.agreements[0].zones if z.id == "south-litani"]
    (sketch,) = found.outlines
    assert sketch.strip is not None
    assert sketch.strip.hand in {Hand.LEFT, Hand.RIGHT}
    assert sketch.strip.to_km == 5
    wide = replace(found, outlines=(replace(sketch, strip=replace(sketch.strip, to_km=60.0)),))
    told = {
        p.id: inside(place(p.lat, p.lon, 0), wide)
        for p in mission.gazetteer if p.kind is PlaceKind.SETTLEMENT
    }  # fmt: skip
    south = [p.id for p in mission.gazetteer if "lb-south-litani" in p.within and p.id in told]
    north = [p.id for p in mission.gazetteer if p.lat > 33.45 and p.id in told]
    assert {told[name] for name in north} == {Answer.NO}
    assert sum(told[name] is Answer.YES for name in south) > len(south) / 2


def test_the_sketch_of_the_second_mission_puts_its_own_places_inside() -> None:
    from tests.missions.test_lebanon import MISSION  # noqa: PLC0415

    mission, _ = load_mission(MISSION)
    assert mission is not None
    (sketch,) = [z for z in mission.agreements[0].zones if z.outlines]
    told = {
        p.id: inside(place(p.lat, p.lon, p.radius_km), sketch)
        for p in mission.gazetteer if p.kind is PlaceKind.SETTLEMENT
    }  # fmt: skip
    south = {p.id for p in mission.gazetteer if "lb-south-litani" in p.within}
    north = {p.id for p in mission.gazetteer if "lb-north-litani" in p.within}
    assert {told[i] for i in south & told.keys()} <= {Answer.YES, Answer.CANNOT_TELL}
    assert {told[i] for i in north & told.keys()} <= {Answer.NO, Answer.CANNOT_TELL}
    assert Answer.YES in told.values()


def test_edges_are_drawn_back_where_they_lie() -> None:
    (ring,) = drawn(outline()).edges()
    assert {(round(lon, 3), round(lat, 3)) for lat, lon in ring} == set(SQUARE)
    assert len(drawn(outline(holes=True)).edges()) == 2
    strip = drawn(outline(strip=Strip(hand=Hand.LEFT, from_km=0, to_km=15)))
    west = min(lon for ring in strip.edges() for _, lon in ring)
    assert arc_km(40.0, 46.0, 40.0, west) == pytest.approx(15, abs=0.2)


def test_the_report_draws_the_zone_with_whose_it_is() -> None:
    assessment = project([row("A")], held())
    page = html(view_of(assessment))
    assert 'class="zone"' in page
    assert "zone (Truce), as drawn by x, edge to 0 km" in page
