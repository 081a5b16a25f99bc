"""Judging: the agreement in force at that instant, rival readings kept, silence not read as quiet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.builders import END, TRUCE, ZONE, Row, incident_of, mission, project, row
from truceline.model.acts import Act
from truceline.model.agreement import Breach, Deadline, Obligation, Prohibition, Zone
from truceline.model.coverage import CoverageRecord, CoverageVerdict
from truceline.model.finding import Occurrence
from truceline.model.judgement import (
    Binding,
    Classification,
    ClassificationState,
    ObligationStanding,
    ObligationState,
    Standing,
)
from truceline.model.place_time import Answer

if TYPE_CHECKING:
    from truceline.model.mission import Mission
    from truceline.model.report import Assessment

CONFIRMED = {"kind": "admission", "origin": "BB MoD", "origin_side": "BB"}


def binding(assessment: Assessment, external_id: str) -> Binding:
    """Find the binding of the incident that holds a claim."""
    incident = incident_of(assessment, external_id).id
    return next(b for b in assessment.bindings if b.incident == incident)


def classes(assessment: Assessment) -> dict[str, Classification]:
    """Give classifications by provision; for assessments of one incident."""
    return {
        j.provision: j for j in assessment.judgements if isinstance(j, Classification)
    }  # fmt: skip


def test_five_past_noon_is_after_under_one_reading_and_before_under_the_other() -> None:
    found = binding(project([row("A", t_from_local="2020-10-10 12:05")]), "A")
    sentences = [a.sentence for a in found.answers if a.agreement == "truce"]
    assert sentences == [
        "5 minutes after entry into force (local)",
        "55 minutes before entry into force (capital)",
    ]
    assert found.after_entry is Answer.CANNOT_TELL
    assert found.agreement is None
    assert found.candidates == ("old", "truce")


@pytest.mark.parametrize(
    ("when", "agreement", "candidates"),
    [
        ("2020-10-09 12:00", "old", ("old",)),
        ("2020-10-10 11:59", "old", ("old",)),
        ("2020-10-10 13:00", "truce", ("truce",)),
        ("2020-10-10", None, ("old", "truce")),
        ("", None, ("old", "truce")),
    ],
)
def test_a_claim_binds_to_the_agreement_in_force_then(
    when: str, agreement: str | None, candidates: tuple[str, ...]
) -> None:
    found = binding(project([row("A", t_from_local=when)]), "A")
    assert (found.agreement, found.candidates) == (agreement, candidates)


def test_an_event_without_a_time_is_before_what_came_after_its_publication() -> None:
    assessment = project([row("A", t_from_local="", pub_date="2020-10-08")])
    assert binding(assessment, "A").candidates == ("old",)
    same_day = project([row("A", t_from_local="", pub_date="2020-10-10")])
    assert binding(same_day, "A").candidates == ("old", "truce")


def test_a_text_without_acts_leaves_even_the_confirmed_not_assessable() -> None:
    found = classes(project([row("A", **CONFIRMED)]))["truce/1"]
    assert found.classification is ClassificationState.NOT_ASSESSABLE
    assert "no act is named" in found.reasons


def defined(**changes: object) -> Mission:
    """Make a mission whose truce names acts and a zone around Alpha."""
    clause = TRUCE.provisions[0]
    assert isinstance(clause, Prohibition)
    changed = replace(
        clause, acts=(Act.INDIRECT_FIRE,), areas=("z",), breach=Breach.SERIOUS, ambiguities=()
    )
    changed = replace(changed, **changes)  # type: ignore[arg-type]
    truce = replace(
        TRUCE,
        provisions=(changed, *TRUCE.provisions[1:]),
        zones=(Zone(id="z", name="zone", lat=40.0, lon=46.0, radius_km=20.0),),
    )
    return replace(mission(), agreements=(mission().agreements[0], truce))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ClassificationState.SERIOUS_VIOLATION),
        ({"act": "ground_assault"}, ClassificationState.OUTSIDE_SCOPE),
        ({"act": "attack"}, ClassificationState.NOT_ASSESSABLE),
        ({"act": ""}, ClassificationState.NOT_ASSESSABLE),
        ({"places": "Beta"}, ClassificationState.OUTSIDE_SCOPE),
        ({"places": ""}, ClassificationState.NOT_ASSESSABLE),
        ({"places": "North district"}, ClassificationState.NOT_ASSESSABLE),
        ({"kind": "accusation"}, ClassificationState.NOT_ASSESSABLE),
        ({"t_from_local": "2020-10-10 12:30"}, ClassificationState.NOT_ASSESSABLE),
    ],
)
def test_defined_terms_are_classified(fields: Row, expected: ClassificationState) -> None:
    found = classes(project([row("A", **(CONFIRMED | fields))], defined()))["truce/1"]
    assert found.classification is expected
    assert found.reasons


@pytest.mark.parametrize("banned", [Act.HOSTILE_ACT, Act.INDIRECT_FIRE])
def test_an_explosion_is_neither_a_breach_nor_outside_the_truce(banned: Act) -> None:
    heard = row("A", origin="Watch", origin_side="NGO", kind="verification", accused="",
                act="explosion", basis="saw", access="own")  # fmt: skip
    found = classes(project([heard], defined(acts=(banned,))))["truce/1"]
    assert found.classification is ClassificationState.NOT_ASSESSABLE
    assert "an explosion is told, and not what made it" in found.reasons


WITNESSED = {
    "kind": "verification",
    "origin": "Watch",
    "origin_side": "NGO",
    "basis": "inspected",
    "access": "own",
}


@pytest.mark.parametrize(
    ("by", "fields", "expected"),
    [
        (("BB",), CONFIRMED, ClassificationState.SERIOUS_VIOLATION),
        (("AA",), CONFIRMED, ClassificationState.OUTSIDE_SCOPE),
        (("AA", "BB"), WITNESSED, ClassificationState.SERIOUS_VIOLATION),
        (("BB",), WITNESSED, ClassificationState.NOT_ASSESSABLE),
    ],
)
def test_a_clause_that_binds_one_side_needs_to_know_who_acted(
    by: tuple[str, ...], fields: Row, expected: ClassificationState
) -> None:
    found = classes(project([row("A", **fields)], defined(by=by)))["truce/1"]
    assert found.classification is expected


def standings(assessment: Assessment, provision: str) -> dict[str, Standing]:
    """Give a provision's standings by day."""
    return {
        j.day.isoformat(): j
        for j in assessment.judgements
        if isinstance(j, Standing) and j.provision == provision
    }


def test_a_day_nobody_watched_is_not_observed_whether_or_not_anything_was_said() -> None:
    days = standings(project([row("A")]), "truce/1")
    assert days["2020-10-10"].standing is CoverageVerdict.NOT_OBSERVED
    assert days["2020-10-11"].standing is CoverageVerdict.NOT_OBSERVED
    assert [(t.occurrence, t.count) for t in days["2020-10-11"].tallies] == [
        (Occurrence.UNSUBSTANTIATED, 1)
    ]
    assert days["2020-10-12"].tallies == ()
    assert days["2020-10-11"].counting_rule == "incident"


def test_days_run_from_the_first_reported_to_the_cut_off_and_follow_the_agreement() -> None:
    cut = replace(END, instant=datetime(2020, 10, 11, 20, tzinfo=UTC))
    assessment = project([row("A")], cut=cut)
    assert list(standings(assessment, "old/1")) == ["2020-10-08", "2020-10-09", "2020-10-10"]
    assert list(standings(assessment, "truce/1")) == ["2020-10-10", "2020-10-11"]


def watched(start: int, end: int, fraction: float) -> Mission:
    """Make a mission with defined terms that watched 11 October between two local hours."""
    record = CoverageRecord(
        area="z", channel="patrol", effective_fraction=fraction, reason="patrols",
        start=datetime(2020, 10, 11, start, tzinfo=ZONE), end=datetime(2020, 10, 11, end, tzinfo=ZONE),
    )  # fmt: skip
    whole = replace(record, end=datetime(2020, 10, 12, tzinfo=ZONE)) if end == 23 else record
    return replace(defined(), coverage=(whole,))


def test_the_four_verdicts() -> None:
    calm = [row("A", t_from_local="2020-10-12 14:00", pub_date="2020-10-12")]

    def verdict(of: Mission, rows: list[Row]) -> CoverageVerdict:
        return standings(project(rows, of), "truce/1")["2020-10-11"].standing

    assert verdict(defined(), calm) is CoverageVerdict.NOT_OBSERVED
    assert verdict(watched(6, 18, 0.5), calm) is CoverageVerdict.PARTLY_OBSERVED_NONE_RECORDED
    assert verdict(watched(0, 23, 1.0), calm) is CoverageVerdict.OBSERVED_NONE_RECORDED
    assert verdict(defined(), [row("A", **CONFIRMED)]) is CoverageVerdict.VIOLATIONS_RECORDED


def test_an_engagement_counts_once() -> None:
    mirror = row("B", origin="BB MoD", origin_side="BB", accused="AA", paraphrase="They began.")
    day = standings(project([row("A"), mirror]), "truce/1")["2020-10-11"]
    assert sum(t.count for t in day.tallies) == 1
    assert day.contested == 1


def obligation(assessment: Assessment) -> ObligationStanding:
    """Find the one obligation."""
    return next(j for j in assessment.judgements if isinstance(j, ObligationStanding))


def test_an_obligation_without_a_deadline_is_open_not_overdue() -> None:
    rows = [row("O", kind="implementation", act="exchange_bodies_prisoners", accused="")]
    found = obligation(project(rows))
    assert found.provision == "truce/1a"
    assert found.state is ObligationState.NO_DUE_DATE
    assert len(found.claims) == 1


def test_a_deadline_alone_never_says_that_a_deed_was_or_was_not_done() -> None:
    clause = TRUCE.provisions[1]
    assert isinstance(clause, Obligation)
    due = Deadline(
        id="due", text="6 November", zone="UTC", instant=datetime(2020, 11, 6, tzinfo=UTC),
        period=None, held_by="somebody", source="fiction",
    )  # fmt: skip
    truce = replace(TRUCE, provisions=(replace(clause, due=(due,)),))
    of = replace(mission(), agreements=(truce,))
    before = replace(END, instant=datetime(2020, 10, 20, tzinfo=UTC))
    assert obligation(project([row("A")], of, cut=before)).state is ObligationState.NOT_DUE
    assert obligation(project([row("A")], of)).state is ObligationState.NOT_ASSESSABLE


def test_no_two_judgements_stand_for_the_same_thing() -> None:
    assessment = project([row("A"), row("B", places="Beta")])
    keys = sorted(
        (type(j).__name__, j.provision, getattr(j, "incident", ""), str(getattr(j, "day", "")))
        for j in assessment.judgements
    )
    assert all(a != b for a, b in pairwise(keys))


def test_a_force_that_a_provision_does_not_name_is_not_judged_by_it() -> None:
    of = defined(by=("AA",))
    later = {"t_from_local": "2020-10-11 12:00", "kind": "admission", "basis": "own_act"}
    force = {"origin": "CC army", "origin_side": "CC", "accused": "CC"}
    party = {"origin": "AA MoD", "origin_side": "AA", "accused": "AA"}
    bound, beside = (
        classes(project([row("A", **later, **who)], of))["truce/1"] for who in (party, force)
    )
    assert bound.classification is ClassificationState.SERIOUS_VIOLATION
    assert beside.classification is ClassificationState.NOT_ASSESSABLE
    assert beside.reasons == (
        "CC is not bound by this provision itself; whether AA answers for it is not said",
    )


def test_what_a_newer_agreement_keeps_alive_is_judged_beside_it() -> None:
    base = defined()
    truce = base.agreements[1]
    entry = replace(truce.readings[0], instant=datetime(2020, 10, 20, tzinfo=UTC))
    newer = replace(truce, id="newer", readings=(entry,), renews=("truce",))
    silent = replace(newer, renews=())
    after = {"t_from_local": "2020-10-21 12:00", "pub_date": "2020-10-21", **CONFIRMED}
    both, one = (
        project([row("A", **after)], replace(base, agreements=(*base.agreements, other)))
        for other in (newer, silent)
    )
    assert binding(both, "A").beside == ("truce",)
    assert set(classes(both)) == {"truce/1", "newer/1"}
    assert binding(one, "A").beside == ()
    assert set(classes(one)) == {"newer/1"}
