"""Maps of control: evidence with a source and a time, for handovers and withdrawals alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.builders import TRUCE, gathered_of, mission, row
from truceline.collect import readers
from truceline.model.acts import Act
from truceline.model.agreement import Deadline, Obligation
from truceline.model.evidence import Arrival
from truceline.model.judgement import ObligationStanding
from truceline.model.judgement import ObligationState as State
from truceline.model.mission import Mission
from truceline.model.problem import Problem
from truceline.model.zone import Outline, Zone
from truceline.pipeline import assess

# Around Alpha; the zone below is a circle of 20 km there.
WIDE = [[45.5, 39.5], [46.5, 39.5], [46.5, 40.5], [45.5, 40.5], [45.5, 39.5]]
EAST = [[46.0, 39.5], [46.5, 39.5], [46.5, 40.5], [46.0, 40.5], [46.0, 39.5]]
WEST = [[45.5, 39.5], [46.0, 39.5], [46.0, 40.5], [45.5, 40.5], [45.5, 39.5]]


def feature(name: str, side: str, ring: list[list[float]], **told: object) -> dict[str, Any]:
    """Make a feature: by default as Watch maps it from 12 October on."""
    return {
        "type": "Feature",
        "properties": {
            "id": name, "side": side, "from": "2020-10-12 00:00", "to": None, "accuracy_km": 1,
            "source": "Watch", "reported": "2020-10-13", **told,
        },
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }  # fmt: skip


def read(*features: object) -> tuple[list[Arrival], list[Problem]]:
    """Read a map through the reader's door."""
    content = json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()
    found = list(readers()["control"].read("map.geojson", content, mission()))
    return (
        [f for f in found if isinstance(f, Arrival)],
        [f for f in found if isinstance(f, Problem)],
    )


def handing_over(**changes: object) -> Mission:
    """Make the mission in which AA has to leave a zone around Alpha."""
    due = Deadline(id="d", text="d", zone="UTC", instant=datetime(2020, 10, 20, tzinfo=UTC),
                   period=None, held_by="x", source="x")  # fmt: skip
    clause = TRUCE.provisions[1]
    assert isinstance(clause, Obligation)
    clause = replace(
        clause, debtors=("AA",), acts=(Act.HANDOVER_OF_AREA,), areas=("z",), due=(due,), **changes  # type: ignore[arg-type]
    )  # fmt: skip
    zone = Zone(id="z", name="z", lat=40.0, lon=46.0, radius_km=20.0)
    return replace(mission(), agreements=(replace(TRUCE, zones=(zone,), provisions=(clause,)),))


def stands(of: Mission, *features: dict[str, Any]) -> ObligationStanding:
    """Judge the duty with a map of control."""
    arrivals, problems = read(*features)
    assert problems == []
    gathered, cut = gathered_of([row("A")], of)
    found = assess(replace(gathered, arrivals=(*gathered.arrivals, *arrivals)), cut)
    return next(j for j in found.judgements if isinstance(j, ObligationStanding))


@pytest.mark.parametrize(
    ("features", "progress", "state"),
    [
        ([feature("a", "BB", WIDE)], "done", State.FULFILLED),
        ([feature("a", "AA", WIDE)], "not_done", State.OVERDUE),
        # A force holds for its camp.
        ([feature("a", "CC", WIDE)], "not_done", State.OVERDUE),
        ([feature("a", "AA", WEST), feature("b", "BB", EAST)], "partly_done", State.OVERDUE),
        # What is contested is nobody's, and half a map says nothing of the rest.
        ([feature("a", "contested", WIDE)], None, State.NOT_ASSESSABLE),
        ([feature("a", "BB", EAST)], None, State.NOT_ASSESSABLE),
        # The last map of a source counts.
        ([feature("a", "AA", WIDE, to="2020-10-15 00:00"),
          feature("b", "BB", WIDE, **{"from": "2020-10-15 00:00"})], "done", State.FULFILLED),
        # The debtor's own map makes no state.
        ([feature("a", "BB", WIDE, source="AA-MoD")], "done", State.OVERDUE),
    ],
)  # fmt: skip
def test_who_holds_the_zone_says_how_far_a_handover_is(
    features: list[dict[str, Any]], progress: str | None, state: State
) -> None:
    found = stands(handing_over(), *features)
    assert found.state is state
    assert [p.progress for p in found.positions] == ([progress] if progress else [])


def test_two_maps_that_differ_are_two_positions() -> None:
    found = stands(
        handing_over(), feature("a", "BB", WIDE), feature("b", "AA", WIDE, source="BB-MoD")
    )
    assert found.state is State.DISPUTED
    assert {(p.who, p.progress, p.claim) for p in found.positions} == {
        ("Watch", "done", "a"), ("BB-MoD", "not_done", "b"),
    }  # fmt: skip


def test_a_map_says_nothing_of_other_deeds() -> None:
    found = stands(handing_over(), feature("a", "BB", WIDE))
    assert found.positions
    other = handing_over()
    clause = other.agreements[0].provisions[0]
    assert isinstance(clause, Obligation)
    clause = replace(clause, acts=(Act.EXCHANGE_OF_PRISONERS_AND_REMAINS,))
    other = replace(other, agreements=(replace(other.agreements[0], provisions=(clause,)),))
    assert stands(other, feature("a", "BB", WIDE)).positions == ()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"side": "XX"}, "side"), ({"side": None}, "side"), ({"source": "somebody"}, "source"),
        ({"from": "2020-10-12"}, "from"), ({"to": "2020-10-11 00:00"}, "to"), ({"accuracy_km": "1"}, "accuracy_km"),
        ({"accuracy_km": -1}, "accuracy_km"), ({"reported": ""}, "reported"), ({"reported": "soon"}, "reported"),
        ({"id": ""}, "id"),
    ],
)  # fmt: skip
def test_a_feature_with_a_fault_is_left_out_and_told(told: dict[str, object], field: str) -> None:
    bad = feature("b", "BB", WIDE)
    bad["properties"] |= told
    arrivals, problems = read(feature("a", "BB", WIDE), bad)
    assert [a.item.external_id for a in arrivals] == ["a"]
    assert {(p.row, p.field) for p in problems} == {(2, field)}
    assert all(p.advice and "feature left out" in p.message for p in problems)


@pytest.mark.parametrize(
    "geometry",
    [None, {"type": "Point", "coordinates": [46, 40]}, {"type": "Polygon", "coordinates": "x"},
     {"type": "Polygon", "coordinates": [WIDE[:-1]]},
     {"type": "Polygon", "coordinates": [[[40, 146], *WIDE[1:]]]}],
)  # fmt: skip
def test_a_drawing_that_cannot_be_right_is_told(geometry: object) -> None:
    arrivals, problems = read(feature("a", "BB", WIDE) | {"geometry": geometry})
    assert arrivals == []
    assert {p.field for p in problems} == {"geometry"}


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"{}", b'{"features": 1}'])
def test_what_is_no_map_is_told_once(content: bytes) -> None:
    (problem,) = list(readers()["control"].read("map.geojson", content, mission()))
    assert isinstance(problem, Problem)
    assert problem.advice


@pytest.mark.parametrize(
    "told",
    [
        # It shows what is to come, it was drawn before the agreement was known, its edge may be anywhere.
        {"from": "2021-03-01 00:00"}, {"from": "2020-10-01 00:00", "reported": "2020-10-02"}, {"accuracy_km": 15},
    ],
)  # fmt: skip
def test_a_map_of_another_time_or_too_rough_says_nothing(told: dict[str, object]) -> None:
    assert stands(handing_over(), feature("a", "BB", WIDE, **told)).positions == ()


def test_every_rival_outline_has_to_agree() -> None:
    of = handing_over()
    (truce,) = of.agreements
    near, far = (
        Outline(id=i, polygons=((tuple((x, y) for x, y in ring),),), lines=(), strip=None,
                accuracy_km=0.0, held_by=i, source="x")
        for i, ring in (("near", EAST), ("far", WEST))
    )  # fmt: skip
    rival = replace(truce.zones[0], outlines=(near, far))
    of = replace(of, agreements=(replace(truce, zones=(rival,)),))
    one = stands(of, feature("a", "BB", EAST), feature("b", "AA", WEST))
    assert [p.progress for p in one.positions] == ["partly_done"]
    assert stands(of, feature("a", "BB", WIDE)).state is State.FULFILLED
