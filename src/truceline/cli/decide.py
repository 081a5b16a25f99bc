"""`truceline decide`: a person's answer, with four eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from truceline.cli.common import counted, json_option, mission_argument, warn
from truceline.cli.terminal import say, say_data
from truceline.model.decision import LINK_VERDICTS, Verdict
from truceline.pipeline import claims_of, gather, record_decision
from truceline.review import decide as make
from truceline.review import decision_record

if TYPE_CHECKING:
    from pathlib import Path

    from truceline.model.decision import Decision


@click.command()
@mission_argument
@click.argument("subject")
@click.option(
    "--verdict",
    type=click.Choice([verdict.value for verdict in Verdict]),
    required=True,
    help="An occurrence, or same_event / different_events for two or more claims.",
)
@click.option("--by", required=True, help="Name of the person who decides.")
@click.option("--reason", required=True, help="Why, in a sentence that the report will print.")
@json_option
def decide(
    mission: Path, subject: str, verdict: str, by: str, reason: str, *, as_json: bool
) -> None:
    """Decide about SUBJECT: an incident of an earlier run, or claims with `,` between them.

    The first call proposes; the same call by a different person approves, and only then does the
    decision count, from the next run on. It is kept in the ledger as a decision about the claims, so
    it survives re-linking.
    """
    gathered = gather(mission)
    warn(gathered.warnings)
    claims = claims_of(subject, mission, gathered)
    chosen, people = Verdict(verdict), gathered.mission.people
    if chosen in LINK_VERDICTS and len(claims) == 1:
        msg = f"{verdict} needs two or more claims"
        raise click.UsageError(msg)
    decision = record_decision(
        mission, gathered, lambda earlier: make(claims, chosen, by, reason, earlier, people)
    )
    if as_json:
        say_data(decision_record(decision))
    else:
        say(_sentence(decision))


def _sentence(decision: Decision) -> str:
    about = f"{decision.verdict} about {counted(len(decision.claims), 'claim')}"
    if decision.approves:
        return f"{decision.id}: {decision.by} approved {about}; it counts from the next run on"
    return f"{decision.id}: {decision.by} proposed {about}; it counts once another person decides the same"
