"""`truceline decide`: a person's answer, with four eyes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from truceline.cli.answers import factors_of, under
from truceline.cli.common import counted, json_option, mission_argument, warn
from truceline.cli.subjects import claims_of
from truceline.cli.terminal import say, say_data
from truceline.errors import UsageError
from truceline.model.agreement import Obligation
from truceline.model.decision import (
    LINK_VERDICTS,
    OBLIGATION_VERDICTS,
    Reasons,
    Verdict,
)
from truceline.model.place_time import utc_text
from truceline.pipeline import gather, record_decision
from truceline.review import decide as make
from truceline.review import decision_record
from truceline.terms import asked_instant
from truceline.terms.sides import bound_by, sides_named
from truceline.terms.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from truceline.model.decision import Decision
    from truceline.model.mission import Mission


@click.command()
@mission_argument
@click.argument("subject")
@click.option(
    "--verdict",
    type=click.Choice([verdict.value for verdict in Verdict]),
    required=True,
    help="An occurrence; same_event or different_events for two or more claims; mirror for claims of two incidents; permitted_by_exception or exception_rejected under a provision; six_factors of a statement under a provision on hostile rhetoric; unmask to show the names of private people in claims, mask to hide them again.",
)
@click.option(
    "--provision",
    help="AGREEMENT/PROVISION, where it is about an exception that is invoked, or about hostile rhetoric.",
)
@click.option("--by", required=True, help="Name of the person who decides.")
@click.option("--reason", required=True, help="Why, in a sentence that the report will print.")
@click.option(
    "--attribution", default="", help="Why, about who acted; kept in the ledger, printed nowhere."
)
@click.option("--names", help="The party whose name may leave the mission (once it acknowledged).")
@click.option(
    "--at",
    metavar="INSTANT",
    help="Of an obligation: since when it stands so; a date (its 00:00 mission time) or a time with its zone.",
)
@click.option(
    "--factors",
    metavar="F=A,...",
    help="Of hostile rhetoric: met, not_met or open for each of context, speaker, intent, content, extent, likelihood.",
)
@json_option
def decide(mission: Path, subject: str, *, as_json: bool, **said: str) -> None:
    """Decide about SUBJECT: an incident of an earlier run, claims with `,` between them, or AGREEMENT/PROVISION.

    The first call proposes; the same call by a different person approves, and only then does the
    decision count, from the next run on. It is kept in the ledger as a decision about the claims, so
    it survives re-linking. `confirmed`, and the name of a party, leave the mission only with it.
    An obligation (AGREEMENT/PROVISION) is fulfilled, partly_fulfilled, not_fulfilled, disputed or
    waived_or_amended --at an instant; reports as of earlier ones do not change.
    """
    gathered = gather(mission)
    warn(gathered.warnings)
    chosen, people = Verdict(said["verdict"]), gathered.mission.people
    duty = _duty(subject, chosen, gathered.mission)
    under(chosen, said["provision"], gathered.mission)
    claims = () if duty else claims_of(subject, mission, gathered)
    if chosen in LINK_VERDICTS and len(claims) == 1:
        msg = f"{chosen} needs two or more claims"
        raise click.UsageError(msg)
    words = replace(
        _reasons(said, gathered.mission, bound_by(duty, gathered.mission)),
        factors=factors_of(chosen, said["factors"]),
    )
    if duty:
        words = replace(words, provision=duty, at=_since(said["at"], gathered.mission))
    elif said["at"]:
        raise UsageError(
            "--at is for obligations alone", "leave it out, or name AGREEMENT/PROVISION"
        )
    decision = record_decision(
        mission, gathered, lambda earlier: make(claims, chosen, said["by"], words, earlier, people)
    )
    if as_json:
        say_data(decision_record(decision))
    else:
        say(_sentence(decision))


def _duty(subject: str, verdict: Verdict, mission: Mission) -> str | None:
    """Give the obligation that the subject names, None where it names none; both or neither must be about one."""
    known = [
        f"{agreement.id}/{p.id}"
        for agreement in mission.agreements
        for p in agreement.provisions
        if isinstance(p, Obligation)
    ]
    if verdict in OBLIGATION_VERDICTS and subject not in known:
        raise UsageError(
            f"{subject!r} is no obligation, and {verdict} is an answer about one",
            f"{did_you_mean(subject, known)}"
            if known
            else "no terms of this mission name an obligation",
        )
    if subject in known and verdict not in OBLIGATION_VERDICTS:
        words = ", ".join(v for v in Verdict if v in OBLIGATION_VERDICTS)
        raise UsageError(f"{verdict} is no answer about the obligation {subject}", f"use {words}")
    return subject if subject in known else None


def _since(text: str | None, mission: Mission) -> str:
    if not text:
        raise UsageError(
            "since when does the obligation stand so?", f"give --at, such as {mission.report_from}"
        )
    return utc_text(asked_instant(text, mission, "instant"))


def _reasons(said: Mapping[str, str], mission: Mission, named: frozenset[str]) -> Reasons:
    """Take the words apart; what is about who acted has a field of its own where the mandate withholds it.

    Of an obligation those may be named (`named`) whom its own text names.
    """
    names = said["names"] or None
    if names is not None and names not in mission.side_ids:
        raise UsageError(
            f"{names!r} is no side of this mission", f"use {', '.join(mission.side_ids)}"
        )
    told = set(sides_named(said["reason"], mission)) - {names} - named
    if mission.withholds and told:
        raise UsageError(
            f"--reason names a side ({', '.join(sorted(told))}), and the mandate withholds who acted",
            "say what happened in --reason, and who acted in --attribution",
        )
    return Reasons(occurrence=said["reason"], attribution=said["attribution"], names=names,
                   provision=said["provision"] or None)  # fmt: skip


def _sentence(decision: Decision) -> str:
    about = f"{decision.verdict} about {counted(len(decision.claims), 'claim')}"
    if decision.at:
        about = f"{decision.verdict} of {decision.provision} since {decision.at}"
    elif decision.provision:
        about += f" under {decision.provision}"
    if decision.names:
        about += f", and the name of {decision.names},"
    if decision.approves:
        return f"{decision.id}: {decision.by} approved {about}; it counts from the next run on"
    return f"{decision.id}: {decision.by} proposed {about}; it counts once another person decides the same"
