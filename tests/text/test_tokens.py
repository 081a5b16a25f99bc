"""Tokens and sentences of any text: places that fit, no crash, time that grows with the text only."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.text.tokens import Token, norm, sentences_of, tokens_of

ANY = st.text(max_size=200)
MARKS = st.text(alphabet="aA1.,:/-'\u2019\u02bc`!?()[] \n\u0301\u2011\u00e9\u0458_", max_size=80)


def texts(tokens: list[Token]) -> list[str]:
    """Give the words of tokens."""
    return [t.text for t in tokens]


@settings(max_examples=400, deadline=None)
@given(ANY | MARKS)
def test_offsets_give_the_words_back_in_order(text: str) -> None:
    last = 0
    for token in tokens_of(text):
        assert token.text
        assert text[token.start : token.end] == token.text
        assert token.start >= last
        assert not (token.word and token.number)
        last = token.end


@settings(max_examples=300, deadline=None)
@given(ANY | MARKS)
def test_only_blanks_and_marks_inside_words_are_no_token(text: str) -> None:
    covered = {k for t in tokens_of(text) for k in range(t.start, t.end)}
    lost = {c for k, c in enumerate(text) if k not in covered and not c.isspace()}
    assert not any(c.isalpha() for c in lost)
    assert not any(c.isascii() and c.isdigit() for c in lost)


@settings(max_examples=300, deadline=None)
@given(ANY | MARKS)
def test_sentences_hold_every_token_once(text: str) -> None:
    tokens = tokens_of(text)
    sentences = sentences_of(text, tokens)
    assert [k for s in sentences for k in range(s.first, s.last)] == list(range(len(tokens)))
    for sentence in sentences:
        assert sentence.start == tokens[sentence.first].start
        assert sentence.end == tokens[sentence.last - 1].end
    assert [s.block for s in sentences] == sorted(s.block for s in sentences)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_the_comparison_form_is_stable(word: str) -> None:
    assert norm(norm(word)) == norm(word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Armenia's army", ["Armenia", "s", "army"]),
        ("12:05 on 10.10.2020", ["12:05", "on", "10.10.2020"]),
        ("1,200 men", ["1,200", "men"]),
        ("60-year-old", ["60", "year", "old"]),
        ("T-72", ["T", "72"]),
        ("10-12", ["10", "-", "12"]),
        ("122mm", ["122", "mm"]),
        ("6.30am", ["6.30", "am"]),
        (
            "\u0406\u0432\u0430\u043d\u2019\u0457\u0432",
            ["\u0406\u0432\u0430\u043d", "\u0457\u0432"],
        ),
        ("", []),
        (" \n ", []),
    ],
)
def test_words_and_numbers(text: str, expected: list[str]) -> None:
    assert texts(tokens_of(text)) == expected


def test_a_hyphen_is_remembered_before_words_and_numbers() -> None:
    assert [t.hyphen for t in tokens_of("T-72 Turkish-backed 10-12")] == [
        False, True, False, True, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Lt. Gen. Petrov spoke. He left.", 2),
        ("It began at 8 a.m. and ended at noon.", 1),
        ("It began at 8 a.m. The army left.", 2),
        ("He lost 3.5 percent. It rained.", 2),
        ("\u201cWe left.\u201d They stayed.", 2),
        ("One\nTwo", 2),
        ("Is it so? Yes! It is\u2026 Well.", 4),
        ("On Oct. 10 they fired.", 1),
    ],
)
def test_where_sentences_end(text: str, count: int) -> None:
    assert len(sentences_of(text, tokens_of(text))) == count


def test_no_sentence_is_endless() -> None:
    text = "word " * 5000
    assert max(s.last - s.first for s in sentences_of(text, tokens_of(text))) <= 400


@pytest.mark.parametrize(
    "piece",
    [
        "a\u0301",
        "1.",
        "1:1/",
        "'",
        "-",
        "a-",
        ".",
        '."',
        "a.",
        "(",
        "\u0301",
        "1,",
        "\u2019a",
        "A.B.",
    ],
)
def test_the_time_grows_with_the_text_only(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * size
        best = 9.0
        for _ in range(3):
            started = time.process_time()
            sentences_of(text, tokens_of(text))
            best = min(best, time.process_time() - started)
        return best

    # Of the processor, so that a busy machine changes nothing. Eight times the text: a square would take 64 times.
    assert seconds(16_000) < 30 * seconds(2_000) + 0.02
