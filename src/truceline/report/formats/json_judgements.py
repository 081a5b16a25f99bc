"""judgements.json: every judgement as plain values, told apart by its field `judgement`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.judgement import (
    AgreementOutcome,
    Classification,
    ObligationStanding,
    Standing,
)
from truceline.model.place_time import utc_text

if TYPE_CHECKING:
    from truceline.model.coverage import Barred
    from truceline.model.judgement import (
        Account,
        Criterion,
        ForceAnswer,
        Judgement,
        PeriodCount,
        PersonList,
        Position,
    )
    from truceline.model.report import Assessment
    from truceline.report.formats.json_files import Shape


def judgements(assessment: Assessment) -> list[Shape]:
    """Every judgement, told apart by its field `judgement`."""
    return [_judgement(judgement) for judgement in assessment.judgements]


def _judgement(judgement: Judgement) -> Shape:
    match judgement:
        case Classification():
            return _classification(judgement)
        case Standing():
            return _standing(judgement)
        case AgreementOutcome():
            return {
                "judgement": "agreement", "provision": judgement.provision,
                "violence": _criterion(judgement.violence),
                "purpose": _criterion(judgement.purpose),
            }  # fmt: skip
        case ObligationStanding():
            return {
                "judgement": "obligation", "provision": judgement.provision,
                "state": judgement.state.value, "tracked_only": judgement.tracked_only,
                "claims": list(judgement.claims), "sentence": judgement.sentence,
                "amended": judgement.amended, "since": utc_text(judgement.since) if judgement.since else None,
                "late": judgement.late, "decision": judgement.decision,
                "positions": [_position(p) for p in judgement.positions],
                "accounts": [_account(a) for a in judgement.accounts],
                "lists": [_list(found) for found in judgement.lists],
                "periods": [_period(found) for found in judgement.periods],
                "restrictions": [_barred(found) for found in judgement.restrictions],
                "acts": [
                    {"force": a.force, "classification": a.classification.value, "count": a.count}
                    for a in judgement.acts
                ],
            }  # fmt: skip


def _criterion(found: Criterion) -> Shape:
    outcome = found.outcome.value if found.outcome else None
    return {"outcome": outcome, "sentence": found.sentence}


def _position(said: Position) -> Shape:
    return {
        "role": said.role.value, "who": said.who, "debtors": list(said.debtors),
        "progress": said.progress.value, "basis": said.basis.value, "claim": said.claim,
        "at": utc_text(said.at), "published": utc_text(said.published),
    }  # fmt: skip


def _list(found: PersonList) -> Shape:
    return {
        "unit": found.unit.value, "status": found.status.value, "giver": found.giver,
        "recipient": found.recipient, "on_all": found.on_all,
        "counts": [{"by": who, "persons": number} for who, number in found.counts],
    }  # fmt: skip


def _period(found: PeriodCount) -> Shape:
    return {
        "start": utc_text(found.start), "end": utc_text(found.end), "owed": found.owed,
        "over": found.over,
        "counts": [{"by": who, "value": number} for who, number in found.counts],
    }  # fmt: skip


def _barred(found: Barred) -> Shape:
    return {
        "by": found.by, "class": found.kind.value, "count": found.count, "hours": found.hours,
    }  # fmt: skip


def _account(found: Account) -> Shape:
    return {
        "unit": found.unit.value, "giver": found.giver, "recipient": found.recipient,
        "counts": [
            {
                "by": c.by, "value": c.value, "extent": c.extent.value, "handovers": c.handovers,
                "as_of": utc_text(c.as_of), "claims": list(c.claims),
            }
            for c in found.counts
        ],
        "difference": found.difference,
    }  # fmt: skip


def _classification(found: Classification) -> Shape:
    return {
        "judgement": "classification", "provision": found.provision, "incident": found.incident,
        "classification": found.classification.value, "after_entry": found.after_entry.value,
        "answers": [_answer(answer) for answer in found.answers], "reasons": list(found.reasons),
    }  # fmt: skip


def _answer(answer: ForceAnswer) -> Shape:
    return {
        "agreement": answer.agreement, "reading": answer.reading,
        "in_force": answer.in_force.value, "sentence": answer.sentence,
    }  # fmt: skip


def _standing(found: Standing) -> Shape:
    return {
        "judgement": "standing", "provision": found.provision, "zone": found.zone,
        "day": found.day.isoformat(),
        "standing": found.standing.value, "effective_fraction": found.effective_fraction,
        "hours": found.hours,
        "deficits": [{"causes": list(d.causes), "share": d.share} for d in found.deficits],
        "counting_rule": found.counting_rule,
        "tallies": [{"occurrence": t.occurrence.value, "count": t.count} for t in found.tallies],
        "recorded": [
            {"classification": r.classification.value, "count": r.count} for r in found.recorded
        ],
        "uncertain": found.uncertain, "contested": found.contested,
        "restrictions": [_barred(bar) for bar in found.restrictions],
        "counted": list(found.counted), "sentence": found.sentence,
    }  # fmt: skip
