"""Mirrors: both sides tell of one engagement, each naming the other; what fits less is for people."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import (
    GAZETTEER,
    Row,
    entry,
    finding_of,
    incident_of,
    mission,
    partition,
    project,
    row,
    ruled,
)  # fmt: skip
from tests.link.worlds import evidence
from truceline.model.decision import Verdict
from truceline.model.finding import Occurrence
from truceline.model.incident import Topic
from truceline.model.mission import AttributionMode
from truceline.model.place_time import PlaceKind

OURS = {"act": "ground_assault", "paraphrase": "They attacked us."}
THEIRS = {"origin": "BB MoD", "origin_side": "BB", "accused": "AA", **OURS}
COUNTRY = entry("aland", "Aland", 40.2, 46.5, 150.0, kind=PlaceKind.AREA)
OF = replace(mission(), gazetteer=(*GAZETTEER, COUNTRY))


def two(**theirs: str) -> tuple[Row, Row]:
    """Give both tellings of an assault on Alpha."""
    return row("a", **OURS), row("b", **THEIRS | theirs)


def mirrored(*rows: Row) -> bool:
    """Answer whether a and b are one engagement."""
    found = project(rows, OF)
    ours, theirs = incident_of(found, "a"), incident_of(found, "b")
    assert (ours.engagement is not None) == bool(found.engagements)
    return ours.engagement is not None and ours.engagement == theirs.engagement


def listed(*rows: Row) -> bool:
    """Answer whether people are asked whether a and b are one engagement."""
    found = project(rows, OF)
    ours, theirs = incident_of(found, "a"), incident_of(found, "b")
    assert (theirs.id in ours.may_mirror) == (ours.id in theirs.may_mirror)
    return theirs.id in ours.may_mirror


def test_both_sides_tell_of_one_engagement() -> None:
    assert mirrored(*two())
    assert not listed(*two())
    assert finding_of(project(two(), OF), "a").assessed is Occurrence.PLAUSIBLE


@pytest.mark.parametrize(
    "theirs",
    [
        {"places": "Aland"}, {"places": ""}, {"places": "Nowhere"}, {"t_from_local": ""},
        {"t_from_local": "2020-10-10", "t_to_local": "2020-10-12", "time_precision": "range"},
        {"act": "attack"}, {"act": ""},
    ],
    ids=["country", "no place", "unknown place", "no time", "days", "any act", "no act"],
)  # fmt: skip
def test_what_one_side_tells_too_widely_is_no_mirror_and_asked_of_people(
    theirs: dict[str, str],
) -> None:
    assert not mirrored(*two(**theirs))
    assert listed(*two(**theirs)) is (theirs.get("places") != "Nowhere")


@pytest.mark.parametrize(
    "theirs",
    [
        {"places": "Beta"}, {"t_from_local": "2020-10-11 20:00"}, {"act": "air_strike"},
        {"paraphrase": "They hit the hospital."},
    ],
    ids=["place", "time", "act", "what was hit"],
)  # fmt: skip
def test_what_differs_is_no_mirror_and_no_question(theirs: dict[str, str]) -> None:
    rows = row("a", **OURS | {"paraphrase": "They hit the bridge."}), row("b", **THEIRS | theirs)
    assert not mirrored(*rows)
    assert not listed(*rows)


def test_a_mirror_is_between_parties_of_which_each_accuses_the_other() -> None:
    assert not mirrored(*two(accused="BB"))
    assert not mirrored(*two(kind="admission"))
    assert mirrored(*two(origin="CC army", origin_side="CC", accused="BB")) is False


def test_rival_hypotheses_are_told_only_when_two_people_confirmed_the_mirror() -> None:
    rows = list(two())
    for mode, told in (
        (AttributionMode.WITHHELD_UNLESS_ACKNOWLEDGED, ("each side says that the other acted first",)),
        (AttributionMode.ASSESSED, ("AA acted first", "BB acted first")),
    ):  # fmt: skip
        of = mission(mode)
        (proposed,) = project(rows, of).engagements
        assert proposed.hypotheses == ()
        first, second = ruled(rows, ["a", "b"], Verdict.MIRROR)
        assert project(rows, of, (first,)).engagements[0].hypotheses == ()
        (confirmed,) = project(rows, of, (first, second)).engagements
        assert confirmed.hypotheses == told
        (link,) = confirmed.links
        assert link.decided_by is not None
        assert "hold them for one engagement" in link.reasons[-1].sentence


def test_people_make_a_mirror_of_a_candidate_and_keep_it_two_incidents() -> None:
    rows = list(two(places="North district", t_from_local="2020-10-11", time_precision="day"))
    rows[1]["act"] = "attack"
    assert listed(*rows)
    found = project(rows, OF, ruled(rows, ["a", "b"], Verdict.MIRROR))
    assert partition(found) == {frozenset("a"), frozenset("b")}
    assert incident_of(found, "a").engagement == incident_of(found, "b").engagement is not None
    assert not incident_of(found, "a").may_mirror


def test_people_refuse_a_mirror_and_are_not_asked_again() -> None:
    rows = list(two())
    found = project(rows, OF, ruled(rows, ["a", "b"], Verdict.DIFFERENT_EVENTS))
    assert not found.engagements
    assert not incident_of(found, "a").may_mirror


def test_a_mirror_decided_does_not_undo_what_is_one_event() -> None:
    rows = [*two(), row("c", **OURS | {"paraphrase": "Something else."}, places="")]
    one = ruled(rows, ["a", "c"])
    both = (*one, *ruled(rows, ["a", "b"], Verdict.MIRROR))
    found = project(rows, OF, both)
    assert partition(found) == {frozenset("ac"), frozenset("b")}
    assert len(found.rulings) == 2


@settings(max_examples=120)
@given(evidence(), st.sampled_from(["2020-10-11 14:00", "2020-10-11 14:40"]))
def test_another_text_never_breaks_a_mirror(rows: list[Row], hour: str) -> None:
    mirror = two(t_from_local=hour)
    assert mirrored(*mirror)
    assert mirrored(*mirror, *rows)


DENIED = {"origin": "BB MoD", "origin_side": "BB", "accused": "BB", "kind": "denial",
          "paraphrase": "We shelled nobody."}  # fmt: skip


@pytest.mark.parametrize("gap", [{"places": ""}, {"t_from_local": "", "time_precision": ""}])
def test_a_general_denial_contests_every_accusation_it_answers_and_joins_none(
    gap: dict[str, str],
) -> None:
    rows = [
        row("a"), row("b", places="Alpha", t_from_local="2020-10-11 20:00"),
        row("d", **DENIED | {"t_from_local": "2020-10-11", "time_precision": "day"} | gap),
    ]  # fmt: skip
    found = project(rows)
    assert partition(found) == {frozenset("a"), frozenset("b")}
    for name in "ab":
        assert incident_of(found, name).contested_how == ("denied in general by the accused side",)
    named = project(rows, mission(AttributionMode.ASSESSED))
    assert incident_of(named, "a").contested_how == ("denied in general by BB",)
    assert finding_of(found, "a").origins == finding_of(project(rows[:2]), "a").origins


@pytest.mark.parametrize(
    "fields",
    [
        {"accused": "AA", "origin": "BB MoD", "origin_side": "BB"}, {"act": "air_strike"},
        {"pub_date": "2020-10-07", "t_from_local": "2020-10-07"}, {"pub_date": "2020-10-12"},
        {"t_from_local": "2020-10-10 14:00"},
    ],
    ids=["another side", "another act", "longer ago", "published later", "another day"],
)  # fmt: skip
def test_a_general_denial_answers_no_other_accusation(fields: dict[str, str]) -> None:
    denial = row("d", **DENIED, places="", t_from_local="2020-10-11", time_precision="day")
    denial |= {"pub_date": "2020-10-11"}
    if "2020-10-07" in fields.values():
        denial |= {"t_from_local": "", "time_precision": ""}
    found = project([row("a", **fields), denial])
    assert not incident_of(found, "a").contested


def test_a_denial_without_an_allegation_on_record_is_a_statement() -> None:
    denial = row("d", **DENIED | {"t_from_local": "2020-10-11"})
    alone = project([denial])
    assert alone.incidents == ()
    assert [group.topic for group in alone.groups] == [Topic.STATEMENT]
    said_twice = project([denial, denial | {"claim_id": "e", "outlet": "Other"}])
    assert said_twice.incidents == ()
    assert partition(project([denial, row("a")])) == {frozenset("ad")}
    kept = project([denial], decisions=ruled([denial], ["d"], Verdict.UNSUBSTANTIATED, "a record"))
    assert partition(kept) == {frozenset("d")}
    looked = denial | {"kind": "found_nothing", "origin_side": ""}
    assert partition(project([looked])) == {frozenset("d")}


def test_a_negative_statement_dates_and_places_nothing() -> None:
    rows = [
        row("a", t_from_local="2020-10-11", time_precision="day", places="North district"),
        row("d", **DENIED | {"url": "https://example.org/a"}),
    ]  # fmt: skip
    found = incident_of(project(rows), "a")
    assert len(found.members) == 2
    assert found.span is not None
    assert found.span.text == "2020-10-11 day"
    assert [place.gazetteer_id for place in found.places] == ["north"]


def test_an_onlooker_who_heard_an_explosion_lifts_no_drone_strike() -> None:
    rows = [
        row("a", act="drone_strike"),
        row("x", act="explosion", origin="Watch", origin_side="", kind="verification", accused="",
            basis="saw", access="own", paraphrase="Text of a."),
    ]  # fmt: skip
    assert finding_of(project(rows), "a").assessed is Occurrence.UNSUBSTANTIATED
