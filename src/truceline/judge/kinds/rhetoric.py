"""Hostile words: whether a statement is incitement people say by six factors, never a machine.

The factors are those of the Rabat Plan of Action (A/HRC/22/17/Add.4, appendix, paragraph 29). All six have to be met.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.judge.matter import not_assessable
from truceline.model.decision import FACTOR_WORDS, Factor, FactorAnswer, Verdict
from truceline.model.judgement import ClassificationState

if TYPE_CHECKING:
    from truceline.judge.matter import Judged, Matter
    from truceline.model.agreement import Agreement, Prohibition


def assessed(matter: Matter, agreement: Agreement, provision: Prohibition) -> Judged | None:
    """Ask what two people answered by each factor; None where all six are met."""
    name, members = f"{agreement.id}/{provision.id}", set(matter.incident.members)
    found = [
        r for r in matter.rulings
        if r.verdict is Verdict.SIX_FACTORS and r.provision == name and set(r.claims) <= members
    ]  # fmt: skip
    ruling = min(found, key=lambda r: (-len(r.claims), r.id), default=None)
    if ruling is None:
        words = ", ".join(FACTOR_WORDS[f] for f in Factor)
        return not_assessable(f"two people have to weigh the statement by six factors: {words}")
    answers = dict(ruling.factors)
    by = f"weighed by {ruling.proposed_by}, approved by {ruling.approved_by}"
    unmet = [f.value for f in Factor if answers.get(f) is FactorAnswer.NOT_MET]
    open_ = [
        f.value for f in Factor if answers.get(f) not in {FactorAnswer.MET, FactorAnswer.NOT_MET}
    ]
    if unmet:
        return ClassificationState.NO_VIOLATION, (f"not met: {', '.join(unmet)}; {by}",)
    if open_:
        return not_assessable(f"open: {', '.join(open_)}; {by}")
    return None
