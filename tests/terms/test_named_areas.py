"""Two zones made of places have ground in common where a place of the gazetteer lies within both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import mission
from truceline.model.place_time import GazetteerEntry
from truceline.terms.named_areas import apart


def place(name: str, *within: str) -> GazetteerEntry:
    return replace(mission().gazetteer[0], id=name, name=name, within=within)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (["north"], ["south"], True), (["north"], ["north"], False), (["region"], ["north"], False),
        (["north"], ["region"], False), (["region"], ["area"], False), (["region"], ["far"], True),
        # The park lies in both: neither holds the other.
        (["north"], ["park-belt"], False), (["south"], ["park-belt"], True),
        # A place that lies within itself by a slip ends the walk.
        (["loop"], ["far"], True),
    ],
)  # fmt: skip
def test_what_lies_within_both_is_in_common(
    one: list[str], other: list[str], *, expected: bool
) -> None:
    places = (
        place("region"), place("north", "region"), place("south", "region"), place("area", "north"),
        place("park-belt"), place("park", "north", "park-belt"), place("far"), place("loop", "loop"),
    )  # fmt: skip
    of = replace(mission(), gazetteer=places)
    assert apart(one, other, of) is expected
    assert apart(other, one, of) is expected
