"""The heading of a plain text: what its sender says about it, and where the text begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS = ("published", "outlet", "url", "language", "profile", "issuer", "translated")
_HEADING = re.compile(
    rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(.{0,4000}?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Split:
    """The heading's pairs with their lines, and where the text itself begins in the file."""

    pairs: Mapping[str, tuple[str, int]]
    begins: int


def split_heading(content: bytes, file: str) -> tuple[Split, list[Problem]]:
    """Give the heading of a text and where the text begins; without a heading, at its first byte."""
    match = _HEADING.match(content)
    if match is None:
        return Split({}, 0), []
    pairs: dict[str, tuple[str, int]] = {}
    problems = []
    for number, line in enumerate(match[1].decode("utf-8", "replace").splitlines(), 2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        key, colon, value = line.partition(":")
        name = key.strip().casefold()
        if not colon or name not in KEYS or name in pairs:
            message = f"{line.strip()[:60]!r} is no line of a heading, or stands twice"
            advice = f"write key: value with one of: {', '.join(KEYS)}"
            problems.append(
                Problem(
                    severity=Severity.WARNING, file=file, row=number, field=name if colon else None,
                    message=message, advice=advice,
                )
            )  # fmt: skip
            continue
        pairs[name] = (value.strip(), number)
    return Split(pairs, match.end()), problems
