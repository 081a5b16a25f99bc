"""What would be found if one origin had never spoken? The same claims without its own, weighed again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from truceline.weigh.findings import findings
from truceline.weigh.release import as_released

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from truceline.model.evidence import Claim
    from truceline.model.finding import Finding, Occurrence, Origin, TableRow
    from truceline.model.incident import Engagement, Incident
    from truceline.model.mission import Mission


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """What the rest gives without one origin; None for both where nothing is left."""

    origin: Origin
    gives: Occurrence | None
    row: TableRow | None


def without_each(
    incident: Incident,
    finding: Finding,
    claims: Mapping[str, Claim],
    mission: Mission,
    engagements: Sequence[Engagement],
    *,
    released: bool = False,
) -> tuple[Without, ...]:
    """Weigh an incident once for each origin that supports it, without the claims of that origin.

    No decision of people counts here: they saw the whole. The claims are not linked anew.
    """
    found = []
    for origin in finding.origins:
        rest = tuple(m for m in incident.members if m not in origin.claims)
        if not rest:
            found.append(Without(origin=origin, gives=None, row=None))
            continue
        links = tuple(k for k in incident.links if {k.a, k.b} <= set(rest))
        less = replace(incident, members=rest, links=links)
        (weighed,) = findings([less], claims, (), (mission, finding.method), engagements)
        if released:
            weighed = as_released(weighed, mission)
        found.append(Without(origin=origin, gives=weighed.occurrence, row=weighed.row))
    return tuple(found)
