"""Every gate stops the texts that it says it stops, and lets the others pass; what it doubts is unresolved and told."""

from __future__ import annotations

import pytest

from tests.read.reading import read, read_one
from truceline.model.evidence import Stance
from truceline.read.gates import GATES, Gate

CASES = [
    pytest.param(gate, text, stops, id=f"{gate.name}-{'yes' if stops else 'no'}-{number}")
    for gate in GATES
    for stops, texts in ((True, gate.yes), (False, gate.no))
    for number, text in enumerate(texts)
]


@pytest.mark.parametrize(("gate", "text", "stops"), CASES)
def test_a_gate_stops_what_it_says_and_nothing_else(gate: Gate, text: str, *, stops: bool) -> None:
    flags = {flag for claim in read(text) if claim.coding for flag in claim.coding.flags}
    assert (f"gate:{gate.name}" in flags) is stops


@pytest.mark.parametrize("gate", GATES, ids=lambda g: g.name)
def test_every_gate_has_examples_for_and_against_and_says_what_it_doubts(gate: Gate) -> None:
    assert gate.yes
    assert gate.no
    assert gate.doubts
    assert gate.says.endswith(".")


def test_what_a_gate_doubts_is_left_unresolved_and_no_other_guess_takes_its_place() -> None:
    (claim,) = read("Shells hit Hadrut and Martuni, which lie ten kilometres from the front.")
    assert claim.stance is Stance.UNRESOLVED
    assert claim.coding
    assert claim.coding.denied is None
    for text in (GATES[0].yes[0], GATES[1].yes[0]):
        for claim in read(text):
            if claim.coding and any(f.startswith("gate:") for f in claim.coding.flags):
                assert "speaker" in claim.unresolved
                assert not claim.speaker or not {v.side for v in claim.speaker.voices} - {None}
    for claim in read("Armenian units fired at Hadrut on November 20."):
        assert claim.span is None
        assert "when" in claim.unresolved


def test_a_doubt_tells_the_gate_and_what_was_read() -> None:
    found = read_one("Armenian units fired at Hadrut on November 20.").doubts
    assert [(d.field, d.readings) for d in found] == [
        ("when", (("gate after_publication", "unresolved"), ("rules", "November 20")))
    ]
