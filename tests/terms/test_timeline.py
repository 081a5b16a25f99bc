"""Agreements over time: what is in force, when things are due, and what does not exist before it is announced."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import OLD, TRUCE, mission
from tests.terms.conftest import DEMO
from truceline.cli import main
from truceline.judge.terms_at import AgreementAt, terms_at
from truceline.model.agreement import (
    Agreement,
    Announcement,
    Deadline,
    Event,
    EventKind,
    Reading,
)
from truceline.model.place_time import Answer
from truceline.terms import open_mission
from truceline.terms.timeline import courses

if TYPE_CHECKING:
    from truceline.model.mission import Mission

NOON = datetime(2020, 10, 10, 8, tzinfo=UTC)
DAY = timedelta(days=1)
YES, NO, OPEN = Answer.YES, Answer.NO, Answer.CANNOT_TELL
ENTRY = replace(TRUCE.readings[0], instant=NOON)
PLAIN = replace(TRUCE, readings=(ENTRY,))


def said(day: float) -> Announcement:
    """Announce something so many days after the entry into force."""
    return Announcement(
        instant=NOON + day * DAY, text="", by="somebody", source="fiction", document=False
    )


def moment(day: float, name: str = "a") -> Deadline:
    """Read an event as of so many days after the entry into force."""
    return Deadline(
        id=name, text=name, zone="UTC", instant=NOON + day * DAY, period=None,
        held_by="somebody", source="fiction",
    )  # fmt: skip


def event(kind: EventKind, *days: float, known: float = 0, on: tuple[str, ...] = ()) -> Event:
    """Make an event with a reading at each of some days."""
    readings = tuple(moment(day, f"r{n}") for n, day in enumerate(days))
    name = f"{kind}-{known:g}-{'-'.join(f'{d:g}' for d in days)}"
    return Event(
        id=name, kind=kind, text="", announced=said(known), provisions=on, readings=readings
    )


def of(*agreements: Agreement) -> Mission:
    """Make a mission of agreements."""
    return replace(mission(), agreements=agreements)


def at(day: float, *events: Event, base: Agreement = PLAIN) -> Answer:
    """Answer whether a truce with events is in force so many days after its entry."""
    (found,) = terms_at(of(replace(base, events=events)), NOON + day * DAY)
    return found.in_force


def provision(found: AgreementAt, wanted: str) -> Answer:
    """Give the answer of one provision."""
    return next(p.in_force for p in found.provisions if p.provision.id == wanted)


def test_without_an_end_nothing_ends() -> None:
    assert [at(day) for day in (-1, 0, 1, 4000)] == [NO, YES, YES, YES]


def test_an_expiry_ends_and_an_extension_moves_the_end() -> None:
    end = event(EventKind.EXPIRES, 10)
    longer = event(EventKind.EXTENDS, 20, known=8)
    assert [at(day, end) for day in (9, 10, 15)] == [YES, NO, NO]
    assert [at(day, end, longer) for day in (9, 10, 19, 20)] == [YES, YES, YES, NO]


def test_an_extension_of_what_has_no_end_makes_none() -> None:
    assert at(30, event(EventKind.EXTENDS, 20)) is YES


def test_a_suspension_lasts_until_the_resumption() -> None:
    events = (event(EventKind.SUSPENDS, 2), event(EventKind.RESUMES, 4))
    assert [at(day, *events) for day in (1, 2, 3, 4, 5)] == [YES, NO, NO, YES, YES]


def test_an_end_is_for_good() -> None:
    events = (
        event(EventKind.TERMINATES, 2),
        event(EventKind.SUSPENDS, 1),
        event(EventKind.RESUMES, 5),
    )
    assert [at(day, *events) for day in (0, 1, 3, 6)] == [YES, NO, NO, NO]


def test_a_denunciation_leaves_open_what_is_in_force() -> None:
    (found,) = terms_at(
        of(replace(PLAIN, events=(event(EventKind.DENOUNCES, known=3),))), NOON + 5 * DAY
    )
    assert found.in_force is OPEN
    assert found.answers[0].sentence == "2 days after the denunciation by somebody (local)"


def test_words_about_a_text_change_nothing_in_force() -> None:
    assert at(5, event(EventKind.CLARIFIES, known=1), event(EventKind.RESERVES, known=2)) is YES


def test_rival_readings_of_an_end_are_both_followed() -> None:
    truce = replace(PLAIN, events=(event(EventKind.EXPIRES, 10, 11),))
    assert [at(day, *truce.events) for day in (9, 10.5, 12)] == [YES, OPEN, NO]
    found = courses(truce, of(truce))
    assert [course.reading for course in found] == ["r0", "r1"]


def test_one_instant_in_two_zones_is_one_reading() -> None:
    other = replace(ENTRY, id="capital", zone="UTC")
    truce = replace(PLAIN, readings=(ENTRY, other), events=(event(EventKind.EXPIRES, 10, 10),))
    assert len(courses(truce, of(truce))) == 1


def test_an_event_touches_only_what_it_names() -> None:
    truce = replace(PLAIN, events=(event(EventKind.TERMINATES, 2, on=("1a",)),))
    (found,) = terms_at(of(truce), NOON + 3 * DAY)
    assert (found.in_force, provision(found, "1"), provision(found, "1a")) == (YES, YES, NO)


def test_a_provision_may_enter_later() -> None:
    truce = replace(PLAIN, events=(event(EventKind.ENTERS_INTO_FORCE, 4, on=("1a",)),))
    (found,) = terms_at(of(truce), NOON + 3 * DAY)
    assert (provision(found, "1"), provision(found, "1a")) == (YES, NO)
    (found,) = terms_at(of(truce), NOON + 4 * DAY)
    assert provision(found, "1a") is YES


def later(**fields: object) -> Agreement:
    """Make an agreement that enters ten days after the first."""
    entry = replace(ENTRY, id="later", instant=NOON + 10 * DAY)
    return replace(PLAIN, id="later", readings=(entry,), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "answer"),
    [({}, OPEN), ({"renews": ("truce",)}, YES), ({"replaces": ("truce",)}, NO)],
)
def test_a_later_agreement_says_or_does_not_say_what_becomes_of_the_older(
    fields: dict[str, object], answer: Answer
) -> None:
    both = of(PLAIN, later(**fields))
    before, after = terms_at(both, NOON + 9 * DAY), terms_at(both, NOON + 11 * DAY)
    assert [a.in_force for a in before] == [YES, NO]
    assert [a.in_force for a in after] == [answer, YES]
    assert after[1].silent_about == (() if fields else ("truce",))


def test_what_an_event_replaces_ends_with_the_entry_of_the_other() -> None:
    over = replace(event(EventKind.REPLACED_BY, known=8), agreement="later")
    both = of(replace(PLAIN, events=(over,)), later())
    assert [terms_at(both, NOON + day * DAY)[0].in_force for day in (9, 10)] == [YES, NO]
    assert terms_at(both, NOON + 10 * DAY)[1].silent_about == ()


def test_a_renewal_takes_away_the_doubt_that_a_silence_left() -> None:
    third = replace(later(renews=("truce",)), id="third")
    third = replace(third, readings=(replace(third.readings[0], instant=NOON + 20 * DAY),))
    found = terms_at(of(PLAIN, later(), third), NOON + 15 * DAY)
    assert found[0].in_force is OPEN
    assert terms_at(of(PLAIN, later(), third), NOON + 25 * DAY)[0].in_force is YES


def test_an_agreement_between_others_leaves_the_older_alone() -> None:
    assert terms_at(of(PLAIN, later(parties=("XX",))), NOON + 11 * DAY)[0].in_force is YES


DAYS = st.integers(-3, 30).map(float)
KINDS = st.sampled_from([
    EventKind.SUSPENDS, EventKind.RESUMES, EventKind.TERMINATES, EventKind.DENOUNCES,
    EventKind.EXPIRES, EventKind.EXTENDS, EventKind.CLARIFIES,
])  # fmt: skip
EVENTS = st.lists(
    st.builds(lambda kind, day, known: event(kind, day, known=known), KINDS, DAYS, DAYS),
    max_size=6, unique_by=lambda e: e.id,
)  # fmt: skip


def expected(events: list[Event], day: float) -> Answer:
    """Say what is in force by looking at each event apart."""
    now = NOON + day * DAY
    known = [e for e in events if e.announced.instant <= now]
    past = [e for e in known if e.readings[0].instant and e.readings[0].instant <= now]
    kinds = {e.kind for e in past}
    ends = [e for e in known if e.kind is EventKind.EXPIRES]
    if ends:
        moved = [e for e in known if e.kind in {EventKind.EXPIRES, EventKind.EXTENDS}]
        last = max(
            moved, key=lambda e: (e.announced.instant, e.kind is EventKind.EXTENDS, e.id)
        ).readings[0]
        if last.instant and last.instant <= now:
            return NO
    pauses = [e for e in past if e.kind in {EventKind.SUSPENDS, EventKind.RESUMES}]
    newest = max(
        pauses, key=lambda e: (e.readings[0].instant, e.kind is EventKind.SUSPENDS), default=None
    )
    paused = newest is not None and newest.kind is EventKind.SUSPENDS
    if now < NOON or EventKind.TERMINATES in kinds or paused:
        return NO
    return OPEN if EventKind.DENOUNCES in kinds else YES


@given(EVENTS, DAYS)
def test_the_calculus_is_what_each_event_says(events: list[Event], day: float) -> None:
    assert at(day, *events) is expected(events, day)


@given(EVENTS, DAYS, DAYS)
def test_what_is_announced_later_changes_no_earlier_answer(
    events: list[Event], day: float, known: float
) -> None:
    now = NOON + min(day, known) * DAY
    late = [e for e in events if e.announced.instant > now]
    early = [e for e in events if e not in late]
    whole, part = (of(replace(PLAIN, events=tuple(es))) for es in (events, early))
    assert terms_at(whole, now) == terms_at(part, now)


@given(st.lists(DAYS, min_size=1, max_size=3, unique=True), DAYS)
def test_an_extension_with_the_same_end_changes_nothing(ends: list[float], day: float) -> None:
    end = event(EventKind.EXPIRES, *ends, known=-5)
    same = event(EventKind.EXTENDS, *ends, known=-4)
    assert at(day, end, same) is at(day, end)


@given(st.lists(DAYS, min_size=1, max_size=3, unique=True), DAYS)
def test_rival_readings_never_disappear(entries: list[float], day: float) -> None:
    readings = tuple(
        Reading(id=f"r{n}", text="", zone="", instant=NOON + d * DAY, held_by="", source="")
        for n, d in enumerate(entries)
    )
    (found,) = terms_at(of(replace(PLAIN, readings=readings)), NOON + day * DAY)
    assert [a.reading for a in found.answers] == [r.id for r in readings]
    assert [a.in_force for a in found.answers] == [YES if d <= day else NO for d in entries]


def told(*words: str) -> dict[str, dict[str, object]]:
    """Ask the command and give the agreements by id."""
    result = CliRunner().invoke(main, ["terms", str(DEMO), *words, "--json"])
    assert result.exit_code == 0, result.stderr
    return {record["id"]: record for record in json.loads(result.stdout)["agreements"]}


def test_before_its_announcement_an_agreement_does_not_exist() -> None:
    assert list(told("--at", "2020-09-27")) == ["ceasefire-1994"]
    assert told("--at", "2020-09-27")["ceasefire-1994"]["in_force"] == "yes"
    assert "moscow-2020-10-10" not in told("--at", "2020-10-10T02:59+03:00")
    assert told("--at", "2020-10-10T03:00+03:00")["moscow-2020-10-10"]["in_force"] == "no"


def test_in_december_nobody_can_tell_whether_the_truces_of_october_go_on() -> None:
    found = told("--at", "2020-12-11")
    assert {name: record["in_force"] for name, record in found.items()} == {
        "ceasefire-1994": "cannot_tell", "moscow-2020-10-10": "cannot_tell",
        "humanitarian-truce-2020-10-18": "cannot_tell", "washington-2020-10-25": "cannot_tell",
        "geneva-2020-10-30": "cannot_tell", "trilateral-2020-11-10": "yes",
    }  # fmt: skip
    assert len(found["washington-2020-10-25"]["answers"]) == 1  # type: ignore[arg-type]


def test_the_return_of_kelbajar_moves_when_it_was_announced() -> None:
    def kelbajar(day: str) -> tuple[list[str], bool]:
        provisions = told("--at", day)["trilateral-2020-11-10"]["provisions"]
        found = next(p for p in provisions if p["id"] == "6")  # type: ignore[attr-defined]
        return [reading["instant"] for reading in found["due"]], found["amended"]

    assert kelbajar("2020-11-15T12:00+04:00") == (["2020-11-15T20:00:00Z"], False)
    assert kelbajar("2020-11-16") == (["2020-11-25T20:00:00Z"], True)


def test_the_words_say_why_and_what_is_open() -> None:
    result = CliRunner().invoke(main, ["terms", str(DEMO), "--at", "2020-12-11"])
    assert "due 26 Nov 2020, 00:00 UTC+4, moved by kelbajar-moved, past" in result.stdout
    assert "announced 2020-11-15 by Azerbaijan, no document)" in result.stdout
    assert (
        "cannot tell: 30 days after the entry into force of trilateral-2020-11-10, which does not say "
        "whether it goes on (local)" in result.stdout
    )
    none = CliRunner().invoke(main, ["terms", str(DEMO), "--at", "1990-01-01"])
    assert none.exit_code == 0
    assert "no agreement had been announced by then" in none.stdout


@pytest.mark.parametrize("wrong", ["soon", "2020-10-10T12:00", "3020-01-01"])
def test_an_instant_that_is_none_is_refused(wrong: str) -> None:
    result = CliRunner().invoke(main, ["terms", str(DEMO), "--at", wrong])
    assert result.exit_code == 2
    assert "is no instant" in result.stderr


def test_without_an_instant_everything_announced_counts() -> None:
    assert list(told()) == [a.id for a in open_mission(DEMO)[0].agreements]


def test_an_agreement_without_an_announcement_always_stands() -> None:
    assert [a.agreement.id for a in terms_at(of(OLD, TRUCE), NOON - 900 * DAY)] == ["old", "truce"]
