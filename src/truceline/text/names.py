"""One spelling for comparison: names that differ by case, accents or hyphens fold together."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Letters that Unicode does not decompose, and the marks that stand for an apostrophe.
_LETTERS = str.maketrans({
    "\N{LATIN SMALL LETTER SCHWA}": "e",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    "\N{LATIN SMALL LETTER O WITH STROKE}": "o",
    "\N{LATIN SMALL LETTER L WITH STROKE}": "l",
    "\N{RIGHT SINGLE QUOTATION MARK}": "",
    "\N{MODIFIER LETTER TURNED COMMA}": "",
    "\N{APOSTROPHE}": "",
    "\N{GRAVE ACCENT}": "",
})  # fmt: skip
_NOT_WORD = re.compile(r"[^\w/]+")


def fold(name: str) -> str:
    """Give the comparison form of a name: no case, accents, quotes or punctuation; one space."""
    plain = name
    while (folded := _fold_once(plain)) != plain:
        plain = folded
    return plain


def _fold_once(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", plain).strip()


def split_list(text: str) -> tuple[str, ...]:
    """Split a `;` list, leaving a `;` inside brackets alone: `A (b;c);D` has two parts."""
    parts, depth, current = [], 0, ""
    for char in text:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == ";" and depth <= 0:
            parts.append(current)
            current = ""
        else:
            current += char
    return tuple(part.strip() for part in [*parts, current] if part.strip())


def keyed(prefix: str, key: str, parts: Iterable[str]) -> str:
    """Name a projection by a keyed hash of its content (blake2b, 64 bits)."""
    digest = hashlib.blake2b("\n".join(parts).encode(), digest_size=8, key=key.encode()[:64])
    return f"{prefix}-{digest.hexdigest()}"


def incident_id(mission: str, members: Iterable[str]) -> str:
    """Name an incident by the claims that it holds, given in sorted order."""
    return keyed("inc", mission, members)
