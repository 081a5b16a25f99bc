"""Numbers in words and digits, with the words that say how exact they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from truceline.model.coding import Qualifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from truceline.read.naming.lexicon import Hit
    from truceline.read.naming.wording import Words
    from truceline.text.tokens import Token

_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_DECIMAL = re.compile(r"\d{1,4}[.,]\d{1,2}")
_MOST_DIGITS, _GROUP, _AGE_DIGITS = 9, 3, 2
_DOZEN, _HUNDRED, _TWENTY, _TEN = 12, 100, 20, 10
_SCALES = frozenset({100, 1000, 1_000_000})
_DASHES = frozenset({"-", "\u2013"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number at tokens `i` up to `j` with its qualifier; None where that end is open.

    `part`: it counts members of a group, so that their noun must be told (`one of them`, `both`).
    """

    i: int
    j: int
    low: int | None
    high: int | None
    qualifier: Qualifier
    part: bool = False


@dataclass(frozen=True, slots=True)
class Numbers:
    """Reads the numbers of one sentence; `busy` are tokens that are times."""

    tokens: Sequence[Token]
    hits: Mapping[int, list[Hit]]
    words: Words
    busy: frozenset[int]

    def all(self) -> Iterator[Number]:
        """Give the numbers in reading order; those of days, distances and percentages are left out."""
        before = {
            h.j: Qualifier(h.key)
            for found in self.hits.values()
            for h in found
            if h.cls == "qualifiers"
        }
        i = 0
        while i < len(self.tokens):
            told = self.tokens[i].number or i in self.hits
            found = self._value(i) if told and i not in self.busy else None
            if found is None:
                i += 1
                continue
            low, high, j = found
            word = before.get(i) or (before.get(i - 1) if self._has(i - 1, "article") else None)
            if not self._measured(i, j):
                number = _qualified((i, self._whole(j)), low, high, word)
                yield replace(number, part=self._part(i))
                j = number.j
            i = max(j, i + 1)

    def _has(self, i: int, key: str) -> bool:
        return 0 <= i < len(self.tokens) and self.tokens[i].norm in self.words[key]

    def _whole(self, j: int) -> int:
        """Give the token after the group that a number is taken from: `7 out of 10 soldiers`."""
        at = j + 1 if self._has(j, "out") else j
        if not self._has(at, "of"):
            return j
        at += 1 + self._has(at + 1, "article")
        found = self._value(at) if at not in self.busy else None
        return found[2] if found is not None and found[0] is not None else j

    def _part(self, i: int) -> bool:
        return self._has(i, "pair") or (self._has(i, "single") and self._has(i + 1, "of"))

    def _measured(self, i: int, j: int) -> bool:
        """Answer whether a number measures: `3 days`, `5 km`, `90 percent`, `aged 45`, `No. 7`."""
        after = j + 1 if j < len(self.tokens) and self.tokens[j].norm in _DASHES else j
        named = any(h.cls == "units" for h in self.hits.get(j, ()))
        return named or self._has(after, "measured") or self._has(i - 1, "aged") or self._age(i, j)

    def _age(self, i: int, j: int) -> bool:
        """Answer whether a number in commas behind a name is an age: `a woman, 60, was killed`."""
        if i < 2 or j != i + 1 or j >= len(self.tokens) or not self.tokens[i].number:  # noqa: PLR2004
            return False
        commas = self.tokens[i - 1].text == "," == self.tokens[j].text
        return commas and self.tokens[i - 2].word and len(self.tokens[i].text) == _AGE_DIGITS

    def _value(self, i: int) -> tuple[int | None, int | None, int] | None:
        """Read digits, words and compounds such as `twenty-one`, `two dozen`, `10-12`, `3 thousand`."""
        first = self._one(i)
        if first is None:
            return None
        low, j = first
        if low is None:
            # "some 60 shots": the word only says how exact the number is.
            return None if j < len(self.tokens) and self.tokens[j].number else (None, None, j)
        low, j = self._compound(low, j)
        joined = self._has(i - 1, "between") and self._has(j, "joiner")
        upper = self._one(j + 1) if joined or self._range(j) else None
        if upper is not None and upper[0] is not None and upper[0] > low:
            return low, upper[0], upper[1]
        return low, low, j

    def _range(self, j: int) -> bool:
        return j + 1 < len(self.tokens) and (
            self.tokens[j].norm in _DASHES or self._has(j, "range")
        )

    def _compound(self, low: int, j: int) -> tuple[int, int]:
        while j < len(self.tokens) and not self.tokens[j].number:
            at = j + 1 if low % _HUNDRED == 0 < low and self._has(j, "number_and") else j
            more = self._one(at) if at == j or not self._scaled(at) else None
            if more is None or more[0] is None:
                break
            value, end = more
            if value in _SCALES or value == _DOZEN:
                low *= value
            elif value is not None and _adds(low, value):
                low += value
            else:
                break
            j = end
        return low, j

    def _scaled(self, at: int) -> bool:
        """Answer whether a number that `and` joins is one by itself: `two hundred and 50`."""
        return at >= len(self.tokens) or self.tokens[at].number

    def _one(self, i: int) -> tuple[int | None, int] | None:
        """Give one number word or run of digits and the token after it; None for a vague word."""
        if i >= len(self.tokens):
            return None
        token = self.tokens[i]
        if token.number:
            return None if self._named(i) else self._digits(i, token.text)
        hit = next((h for h in self.hits.get(i, ()) if h.cls == "numbers"), None)
        if hit is None or (hit.key == "1" and self._pronoun(i)):
            return None
        if hit.key == "12+":
            return (None if token.norm.endswith("s") else _DOZEN), hit.j
        return (int(hit.key) if hit.key.isdigit() else None), hit.j

    def _digits(self, i: int, text: str) -> tuple[int, int] | None:
        plain = text.replace(",", "") if _THOUSANDS.fullmatch(text) else text
        if _DECIMAL.fullmatch(plain):
            return self._decimal(i, plain.replace(",", "."))
        groups = self._groups(i)
        if groups:
            return int("".join(self.tokens[k].text for k in range(i, groups))), groups
        ordinal = self._has(i + 1, "ordinal")
        if not plain.isdigit() or len(plain) > _MOST_DIGITS or ordinal:
            return None
        return int(plain), i + 1

    def _decimal(self, i: int, text: str) -> tuple[int, int] | None:
        """Read `3.5 thousand`; a fraction of anything else counts nothing."""
        scale = self._one(i + 1)
        if scale is None or scale[0] not in _SCALES:
            return None
        return round(float(text) * scale[0]), scale[1]

    def _groups(self, i: int) -> int | None:
        """Give the token after the groups of three digits in `1 200`."""
        if not 0 < len(self.tokens[i].text) <= _GROUP:
            return None
        j = i + 1
        while self._beside(j) and len(self.tokens[j].text) == _GROUP:
            j += 1
        whole = j - i <= _MOST_DIGITS // _GROUP and not self._beside(j) and not self._beside(i)
        return j if j > i + 1 and whole and self.tokens[i].text.isdigit() else None

    def _beside(self, j: int) -> bool:
        """Answer whether a token is a run of digits one blank after another."""
        if not 0 < j < len(self.tokens) or j in self.busy or j - 1 in self.busy:
            return False
        first, second = self.tokens[j - 1], self.tokens[j]
        return first.number and second.text.isdigit() and second.start == first.end + 1

    def _named(self, i: int) -> bool:
        """Answer whether digits belong to a name: `T-72`, `BM21`, a telephone number."""
        before = self.tokens[i - 1] if i else None
        if self.tokens[i].hyphen or (before and before.word and before.end == self.tokens[i].start):
            return True
        return self._beside(i) or (self._beside(i + 1) and self._groups(i) is None)

    def _pronoun(self, i: int) -> bool:
        """Answer whether `one` stands for somebody: `one of`, `one by one`, `the one that`."""
        return (
            (self._has(i + 1, "after_pronoun") and not self._has(i + 1, "of"))
            or self._has(i - 1, "by")
            or self._has(i - 1, "article")
        )


def _adds(low: int, value: int) -> bool:
    tens = low >= _TWENTY and low % _TEN == 0 and value < _TEN
    return tens or (low > 0 and low % _HUNDRED == 0 and value < _HUNDRED)


def _qualified(
    where: tuple[int, int], low: int | None, high: int | None, word: Qualifier | None
) -> Number:
    """Put a number and its qualifier into bounds."""
    i, j = where
    if low is None:
        return Number(i, j, None, None, Qualifier.VAGUE)
    if low != high:
        return Number(i, j, low, high, Qualifier.RANGE)
    open_ends = {
        Qualifier.AT_LEAST: (low, None),
        Qualifier.MORE_THAN: (low + 1, None),
        Qualifier.AT_MOST: (None, low),
        Qualifier.LESS_THAN: (None, low - 1),
    }
    bounds = open_ends.get(word, (low, low)) if word else (low, low)
    kept = word if word in open_ends or word is Qualifier.ABOUT else Qualifier.EXACT
    return Number(i, j, *bounds, kept)
