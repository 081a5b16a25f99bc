"""Lines that a machine broke: a text wrapped at a width reads as if it were not, offsets unchanged."""

from __future__ import annotations

import re
from itertools import pairwise

_FEWEST_LINES = 4
_WIDEST, _NARROWEST = 100, 40
_FULL, _SHORT = 0.7, 0.6
_FULL_SHARE = 0.5
_LIST = re.compile(r"[-*\u2022\u2013]\s|\d{1,2}[.)]\s")


def unwrapped(text: str) -> str:
    """Give the text with the breaks inside wrapped paragraphs as blanks; it keeps its length.

    A text is wrapped when its longest line has 40 to 100 characters and half of its lines are nearly as
    long. A short line, an empty line and a list item still end a paragraph.
    """
    lines = text.split("\n")
    filled = [len(line) for line in lines if line.strip()]
    if len(filled) < _FEWEST_LINES:
        return text
    # The longest line may be an odd one out (an address): the tenth longest of a hundred tells.
    width = sorted(filled)[-1 - len(filled) // 10]
    if not _NARROWEST <= width <= _WIDEST:
        return text
    if sum(length >= _FULL * width for length in filled) < _FULL_SHARE * len(filled):
        return text
    parts = [lines[0]]
    for before, line in pairwise(lines):
        full = len(before.rstrip()) >= _SHORT * width
        goes_on = full and line.strip() and not line[:1].isspace() and not _LIST.match(line)
        parts.append((" " if goes_on else "\n") + line)
    return "".join(parts)
