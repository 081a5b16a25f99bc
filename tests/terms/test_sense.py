"""What the form of an agreement cannot say: all of it at once, each with its place and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from tests.terms.test_loader import TRUCE, change, only, refused
from truceline.cli import main
from truceline.model.agreement import Prohibition
from truceline.model.arms import Notice
from truceline.terms import load_mission

if TYPE_CHECKING:
    from pathlib import Path

OTHER = "agreements/humanitarian-truce-2020-10-18.yaml"
PLACE = 'announced: {{at: "{0}", zone: "+04:00", by: x, source: x}}'


def event(name: str, kind: str, known: str, *more: str) -> str:
    """Write an event of the truce of 10 October."""
    lines = [f"id: {name}", f"kind: {kind}", "text: x", PLACE.format(known), *more]
    return "  - " + "\n    ".join(lines) + "\n"


def reading(name: str, at: str) -> str:
    """Write a list of one reading."""
    return f'readings: [{{id: {name}, text: x, at: "{at}", zone: "+04:00", held_by: x, source: x}}]'


def with_events(folder: Path, *events: str) -> None:
    """Give the truce some events."""
    change(folder, TRUCE, "ambiguities:\n  - id: time-zone", "events:\n" + "".join(events)
           + "ambiguities:\n  - id: time-zone")  # fmt: skip


def test_everything_that_cannot_follow_is_told_at_once(folder: Path) -> None:
    with_events(
        folder,
        event("over", "terminates", "2020-10-12", reading("r1", "2020-10-13 00:00")),
        event("after", "suspends", "2020-10-20", reading("r2", "2020-10-21 00:00")),
        event("wide", "extends", "2020-10-12", reading("r3", "2020-11-01 00:00"), 'provisions: ["9"]'),
        event("bare", "expires", "2020-10-12",
              "readings: [{id: r4, text: x, period: P60D, counting: to_the_hour, held_by: x, source: x}]"),
    )  # fmt: skip
    change(folder, TRUCE, "due: null", "due:\n      id: early\n      text: x\n      at: "
           '"2020-10-09 12:00"\n      zone: "+04:00"\n      held_by: x\n      source: x')  # fmt: skip
    change(folder, TRUCE, "texts:", "replaces: [humanitarian-truce-2020-10-18]\ntexts:")
    change(folder, OTHER, "texts:", "replaces: [moscow-2020-10-10]\ntexts:")
    found = {(p.file, p.field): p.message for p in refused(folder)}
    assert found == {
        (TRUCE, "provisions[1].due.at"): "due before the entry into force (2020-10-10T08:00:00+00:00)",
        (TRUCE, "events[1]"): "the event comes after the end of what it touches (over)",
        (TRUCE, "events[2].provisions[0]"): "'9' is not a known provision",
        (TRUCE, "events[3].readings[0].from"): "the key 'from' is missing",
        (TRUCE, "replaces[0]"): "'moscow-2020-10-10' and 'humanitarian-truce-2020-10-18' replace each other",
        (OTHER, "replaces[0]"): "'humanitarian-truce-2020-10-18' and 'moscow-2020-10-10' replace each other",
    }  # fmt: skip
    assert all(p.row for p in refused(folder))


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (event("e", "resumes", "2020-10-12"), "nothing was suspended that could resume"),
        (event("e", "extends", "2020-10-12"), "until when it is extended is missing"),
        (event("e", "replaced_by", "2020-10-12"), "which agreement replaces it is missing"),
        (event("e", "clarifies", "2020-10-12", "agreement: ceasefire-1994"),
         "an agreement is named beside the kind 'clarifies'"),
        (event("e", "clarifies", "2020-10-01"), "the event was announced before the agreement"),
        (event("e", "expires", "2020-10-12",
               "readings: [{id: r, text: x, period: P60D, from: '1a', counting: to_the_hour, held_by: x, source: x}]"),
         "'1a' is no start of a period"),
        (event("e", "expires", "2020-10-12",
               "readings: [{id: r, text: x, period: P600Y, from: entry_into_force, counting: to_the_hour, held_by: x, source: x}]"),
         "'P600Y' is longer than a century"),
        (event("e", "expires", "2020-02-30"), "'2020-02-30' is not a day of the calendar"),
    ],
)  # fmt: skip
def test_each_thing_that_an_event_lacks_is_named(folder: Path, written: str, message: str) -> None:
    with_events(folder, written)
    assert only(folder).message == message


def test_what_an_ended_agreement_is_said_to_mean_may_come_later(folder: Path) -> None:
    with_events(
        folder,
        event("over", "terminates", "2020-10-12"),
        event("meant", "clarifies", "2020-10-20"),
        event("one", "reserves", "2020-10-20"),
    )
    mission, problems = load_mission(folder)
    assert problems == ()
    assert mission is not None


def test_too_many_rival_readings_at_once_are_refused(folder: Path) -> None:
    many = [
        event(f"e{n}", "suspends", "2020-10-12", "readings: ["
              + ", ".join(f'{{id: r{n}{k}, text: x, at: "2020-11-0{k + 1} 00:00", zone: "+04:00", held_by: x, source: x}}'
                          for k in range(4)) + "]")
        for n in range(3)
    ]  # fmt: skip
    with_events(folder, *many)
    assert only(folder).message == "128 combinations of rival readings, 64 at most can be followed"


def test_an_agreement_follows_neither_itself_nor_twice(folder: Path) -> None:
    change(folder, OTHER, "texts:", "renews: [humanitarian-truce-2020-10-18]\ntexts:")
    assert only(folder).message == "an agreement that follows itself"
    change(folder, OTHER, "[humanitarian-truce-2020-10-18]\ntexts", "[moscow-2020-10-10]\ntexts")
    change(folder, OTHER, "texts:", "replaces: [moscow-2020-10-10]\ntexts:")
    assert only(folder).message == "'moscow-2020-10-10' is both renewed and replaced"


def test_a_force_that_no_text_binds_stands_in_no_provision(folder: Path) -> None:
    change(folder, "mission.yaml", "bound_through: AM", "bound_through: AM\n    bond: associated")
    problems = refused(folder)
    assert {p.message for p in problems} == {"'NK' is associated and not bound by any text"}
    assert len(problems) == 6
    change(
        folder,
        "mission.yaml",
        "bound_through: AM\n    bond: associated",
        "bound_through: null\n    bond: bound",
    )
    assert (
        "a force that is merely named is bound through nobody, and any other through a party"
        in {p.message for p in refused(folder)}
    )


def test_check_asks_since_when_an_agreement_is_known(folder: Path) -> None:
    path = folder / "agreements" / "ceasefire-1994.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("announced:"), text.index("texts:")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(folder)])
    assert result.exit_code == 0
    assert "notice: agreements, field ceasefire-1994.announced: since when" in result.stderr
    assert "moscow" not in result.stderr


def test_what_a_kind_never_asks_for_is_told_with_the_kinds_that_do(folder: Path) -> None:
    limits = "limits: [{weapons: [tank], areas: [front]}]"
    change(
        folder,
        TRUCE,
        "areas: undefined",
        f"areas: undefined\n    {limits}\n    notice: {{to: [icrc], ahead: P500Y}}",
    )
    change(folder, TRUCE, "due: null", "due: null\n    every: P1D")
    found = {p.field: (p.message, p.advice) for p in refused(folder)}
    assert (
        found["provisions[0].limits"][0]
        == "nothing asks for limits under a provision of the kind cessation_of_fire"
    )
    assert "withdraw_weapons" in found["provisions[0].limits"][1]
    assert found["provisions[0].notice"][1] == "use a kind that does: notify_activity"
    assert found["provisions[0].notice.ahead"][0] == "'P500Y' is longer than a century"
    assert found["provisions[0].limits[0].areas[0]"][0] in {
        "'front' is not a known zone", "the limit is about the zone 'front', and the provision is not",
    }  # fmt: skip
    assert found["provisions[1].every"][0].startswith("so much in every period, and ")


def test_a_prohibition_on_what_is_not_announced_says_to_whom(folder: Path) -> None:
    change(folder, TRUCE, "kind: cessation_of_fire", "kind: notify_activity")
    assert only(folder).message == "to whom, and how long ahead is missing"


def test_limits_and_a_notice_are_read(folder: Path) -> None:
    change(
        folder,
        TRUCE,
        "kind: cessation_of_fire",
        "kind: notify_activity\n    notice: {to: [icrc], ahead: PT24H}",
    )
    mission, problems = load_mission(folder)
    assert problems == ()
    assert mission is not None
    clause = next(a for a in mission.agreements if a.id == "moscow-2020-10-10").provisions[0]
    assert isinstance(clause, Prohibition)
    assert clause.notice == Notice(to=("icrc",), ahead="PT24H")
