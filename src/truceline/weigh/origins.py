"""The one function that counts independent origins: who really said it, each counted once.

- Everything a party, its organs and its associated forces say is one origin, and an interested one.
- Outlets of one house are one origin, and so is what shares a spokesperson or the same material.
- An outlet that repeats somebody adds nothing; a voice whose speaker is not known could be anybody's
  repeat, so all of them together are at most one origin, and none where a known one speaks.
- A third party that the mission knows is one origin with all its reprints; a summary of others is none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from truceline.model.finding import Ground, Origin
from truceline.weigh.admission import UNKNOWN
from truceline.weigh.graph import roots
from truceline.weigh.polarity import SUPPORTS
from truceline.weigh.trace import NOBODY_KNOWN, traces

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from truceline.model.evidence import Claim
    from truceline.model.mission import Mission
    from truceline.weigh.graph import Root
    from truceline.weigh.trace import Trace


_PARTY = "party:"


def origins(claims: Iterable[Claim], mission: Mission) -> tuple[Origin, ...]:
    """Give the independent origins that support an event, known ones first, in a fixed order."""
    told = [t for claim in claims for t in traces(claim, mission) if t.does in SUPPORTS]
    known = tuple(_known(root) for root in roots(told))
    if known or not told:
        return _without_sides(known) if mission.withholds else known
    return (_origin(UNKNOWN, NOBODY_KNOWN, Ground.UNKNOWN, told),)


def _without_sides(found: Iterable[Origin]) -> tuple[Origin, ...]:
    """Give the origins without which side is which: sides are numbered by their claims, in no side's order."""
    told = sorted(found, key=lambda o: (not o.id.startswith(_PARTY), o.claims, o.id))
    sides = [o for o in told if o.id.startswith(_PARTY)]
    others = sorted((o for o in told if o not in sides), key=lambda o: o.id)
    return (*(replace(o, id=f"side-{n}") for n, o in enumerate(sides, 1)), *others)


def _known(root: Root) -> Origin:
    labels = dict.fromkeys(t.label for name in root.names for t in root.traces if t.origin == name)
    voices = sorted({t.voice for t in root.traces if t.voice and t.voice not in labels})
    joined = root.joined
    if voices:
        joined = (f"one house: {', '.join(voices)}", *joined)
    return _origin(root.names[0], " and ".join(labels), root.ground, root.traces, joined)


def _origin(
    name: str, label: str, ground: Ground, traced: Sequence[Trace], joined: tuple[str, ...] = ()
) -> Origin:
    claims = {t.claim.id: t.claim for t in traced}
    return Origin(
        id=name, label=label, ground=ground, claims=tuple(sorted(claims)),
        outlets=len({c.outlet or c.url or c.item for c in claims.values()}), joined=joined,
    )  # fmt: skip
