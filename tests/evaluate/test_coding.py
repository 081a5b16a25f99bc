"""Two coders compared: kappa against scikit-learn, rows matched by their id, bad tables told."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score  # type: ignore[import-untyped]

from tests.builders import row, table
from truceline.evaluate.coding import kappa

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Command

WORD = st.sampled_from(["a", "b", "c", ""])


@given(st.lists(st.tuples(WORD, WORD), min_size=1, max_size=30))
def test_kappa_is_cohens(pairs: list[tuple[str, str]]) -> None:
    ours = kappa(pairs)
    if len({word for pair in pairs for word in pair}) == 1:
        assert ours is None
        return
    theirs = cohen_kappa_score([a for a, _ in pairs], [b for _, b in pairs])
    assert ours is not None
    assert math.isclose(ours, theirs, abs_tol=1e-12)


def test_two_codings_are_compared_column_by_column(truceline: Command, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_bytes(table([
        row("A", basis="saw", places="Alpha;Beta"), row("B", basis="saw"), row("C", basis="told"),
        row("D", kind="denial"),
    ]))  # fmt: skip
    second.write_bytes(table([
        row("C", basis="told"), row("B", basis="told"), row("A", basis="saw", places="Beta; Alpha"),
        row("E"),
    ]))  # fmt: skip
    result = truceline("score", "coding", first, second, "--json")
    found = json.loads(result.stdout)
    by = {one["column"]: one for one in found["agreements"]}
    assert (by["basis"]["n"], by["basis"]["agreed"]) == (3, 2)
    assert by["basis"]["kappa"] == pytest.approx(0.4)
    assert by["places"]["kappa"] == 1
    assert by["kind"]["kappa"] is None
    assert (found["only_first"], found["only_second"]) == (["D"], ["E"])
    plain = truceline("score", "coding", first, second)
    assert "basis              3     67%   0.400" in plain.stdout
    assert "not defined" in plain.stdout
    assert "only in a.csv: 1 row" in plain.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (table([row("A"), row("A", kind="denial")]), "row 3: 'A' stands twice"),
        (table([row("")]), "row 2: the claim_id is empty"),
        (b"\xff\xfe", "is no table"),
        (table([row("Z")]), "no claim_id in common"),
    ],
)
def test_what_is_no_second_coding_is_told(
    truceline: Command, tmp_path: Path, content: bytes, said: str
) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_bytes(table([row("A")]))
    second.write_bytes(content)
    result = truceline("score", "coding", first, second)
    assert result.exit_code == 2
    assert said in result.stderr
