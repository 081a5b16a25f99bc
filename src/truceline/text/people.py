"""Are two written names one person's? Asked where two people are needed, so doubt means yes.

A name is read in two ways, by what its letters look like (Unicode's confusables) and by what they sound like
(transliteration), without anything that does not show. Names are compared word by word in any order; an
initial stands for every word that it begins.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

from anyascii import anyascii
from confusable_homoglyphs import confusables  # type: ignore[import-untyped]

Words = tuple[str, ...]
# What UTS 39 holds alike among the signs of ASCII.
_ALIKE = str.maketrans({"I": "l", "1": "l", "|": "l", "0": "O", "m": "rn", "w": "vv"})


def person_words(name: str) -> frozenset[Words]:
    """Give the readings of a name as words in small letters; none where nothing of it shows."""
    shown = "".join(c for c in unicodedata.normalize("NFKD", name) if _shows(c))
    small = shown.casefold()
    looks = "".join(map(_look, small))
    drawn = "".join(map(_look, shown)).translate(_ALIKE)
    readings = (_words(text) for text in (small, looks, drawn, anyascii(shown)))
    return frozenset(words for words in readings if words)


def same_person(one: str, other: str) -> bool:
    """Answer whether two names may be one person's, in whatever order and spelling."""
    return any(_fit(a, b) for a in person_words(one) for b in person_words(other))


def _shows(sign: str) -> bool:
    """Tell whether a sign is seen: no control, no format sign, no mark on a letter."""
    return not unicodedata.category(sign).startswith(("C", "M"))


@lru_cache(maxsize=4096)
def _look(sign: str) -> str:
    """Give the plain Latin letter that a sign looks like, itself where there is none."""
    if sign.isascii():
        return sign
    found = confusables.is_confusable(sign, greedy=True, preferred_aliases=["latin"])
    likes = [like["c"] for like in found[0]["homoglyphs"]] if found else []
    return next((like for like in likes if like.isascii()), sign)


def _words(text: str) -> Words:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return tuple("".join(c if c.isalnum() else " " for c in plain).split())


def _fit(a: Words, b: Words) -> bool:
    """Answer whether every word of the shorter name has one of its own in the longer.

    Where only initials tie words together, they must stand in the same order: S. Rana is not R. Smith.
    """
    if "".join(a) == "".join(b):
        return True
    shorter, longer = sorted((a, b), key=lambda words: (len(words), words))
    if _in_order(shorter, longer):
        return True
    tied = {word for word in shorter if len(word) > 1} & set(longer)
    bare = all(len(word) == 1 for word in a) or all(len(word) == 1 for word in b)
    return bool(tied or bare) and _placed(shorter, longer)


def _in_order(words: Words, among: Words) -> bool:
    """Answer whether the words stand for some of the others, one by one from left to right."""
    left = iter(among)
    return all(any(_alike(word, other) for other in left) for word in words)


def _placed(words: Words, among: Words) -> bool:
    """Answer whether each word stands for another of the others, in any order: a matching letter by letter."""
    common = Counter(w for w in words if len(w) > 1) & Counter(w for w in among if len(w) > 1)
    mine, theirs = Counter(words) - common, Counter(among) - common
    for letter in {word[0] for word in mine}:
        own = sum(n for word, n in mine.items() if word[0] == letter)
        full = own - mine[letter]
        free = sum(n for word, n in theirs.items() if word[0] == letter)
        if full > theirs[letter] or own > free:
            return False
    return True


def _alike(one: str, other: str) -> bool:
    """Answer whether two words are equal, or one is an initial of the other."""
    return one == other or (1 in {len(one), len(other)} and one[0] == other[0])
