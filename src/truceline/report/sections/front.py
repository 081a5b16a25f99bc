"""The first screen: what happened, what is new, what waits for a person, what is due, and what nobody could see."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.model.coverage import CoverageVerdict
from truceline.model.finding import LADDER
from truceline.model.judgement import ObligationState
from truceline.model.report import Edition
from truceline.report.sections.changed import changed
from truceline.report.view_front import Front, Told
from truceline.report.words import (
    coverage_words,
    moment,
    occurrence_words,
    plural,
    who_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from truceline.model.finding import Finding
    from truceline.model.incident import Incident
    from truceline.model.report import Previous
    from truceline.report.scene import Scene
    from truceline.report.view import AgreementView, Compliance, Coverage, ObligationView

_WEIGHTIEST, _NAMED = 5, 3
# How a prohibition stands, worst first; what nobody could see comes before what was seen and quiet.
_FROM_WORST = (
    CoverageVerdict.VIOLATIONS_RECORDED, CoverageVerdict.RECORDED_NOT_ASSESSABLE,
    CoverageVerdict.NOT_OBSERVED, CoverageVerdict.PARTLY_OBSERVED_NONE_RECORDED,
    CoverageVerdict.OBSERVED_NONE_RECORDED,
)  # fmt: skip
_DAY = timedelta(days=1)
# How an obligation stands that people must know of at once.
_PRESSING = {
    ObligationState.OVERDUE: "Overdue", ObligationState.DISPUTED: "Disputed",
}  # fmt: skip


def front(
    scene: Scene, seen: Coverage, terms: Iterable[AgreementView], rules: Iterable[Compliance],
    duties: Iterable[ObligationView], previous: Previous | None = None,
) -> Front:  # fmt: skip
    """Give the first screen, from what the rest of the report says at length."""
    return Front(
        stands=tuple(_stands(terms, rules, scene)),
        happened=tuple(_told(i, scene) for i in _weightiest(scene)[:_WEIGHTIEST]),
        others=max(0, len(scene.incidents) - _WEIGHTIEST),
        since=_since(scene, previous),
        new=tuple(_new(scene, previous)), waiting=tuple(_waiting(scene)), due=tuple(_due(duties)),
        unseen=tuple(_unseen(seen)),
    )  # fmt: skip


def _weightiest(scene: Scene) -> list[Incident]:
    """Sort incidents by what stands behind them, then by persons killed as stated, then by what came last."""

    def weight(incident: Incident) -> tuple[int, int, int, int]:
        finding = scene.findings[incident.id]
        killed = [e.best or e.low or 0 for e in finding.casualties if e.measure == "killed"]
        rank = LADDER.index(finding.occurrence) if finding.occurrence in LADDER else -1
        return (rank, max(killed, default=0), finding.strength, scene.numbers[incident.id])

    return sorted(scene.incidents, key=weight, reverse=True)


def _told(incident: Incident, scene: Scene) -> Told:
    """Say an incident in a sentence, words before numbers."""
    finding = scene.findings[incident.id]
    what = scene.what(incident)
    return Told(
        state=finding.occurrence.value, label=occurrence_words(finding),
        sentence=f"{what[:1].upper()}{what[1:]}, {scene.where(incident)}, {scene.when(incident)}",
        why="; ".join([_sources(finding), *_harm(finding), who_words(finding)]),
        numbers=(scene.numbers[incident.id],),
    )  # fmt: skip


def _sources(finding: Finding) -> str:
    """Name the origins of a finding, those without an interest first."""
    origins = sorted(finding.origins, key=lambda origin: (origin.interested, origin.label))
    if not origins:
        return "no origin that supports it"
    apart = sum(not origin.interested for origin in origins)
    found = list(dict.fromkeys(origin.label for origin in origins))
    names, more = found[:_NAMED], len(found[_NAMED:])
    return (
        f"{plural(len(origins), 'origin')}, {apart or 'none known to be'} without an interest "
        f"({', '.join(names)}{f' and {more} more' if more else ''})"
    )


def _harm(finding: Finding) -> Iterator[str]:
    """Say how many persons are stated as killed or injured, as a range."""
    for estimate in finding.casualties:
        low, high = estimate.low or 0, estimate.high
        if high == 0:
            continue
        if high is None:
            count = f"{low} or more"
        else:
            count = str(low) if low == high else f"{low} to {high}"
        yield f"{count} {estimate.measure}, as stated"


def _stands(
    terms: Iterable[AgreementView], rules: Iterable[Compliance], scene: Scene
) -> Iterator[Told]:
    """Say which agreement is in force under which readings, and how its prohibitions stand."""
    current = [term for term in terms if term.current]
    for term in current:
        yield Told(
            state="current", label=term.in_force, sentence=term.title, numbers=(),
            why="entry: " + " / ".join(dict.fromkeys(r.local for r in term.readings)),
        )  # fmt: skip
    if not current:
        yield _line("No agreement is in force")
    for state, provisions in _worst(rules).items():
        told = [f"{scene.title_of(p)}{share}" for p, share in provisions]
        yield Told(
            state=state.value, label=coverage_words(state), sentence="; ".join(told), why="", numbers=(),
        )  # fmt: skip


def _worst(rules: Iterable[Compliance]) -> dict[CoverageVerdict, list[tuple[str, str]]]:
    """Give the prohibitions by how they stand where they stand worst, and in how many of their zones that is."""
    zones: dict[str, list[CoverageVerdict]] = {}
    for rule in rules:
        zones.setdefault(rule.provision, []).append(CoverageVerdict(rule.standing))
    found: dict[CoverageVerdict, list[tuple[str, str]]] = {}
    for state in _FROM_WORST:
        for provision, states in zones.items():
            if min(states, key=_FROM_WORST.index) is state:
                share = f" (in {states.count(state)} of {len(states)} zones)"
                found.setdefault(state, []).append((provision, share if len(states) > 1 else ""))
    return found


def _start(scene: Scene, previous: Previous | None) -> datetime:
    """Give since when something is new: since the cut-off of the report before, or for a day."""
    at = previous.as_of if previous else None
    return scene.assessment.as_of - _DAY if at is None else at


def _since(scene: Scene, previous: Previous | None) -> str:
    at = moment(_start(scene, previous), scene.mission.zone)
    return f"{previous.number} (as of {at})" if previous and previous.as_of else at


def _new(scene: Scene, previous: Previous | None) -> Iterator[Told]:
    """Say what was published since, which incidents it is about, and what is found otherwise than in the report before."""
    since = _start(scene, previous)
    late = {c.id for c in scene.assessment.claims if c.dated > since}
    new: list[Incident] = []
    more: list[Incident] = []
    for incident in scene.incidents:
        held = late.intersection(incident.members)
        if held:
            (new if len(held) == len(incident.members) else more).append(incident)
    yield _line(f"{plural(len(late), 'claim')} published" if late else "Nothing was published")
    if new:
        yield _line("Told of for the first time", new, scene)
    if more:
        yield _line("Told of before, with more claims", more, scene)
    if previous:
        yield from changed(scene, previous)


def _waiting(scene: Scene) -> Iterator[Told]:
    """Say what only people can do; nothing in what leaves the mission, where it would tell what is held back of which incident."""
    if scene.assessment.edition is Edition.RELEASED:
        return
    findings = scene.findings
    asked: tuple[tuple[str, Callable[[Incident], object]], ...] = (
        ("Two people decide whether this is confirmed", lambda i: "occurrence" in findings[i.id].release.awaits),
        ("Two people decide whether a party is named", lambda i: "party" in findings[i.id].release.awaits),
        ("Somebody checks what a machine read", lambda i: findings[i.id].to_check),
        ("Somebody says whether these are told by both sides", lambda i: i.may_mirror),
        ("Somebody says to which incident these belong", lambda i: i.fits_several),
        ("Two people decide: refuted, or that it cannot be determined", lambda i: findings[i.id].proposed),
    )  # fmt: skip
    for words, waits in asked:
        if found := [i for i in scene.incidents if waits(i)]:
            yield _line(words, found, scene)
    for count, words in (
        (len(scene.assessment.proposals), "awaiting a second person: proposals of one"),
        (len(scene.assessment.renewals), "to renew because the evidence changed: decisions"),
    ):
        if count:
            yield _line(f"{words[:1].upper()}{words[1:]}, {count}")


def _due(duties: Iterable[ObligationView]) -> Iterator[Told]:
    """Say which obligations are overdue or disputed."""
    for state, words in _PRESSING.items():
        found = [duty for duty in duties if duty.state == state.value]
        if found:
            yield Told(
                state=state.value, label=words, numbers=(),
                sentence="; ".join(f"{d.title} ({d.due})" if d.due else d.title for d in found), why="",
            )  # fmt: skip


def _unseen(seen: Coverage) -> Iterator[Told]:
    """Say what nobody could see, and who kept the mission from looking."""
    yield _line(seen.sentence)
    if seen.missing and (seen.watched or seen.restrictions):
        yield _line(f"Not seen, by who or what caused it: {seen.missing}")
    if seen.restricted:
        yield _line(f"{plural(seen.restricted, 'restriction')} of the mission on record")


def _line(sentence: str, incidents: Iterable[Incident] = (), scene: Scene | None = None) -> Told:
    numbers = tuple(scene.numbers[i.id] for i in incidents) if scene else ()
    return Told(state="", label="", sentence=sentence, why="", numbers=numbers)
