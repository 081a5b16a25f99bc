"""Casualties: low, best and high by status and source, versions over time, a rule on record, nothing added up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.builders import Row, finding_of, mission, project, row
from tests.link.worlds import evidence
from tests.weigh.test_ceilings import read, strongest
from tests.weigh.test_findings import LOOKED, WATCH
from truceline.model.finding import CasualtyRule, Estimate
from truceline.report.assemble import view_of

SAME = {"paraphrase": "A house was hit."}
Figures = tuple[int | None, int | None, int | None]


def killed(rows: list[Row], rule: CasualtyRule = CasualtyRule.HIERARCHY) -> Estimate | None:
    """Give the estimate of persons killed, of the incident that holds the first row."""
    finding = finding_of(project(rows, replace(mission(), casualty_rule=rule)), rows[0]["claim_id"])
    return next((e for e in finding.casualties if e.measure == "killed"), None)


def figures(estimate: Estimate | None) -> Figures | None:
    """Give low, best and high."""
    return None if estimate is None else (estimate.low, estimate.best, estimate.high)


GANJA = [
    row("A", killed="13", pub_date="2020-10-17", **SAME), row("B", killed="21", pub_date="2020-11-01", **SAME),
    row("C", killed="15", pub_date="2020-10-20", **(WATCH | LOOKED | SAME)),
    row("D", killed="16", pub_date="2020-10-21", origin="Relief", origin_side="NGO", kind="report", **SAME),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (CasualtyRule.HIERARCHY, (15, 15, 21)), (CasualtyRule.RANGE, (15, None, 21)),
        (CasualtyRule.MAJORITY, (15, None, 21)),
    ],
)  # fmt: skip
def test_a_range_of_what_each_source_states_last_and_a_best_by_the_rule(
    rule: CasualtyRule, expected: Figures
) -> None:
    found = killed(GANJA, rule)
    assert figures(found) == expected
    assert found is not None
    assert found.rule is rule
    assert found.as_of.date().isoformat() == "2020-11-01"
    assert [(f.low, f.as_of.date().day) for f in found.stated] == [
        (13, 17),
        (21, 1),
        (15, 20),
        (16, 21),
    ]


def test_most_sources_agree() -> None:
    rows = [r | {"killed": "15"} if r["claim_id"] != "A" else r for r in GANJA]
    assert figures(killed(rows, CasualtyRule.MAJORITY)) == (15, 15, 15)


def test_an_interested_figure_is_no_best_figure() -> None:
    assert figures(killed(GANJA[:2])) == (21, None, 21)


@pytest.mark.parametrize("kind", ["denial", "retraction", "ambiguous", "could_not_determine"])
def test_who_does_not_say_so_states_no_figure(kind: str) -> None:
    rows = [row("A", **SAME), row("B", killed="9", **(WATCH | SAME | {"kind": kind}))]
    assert killed(rows) is None
    assert [c for c in view_of(project(rows)).casualties if c.who == "Watch"] == []


def test_a_figure_taken_back_counts_no_longer() -> None:
    back = row("R", kind="retraction", pub_date="2020-10-12", **SAME)
    assert killed([row("A", killed="9", **SAME), back]) is None


def test_thirty_reprints_state_one_figure() -> None:
    rows = [row(f"C{n}", killed="9", **SAME) for n in range(30)]
    found = killed(rows)
    assert figures(found) == (9, None, 9)
    assert found is not None
    assert len(found.stated) == 1


def test_mirrored_incidents_keep_their_own_figures() -> None:
    mirror = row(
        "B", origin="BB MoD", origin_side="BB", accused="AA", killed="4", paraphrase="They began."
    )
    found = project([row("A", killed="3"), mirror])
    assert len(found.engagements) == 1
    told = {e.number: (e.low, e.high) for e in view_of(found).estimates}
    assert sorted(told.values()) == [(3, 3), (4, 4)]


def test_five_in_a_and_four_in_b_are_two_harms() -> None:
    found = read(
        "The Armenian Defence Ministry said Azerbaijani shelling killed five people in Hadrut and four in "
        "Martuni on October 16.", outlet="Reuters",
    )  # fmt: skip
    told = {tuple(p.gazetteer_id for p in c.places): c.harm.killed for c in found.claims}
    assert sorted(told.values(), key=str) == [4, 5]
    assert all(len(places) == 1 for places in told)
    assert len(found.incidents) == 2
    assert sorted(str(e.low) for f in found.findings for e in f.casualties) == ["4", "5"]


def test_civilians_and_soldiers_are_told_apart() -> None:
    found = read("The Armenian Defence Ministry said Azerbaijani shelling killed two civilians and three soldiers in "
                 "Hadrut on October 16.", outlet="Reuters")  # fmt: skip
    told = {(e.measure, e.status): figures(e) for e in strongest(found).casualties}
    assert told == {("killed", "civilian"): (2, None, 2), ("killed", "military"): (3, None, 3)}


def test_an_open_figure_stays_open() -> None:
    found = read(
        "HRW said that shelling of Hadrut on October 16 killed at least five people.",
        outlet="Reuters",
    )
    (estimate,) = strongest(found).casualties
    assert (estimate.low, estimate.best, estimate.high) == (5, None, None)


@settings(max_examples=60, deadline=None)
@given(evidence())
def test_a_range_holds_only_what_somebody_of_the_incident_stated(rows: list[Row]) -> None:
    found = project(rows)
    claims = {c.id: c for c in found.claims}
    for finding, incident in zip(found.findings, found.incidents, strict=True):
        assert finding.incident == incident.id
        for estimate in finding.casualties:
            stated = {
                getattr(claims[c].harm, estimate.measure) for f in estimate.stated for c in f.claims
            }
            assert {estimate.low, estimate.high} <= stated
            assert estimate.best in {None, *stated}
            assert {c for f in estimate.stated for c in f.claims} <= set(incident.members)


@pytest.mark.parametrize(("more", "expected"), [("", (3, 3, 3)), ("at least ", (3, None, None))])
def test_two_counts_of_one_claim_at_one_place_are_one_harm(more: str, expected: Figures) -> None:
    found = read(
        f"HRW said that shelling of Hadrut on October 16 killed {more}two people at a school and one person at a "
        "market.", outlet="Reuters",
    )  # fmt: skip
    (estimate,) = strongest(found).casualties
    assert figures(estimate) == expected
