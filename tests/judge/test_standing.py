"""Standings: provision x zone x day; what stands there is never called unrecorded, and nobody is counted for another."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings

from tests.builders import ZONE, Row, mission, project, row, ruled
from tests.judge.test_exceptions import INVOKED, clause, excepted
from tests.judge.test_judging import CONFIRMED, WITNESSED, defined
from tests.link.worlds import evidence
from tests.weigh.test_no_leak import one_sided
from truceline.model.agreement import Zone
from truceline.model.coverage import CoverageRecord, CoverageVerdict
from truceline.model.decision import Reasons, Verdict
from truceline.model.judgement import POSITIVE, Classification, ClassificationState, Standing
from truceline.model.mission import AttributionMode, Mission
from truceline.model.report import Assessment
from truceline.report.assemble import view_of

NONE_RECORDED = {
    CoverageVerdict.OBSERVED_NONE_RECORDED,
    CoverageVerdict.PARTLY_OBSERVED_NONE_RECORDED,
    CoverageVerdict.NOT_OBSERVED,
}


def standings(
    assessment: Assessment, provision: str = "truce/1"
) -> dict[tuple[str | None, str], Standing]:
    """Give the standings of a provision by zone and day."""
    return {
        (j.zone, j.day.isoformat()): j
        for j in assessment.judgements
        if isinstance(j, Standing) and j.provision == provision
    }


def watched(of: Mission, area: str = "z", fraction: float = 1.0) -> Mission:
    """Let somebody watch an area through all of October."""
    record = CoverageRecord(
        area=area, channel="patrol", effective_fraction=fraction, reason="patrols",
        start=datetime(2020, 10, 1, tzinfo=ZONE), end=datetime(2020, 11, 1, tzinfo=ZONE),
    )  # fmt: skip
    return replace(of, coverage=(*of.coverage, record))


@pytest.mark.parametrize(
    ("of", "fields", "expected"),
    [
        # The terms do not say what is forbidden, or where.
        (mission(), CONFIRMED, CoverageVerdict.RECORDED_NOT_ASSESSABLE),
        # The place is not known well enough to say on which side of the zone it lies.
        (defined(), CONFIRMED | {"places": "North district"}, CoverageVerdict.RECORDED_NOT_ASSESSABLE),
        # Nobody says who acted, and only one side is bound.
        (defined(by=("BB",)), WITNESSED, CoverageVerdict.RECORDED_NOT_ASSESSABLE),
        # An exception is claimed and not decided.
        (excepted(clause()), INVOKED, CoverageVerdict.RECORDED_NOT_ASSESSABLE),
        (defined(), CONFIRMED, CoverageVerdict.VIOLATIONS_RECORDED),
        # What is merely said stands beside the verdict and makes none.
        (mission(), {}, CoverageVerdict.NOT_OBSERVED),
        # The other side's act, acknowledged, says nothing about this provision.
        (defined(by=("AA",)), CONFIRMED, CoverageVerdict.NOT_OBSERVED),
        (defined(), CONFIRMED | {"places": "Gamma"}, CoverageVerdict.NOT_OBSERVED),
    ],
)  # fmt: skip
def test_the_verdict_of_a_day_with_one_incident(
    of: Mission, fields: Row, expected: CoverageVerdict
) -> None:
    found = standings(project([row("A", **fields)], of))
    (verdict,) = {s.standing for (_, day), s in found.items() if day == "2020-10-11"}
    assert verdict is expected


def test_a_permitted_act_is_recorded_and_no_violation() -> None:
    words = Reasons(occurrence="agreed by hotline", provision="truce/1")
    rows = [row("A", **INVOKED)]
    made = ruled(rows, ["A"], Verdict.PERMITTED_BY_EXCEPTION, words)
    day = standings(project(rows, watched(excepted(clause())), made))["z", "2020-10-11"]
    assert day.standing is CoverageVerdict.OBSERVED_NONE_RECORDED
    assert [(r.classification, r.count) for r in day.recorded] == [
        (ClassificationState.PERMITTED_BY_EXCEPTION, 1)
    ]


def test_an_act_of_the_other_side_is_in_no_tally_of_a_provision() -> None:
    of = one_sided(("AA",), ("BB",))
    found = project([row("A", **CONFIRMED)], of)
    assert standings(found, "truce/p0")["all", "2020-10-11"].tallies == ()
    assert sum(t.count for t in standings(found, "truce/p1")["all", "2020-10-11"].tallies) == 1


def test_where_the_mandate_may_name_sides_allegations_against_others_are_in_no_tally() -> None:
    assessed = replace(mission(AttributionMode.ASSESSED), agreements=one_sided(("AA",)).agreements)
    alleged = standings(project([row("A")], assessed), "truce/p0")["all", "2020-10-11"]
    assert (alleged.tallies, alleged.uncertain) == ((), 0)
    withheld = standings(project([row("A")], one_sided(("AA",))), "truce/p0")["all", "2020-10-11"]
    assert sum(t.count for t in withheld.tallies) == 1


def test_several_days_that_may_be_meant_are_none_of_them_quiet() -> None:
    several = {"t_from_local": "2020-10-13", "t_to_local": "2020-10-15", "pub_date": "2020-10-16"}
    found = standings(project([row("A", **CONFIRMED, **several)], watched(defined())))
    days = {day: s for (_, day), s in found.items()}
    for day in ("2020-10-13", "2020-10-14", "2020-10-15"):
        assert days[day].standing is CoverageVerdict.RECORDED_NOT_ASSESSABLE
        assert (days[day].tallies, days[day].uncertain) == ((), 1)
    assert days["2020-10-12"].standing is CoverageVerdict.OBSERVED_NONE_RECORDED
    assert days["2020-10-16"].standing is CoverageVerdict.OBSERVED_NONE_RECORDED


def test_a_night_over_midnight_is_counted_on_one_day_and_calms_neither() -> None:
    night = {
        "t_from_local": "2020-10-13 22:00",
        "t_to_local": "2020-10-14 05:00",
        "time_precision": "",
        "pub_date": "2020-10-15",
    }
    found = standings(project([row("A", **CONFIRMED | night)], watched(defined())))
    days = {day: s for (_, day), s in found.items()}
    one, other = days["2020-10-13"], days["2020-10-14"]
    assert sorted(len(s.tallies) for s in (one, other)) == [0, 1]
    assert sorted((s.standing, s.uncertain) for s in (one, other)) == [
        (CoverageVerdict.RECORDED_NOT_ASSESSABLE, 1), (CoverageVerdict.VIOLATIONS_RECORDED, 0),
    ]  # fmt: skip
    assert days["2020-10-15"].standing is CoverageVerdict.OBSERVED_NONE_RECORDED


def test_over_the_period_nothing_is_unrecorded_because_no_time_is_stated() -> None:
    rows = [row("A", **CONFIRMED | {"t_from_local": "", "pub_date": "2020-10-12"})]
    view = view_of(project(rows, watched(mission(), "everywhere")))
    told = {c.provision: (c.standing, c.standing_label) for c in view.compliance}
    assert told["truce/1"] == (
        "recorded_not_assessable", "recorded, not assessable: 1 without a stated time",
    )  # fmt: skip


def two_zones() -> Mission:
    """Make the mission with one zone around Alpha and one around Gamma."""
    of = defined(areas=("z", "y"))
    old, truce = of.agreements
    south = Zone(id="y", name="south", lat=39.5, lon=46.5, radius_km=20.0)
    return replace(of, agreements=(old, replace(truce, zones=(*truce.zones, south))))


def test_each_zone_stands_for_itself() -> None:
    found = standings(project([row("A", **CONFIRMED)], watched(two_zones(), "y")))
    assert found["z", "2020-10-11"].standing is CoverageVerdict.VIOLATIONS_RECORDED
    assert found["y", "2020-10-11"].standing is CoverageVerdict.OBSERVED_NONE_RECORDED
    assert found["z", "2020-10-12"].standing is CoverageVerdict.NOT_OBSERVED


def test_a_camera_in_one_town_makes_no_front_observed() -> None:
    for of, zone in ((defined(), "z"), (mission(), None)):
        day = standings(project([row("A")], watched(of, "alpha")))[zone, "2020-10-12"]
        assert day.standing is CoverageVerdict.PARTLY_OBSERVED_NONE_RECORDED
        assert 0 < day.effective_fraction < 0.05
        assert day.hours == pytest.approx(24 * day.effective_fraction, abs=1e-3)
        assert [d.causes for d in day.deficits] == [("nobody_looked",)]


def test_zones_of_one_id_in_two_agreements_are_two_zones() -> None:
    of = defined()
    old, truce = of.agreements
    other = replace(truce.zones[0], lat=39.5, lon=46.5)
    clause = truce.provisions[0]
    of = replace(of, agreements=(replace(old, zones=(other,), provisions=(clause,)), truce))
    for area, here, there in (("truce/z", 1.0, 0.0), ("old/z", 0.0, 1.0), ("z", 0.0, 0.0)):
        found = project([row("A")], watched(of, area))
        assert standings(found)["z", "2020-10-12"].effective_fraction == here
        assert standings(found, "old/1")["z", "2020-10-09"].effective_fraction == there


def test_what_may_lie_in_either_zone_is_quiet_in_neither() -> None:
    rows = [row("A", **CONFIRMED | {"places": "Alpha;Gamma;North district"})]
    surely = standings(project(rows, two_zones()))
    assert surely["y", "2020-10-11"].standing is CoverageVerdict.VIOLATIONS_RECORDED
    rows = [row("A", **CONFIRMED | {"places": "North district"})]
    near = standings(project(rows, two_zones()))["z", "2020-10-11"]
    assert (near.standing, near.uncertain) == (CoverageVerdict.RECORDED_NOT_ASSESSABLE, 1)


def swapped(rows: list[Row]) -> list[Row]:
    """Exchange the parties in everything that names one."""

    def other(text: str) -> str:
        return text.replace("AA", "##").replace("BB", "AA").replace("##", "BB")

    return [{k: other(v) for k, v in r.items()} for r in rows]


def judged(assessment: Assessment) -> list[tuple[object, ...]]:
    """Give every judgement in words that hang on no id."""
    names = {c.id: c.external_id or "" for c in assessment.claims}
    rows = {i.id: tuple(sorted(names[m] for m in i.members)) for i in assessment.incidents}
    found: list[tuple[object, ...]] = []
    for j in assessment.judgements:
        if isinstance(j, Classification):
            found.append(("c", j.provision, rows[j.incident], j.classification))
        elif isinstance(j, Standing):
            found.append(("s", j.provision, str(j.zone), j.day, j.standing, j.tallies, j.recorded))
    return sorted(found, key=str)


@settings(max_examples=60, deadline=None)
@given(evidence())
def test_exchanging_the_parties_everywhere_changes_no_judgement(rows: list[Row]) -> None:
    rows = [r | {"invokes": "self_defence" if r["kind"] == "admission" else ""} for r in rows]
    one, other = one_sided(("AA",), ("BB",)), one_sided(("BB",), ("AA",))
    assert judged(project(rows, one)) == judged(project(swapped(rows), other))


@settings(max_examples=60, deadline=None)
@given(evidence())
def test_coverage_never_turns_what_is_recorded_into_none_recorded(rows: list[Row]) -> None:
    for of in (mission(), one_sided(("AA",), ("BB",)), two_zones()):
        dark, seen = (
            {(j.provision, j.zone, j.day): j.standing for j in project(rows, here).judgements
             if isinstance(j, Standing)}
            for here in (of, watched(watched(of, "alpha"), "everywhere"))
        )  # fmt: skip
        assert dark.keys() == seen.keys()
        for key, verdict in dark.items():
            if verdict not in NONE_RECORDED:
                assert seen[key] is verdict


@settings(max_examples=60, deadline=None)
@given(evidence())
def test_no_day_with_an_incident_at_the_level_of_the_mandate_is_called_quiet(
    rows: list[Row],
) -> None:
    found = project(rows, watched(one_sided(("AA", "BB", "CC")), "everywhere"))
    stands = POSITIVE | {ClassificationState.NOT_ASSESSABLE, ClassificationState.EXCEPTION_CLAIMED}
    findings = {f.incident: f.occurrence for f in found.findings}
    days = standings(found, "truce/p0")
    spans = {i.id: i.span for i in found.incidents}
    for j in found.judgements:
        if isinstance(j, Classification) and j.classification in stands:
            span = spans[j.incident]
            if span and found.mission.mandate.reached(findings[j.incident]):
                day = span.earliest.astimezone(ZONE).date().isoformat()
                if ("all", day) in days and span.earliest.date() == span.latest.date():
                    assert days["all", day].standing not in NONE_RECORDED


def nested(*, of: bool = False) -> Mission:
    """Make terms that hold in the district and in a small area inside it, watched all of October."""
    whole = Zone(id="n", name="north", lat=40.0, lon=46.1, radius_km=25.0, of=("north",))
    inner = Zone(
        id="a", name="Alpha", lat=40.0, lon=46.0, radius_km=4.0, of=("alpha",) if of else ()
    )
    apart = Zone(id="b", name="Beta", lat=40.5, lon=47.0, radius_km=90.0, of=("beta",))
    base = defined(areas=("n", "a", "b"))
    old, truce = base.agreements
    of_ = replace(base, agreements=(old, replace(truce, zones=(whole, inner, apart))))
    return watched(watched(watched(of_, "n"), "a"), "b")


@pytest.mark.parametrize("made_of_places", [True, False])
def test_what_happened_somewhere_in_a_region_may_have_been_in_the_area_inside_it(
    made_of_places: bool,  # noqa: FBT001
) -> None:
    rows = [row("A", **CONFIRMED | {"places": "North district"})]
    found = standings(project(rows, nested(of=made_of_places)))
    day = "2020-10-11"
    assert found["n", day].standing is CoverageVerdict.VIOLATIONS_RECORDED
    assert found["a", day].standing is CoverageVerdict.RECORDED_NOT_ASSESSABLE
    assert (found["a", day].uncertain, found["a", day].recorded) == (1, ())
    # A place of the gazetteer that has nothing to do with the region is as it was.
    assert found["b", day].uncertain == 0
    other = "2020-10-13"
    assert found["a", other].standing is CoverageVerdict.OBSERVED_NONE_RECORDED


def test_what_surely_lies_in_the_area_lies_in_the_region_too() -> None:
    found = standings(project([row("A", **CONFIRMED)], nested(of=True)))
    for zone in ("n", "a"):
        assert found[zone, "2020-10-11"].standing is CoverageVerdict.VIOLATIONS_RECORDED
