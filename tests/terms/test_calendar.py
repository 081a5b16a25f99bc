"""Local time to UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import MissionError
from truceline.terms import instant, mission_zone


def test_fixed_offset_and_named_zone() -> None:
    noon = datetime(2020, 10, 10, 8, tzinfo=UTC)
    assert instant("2020-10-10 12:00", mission_zone("+04:00")) == noon
    assert instant("2020-10-10 12:00", mission_zone("Asia/Yerevan")) == noon
    assert instant("2020-10-10T11:00", mission_zone("Europe/Moscow")) == noon
    assert instant("2020-10-10T12:00+04:00", None) == noon
    assert instant("2020-10-10T08:00Z", None) == noon


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(MissionError, match="names no time zone") as raised:
        instant("2020-10-10 12:00", None)
    assert "rule" in raised.value.advice


@pytest.mark.parametrize("text", ["noon", "", "2020-13-01 12:00", "2020-10-10 24:30", "12:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(MissionError):
        instant(text, UTC)


@pytest.mark.parametrize("text", ["Bakuu", "", "+4", "+04:75", "+19:00", "../etc/passwd", "/etc"])
def test_what_is_no_zone_is_refused(text: str) -> None:
    with pytest.raises(MissionError):
        mission_zone(text)


def test_a_skipped_hour_is_refused_with_both_offsets() -> None:
    with pytest.raises(MissionError, match="does not occur") as raised:
        instant("2021-03-28 03:30", mission_zone("Europe/Kyiv"))
    assert '"+02:00"' in raised.value.advice
    assert '"+03:00"' in raised.value.advice


def test_a_repeated_hour_is_refused_with_both_offsets() -> None:
    with pytest.raises(MissionError, match="occurs twice") as raised:
        instant("2021-10-31 03:30", mission_zone("Europe/Kyiv"))
    assert '"+03:00" or "+02:00"' in raised.value.advice


def test_an_offset_beside_another_zone_is_refused() -> None:
    with pytest.raises(MissionError, match="carries an offset"):
        instant("2020-10-10T12:00+03:00", mission_zone("+04:00"))


def test_years_that_cannot_be_computed_are_refused() -> None:
    with pytest.raises(MissionError, match="outside the years"):
        instant("0001-01-01 00:00", mission_zone("+04:00"))


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001  made local below
    st.integers(-14 * 60, 14 * 60),
)
def test_fixed_offsets_agree_with_arithmetic(local: datetime, minutes: int) -> None:
    local = local.replace(second=0, microsecond=0)
    sign = "-" if minutes < 0 else "+"
    zone = mission_zone(f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}")
    expected = local.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert instant(local.isoformat(" ", "minutes"), zone) == expected
