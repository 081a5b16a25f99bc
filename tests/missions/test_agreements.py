"""Agreements over time in the reports of the demonstration: as known at each as-of, and how obligations came out."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.missions.test_lebanon import MISSION as LEBANON
from truceline.judge.terms_at import terms_at
from truceline.model.agreement import ExceptionClause
from truceline.model.evidence import EvidenceFile
from truceline.model.judgement import Classification, ObligationStanding, Standing
from truceline.model.report import Assessment
from truceline.pipeline import assess, cut_off, gather
from truceline.report.assemble import view_of
from truceline.report.summary import summary
from truceline.terms.timeline import distinct

DEMO = LEBANON.parent / "karabakh-2020"
OUTCOMES: list[dict[str, Any]] = json.loads(
    (DEMO / "expected" / "outcomes.json").read_text(encoding="utf-8")
)["obligations"]
# What was published after the evidence of the demonstration, as coded rows.
LATER = EvidenceFile(
    reader="coded_claims", folder=None, name=str(DEMO / "evidence" / "outcomes.csv"),
    shown="outcomes.csv",
)  # fmt: skip


@cache
def at(as_of: str, folder: Path = DEMO) -> Assessment:
    """Assess a mission as of a day."""
    gathered = gather(folder, record=False)
    return assess(gathered, cut_off(as_of, gathered))


def in_force(as_of: str) -> dict[str, str]:
    """Give what the report says of each agreement."""
    return {view.id: view.in_force for view in view_of(at(as_of)).agreements}


def test_in_december_the_report_no_longer_calls_the_truces_of_october_unquestioned() -> None:
    found = in_force("2020-12-11")
    assert found["trilateral-2020-11-10"] == "in force at the as-of under every reading"
    truces = [text for name, text in found.items() if name != "trilateral-2020-11-10"]
    assert len(truces) == 5
    assert all(text.startswith("cannot tell whether in force at the as-of: ") for text in truces)
    assert found["moscow-2020-10-10"].endswith(
        "the entry into force of Trilateral statement of 10 November 2020, which does not say whether it goes on, "
        "10 Nov 2020, 01:00 UTC+4"
    )


def test_a_truce_that_was_renewed_is_in_force_beside_the_newer_one() -> None:
    found = in_force("2020-10-28")
    assert found["washington-2020-10-25"] == "in force at the as-of under every reading"
    assert (
        found["moscow-2020-10-10"]
        == "in force at the as-of under every reading, beside a newer agreement"
    )


def test_nothing_of_an_agreement_stands_in_a_report_before_its_announcement() -> None:
    assert list(in_force("2020-10-09")) == ["ceasefire-1994"]
    early = at("2024-11-25", LEBANON)
    assert early.mission.agreements == ()
    assert early.mission.bodies == ()
    assert view_of(early).agreements == ()
    before, after = (view_of(at(d, LEBANON)).agreements[0] for d in ("2025-01-26", "2025-01-28"))
    later = {"hour-of-18-february", "end-of-the-whole"}
    assert not later & {a.id for a in before.ambiguities}
    assert later <= {a.id for a in after.ambiguities}
    assert [len(view.events) for view in (before, after)] == [1, 4]


def test_the_first_day_of_the_war_falls_under_the_ceasefire_of_1994() -> None:
    found = at("2020-12-11")
    first = {
        i.id for i in found.incidents
        if i.span and i.span.latest.date() <= date(2020, 9, 27)
    }  # fmt: skip
    assert first
    bound = {b.incident: b.agreement for b in found.bindings}
    assert {bound[name] for name in first} == {"ceasefire-1994"}
    judged = {
        j.provision
        for j in found.judgements
        if isinstance(j, Classification) and j.incident in first
    }
    assert judged == {"ceasefire-1994/1"}


@pytest.mark.parametrize("as_of", ["2020-09-28", "2020-10-11", "2020-10-28", "2020-12-11"])
def test_rival_readings_never_disappear_between_terms_and_report(as_of: str) -> None:
    assessment = at(as_of)
    mission = gather(DEMO, record=False).mission
    views = {view.id: view for view in view_of(assessment).agreements}
    for found in terms_at(mission, assessment.as_of):
        written = found.agreement.readings
        assert {r.id for r in views[found.agreement.id].readings} == {r.id for r in written}
        said = {part for answer in found.answers for part in answer.reading.split("+")}
        rival = {r.id for r in distinct(written)}
        assert rival <= said or len(rival) == 1


@cache
def aftermath(on: str) -> dict[str, ObligationStanding]:
    """Give the obligations as of the end of a day, with what was published later."""
    gathered = gather(DEMO, [LATER], record=False)
    assert not [p for p in gathered.problems if p.file == LATER.shown]
    end = (date.fromisoformat(on) + timedelta(days=1)).isoformat()
    found = assess(gathered, cut_off(end, gathered)).judgements
    return {j.provision: j for j in found if isinstance(j, ObligationStanding)}


@pytest.mark.parametrize("case", OUTCOMES, ids=lambda c: f"{c['obligation']}-{c['on']}")
def test_an_obligation_of_that_autumn_stands_as_it_came_out(case: dict[str, Any]) -> None:
    found = aftermath(case["on"])[case["obligation"]]
    assert found.state in case["state_in"]
    assert case.get("moved_by", "") in found.sentence
    assert found.amended == ("moved_by" in case)


def test_prisoners_and_remains_stand_by_giver_and_recipient_in_each_tellers_count() -> None:
    found = {
        (a.unit, a.giver, a.recipient): ({c.by: c.value for c in a.counts}, a.difference)
        for a in aftermath("2020-12-15")["trilateral-2020-11-10/8"].accounts
    }
    assert found == {
        ("prisoners", "AM", "AZ"): ({"mediator": 12}, None),
        ("prisoners", "AZ", "AM"): ({"mediator": 44, "AM": 44}, 0),
        ("remains", "AM", "AZ"): ({"AZ": 6}, None),
        ("remains", None, None): ({"intermediary": 200}, None),
    }


def test_a_quarrel_of_october_is_over_in_december() -> None:
    assert aftermath("2020-10-18")["moscow-2020-10-10/1b"].state == "disputed"
    assert aftermath("2020-12-15")["moscow-2020-10-10/1b"].state == "partly_fulfilled"


def test_one_instant_in_two_zones_is_printed_as_one_reading() -> None:
    assessment = at("2020-10-28")
    assert "rival reading local: 26 Oct" not in summary(assessment)
    assert "reading local: 26 Oct 2020, 08:00 UTC+4" in summary(assessment)
    marks = [m.reading for m in view_of(assessment).daily.entries if m.agreement.startswith("wash")]
    assert marks == ["local"]


@pytest.mark.parametrize("as_of", ["2020-10-11", "2020-10-28", "2020-12-11"])
@pytest.mark.parametrize("folder", [DEMO, LEBANON], ids=["karabakh", "lebanon"])
def test_every_provision_in_force_is_judged_with_reasons(as_of: str, folder: Path) -> None:
    if folder is LEBANON:
        as_of = f"2024-12-{as_of[-2:]}"
    assessment = at(as_of, folder)
    judged = said_of(assessment)
    owed = [
        f"{agreement.id}/{provision.id}"
        for agreement in assessment.mission.agreements
        if any(r.instant <= assessment.as_of for r in agreement.readings)
        for provision in agreement.provisions
        if not isinstance(provision, ExceptionClause)
    ]
    assert owed
    assert [name for name in owed if not judged.get(name) or not all(judged[name])] == []


def said_of(assessment: Assessment) -> dict[str, list[str]]:
    """Give every reason and sentence of the judgements on each provision."""
    judged: dict[str, list[str]] = {}
    for j in assessment.judgements:
        if isinstance(j, Classification):
            judged.setdefault(j.provision, []).extend(j.reasons)
        elif isinstance(j, Standing | ObligationStanding):
            judged.setdefault(j.provision, []).append(j.sentence)
    return judged
