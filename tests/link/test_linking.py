"""Linking: one event is one incident, distinct events never chain, and order changes nothing."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import Row, incident_of, mission, partition, project, row
from tests.link.worlds import evidence
from truceline.link.cluster import FORBIDDEN, cluster
from truceline.model.acts import Act
from truceline.model.incident import LinkKind
from truceline.model.mission import AttributionMode


def test_repeats_of_one_statement_are_one_incident() -> None:
    rows = [row(f"C{n}", paraphrase="One statement on shelling.") for n in range(5)]
    assert partition(project(rows)) == {frozenset(f"C{n}" for n in range(5))}


def test_two_distinct_events_are_not_chained_by_a_vague_report() -> None:
    rows = [
        row("early", t_from_local="2020-10-11 06:00"),
        row("vague", t_from_local="2020-10-11", time_precision="day"),
        row("late", t_from_local="2020-10-11 20:00"),
    ]
    for group in partition(project(rows)):
        assert not {"early", "late"} <= group


def test_far_places_and_far_times_are_different_events() -> None:
    rows = [
        row("here", paraphrase="Same words."),
        row("there", paraphrase="Same words.", places="Delta"),
        row("then", paraphrase="Same words.", t_from_local="2020-10-11 23:00"),
    ]
    assert len(partition(project(rows))) == 3


def test_a_time_too_wide_links_to_nothing_precise() -> None:
    wide = row("wide", t_from_local="2020-10-11", t_to_local="2020-10-31", paraphrase="Same words.")
    assert len(partition(project([row("A", paraphrase="Same words."), wide]))) == 2


def test_a_village_and_its_district_may_be_one_event() -> None:
    rows = [row("village"), row("district", places="North district", t_from_local="2020-10-11",
                                time_precision="day", act="shelling")]  # fmt: skip
    assert len(partition(project(rows))) == 1


def test_every_link_says_why() -> None:
    incident = incident_of(project([row("C1"), row("C2")]), "C1")
    (link,) = incident.links
    assert link.kind is LinkKind.SAME_EVENT
    assert link.bits == pytest.approx(sum(r.bits for r in link.reasons))
    assert {"time", "place", "act"} <= {r.rule for r in link.reasons}
    assert all(r.sentence for r in link.reasons)


def test_swapped_roles_are_one_contested_engagement_not_one_incident() -> None:
    mirror = row("B", origin="BB MoD", origin_side="BB", accused="AA", paraphrase="They began it.",
                 t_from_local="2020-10-11 14:20")  # fmt: skip
    rows = [row("A", act="ground_assault"), mirror | {"act": "ground_assault"}]
    assessment = project(rows)
    assert partition(assessment) == {frozenset({"A"}), frozenset({"B"})}
    (engagement,) = assessment.engagements
    assert len(engagement.incidents) == 2
    assert engagement.hypotheses == ()
    assert engagement.links[0].kind is LinkKind.MIRROR
    assert all(i.contested and i.engagement == engagement.id for i in assessment.incidents)


def test_fire_on_different_towns_is_no_mirror() -> None:
    other = row("B", origin="BB MoD", origin_side="BB", accused="AA", places="Beta")
    assert project([row("A"), other]).engagements == ()


def test_a_denial_joins_the_event_and_contests_it() -> None:
    denial = row("D", origin="BB MoD", origin_side="BB", kind="denial",
                 t_from_local="2020-10-11", time_precision="day")  # fmt: skip
    incident = incident_of(project([row("A"), denial]), "A")
    assert len(incident.members) == 2
    assert incident.contested
    assert incident.contested_how == ("denied by the accused side",)
    named = incident_of(project([row("A"), denial], mission(AttributionMode.ASSESSED)), "A")
    assert named.contested_how == ("denied by BB",)
    assert named.alleged_actors == ("BB",)


def test_talks_and_exchanges_are_no_incidents() -> None:
    rows = [
        row("agr", kind="agreement", act="", accused=""),
        row("obl", kind="implementation", act="exchange_bodies_prisoners", accused=""),
        row("ff", kind="foreign_fighters", act="foreign_fighters"),
        row("sum", kind="casualty_update", act="", accused=""),
    ]
    assessment = project(rows)
    assert assessment.incidents == ()
    assert len(assessment.groups) == 4


@settings(max_examples=40, deadline=None)
@given(evidence(), st.integers(0, 99))
def test_order_of_arrival_changes_nothing(rows: list[Row], seed: int) -> None:
    shuffled = random.Random(seed).sample(rows, len(rows))
    assert project(rows) == project(shuffled)


@settings(max_examples=40, deadline=None)
@given(evidence())
def test_every_claim_stands_in_exactly_one_group(rows: list[Row]) -> None:
    assessment = project(rows)
    members = sorted(m for g in assessment.groups for m in g.members)
    assert members == sorted(c.id for c in assessment.claims)
    assert {i.id for i in assessment.incidents} <= {g.id for g in assessment.groups}


@settings(max_examples=40, deadline=None)
@given(evidence())
def test_no_incident_holds_times_or_places_that_cannot_meet(rows: list[Row]) -> None:
    assessment = project(rows)
    claims = {c.id: c for c in assessment.claims}
    hours = mission().windows.base_hours
    for incident in assessment.incidents:
        spans = [s for m in incident.members if (s := claims[m].span)]
        assert all(a.gap(b).total_seconds() <= hours * 3600 for a in spans for b in spans)


def matrix(rows: list[list[int]]) -> np.ndarray:
    """Make a symmetric score matrix."""
    return np.array(rows, dtype=np.int64)


def test_contraction_weighs_all_pairs_not_the_best_one() -> None:
    # 0-1 and 1-2 attract, 0-2 repels more than either attracts: no chain of three.
    scores = matrix([[0, 300, -900], [300, 0, 200], [-900, 200, 0]])
    assert cluster(scores).clusters == ((0, 1), (2,))


def test_a_forbidden_pair_never_shares_a_cluster() -> None:
    scores = matrix([[0, 901, FORBIDDEN], [901, 0, 900], [FORBIDDEN, 900, 0]])
    assert cluster(scores).clusters == ((0, 1), (2,))


def test_what_fits_two_equally_well_that_cannot_be_one_joins_neither() -> None:
    scores = matrix([[0, 900, FORBIDDEN], [900, 0, 900], [FORBIDDEN, 900, 0]])
    found = cluster(scores)
    assert found.clusters == ((0,), (1,), (2,))
    assert found.torn == (((1,), ((0,), (2,))),)


def test_equals_that_may_be_one_are_one_at_once() -> None:
    scores = matrix([[0, 900, 900], [900, 0, 900], [900, 900, 0]])
    assert cluster(scores).clusters == ((0, 1, 2),)


@settings(max_examples=100)
@given(st.integers(1, 9), st.integers(0, 10_000))
def test_the_order_of_rows_decides_no_tie(size: int, seed: int) -> None:
    dice = np.random.default_rng(seed)
    upper = np.triu(dice.choice([-200, 100, 200, FORBIDDEN], (size, size)), 1)
    scores = (upper + upper.T).astype(np.int64)
    order = dice.permutation(size)
    again = cluster(scores[np.ix_(order, order)])
    named = {tuple(sorted(int(order[r]) for r in rows)) for rows in again.clusters}
    assert named == set(cluster(scores).clusters)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 12), st.integers(0, 10_000))
def test_every_cluster_is_worth_its_pairs(size: int, seed: int) -> None:
    dice = np.random.default_rng(seed)
    upper = np.triu(dice.integers(-500, 500, (size, size)), 1)
    scores = (upper + upper.T).astype(np.int64)
    found = cluster(scores).clusters
    assert sorted(r for rows in found for r in rows) == list(range(size))
    for rows in found:
        if len(rows) > 1:
            assert scores[np.ix_(rows, rows)].sum() > 0


def test_acts_are_compared_on_a_tree() -> None:
    general = project([row("A", act="attack"), row("B", act="uav_strike")])
    assert len(partition(general)) == 1
    assert Act.UAV_STRIKE in incident_of(general, "B").acts
