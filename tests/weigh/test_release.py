"""Released is apart: `confirmed` and a party's name leave the mission only by two people's decision."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from tests.builders import Row, finding_of, gathered_of, mission, project, row, ruled
from tests.link.worlds import evidence
from tests.weigh.test_findings import LOOKED, WATCH
from tests.weigh.test_no_leak import SIDES
from truceline.model.decision import Reasons, Verdict
from truceline.model.finding import AttributionState, Occurrence, Release, ReleaseState
from truceline.model.mission import AttributionMode
from truceline.model.report import Edition
from truceline.pipeline import assess
from truceline.report.files import contents_of
from truceline.review import decide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.model.decision import Decision
    from truceline.model.report import Assessment

ADMITTED = [row("A", origin="BB MoD", origin_side="BB", kind="admission")]
LOOKED_AT = [row("A"), row("B", **WATCH, **LOOKED)]
NAMED = Reasons(occurrence="said on its own page", attribution="its spokesman", names="BB")


def released(rows: Sequence[Row], decisions: Sequence[Decision] = ()) -> Assessment:
    """Project rows to what may leave the mission."""
    gathered, cut = gathered_of(rows, decisions=decisions)
    return assess(gathered, cut, Edition.RELEASED)


def test_nothing_is_released_without_a_decision() -> None:
    draft = finding_of(project(ADMITTED), "A")
    assert draft.occurrence is Occurrence.CONFIRMED
    assert draft.attribution.party == "BB"
    assert draft.release == Release(
        state=ReleaseState.AWAITING_TWO_PEOPLE, occurrence=Occurrence.CORROBORATED, party=None,
        awaits=("occurrence", "party"),
    )  # fmt: skip
    out = finding_of(released(ADMITTED), "A")
    assert out.occurrence is out.assessed is Occurrence.CORROBORATED
    assert out.attribution.party is None
    assert out.attribution.state is AttributionState.WITHHELD_BY_MANDATE


def test_two_people_release_what_happened_and_not_who_did_it() -> None:
    made = ruled(ADMITTED, ["A"], Verdict.CONFIRMED)
    held = finding_of(project(ADMITTED, decisions=made), "A").release
    assert (held.occurrence, held.party, held.awaits) == (Occurrence.CONFIRMED, None, ("party",))
    out = finding_of(released(ADMITTED, made), "A")
    assert out.occurrence is Occurrence.CONFIRMED
    assert out.attribution.party is None


def test_two_people_release_the_name_of_a_side_that_acknowledged() -> None:
    made = ruled(ADMITTED, ["A"], Verdict.CONFIRMED, NAMED)
    out = finding_of(released(ADMITTED, made), "A")
    assert out.release.state is ReleaseState.RELEASED
    assert (out.occurrence, out.attribution.party) == (Occurrence.CONFIRMED, "BB")


def test_a_name_that_nobody_acknowledged_is_released_by_nobody() -> None:
    for rows, names in ((LOOKED_AT, "BB"), (ADMITTED, "AA")):
        made = ruled(rows, ["A"], Verdict.CONFIRMED, replace(NAMED, names=names))
        out = finding_of(released(rows, made), "A")
        assert out.attribution.party is None
        assert out.occurrence is Occurrence.CONFIRMED


def test_a_proposal_releases_nothing_and_a_name_needs_both() -> None:
    claim = (project(ADMITTED).claims[0].id,)
    proposal = decide(claim, Verdict.CONFIRMED, "Ada Ax", NAMED, ())
    other = decide(claim, Verdict.CONFIRMED, "Ben By", "seen too", [proposal])
    assert other.approves is None
    out = finding_of(released(ADMITTED, (proposal, other)), "A")
    assert out.occurrence is Occurrence.CORROBORATED
    approval = decide(claim, Verdict.CONFIRMED, "Cid Ce", NAMED, [proposal, other])
    assert approval.approves == proposal.id
    assert (
        finding_of(released(ADMITTED, (proposal, other, approval)), "A").attribution.party == "BB"
    )


def test_a_name_may_be_released_after_the_event_was() -> None:
    made = ruled(ADMITTED, ["A"], Verdict.CONFIRMED)
    claim = made[0].claims
    more = decide(claim, Verdict.CONFIRMED, "Ada Ax", NAMED, made)
    again = decide(claim, Verdict.CONFIRMED, "Ben By", NAMED, (*made, more))
    assert finding_of(released(ADMITTED, (*made, more, again)), "A").attribution.party == "BB"


@pytest.mark.parametrize("verdict", [Verdict.CORROBORATED, Verdict.REFUTED])
def test_what_people_set_lower_needs_no_release(verdict: Verdict) -> None:
    made = ruled(LOOKED_AT, ["A"], verdict)
    finding = finding_of(project(LOOKED_AT, decisions=made), "A")
    assert finding.release.state is ReleaseState.NOT_NEEDED
    assert finding_of(released(LOOKED_AT, made), "A").occurrence is Occurrence(verdict.value)


def test_the_page_says_which_edition_it_is_and_what_awaits() -> None:
    draft = contents_of(project(ADMITTED), {})
    assert b"confirmed (by admission), awaiting two people" in draft["report.html"]
    assert b"acknowledged by the party, awaiting two people" in draft["report.html"]
    assert b"Awaiting two people: 1 confirmation and 1 name of a party." in draft["report.html"]
    out = contents_of(released(ADMITTED), {})
    assert b"May leave the mission" in out["report.html"]
    assert json.loads(out["report.json"])["header"]["edition"] == "released"
    (finding,) = json.loads(out["findings.json"])
    assert finding["occurrence"] == "corroborated"
    assert not {"assessed", "row", "reasons", "release", "changes"} & set(finding)
    assert not SIDES.findall(out["findings.json"].decode())
    done = contents_of(released(ADMITTED, ruled(ADMITTED, ["A"], Verdict.CONFIRMED, NAMED)), {})
    assert b"confirmed (by admission)<" in done["report.html"].replace(b" </", b"</")
    assert b"awaiting two people<" not in done["report.html"]


@settings(max_examples=60, deadline=None)
@given(evidence())
def test_without_decisions_nothing_is_confirmed_and_nobody_named_outside(rows: list[Row]) -> None:
    draft, out = project(rows), released(rows)
    assert [f.incident for f in draft.findings] == [f.incident for f in out.findings]
    for finding in out.findings:
        assert finding.occurrence is not Occurrence.CONFIRMED
        assert finding.attribution.party is None


def test_a_name_that_awaits_is_undetermined_where_the_mandate_would_give_it() -> None:
    open_ = mission(AttributionMode.ASSESSED)
    gathered, cut = gathered_of(LOOKED_AT, open_)
    assert finding_of(assess(gathered, cut), "A").attribution.party == "BB"
    held = finding_of(assess(gathered, cut, Edition.RELEASED), "A").attribution
    assert (held.state, held.party) == (AttributionState.UNDETERMINED, None)
    (reason,) = held.reasons
    assert (reason.rule, reason.sentence) == (
        "awaiting_two_people", "nothing said here before two people decide",
    )  # fmt: skip


def test_a_held_back_finding_is_no_stronger_than_its_rung() -> None:
    out = finding_of(released(ADMITTED), "A")
    assert out.strength == 39
    assert finding_of(project(ADMITTED), "A").strength == 41
    kept = finding_of(released(LOOKED_AT, ruled(LOOKED_AT, ["A"], Verdict.CORROBORATED)), "A")
    assert kept.strength == finding_of(project(LOOKED_AT), "A").strength
