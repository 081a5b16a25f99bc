"""How it is said: stance, attitude, modality, the time meant, and the words that hedge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.model.acts import Act
from truceline.model.coding import Attitude, Granularity, Measure, Modality
from truceline.model.evidence import ClaimKind, Stance
from truceline.read.naming.families import AGREED, is_hostile
from truceline.read.press.cue import VOUCHES_NOT
from truceline.read.press.voiced import interested

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.model.coding import Cited
    from truceline.read.grammar.clock import Time
    from truceline.read.press.clausal import Clause, Context
    from truceline.read.press.roles import Roles

_ATTITUDES = {a.value: a for a in Attitude}
_HISTORY = timedelta(days=400)
_FAR = 1_000
_BY_REACH = 2
_MODAL_REACH, _CUE_REACH, _LEADING = 4, 3, 2
_PLAIN = {
    "denies": Stance.DENIES,
    "admits": Stance.ADMITS,
    "retracts": Stance.RETRACTS,
    "found_nothing": Stance.DENIES,
    "could_not_determine": Stance.REPORTS,
    "under_investigation": Stance.REPORTS,
    VOUCHES_NOT: Stance.REPORTS,
}
_KINDS = {kind.value: kind for kind in ClaimKind}
_LOSSES = frozenset({Measure.KILLED, Measure.INJURED})
_SAYING = frozenset({"says", "confirms"})
Manner = tuple[Stance, "Attitude | None", Modality]


def _apart(k: int, cue: tuple[int, int]) -> int:
    """Give how many words stand between a word and a cue, 0 for a word of the cue."""
    return max(cue[0] - k, k - cue[1] + 1, 0)


@dataclass(frozen=True, slots=True)
class Telling:
    """How one clause is told."""

    clause: Clause
    context: Context

    def manner(self, acts: Sequence[Act], roles: Roles) -> Manner:
        """Give stance, attitude and modality."""
        key, modality = self.clause.stretch.stance, self._modality()
        if self.losses():
            key = "says"
        if key in _ATTITUDES or key == "calls_for":
            wanted = key == "calls_for"
            stance = Stance.CALLS_FOR if wanted else Stance.REPORTS
            return stance, _ATTITUDES.get(key), Modality.WANTED if wanted else modality
        if self._not_by():
            # "was not carried out by its forces": a party's denial, another's version.
            return Stance.REPORTS if self.other_version() else Stance.DENIES, None, modality
        if roles.denied:
            return Stance.DENIES, None, modality
        if key in _PLAIN or (modality is Modality.ASSERTED and self._own_act(acts, roles)):
            return _PLAIN.get(key, Stance.ADMITS), None, modality
        if key == "agrees" or self._agreed(acts):
            agreed = bool(set(acts) & AGREED)
            return (Stance.AGREES if agreed else Stance.REPORTS), None, Modality.ASSERTED
        return self._saying(key, acts, modality), None, modality

    def kind(self) -> ClaimKind | None:
        """Give what the speech word does that no stance says: `found no trace of`, `could not verify`."""
        if self.other_version():
            return ClaimKind.OTHER_VERSION
        return _KINDS.get(self.clause.stretch.stance)

    def other_version(self) -> bool:
        """Answer whether a body says that it happened, not by whom or with what: `was not carried out by A`."""
        speaker = self.clause.speaker
        if speaker is None or interested(speaker, self.context.cast):
            return False
        return self.clause.stretch.stance in _SAYING and self._not_by()

    def _not_by(self) -> bool:
        """Answer whether somebody is said not to have done what is told before: `the shelling was not done by A`."""
        clause, line = self.clause, self.context.line
        if not clause.hits:
            return False
        by = [h.i for h in line.keyed("grammar", "by") if clause.i <= h.i < clause.j]
        return any(
            0 <= at - n.j <= _BY_REACH
            for n in line.keyed("negation", "not")
            if clause.i <= n.i < clause.j and any(h.j <= n.i for h in clause.hits)
            for at in by
        )

    def losses(self) -> bool:
        """Answer whether losses are conceded, and no act: `acknowledged the loss of six men in the shelling`."""
        clause, line = self.clause, self.context.line
        if clause.stretch.stance != "admits" or clause.stretch.cue is None or not clause.hits:
            return False
        told = clause.stretch.layers[-1].cue if clause.stretch.layers else None
        cue = told or clause.stretch.cue
        counted = [c.i for c in line.counts if c.measure in _LOSSES]
        counted += [h.i for h in line.keyed("acts", "casualties")]
        lost = [*counted, *(k for k in range(len(line.tokens)) if line.has(k, "losses"))]
        done = [h.i for h in clause.hits if h.key != Act.CASUALTIES]
        return min((_apart(k, cue) for k in lost), default=_FAR) < min(
            (_apart(k, cue) for k in done), default=_FAR
        )

    def _own_act(self, acts: Sequence[Act], roles: Roles) -> bool:
        """Answer whether a side says in plain words that it did it: `said its forces struck`."""
        speaker = self.clause.speaker
        if speaker is None or not interested(speaker, self.context.cast) or not is_hostile(acts):
            return False
        return bool(roles.actors) and set(roles.actors) == set(speaker.sides)

    def _saying(self, key: str, acts: Sequence[Act], modality: Modality) -> Stance:
        speaker = self.clause.speaker
        hostile = is_hostile(acts) or not acts
        party = speaker is not None and interested(speaker, self.context.cast)
        if modality is Modality.WANTED and not hostile and key == "says" and speaker is not None:
            return Stance.CALLS_FOR
        if key == "confirms":
            return Stance.REPORTS if party else Stance.CONFIRMS
        accusing = party or key == "alleges"
        return Stance.ALLEGES if accusing and hostile else Stance.REPORTS

    def _agreed(self, acts: Sequence[Act]) -> bool:
        """Answer whether parties are told to have agreed, in the words of the act itself."""
        if not set(acts) & {Act.CEASEFIRE_AGREEMENT, Act.CEASEFIRE_ENTRY_INTO_FORCE}:
            return False
        line = self.context.line
        return any(
            h.key == "agrees" and h.i >= self.clause.i and h.j <= self.clause.j
            for h in line.of("speech")
        )

    def _modality(self) -> Modality:
        """Give the modal word before the first act word, if it is near."""
        clause, line = self.clause, self.context.line
        if not clause.hits:
            return Modality.ASSERTED
        first = clause.hits[0].i
        if any(clause.i <= h.i < first for h in line.keyed("modality", "conditional")):
            return Modality.CONDITIONAL
        near = [
            h for h in line.of("modality") if 0 <= first - h.j <= _MODAL_REACH and h.i >= clause.i
        ]
        return Modality(near[-1].key) if near else Modality.ASSERTED

    def time(self) -> tuple[Time | None, bool]:
        """Give the time of the act; a time beside the speech word is the time of reporting."""
        clause, line, stretch = self.clause, self.context.line, self.clause.stretch
        spoken = self._spoken()
        own = [
            t
            for t in line.times
            if clause.i <= t.i < clause.j and t not in spoken and not self._elsewhere(t)
        ]
        if own:
            anchor = clause.hits[0].i if clause.hits else clause.i
            dated = [t for t in own if "year_unknown" not in t.flags] or own
            return min(dated, key=lambda t: (not t.clock, abs(t.i - anchor), t.i)), False
        inside = [
            t
            for t in line.times
            if stretch.i <= t.i < stretch.j and t not in spoken and not self._elsewhere(t)
        ]
        if inside:
            return min(inside, key=lambda t: abs(t.i - clause.i)), False
        leading = [t for t in line.times if t.i <= _LEADING]
        if leading and not stretch.layers:
            return leading[0], False
        reporting = [*spoken, *leading]
        return (reporting[0], True) if reporting else (None, False)

    def _elsewhere(self, time: Time) -> bool:
        """Answer whether a time dates another event: `violated it since it took effect on Sunday`."""
        clause, line = self.clause, self.context.line
        if not clause.hits or time.i < clause.hits[-1].j:
            return False
        last = clause.hits[-1].j
        other = next(
            (h for h in line.of("acts") if last <= h.i < time.i and h not in clause.hits), None
        )
        return other is not None and any(line.has(k, "break") for k in range(last, other.i))

    def _spoken(self) -> list[Time]:
        """Give the times that stand beside the speech word."""
        stretch, line = self.clause.stretch, self.context.line
        cue, frame = stretch.cue, stretch.frame
        if cue is None:
            return []
        near = [
            t
            for t in line.times
            if frame[0] - 1 <= t.i <= frame[1] or 0 <= t.i - cue[1] <= _CUE_REACH
        ]
        first = self.clause.hits[0].i if self.clause.hits else cue[1]
        parted = any(line.has(k, "that") or line.norm(k) == "," for k in range(cue[1], first))
        if not parted and stretch.stance not in _SAYING:
            # "called for a ceasefire on Sunday": the day may be that of the act.
            near = [t for t in near if t.i < cue[0]]
        return near

    def background(self, time: Time | None) -> bool:
        """Answer whether this is history: words say so, or the time lies long before publication."""
        told = self.context.line.keyed("background", "background")
        vague = time is None or time.low is None or time.granularity is Granularity.YEAR
        if told and vague:
            return True
        if time is None or time.high is None or time.low is None or time.low.year == 1:
            return False
        published = self.context.published
        if published is None:
            return time.granularity is Granularity.YEAR
        return published - time.high.date() > _HISTORY

    def hedges(self, attitude: Attitude | None) -> tuple[Cited, ...]:
        """Give the words that hedge; an attitude's own hedge may stand before the clause."""
        clause, line = self.clause, self.context.line
        first = min(clause.stretch.frame[0], clause.i) if attitude else clause.i
        found = [line.cited(h.i, h.j) for h in line.of("hedges") if first <= h.i < clause.j]
        if clause.stretch.stance == VOUCHES_NOT and clause.stretch.cue:
            found.insert(0, line.cited(*clause.stretch.cue))
        return tuple(found)
