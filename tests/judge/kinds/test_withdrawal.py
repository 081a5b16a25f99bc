"""Withdrawal: lines by weapon and calibre, and what is seen past the date."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import END, TRUCE, Row, mission, project, row
from tests.judge.test_judging import CONFIRMED, classes, defined
from tests.judge.test_obligations import BB, WATCH, deadline, owed, standing, step
from truceline.model.acts import Act
from truceline.model.agreement import Prohibition, Zone
from truceline.model.agreement import ProvisionKind as Kind
from truceline.model.arms import Arms, Limit, Weapon
from truceline.model.judgement import Classification, ObligationState
from truceline.model.judgement import ClassificationState as State
from truceline.model.mission import Mission
from truceline.model.place_time import Answer

HEAVY = Limit(weapons=(Weapon.ARTILLERY, Weapon.MORTAR), areas=("z",), calibre_from_mm=100)
TANKS = Limit(weapons=(Weapon.TANK,), areas=("z",))
NEAR = Zone(id="z", name="around Alpha", lat=40.0, lon=46.0, radius_km=20.0)
THERE = CONFIRMED | {"act": "presence", "accused": "BB"}


def limited(*limits: Limit) -> Mission:
    """Make terms by which weapons stay out of the zone around Alpha."""
    return defined(
        kind=Kind.WITHDRAW_WEAPONS, acts=(Act.PRESENCE,), limits=limits or (HEAVY, TANKS)
    )


def judged(fields: Row, of: Mission | None = None) -> Classification:
    """Classify one row under the limits."""
    return classes(project([row("A", **THERE | fields)], of or limited()))["truce/1"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"weapon": "tank"}, State.SERIOUS_VIOLATION),
        ({"weapon": "artillery", "calibre_mm": "122"}, State.SERIOUS_VIOLATION),
        ({"weapon": "artillery", "calibre_mm": "100"}, State.SERIOUS_VIOLATION),
        ({"weapon": "mortar", "calibre_mm": "82"}, State.OUTSIDE_SCOPE),
        # Whether it is above the limit nobody can tell without the calibre.
        ({"weapon": "mortar"}, State.NOT_ASSESSABLE),
        # No limit is about it.
        ({"weapon": "small_arms"}, State.OUTSIDE_SCOPE),
        # Weapons are told of, and not of which kind; or no weapon is.
        ({"weapon": "unstated"}, State.NOT_ASSESSABLE),
        ({}, State.OUTSIDE_SCOPE),
        # Elsewhere, and where the place may be on either side of the line.
        ({"weapon": "tank", "places": "Gamma"}, State.OUTSIDE_SCOPE),
        ({"weapon": "tank", "places": "North district"}, State.NOT_ASSESSABLE),
    ],
)  # fmt: skip
def test_a_weapon_is_held_against_its_limit(fields: Row, expected: State) -> None:
    assert judged(fields).classification is expected


def test_each_limit_has_a_line_of_its_own() -> None:
    far = Zone(id="y", name="around Gamma", lat=39.5, lon=46.5, radius_km=20.0)
    of = limited(HEAVY, Limit(weapons=(Weapon.TANK,), areas=("y",)))
    old, truce = of.agreements
    clause = truce.provisions[0]
    assert isinstance(clause, Prohibition)
    clause = replace(clause, areas=("z", "y"))
    of = replace(of, agreements=(old, replace(truce, zones=(NEAR, far), provisions=(clause,))))
    found = judged({"weapon": "tank"}, of)
    assert found.classification is State.OUTSIDE_SCOPE
    assert found.reasons == ("no limit of the provision is about such a weapon there",)
    assert (
        judged({"weapon": "tank", "places": "Gamma"}, of).classification is State.SERIOUS_VIOLATION
    )


@given(st.floats(1, 500), st.floats(1, 500))
def test_a_larger_calibre_is_never_freer(one: float, other: float) -> None:
    small, large = sorted((one, other))
    answers = [
        HEAVY.binds(Arms(weapon=Weapon.MORTAR, calibre_mm=mm)) is Answer.YES
        for mm in (small, large)
    ]
    assert answers == sorted(answers)


def seen(name: str, **fields: str) -> Row:
    """Make a row by Watch that tells of AA's forces at Alpha on 10 November, after the date."""
    return row(
        name, kind="report", act="presence", accused="AA", t_from_local="2020-11-10",
        time_precision="day", pub_date="2020-11-11", basis="saw", access="own", **WATCH | fields,
    )  # fmt: skip


def leaving(**changes: object) -> Mission:
    """Make the mission in which AA has to leave the zone around Alpha by 6 November."""
    of = owed(
        kind=Kind.WITHDRAW_FORCES,
        acts=(Act.WITHDRAWAL,),
        areas=("z",),
        due=(deadline(),),
        **changes,
    )
    (truce,) = of.agreements
    return replace(of, agreements=(replace(truce, zones=(NEAR,)),))


DONE = step("B", "done", **BB) | {"act": "withdrawal", "pub_date": "2020-11-07"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([seen("S")], ObligationState.OVERDUE),
        ([DONE], ObligationState.FULFILLED),
        # One says that it is done, and another has seen them there since.
        ([DONE, seen("S")], ObligationState.DISPUTED),
        # Seen before the date, at a place outside or on the edge, or of another side: that says nothing.
        ([DONE, seen("S") | {"t_from_local": "2020-11-01"}], ObligationState.FULFILLED),
        ([DONE, seen("S") | {"places": "Gamma"}], ObligationState.FULFILLED),
        ([DONE, seen("S") | {"places": "North district"}], ObligationState.FULFILLED),
        ([DONE, seen("S") | {"accused": "BB"}], ObligationState.FULFILLED),
        ([DONE, seen("S") | {"accused": ""}], ObligationState.FULFILLED),
        # Denied of one place is not done of all; what was only passed on vouches for nothing.
        ([seen("S") | {"kind": "denial"}], ObligationState.NOT_ASSESSABLE),
        ([DONE, seen("S") | {"basis": "repeats"}], ObligationState.FULFILLED),
    ],
)  # fmt: skip
def test_who_is_seen_past_the_date_has_not_left(rows: list[Row], expected: ObligationState) -> None:
    found = [standing([row("X"), *order], leaving()) for order in permutations(rows)]
    assert {s.state for s in found} == {expected}
    assert len({s.sentence for s in found}) == 1


def test_a_weapon_past_the_date_counts_by_its_limit() -> None:
    of = leaving(limits=(HEAVY,))
    for calibre, expected in (
        ("122", ObligationState.DISPUTED),
        ("82", ObligationState.FULFILLED),
        ("", ObligationState.FULFILLED),
    ):
        rows = [DONE, seen("S", weapon="mortar", calibre_mm=calibre)]
        assert standing(rows, of).state is expected


def test_without_the_terms_nothing_changes() -> None:
    with_weapon = project([row("A", weapon="tank")], mission(), cut=END)
    assert (
        classes(with_weapon)["truce/1"].reasons == classes(project([row("A")]))["truce/1"].reasons
    )
    assert TRUCE.provisions[0].kind is Kind.CESSATION_OF_FIRE
