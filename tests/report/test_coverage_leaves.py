"""Coverage leaves the mission as what was seen of each zone in the past: no place, hour, channel or plan of a monitor."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from truceline.model.coverage import CoverageRecord, Restriction, RestrictionClass
from truceline.model.report import Assessment, Edition
from truceline.pipeline import assess, cut_off, gather
from truceline.report.assemble import view_of
from truceline.report.files import contents_of
from truceline.terms.named_areas import zones_of

REPO = Path(__file__).resolve().parents[2]
PLACE = "area-zolote"


@pytest.fixture(scope="module")
def released() -> Assessment:
    """Give Donbas as it may leave, with restrictions in the past, and a look and a restriction that are still ahead."""
    gathered = gather(REPO / "missions" / "donbas-2020", record=False)
    cut = cut_off(None, gathered)
    made = assess(gathered, cut, Edition.RELEASED)
    ahead = made.as_of + timedelta(days=1)
    look = CoverageRecord(
        area=PLACE, channel="patrol", start=ahead, end=ahead + timedelta(hours=3),
        effective_fraction=0.5, reason="the patrol that is planned",
    )  # fmt: skip
    bar = Restriction(
        area=PLACE, channel="patrol", start=datetime(2020, 8, 3, 9, 17, tzinfo=UTC),
        end=datetime(2020, 8, 3, 10, 41, tzinfo=UTC), kind=RestrictionClass.DENIAL, by="unknown", remaining=0.0,
        reason="turned back at the checkpoint by the bridge",
    )  # fmt: skip
    again = replace(bar, start=bar.start + timedelta(days=2), end=bar.end + timedelta(days=2))
    later = replace(bar, start=ahead, end=ahead + timedelta(hours=1))
    barred = (later, again, bar)
    return replace(
        made,
        mission=replace(made.mission, coverage=(*made.mission.coverage, look), restrictions=barred),
    )


def test_every_zone_is_told_alike_and_no_record_is(released: Assessment) -> None:
    seen = view_of(released).coverage
    assert seen.records == ()
    zones = {z.name for z in zones_of(released.mission).values()}
    assert zones
    assert len(seen.watched) == len(zones)
    for zone, line in zip(sorted(zones), seen.watched, strict=True):
        assert line.startswith(f"{zone}: of {seen.days} days, ")
        assert line.endswith("% of the time")


def test_no_hour_place_channel_note_or_plan_of_the_monitors_leaves(released: Assessment) -> None:
    files = contents_of(released, {})
    told = b"\n".join(files.values()).decode("utf-8")
    for secret in (
        "planned",
        "checkpoint by the bridge",
        "own judgement",
        "09:17",
        "10:41",
        "13:41",
    ):
        assert secret not in told
    page = files["report.html"].decode("utf-8")
    about = page[page.index('id="h-coverage"') : page.index('id="h-summary"')]
    assert "area-zolote" not in about
    assert not re.search(r"\d\d:\d\d", about)


def test_restrictions_of_the_past_are_added_up_by_zone_with_their_author(
    released: Assessment,
) -> None:
    seen = view_of(released).coverage
    assert seen.restrictions
    for bar in seen.restrictions:
        assert bar.sentence == (
            f"{bar.area}: denial, author unknown, 2 times, between 3 Aug 2020 and 5 Aug 2020"
        )
    assert PLACE not in {bar.area for bar in seen.restrictions}
    # One that lies in several zones is told in each, and counted once.
    assert len(seen.restrictions) > 1
    assert seen.restricted == 2
    front = view_of(released).front
    assert "2 restrictions of the mission on record" in [t.sentence for t in front.unseen]
    draft = view_of(replace(released, edition=Edition.DRAFT)).coverage
    assert len(draft.restrictions) == draft.restricted == 3
    assert "by the bridge" in draft.restrictions[0].sentence


def test_where_no_zone_is_drawn_the_whole_area_is_told(released: Assessment) -> None:
    bare = tuple(replace(a, zones=()) for a in released.mission.agreements)
    made = replace(released, mission=replace(released.mission, agreements=bare))
    seen = view_of(made).coverage
    (line,) = seen.watched
    assert line.startswith("The whole area: of ")
    (bar,) = seen.restrictions
    assert bar.area == "Outside every zone"
