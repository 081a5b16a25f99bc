"""Where: names the gazetteer does not know, and what lies in what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import GAZETTEER, entry, incident_of, mission, partition, project, row
from truceline.link.where import alike
from truceline.model.place_time import PlaceKind

TELLS = {"t_from_local": "2020-10-11", "time_precision": "day"}


def apart(*rows: dict[str, str]) -> bool:
    """Answer whether every row is an incident of its own."""
    return len(partition(project(rows))) == len(rows)


def test_two_places_nobody_knows_are_two_places() -> None:
    same = {"killed": "1", "paraphrase": "A strike killed one person.", **TELLS}
    assert apart(row("a", places="Xyzabad", **same), row("b", places="Qwertin", **same))


@pytest.mark.parametrize("other", ["Xyzabad", "XYZABAD", "Xyzabat", "Xyzäbad village"])
def test_one_place_nobody_knows_is_one_place(other: str) -> None:
    assert not apart(
        row("a", places="Xyzabad village" if "village" in other else "Xyzabad"),
        row("b", places=other, origin="CC army", origin_side="CC"),
    )


def test_a_name_nobody_knows_is_no_place_of_the_gazetteer() -> None:
    assert apart(row("a", places="Xyzabad"), row("b", places="Alpha"))
    assert not apart(row("a", places="Alpho"), row("b", places="Alpha"))


def test_one_shared_place_is_enough_among_names_nobody_knows() -> None:
    assert not apart(row("a", places="Xyzabad;Alpha"), row("b", places="Qwertin;Alpha"))


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("Maroun al-Ras", "Maroun er Ras", True),
        ("Aitaroun al-Shaab", "Aytaroun ash Shaab", True),
        ("Мартакерт", "Martakert", True),
        ("North Ridge", "South Ridge", False),
        ("Upper Xyza", "Lower Xyza", False),
        ("Hill 10", "Hill 11", False),
        ("Kfar Kila", "Kfar Shuba", False),
        ("Xyza", "Xyza bridge", False),
    ],
)
def test_spellings_of_one_name(one: str, other: str, *, may: bool) -> None:
    assert alike(one, other) is alike(other, one) is may


@pytest.mark.parametrize(
    ("radius", "bits"), [(20.0, 1.5), (60.0, 0.5), (200.0, 0.0)], ids=["district", "region", "country"]
)  # fmt: skip
def test_a_container_tells_less_the_wider_it_is(radius: float, bits: float) -> None:
    wide = entry("wide", "Wide", 40.0, 46.1, radius, kind=PlaceKind.AREA)
    of = replace(mission(), gazetteer=(*GAZETTEER, wide))
    clock = {"origin": "CC army", "origin_side": "CC"}
    found = project([row("a", places="Alpha"), row("b", places="Wide", **clock)], of)
    (link,) = incident_of(found, "a").links
    told = {reason.rule: reason.bits for reason in link.reasons}
    assert told.get("place", 0.0) == bits
