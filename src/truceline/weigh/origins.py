"""The one function that counts independent origins: who really said it, each counted once.

- Everything a party, its organs and its associated forces say is one origin, and an interested one.
- An outlet that repeats somebody adds nothing; a voice whose speaker is not known could be anybody's
  repeat, so all of them together are at most one origin, and none where a known one speaks.
- A third party that the mission knows is one origin with all its reprints; a summary of others is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.finding import Ground, Origin
from truceline.weigh.admission import UNKNOWN
from truceline.weigh.polarity import SUPPORTS
from truceline.weigh.trace import Trace, traces

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from truceline.model.evidence import Claim
    from truceline.model.mission import Mission

# From the weakest to the strongest.
GROUNDS = tuple(Ground)


def origins(claims: Iterable[Claim], mission: Mission) -> tuple[Origin, ...]:
    """Give the independent origins that support an event, known ones first, in a fixed order."""
    told = [t for claim in claims for t in traces(claim, mission) if t.does in SUPPORTS]
    known = sorted({t.origin for t in told if t.origin != UNKNOWN})
    counted = known or ([UNKNOWN] if told else [])
    return tuple(_origin(name, [t for t in told if t.origin == name]) for name in counted)


def _origin(name: str, traced: Sequence[Trace]) -> Origin:
    claims = {t.claim.id: t.claim for t in traced}
    return Origin(
        id=name,
        label=traced[0].label,
        ground=max((t.ground for t in traced), key=GROUNDS.index),
        claims=tuple(sorted(claims)),
        outlets=len({c.outlet or c.url or c.item for c in claims.values()}),
    )
