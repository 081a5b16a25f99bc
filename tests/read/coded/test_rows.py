"""Reading coded claims: speakers, times, places and acts; the unknown stays unresolved."""

from __future__ import annotations

import pytest

from tests.builders import claim_of, project, read_table, row, table
from truceline.model.acts import Act
from truceline.model.agreement import ExceptionKind
from truceline.model.evidence import Claim, Stance
from truceline.model.place_time import utc_text


def read(**fields: str) -> Claim:
    """Read one row."""
    return claim_of(project([row("C1", **fields)]), "C1")


@pytest.mark.parametrize(
    ("origin", "side", "sides", "third"),
    [
        ("AA MoD (Somebody)", "AA", ("AA",), [False]),
        ("AA MoD via Wire", "AA", ("AA",), [False]),
        ("AA MFA citing AA MoD via Wire", "AA", ("AA",), [False]),
        ("BB GPO / MoD", "BB", ("BB",), [False, False]),
        ("BB officials", "BB", ("BB",), [False]),
        ("local police via Wire", "BB", ("BB",), [False]),
        ("BB MoD; BB GPO", "BB", ("BB",), [False, False]),
        ("Watch", "NGO", (), [True]),
        ("Watch (reprint)", "NGO", (), [True]),
    ],
)
def test_speakers(origin: str, side: str, sides: tuple[str, ...], third: list[bool]) -> None:
    speaker = read(origin=origin, origin_side=side).speaker
    assert speaker is not None
    assert speaker.sides == sides
    assert [v.third_party for v in speaker.voices] == third


def test_nobody_is_guessed_as_speaker() -> None:
    claim = read(origin="", origin_side="")
    assert claim.speaker is None
    assert "speaker" in claim.unresolved


def test_an_origin_against_its_side_is_unresolved_and_told() -> None:
    assessment = project([row("C1", origin="BB MoD", origin_side="AA")])
    assert claim_of(assessment, "C1").speaker is None
    assert [p.field for p in assessment.problems] == ["origin_side"]


@pytest.mark.parametrize(
    ("t_from", "t_to", "word", "earliest", "latest"),
    [
        ("2020-10-10 12:05", "", "minute", "2020-10-10T08:05:00Z", "2020-10-10T08:05:00Z"),
        ("2020-10-10 12:05", "", "about", "2020-10-10T07:35:00Z", "2020-10-10T08:35:00Z"),
        ("2020-10-10 12:05+03:00", "", "exact", "2020-10-10T09:05:00Z", "2020-10-10T09:05:00Z"),
        ("2020-10-10", "", "day", "2020-10-09T20:00:00Z", "2020-10-10T20:00:00Z"),
        ("2020-10-10", "", "", "2020-10-09T20:00:00Z", "2020-10-10T20:00:00Z"),
        ("2020-10-10 12:00", "", "after", "2020-10-10T08:00:00Z", "2020-10-10T20:00:00Z"),
        (
            "2020-10-10",
            "",
            "morning (before 12:00)",
            "2020-10-10T00:00:00Z",
            "2020-10-10T08:00:00Z",
        ),
        ("2020-10-11", "", "night 10/11", "2020-10-10T14:00:00Z", "2020-10-11T05:00:00Z"),
        ("2020-10-10", "", "night 10/11", "2020-10-10T14:00:00Z", "2020-10-11T05:00:00Z"),
        ("2020-10-10", "2020-10-11", "range", "2020-10-09T20:00:00Z", "2020-10-11T20:00:00Z"),
        ("2020-10-10 17:12", "", "reported", "2020-10-09T20:00:00Z", "2020-10-10T13:12:00Z"),
    ],
)
def test_times(t_from: str, t_to: str, word: str, earliest: str, latest: str) -> None:
    span = read(t_from_local=t_from, t_to_local=t_to, time_precision=word).span
    assert span is not None
    assert (utc_text(span.earliest), utc_text(span.latest)) == (earliest, latest)
    assert span.text.startswith(t_from)
    assert span.zone_rule == "local time, UTC+4"


@pytest.mark.parametrize(
    ("t_from", "t_to"),
    [
        ("noon", ""),
        ("2020-10-10", "2020-10-09"),
        ("25:00", ""),
        ("9999-12-31", ""),
        ("0001-01-01 00:00", ""),
    ],
)
def test_an_unreadable_time_is_told_and_stays_unresolved(t_from: str, t_to: str) -> None:
    assessment = project([row("C1", t_from_local=t_from, t_to_local=t_to)])
    assert claim_of(assessment, "C1").span is None
    assert "t_from_local" in {p.field for p in assessment.problems}


def test_a_place_by_another_name_is_the_same_place() -> None:
    assert read(places="ALFA").places[0].gazetteer_id == "alpha"


@pytest.mark.parametrize(
    ("words", "entry"),
    [("Alpha town", "alpha"), ("alfa village", "alpha"), ("Alpha district", "north")],
)
def test_what_a_place_is_may_stand_behind_its_name(words: str, entry: str) -> None:
    assert read(places=words).places[0].gazetteer_id == entry


def test_a_district_nobody_knows_is_not_made_of_a_town() -> None:
    assert read(places="Delta district").places == ()


def test_a_name_of_two_places_keeps_both() -> None:
    place = read(places="Spring").places[0]
    assert place.gazetteer_id is None
    assert place.candidates == ("spring-a", "spring-b")
    assert place.radius_km > 40


def test_an_unknown_place_stays_unresolved_and_is_told() -> None:
    assessment = project([row("C1", places="Nowhere;Alpha")])
    claim = claim_of(assessment, "C1")
    assert [p.name for p in claim.places] == ["Alpha"]
    assert claim.unplaced == ("Nowhere",)
    assert "Nowhere" in assessment.problems[0].message


@pytest.mark.parametrize(
    ("word", "act"),
    [("artillery_shelling", Act.ARTILLERY_FIRE), ("shelling", Act.INDIRECT_FIRE),
     ("attack", Act.HOSTILE_ACT), ("Drone strike", Act.UAV_STRIKE)],
)  # fmt: skip
def test_acts(word: str, act: Act) -> None:
    assert read(act=word).act is act


@pytest.mark.parametrize(
    ("field", "value"),
    [("act", "picnic"), ("kind", "gossip"), ("accused", "XX"), ("killed", "many"),
     ("injured", "-1"), ("origin_side", "XX"), ("time_precision", "soonish")],
)  # fmt: skip
def test_a_word_not_understood_is_told_and_the_row_is_kept(field: str, value: str) -> None:
    assessment = project([row("C1", **{field: value}), row("C2")])
    assert {c.external_id for c in assessment.claims} == {"C1", "C2"}
    problem = next(p for p in assessment.problems if p.field == field)
    assert (problem.file, problem.row) == ("claims.csv", 2)
    assert problem.advice


def test_a_coders_paraphrase_is_never_a_quote() -> None:
    claim = read(paraphrase="They fired.")
    assert (claim.quote, claim.start, claim.end) == (None, None, None)
    assert claim.paraphrase == "They fired."


@pytest.mark.parametrize(
    ("kind", "stance"),
    [("accusation", Stance.ALLEGES), ("denial", Stance.DENIES), ("admission", Stance.ADMITS),
     ("verification", Stance.CONFIRMS), ("agreement", Stance.AGREES)],
)  # fmt: skip
def test_stances(kind: str, stance: Stance) -> None:
    assert read(kind=kind).stance is stance


def test_an_exception_that_the_speaker_invokes_is_kept() -> None:
    assert read().invokes == ()
    claim = read(kind="admission", invokes="self_defence; return_fire")
    assert claim.invokes == (ExceptionKind.RETURN_FIRE, ExceptionKind.SELF_DEFENCE)


def test_an_exception_nobody_knows_is_told_and_stays_unresolved() -> None:
    assessment = project([row("C1", invokes="because;self_defence")])
    claim = claim_of(assessment, "C1")
    assert claim.invokes == ()
    assert "invokes" in claim.unresolved
    _, problems = read_table(table([row("C1", invokes="because;self_defence")]))
    (problem,) = [p for p in problems if p.field == "invokes"]
    assert problem.message == "'because;self_defence' is no exception; unresolved"
    assert "return_fire" in problem.advice
