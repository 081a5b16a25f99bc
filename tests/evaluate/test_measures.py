"""The measures against hand-counted examples; the rough copy is seeded and keeps labels."""

from __future__ import annotations

import pytest

from tests.builders import mission, row
from truceline.evaluate.measures import Share, b_cubed, pairwise, right_pairs
from truceline.evaluate.roughen import DROPPED, roughen
from truceline.evaluate.scoring import baseline, labels_of

LABELS = {name: frozenset({name[0]}) for name in ("a1", "a2", "b1", "b2")}


def test_a_perfect_partition_scores_one() -> None:
    groups = {name: name[0] for name in LABELS}
    assert pairwise(groups, LABELS).f == b_cubed(groups, LABELS).f == 1.0


def test_hand_counted_errors() -> None:
    everything = dict.fromkeys(LABELS, "one")
    assert pairwise(everything, LABELS).precision == pytest.approx(2 / 6)
    assert pairwise(everything, LABELS).recall == 1.0
    assert b_cubed(everything, LABELS).precision == pytest.approx(0.5)
    alone = {name: name for name in LABELS}
    assert pairwise(alone, LABELS).recall == 0.0
    assert b_cubed(alone, LABELS).recall == pytest.approx(0.5)


def test_a_row_with_several_labels_matches_any_of_them() -> None:
    labels = {"both": frozenset({"a", "b"}), "a": frozenset({"a"}), "b": frozenset({"b"})}
    assert pairwise({"both": 1, "a": 1, "b": 2}, labels).precision == 1.0
    assert pairwise({"both": 1, "a": 1, "b": 1}, labels).precision == pytest.approx(2 / 3)


def test_rows_without_a_label_are_skipped_and_topics_stand_apart() -> None:
    rows = [row("1") | {"incident_id": "K1;K2"}, row("2") | {"incident_id": ""},
            row("3") | {"incident_id": "OB1"}, row("4") | {"incident_id": "F1"}]  # fmt: skip
    assert labels_of(rows, topics=False) == {"1": frozenset({"K1", "K2"})}
    assert set(labels_of(rows, topics=True)) == {"3", "4"}


def test_the_baseline_groups_by_day_first_place_and_act() -> None:
    rows = [row("1"), row("2", places="Alpha;Beta"), row("3", places="Beta"), row("4", places="")]
    groups = baseline(rows)
    assert groups["1"] == groups["2"] != groups["3"]
    assert baseline(rows, empty_alone=True)["4"] == "4"


def test_a_rough_copy_is_seeded_loses_a_fifth_and_keeps_ids() -> None:
    rows = [row(f"C{n}", killed="1", injured="2") for n in range(400)]
    copy = roughen(rows, mission(), 3)
    assert copy == roughen(rows, mission(), 3)
    assert copy != roughen(rows, mission(), 4)
    assert [r["claim_id"] for r in copy] == [r["claim_id"] for r in rows]
    empty = sum(not r[field] for r in copy for field in DROPPED) / (len(copy) * len(DROPPED))
    assert 0.18 < empty < 0.22
    assert {"Alfa", "North district"} <= {r["places"] for r in copy}
    assert {"shelling", "fire", "attack"} <= {r["act"] for r in copy}


def test_pairs_that_could_lift_are_counted_apart() -> None:
    everything = dict.fromkeys(LABELS, "one")
    assert right_pairs(everything, LABELS, {"a1"}) == Share(right=1, of=3)
    assert right_pairs({**everything, "b2": "two"}, LABELS, {"a1", "zz"}) == Share(right=1, of=2)
    assert right_pairs(everything, LABELS, set(LABELS)) == Share(right=0, of=0)
    assert Share(right=1, of=3) + Share(right=2, of=2) == Share(right=3, of=5)
