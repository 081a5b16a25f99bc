"""How many: numbers with what they count and how exactly they are stated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.model.coding import Measure, Qualifier
from truceline.read.grammar.numbers import Number, Numbers
from truceline.read.naming.actor import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from truceline.read.naming.lexicon import Hit
    from truceline.read.naming.wording import Words
    from truceline.text.tokens import Token

_REACH_AFTER, _REACH_BEFORE, _NOUN_REACH = 9, 6, 4
_PERSON_MEASURES = frozenset(
    {
        Measure.KILLED,
        Measure.INJURED,
        Measure.CAPTURED,
        Measure.MISSING,
        Measure.DISPLACED,
        Measure.RELEASED,
        Measure.FIGHTERS,
    }
)
_SUBSET_BEFORE, _ACTIVE_REACH, _BARE_AFTER, _BARE_BEFORE, _AGED = 3, 3, 4, 3, 4
_ALIKE = frozenset({Measure.KILLED, Measure.INJURED})
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
    side: str | None = None


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
    sides = [h for h in hits if h.cls == "side"]
    totals = _totals(numbers, [h for h in hits if h.cls == "cumulative"])
    counter = _Counter(tokens, cues, persons, numbers, words)
    found: list[Counted] = []
    for number in numbers:
        if (more := counter.one_more(number, found)) is not None:
            found.append(more)
            continue
        for measure, status, end in counter.counts(number):
            side = next(
                (h.key for h in sides if h.entry.form == PEOPLE and number.j <= h.i < end), None
            )
            found.append(
                Counted(
                    number.i,
                    end,
                    measure,
                    number.low,
                    number.high,
                    number.qualifier,
                    status,
                    number.i in totals,
                    counter.subset(number),
                    side,
                )
            )
    return [*found, *_bare(tokens, cues, persons, numbers, words), *counter.others()]


def _totals(numbers: Sequence[Number], cumulative: Sequence[Hit]) -> set[int]:
    """Give where numbers begin that are running totals: those after the words for it, else before."""
    found: set[int] = set()
    for hit in cumulative:
        after = [n.i for n in numbers if 0 <= n.i - hit.i <= _REACH_AFTER]
        found.update(after or [n.i for n in numbers if 0 <= hit.i - n.i <= _REACH_AFTER])
    return found


@dataclass(frozen=True, slots=True)
class _Counter:
    """Finds what a number counts: the noun after it, and the cue that says what befell them."""

    tokens: Sequence[Token]
    cues: Sequence[Hit]
    persons: Sequence[Hit]
    numbers: Sequence[Number]
    words: Words

    def counts(self, number: Number) -> Iterable[tuple[Measure, str | None, int]]:
        """Give measure, status and end of the words; no casualties are nobody killed or injured."""
        noun = self._noun(number)
        counted = self._count(number, noun)
        if counted is not None:
            yield counted
        elif noun is not None and number.high == 0 and self._word(noun.i, "casualties"):
            yield Measure.KILLED, None, noun.j
            yield Measure.INJURED, None, noun.j

    def one_more(self, number: Number, before: Sequence[Counted]) -> Counted | None:
        """Give a number joined to persons counted just before: `five in A and four in B`, `2 men and 3 women`.

        It counts the same, and takes the status of its own noun, or of theirs where it has none.
        """
        if (
            not before
            or before[-1].measure not in _ALIKE
            or before[-1].subset
            or self.subset(number)
        ):
            return None
        last, noun = before[-1], self._noun(number)
        joined = self._word(number.i - 1, "joiner") or self.tokens[number.i - 1].text == ","
        apart = number.i - last.j > _REACH_AFTER or self._cut(last.j, number.i)
        if not joined or apart or number.part or self._count(number, noun) is not None:
            return None
        end = noun.j if noun is not None else number.j
        if noun is None and not self._word(number.j, "preposition"):
            return None
        status = last.status if noun is None else (noun.key if noun.key != "unknown" else None)
        return Counted(
            number.i,
            end,
            last.measure,
            number.low,
            number.high,
            number.qualifier,
            status,
            cumulative=last.cumulative,
            subset=False,
        )

    def _count(self, number: Number, noun: Hit | None) -> tuple[Measure, str | None, int] | None:
        if number.part and not self._group(number, noun):
            return None
        status = noun.key if noun and noun.key != "unknown" else None
        end = noun.j if noun else number.j
        if noun is None and number.high != 0 and self._remains(number):
            return Measure.REMAINS, None, number.j
        if noun is not None and self._remains(number):
            return Measure.REMAINS, status, noun.j
        thing = self._thing(number)
        if noun is None and thing is not None:
            return Measure(thing.key), None, thing.j
        cue = self._cue(number, noun)
        if cue is None or (noun is None and self._ground(number)):
            return None
        far = cue.j if cue.i >= number.i else end
        return Measure(cue.key), status, max(end, min(far, number.j + _NOUN_REACH), number.j)

    def _ground(self, number: Number) -> bool:
        """Answer whether villages are counted: `captured six villages` takes nobody prisoner."""
        return any(self._word(k, "ground") for k in (number.j, number.j + 1))

    def others(self) -> Iterable[Counted]:
        """Give `another was wounded`."""
        for i, token in enumerate(self.tokens):
            if token.norm not in self.words["another"] or not self._word(i + 1, "was"):
                continue
            cue = next(
                (h for h in self.cues if h.key in _HARMED and 0 < h.i - i <= _BARE_AFTER), None
            )
            if cue is not None:
                yield Counted(
                    i,
                    cue.j,
                    Measure(cue.key),
                    1,
                    1,
                    Qualifier.EXACT,
                    None,
                    cumulative=False,
                    subset=False,
                )

    def subset(self, number: Number) -> bool:
        """Answer whether a number tells a part of one before it: `including two children`."""
        lead = range(max(0, number.i - _SUBSET_BEFORE), number.i)
        return any(self._word(k, "subset") for k in lead)

    def _word(self, i: int, key: str) -> bool:
        return 0 <= i < len(self.tokens) and self.tokens[i].norm in self.words[key]

    def _group(self, number: Number, noun: Hit | None) -> bool:
        """Answer whether the members are told: `one of the soldiers`, `one of them`, `both pilots`."""
        if self._word(number.i, "pair"):
            return noun is not None and noun.i <= number.j + 1
        near = range(number.j, number.j + _SUBSET_BEFORE)
        return noun is not None or any(self._word(k, "them") for k in near)

    def _remains(self, number: Number) -> bool:
        """Answer whether `the bodies of` stands right before a number."""
        at = number.i - 1
        if self._word(at, "article"):
            at -= 1
        return self._word(at, "of") and any(
            h.j == at and h.key == Measure.REMAINS for h in self.cues
        )

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
            h
            for h in self.cues
            if Measure(h.key) not in _PERSON_MEASURES
            and number.j <= h.i <= number.j + 2
            and not _verbal(self.tokens[h.j - 1])
        ]
        return min(near, key=lambda h: (h.i, -h.j), default=None)

    def _cue(self, number: Number, noun: Hit | None) -> Hit | None:
        own = [h for h in self.cues if Measure(h.key) in _PERSON_MEASURES]
        if noun is not None and noun.key == "military":
            own = [h for h in own if h.key != "fighters"] or own
        after = [
            h
            for h in own
            if number.j <= h.i <= number.j + _REACH_AFTER
            and not self._other_number(number, h.i)
            and not self._cut(number.j, h.i)
            and not self._aside(number, h)
        ]
        before = [
            h
            for h in own
            if number.i - _REACH_BEFORE <= h.i
            and h.j <= number.i
            and not any(n.i >= h.j and n.j <= number.i for n in self.numbers)
            and not self._cut(h.j, number.i)
        ]
        active = max(before, key=lambda h: h.i, default=None)
        passive = min(after, key=lambda h: h.i, default=None)
        if freed := self._freed(active, after, before):
            return freed
        if active is not None and (passive is None or self._governs(active, number)):
            return active
        if passive is None and noun is None:
            return self._shared(number, number.j, own)
        end = noun.j if noun is not None else number.j
        return passive or active or self._shared(number, end, own)

    def _freed(self, active: Hit | None, after: Sequence[Hit], before: Sequence[Hit]) -> Hit | None:
        """Give the release of prisoners, who are counted as released and no longer as captured."""
        nearest = (*after, *([active] if active else []))
        if not any(h.key == Measure.CAPTURED for h in nearest):
            return None
        return next((h for h in (*after, *before) if h.key == Measure.RELEASED), None)

    def _aside(self, number: Number, cue: Hit) -> bool:
        """Answer whether a cue only stands in a phrase: `seven people were involved in the murder`."""
        at = cue.i - 1
        while at > number.j and (self._word(at, "article") or self._word(at, "determiner")):
            at -= 1
        return at >= number.j + 1 and self._word(at, "not_befell")

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
        return any(number.j <= n.i < at and not self.subset(n) for n in self.numbers)

    def _cut(self, first: int, last: int) -> bool:
        return any(t.text in {";", "."} for t in self.tokens[first:last])

    def _shared(self, number: Number, end: int, cues: Sequence[Hit]) -> Hit | None:
        """Give the cue that several joined numbers share: `3 soldiers and 2 civilians were killed`."""
        if (
            end < len(self.tokens)
            and self.tokens[end].text != ","
            and not self._word(end, "joiner")
        ):
            return None
        for hit in cues:
            if 0 <= hit.i - number.j <= 2 * _REACH_AFTER and not self._cut(number.j, hit.i):
                between = self.tokens[number.j : hit.i]
                if any(t.norm in self.words["joiner"] for t in between):
                    return hit
        return None


def _bare(
    tokens: Sequence[Token],
    cues: Sequence[Hit],
    persons: Sequence[Hit],
    numbers: Sequence[Number],
    words: Words,
) -> Iterable[Counted]:
    """Give `a civilian was killed`: an article counts one, a plural without a number is vague."""
    for noun in persons:
        if any(_its(n, noun, tokens, words) for n in numbers):
            continue
        # "a 60-year-old woman"
        back = _AGED if any(t.hyphen for t in tokens[max(0, noun.i - 2) : noun.i]) else 2
        lead = {t.norm for t in tokens[max(0, noun.i - back) : noun.i]}
        wider = {t.norm for t in tokens[max(0, noun.i - _SUBSET_BEFORE) : noun.i]}
        if not lead & words["one"]:
            continue
        near = [
            h
            for h in cues
            if h.key in _HARMED
            and (0 <= h.i - noun.j <= _BARE_AFTER or 0 <= noun.i - h.j <= _BARE_BEFORE)
        ]
        cue = min(near, key=lambda h: abs(h.i - noun.i), default=None)
        if cue is not None:
            status = noun.key if noun.key != "unknown" else None
            yield Counted(
                min(noun.i - 1, cue.i),
                max(noun.j, cue.j),
                Measure(cue.key),
                1,
                1,
                Qualifier.EXACT,
                status,
                cumulative=False,
                subset=bool(wider & words["subset"]),
            )


def _its(number: Number, noun: Hit, tokens: Sequence[Token], words: Words) -> bool:
    """Answer whether a noun is that of a number: nothing joins it as one more."""
    if not number.i - 1 <= noun.i <= number.j + _NOUN_REACH:
        return False
    between = tokens[number.j : noun.i]
    return not any(t.text == "," or t.norm in words["joiner"] for t in between)


def _verbal(token: Token) -> bool:
    """Answer whether a word is a verb here: `shelling` is no shell."""
    return token.norm != token.lemma and token.norm.endswith(("ing", "ed"))
