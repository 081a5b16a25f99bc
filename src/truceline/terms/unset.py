"""How many choices of a mission nobody has made yet: told in every run until none is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.model.mission import Mission


def unmade(mission: Mission) -> Iterator[Problem]:
    """Say once how many choices are left, nothing where all are made."""
    count = len(mission.unset) + sum(len(a.unset) for a in mission.agreements)
    if count:
        yield Problem(
            severity=Severity.NOTICE, file="mission.yaml", field="unset",
            message=f"{count} choice{'' if count == 1 else 's'} of this mission nobody has made yet",
            advice="`truceline check` lists them; make one, then take its line out of unset",
        )  # fmt: skip
