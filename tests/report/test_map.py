"""The map's ground: what is bundled, what a window of it shows, lines with their dates, links, zones and control."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pyogrio
import pytest
import shapely

from tests.report.assessments import Parts, assessment_of, claim, incident, small
from tests.report.test_front import MISSIONS, assessed
from tools import basemap as built
from truceline.model.zone import Control, Outline
from truceline.report import basemap
from truceline.report.assemble import view_of
from truceline.report.basemap import FILE, Window, line_of, shapes
from truceline.report.html import html
from truceline.report.map_svg import draw_map
from truceline.report.sheet import sheet_of

KARABAKH = Window(west=44.5, south=38.8, east=48.0, north=41.0, pixel=0.004)
LARGEST = 1_200_000


def test_the_base_map_is_small_enough_for_the_wheel() -> None:
    assert FILE.stat().st_size <= LARGEST


def test_a_window_shows_what_lies_in_it_and_nothing_outside() -> None:
    found = list(shapes(KARABAKH))
    assert {s.name for s in found if s.layer == "land"} == {
        "Armenia",
        "Azerbaijan",
        "Iran",
        "Turkey",
    }
    assert {"land", "region", "border", "disputed", "lake"} <= {s.layer for s in found}
    for shape in found:
        for lon, lat in (point for path in shape.paths for point in path):
            assert KARABAKH.west - 1e-6 <= lon <= KARABAKH.east + 1e-6
            assert KARABAKH.south - 1e-6 <= lat <= KARABAKH.north + 1e-6
    ground = shapely.union_all([
        shapely.Polygon(path) for s in found if s.layer == "land" for path in s.paths
    ])  # fmt: skip
    inside = shapely.box(KARABAKH.west, KARABAKH.south, KARABAKH.east, KARABAKH.north)
    assert ground.area == pytest.approx(inside.area, rel=0.01)


def test_a_disputed_line_has_its_dates_and_is_bygone_after_them() -> None:
    lines = {line_of(s).label: line_of(s) for s in shapes(KARABAKH) if s.layer == "disputed"}
    contact = lines["line of contact of the ceasefire of 1994"]
    assert (contact.start, contact.end) == (date(1994, 5, 12), date(2020, 11, 10))
    assert not contact.past(date(2020, 11, 9))
    assert contact.past(date(2020, 11, 10))
    before = view_of(assessed("karabakh-2020", "2020-10-18"))
    after = view_of(assessed("karabakh-2020", "2020-12-01"))
    told = [
        next(line for line in v.map.lines if line.startswith(contact.label))
        for v in (before, after)
    ]
    assert "12 May 1994 to 10 Nov 2020" in told[0]
    assert ["no such line any more" in words for words in told] == [False, True]
    drawn = [draw_map(v.map, v.daily.reporters) for v in (before, after)]
    assert ['class="disputed"' in drawing for drawing in drawn] == [True, False]


@pytest.mark.parametrize("mission", MISSIONS)
def test_every_symbol_leads_to_what_it_counts(mission: str) -> None:
    view = view_of(assessed(mission))
    page = html(view)
    ids = set(re.findall(r' id="([^"]+)"', page))
    links = re.findall(r'<a href="#((?:incident|place)-\d+)" aria-label="([^"]+)"', page)
    assert len(links) == sum(len(site.marks) for site in view.map.sites)
    assert {target for target, _ in links} <= ids
    for site in view.map.sites:
        for mark in site.marks:
            target = f"incident-{mark.numbers[0]}" if mark.count == 1 else f"place-{site.number}"
            assert target in {t for t, words in links if site.name in words.replace("&#x27;", "'")}
    assert "Made with Natural Earth" in page
    assert view.map.disclaimer in page


def test_zones_are_on_the_sheet_unless_places_would_shrink_to_a_corner() -> None:
    view = view_of(assessed("donbas-2020"))
    assert view.map.extent is not None
    sheet = sheet_of(view.map.extent)
    for lat, lon in (p for zone in view.map.zones for ring in zone.rings for p in ring):
        assert sheet.south <= lat <= sheet.north
        assert sheet.west <= lon <= sheet.east


def held(start: datetime, end: datetime | None, reported: datetime) -> Control:
    ring = ((46.0, 40.0), (46.4, 40.0), (46.4, 40.3), (46.0, 40.0))
    outline = Outline(
        id="o", polygons=((ring,),), lines=(), strip=None, accuracy_km=2.0, held_by="Institute",
        source="s",
    )  # fmt: skip
    return Control(
        id="k", side="AA", outline=outline, start=start, end=end, source="s", reported=reported
    )


def test_control_is_drawn_only_while_it_holds_and_once_it_is_reported() -> None:
    base = small()
    now = base.as_of
    day = now.replace(year=now.year - 1)
    later = datetime(2100, 1, 1, tzinfo=UTC)
    cases = [
        (held(day, None, day), True), (held(day, later, day), True), (held(day, now, day), False),
        (held(later, None, day), False), (held(day, None, later), False),
    ]  # fmt: skip
    for control, shown in cases:
        made = replace(base, mission=replace(base.mission, control=(control,)))
        view = view_of(made)
        assert bool(view.map.control) is shown
        drawing = draw_map(view.map, view.daily.reporters)
        assert ('class="held"' in drawing) is shown
        ET.fromstring(drawing)  # noqa: S314  our own drawing
        if shown:
            assert "as Institute maps it" in view.map.control[0].label
            assert "edge to 2 km" in view.map.control[0].label


def test_a_map_of_the_high_sea_and_of_the_date_line_is_drawn() -> None:
    from tests.report.assessments import ALPHA  # noqa: PLC0415

    for lat, lon in ((-40.0, -120.0), (65.0, 179.9), (89.9, 0.0), (-89.0, 10.0)):
        made = replace(claim("A1", "AA"), places=(replace(ALPHA, lat=lat, lon=lon),))
        view = view_of(assessment_of(Parts(claims=(made,), incidents=(incident("A1", made),))))
        ET.fromstring(draw_map(view.map, view.daily.reporters))  # noqa: S314


def test_the_builder_packs_what_the_reader_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two countries with one border, a region, a line and a river, from files in the documented formats."""
    west = shapely.Polygon([(10, 10), (20, 10), (20, 15), (20, 20), (10, 20), (10, 15)])
    east = shapely.Polygon([(20, 10), (30, 10), (30, 20), (20, 20), (20, 15)])
    gpkg = tmp_path / "world.gpkg"
    for layer, names, areas in (
        ("countries", ["Weston", "Eastland"], [west, east]),
        ("states_provinces", ["North", "South", "East"], [shapely.box(10, 15, 20, 20), shapely.box(10, 10, 20, 15), east]),
    ):  # fmt: skip
        pyogrio.raw.write(
            gpkg, shapely.to_wkb(areas), [np.array(names, dtype=object)], ["NAME" if layer == "countries" else "name"],
            layer=layer, driver="GPKG", geometry_type="Polygon", crs="EPSG:4326",
        )  # fmt: skip
    line = shapely.LineString([(12, 11), (12, 19)])
    pyogrio.raw.write(
        gpkg, shapely.to_wkb([line]), [np.array(["Ceasefire Line 1994"], dtype=object), np.array(["Azerbaijan"], dtype=object)],
        ["name", "adm0_left"], layer="disputed_borders", driver="GPKG", geometry_type="LineString", crs="EPSG:4326",
    )  # fmt: skip
    waters = tmp_path / "dist"
    waters.mkdir()
    (waters / "asia_50m.json").write_text(
        '{"type":"Topology","objects":{"lakes":{"type":"GeometryCollection","geometries":[{"type":"Polygon","arcs":[[1]]}]},'
        '"rivers":{"type":"GeometryCollection","geometries":[{"type":"LineString","arcs":[0]}]}},'
        '"arcs":[[[11,11],[29,12]],[[14,14],[15,14],[15,15],[14,14]]]}'
    )
    made = built.packed(built.pieces(gpkg, waters))
    assert made == built.packed(built.pieces(gpkg, waters))
    (tmp_path / "b.npz").write_bytes(made)
    monkeypatch.setattr(basemap, "FILE", tmp_path / "b.npz")
    for kept in (basemap._kept, basemap._names):
        kept.cache_clear()
    try:
        found = list(shapes(Window(west=0, south=0, east=40, north=40, pixel=0.01)))
    finally:
        monkeypatch.undo()
        for kept in (basemap._kept, basemap._names):
            kept.cache_clear()
    layers = [s.layer for s in found]
    assert layers == [
        *["land"] * 2,
        "lake",
        "river",
        "region",
        *["border"] * layers.count("border"),
        "disputed",
    ]
    # The border of both, and that of a region which is no border of a country, stand once.
    length = sum(
        shapely.LineString(p).length for s in found if s.layer == "border" for p in s.paths
    )
    assert length == pytest.approx(70)
    (region,) = (s for s in found if s.layer == "region")
    assert shapely.LineString(region.paths[0]).length == pytest.approx(10)
    assert line_of(found[-1]).label == "line of contact of the ceasefire of 1994"
