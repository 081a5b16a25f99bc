"""Answers that `truceline decide` takes under a provision: about an exception, and about hostile words by six factors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.errors import UsageError
from truceline.model.agreement import Prohibition, ProvisionKind
from truceline.model.decision import (
    EXCEPTION_VERDICTS,
    RHETORIC_VERDICTS,
    Factor,
    FactorAnswer,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.model.decision import Factors
    from truceline.model.mission import Mission

_FORM = ",".join(f"{factor}=met" for factor in Factor)


def under(verdict: Verdict, provision: str | None, mission: Mission) -> None:
    """Refuse an answer that needs a provision without one, or under one that asks for no such answer."""
    if verdict not in EXCEPTION_VERDICTS | RHETORIC_VERDICTS:
        if provision:
            raise UsageError(
                f"{verdict} is no answer under a provision",
                "leave --provision out, or decide permitted_by_exception, exception_rejected or six_factors",
            )
        return
    known = list(_asking(verdict, mission))
    what = "an exception" if verdict in EXCEPTION_VERDICTS else "hostile rhetoric"
    if provision not in known:
        said = (
            f"{provision!r} is no prohibition with {what}"
            if provision
            else "under which provision?"
        )
        advice = (
            f"give --provision, one of {', '.join(known)}"
            if known
            else f"no terms of this mission name {what}"
        )
        raise UsageError(said, advice)


def _asking(verdict: Verdict, mission: Mission) -> Iterator[str]:
    for agreement in mission.agreements:
        for p in agreement.provisions:
            if not isinstance(p, Prohibition):
                continue
            excepted = bool(p.exceptions or agreement.exceptions_to(p))
            rhetoric = p.kind is ProvisionKind.NO_HOSTILE_RHETORIC
            if excepted if verdict in EXCEPTION_VERDICTS else rhetoric:
                yield f"{agreement.id}/{p.id}"


def factors_of(verdict: Verdict, text: str | None) -> Factors:
    """Read `context=met,speaker=open,...`: every factor once; UsageError naming all that is wrong."""
    if verdict not in RHETORIC_VERDICTS:
        if text:
            raise UsageError(
                f"--factors are no part of {verdict}", "leave them out, or decide six_factors"
            )
        return ()
    pairs = [part.strip().partition("=") for part in (text or "").split(",") if part.strip()]
    given = [name for name, _, _ in pairs]
    faults = [f"{name!r} is no factor" for name in given if name not in set(Factor)]
    faults += [
        f"{answer!r} is no answer by {name}"
        for name, _, answer in pairs
        if name in set(Factor) and answer not in set(FactorAnswer)
    ]
    faults += [f"{factor} is answered {given.count(factor)} times" for factor in Factor
               if given.count(factor) != 1]  # fmt: skip
    if faults:
        raise UsageError(
            "; ".join(faults), f"write --factors {_FORM}, with met, not_met or open for each"
        )
    return tuple(sorted((Factor(name), FactorAnswer(answer)) for name, _, answer in pairs))
