"""What the layout of a text says: where it was written, and whom a list is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.read.naming.actor import CAPITAL, Actor
from truceline.read.press.voiced import Lead, can_speak

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.read.grammar.line import Line
    from truceline.read.press.voiced import Stretch

_MARKS = frozenset("-*\u2022\u2013\u2014\u00b7\u25aa\u25e6\u2023")
_AFTER_NUMBER = frozenset({".", ")"})
_DATELINE_SENTENCES, _DATELINE_WORDS, _OPENING = 3, 12, 6


def is_item(line: Line) -> bool:
    """Answer whether a sentence is an item of a list: it begins with a mark, or with `1.` or `1)`."""
    first = line.tokens[0]
    if first.text in _MARKS:
        return True
    numbered = first.text.isdigit() and len(line.tokens) > 1
    return numbered and line.tokens[1].text in _AFTER_NUMBER


def lead_of(line: Line, stretches: Sequence[Stretch]) -> Lead | None:
    """Give whom the list after a sentence is about, where it ends in a colon."""
    if line.tokens[-1].text != ":" or is_item(line):
        return None
    last = stretches[-1] if stretches else None
    if last is not None and last.layers and last.layers[-1].actor is not None:
        return Lead(last.layers[-1].actor, says=True)
    named = [a for a in line.actors if can_speak(a) and a.sides]
    after = [a for a in named if a.i <= _OPENING or a.j >= len(line.tokens) - 1]
    return Lead(after[-1], says=False) if after else None


def home_of(number: int, line: Line) -> Actor | None:
    """Give the state in whose capital a text was written: `YEREVAN, October 10 (AGENCY) --`."""
    if number >= _DATELINE_SENTENCES:
        return None
    named = [h for h in line.of("side") if h.entry.form == CAPITAL and h.i <= 1]
    if len(named) != 1 or named[0].j >= len(line.tokens):
        return None
    after = line.tokens[named[0].j].text
    dated = any(t.i <= _DATELINE_WORDS for t in line.times)
    if after not in {",", "("} or not dated:
        return None
    return Actor(named[0].i, named[0].j, CAPITAL, (), (named[0].key,))
