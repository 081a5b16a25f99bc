"""Seals: a person on a list becomes a keyed hash, equal where two lists name the same person alike, and nothing else."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_KEY = 32
_PARTED = "\x1f"
_SEAL = re.compile(r"[0-9a-f]{64}")


def seal(key: bytes, words: Sequence[str]) -> str:
    """Give the seal of what names a person: HMAC-SHA256 (RFC 2104) over the words without case, width and double blanks.

    Without the key nobody can try names; with it anybody can, so it stays with whoever makes the lists.
    """
    plain = _PARTED.join(
        " ".join(unicodedata.normalize("NFKC", w).casefold().split()) for w in words
    )
    return hmac.new(key, plain.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def is_seal(text: str) -> bool:
    """Answer whether a text has the form of a seal: 64 hexadecimal digits in lower case."""
    return _SEAL.fullmatch(text) is not None
