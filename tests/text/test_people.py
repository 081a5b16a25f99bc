"""Two names that may be one person's count as one; two people are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.text.people import person_words, same_person

ONE = [
    ("A. Smith", "A. Smith"), ("A. Smith", "a smith"), ("A. Smith", "Smith A"), ("A. Smith", "SMITH, A."),
    ("A. Smith", "\N{CYRILLIC CAPITAL LETTER A}. Smith"),
    ("A. Smith", "A. Sm\N{CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I}th"),
    ("Ivan Petrov", "\N{CYRILLIC CAPITAL LETTER BYELORUSSIAN-UKRAINIAN I}van Petrov"),
    ("Ivan Petrov", "lvan Petrov"), ("Ivan Petrov", "Иван Петров"), ("Ivan Petrov", "Петров Иван"),
    ("Tom Moore", "Torn Moore"), ("Anna Orlova", "Anna 0rlova"),
    ("A. Smith", "A. Sm\u200bith"), ("A. Smith", "A. Sm\u00adith"), ("A. Smith", "\u202eA. Smith"),
    ("A. Smith", "A. Smith\u2066"), ("A. Smith", "A\ufeff. Smith"), ("A. Smith", "A. Smith\x07"),
    ("A. Smith", "\uff21. \uff33mith"), ("A. Smith", "\U0001d400. \U0001d412mith"),
    ("Rana Smith", "R. Smith"), ("Rana Smith", "Smith R"), ("Rana Smith", "Smith"),
    ("Rana B. Smith", "Rana Smith"), ("Rana Smith", "RanaSmith"), ("José Núñez", "Jose Nunez"),
    ("Δημήτρης", "δημήτρης"), ("Anna-Maria Berg", "Anna Maria Berg"),
]  # fmt: skip
TWO = [
    ("Ada", "Ben"), ("A. Smith", "B. Smith"), ("Rana Smith", "Rana Jones"), ("A. Smith", "A. Jones"),
    ("Rana Smith", "Maya Smith"), ("Ivan Petrov", "Иван Сидоров"), ("Kim Lee", "Kim Leeds"),
    ("S. Rana", "R. Smith"), ("王伟", "李娜"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ONE)
def test_what_may_be_one_person_is_one(one: str, other: str) -> None:
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_people_are_two(one: str, other: str) -> None:
    assert not same_person(one, other)
    assert not same_person(other, one)


@pytest.mark.parametrize("name", ["", " ", "\u200b", "\u00ad\u2060", "\x07", "...", "\u202e\u202c"])
def test_what_does_not_show_is_no_name(name: str) -> None:
    assert not person_words(name)


@given(st.text(max_size=20), st.text(max_size=20))
def test_the_answer_is_the_same_both_ways(one: str, other: str) -> None:
    assert same_person(one, other) == same_person(other, one)
    assert same_person(one, one) == bool(person_words(one))


def test_a_name_of_many_words_is_compared_in_no_time() -> None:
    long = " ".join("abcdefghij"[n % 10] for n in range(2_000))
    assert same_person(long, long)
    assert not same_person(long, long.replace("a", "z") + " q")
    assert same_person("a " * 3_000 + "anna", "anna " + "a " * 3_000)
