"""Where a quote stands, and what our own mention layer knows of those words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from truceline.model.coding import Cited
from truceline.model.pack import SideKind
from truceline.read.grammar.quotes import quoted
from truceline.read.naming.actor import PAIR, POSITIONS, TERRITORY, Actor
from truceline.read.naming.cast import Cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.read.document import Document
    from truceline.read.grammar.clock import Time
    from truceline.read.grammar.counted import Counted
    from truceline.read.grammar.line import Line, PlaceAt
    from truceline.read.naming.lexicon import Hit

_PAIR_SIZE = 2


class Unfit(Exception):  # noqa: N818  it is a reason, told to the model and counted
    """Why a claim of a model cannot be used, in words that repeat nothing of the text."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Found:
    """A quote in its sentence: the passage, the line and the tokens it touches."""

    cited: Cited
    line: Line
    i: int
    j: int

    def meets(self, i: int, j: int) -> bool:
        """Answer whether it touches tokens `i` up to `j`."""
        return self.i < j and i < self.j

    def hits(self, *classes: str) -> Iterator[Hit]:
        """Give the phrases of some classes that it touches."""
        return (h for cls in classes for h in self.line.of(cls) if self.meets(h.i, h.j))


@dataclass(frozen=True)
class Scene:
    """A document with its lines and the cast of its day; `first` to `last` are the sentences shown."""

    document: Document
    lines: Sequence[Line]
    cast: Cast
    first: int
    last: int

    @cached_property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        """The stretches of the text inside quotation marks."""
        return quoted(self.document.text)

    def direct(self, found: Found) -> bool:
        """Answer whether a passage begins inside quotation marks."""
        return any(a <= found.cited.start < b for a, b in self.quotations)

    def find(self, quote: str, lines: Sequence[Line], near: int | None = None) -> Found | None:
        """Find a quote letter by letter in one of some sentences, as whole words.

        Of several places the one nearest to code point `near` is meant, or the first.
        """
        places = [place for line in lines for place in self._all(quote, line)]
        if not places:
            return None
        if near is None:
            return places[0]
        return min(places, key=lambda p: (abs(p.cited.start - near), p.cited.start))

    def _all(self, quote: str, line: Line) -> Iterator[Found]:
        text = self.document.text
        at = text.find(quote, line.sentence.start, line.sentence.end)
        while at >= 0:
            end = at + len(quote)
            if _whole_words(text, at, end):
                touched = [k for k, t in enumerate(line.tokens) if t.start < end and at < t.end]
                if touched:
                    cited = Cited(text=text[at:end], start=at, end=end)
                    yield Found(cited, line, touched[0], touched[-1] + 1)
            at = text.find(quote, at + 1, line.sentence.end)

    # -- what the mention layer knows of a passage -----------------------------------------------

    def actors(self, found: Found) -> list[Actor]:
        """Give the mentions a passage touches; none where it runs over an act into another's name."""
        mentions = [a for a in found.line.actors if found.meets(a.i, a.j)]
        if len(mentions) > 1:
            first, last = mentions[0].j, mentions[-1].i
            cut = any(first <= h.i and h.j <= last for h in found.line.of("acts"))
            told = any(first <= h.i and h.j <= last for h in found.line.of("speech"))
            if cut or told:
                return []
        return mentions

    def doers(self, found: Found, speaking: tuple[str, ...], *, hostile: bool) -> list[Actor]:
        """Give who a passage says has acted: names, `the enemy` of a party, or both parties."""
        named = [a for a in self.actors(found) if a.form not in {POSITIONS, TERRITORY} and a.sides]
        return named or self._others(found, speaking, hostile=hostile)

    def targets(self, found: Found, speaking: tuple[str, ...], *, hostile: bool) -> list[Actor]:
        """Give to whom or whose it was done; ground and positions count."""
        named = [a for a in self.actors(found) if a.sides]
        return named or self._others(found, speaking, hostile=hostile)

    def _others(self, found: Found, speaking: tuple[str, ...], *, hostile: bool) -> list[Actor]:
        for hit in found.hits("others"):
            if hit.key == "enemy" and (sides := self.cast.opponents(speaking)):
                return [Actor(hit.i, hit.j, "forces", (), sides, flags=("enemy",))]
            if hit.key == "both" and hostile:
                parties = tuple(
                    sorted(s.id for s in self.cast.sides.values() if s.kind is SideKind.PARTY)
                )
                if len(parties) == _PAIR_SIZE:
                    return [Actor(hit.i, hit.j, PAIR, (), parties, flags=("both_sides",))]
        return []

    def places(self, found: Found) -> list[PlaceAt]:
        """Give the places a passage touches."""
        return [p for p in found.line.places if found.meets(p.i, p.j)]

    def time(self, found: Found) -> Time | None:
        """Give the one time a passage touches, None for none or several."""
        times = [t for t in found.line.times if found.meets(t.i, t.j)]
        return times[0] if len(times) == 1 else None

    def count(self, found: Found, measure: str) -> Counted | None:
        """Give the number that stands in a passage and counts what was said."""
        mine = [c for c in found.line.counts if found.meets(c.i, c.j) and c.measure == measure]
        inside = [c for c in mine if found.i <= c.i < found.j]
        return inside[0] if len(inside) == 1 and not inside[0].subset else None


def _whole_words(text: str, start: int, end: int) -> bool:
    """Answer whether a passage cuts no word or number: `3` does not stand in `13`."""
    before = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    after = end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum())
    return before and after
