"""How alike two short texts are, by the words they share."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=65_536)
def words(text: str) -> frozenset[str]:
    """Give the distinct words and word pairs of a text, folded."""
    found = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return frozenset(found) | frozenset(f"{a} {b}" for a, b in pairwise(found))


def likeness(a: str, b: str) -> float:
    """Jaccard similarity of words and word pairs, 0 to 1 (Broder 1997, resemblance)."""
    left, right = words(a), words(b)
    if not left or not right:
        return 0.0
    return len(left & right) / len(left | right)
