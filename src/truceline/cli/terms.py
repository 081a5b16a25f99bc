"""`truceline terms` says what the agreements of a mission say at an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from truceline.cli.common import json_option, mission_argument
from truceline.cli.terminal import say, say_data
from truceline.judge.terms_at import terms_at
from truceline.model.agreement import ExceptionClause, Obligation, Prohibition, Undertaking
from truceline.model.judgement import ObligationState
from truceline.model.place_time import Answer, utc_text
from truceline.report.words import moment, words_of
from truceline.terms import asked_instant, known_at, open_mission

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from truceline.judge.terms_at import AgreementAt, ProvisionAt
    from truceline.model.agreement import Agreement, Event, Provision
    from truceline.model.judgement import ForceAnswer
    from truceline.model.mission import Body, Mission

_CLASSES = {
    Prohibition: "prohibition", Obligation: "obligation", Undertaking: "undertaking",
    ExceptionClause: "exception",
}  # fmt: skip
_SAID = {Answer.YES: "in force", Answer.NO: "not in force", Answer.CANNOT_TELL: "cannot tell"}


@click.command()
@mission_argument
@click.option(
    "--at",
    "asked",
    metavar="INSTANT",
    help="The instant: a date (its 00:00 mission time) or a time with its zone. What was announced later does "
    "not exist then. Without it, the last instant at which anything was announced, began or ended.",
)
@json_option
def terms(mission: Path, asked: str | None, *, as_json: bool) -> None:
    """Say what the agreements of MISSION say at an instant: in force, due and open, under every reading."""
    loaded, _ = open_mission(mission)
    at = asked_instant(asked, loaded, "instant") if asked else _last(loaded)
    found, bodies = terms_at(loaded, at), known_at(loaded, at).bodies
    if as_json:
        say_data({
            "mission": loaded.id, "at": utc_text(at),
            "bodies": [_body(body) for body in bodies],
            "agreements": [_agreement(one) for one in found],
        })  # fmt: skip
        return
    when = f"{moment(at, loaded.zone)} ({utc_text(at)})"
    say(f"{loaded.id} at {when}, by what was announced until then")
    for body in bodies:
        seat = f", seat {body.seat}" if body.seat else ""
        may = f"; may {', '.join(body.powers)}" if body.powers else ""
        say(f"  {body.name} ({body.id}): {', '.join(body.members)}{seat}{may}")
    for one in found:
        for line in _lines(one, loaded):
            say(line)
    if not found:
        say("  no agreement had been announced by then")


def _last(mission: Mission) -> datetime:
    """Give the last instant at which anything is announced, or read to begin or end."""
    return max(
        [r.instant for a in mission.agreements for r in a.readings]
        + [e.announced.instant for a in mission.agreements for e in a.events]
        + [a.announced.instant for a in mission.agreements if a.announced]
        + [
            r.instant
            for a in mission.agreements for e in a.events for r in e.readings if r.instant
        ]
    )  # fmt: skip


def _lines(one: AgreementAt, mission: Mission) -> Iterator[str]:
    agreement = one.agreement
    yield ""
    yield f"{agreement.id}: {_SAID[one.in_force]}"
    yield f"  {agreement.title}"
    for answer in one.answers:
        yield f"  {_SAID[answer.in_force]}: {answer.sentence}"
    for event in agreement.events:
        yield f"  {_event_line(event)}"
    for found in one.provisions:
        yield from _provision_lines(found, one, mission)
    opened = [f"{a.about}: {a.text}" for a in agreement.ambiguities]
    opened += [
        f"older agreements: the text does not say whether {other} goes on beside it"
        for other in one.silent_about
    ]
    for text in opened:
        yield f"  open: {text}"


def _event_line(event: Event) -> str:
    touched = f" {', '.join(event.provisions)}" if event.provisions else ""
    proof = "" if event.announced.document else ", no document"
    said = event.announced
    return f"{words_of(event.kind)}{touched} ({event.id}, announced {said.text} by {said.by}{proof}): {event.text}"


def _provision_lines(found: ProvisionAt, one: AgreementAt, mission: Mission) -> Iterator[str]:
    provision = found.provision
    head = f"  {provision.id:<4} {_CLASSES[type(provision)]:<11} "
    same = found.in_force is one.in_force
    said = "" if same else f"{_SAID[found.in_force]}; "
    yield f"{head} {said}{_due(found, mission)}{provision.title}"
    if not same:
        for answer in found.answers:
            yield f"       {_SAID[answer.in_force]}: {answer.sentence}"


def _due(found: ProvisionAt, mission: Mission) -> str:
    if found.state is None or found.due is None:
        return ""
    told = [
        f"{deadline.text} ({deadline.id})" if at is None else moment(at, mission.zone)
        for deadline, at in found.due.readings
    ]
    moved = f", moved by {found.due.moved_by.id}" if found.due.moved_by else ""
    past = "" if found.state is ObligationState.NOT_DUE else ", past"
    return f"due {' or '.join(told)}{moved}{past}; "


def _agreement(one: AgreementAt) -> dict[str, object]:
    agreement = one.agreement
    return {
        "id": agreement.id, "title": agreement.title, "in_force": one.in_force.value,
        "announced": utc_text(agreement.announced.instant) if agreement.announced else None,
        "answers": _answers(one.answers),
        "events": [_event(event) for event in agreement.events],
        "provisions": [_provision(found) for found in one.provisions],
        "open": _open(agreement), "silent_about": list(one.silent_about),
    }  # fmt: skip


def _body(body: Body) -> dict[str, object]:
    return {
        "id": body.id, "name": body.name, "members": list(body.members), "seat": body.seat,
        "powers": [power.value for power in body.powers],
    }  # fmt: skip


def _open(agreement: Agreement) -> list[dict[str, str]]:
    return [{"id": a.id, "about": a.about, "text": a.text} for a in agreement.ambiguities]


def _answers(answers: tuple[ForceAnswer, ...]) -> list[dict[str, str]]:
    return [
        {"reading": a.reading, "in_force": a.in_force.value, "sentence": a.sentence}
        for a in answers
    ]  # fmt: skip


def _event(event: Event) -> dict[str, object]:
    return {
        "id": event.id, "kind": event.kind.value, "text": event.text,
        "announced": utc_text(event.announced.instant), "by": event.announced.by,
        "document": event.announced.document, "provisions": list(event.provisions),
    }  # fmt: skip


def _provision(found: ProvisionAt) -> dict[str, object]:
    provision: Provision = found.provision
    due = found.due
    return {
        "id": provision.id, "class": _CLASSES[type(provision)], "kind": provision.kind.value,
        "title": provision.title, "in_force": found.in_force.value,
        "answers": _answers(found.answers),
        "intervals": [
            {"reading": s.reading, "in_force": s.in_force.value, "from": utc_text(s.since),
             "until": utc_text(s.until) if s.until else None}
            for s in found.stretches
        ],
        "due": [
            {"reading": d.id, "text": d.text, "held_by": d.held_by, "instant": utc_text(at) if at else None}
            for d, at in (due.readings if due else ())
        ],
        "amended": bool(due and due.moved_by),
        "moved_by": due.moved_by.id if due and due.moved_by else None,
        "state": found.state.value if found.state else None,
        "prevents": list(provision.prevents) if isinstance(provision, Obligation) else [],
    }  # fmt: skip
