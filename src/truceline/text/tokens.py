"""Words and sentences of a canonical text, each with its place in code points."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A number keeps its inner points, colons and slashes; letters and digits that touch are two tokens.
_TOKEN = re.compile(
    r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*|[^\s\w]|_", re.UNICODE
)
_APOSTROPHES = "'\u2019\u02bc`"
_HYPHENS = "-\u2010\u2011"
_ENDS = ".!?\u2026\u3002\u0589:"
_CLOSERS = "\"'\u201d\u2019\u00bb)]"
_LONGEST_SENTENCE = 400
# A longer run of digits is no count, time or date.
_LONGEST_NUMBER = 18
# A point after these does not end a sentence.
_ABBREVIATIONS = frozenset({
    "mr", "mrs", "ms", "dr", "gen", "lt", "col", "maj", "capt", "sgt", "st", "no", "vs", "prof",
    "sen", "rep", "gov", "rev", "hon", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
    "sept", "oct", "nov", "dec", "a.m", "p.m", "u.s", "u.n", "e.g", "i.e", "approx", "km", "etc",
    "inc", "art", "fig", "al", "г", "ул", "им", "т", "тыс", "млн", "др", "п", "н", "обл", "ст",  # noqa: RUF001
    "р", "вул", "ім", "см", "мм", "кв",  # noqa: RUF001
})  # fmt: skip


@dataclass(slots=True)
class Token:
    """One word, number or mark: `norm` is its folded form, `hyphen` joins it to the word before."""

    text: str
    start: int
    end: int
    norm: str
    lemma: str
    word: bool
    number: bool
    possessive: bool = False
    hyphen: bool = False

    @property
    def capital(self) -> bool:
        """Answer whether it begins with a capital letter."""
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first` up to `last` (exclusive) and the code points they take; `block` counts paragraphs."""

    first: int
    last: int
    start: int
    end: int
    block: int


@lru_cache(maxsize=200_000)
def norm(word: str) -> str:
    """Give the comparison form of one word."""
    if word.isascii():
        return word.lower()
    folded = fold(unicodedata.normalize("NFC", word))
    return folded.replace(" ", "") or word.lower()


def tokens_of(text: str) -> list[Token]:
    """Cut a text into tokens; hyphens and apostrophes inside a word join nothing and are dropped."""
    found: list[Token] = []
    possessive = hyphen = False
    for match in _TOKEN.finditer(text):
        piece, start, end = match[0], match.start(), match.end()
        first = piece[0]
        if first.isalpha():
            name = norm(piece)
            found.append(
                Token(piece, start, end, name, name, True, False, possessive, hyphen)  # noqa: FBT003
            )
        elif first.isdigit():
            counts = len(piece) <= _LONGEST_NUMBER
            found.append(Token(piece, start, end, piece, piece, False, counts, hyphen=hyphen))  # noqa: FBT003
        elif _inside(text, start, end, piece):
            possessive, hyphen = piece in _APOSTROPHES, piece in _HYPHENS
            continue
        else:
            found.append(Token(piece, start, end, piece, piece, False, False))  # noqa: FBT003
        possessive = hyphen = False
    return found


def _inside(text: str, start: int, end: int, piece: str) -> bool:
    """Answer whether a mark stands inside a word: an apostrophe, or a hyphen beside a letter."""
    if piece not in _APOSTROPHES and piece not in _HYPHENS:
        return False
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if not (before.isalnum() and after.isalnum()):
        return False
    return before.isalpha() or after.isalpha()


def sentences_of(text: str, tokens: Sequence[Token]) -> list[Sentence]:
    """Cut a text into sentences; a line break ends one, and none is longer than 400 tokens."""
    found: list[Sentence] = []
    first = block = 0
    for last, new_block in _ends(text, tokens):
        if last > first:
            found.append(Sentence(first, last, tokens[first].start, tokens[last - 1].end, block))
        first = last
        block += new_block
    return found


def _ends(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Give the token after each sentence's last, and whether a paragraph ends there."""
    count = len(tokens)
    index = begun = 0
    while index < count:
        after = index + 1
        between = text[tokens[index].end : tokens[after].start] if after < count else "\n"
        if "\n" in between:
            yield after, 1
            begun = after
        elif _closes(tokens, index) or after - begun >= _LONGEST_SENTENCE:
            while (
                after < count
                and tokens[after].text in _CLOSERS
                and (tokens[after].start == tokens[after - 1].end)
            ):
                after += 1
            if after < count and "\n" in text[tokens[after - 1].end : tokens[after].start]:
                yield after, 1
            else:
                yield after, 0
            begun = after
        index = after


def _closes(tokens: Sequence[Token], index: int) -> bool:
    mark = tokens[index].text
    if mark not in _ENDS or mark == ":":
        return False
    following = next((t for t in tokens[index + 1 : index + 4] if t.text not in _CLOSERS), None)
    if following is None:
        return True
    if mark == "." and index:
        before = tokens[index - 1]
        touching = before.end == tokens[index].start
        if touching and (
            before.norm in _ABBREVIATIONS
            or (before.word and len(before.text) == 1 and before.capital)
        ):
            return _initial_ends(before, following)
        glued = following.start == tokens[index].end
        if glued and not (following.word and following.capital and len(before.text) > 1):
            return False
    return not (following.word and following.text[0].islower())


def _initial_ends(before: Token, following: Token) -> bool:
    """Answer whether a sentence ends after an abbreviation: only `p.m.` and the like may end one."""
    return before.norm in {"m", "etc"} and following.word and following.capital
