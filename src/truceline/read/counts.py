"""How many: numbers with what they count and how exactly they are stated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.model.coding import Measure, Qualifier
from truceline.read.numbers import Number, Numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from truceline.read.lexicon import Hit
    from truceline.read.words import Words
    from truceline.text.tokens import Token

_REACH_AFTER, _REACH_BEFORE, _NOUN_REACH = 9, 6, 4
_PERSON_MEASURES = frozenset({
    Measure.KILLED, Measure.INJURED, Measure.CAPTURED, Measure.MISSING, Measure.DISPLACED,
    Measure.RELEASED, Measure.FIGHTERS,
})  # fmt: skip
_SUBSET_BEFORE, _ACTIVE_REACH, _BARE_AFTER, _BARE_BEFORE = 3, 3, 4, 3
_HARMED = frozenset({"killed", "injured", "captured"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with its measure, at tokens `i` up to `j`."""

    i: int
    j: int
    measure: Measure
    low: int | None
    high: int | None
    qualifier: Qualifier
    status: str | None
    cumulative: bool
    subset: bool


def counts_in(
    tokens: Sequence[Token], hits: Sequence[Hit], taken: Iterable[tuple[int, int]], words: Words
) -> list[Counted]:
    """Give the counts of a sentence; `taken` are token ranges that are times, not numbers."""
    busy = frozenset(k for i, j in taken for k in range(i, j))
    by_start: dict[int, list[Hit]] = {}
    for hit in hits:
        if hit.cls in {"numbers", "qualifiers", "units"}:
            by_start.setdefault(hit.i, []).append(hit)
    numbers = list(Numbers(tokens, by_start, words, busy).all())
    cues = [h for h in hits if h.cls == "counts"]
    persons = [h for h in hits if h.cls == "persons"]
    cumulative = [h for h in hits if h.cls == "cumulative"]
    found = []
    for number in numbers:
        counted = _Counter(tokens, cues, persons, numbers, words).count(number)
        if counted is None:
            continue
        measure, status, end = counted
        since = any(abs(h.i - number.i) <= _REACH_AFTER for h in cumulative)
        lead = tokens[max(0, number.i - _SUBSET_BEFORE) : number.i]
        subset = any(t.norm in words["subset"] for t in lead)
        found.append(Counted(
            number.i, end, measure, number.low, number.high, number.qualifier, status, since, subset,
        ))  # fmt: skip
    return [*found, *_bare(tokens, cues, persons, (numbers, words))]


@dataclass(frozen=True, slots=True)
class _Counter:
    """Finds what a number counts: the noun after it, and the cue that says what befell them."""

    tokens: Sequence[Token]
    cues: Sequence[Hit]
    persons: Sequence[Hit]
    numbers: Sequence[Number]
    words: Words

    def count(self, number: Number) -> tuple[Measure, str | None, int] | None:
        """Give measure, status and end of the words, None when it counts nothing of ours."""
        noun = self._noun(number)
        status = noun.key if noun and noun.key != "unknown" else None
        end = noun.j if noun else number.j
        thing = self._thing(number)
        if noun is None and thing is not None:
            return Measure(thing.key), None, thing.j
        cue = self._cue(number, noun)
        if cue is None:
            return None
        far = cue.j if cue.i >= number.i else end
        return Measure(cue.key), status, max(end, min(far, number.j + _NOUN_REACH), number.j)

    def _noun(self, number: Number) -> Hit | None:
        near = [h for h in self.persons if number.j <= h.i <= number.j + _NOUN_REACH]
        near = [h for h in near if not self._cut(number.j, h.i)]
        if not near:
            return None
        # "three civilians including a child": the first noun is the one counted.
        return min(near, key=lambda h: h.i)

    def _thing(self, number: Number) -> Hit | None:
        """Give a counted thing, such as explosions, right after the number."""
        near = [
            h for h in self.cues
            if Measure(h.key) not in _PERSON_MEASURES and number.j <= h.i <= number.j + 2
        ]  # fmt: skip
        return min(near, key=lambda h: (h.i, -h.j), default=None)

    def _cue(self, number: Number, noun: Hit | None) -> Hit | None:
        own = [h for h in self.cues if Measure(h.key) in _PERSON_MEASURES]
        if noun is not None and noun.key == "military":
            own = [h for h in own if h.key != "fighters"] or own
        after = [
            h for h in own
            if number.j <= h.i <= number.j + _REACH_AFTER and not self._other_number(number, h.i)
            and not self._cut(number.j, h.i)
        ]  # fmt: skip
        before = [
            h for h in own
            if number.i - _REACH_BEFORE <= h.i and h.j <= number.i
            and not any(n.i >= h.j and n.j <= number.i for n in self.numbers)
            and not self._cut(h.j, number.i)
        ]  # fmt: skip
        active = max(before, key=lambda h: h.i, default=None)
        passive = min(after, key=lambda h: h.i, default=None)
        if active is not None and (passive is None or self._governs(active, number)):
            return active
        if passive is None and noun is None:
            return self._shared(number, own)
        return passive or active or self._shared(number, own)

    def _governs(self, cue: Hit, number: Number) -> bool:
        """Answer whether an active verb stands right before the number: `killing at least 3`."""
        return (
            number.i - cue.j <= _ACTIVE_REACH
            and cue.key in _HARMED
            and (
                not any(
                    t.norm in self.words["joiner"] or t.norm == ","
                    for t in self.tokens[cue.j : number.i]
                )
            )
        )

    def _other_number(self, number: Number, at: int) -> bool:
        return any(number.j <= n.i < at for n in self.numbers)

    def _cut(self, first: int, last: int) -> bool:
        return any(t.text in {";", "."} for t in self.tokens[first:last])

    def _shared(self, number: Number, cues: Sequence[Hit]) -> Hit | None:
        """Give the cue that several joined numbers share: `3 soldiers and 2 civilians were killed`."""
        for hit in cues:
            if 0 <= hit.i - number.j <= 2 * _REACH_AFTER and not self._cut(number.j, hit.i):
                between = self.tokens[number.j : hit.i]
                if any(t.norm in self.words["joiner"] for t in between):
                    return hit
        return None


def _bare(
    tokens: Sequence[Token], cues: Sequence[Hit], persons: Sequence[Hit],
    others: tuple[Sequence[Number], Words],
) -> Iterable[Counted]:  # fmt: skip
    """Give `a civilian was killed`: an article counts one, a plural without a number is vague."""
    numbers, words = others
    for noun in persons:
        if any(n.i - 1 <= noun.i <= n.j + _NOUN_REACH for n in numbers):
            continue
        lead = {t.norm for t in tokens[max(0, noun.i - 2) : noun.i]}
        if not lead & words["one"]:
            continue
        near = [
            h for h in cues
            if h.key in _HARMED
            and (0 <= h.i - noun.j <= _BARE_AFTER or 0 <= noun.i - h.j <= _BARE_BEFORE)
        ]  # fmt: skip
        cue = min(near, key=lambda h: abs(h.i - noun.i), default=None)
        if cue is not None:
            status = noun.key if noun.key != "unknown" else None
            yield Counted(
                min(noun.i - 1, cue.i), max(noun.j, cue.j), Measure(cue.key), 1, 1, Qualifier.EXACT,
                status, False, False,  # noqa: FBT003
            )  # fmt: skip
