"""Quotation marks: which stretches of a text are somebody's own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_PAIRS = {"\u201c": "\u201d\u201c", "\u00ab": "\u00bb", "\u201e": "\u201c\u201d", '"': '"'}
_OPENS = re.compile("[" + "".join(_PAIRS) + "]")
_LONGEST = 4000


def quoted(text: str) -> tuple[tuple[int, int], ...]:
    """Give the ranges (code points, marks included) inside quotation marks; nested ones count once.

    A mark that is never closed before the paragraph ends, or within 4,000 characters, opens nothing.
    """
    found: list[tuple[int, int]] = []
    done = 0
    for mark in _OPENS.finditer(text):
        i = mark.start()
        if i < done:
            continue
        end = _close(text, i + 1, _PAIRS[mark[0]])
        if end is not None:
            found.append((i, end + 1))
            done = end + 1
    return tuple(found)


def _close(text: str, start: int, closers: str) -> int | None:
    stop = text.find("\n", start, start + _LONGEST)
    stop = stop if stop >= 0 else min(len(text), start + _LONGEST)
    ends = [at for mark in closers if (at := text.find(mark, start, stop)) >= 0]
    return min(ends) if ends else None


def around(ranges: Sequence[tuple[int, int]], start: int, end: int) -> int | None:
    """Give the number of the quotation that a sentence lies in and shares with others, if any."""
    for number, (first, last) in enumerate(ranges):
        if first <= start < last and (end < last or first < start):
            return number
    return None
