"""The monitors' freedom to move: restrictions by who caused them, and no day with one counts as clean."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from tests.builders import ZONE, project, row
from tests.judge.test_judging import defined
from tests.judge.test_obligations import owed, standing
from tests.judge.test_standing import standings, watched
from truceline.model.acts import Act
from truceline.model.agreement import ProvisionKind as Kind
from truceline.model.coverage import Barred, CoverageVerdict, Restriction, RestrictionClass
from truceline.model.judgement import Standing
from truceline.model.mission import Mission
from truceline.report.assemble import view_of

DENIAL = RestrictionClass.DENIAL


def bar(
    by: str = "BB", area: str = "alpha", hour: int = 10, hours: int = 2, **changes: object
) -> Restriction:
    """Make a restriction on 12 October."""
    made = Restriction(
        area=area, channel="patrol", kind=DENIAL, by=by, remaining=0.0, reason="",
        start=datetime(2020, 10, 12, hour, tzinfo=ZONE), end=datetime(2020, 10, 12, hour + hours, tzinfo=ZONE),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def free(*bars: Restriction, **changes: object) -> Mission:
    """Make terms that let monitors move, watched through October."""
    of = watched(
        defined(
            kind=Kind.FREEDOM_OF_MOVEMENT_MONITORS, acts=(Act.OBSTRUCTION_OF_MONITORS,), **changes
        )
    )
    return replace(of, restrictions=bars)


def day(of: Mission, when: str = "2020-10-12") -> Standing:
    """Give the standing of a day."""
    return standings(project([row("X")], of))["z", when]


@pytest.mark.parametrize(
    ("bars", "by", "expected"),
    [
        ((), (), ()),
        ((bar(),), (), (Barred(by="BB", kind=DENIAL, count=1, hours=2.0),)),
        ((bar(), bar(hour=14, hours=1)), (), (Barred(by="BB", kind=DENIAL, count=2, hours=3.0),)),
        # Whom the provision does not bind is not booked under it; who is not known may be bound.
        ((bar(),), ("AA",), ()),
        ((bar("unknown"),), ("AA",), (Barred(by="unknown", kind=DENIAL, count=1, hours=2.0),)),
        # A force counts for the side that it is bound through.
        ((bar("CC"),), ("AA",), (Barred(by="CC", kind=DENIAL, count=1, hours=2.0),)),
        ((bar(area="gamma"),), (), ()),
    ],
)  # fmt: skip
def test_a_day_with_a_restriction_is_never_clean(
    bars: tuple[Restriction, ...], by: tuple[str, ...], expected: tuple[Barred, ...]
) -> None:
    found = day(free(*bars, **({"by": by} if by else {})))
    assert found.restrictions == expected
    clean = found.standing in {
        CoverageVerdict.OBSERVED_NONE_RECORDED,
        CoverageVerdict.PARTLY_OBSERVED_NONE_RECORDED,
    }
    assert clean is not bool(expected)
    assert found.standing is not CoverageVerdict.VIOLATIONS_RECORDED


def test_another_kind_keeps_no_restrictions() -> None:
    of = replace(free(bar()), agreements=watched(defined()).agreements)
    assert day(of).restrictions == ()


def test_the_report_books_them_to_who_caused_them() -> None:
    view = view_of(project([row("X")], free(bar(), bar("unknown", hour=15))))
    basis = next(c.basis for c in view.compliance if c.provision == "truce/1")
    assert (
        "restrictions of movement by day: Beland: 1 denial (2.0 h), unknown: 1 denial (2.0 h)"
        in basis
    )


def test_as_a_duty_they_stand_since_the_entry() -> None:
    of = replace(owed(kind=Kind.FREEDOM_OF_MOVEMENT_MONITORS, acts=()), restrictions=(bar("AA"),))
    assert standing([row("X")], of).restrictions == (
        Barred(by="AA", kind=DENIAL, count=1, hours=2.0),
    )
    early = bar(
        "AA", start=datetime(2020, 10, 1, tzinfo=ZONE), end=datetime(2020, 10, 2, tzinfo=ZONE)
    )
    assert standing([row("X")], replace(of, restrictions=(early,))).restrictions == ()
