"""Provisions that mirror each other should be written alike, or one side alone seems to break the text."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from truceline.model.agreement import Prohibition
from truceline.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.model.agreement import Agreement
    from truceline.model.arms import Weapon
    from truceline.model.mission import Mission


def unlike_mirrors(mission: Mission) -> Iterator[Problem]:
    """Warn of two prohibitions of one kind, one for each side, that are not written alike."""
    for agreement in mission.agreements:
        clauses = [p for p in agreement.provisions if isinstance(p, Prohibition)]
        for one, other in combinations(clauses, 2):
            unlike = _unlike(one, other, agreement, mission) if _mirror(one, other, mission) else ()
            if unlike:
                yield Problem(
                    severity=Severity.WARNING, file="agreements", field=f"{agreement.id}/{other.id}",
                    message=f"provisions {one.id} and {other.id} mirror each other and are not written alike: "
                    f"{', '.join(unlike)}; one side alone would seem to break the text",
                    advice="write both alike; where the text itself parts them, say in an ambiguity what follows",
                )  # fmt: skip


def _mirror(one: Prohibition, other: Prohibition, mission: Mission) -> bool:
    """Answer whether two clauses forbid one kind of thing to two different camps."""
    mine, theirs = ({mission.camp(side) for side in p.by} for p in (one, other))
    crossed = all(
        p.against is None or mission.camp(p.against) in camps
        for p, camps in ((one, theirs), (other, mine))
    )
    return one.kind is other.kind and not mine & theirs and crossed


def _unlike(
    one: Prohibition, other: Prohibition, agreement: Agreement, mission: Mission
) -> tuple[str, ...]:
    """Name the keys in which they differ; where each holds may differ, whether the text says where may not."""
    pairs = {
        "acts": (set(one.acts), set(other.acts)),
        "areas": (bool(one.areas or one.anywhere), bool(other.areas or other.anywhere)),
        "breach": (one.breach, other.breach),
        "qualifier": (one.qualifier, other.qualifier),
        "limits (weapons and calibres)": (_weapons(one), _weapons(other)),
        "notice": (one.notice and one.notice.ahead, other.notice and other.notice.ahead),
        "exceptions": (one.exceptions, other.exceptions),
        "exceptions (who may invoke which)": (
            _open_to(one, agreement, mission), _open_to(other, agreement, mission),
        ),
    }  # fmt: skip
    return tuple(name for name, (a, b) in pairs.items() if a != b)


def _weapons(clause: Prohibition) -> set[tuple[frozenset[Weapon], float | None]]:
    """Give the weapons and calibres of its limits; where each has to be may differ."""
    return {(frozenset(limit.weapons), limit.calibre_from_mm) for limit in clause.limits}


def _open_to(clause: Prohibition, agreement: Agreement, mission: Mission) -> set[str]:
    """Give the grounds that those bound by a clause may invoke."""
    camps = {mission.camp(side) for side in clause.by}
    return {
        p.ground
        for p in agreement.exceptions_to(clause)
        if camps <= {mission.camp(side) for side in p.by}
    }
