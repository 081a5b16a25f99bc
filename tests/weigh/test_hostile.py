"""A sample of the hostile sentences; `make soak` runs all of them."""

from __future__ import annotations

import random

import pytest

from tests.builders import table
from tests.weigh.hostile import coded, faults, project, sentences
from truceline.model.finding import Occurrence

ALL = list(sentences())
SAMPLE = random.Random(20201110).sample(ALL, 120)


def test_there_are_enough_of_them() -> None:
    assert len(ALL) >= 5_000
    assert len({(s.text, s.outlet) for s in ALL}) >= 5_000


@pytest.mark.parametrize("number", range(len(SAMPLE)))
def test_a_hostile_sentence_confirms_nothing_and_names_nobody(number: int) -> None:
    assert faults(SAMPLE[number]) == [], SAMPLE[number].text


def test_what_a_person_coded_of_them_confirms_no_accusation() -> None:
    for number, sentence in enumerate(SAMPLE):
        cells, admitted = coded(sentence, number, rate=0.0)
        found = project("coded_claims", "a.csv", table([cells]))
        confirmed = any(f.occurrence is Occurrence.CONFIRMED for f in found.findings)
        assert not confirmed or admitted
