"""Spans and places: three answers, never a guess."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.model.acts import Act, is_kind_of, lineage
from truceline.model.place_time import Answer, Place, PlaceKind, Span, TimePrecision, distance_km

NOON = datetime(2020, 10, 10, 12, tzinfo=UTC)


def span(start: float, hours: float) -> Span:
    """Make a span by hours from noon."""
    first = NOON + timedelta(hours=start)
    return Span(earliest=first, latest=first + timedelta(hours=hours), text="t",
                precision=TimePrecision.RANGE, zone_rule="UTC")  # fmt: skip


def test_a_naive_or_reversed_span_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Span(earliest=NOON.replace(tzinfo=None), latest=NOON, text="t",
             precision=TimePrecision.DAY, zone_rule="")  # fmt: skip
    with pytest.raises(ValueError, match="before earliest"):
        span(0, -1)


def test_before_and_after_have_three_answers() -> None:
    assert span(-2, 1).after(NOON) is Answer.NO
    assert span(0, 1).after(NOON) is Answer.YES
    assert span(-1, 2).after(NOON) is Answer.CANNOT_TELL
    # Days are half-open: what ends at noon lies before it, what has no length and stands at noon does not.
    assert span(-1, 1).after(NOON) is Answer.NO
    assert span(0, 0).after(NOON) is Answer.YES


hours = st.floats(-50, 50)
lengths = st.floats(0, 50)


@given(hours, lengths, hours, lengths)
def test_meeting_is_symmetric_and_never_sure_of_wide_spans(
    a: float, la: float, b: float, lb: float
) -> None:
    one, two = span(a, la), span(b, lb)
    assert one.meets(two) == two.meets(one)
    assert one.gap(two) == two.gap(one) >= timedelta(0)
    if one.width and one.meets(two) is not Answer.NO:
        assert one.meets(two) is Answer.CANNOT_TELL


def place(lat: float, lon: float) -> Place:
    """Make a place."""
    return Place(text="p", name="p", lat=lat, lon=lon, radius_km=1, kind=PlaceKind.AREA)


def test_distances_agree_with_a_known_one() -> None:
    # One degree of latitude on the mean sphere is 111.195 km.
    assert distance_km(place(40, 46), place(41, 46)) == pytest.approx(111.195, abs=0.01)
    assert distance_km(place(0, 179.5), place(0, -179.5)) == pytest.approx(111.195, abs=0.01)


@given(st.sampled_from(Act))
def test_acts_form_a_tree(act: Act) -> None:
    line = lineage(act)
    assert line[0] is act
    assert len(set(line)) == len(line)
    assert all(is_kind_of(act, general) for general in line)
