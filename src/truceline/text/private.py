"""Names of people who hold no public office, found in words and written as initials: `[A. P.]`.

There is no list of all names, so it is asked the other way round: a run of capitalised words that nothing explains (no place,
side, source, office holder, month or common word) is held for a name, and doubt means yes. What stands before it decides:
after an office (`Foreign Minister ...`) it is a public person, after a place's word a place, after a role (`resident ...`) even
one word is a name. Once a name is known in a text, its parts are hidden there alone too.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from truceline.text.lemmas import written_kind
from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\u02bc.\-][^\W\d_]+)*")
_GAP = re.compile(r"[ \t\u00a0]+|\.[ \t\u00a0]*")
_AGE = re.compile(
    r",?\s{1,3}(?:aged\s{1,3})?\(?\d{1,3}\)?(?=[,.);]|\s{1,3}years?\b|-year|\s{1,3}\u043b\u0435\u0442|$)"
)
_HIDDEN = re.compile(r"\[[^\W\d_]\.(?: [^\W\d_]\.){0,9}(?: \d{1,6})?\]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_PARTICLES = frozenset(
    {"de", "van", "von", "al", "el", "bin", "ibn", "bint", "abu", "oglu", "ogly", "qizi", "kyzy", "der"}
)  # fmt: skip
_PREFIX = re.compile(r"^(?:al|el|ar|as|ash|an|at|az)-", re.IGNORECASE)
_ARTICLES = frozenset({"a", "an", "the"})
_NO_LABELS: Mapping[str, int] = MappingProxyType({})
_SHORT, _CHAIN, _PART, _FULL = 4, 8, 3, 2
Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, whether it is an initial with its dot, and whether it is written like a name."""

    text: str
    start: int
    end: int
    initial: bool = False

    @property
    def capital(self) -> bool:
        """Answer whether it begins with a capital, after an article of a name."""
        return _PREFIX.sub("", self.text)[:1].isupper()

    @property
    def small(self) -> str:
        """Give it in small letters, without a possessive."""
        return re.sub(r"['\u2019]s$", "", self.text).casefold()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is known of a mission: words that are no names of people, and the names of people in office."""

    words: frozenset[str] = frozenset()
    public: frozenset[Name] = frozenset()
    phrases: frozenset[Name] = frozenset()

    def explains(self, word: Word, language: str) -> bool:
        """Answer whether a word is known and no name of a person."""
        small = word.small
        if small in self.words or small in _cues("proper") or small in common_words():
            return True
        if word.text.isupper() and len(word.text) <= _SHORT and not word.initial:
            return True
        if _CYRILLIC.match(word.text):
            return written_kind("uk" if language == "uk" else "ru", small) == "known"
        return any(part in self.words for part in small.split("-") if "-" in small)


def holds_hidden(text: str) -> bool:
    """Answer whether initials stand in a text in place of a name."""
    return _HIDDEN.search(text) is not None


def name_words(text: str) -> Name:
    """Give a name as small words, by which two writings of it are held for one."""
    return tuple(word.small for word in _words(text))


def private_names(text: str, known: Vocabulary, language: str = "") -> frozenset[Name]:
    """Give the names of private people in a text, each as its words in small letters."""
    return frozenset(
        tuple(word.small for word in run)
        for run in _private_runs(_words(text), text, known, language)
    )


def labels_of(names: Iterable[Name]) -> dict[str, int]:
    """Give numbers to names that share their initials with another, so that two people never read as one.

    Spellings that fold alike are one name; the first of a set of initials has no number.
    """
    found: dict[str, set[str]] = {}
    for name in names:
        found.setdefault(" ".join(_letter(word) for word in name), set()).add(fold(" ".join(name)))
    return {
        name: number for alike in found.values() for number, name in enumerate(sorted(alike), 1)
        if number > 1
    }  # fmt: skip


def masked(
    text: str, known: Vocabulary, names: Collection[Name] = (), language: str = "",
    labels: Mapping[str, int] = _NO_LABELS,
) -> str:  # fmt: skip
    """Write a text with the names of private people as initials, with those of `names` wherever a part of them stands.

    `labels` are the numbers of names whose initials are those of others too.
    """
    if text == text.lower():
        # Without a capital there is no name that could be told from other words.
        return text
    words = _words(text)
    hidden = {
        word.start: word for run in _private_runs(words, text, known, language) for word in run
    }
    if names:
        parts = _parts(frozenset(names)) - _spoken(words, known) - common_words()
        hidden.update((word.start, word) for word in words if word.capital and word.small in parts)
    return _written(text, [hidden[at] for at in sorted(hidden)], labels) if hidden else text


def _spoken(words: list[Word], known: Vocabulary) -> frozenset[str]:
    """Give the words of people in office whose whole name stands in the same text."""
    told = {word.small for word in words}
    return frozenset(
        w for name in known.public if len(name) > 1 and told.issuperset(name) for w in name
    )


@lru_cache(maxsize=1 << 12)
def _parts(names: frozenset[Name]) -> frozenset[str]:
    """Give the words of names that stand for them alone."""
    return frozenset(part for name in names for part in name if len(part) >= _PART)


def _written(text: str, hidden: list[Word], labels: Mapping[str, int]) -> str:
    """Put initials in place of words; words of one name share a pair of brackets."""
    out, at, group = [], 0, [*hidden[:1]]
    for last, word in pairwise(hidden):
        gap = text[last.end : word.start]
        if _GAP.fullmatch(gap) and ("." not in gap or last.initial):
            group.append(word)
            continue
        out += [text[at : group[0].start], _initials(group, labels)]
        at, group = last.end, [word]
    if group:
        out += [text[at : group[0].start], _initials(group, labels)]
        at = group[-1].end
        # The dot of an initial that ends the name belongs to it.
        at += group[-1].initial
    return "".join([*out, text[at:]])


def _initials(group: list[Word], labels: Mapping[str, int]) -> str:
    number = labels.get(fold(" ".join(word.small for word in group)))
    letters = " ".join(f"{_letter(word.text)}." for word in group)
    return f"[{letters} {number}]" if number else f"[{letters}]"


def _letter(word: str) -> str:
    return _PREFIX.sub("", word)[:1].upper()


def _words(text: str) -> list[Word]:
    return [
        Word(m[0], m.start(), m.end(), _initial(m[0]) and text[m.end() : m.end() + 1] == ".")
        for m in _WORD.finditer(text)
    ]


def _initial(word: str) -> bool:
    """Answer whether a word is an initial, or several with dots between."""
    return all(len(letter) == 1 for letter in word.split("."))


def _private_runs(
    words: list[Word], text: str, known: Vocabulary, language: str
) -> Iterator[list[Word]]:
    for first, last in _runs(words, text):
        run = _trimmed(words[first:last], known, language)
        if not run or _public(run, known):
            continue
        at = words.index(run[0], first)
        before, after = words[max(0, at - _CHAIN) : at], words[at + len(run) :]
        if _is_private(run, (before, after), text, (known, language)):
            yield run


def _runs(words: list[Word], text: str) -> Iterator[tuple[int, int]]:
    """Give the stretches of capitalised words that only spaces, dots of initials or particles part."""
    first = 0
    while first < len(words):
        if not words[first].capital:
            first += 1
            continue
        last = first + 1
        while last < len(words) and _goes_on(words, last, text):
            last += 1
        while words[last - 1].small in _PARTICLES and last - 1 > first:
            last -= 1
        yield first, last
        first = last


def _goes_on(words: list[Word], at: int, text: str) -> bool:
    gap = text[words[at - 1].end : words[at].start]
    if not _GAP.fullmatch(gap) or ("." in gap and not words[at - 1].initial):
        return False
    follows = at + 1 < len(words) and words[at + 1].capital
    return words[at].capital or (words[at].small in _PARTICLES and follows)


def _trimmed(run: list[Word], known: Vocabulary, language: str) -> list[Word]:
    """Leave out what stands before and after a name and is none: roles, sides, common words, as long as two words are left."""
    first, last = 0, len(run)
    while first < last and _foreign(run[first], known, last - first):
        first += 1
    while last > first and _foreign(run[last - 1], known, last - first):
        last -= 1
    # A capital that only begins the sentence is no part of the name.
    while (
        last - first > _FULL
        and known.explains(run[first], language)
        and run[first].small in common_words()
    ):
        first += 1
    return run[first:last]


def _foreign(word: Word, known: Vocabulary, left: int) -> bool:
    """Answer whether a word beside a name is no part of it; a known word is none as long as two others are left."""
    if word.initial:
        return False
    short = word.text.isupper() and len(word.text) < _SHORT
    return short or word.small in _no_names() or (left > _FULL and word.small in known.words)


def _public(run: list[Word], known: Vocabulary) -> bool:
    name = tuple(word.small for word in run)
    return name in known.public or name in known.phrases


def _is_private(
    run: list[Word], around: tuple[list[Word], list[Word]], text: str, by: tuple[Vocabulary, str]
) -> bool:
    known, language = by
    before, after = around
    if all(known.explains(word, language) for word in run):
        told = _called(before, text, run) or bool(_AGE.match(text, run[-1].end))
        return len(run) > 1 and told and not _office(before, text, run, known)
    if _office(before, text, run, known) or _follows(run, after, text, "office"):
        return False
    if _called(before, text, run) or bool(_AGE.match(text, run[-1].end)):
        return True
    if _follows(run, after, text, "role"):
        return True
    if _placed(before, after, text, run):
        return False
    return len(run) > 1 or _surname(run[0], language)


def _surname(word: Word, language: str) -> bool:
    """Answer whether one word alone is written like a name of a person; only a dictionary of Cyrillic knows."""
    if not _CYRILLIC.match(word.text):
        return False
    return written_kind("uk" if language == "uk" else "ru", word.small) == "person"


def _called(before: list[Word], text: str, run: list[Word]) -> bool:
    """Answer whether a role stands directly before a name: `resident`, `Mr.`, `named`."""
    if not before:
        return False
    gap = text[before[-1].end : run[0].start]
    return before[-1].small in _cues("role") and len(gap.strip(" .,:\u00a0")) == 0


def _office(before: list[Word], text: str, run: list[Word], known: Vocabulary) -> bool:
    """Answer whether an office stands before a name, parted from it by what belongs to the office only."""
    end = run[0].start
    for word in reversed(before):
        if re.search(r"[;:!?()\u00ab\u00bb\"\u201c\u201d]|\.\s", text[word.end : end]):
            return False
        if word.small in _cues("office"):
            return True
        if word.small in _cues("role"):
            return False
        if (
            word.small not in _cues("chain")
            and word.small not in known.words
            and word.small not in _cues("proper")
        ):
            return False
        end = word.start
    return False


def _follows(run: list[Word], after: list[Word], text: str, cue: str) -> bool:
    """Answer whether an office or a role follows a name after a comma: `..., the spokesperson of`, `..., a resident`."""
    if not after or not re.fullmatch(r"\s{0,3},\s{0,3}", text[run[-1].end : after[0].start]):
        return False
    # After an article any word may describe it: `a local resident`, `the former minister`.
    article = after[0].small in _ARTICLES
    for word in after[:4]:
        if word.small in _cues("office") | _cues("role"):
            return word.small in _cues(cue)
        if not article and word.small not in _cues("chain"):
            return False
    return False


def _placed(before: list[Word], after: list[Word], text: str, run: list[Word]) -> bool:
    """Answer whether a word for a place stands directly beside (`near`, `... district`), or one for a thing inside (`... Group`)."""
    near = [w for w in before[-2:] if w.small not in {"of", "the"}][-1:]
    if (
        near
        and near[0].small in _cues("near") | _cues("place")
        and len(text[near[0].end : run[0].start].strip(" ")) <= len("of the")
    ):
        return True
    if run[-1].small in _cues("place") or any(word.small in _cues("thing") for word in run):
        return True
    return bool(after) and after[0].small in _cues("place")


@cache
def _table() -> dict[str, frozenset[str]]:
    content = (files("truceline.text") / "words" / "people.csv").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for row in csv.DictReader(content.splitlines()):
        found.setdefault(row["kind"], set()).update(row["words"].split())
    return {kind: frozenset(words) for kind, words in found.items()}


def _cues(kind: str) -> frozenset[str]:
    return _table()[kind]


@cache
def common_words() -> frozenset[str]:
    """Give the common English words, in small letters."""
    content = (files("truceline.text") / "words" / "english.txt").read_text(encoding="utf-8")
    return frozenset(line for line in content.splitlines() if not line.startswith("#"))


@cache
def _no_names() -> frozenset[str]:
    kinds = ("role", "office", "proper", "chain", "near", "place", "opener")
    return frozenset[str]().union(*map(_cues, kinds))
