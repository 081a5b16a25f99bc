"""Which texts are copies of each other? Which sentences stand in several? Marks answer both."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

PERMUTATIONS = 128
SHINGLE = 4  # words
FEWEST_WORDS = 6
LOWEST_THRESHOLD = 0.2
_MISSED = 1e-6  # the chance that the index misses a pair that stands exactly at the threshold
_WIDEST_BAND = 8
_AT_ONCE = 4096  # shingles, so that a long text needs 4 MB and not all memory

Signature = tuple[int, ...]


def minhash(text: str) -> Signature:
    """Give the MinHash of a text's word 4-shingles: 128 integers below 2**32 (Broder 1997).

    The share of equal places in two signatures estimates the likeness of their texts.
    """
    return tuple(_sketch(_shingles(text)).tolist())


def near_duplicates(
    texts: Mapping[str, str], threshold: float = 0.7
) -> tuple[tuple[str, str, float], ...]:
    """Give the pairs of text ids whose word 4-shingles are alike, each with its Jaccard, sorted.

    The index only proposes: the likeness of each pair is counted on the sets themselves, and a
    pair at the threshold is missed once in a million. Raises ValueError for a threshold outside
    0.2 to 1. Time grows with the texts and with the pairs given.
    """
    if not LOWEST_THRESHOLD <= threshold <= 1:
        raise ValueError(f"threshold {threshold} is not between {LOWEST_THRESHOLD} and 1")
    shingles = {key: found for key, text in texts.items() if (found := _shingles(text))}
    alike: defaultdict[frozenset[int], list[str]] = defaultdict(list)
    for key in sorted(shingles):
        alike[shingles[key]].append(key)
    firsts = {keys[0]: found for found, keys in alike.items()}
    pairs = [
        (a, b, 1.0) for keys in alike.values() for i, a in enumerate(keys) for b in keys[i + 1 :]
    ]
    for left, right in _candidates(firsts, threshold):
        likeness = _jaccard(firsts[left], firsts[right])
        if likeness >= threshold:
            both = (alike[firsts[left]], alike[firsts[right]])
            pairs += [(min(a, b), max(a, b), likeness) for a in both[0] for b in both[1]]
    return tuple(sorted(pairs))


def sentence_fingerprint(sentence: str) -> str | None:
    """Give a sentence's fingerprint, 16 hexadecimal digits; None below 6 words, too common."""
    words = fold(sentence).split()
    return f"{_hash(words):016x}" if len(words) >= FEWEST_WORDS else None


def boilerplate(documents: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    """Give the fingerprints of sentences that stand in two documents or more, with those' ids."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, sentences in documents.items():
        for sentence in sentences:
            if mark := sentence_fingerprint(sentence):
                found[mark].add(key)
    return {mark: tuple(sorted(found[mark])) for mark in sorted(found) if len(found[mark]) > 1}


def _shingles(text: str) -> frozenset[int]:
    """Give the 64-bit hashes of a text's word 4-shingles; a shorter text is one shingle."""
    words = fold(text).split()
    last = max(len(words) - SHINGLE, 0)
    return (
        frozenset(_hash(words[i : i + SHINGLE]) for i in range(last + 1)) if words else frozenset()
    )


def _hash(words: Iterable[str]) -> int:
    """Give the blake2b-64 of some words; Python's own hash differs from run to run."""
    return int.from_bytes(hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest(), "big")


@lru_cache(maxsize=1)
def _coefficients() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Give the odd factors and the terms of the 128 hash functions, fixed for ever by a digest."""
    drawn = hashlib.shake_128(b"truceline minhash 1").digest(16 * PERMUTATIONS)
    numbers = np.frombuffer(drawn, "<u8").reshape(2, PERMUTATIONS)
    return numbers[0] | np.uint64(1), numbers[1]


def _sketch(shingles: Iterable[int]) -> NDArray[np.uint32]:
    """Give the least value of each hash function over some shingles.

    The functions are multiply-add-shift, (a*x + b mod 2**64) >> 32 with a odd (Dietzfelbinger 1996).
    """
    factors, terms = _coefficients()
    found = np.fromiter(shingles, np.uint64)
    least = np.full(PERMUTATIONS, 2**32 - 1, np.uint32)
    for start in range(0, len(found), _AT_ONCE):
        values = found[start : start + _AT_ONCE, None] * factors + terms
        np.minimum(least, (values >> np.uint64(32)).astype(np.uint32).min(axis=0), out=least)
    return least


def _candidates(
    shingles: Mapping[str, frozenset[int]], threshold: float
) -> Iterable[tuple[str, str]]:
    """Give the pairs of ids, each once, whose sketches share a band (Indyk and Motwani 1998)."""
    bands, rows = _bands(threshold)
    buckets: defaultdict[tuple[int, bytes], list[str]] = defaultdict(list)
    for key in sorted(shingles):
        sketch = _sketch(shingles[key])
        mine = [(band, sketch[band * rows : (band + 1) * rows].tobytes()) for band in range(bands)]
        for other in sorted({other for bucket in mine for other in buckets[bucket]}):
            yield other, key
        for bucket in mine:
            buckets[bucket].append(key)


def _bands(threshold: float) -> tuple[int, int]:
    """Give bands and rows: the most rows that still miss a pair at the threshold so rarely."""
    shapes = [(PERMUTATIONS // rows, rows) for rows in range(1, _WIDEST_BAND + 1)]
    return [shape for shape in shapes if (1 - threshold ** shape[1]) ** shape[0] < _MISSED][-1]


def _jaccard(left: frozenset[int], right: frozenset[int]) -> float:
    """Give the share of shingles that two sets have in common."""
    common = len(left & right)
    return common / (len(left) + len(right) - common)
