"""Copies among texts and sentences that stand in several, whatever order they came in."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.text.fingerprints import boilerplate, minhash, near_duplicates, sentence_fingerprint

WORDS = [f"word{i}" for i in range(4000)]
SENTENCE = "The two sides met in the capital on Monday."


def rewritten(words: list[str], changes: int, seed: int) -> str:
    chance, copy = random.Random(seed), list(words)
    for place in chance.sample(range(len(copy)), changes):
        copy[place] = "changed"
    return " ".join(copy)


def jaccard(left: str, right: str) -> float:
    a, b = (
        {tuple(words[i : i + 4]) for i in range(len(words) - 3)}
        for words in (left.split(), right.split())
    )
    return len(a & b) / len(a | b)


def test_copies_are_found_among_thousands_and_counted_exactly() -> None:
    chance = random.Random(7)
    texts: dict[str, str] = {}
    expected: list[tuple[str, str, float]] = []
    for number in range(1000):
        words = chance.choices(WORDS, k=120)
        first, second = " ".join(words), rewritten(words, number % 12, number)
        texts |= {f"a{number:03}": first, f"b{number:03}": second}
        if (likeness := jaccard(first, second)) >= 0.7:
            expected.append((f"a{number:03}", f"b{number:03}", likeness))
    assert list(near_duplicates(texts)) == sorted(expected)


def test_a_thousand_identical_texts_are_a_thousand_copies() -> None:
    text = " ".join(WORDS[:50])
    pairs = near_duplicates({str(i): text for i in range(1000)})
    assert len(pairs) == 1000 * 999 // 2
    assert {likeness for _, _, likeness in pairs} == {1.0}


SMALL = st.dictionaries(
    st.text("xyz", min_size=1, max_size=3),
    st.lists(st.sampled_from("abcd"), max_size=8).map(" ".join),
    max_size=12,
)


@given(SMALL, st.randoms(use_true_random=False), st.sampled_from([0.2, 0.5, 0.7, 1.0]))
def test_order_of_arrival_changes_nothing(
    texts: dict[str, str], chance: random.Random, threshold: float
) -> None:
    keys = list(texts)
    chance.shuffle(keys)
    found = near_duplicates({key: texts[key] for key in keys}, threshold)
    assert found == near_duplicates(texts, threshold)
    assert list(found) == sorted(found)
    assert all(a < b and threshold <= likeness <= 1 for a, b, likeness in found)


def test_case_accents_and_punctuation_do_not_part_copies() -> None:
    texts = {
        "a": "Shelling near Şuşa: two HURT, one killed!",
        "b": "shelling near susa two hurt one killed",
    }
    assert near_duplicates(texts) == (("a", "b", 1.0),)


def test_texts_without_words_are_no_copies() -> None:
    assert near_duplicates({"a": "", "b": "...", "c": "!"}) == ()


@pytest.mark.parametrize("threshold", [-1, 0, 0.1, 1.1, float("nan")])
def test_a_threshold_that_means_nothing_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold"):
        near_duplicates({}, threshold)


def test_signatures_estimate_likeness() -> None:
    words = WORDS[:400]
    left, right = " ".join(words), rewritten(words, 20, 1)
    same = sum(a == b for a, b in zip(minhash(left), minhash(right), strict=True)) / 128
    assert abs(same - jaccard(left, right)) < 0.15
    assert minhash(left) == minhash(left.upper() + " !")


def test_signatures_are_the_same_in_every_run() -> None:
    code = f"from truceline.text.fingerprints import *; print(minhash({SENTENCE!r}))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert runs == {f"{minhash(SENTENCE)}\n"}


def test_a_sentence_has_one_fingerprint_however_it_is_set() -> None:
    mark = sentence_fingerprint(SENTENCE)
    assert mark == sentence_fingerprint(f"  «{SENTENCE.upper()}»\n")
    assert mark is not None
    assert len(mark) == 16
    assert mark != sentence_fingerprint(SENTENCE.replace("Monday", "Tuesday"))


def test_a_short_sentence_has_none() -> None:
    assert sentence_fingerprint("He said so on Monday.") is None
    assert sentence_fingerprint("") is None


def test_sentences_in_several_documents_are_boilerplate() -> None:
    own = "Nobody else wrote this very sentence about the bridge."
    found = boilerplate({"b": [SENTENCE, own], "a": [SENTENCE, SENTENCE], "c": ["No comment."]})
    assert found == {sentence_fingerprint(SENTENCE): ("a", "b")}


def test_boilerplate_is_found_among_thousands_of_documents() -> None:
    documents = {
        f"d{i:04}": [f"Report {i} of the patrol says line {j} of it." for j in range(20)]
        + [SENTENCE]
        for i in range(2000)
    }
    found = boilerplate(documents)
    assert found == {sentence_fingerprint(SENTENCE): tuple(sorted(documents))}
