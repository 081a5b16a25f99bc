"""Every answer of the judge on the fictional world, line by line, as it was read and kept."""

from __future__ import annotations

import pytest

from tests.judge.golden_world import FILES, worlds
from truceline.model.coverage import CoverageVerdict
from truceline.model.judgement import ClassificationState, ObligationState


@pytest.mark.parametrize("name", sorted(worlds()))
def test_the_judge_says_what_was_kept(name: str) -> None:
    kept = (FILES / name).read_text(encoding="utf-8").splitlines()
    now = worlds()[name].splitlines()
    assert [line for line in now if line not in kept] == []
    assert now == kept


def test_the_world_reaches_every_answer() -> None:
    text = "".join(worlds().values())
    for vocabulary in (ClassificationState, CoverageVerdict):
        for state in vocabulary:
            assert f"| {state} |" in text, state
    for stands in set(ObligationState) - {ObligationState.WAIVED_OR_AMENDED}:
        assert f"| {stands} " in text, stands
