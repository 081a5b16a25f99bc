"""Folding names, splitting lists, likeness of texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.text.likeness import likeness
from truceline.text.names import fold, keyed, split_list


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Gəncə", "gence"),
        ("Şuşa", "SUSA"),
        ("Orta-Garvand", "orta garvand"),
        ("Խանքենդի", "խանքենդի"),
    ],
)
def test_spellings_fold_together(a: str, b: str) -> None:
    assert fold(a) == fold(b)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_list_keeps_brackets_whole() -> None:
    assert split_list("Vardenis area (Sotk;Azat); Hadrut;") == (
        "Vardenis area (Sotk;Azat)",
        "Hadrut",
    )


@given(st.text(), st.text())
def test_likeness_is_symmetric_and_bounded(a: str, b: str) -> None:
    assert 0 <= likeness(a, b) == likeness(b, a) <= 1


def test_equal_texts_are_alike_and_different_ones_are_not() -> None:
    assert likeness("Shells fell on homes.", "shells fell on homes") == 1
    assert likeness("Shells fell on homes.", "Talks begin tomorrow in Geneva") == 0


def test_names_of_projections_depend_on_content_and_mission() -> None:
    assert keyed("inc", "m", ["a", "b"]) == keyed("inc", "m", ["a", "b"])
    assert keyed("inc", "m", ["a", "b"]) != keyed("inc", "n", ["a", "b"])
