"""Which entry of a lexicon is this word a form of? One word in, its lemma out, cached."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from truceline.errors import MissionError
from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

CACHED = 200_000
SHORTEST_STEM = 4
_SHORTEST_BASE = 2
_MOST_FORMS = 4
_CYRILLIC = re.compile(r"[\u0400-\u052f]+")
_VOWELS = frozenset("aeiou")
# Folding takes the marks off these letters; a dictionary is asked with them put back.
_UNMARKED = {"ru": {"е": "ё", "и": "й"}, "uk": {"г": "ґ", "и": "й", "і": "ї"}}  # noqa: RUF001


class _Analyser(Protocol):
    """What is used of a pymorphy3 analyser that gives plain tuples."""

    def parse(self, word: str) -> list[tuple[str, object, str, float, object]]: ...

    def word_is_known(self, word: str) -> bool: ...


def lemmatiser(kind: str, vocabulary: frozenset[str]) -> Callable[[str], str]:
    """Give the function from a folded word to its lemma; among several it prefers known ones.

    `suffix` takes English endings off, `pymorphy:ru` and `pymorphy:uk` ask a dictionary, `stem`
    takes the longest known word of 4 letters or more that the word begins with, `none` changes
    nothing. Raises ValueError for any other kind, MissionError where the dictionary is not
    installed.
    """
    name, _, language = kind.partition(":")
    find: Callable[[str], str]
    if kind == "none":
        return str
    if kind == "suffix":
        find = _Suffixes(vocabulary).lemma
    elif kind == "stem":
        find = _Stems(vocabulary).lemma
    elif name == "pymorphy" and language in _UNMARKED:
        find = _Dictionary(language, vocabulary).lemma
    else:
        raise ValueError(f"{kind!r} is no way to find lemmas")
    return lru_cache(maxsize=CACHED)(find)


class _Suffixes:
    """English: the first known word that is left when an ending is taken off."""

    def __init__(self, vocabulary: frozenset[str]) -> None:
        self._known = vocabulary

    def lemma(self, word: str) -> str:
        # A form that a phrase spells out (`reported`) is still a form of its base (`report`).
        return next((base for base in _bases(word) if base in self._known), word)


def _bases(word: str) -> Iterator[str]:
    """Give what a word may be a form of, the simplest change first."""
    for base in _without_ending(word):
        if len(base) >= _SHORTEST_BASE:
            yield base


def _without_ending(word: str) -> Iterator[str]:
    if word.endswith("s"):
        yield word[:-1]
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith(("ies", "ied")):
        yield word[:-3] + "y"
    if word.endswith("ed"):
        yield word[:-2]
        yield word[:-1]
        yield from _undoubled(word[:-2])
    if word.endswith("ing"):
        yield word[:-3]
        yield from _undoubled(word[:-3])
        yield word[:-3] + "e"


def _undoubled(base: str) -> Iterator[str]:
    if len(base) > _SHORTEST_BASE and base[-1] == base[-2] and base[-1] not in _VOWELS:
        yield base[:-1]


class _Stems:
    """Languages that add endings: the longest known beginning."""

    def __init__(self, vocabulary: frozenset[str]) -> None:
        self._stems = frozenset(word for word in vocabulary if len(word) >= SHORTEST_STEM)
        self._longest = max(map(len, self._stems), default=0)

    def lemma(self, word: str) -> str:
        for length in range(min(len(word), self._longest), SHORTEST_STEM - 1, -1):
            if word[:length] in self._stems:
                return word[:length]
        return word


class _Dictionary:
    """Russian and Ukrainian: the likeliest lemma that is known, else the likeliest.

    Known are the words of the vocabulary and their own likeliest lemmas, so that a phrase may be
    written in any form. The dictionary is opened when the first word is asked for.
    """

    def __init__(self, language: str, vocabulary: frozenset[str]) -> None:
        self._language = language
        self._vocabulary = vocabulary
        self._known: frozenset[str] | None = None

    def lemma(self, word: str) -> str:
        if not _CYRILLIC.fullmatch(word):
            # The dictionary has no such word, and fails on letters that have no name.
            return word
        analyser = _analyser(self._language)
        if self._known is None:
            asked = (word for word in sorted(self._vocabulary) if _CYRILLIC.fullmatch(word))
            firsts = (_normal_forms(analyser, known)[0] for known in asked)
            self._known = self._vocabulary.union(firsts)
        if word in self._vocabulary and not analyser.word_is_known(word):
            return word
        forms = _normal_forms(analyser, word)
        return next((form for form in forms if form in self._known), forms[0])


def _normal_forms(analyser: _Analyser, word: str) -> Sequence[str]:
    """Give the four likeliest lemmas of a word, folded; the word itself where there is none."""
    scores: dict[str, float] = {}
    # The likelihood of a form is only known for its true spelling.
    for spelling in dict.fromkeys(found[0] for found in analyser.parse(word)):
        for _, _, normal_form, score, _ in analyser.parse(spelling):
            form = fold(normal_form)
            scores[form] = max(score, scores.get(form, 0.0))
    ranked = sorted(scores, key=lambda form: (-scores[form], form))
    return ranked[:_MOST_FORMS] or (word,)


@lru_cache(maxsize=len(_UNMARKED))
def _analyser(language: str) -> _Analyser:
    """Open a dictionary: some 15 MB from an installed package, about a tenth of a second."""
    try:
        from pymorphy3.analyzer import (  # type: ignore[import-untyped]  # noqa: PLC0415
            MorphAnalyzer,
            lang_dict_path,
        )

        # The path is given, for a variable of the environment could name another dictionary.
        analyser: _Analyser = MorphAnalyzer(
            path=lang_dict_path(language),
            lang=language,
            result_type=None,
            char_substitutes=_UNMARKED[language],
        )
    except (ImportError, ValueError) as error:
        raise MissionError(
            f"the dictionary for the language {language!r} is not installed",
            f"install pymorphy3 and pymorphy3-dicts-{language}",
        ) from error
    return analyser


@lru_cache(maxsize=1 << 16)
def written_kind(language: str, word: str) -> str:
    """Say what a Russian or Ukrainian dictionary holds a word for: `person` (a name of one), `known`, or `unknown`."""
    if not _CYRILLIC.fullmatch(word):
        return "unknown"
    found = _analyser(language).parse(word)
    for _, tag, *_ in found[:_MOST_FORMS]:
        if any(mark in str(tag) for mark in ("Name", "Surn", "Patr")):
            return "person"
    return "known" if _analyser(language).word_is_known(word) else "unknown"
