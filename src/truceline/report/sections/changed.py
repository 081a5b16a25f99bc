"""What is found otherwise than in a report that was issued before: incidents matched by the claims that they share."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from truceline.model.finding import AttributionState, Occurrence
from truceline.report.view_front import Told
from truceline.report.words import attribution_words, plural, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.model.incident import Incident
    from truceline.model.report import Previous, Stood
    from truceline.report.scene import Scene


def changed(scene: Scene, before: Previous) -> Iterator[Told]:
    """Say which incidents are found otherwise than in a report before, and how many stand here no more."""
    if before.stood is None:
        return
    by_claim = {claim: each for each in before.stood for claim in each.claims}
    found: dict[tuple[int, str, str, str], list[Incident]] = defaultdict(list)
    met: set[tuple[str, ...]] = set()
    for incident in scene.incidents:
        shared = [by_claim[member] for member in incident.members if member in by_claim]
        met.update(each.claims for each in shared)
        if not shared:
            continue
        was = max(shared, key=lambda each: (shared.count(each), each.claims))
        for key in _otherwise(incident, was, scene):
            found[key].append(incident)
    for (_, state, now, then), incidents in sorted(found.items()):
        yield Told(
            state=state, label=now, sentence=f"in {before.number}: {then}", why="",
            numbers=tuple(scene.numbers[i.id] for i in incidents),
        )  # fmt: skip
    if gone := len({each.claims for each in before.stood} - met):
        told = plural(gone, "incident")
        yield Told(
            state="", label="", sentence=f"Told in {before.number} and not here: {told}", why="", numbers=()
        )  # fmt: skip


def _otherwise(incident: Incident, was: Stood, scene: Scene) -> Iterator[tuple[int, str, str, str]]:
    """Give what differs, to be sorted: whether it happened before who did it, the state now, and both in words."""
    finding = scene.findings[incident.id]
    if finding.occurrence.value != was.occurrence:
        yield 0, finding.occurrence.value, *_words(finding.occurrence, Occurrence(was.occurrence))
    state = finding.attribution.state
    if state.value != was.attribution:
        now, then = (attribution_words(each) for each in (state, AttributionState(was.attribution)))
        yield 1, state.value, f"Who did it: {now}", then


def _words(now: Occurrence, then: Occurrence) -> tuple[str, str]:
    return f"Now {words_of(now)}", words_of(then)
