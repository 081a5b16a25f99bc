"""The stage's one call: bind, classify, and say how each provision stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.judge.classify import Matter, classifications
from truceline.judge.force import bind, in_order
from truceline.judge.standing import obligations, standings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from truceline.model.evidence import Claim
    from truceline.model.finding import Finding
    from truceline.model.incident import Incident
    from truceline.model.judgement import Binding, Judgement
    from truceline.model.mission import Mission


def judge(
    incidents: Sequence[Incident],
    findings: Sequence[Finding],
    claims: Mapping[str, Claim],
    setting: tuple[Mission, datetime],
) -> tuple[tuple[Binding, ...], tuple[Judgement, ...]]:
    """Judge every incident and provision; `setting` is the mission and the cut-off."""
    mission, as_of = setting
    found = {finding.incident: finding for finding in findings}
    matters = [
        Matter(
            incident=incident,
            finding=found[incident.id],
            binding=bind(incident, min(claims[m].dated for m in incident.members), mission),
            mission=mission,
        )
        for incident in incidents
    ]
    classified = [
        classification
        for matter in matters
        for agreement in in_order(mission.agreements)
        if agreement.id in matter.binding.candidates
        for classification in classifications(matter, agreement)
    ]
    judgements: list[Judgement] = [*classified, *standings(matters, classified, mission, as_of)]
    judgements += obligations([claims[c] for c in sorted(claims)], mission, as_of)
    return tuple(m.binding for m in matters), tuple(judgements)
