"""Words to lemmas: known bases only, every kind of language, no crash and no guess on any word."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from truceline.text.lemmas import lemmatiser

WORDS = st.text(alphabet="abcdeinrsty", min_size=1, max_size=10)
VOCABULARY = frozenset({
    "attack", "carry", "close", "fire", "hit", "kill", "party", "shell", "soldier", "strike", "stop",
})  # fmt: skip


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("attacks", "attack"), ("attacked", "attack"), ("attacking", "attack"),
        ("parties", "party"), ("carried", "carry"), ("closed", "close"), ("closing", "close"),
        ("striking", "strike"), ("stopped", "stop"), ("stopping", "stop"), ("hitting", "hit"),
        ("fires", "fire"), ("fired", "fire"), ("shelling", "shell"), ("soldiers", "soldier"),
        ("attack", "attack"), ("attacker", "attacker"), ("ss", "ss"), ("s", "s"), ("", ""),
        ("ing", "ing"), ("ed", "ed"), ("unknowns", "unknowns"),
    ],
)  # fmt: skip
def test_english_endings(word: str, lemma: str) -> None:
    assert lemmatiser("suffix", VOCABULARY)(word) == lemma


@settings(max_examples=300, deadline=None)
@given(st.frozensets(WORDS, max_size=20), st.text(max_size=30))
def test_a_lemma_is_known_or_the_word_itself(vocabulary: frozenset[str], word: str) -> None:
    for kind in ("suffix", "stem"):
        lemma = lemmatiser(kind, vocabulary)(word)
        assert lemma == word or lemma in vocabulary
    assert lemmatiser("none", vocabulary)(word) == word


@settings(max_examples=300, deadline=None)
@given(st.frozensets(WORDS, max_size=20), WORDS)
def test_a_stem_is_the_longest_known_beginning(vocabulary: frozenset[str], word: str) -> None:
    lemma = lemmatiser("stem", vocabulary)(word)
    known = [v for v in vocabulary if word.startswith(v) and len(v) >= 4]
    assert lemma == max(known, key=len, default=word)


@pytest.mark.parametrize("kind", ["", "pymorphy", "pymorphy:xx", "Suffix"])
def test_an_unknown_kind_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="no way to find lemmas"):
        lemmatiser(kind, VOCABULARY)


@pytest.mark.parametrize(
    ("kind", "known", "word", "lemma"),
    [
        ("pymorphy:ru", "обстрел", "обстрелами", "обстрел"),
        ("pymorphy:ru", "солдат", "солдаты", "солдат"),
        ("pymorphy:uk", "обстріл", "обстрілами", "обстріл"),
    ],
)
def test_a_dictionary_knows_the_forms(kind: str, known: str, word: str, lemma: str) -> None:
    pytest.importorskip("pymorphy3")
    assert lemmatiser(kind, frozenset({known}))(word) == lemma


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=20))
@example("\U00017000")  # a letter without a name of its own
@example("\u0430\U00017000")
def test_a_dictionary_takes_any_word(word: str) -> None:
    pytest.importorskip("pymorphy3")
    assert isinstance(lemmatiser("pymorphy:ru", frozenset({"обстрел"}))(word), str)


@pytest.mark.parametrize("kind", ["suffix", "stem"])
def test_a_monstrous_word_takes_no_longer_than_it_is(kind: str) -> None:
    find = lemmatiser(kind, VOCABULARY | {"a" * 40})
    started = time.perf_counter()
    for number in range(200):
        find("a" * 20_000 + "ing" + "s" * number)
    assert time.perf_counter() - started < 2
