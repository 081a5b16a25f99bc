"""Nouns become JSON and come back the same, whatever they hold, and what is no noun is refused."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.model.agreement import Provision
from truceline.model.problem import Problem, Severity
from truceline.model.report import Assessment
from truceline.store.codec import _reader, decode, encode

TEXT = st.text(st.characters(), max_size=12)  # lone surrogates are among them


@given(TEXT, st.none() | st.integers(-(2**53), 2**53), st.none() | TEXT)
def test_a_noun_comes_back_the_same(text: str, row: int | None, field: str | None) -> None:
    noun = Problem(
        severity=Severity.WARNING, file=text, row=row, field=field, message=text, advice=""
    )
    data = encode(noun)
    assert decode(Problem, data) == noun
    assert decode(Problem, data.decode("utf-8")) == noun


@pytest.mark.parametrize(
    "zone", [UTC, timezone(timedelta(hours=4)), ZoneInfo("Europe/Kyiv"), ZoneInfo("UTC")]
)
def test_zones_come_back(zone: tzinfo) -> None:
    assert _reader(tzinfo)(__import__("json").loads(encode([zone])[1:-1])) == zone


def test_instants_keep_their_offset() -> None:
    there = datetime(2020, 10, 10, 12, 0, 0, 5, tzinfo=timezone(timedelta(hours=4)))
    found = _reader(datetime)(encode([there]).decode()[2:-2])
    assert (found, found.utcoffset()) == (there, there.utcoffset())


def test_provisions_are_told_apart_by_their_fields() -> None:
    kinds = get_args(Provision)
    assert len(kinds) == 4
    assert len({frozenset(f.name for f in fields(kind)) for kind in kinds}) == 4


@pytest.mark.parametrize(
    "data",
    [
        "",
        "[]",
        "{}",
        '{"severity":"loud"}',
        '{"file":1}',
        "null",
        "3",
        '{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}',
    ],
)
def test_what_is_no_noun_is_refused(data: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        decode(Problem, data)


def test_a_value_that_no_noun_declares_is_refused() -> None:
    noun = Problem(severity=Severity.ERROR, file="a", message="b", advice="c")
    with pytest.raises(TypeError):
        encode(replace(noun, row={1, 2}))  # type: ignore[arg-type]


def test_the_whole_assessment_can_be_read() -> None:
    """Every type that an assessment holds has a reader: a new field that has none fails here."""
    _reader(Assessment)
    with pytest.raises(ValueError, match="Assessment has the fields"):
        decode(Assessment, "{}")
