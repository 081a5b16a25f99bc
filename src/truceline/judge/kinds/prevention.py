"""A state prevents others from acting: what those others did stands beside what it says it did, and people judge.

It is a duty of conduct: that an act happened does not show that nobody tried to prevent it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from truceline.model.agreement import Obligation
from truceline.model.judgement import ActsOf, ClassificationState

if TYPE_CHECKING:
    from truceline.judge.duty import Duty, Heard

_SEEN = frozenset(ClassificationState) - {
    ClassificationState.OUTSIDE_SCOPE, ClassificationState.NO_VIOLATION,
}  # fmt: skip


def acts_of(duty: Duty, heard: Heard) -> tuple[ActsOf, ...]:
    """Count what each force acknowledged, by its gravest classification under the agreement; an engagement counts once."""
    provision = duty.provision
    if not isinstance(provision, Obligation) or not provision.prevents:
        return ()
    found: dict[tuple[str, str], ClassificationState] = {}
    for matter in heard.matters:
        force = matter.finding.attribution.party
        if force in provision.prevents and matter.mission.mandate.reached(
            matter.finding.occurrence
        ):
            key = force or "", matter.incident.engagement or matter.incident.id
            for state in heard.under(duty.agreement.id, matter.incident.id) & _SEEN:
                found[key] = max(found.get(key, state), state, key=_gravity)
    counts = Counter((force, state) for (force, _), state in found.items())
    return tuple(
        ActsOf(force=force, classification=state, count=n)
        for (force, state), n in sorted(counts.items(), key=lambda p: (p[0][0], _gravity(p[0][1])))
    )


def _gravity(state: ClassificationState) -> int:
    return _ORDER.index(state)


_ORDER = (
    ClassificationState.NO_VIOLATION, ClassificationState.OUTSIDE_SCOPE, ClassificationState.NOT_ASSESSABLE,
    ClassificationState.PERMITTED_BY_EXCEPTION, ClassificationState.EXCEPTION_CLAIMED,
    ClassificationState.MINOR_VIOLATION, ClassificationState.SERIOUS_VIOLATION,
)  # fmt: skip
