"""Mirror provisions that are not written alike are warned about: one side alone would seem to break the text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.builders import TRUCE, mission
from tests.judge.test_exceptions import clause
from tests.terms.test_loader import change, only
from truceline.model.acts import Act
from truceline.model.agreement import Breach, Prohibition, Zone
from truceline.model.agreement import ProvisionKind as Kind
from truceline.terms.mirrors import unlike_mirrors

if TYPE_CHECKING:
    from pathlib import Path

    from truceline.model.agreement import Provision

LEBANON = "agreements/cessation-2024-11-27.yaml"
ONE = Prohibition(
    id="a", kind=Kind.NO_OFFENSIVE_ACTION, title="no operation", by=("AA", "CC"), against="BB",
    acts=(Act.HOSTILE_ACT,), areas=("z",), breach=Breach.SERIOUS,
)  # fmt: skip
OTHER = replace(ONE, id="b", by=("BB",), against="AA")
ZONES = tuple(Zone(id=i, name=i, lat=40.0, lon=46.0, radius_km=5.0) for i in ("z", "y"))


def told(*provisions: Provision) -> list[str]:
    """Give the warnings about an agreement of these provisions."""
    truce = replace(TRUCE, provisions=provisions, zones=ZONES)
    return [p.message for p in unlike_mirrors(replace(mission(), agreements=(truce,)))]


def test_what_is_written_alike_is_silent() -> None:
    assert told(ONE, OTHER) == []
    assert told(ONE, OTHER, clause()) == []
    assert told(ONE, replace(OTHER, areas=("y",))) == []


@pytest.mark.parametrize(
    ("other", "key"),
    [
        (replace(OTHER, exceptions=("self-defence",)), "exceptions"),
        (replace(OTHER, acts=(Act.FIRE,)), "acts"),
        (replace(OTHER, acts=(), areas=()), "acts, areas"),
        (replace(OTHER, breach=Breach.MINOR), "breach"),
        (replace(OTHER, qualifier="offensive"), "qualifier"),
    ],
)
def test_a_difference_is_named(other: Prohibition, key: str) -> None:
    (message,) = told(ONE, other)
    assert f"provisions a and b mirror each other and are not written alike: {key};" in message


def test_an_exception_open_to_one_side_is_named() -> None:
    (message,) = told(ONE, OTHER, clause(by=("AA",)))
    assert "exceptions (who may invoke which)" in message


@pytest.mark.parametrize(
    "other",
    [
        replace(OTHER, kind=Kind.NO_MINING, breach=Breach.MINOR),
        replace(OTHER, by=("AA",), breach=Breach.MINOR),
        replace(OTHER, against="BB", breach=Breach.MINOR),
    ],
)
def test_what_is_no_mirror_may_differ(other: Prohibition) -> None:
    assert told(ONE, other) == []


def test_an_exception_from_what_is_no_prohibition_is_refused(lebanon_folder: Path) -> None:
    change(lebanon_folder, LEBANON, 'provisions: ["1", "2a", "2b"]', 'provisions: ["1", "12a"]')
    problem = only(lebanon_folder)
    assert problem.field == "provisions[5].provisions[1]"
    assert problem.message == "'12a' is no prohibition, so nothing can be excepted from it"


def test_a_zone_of_places_needs_places_of_the_gazetteer(lebanon_folder: Path) -> None:
    change(lebanon_folder, LEBANON, "of: [lb-south-litani,", "of: [lb-south-litany,")
    problem = only(lebanon_folder)
    assert problem.message == "'lb-south-litany' is not a known place"
    assert "lb-south-litani" in problem.advice
