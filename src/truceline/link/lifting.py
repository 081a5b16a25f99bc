"""A claim lifts only what it states: which admissions and looks may share an incident with others' words.

An admission, or a look, lifts what it is joined to. By its own pull it joins only what its act, place and time
leave as the one incident among those formed without admissions and looks, and nothing that it states more widely
(a day against an hour), unless figures, a protected object or quoted words agree. The words of a paraphrase are a
coder's: they hold apart, and lift nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from truceline.link.cluster import FORBIDDEN, Rows, cluster
from truceline.link.reasons import VETO, said
from truceline.link.where import compare_spots, spots
from truceline.model.acts import Act, one_line
from truceline.model.evidence import Claim, Stance
from truceline.model.place_time import Place, TimePrecision
from truceline.model.provenance import OWN_BASIS
from truceline.text.likeness import likeness
from truceline.text.objects import DISPUTED, ObjectKind, hours_told, objects_told

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from truceline.model.incident import Reason
    from truceline.model.mission import Mission
    from truceline.model.place_time import Span

Torn = tuple[Rows, tuple[Rows, ...]]
_HOURS = (12.0, 24.0, 48.0)
_KM = (10.0, 40.0, 100.0)
_SAME_WORDS = 0.2
# Of act, place and time: an incident that tells one of them alone may be anything.
_TOLD = 2
_PROTECTED = {Act.ATTACK_ON_PROTECTED, Act.ATTACK_ON_MEDICAL}


def lifts(claim: Claim) -> bool:
    """Answer whether a claim may lift what it is joined to: an admission, or a look that found something."""
    looked = claim.basis in OWN_BASIS and claim.stance is not Stance.DENIES
    return claim.stance is Stance.ADMITS or looked


def may_lift(a: Claim, b: Claim) -> bool:
    """Answer whether one of two claims could lift the other: an admission or a look, and one of another kind."""
    return (lifts(a) or lifts(b)) and (
        lifts(a) != lifts(b) or (a.stance is Stance.ADMITS) != (b.stance is Stance.ADMITS)
    )


def lifting(a: Claim, b: Claim, mission: Mission) -> Reason:
    """Ask more of a pair that could lift a finding, and again where no time and no shared place is told."""
    if not may_lift(a, b):
        return said("lifting", 0.0, "neither could lift the other")
    if (told := told_apart(a, b, mission)) is not None:
        return said("lifting", VETO, told)
    untimed = a.span is None or b.span is None
    if untimed and not (spots(a) and spots(b) and _same_place(a, b, mission)):
        return said("lifting", -2.0, "one could lift the other, without time and shared place")
    return said("lifting", -1.0, "one could lift the other")


def told_apart(a: Claim, b: Claim, mission: Mission) -> str | None:
    """Say how words hold two claims apart: things hit that are not one, or parts of the day that do not meet."""
    if other_objects(a, b):
        return "the words tell of different things hit"
    parts = [_hours(claim, mission) for claim in (a, b)]
    clocks = _rank(a.span) == _rank(b.span) == 0
    if not clocks and all(parts) and not any(_overlap(x, y) for x in parts[0] for y in parts[1]):
        return "the words tell of different parts of the day"
    return None


def _words(claim: Claim) -> str:
    return claim.quote or claim.paraphrase or ""


def _objects(claim: Claim) -> frozenset[ObjectKind]:
    medical = Act.ATTACK_ON_MEDICAL in claim.acts
    return objects_told(_words(claim)) | ({ObjectKind.MEDICAL} if medical else frozenset())


def other_objects(a: Claim, b: Claim) -> bool:
    """Answer whether both name things hit, none of them the same; a home and a position may be one."""
    left, right = _objects(a), _objects(b)
    return bool(left) and bool(right) and not left & right and not left | right <= DISPUTED


def _hours(claim: Claim, mission: Mission) -> tuple[tuple[float, float], ...]:
    """Give the hours of the day in which a claim places what it tells: by its clock, else by its words."""
    if claim.span is not None and _rank(claim.span) == 0:
        start = claim.span.earliest.astimezone(mission.zone)
        first = start.hour + start.minute / 60
        return ((first, first + claim.span.width.total_seconds() / 3600),)
    return hours_told(_words(claim))


def _overlap(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Answer whether two stretches of a day meet, on either side of midnight."""
    return any(a[0] + shift <= b[1] and b[0] <= a[1] + shift for shift in (-24, 0, 24))


def lifting_pairs(claims: Sequence[Claim]) -> NDArray[np.bool_]:
    """Mark the pairs of claims of which one could lift the other, as an (n, n) matrix."""
    lifter = np.array([lifts(claim) for claim in claims], dtype=bool)
    admits = np.array([claim.stance is Stance.ADMITS for claim in claims], dtype=bool)
    either = lifter[:, None] | lifter[None, :]
    kinds = (lifter[:, None] != lifter[None, :]) | (admits[:, None] != admits[None, :])
    return np.asarray(either & kinds, dtype=bool)


@dataclass(frozen=True)
class Settling:
    """Says which incidents each admission and look may join by its own pull; `scores` are changed.

    On what is `ruled` people have said where it belongs: it is never given as one that fits several.
    """

    claims: Sequence[Claim]
    scores: NDArray[np.int64]
    mission: Mission
    ruled: Collection[str] = ()

    def settle(self) -> tuple[Torn, ...]:
        """Leave each admission and look at most one incident; give those that fit several, with these."""
        lifters = [i for i, claim in enumerate(self.claims) if lifts(claim)]
        plain = [i for i, claim in enumerate(self.claims) if not lifts(claim)]
        base = cluster(self.scores[np.ix_(plain, plain)]).clusters
        incidents = [tuple(plain[k] for k in rows) for rows in base]
        torn = []
        for i in lifters:
            fits = self._candidates(i, incidents)
            if len(fits) > 1 and self.claims[i].id not in self.ruled:
                torn.append(((i,), fits))
            for rows in incidents:
                if (rows in fits and len(fits) > 1) or self._beyond(i, rows):
                    self._let_go(i, rows)
            for j in lifters:
                if may_lift(self.claims[i], self.claims[j]) and self._beyond(i, (j,)):
                    self._let_go(i, (j,))
        return tuple(torn)

    def _let_go(self, i: int, rows: Rows) -> None:
        """Take the pull from one claim to others: it may stand beside them only where another one joins them."""
        kept = np.minimum(self.scores[i, rows], 0)
        self.scores[i, rows] = self.scores[rows, i] = kept

    def _candidates(self, i: int, incidents: Iterable[Rows]) -> tuple[Rows, ...]:
        """Give the incidents that fit in act, place and time; only those that agree in more, where any does."""
        fits = [rows for rows in incidents if self._fits(i, rows)]
        agreeing = [rows for rows in fits if self._agrees(i, rows)]
        return tuple(agreeing or fits)

    def _fits(self, i: int, rows: Rows) -> bool:
        """Answer whether an incident tells act, place and time, and all of them meet what a claim tells."""
        if (self.scores[i, rows] == FORBIDDEN).any():
            return False
        mine, others = self.claims[i], [self.claims[row] for row in rows]
        acts = [o for o in others if o.acts]
        places = [o for o in others if spots(o)]
        times = [o for o in others if o.span is not None]
        return (
            any(not mine.acts or _same_act(mine, o) for o in acts)
            and any(not spots(mine) or _same_place(mine, o, self.mission) for o in places)
            and any(mine.span is None or _same_time(mine, o) for o in times)
        )

    def _beyond(self, i: int, rows: Rows) -> bool:
        """Answer whether a claim states less than what it would lift, which tells too little itself, or nothing more agrees."""
        mine, others = self.claims[i], [self.claims[row] for row in rows]
        told = (
            any(o.acts for o in others),
            any(spots(o) for o in others),
            any(o.span is not None for o in others),
        )
        wider = (
            sum(told) < _TOLD
            or _rank(mine.span) > min(_rank(o.span) for o in others)
            or _reach(mine) > min(map(_reach, others))
            or (any(o.acts for o in others) and not any(_same_act(mine, o) for o in others))
        )
        return wider and not self._agrees(i, rows)

    def _agrees(self, i: int, rows: Rows) -> bool:
        return any(_agree(self.claims[i], self.claims[row]) for row in rows)


def _same_act(a: Claim, b: Claim) -> bool:
    return one_line(a.acts, b.acts)


def _same_place(a: Claim, b: Claim, mission: Mission) -> bool:
    return compare_spots(spots(a), spots(b), mission.windows).bits != VETO


def _same_time(a: Claim, b: Claim) -> bool:
    return a.span is not None and b.span is not None and not a.span.gap(b.span)


def _rank(span: Span | None) -> int:
    """Give how widely a time is stated: hours, a day, two days, more; not at all is widest."""
    if span is None:
        return len(_HOURS) + 1
    if span.precision is TimePrecision.PART_OF_DAY:
        # A night whose side of midnight is open is written wide, and is finer than any day.
        return 0
    hours = span.width.total_seconds() / 3600
    return sum(hours > limit for limit in _HOURS)


def _reach(claim: Claim) -> int:
    """Give how widely a place is stated, by the smallest named; a name nobody placed is taken for a town."""
    found = [spot.radius_km if isinstance(spot, Place) else 0.0 for spot in spots(claim)]
    return sum(min(found) > limit for limit in _KM) if found else len(_KM) + 1


def _agree(a: Claim, b: Claim) -> bool:
    """Answer whether figures, a protected object or quoted words agree."""
    figures = ((a.harm.killed, b.harm.killed), (a.harm.injured, b.harm.injured))
    if any(x and x == y for x, y in figures):
        return True
    if _PROTECTED & set(a.acts) & set(b.acts):
        return True
    return bool(a.quote) and bool(b.quote) and likeness(a.quote or "", b.quote or "") >= _SAME_WORDS
