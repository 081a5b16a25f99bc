"""`truceline decide`: a person's answer, with four eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from truceline.cli.common import counted, json_option, mission_argument, warn
from truceline.cli.terminal import say, say_data
from truceline.errors import UsageError
from truceline.model.agreement import Prohibition
from truceline.model.decision import EXCEPTION_VERDICTS, LINK_VERDICTS, Reasons, Verdict
from truceline.pipeline import claims_of, gather, record_decision
from truceline.review import decide as make
from truceline.review import decision_record
from truceline.terms.sides import sides_named

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
    help="An occurrence; same_event or different_events for two or more claims; mirror for claims of two incidents; permitted_by_exception or exception_rejected under a provision.",
)
@click.option(
    "--provision", help="AGREEMENT/PROVISION, where it is about an exception that is invoked."
)
@click.option("--by", required=True, help="Name of the person who decides.")
@click.option("--reason", required=True, help="Why, in a sentence that the report will print.")
@click.option(
    "--attribution", default="", help="Why, about who acted; kept in the ledger, printed nowhere."
)
@click.option("--names", help="The party whose name may leave the mission (once it acknowledged).")
@json_option
def decide(mission: Path, subject: str, *, as_json: bool, **said: str) -> None:
    """Decide about SUBJECT: an incident of an earlier run, or claims with `,` between them.

    The first call proposes; the same call by a different person approves, and only then does the
    decision count, from the next run on. It is kept in the ledger as a decision about the claims, so
    it survives re-linking. `confirmed`, and the name of a party, leave the mission only with it.
    """
    gathered = gather(mission)
    warn(gathered.warnings)
    claims = claims_of(subject, mission, gathered)
    chosen, people = Verdict(said["verdict"]), gathered.mission.people
    _under(chosen, said["provision"], gathered.mission)
    if chosen in LINK_VERDICTS and len(claims) == 1:
        msg = f"{chosen} needs two or more claims"
        raise click.UsageError(msg)
    words = _reasons(said, gathered.mission)
    decision = record_decision(
        mission, gathered, lambda earlier: make(claims, chosen, said["by"], words, earlier, people)
    )
    if as_json:
        say_data(decision_record(decision))
    else:
        say(_sentence(decision))


def _under(verdict: Verdict, provision: str | None, mission: Mission) -> None:
    """Refuse an answer about an exception under no provision, or under one that knows none."""
    if verdict not in EXCEPTION_VERDICTS:
        if provision:
            raise UsageError(
                f"{verdict} is no answer about a provision",
                "leave --provision out, or decide permitted_by_exception or exception_rejected",
            )
        return
    known = [
        f"{agreement.id}/{p.id}"
        for agreement in mission.agreements
        for p in agreement.provisions
        if isinstance(p, Prohibition) and (p.exceptions or agreement.exceptions_to(p))
    ]
    if provision not in known:
        said = (
            f"{provision!r} is no prohibition with an exception"
            if provision
            else "under which provision?"
        )
        advice = (
            f"give --provision, one of {', '.join(known)}"
            if known
            else "no terms of this mission name an exception"
        )
        raise UsageError(said, advice)


def _reasons(said: Mapping[str, str], mission: Mission) -> Reasons:
    """Take the words apart; what is about who acted has a field of its own where the mandate withholds it."""
    names = said["names"] or None
    if names is not None and names not in mission.side_ids:
        raise UsageError(
            f"{names!r} is no side of this mission", f"use {', '.join(mission.side_ids)}"
        )
    told = set(sides_named(said["reason"], mission)) - {names}
    if mission.withholds and told:
        raise UsageError(
            f"--reason names a side ({', '.join(sorted(told))}), and the mandate withholds who acted",
            "say what happened in --reason, and who acted in --attribution",
        )
    return Reasons(occurrence=said["reason"], attribution=said["attribution"], names=names,
                   provision=said["provision"] or None)  # fmt: skip


def _sentence(decision: Decision) -> str:
    about = f"{decision.verdict} about {counted(len(decision.claims), 'claim')}"
    if decision.provision:
        about += f" under {decision.provision}"
    if decision.names:
        about += f", and the name of {decision.names},"
    if decision.approves:
        return f"{decision.id}: {decision.by} approved {about}; it counts from the next run on"
    return f"{decision.id}: {decision.by} proposed {about}; it counts once another person decides the same"
