"""The numbers of a monitor report that may count something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.model.coding import Qualifier

if TYPE_CHECKING:
    from truceline.read.grammar.line import Line
    from truceline.read.naming.lexicon import Hit

_LONGEST = 7
_TEN = 10
_TENS = range(20, 100, 10)
_SCALES = frozenset({100, 1000})
_UNITS = frozenset(
    {
        "km",
        "m",
        "mm",
        "metre",
        "metres",
        "kilometre",
        "kilometres",
        "minute",
        "minutes",
        "hour",
        "hours",
        "year",
        "years",
        "month",
        "months",
        "day",
        "days",
        "week",
        "weeks",
        "s",
        "st",
        "nd",
        "rd",
        "th",
    }
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number at tokens `i` up to `j`; None where that end is open."""

    i: int
    j: int
    low: int | None
    high: int | None
    qualifier: Qualifier


@dataclass(frozen=True, slots=True)
class Reach:
    """A stretch of a sentence without the places whose numbers are no counts."""

    line: Line
    first: int
    last: int
    closed: tuple[tuple[int, int], ...] = ()

    def open(self, i: int) -> bool:
        """Answer whether a token stands in the stretch and outside the closed places."""
        token = self.line.tokens[i]
        inside = self.first <= token.start and token.end <= self.last
        return inside and not any(a <= token.start < b for a, b in self.closed)


def numbers(reach: Reach) -> list[Number]:
    """Give the numbers of a stretch that may count something."""
    line, found, i = reach.line, [], 0
    while i < len(line.tokens):
        number = _number(line, i) if reach.open(i) else None
        if number is None:
            i += 1
            continue
        if not _measured(line, number):
            found.append(number)
        i = number.j
    return found


def _measured(line: Line, number: Number) -> bool:
    """Answer whether a number is a length, an age, a calibre or part of a model's name."""
    after, before = line.norm(number.j), line.norm(number.i - 1)
    if after in _UNITS or before == "aged":
        return True
    start, end = line.tokens[number.i].start, line.tokens[number.j - 1].end
    glued = line.text[start - 1 : start] + line.text[end : end + 1]
    return any(c.isalpha() or c in "-_" for c in glued.replace(" ", "")) and (
        line.tokens[number.i].number
    )


def _number(line: Line, i: int) -> Number | None:
    whole = _whole(line, i)
    if whole is None:
        return None
    low, j = whole
    high = low
    if low is not None and line.norm(j) in {"-", "\u2013", "to"}:
        upper = _whole(line, j + 1)
        if upper is not None and upper[0] is not None and upper[0] > low:
            high, j = upper
    if low is None:
        return Number(i, j, None, None, Qualifier.VAGUE)
    if high != low:
        return Number(i, j, low, high, Qualifier.RANGE)
    word = next((h for h in line.of("qualifiers") if h.j == i), None)
    at = word.i if word else i
    return _qualified(Number(at, j, low, low, Qualifier.EXACT), word.key if word else None)


def _qualified(number: Number, key: str | None) -> Number:
    low = number.low or 0
    match Qualifier(key) if key else Qualifier.EXACT:
        case Qualifier.AT_LEAST:
            return Number(number.i, number.j, low, None, Qualifier.AT_LEAST)
        case Qualifier.MORE_THAN:
            return Number(number.i, number.j, low + 1, None, Qualifier.MORE_THAN)
        case Qualifier.AT_MOST:
            return Number(number.i, number.j, None, low, Qualifier.AT_MOST)
        case Qualifier.LESS_THAN:
            return Number(number.i, number.j, None, low - 1, Qualifier.LESS_THAN)
        case Qualifier.ABOUT:
            return Number(number.i, number.j, low, low, Qualifier.ABOUT)
        case _:
            return number


def _whole(line: Line, i: int) -> tuple[int | None, int] | None:
    """Read digits, words such as `twenty-one`, an article, or a vague word (None)."""
    if i >= len(line.tokens):
        return None
    token = line.tokens[i]
    if token.number:
        plain = token.text.replace(",", "")
        return (int(plain), i + 1) if plain.isdigit() and len(plain) <= _LONGEST else None
    if token.norm in {"none", "a", "an"}:
        follows = line.norm(i + 1) in {"total", "number", "few", "dozen", "further"}
        return None if follows else (int(token.norm != "none"), i + 1)
    hit = next((h for h in line.of("numbers") if h.i == i), None)
    return _word(line, hit) if hit is not None else None


def _word(line: Line, hit: Hit) -> tuple[int | None, int] | None:
    """Read a number word; in `some 30 shots` the vague word only rounds the number."""
    if hit.key.isdigit():
        return _compound(line, int(hit.key), hit.j)
    if hit.key == "12+" and not line.norm(hit.i).endswith("s"):
        return 12, hit.j
    rounds = hit.j < len(line.tokens) and line.tokens[hit.j].number
    return None if rounds else (None, hit.j)


def _compound(line: Line, value: int, j: int) -> tuple[int, int]:
    while more := next((h for h in line.of("numbers") if h.i == j and h.key.isdigit()), None):
        unit = int(more.key)
        if unit in _SCALES:
            value *= unit
        elif value in _TENS and unit < _TEN:
            value += unit
        else:
            break
        j = more.j
    return value, j
