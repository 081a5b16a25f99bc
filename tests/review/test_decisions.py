"""Four eyes: proposals, approvals, and what a decision does to the next run."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from tests.builders import claim_of, finding_of, incident_of, partition, project, row
from truceline.errors import RefusedError, UsageError
from truceline.model.decision import Decision, Verdict
from truceline.model.finding import Occurrence
from truceline.review import decide, decision_from, decision_record, rulings

CLAIMS = ("clm-1", "clm-2")


def agreed(
    verdict: Verdict, claims: tuple[str, ...] = CLAIMS, earlier: tuple[Decision, ...] = ()
) -> tuple[Decision, ...]:
    """Have two people decide."""
    first = decide(claims, verdict, "Ada", "seen it", earlier)
    second = decide(claims, verdict, "Ben", "agree", (*earlier, first))
    return (*earlier, first, second)


def test_one_person_proposes_and_another_makes_it_count() -> None:
    first = decide(CLAIMS, Verdict.REFUTED, "Ada", "no crater", ())
    assert rulings([first])[0] == ()
    assert rulings([first])[1] == (first,)
    second = decide(CLAIMS, Verdict.REFUTED, "Ben", "agree", [first])
    (ruling,), proposals, problems = rulings([first, second])
    assert (ruling.proposed_by, ruling.approved_by) == ("Ada", "Ben")
    assert (proposals, problems) == ((), ())


@pytest.mark.parametrize("name", ["Ada", "ada", " ADA ", "Ada\u00a0"])
def test_the_author_cannot_approve_under_any_spelling(name: str) -> None:
    first = decide(CLAIMS, Verdict.REFUTED, "Ada", "no crater", ())
    with pytest.raises(RefusedError, match="author and approver must differ"):
        decide(CLAIMS, Verdict.REFUTED, name, "agree", [first])


@pytest.mark.parametrize(("by", "reason"), [("", "why"), ("  ", "why"), ("Ada", ""), ("Ada", " ")])
def test_a_decision_needs_a_name_and_a_reason(by: str, reason: str) -> None:
    with pytest.raises(UsageError):
        decide(CLAIMS, Verdict.REFUTED, by, reason, ())


def test_a_forged_approval_by_the_author_does_not_count_and_is_told() -> None:
    first, second = agreed(Verdict.REFUTED)
    in_force, _, problems = rulings([first, replace(second, by="Ada")])
    assert in_force == ()
    assert len(problems) == 1


def test_deciding_twice_is_refused_and_a_new_verdict_replaces_the_old() -> None:
    decided = agreed(Verdict.REFUTED)
    with pytest.raises(RefusedError, match="decided already"):
        decide(CLAIMS, Verdict.REFUTED, "Cid", "again", decided)
    newer = agreed(Verdict.PLAUSIBLE, earlier=decided)
    back = agreed(Verdict.REFUTED, earlier=newer)
    for history, verdict in ((newer, Verdict.PLAUSIBLE), (back, Verdict.REFUTED)):
        for order in permutations(history):
            assert [r.verdict for r in rulings(order)[0]] == [verdict]


def test_a_decision_survives_the_ledger() -> None:
    for decision in agreed(Verdict.SAME_EVENT):
        assert decision_from(decision_record(decision)) == decision


def test_a_decision_shows_in_the_next_run_and_survives_new_evidence() -> None:
    rows = [row("A"), row("B")]
    first = project(rows)
    claims = tuple(claim_of(first, name).id for name in ("A", "B"))
    decided = agreed(Verdict.REFUTED, claims)
    finding = finding_of(project(rows, decisions=decided), "A")
    assert finding.occurrence is Occurrence.REFUTED
    assert finding.assessed is Occurrence.UNSUBSTANTIATED
    assert "approved by Ben" in finding.reasons[-1].sentence
    grown = finding_of(project([*rows, row("C")], decisions=decided), "A")
    assert grown.occurrence is Occurrence.REFUTED
    assert "beyond those decided on: 1" in grown.reasons[-1].sentence


def test_a_proposal_alone_changes_no_finding() -> None:
    plain = project([row("A")])
    claims = (claim_of(plain, "A").id,)
    first = decide(claims, Verdict.CONFIRMED, "Ada", "sure", ())
    assert project([row("A")], decisions=[first]).findings == plain.findings


def test_people_split_and_join_events() -> None:
    rows = [row("A"), row("B"), row("C", places="Beta")]
    plain = project(rows)
    ids = {name: claim_of(plain, name).id for name in "ABC"}
    split = agreed(Verdict.DIFFERENT_EVENTS, (ids["A"], ids["B"]))
    assert frozenset({"A", "B"}) not in partition(project(rows, decisions=split))
    joined = agreed(Verdict.SAME_EVENT, (ids["A"], ids["C"]))
    together = project(rows, decisions=joined)
    assert any({"A", "C"} <= group for group in partition(together))
    links = incident_of(together, "C").links
    assert {link.decided_by for link in links if link.decided_by} == {joined[0].id}
