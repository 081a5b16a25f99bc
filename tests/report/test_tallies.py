"""Counts of others: each by its rule, added only where rule, counter and period are one, and explained side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import mission, project, row
from tests.collect.test_watched import read, table
from tests.conftest import REPO
from truceline.errors import RefusedError
from truceline.model.counting import RULES, CountingRule, ReportedTally, reconcile, total
from truceline.model.mission import Mission
from truceline.report.assemble import view_of

DAY = datetime(2020, 10, 10, 20, tzinfo=UTC)
TALLY = {
    "tally_id": "T1", "counter": "Watch", "rule": "smm_event", "area": "alpha",
    "from": "2020-10-11 00:00", "to": "2020-10-12 00:00", "value": "494", "coverage": "",
    "reported": "2020-10-12", "source": "its daily", "note": "",
}  # fmt: skip


def tally(name: str, value: int, **changes: object) -> ReportedTally:
    """Make a tally of 11 October, by default by the SMM's rule in Alpha."""
    made = ReportedTally(
        id=name, counter="Watch", rule=CountingRule.SMM_EVENT, area="alpha", start=DAY,
        end=DAY + timedelta(days=1), value=value, coverage="", reported=DAY + timedelta(days=1),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def counted(*tallies: ReportedTally) -> Mission:
    """Make the mission with tallies of others."""
    return replace(mission(), tallies=tallies)


def test_areas_of_one_counter_by_one_rule_are_added() -> None:
    assert total([tally("a", 27), tally("b", 224, area="beta")]) == 251
    assert total([]) == 0


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (
            tally("b", 4, rule=CountingRule.EPISODE, area="beta"),
            "rules are never added: episode, smm_event",
        ),
        (tally("b", 4, counter="AA-MoD", area="beta"), "counters are never added"),
        (tally("b", 4, start=DAY - timedelta(days=1), area="beta"), "periods are never added"),
        (tally("b", 4), "one area is counted twice: alpha"),
    ],
)
def test_sums_across_rules_counters_periods_are_refused(other: ReportedTally, said: str) -> None:
    with pytest.raises(RefusedError, match=said) as refused:
        total([tally("a", 494), other])
    assert refused.value.advice


def test_494_against_4_is_explained_by_the_rules_and_gives_no_difference() -> None:
    found = reconcile(tally("smm", 494), tally("jfo", 4, rule=CountingRule.EPISODE, counter="AA"))
    assert found.difference is None
    units = "one unit is each explosion, burst or shot; one unit is one continuous episode in one direction"
    assert found.reasons == (f"the rules differ: {units}",)


def test_two_counts_of_one_thing_differ_by_what_is_to_be_asked() -> None:
    found = reconcile(
        tally("a", 52, counter="AA"), tally("b", 129, counter="BB", coverage="the whole line")
    )
    assert found.difference == 77
    assert found.reasons[0] == "they saw different parts: not said; the whole line"
    assert found.reasons[-1].startswith("by the same rule over the same area and period")
    assert reconcile(tally("a", 5), tally("b", 5, counter="BB")).difference == 0


def test_every_rule_is_in_the_registry_and_on_the_page() -> None:
    text = (REPO / "docs" / "verbs" / "report.md").read_text(encoding="utf-8")
    for rule in CountingRule:
        assert (
            f"| `{rule}` | {RULES[rule].unit.removeprefix('one unit is ')} | {RULES[rule].used_by} |"
            in text
        )
        assert RULES[rule].source


def test_a_row_is_read_and_its_faults_are_told() -> None:
    arrivals, problems = read("tallies", table(TALLY))
    assert (len(arrivals), problems) == (1, [])
    bad = TALLY | {"counter": "x", "rule": "each", "value": "many", "reported": "soon", "to": ""}
    _, problems = read("tallies", table(bad))
    assert {p.field for p in problems} == {"counter", "rule", "value", "reported", "to"}


def test_the_report_sets_them_side_by_side_with_its_own() -> None:
    of = counted(
        tally("a", 27), tally("b", 224, area="beta"),
        tally("c", 4, counter="AA", rule=CountingRule.EPISODE, area="everywhere"),
        tally("d", 3, counter="BB", rule=CountingRule.INCIDENT, area="everywhere"),
    )  # fmt: skip
    daily = view_of(project([row("A")], of)).daily
    assert any(
        line.startswith("Watch, 24 hours from") and "251 in Alpha and Beta together" in line
        for line in daily.by_others
    )
    assert any(
        line.startswith("Watch: 27 in Alpha") and "what it could see is not said" in line
        for line in daily.by_others
    )
    pairs = "\n".join(daily.reconciled)
    assert "Beland 3 against this mission 1" in pairs
    assert ": 2 apart; they saw different parts" in pairs
    assert "Aland 4 against this mission 1" in pairs
    assert "not comparable; the rules differ" in pairs
    assert view_of(project([row("A")])).daily.reconciled == ()
