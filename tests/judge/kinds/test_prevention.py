"""A duty to prevent: what the force acknowledged stands beside it, and is never the duty's breach by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import Row, project, row
from tests.judge.test_judging import defined
from truceline.model.agreement import Obligation
from truceline.model.agreement import ProvisionKind as Kind
from truceline.model.judgement import ActsOf, ObligationStanding, ObligationState
from truceline.model.judgement import ClassificationState as State
from truceline.model.mission import Mission
from truceline.report.assemble import view_of

OWN = {
    "kind": "admission",
    "origin": "CC army",
    "origin_side": "CC",
    "accused": "CC",
    "basis": "own_act",
}


def preventing() -> Mission:
    """Make terms that bind all three, and AA to prevent CC from acting."""
    of = defined(by=("AA", "BB", "CC"))
    old, truce = of.agreements
    duty = Obligation(
        id="p",
        kind=Kind.NO_OFFENSIVE_ACTION,
        title="prevent",
        deed="prevent",
        debtors=("AA",),
        prevents=("CC",),
    )
    return replace(of, agreements=(old, replace(truce, provisions=(*truce.provisions, duty))))


def standing(*rows: Row) -> ObligationStanding:
    """Find how the duty stands."""
    found = project(list(rows), preventing()).judgements
    return next(j for j in found if isinstance(j, ObligationStanding) and j.provision == "truce/p")


@pytest.mark.parametrize(
    ("rows", "acts"),
    [
        ([], ()),
        ([row("A", **OWN)], (ActsOf(force="CC", classification=State.SERIOUS_VIOLATION, count=1),)),
        # Another day's act counts too; a side that is not to be prevented, or an allegation alone, does not.
        (
            [row("A", **OWN), row("B", **OWN | {"t_from_local": "2020-10-13 08:00", "pub_date": "2020-10-13"})],
            (ActsOf(force="CC", classification=State.SERIOUS_VIOLATION, count=2),),
        ),
        ([row("A", accused="CC", origin="BB MoD", origin_side="BB")], ()),
        ([row("A", kind="admission", origin="BB MoD", origin_side="BB", accused="BB", basis="own_act")], ()),
        ([row("A", **OWN | {"places": "Gamma"})], ()),
    ],
)  # fmt: skip
def test_what_the_force_acknowledged_is_counted(rows: list[Row], acts: tuple[ActsOf, ...]) -> None:
    found = standing(*(rows or [row("X", accused="")]))
    assert found.acts == acts
    assert found.state is ObligationState.NO_DUE_DATE


def test_the_report_prints_it_beside_the_duty() -> None:
    view = view_of(project([row("A", **OWN)], preventing()))
    (duty,) = [o for o in view.obligations if o.provision == "truce/p"]
    assert duty.records == ("acknowledged by Celand: 1 serious violation",)
