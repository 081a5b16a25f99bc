"""Coverage as a union in space and time, by channels that can see the act, with the deficit booked to who caused it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import TRUCE, mission
from tests.terms.observability_page import PAGE, page
from truceline.model.acts import Act
from truceline.model.agreement import Zone
from truceline.model.coverage import CoverageRecord, Loss, Restriction, RestrictionClass
from truceline.model.mission import Mission
from truceline.terms.observability import Light, channels, matrix, sees
from truceline.terms.watch import NOBODY_LOOKED, Seen, Watch

DAY = datetime(2020, 10, 11, tzinfo=UTC)
HOURS = 24
# Around Alpha (40.0, 46.0): a zone of 20 km.
ZONES = (Zone(id="z", name="zone", lat=40.0, lon=46.0, radius_km=20.0),)


def record(
    area: str = "z", hours: tuple[int, int] = (0, HOURS), fraction: float = 1.0, **more: object
) -> CoverageRecord:
    """Make a record of the day."""
    made = CoverageRecord(
        area=area, channel="patrol", start=DAY + timedelta(hours=hours[0]),
        end=DAY + timedelta(hours=hours[1]), effective_fraction=fraction, reason="",
        lost_to=Loss.NONE if fraction == 1 else Loss.WEATHER,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def bar(area: str = "z", hours: tuple[int, int] = (0, HOURS), by: str = "AA", **more: object) -> Restriction:  # fmt: skip
    """Make a restriction of the day."""
    made = Restriction(
        area=area, channel=None, start=DAY + timedelta(hours=hours[0]),
        end=DAY + timedelta(hours=hours[1]), kind=RestrictionClass.DENIAL, by=by, remaining=0.0,
        reason="",
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def of(*records: CoverageRecord, bars: tuple[Restriction, ...] = ()) -> Mission:
    """Make the mission with records and restrictions."""
    truce = replace(TRUCE, zones=ZONES)
    return replace(mission(), agreements=(truce,), coverage=records, restrictions=bars)


def seen(
    *records: CoverageRecord, bars: tuple[Restriction, ...] = (), zone: str | None = "z",
    acts: tuple[Act, ...] = (Act.FIRE,),
) -> Seen:  # fmt: skip
    """Ask what of the day could be seen."""
    watch = Watch(of(*records, bars=bars))
    return watch.seen(zone, acts, DAY, DAY + timedelta(days=1))


def booked(found: Seen) -> dict[str, float]:
    """Give the deficits by cause."""
    return {"+".join(d.causes): round(d.share, 2) for d in found.deficits}


def test_nobody_who_looked_is_said_so() -> None:
    found = seen()
    assert (found.fraction, booked(found)) == (0.0, {NOBODY_LOOKED: 1.0})


def test_a_zone_watched_for_half_a_day_is_half_seen() -> None:
    found = seen(record(hours=(6, 18)))
    assert (found.fraction, booked(found)) == (0.5, {NOBODY_LOOKED: 0.5})


def test_one_camera_in_one_town_sees_that_town() -> None:
    """Alpha is a circle of 4 km in a zone of 20: a twenty-fifth, and far less of the whole mission."""
    town = record("alpha", channel="camera")
    assert seen(town).fraction == pytest.approx(1 / 25, rel=0.05)
    assert 0 < seen(town, zone=None).fraction < 0.005


def test_two_cameras_on_one_street_are_one_look() -> None:
    one, other = (
        record("alpha", channel="camera"),
        record("alpha", channel="camera", reason="second"),
    )
    assert seen(one, other) == seen(one)
    patrol = record("alpha", hours=(0, 12))
    assert seen(one, patrol) == seen(one)


def test_parts_of_a_zone_and_of_a_day_add_up_only_where_they_differ() -> None:
    halves = seen(record(hours=(0, 12)), record(hours=(12, 24)))
    assert halves.fraction == 1.0
    assert halves.deficits == ()
    overlapping = seen(record(hours=(0, 12)), record(hours=(6, 18)))
    assert overlapping.fraction == 0.75


def test_of_two_who_saw_a_part_the_better_counts() -> None:
    found = seen(record(fraction=0.3), record(fraction=0.6, channel="observation_post"))
    assert (found.fraction, booked(found)) == (0.6, {"weather": 0.4})


@pytest.mark.parametrize(
    ("channel", "act", "light", "expected"),
    [
        ("patrol", Act.FIRE, "both", 1.0),
        # The satellite sees fires and no shots; the matrix gives a general no.
        ("thermal_satellite", Act.FIRE, "both", 0.0),
        # Microphones hear fire, and small arms only close by.
        ("acoustic_sensor", Act.INDIRECT_FIRE, "both", 1.0),
        ("acoustic_sensor", Act.SMALL_ARMS_FIRE, "both", 0.0),
        # Nobody sees a trench being dug in the dark.
        ("patrol", Act.NEW_WORKS, "day", 1.0),
        ("patrol", Act.FORTIFICATION, "night", 0.0),
        # What the matrix does not name is not seen.
        ("crossing_post", Act.FIRE, "both", 0.0),
    ],
)
def test_who_cannot_see_the_act_did_not_look(
    channel: str, act: Act, light: str, expected: float
) -> None:
    assert seen(record(channel=channel, light=light), acts=(act,)).fraction == expected


def test_of_several_acts_the_least_seen_counts() -> None:
    radar = record(channel="radar")
    assert seen(radar, acts=(Act.OVERFLIGHT,)).fraction == 1.0
    assert seen(radar, acts=(Act.OVERFLIGHT, Act.GROUND_ACTION)).fraction == 0.0


def test_a_restriction_takes_away_and_is_booked_to_who_caused_it() -> None:
    found = seen(record(), bars=(bar(hours=(0, 6)),))
    assert (found.fraction, booked(found)) == (0.75, {"AA": 0.25})
    both = seen(record(), bars=(bar(hours=(0, 6)), bar(hours=(3, 9), by="BB")))
    assert (both.fraction, booked(both)) == (0.625, {"AA": 0.12, "AA+BB": 0.12, "BB": 0.12})
    part = seen(record(), bars=(bar(remaining=0.4),))
    assert (part.fraction, booked(part)) == (0.4, {"AA": 0.6})
    other = seen(record(), bars=(bar(channel="uav"),))
    assert other.fraction == 1.0


def test_a_patrol_that_never_set_out_is_booked_to_who_refused_it() -> None:
    assert booked(seen(bars=(bar(hours=(0, 12)),))) == {"AA": 0.5, NOBODY_LOOKED: 0.5}


def test_a_zone_made_up_of_places_is_seen_place_by_place() -> None:
    zone = Zone(id="two", name="two", lat=40.2, lon=46.5, radius_km=60.0, of=("alpha", "beta"))
    made = replace(of(record("alpha")), agreements=(replace(TRUCE, zones=(zone,)),))
    half = Watch(made).seen("two", (Act.FIRE,), DAY, DAY + timedelta(days=1))
    assert half.fraction == pytest.approx(0.5, abs=0.01)
    all_ = Watch(replace(made, coverage=(record("alpha"), record("beta"))))
    assert all_.seen("two", (Act.FIRE,), DAY, DAY + timedelta(days=1)).fraction == 1.0


AREAS = st.sampled_from(["z", "alpha", "gamma", "north", "everywhere", "spring-a"])
SPAN = st.tuples(st.integers(-6, 20), st.integers(1, 30)).map(lambda p: (p[0], p[0] + p[1]))
RECORDS = st.lists(
    st.builds(record, AREAS, SPAN, st.sampled_from([0.0, 0.25, 0.5, 1.0]),
              channel=st.sampled_from(["patrol", "camera", "thermal_satellite"])),
    max_size=6,
)  # fmt: skip
BARS = st.lists(st.builds(bar, AREAS, SPAN, st.sampled_from(["AA", "BB"])), max_size=3).map(tuple)


@settings(max_examples=150, deadline=None)
@given(RECORDS, BARS, st.sampled_from(["z", None, "alpha"]))
def test_what_was_seen_and_what_is_missing_add_up(
    records: list[CoverageRecord], bars: tuple[Restriction, ...], zone: str | None
) -> None:
    found = seen(*records, bars=bars, zone=zone)
    assert 0 <= found.fraction <= 1
    assert found.fraction + sum(d.share for d in found.deficits) == pytest.approx(1, abs=1e-4)


@settings(max_examples=100, deadline=None)
@given(RECORDS, BARS, st.randoms(use_true_random=False), st.sampled_from(["z", None]))
def test_more_who_look_never_see_less_and_their_order_changes_nothing(
    records: list[CoverageRecord], bars: tuple[Restriction, ...], random: object, zone: str | None
) -> None:
    found = seen(*records, bars=bars, zone=zone)
    again = [*records, *records]
    random.shuffle(again)  # type: ignore[attr-defined]
    assert seen(*again, bars=bars, zone=zone) == found
    for left_out in range(len(records)):
        fewer = records[:left_out] + records[left_out + 1 :]
        assert seen(*fewer, bars=bars, zone=zone).fraction <= found.fraction + 1e-6
    assert seen(*records, bars=(*bars, bar("alpha")), zone=zone).fraction <= found.fraction + 1e-6


def test_the_page_of_the_matrix_is_the_generated_one() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_row_of_the_matrix_says_why_and_has_a_source() -> None:
    assert all(sight.why and sight.source for sight in matrix())
    assert len({(s.channel, s.act) for s in matrix()}) == len(matrix())
    assert not any(sees(channel, Act.UNRESOLVED, Light.DAY) for channel in channels())
