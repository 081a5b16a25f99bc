"""The stage's one call: bind, classify, and say how each provision stands."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from truceline.judge.classify import classifications
from truceline.judge.duty import Heard
from truceline.judge.force import bind
from truceline.judge.matter import Matter
from truceline.judge.obligations import obligations
from truceline.judge.outcomes import outcomes
from truceline.judge.standing import standings
from truceline.model.acts import Act
from truceline.model.coverage import CoverageVerdict
from truceline.terms.timeline import Timelines, in_order
from truceline.terms.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from truceline.model.decision import Ruling
    from truceline.model.evidence import Claim
    from truceline.model.finding import Finding
    from truceline.model.incident import Incident
    from truceline.model.judgement import Binding, Classification, ClassificationState, Judgement
    from truceline.model.mission import Mission


def judge(
    incidents: Sequence[Incident],
    findings: Sequence[Finding],
    claims: Mapping[str, Claim],
    setting: tuple[Mission, datetime],
    rulings: Sequence[Ruling] = (),
    *,
    refused: bool = False,
) -> tuple[tuple[Binding, ...], tuple[Judgement, ...]]:
    """Judge every incident and provision; `setting` is the mission and the cut-off, `rulings` are people's.

    `refused` says that evidence was handed in which nobody could read: no day counts as fully observed
    then, and none as observed at all where nothing else was read.
    """
    mission, as_of = setting
    lines, watch = Timelines(mission), Watch(mission)
    matters = _matters(incidents, findings, claims, lines, rulings)
    classified = [
        classification
        for matter in matters
        for agreement in in_order(mission.agreements)
        if agreement.id in matter.binding.candidates
        for classification in classifications(matter, agreement)
    ]
    ceiling = _ceiling(refused=refused, read=bool(claims))
    judgements: list[Judgement] = [
        *classified,
        *standings(matters, classified, (lines, watch, as_of), ceiling),
    ]
    judgements += obligations(
        Heard(
            claims=[claims[c] for c in sorted(claims)], as_of=as_of, matters=matters,
            states=_states(classified), watch=watch,
        ),
        rulings,
    )  # fmt: skip
    judgements += [*outcomes(judgements)]
    return tuple(m.binding for m in matters), tuple(judgements)


def _matters(
    incidents: Sequence[Incident], findings: Sequence[Finding], claims: Mapping[str, Claim],
    lines: Timelines, rulings: Sequence[Ruling],
) -> list[Matter]:  # fmt: skip
    """Join each incident with all that it is judged by."""
    notices = tuple(claims[c] for c in sorted(claims) if Act.NOTIFICATION in claims[c].acts)
    found = {finding.incident: finding for finding in findings}
    return [
        Matter(
            incident=incident,
            finding=found[incident.id],
            binding=bind(incident, min(claims[m].dated for m in incident.members), lines),
            lines=lines,
            claims=tuple(claims[m] for m in incident.members),
            rulings=tuple(rulings),
            notices=notices,
        )
        for incident in incidents
    ]


def _states(
    classified: Sequence[Classification],
) -> dict[tuple[str, str], frozenset[ClassificationState]]:
    """Give what each incident is under the provisions of each agreement."""
    found: dict[tuple[str, str], set[ClassificationState]] = defaultdict(set)
    for c in classified:
        found[c.provision.partition("/")[0], c.incident].add(c.classification)
    return {key: frozenset(states) for key, states in found.items()}


def _ceiling(*, refused: bool, read: bool) -> CoverageVerdict:
    """Give the most that may be said of a day on which nothing is recorded."""
    if not refused:
        return CoverageVerdict.OBSERVED_NONE_RECORDED
    if read:
        return CoverageVerdict.PARTLY_OBSERVED_NONE_RECORDED
    return CoverageVerdict.NOT_OBSERVED
