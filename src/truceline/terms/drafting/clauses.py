"""A text to clauses: numbered points, and the sentences in each, with their place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# A point begins a line: 1. | 1) | (1) | 1.2 | IV. | a) | Article 3 | Point 3 | - | •
_POINT = re.compile(
    r"^[ \t]*(?:(?:article|point|paragraph|section)[ \t]+(?P<word>\w{1,6})[.:)]?|\(?(?P<number>\d{1,2}(?:\.\d{1,2})*)(?:[.)]|[ \t]?[-\N{EN DASH}])"
    r"|\(?(?P<roman>[IVX]{1,5})[.)]|\(?(?P<letter>[a-z])\)|(?P<dash>[-\N{BULLET}\N{EN DASH}]))[ \t]+",
    re.IGNORECASE | re.MULTILINE,
)
_SHORT = re.compile(r"\b(?:No|Art|H\.E|Mr|Mrs|Ms|Dr|Gen|St|e\.g|i\.e|a\.m|p\.m)\.$")
_END = re.compile(
    r"(?<=[.;:!?])[\"\N{RIGHT DOUBLE QUOTATION MARK}]?\s+(?=[\"(\N{LEFT DOUBLE QUOTATION MARK}]?\w)"
)
_LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A sentence of a point: `point` is its number as the text gives it (or counted), `text` the words from `start` to `end`."""

    point: str
    text: str
    start: int
    end: int


def clauses(text: str) -> tuple[Clause, ...]:
    """Split a text into the sentences of its points; where it numbers none, each paragraph is a point."""
    return tuple(
        Clause(point=point, text=text[a:b], start=a, end=b)
        for point, start, end in _points(text)
        for a, b in _sentences(text, start, end)
        if len(re.findall(r"\w+", text[a:b])) >= _LEAST
    )


def _points(text: str) -> Iterator[tuple[str, int, int]]:
    """Give each point's number with where it stands; what stands before the first point is no provision."""
    found = list(_POINT.finditer(text))
    if not found:
        for number, part in enumerate(re.finditer(r"\S(?:.|\n(?!\s*\n))*", text), 1):
            yield str(number), *part.span()
        return
    ends = [*(m.start() for m in found[1:]), len(text)]
    above, dashes = "", 0
    for match, end in zip(found, ends, strict=True):
        name = match["word"] or match["number"] or match["roman"]
        if name:
            above, dashes = name.rstrip("."), 0
            point = above
        elif match["letter"]:
            point = f"{above}{match['letter'].lower()}"
        else:
            dashes += 1
            point = f"{above}.{dashes}" if above else str(dashes)
        yield point, match.end(), end


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for mark in _END.finditer(text, start, end):
        if not _SHORT.search(text[at : mark.start()]):
            yield _trimmed(text, at, mark.start())
            at = mark.end()
    yield _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())
