"""Held, held partly, broken or cannot tell, per agreement, by two criteria: did violence stop, and was its purpose served."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from truceline.model.coverage import CoverageVerdict
from truceline.model.judgement import (
    WHOLE,
    AgreementOutcome,
    Criterion,
    ObligationStanding,
    ObligationState,
    Outcome,
    Standing,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from truceline.model.judgement import Judgement

_KEPT = frozenset({ObligationState.FULFILLED, ObligationState.WAIVED_OR_AMENDED})


def outcomes(judgements: Iterable[Judgement]) -> Iterator[AgreementOutcome]:
    """Give each agreement's outcome by both criteria, from its standings and its obligations."""
    days: dict[str, list[Standing]] = defaultdict(list)
    duties: dict[str, list[ObligationStanding]] = defaultdict(list)
    for judgement in judgements:
        agreement = judgement.provision.partition("/")[0]
        if isinstance(judgement, Standing):
            days[agreement].append(judgement)
        elif isinstance(judgement, ObligationStanding) and not judgement.tracked_only:
            duties[agreement].append(judgement)
    for agreement in sorted({*days, *duties}):
        yield AgreementOutcome(
            provision=f"{agreement}/{WHOLE}",
            violence=_violence(days[agreement]),
            purpose=_purpose(duties[agreement]),
        )


def _violence(days: list[Standing]) -> Criterion:
    """By zone-days of all prohibitions: broken where none is known to have held, held only where all are."""
    found = Counter(d.standing for d in days)
    hits = found[CoverageVerdict.VIOLATIONS_RECORDED]
    quiet = found[CoverageVerdict.OBSERVED_NONE_RECORDED]
    if not days:
        return Criterion(outcome=None, sentence="no prohibition was in force on a reported day")
    if hits:
        outcome = Outcome.HELD_PARTLY if quiet else Outcome.BROKEN
    else:
        outcome = Outcome.HELD if quiet == len(days) else Outcome.CANNOT_TELL
    unknown = len(days) - hits - quiet
    return Criterion(
        outcome=outcome,
        sentence=f"of {len(days)} days of a provision in a zone, {hits} with violations recorded, "
        f"{quiet} observed with none, {unknown} of which nobody can tell",
    )


def _purpose(duties: list[ObligationStanding]) -> Criterion:
    """By obligations: held where all are fulfilled, broken where some are overdue and none is kept, partly between."""
    if not duties:
        return Criterion(outcome=None, sentence="the text names no obligation")
    found = Counter(d.state for d in duties)
    kept = sum(found[state] for state in _KEPT)
    partly, overdue = found[ObligationState.PARTLY_FULFILLED], found[ObligationState.OVERDUE]
    if kept == len(duties):
        outcome = Outcome.HELD
    elif kept or partly:
        outcome = Outcome.HELD_PARTLY
    else:
        outcome = Outcome.BROKEN if overdue else Outcome.CANNOT_TELL
    told = ", ".join(f"{n} {s.value.replace('_', ' ')}" for s, n in sorted(found.items()))
    return Criterion(outcome=outcome, sentence=f"of {len(duties)} obligations: {told}")
