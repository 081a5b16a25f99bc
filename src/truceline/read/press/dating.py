"""The day of an act whose sentence names none: from the words around it, and always marked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from truceline.model.acts import Act
from truceline.model.coding import Granularity, Modality
from truceline.model.evidence import Stance
from truceline.read.grammar.clock import Time, on_day
from truceline.read.naming.families import TALKS, TRUCE, is_hostile
from truceline.read.press.layout import is_item
from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.read.draft import Draft
    from truceline.read.grammar.line import Line

INHERITS = 2
_ACCUSATIONS_BACK, _FARTHEST = 6, 6
_LONG_BEFORE = timedelta(days=14)
# Flags of a time that stand in the claim: what a reader must know before using it.
_TOLD_FLAGS = frozenset(
    {
        "date_ambiguous",
        "date_impossible",
        "midnight_ambiguous",
        "night_ambiguous",
        "open_end",
        "open_start",
        "season_ambiguous",
        "weekday_mismatch",
        "zone_mismatch",
    }
)
_FROM_TOLD = frozenset({"same_day", "next_day", "day_before", "days_later", "days_earlier"})
_ACCUSING = frozenset({Stance.ALLEGES, Stance.REPORTS})
_WORD = re.compile(r"\w+")
_DATING = frozenset(
    {
        Granularity.DAY,
        Granularity.MINUTE,
        Granularity.PART_OF_DAY,
        Granularity.RANGE,
    }
)


@dataclass(slots=True)
class Dating:
    """Dates the drafts of one text in reading order; `day` is the last one known, `stated` where named."""

    lines: Sequence[Line]
    published: datetime | None
    day: datetime | None = None
    at: int = -99
    stated: int = -99
    onset: bool = False
    last: Draft | None = None
    told: list[Draft] = field(default_factory=list)

    def all(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Give every draft with its time settled as far as the text allows."""
        return [self._next(draft) for draft in drafts]

    def _next(self, draft: Draft) -> Draft:
        reach = 1 if self.onset else INHERITS
        near = self.day if draft.sentence - self.at <= reach else None
        dated = self._checked(self._answer(self._settled(self._continued(draft), near)))
        time = dated.time
        if (
            time is not None
            and _known(time)
            and _dates(time)
            and (not dated.reporting and not dated.background and not self._passing(dated))
        ):
            self.day, self.at = time.low, dated.sentence
        self.last = dated
        self.told.append(dated)
        return dated

    def _passing(self, draft: Draft) -> bool:
        """Answer whether a day is no day for what follows: taken over again and again."""
        if "time_inherited" in draft.flags:
            return self.onset or draft.sentence - self.stated > _FARTHEST
        self.stated, self.onset = draft.sentence, self._onset(draft)
        return False

    def _onset(self, draft: Draft) -> bool:
        """Answer whether a day is told as the one on which a war began: history for most of a text."""
        line = self.lines[draft.sentence]
        low = draft.time.low if draft.time else None
        published = self._publication()
        if low is None or published is None or published - low < _LONG_BEFORE:
            return False
        return any(line.has(k, "began") for k in range(len(line.tokens)))

    def _shifted(self, draft: Draft) -> bool:
        """Answer whether the sentence counts from another event: `a day after the truce`."""
        line = self.lines[draft.sentence]
        return any(line.has(h.j, "shifted") for h in line.of("units"))

    def _checked(self, draft: Draft) -> Draft:
        """Compare a time told in two zones, and tell what is wrong with a time in the claim."""
        if draft.time is None:
            return draft
        time = draft.time.checked(self.published.tzinfo if self.published else None)
        told = tuple(f for f in time.flags if f in _TOLD_FLAGS and f not in draft.flags)
        if time is draft.time and not told:
            return draft
        return replace(draft, time=time, flags=(*draft.flags, *told))

    def _continued(self, draft: Draft) -> Draft:
        """Let a sentence go on with the one before it; the items of a list stand alone."""
        alone = is_item(self.lines[draft.sentence])
        return draft if alone else _continued(draft, self.last)

    def _answer(self, draft: Draft) -> Draft:
        """Give `X denied the claim` the act that X was accused of right before."""
        if draft.stance is not Stance.DENIES or draft.acts or not self._points_back(draft):
            return draft
        own = {side for layer in draft.layers[-1:] for side in layer.sides}
        accused = (
            d
            for d in reversed(self.told[-_ACCUSATIONS_BACK:])
            if draft.sentence - d.sentence <= INHERITS
            and d.stance in _ACCUSING
            and is_hostile(d.acts)
            and own & set(d.actors)
        )
        claim = next(accused, None)
        if claim is None:
            return draft
        return replace(
            draft,
            acts=claim.acts,
            actors=tuple(s for s in claim.actors if s in own),
            places=claim.places,
            time=claim.time,
            time_cited=claim.time_cited,
            time_inherited=True,
            flags=(*draft.flags, "answers_sentence_before"),
        )

    def _points_back(self, draft: Draft) -> bool:
        """Answer whether what is denied is only `the claim`, `it` or nothing."""
        if draft.denied is None:
            return True
        words = self.lines[draft.sentence].words
        return all(
            fold(word) in words["answer"] or fold(word) in words["article"]
            for word in _WORD.findall(draft.denied.text)
        )

    def _settled(self, draft: Draft, day: datetime | None) -> Draft:
        time = draft.time
        if time is None:
            told = _deed(draft) and not draft.background and not self._shifted(draft)
            return _inherited(draft, day) if day is not None and told else draft
        if "now_day" in time.flags or _FROM_TOLD & set(time.flags):
            return self._told_day(draft, time, day)
        if time.low is None or time.low.year > 1:
            return draft
        if "day_inherited" in time.flags:
            return self._clock(draft, time, day)
        # A clock time beside a day that is not known itself: only the minutes are sure.
        return replace(draft, time=replace(time, low=None, high=None))

    def _told_day(self, draft: Draft, time: Time, day: datetime | None) -> Draft:
        """Resolve `on the same day` and `the next day` by another day of the sentence, or one before.

        The same day as nothing told before is that of publication; the next day stays open.
        """
        others = (t.low for t in self.lines[draft.sentence].times if _known(t))
        base = next((low for low in others if low is not None), None) or day
        if base is None and {"same_day", "now_day"} & set(time.flags):
            base = self._publication()
        if base is None:
            return replace(draft, time=replace(time, low=None, high=None))
        base += timedelta(days=time.shift)
        low, high = _whole(base)
        moved = on_day(time, base) if time.clock else replace(time, low=low, high=high)
        return replace(draft, time=replace(moved, flags=()), time_inherited=True)

    def _clock(self, draft: Draft, time: Time, day: datetime | None) -> Draft:
        """Put a clock time without a day on the last day named, else on that of publication."""
        base = day or self._publication()
        if base is None:
            return replace(draft, time=replace(time, low=None, high=None))
        moved = on_day(time, base)
        published = self._publication()
        if published is not None and moved.low is not None and moved.low > published:
            # "overnight" in an afternoon text is the night before.
            moved = on_day(time, base - timedelta(days=1))
        flag = "day_inherited" if day is not None else "day_from_publication"
        return replace(draft, time=moved, time_inherited=True, flags=(*draft.flags, flag))

    def _publication(self) -> datetime | None:
        return self.published.replace(tzinfo=None) if self.published else None


def _deed(draft: Draft) -> bool:
    """Answer whether somebody is told to have done something, no wish, feeling or truce."""
    done = bool(draft.acts) and not set(draft.acts) & (TALKS | TRUCE)
    return (
        (is_hostile(draft.acts) or done)
        and draft.stance is not Stance.CALLS_FOR
        and (
            is_hostile(draft.acts)
            or (draft.attitude is None and draft.modality is Modality.ASSERTED)
        )
    )


def _dates(time: Time) -> bool:
    """Answer whether a time is the day of what follows: not the beginning of something that goes on."""
    return time.granularity in _DATING and "open_end" not in time.flags


def _known(time: Time) -> bool:
    return time.low is not None and time.low.year > 1


def _whole(day: datetime) -> tuple[datetime, datetime]:
    low = day.replace(hour=0, minute=0, second=0, microsecond=0)
    return low, low + timedelta(days=1)


def _inherited(draft: Draft, day: datetime) -> Draft:
    """Date an act by the sentence before it, and say so."""
    time = Time(0, 0, *_whole(day), Granularity.DAY)
    return replace(draft, time=time, time_inherited=True, flags=(*draft.flags, "time_inherited"))


def _continued(draft: Draft, before: Draft | None) -> Draft:
    """Give `It said nine people were killed` the act, place and time of the sentence before it."""
    if draft.acts != (Act.CASUALTIES,) or before is None or draft.places or draft.time:
        return draft
    follows = draft.sentence - before.sentence == 1 and bool(draft.counts)
    same = [layer.sides for layer in draft.layers] == [layer.sides for layer in before.layers]
    told = is_hostile(before.acts) and before.stance in {*_ACCUSING, Stance.ADMITS}
    if not (follows and same and told):
        return draft
    return replace(
        draft,
        acts=before.acts,
        stance=before.stance,
        actors=before.actors,
        actor_words=(),
        targets=before.targets,
        places=before.places,
        time=before.time,
        time_cited=before.time_cited,
        time_inherited=True,
        flags=(*draft.flags, "continues_sentence_before"),
    )
