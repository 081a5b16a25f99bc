"""Ceiling 3: an admission or a look lifts only what it states."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from tests.builders import claim_of, finding_of, incident_of, partition, project, row, ruled
from tests.link.worlds import evidence
from truceline.link.lifting import lifts, may_lift
from truceline.model.provenance import OWN_BASIS

if TYPE_CHECKING:
    from tests.builders import Row

DAY = {"t_from_local": "2020-10-11", "time_precision": "day"}
HOUR = {"t_from_local": "2020-10-11 21:00", "time_precision": "about"}
ADMITTED = {"origin": "BB MoD", "origin_side": "BB", "kind": "admission", "basis": "own_act",
            "paraphrase": "Said it had fired there."}  # fmt: skip
LOOKED = {"origin": "Watch", "origin_side": "", "kind": "verification", "basis": "inspected",
          "access": "own", "paraphrase": "Visited what was hit."}  # fmt: skip
HALF_DAY = timedelta(hours=12)
KINDS = pytest.mark.parametrize("kind", [ADMITTED, LOOKED], ids=["admission", "look"])


def joined(*rows: Row) -> bool:
    """Answer whether all rows are one incident."""
    return len(partition(project(rows))) == 1


@KINDS
def test_what_states_as_much_lifts(kind: Row) -> None:
    assert joined(row("a", **HOUR), row("x", **kind, **HOUR))
    assert joined(row("a", **DAY), row("x", **kind, **DAY))
    assert joined(row("a", **DAY), row("x", **kind, **HOUR))


@KINDS
@pytest.mark.parametrize(
    "when", [HOUR, DAY | {"time_precision": "evening"}, DAY | {"time_precision": "night"}]
)
def test_a_day_lifts_no_hour(kind: Row, when: Row) -> None:
    assert not joined(row("a", **when), row("x", **kind, **DAY))


@KINDS
def test_a_district_lifts_no_village(kind: Row) -> None:
    assert not joined(row("a", **HOUR), row("x", **kind | {"places": "North district"}, **HOUR))
    assert joined(
        row("a", **HOUR, places="North district"), row("x", **kind, **HOUR, places="North district")
    )


@KINDS
def test_a_wider_statement_lifts_where_figures_agree(kind: Row) -> None:
    told = {"killed": "7", "injured": "12"}
    assert joined(row("a", **HOUR, **told), row("x", **kind, **DAY, **told))
    assert not joined(row("a", **HOUR, **told), row("x", **kind, **DAY, killed="3"))


def test_a_protected_object_named_by_both_agrees_too() -> None:
    hit = {"act": "attack_on_medical;artillery_shelling"}
    assert joined(row("a", **HOUR, **hit), row("x", **ADMITTED | hit, **DAY))


@KINDS
def test_a_country_or_no_place_lifts_nothing(kind: Row) -> None:
    same = {"paraphrase": "Guns fired on the town of Alpha and its hill."}
    assert not joined(row("a", **HOUR, **same), row("x", **kind | same, **HOUR, places=""))


@KINDS
def test_what_states_another_act_lifts_nothing(kind: Row) -> None:
    assert not joined(
        row("a", **HOUR, act="mortar_fire"), row("x", **kind, **HOUR, act="missile_strike")
    )


@KINDS
def test_the_words_of_a_coder_hold_apart(kind: Row) -> None:
    ward = row("a", **DAY, paraphrase="The maternity ward was hit.")
    assert not joined(ward, row("x", **kind | {"paraphrase": "A firing position was hit."}, **DAY))
    assert joined(ward, row("x", **kind | {"paraphrase": "A hospital was hit."}, **DAY))
    home = row("a", **DAY, paraphrase="A house was hit.")
    assert joined(home, row("x", **kind | {"paraphrase": "A firing position was hit."}, **DAY))


@KINDS
def test_the_words_for_a_part_of_the_day_hold_apart(kind: Row) -> None:
    morning = row("x", **kind | {"paraphrase": "Fired there in the morning."}, **DAY)
    assert not joined(row("a", **DAY, paraphrase="Shells fell at night."), morning)
    assert joined(row("a", **DAY, paraphrase="Shells fell at dawn."), morning)
    night = row("x", **kind | {"paraphrase": "Fired overnight."}, **HOUR)
    assert joined(row("a", **DAY, paraphrase="Shells fell on the evening."), night)


def test_the_words_of_a_coder_never_lift() -> None:
    same = {"paraphrase": "Guns fired on the maternity ward of Alpha and killed many."}
    assert not joined(row("a", **HOUR, **same), row("x", **ADMITTED | same, **DAY))


@KINDS
def test_what_fits_several_lifts_none_and_says_so(kind: Row) -> None:
    rows = [
        row("a", t_from_local="2020-10-11 02:00"), row("b", t_from_local="2020-10-11 20:00"),
        row("x", **kind, **DAY),
    ]  # fmt: skip
    found = project(rows)
    assert partition(found) == {frozenset("a"), frozenset("b"), frozenset("x")}
    assert set(incident_of(found, "x").fits_several) == {
        incident_of(found, "a").id, incident_of(found, "b").id
    }  # fmt: skip


def test_figures_say_which_of_several() -> None:
    rows = [
        row("a", t_from_local="2020-10-11 02:00", killed="9", injured="20"),
        row("b", t_from_local="2020-10-11 20:00", killed="1"),
        row("x", **LOOKED, **DAY, killed="9", injured="20"),
    ]  # fmt: skip
    assert partition(project(rows)) == {frozenset("ax"), frozenset("b")}


def test_an_admission_of_a_day_lifts_no_hour_through_a_look() -> None:
    rows = [row("a", **HOUR), row("x", **LOOKED, **HOUR), row("y", **ADMITTED, **DAY)]
    assert partition(project(rows)) == {frozenset("ax"), frozenset("y")}


def test_a_look_at_a_day_lifts_no_hour_through_its_own_words_told_without_a_look() -> None:
    """The look and a plain row of the same words were one vertex, which came to the hour that the plain row fits."""
    words = {"paraphrase": "Shells fell on homes."}
    told, looked = row("a", **DAY, **words), row("x", **DAY, **words, basis="inspected")
    hour = row("h", **HOUR, **words)
    found = project([told, looked, hour])
    assert not any({"x", "h"} <= members for members in partition(found))


def test_a_finer_admission_of_the_same_side_carries_a_wider_one_along() -> None:
    rows = [row("a", **HOUR), row("x", **ADMITTED, **HOUR), row("y", **ADMITTED, **DAY)]
    assert len(partition(project(rows))) == 1


@settings(max_examples=100)
@given(evidence())
def test_no_admission_or_look_is_the_only_tie_to_what_it_does_not_state(rows: list[Row]) -> None:
    found = project(rows)
    claims = {c.id: c for c in found.claims}
    for incident in found.incidents:
        members = [claims[m] for m in incident.members]
        lifters = [c for c in members if lifts(c)]
        plain = [c for c in members if not lifts(c)]
        if len(lifters) != 1 or not plain or any(c.span is None for c in plain):
            continue
        (lifter,) = lifters
        finest = min(c.span.width for c in plain if c.span)
        assert lifter.span is not None
        assert lifter.span.width <= max(finest, HALF_DAY)


def test_what_tells_one_of_act_place_and_time_alone_is_lifted_by_nothing() -> None:
    vague = row(
        "a", act="", t_from_local="", time_precision="", paraphrase="Beside the Alpha post."
    )
    assert not joined(vague, row("x", **LOOKED | {"paraphrase": "Beside the Alpha post."}, **HOUR))
    assert joined(
        vague | {"act": "shelling"},
        row("x", **LOOKED | {"paraphrase": "Beside the Alpha post."}, **HOUR),
    )


def test_a_look_that_found_nothing_lifts_nothing_and_reaches_the_hours_of_its_day() -> None:
    nothing = row("n", **LOOKED | {"kind": "found_nothing", "paraphrase": "No trace."}, **DAY)
    rows = [row("a", **HOUR), nothing]
    assert joined(*rows)
    assert finding_of(project(rows), "a").contradicted


def test_what_people_put_together_is_no_longer_said_to_fit_several() -> None:
    rows = [
        row("a", t_from_local="2020-10-11 02:00"), row("b", t_from_local="2020-10-11 20:00"),
        row("c", t_from_local="2020-10-11 11:00"), row("x", **LOOKED, **DAY),
    ]  # fmt: skip
    assert len(incident_of(project(rows), "x").fits_several) == 3
    found = project(rows, decisions=ruled(rows, ["a", "x"]))
    assert partition(found) == {frozenset("ax"), frozenset("b"), frozenset("c")}
    assert incident_of(found, "x").fits_several == ()


def test_what_could_lift_what() -> None:
    found = project([row("a"), row("x", **ADMITTED), row("y", **LOOKED), row("z", **LOOKED)])
    a, x, y, z = (claim_of(found, name) for name in "axyz")
    assert not may_lift(a, a)
    assert may_lift(a, x) and may_lift(x, a) and may_lift(x, y)  # noqa: PT018
    assert not may_lift(y, z)
    assert y.basis in OWN_BASIS
