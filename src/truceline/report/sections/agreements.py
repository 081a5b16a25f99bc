"""Agreements with their rival readings, compliance by provision, and obligations."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from truceline.model.coverage import CoverageVerdict
from truceline.model.judgement import POSITIVE, WHOLE, ClassificationState
from truceline.model.place_time import Answer, utc_text
from truceline.report.sections.obligations import restrictions
from truceline.report.view import (
    AgreementView,
    AmbiguityView,
    Between,
    Compliance,
    EventView,
    ReadingView,
)
from truceline.report.words import (
    clock,
    coverage_words,
    day_words,
    moment,
    offset,
    percent,
    plural,
    words_of,
)
from truceline.terms.rates import rate_of
from truceline.terms.timeline import courses, in_order, silent_about
from truceline.terms.watch import NOBODY_LOOKED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.model.agreement import Agreement, Announcement, Event, Reading
    from truceline.model.judgement import (
        Binding,
        ForceAnswer,
        Standing,
    )
    from truceline.model.mission import Body
    from truceline.report.scene import Scene

_BARE_DAY = len("2020-10-10")
_ENTRY = " entry into force"


def agreements(scene: Scene) -> tuple[AgreementView, ...]:
    """Show every agreement that was known by the as-of, the newest first."""
    ordered = in_order(scene.mission.agreements)
    states = {a.id: _states(a, scene) for a in ordered}
    current = [a.id for a in ordered if states[a.id] == {Answer.YES}][-1:]
    return tuple(_agreement(a, scene, states[a.id], a.id in current) for a in reversed(ordered))


def _states(agreement: Agreement, scene: Scene) -> set[Answer]:
    found = courses(agreement, scene.mission)
    return {course.at(scene.assessment.as_of) for course in found}


def _agreement(
    agreement: Agreement,
    scene: Scene,
    states: set[Answer],
    current: bool,  # noqa: FBT001
) -> AgreementView:
    return AgreementView(
        id=agreement.id, title=agreement.title, form=agreement.form,
        in_force=_in_force(agreement, scene, states, current), current=current,
        parties=tuple(scene.name(party) for party in sorted(agreement.parties)),
        mediators=agreement.mediators, guarantors=agreement.guarantors,
        renews=tuple(map(scene.titled, agreement.renews)),
        replaces=tuple(map(scene.titled, agreement.replaces)),
        bodies=tuple(
            _body(b, scene) for b in scene.mission.bodies if b.agreement == agreement.id
        ),
        readings=tuple(_reading(reading, scene) for reading in agreement.readings),
        announced=_announced(agreement.announced, scene) if agreement.announced else None,
        events=tuple(_event(event, scene) for event in agreement.events),
        ambiguities=(
            *(AmbiguityView(id=a.id, about=a.about, text=a.text) for a in agreement.ambiguities),
            *_silence(agreement, scene),
        ),
        between=tuple(between(agreement, scene)), outcomes=_outcomes(agreement, scene),
    )  # fmt: skip


def _outcomes(agreement: Agreement, scene: Scene) -> tuple[str, ...]:
    """Say by both criteria how it came out so far: whether violence stopped, and whether its purpose was served."""
    found = next((o for o in scene.outcomes if o.provision == f"{agreement.id}/{WHOLE}"), None)
    if found is None:
        return ()
    return tuple(
        f"{name}: {words_of(said.outcome) if said.outcome else 'not asked'}; {said.sentence}"
        for name, said in (("violence", found.violence), ("purpose", found.purpose))
    )


def _in_force(agreement: Agreement, scene: Scene, states: set[Answer], current: bool) -> str:  # noqa: FBT001
    as_of = scene.assessment.as_of
    if current:
        return "in force at the as-of under every reading"
    if states == {Answer.YES}:
        return "in force at the as-of under every reading, beside a newer agreement"
    if not any(reading.instant <= as_of for reading in agreement.readings):
        return "not yet in force at the as-of under any reading"
    last = _last_change(agreement, scene)
    if states == {Answer.NO}:
        return f"no longer in force at the as-of under any reading: {last}"
    if states == {Answer.CANNOT_TELL}:
        return f"cannot tell whether in force at the as-of: {last}"
    return "cannot tell: in force at the as-of under some readings only"


def _last_change(agreement: Agreement, scene: Scene) -> str:
    """Say what made it so, and when."""
    as_of, zone = scene.assessment.as_of, scene.mission.zone
    past = [
        [change for change in course.changes if change.at <= as_of]
        for course in courses(agreement, scene.mission)
    ]
    told = (f"{c[-1].name}, {moment(c[-1].at, zone)}" if c else "at no time in force" for c in past)
    return scene.titled(" or ".join(dict.fromkeys(told)))


def _body(body: Body, scene: Scene) -> str:
    """Say who sits in a body, where, and what it may do."""
    known = scene.source_names | scene.names
    seat = f"; seat {body.seat}" if body.seat else ""
    may = f"; may {', '.join(body.powers)}" if body.powers else ""
    return f"{body.name}: {', '.join(sorted(known.get(m, m) for m in body.members))}{seat}{may}"


def _silence(agreement: Agreement, scene: Scene) -> Iterator[AmbiguityView]:
    """List what an agreement leaves open by saying nothing of an older one."""
    for other in silent_about(agreement, scene.mission):
        text = scene.titled(f"The text does not say whether {other} goes on beside it.")
        yield AmbiguityView(id=f"silent-{other}", about="older agreements", text=text)


def _announced(said: Announcement, scene: Scene) -> str:
    """Say when and by whom; a bare day is printed as it stands."""
    bare = len(said.text) == _BARE_DAY
    when = said.text if bare else moment(said.instant, scene.mission.zone)
    return f"{when} by {said.by}"


def _event(event: Event, scene: Scene) -> EventView:
    return EventView(
        id=event.id, kind=words_of(event.kind), text=event.text,
        announced=_announced(event.announced, scene), document=event.announced.document,
        provisions=event.provisions,
        readings=tuple(f"{r.text} ({r.id}, held by {r.held_by})" for r in event.readings),
        source=event.announced.source,
    )  # fmt: skip


def _reading(reading: Reading, scene: Scene) -> ReadingView:
    return ReadingView(
        id=reading.id, text=reading.text, zone=reading.zone,
        local=moment(reading.instant, scene.mission.zone), utc=utc_text(reading.instant),
        held_by=reading.held_by, source=reading.source,
    )  # fmt: skip


def between(agreement: Agreement, scene: Scene) -> Iterator[Between]:
    """Say of each incident that falls between the readings how far it lies from each."""
    bindings = {binding.incident: binding for binding in scene.assessment.bindings}
    for incident in scene.incidents:
        answers = _answers(bindings.get(incident.id), agreement)
        if incident.span is None or len({a.in_force for a in answers}) < 2:  # noqa: PLR2004
            continue
        zone = scene.mission.zone
        span, day = incident.span, day_words(incident.span.earliest.astimezone(zone).date())
        times = clock(span.earliest, zone)
        if span.latest != span.earliest:
            times = f"{times}-{clock(span.latest, zone)}"
        told = scene.titled(_told(answers))
        verb = ":" if any(a.in_force is Answer.CANNOT_TELL for a in answers) else " is"
        zoned = f"{day}, {offset(span.earliest, zone)}"
        sentence = f"{times} at {scene.where(incident)}{verb} {told} ({zoned})"
        number = scene.numbers[incident.id]
        yield Between(incident=incident.id, number=number, sentence=sentence)


def _answers(binding: Binding | None, agreement: Agreement) -> list[ForceAnswer]:
    return [a for a in binding.answers if a.agreement == agreement.id] if binding else []


def _told(answers: Sequence[ForceAnswer]) -> str:
    """Join the answers, saying *entry into force* once."""
    parts: list[str] = []
    for answer in answers:
        text = answer.sentence.removesuffix(f" ({answer.reading})")
        if any(_ENTRY in part for part in parts) and answer.in_force is not Answer.CANNOT_TELL:
            text = text.replace(_ENTRY, "")
        parts.append(f"{text} under reading {answer.reading}")
    return " and ".join(parts)


def compliance(scene: Scene) -> tuple[Compliance, ...]:
    """Give one row a prohibition: what may be said of it over the whole period."""
    rows: dict[tuple[str, str | None], list[Standing]] = {}
    for standing in scene.standings:
        rows.setdefault((standing.provision, standing.zone), []).append(standing)
    return tuple(_row(*key, days, scene) for key, days in rows.items())


def _row(provision: str, zone: str | None, days: Sequence[Standing], scene: Scene) -> Compliance:
    dark = sum(1 for d in days if d.effective_fraction <= 0)
    mean = sum(d.effective_fraction for d in days) / len(days)
    undated = _undated(provision, scene)
    state, label = _over_period(days, undated)
    title = scene.title_of(provision)
    caused = any(d.causes != (NOBODY_LOOKED,) for day in days for d in day.deficits)
    told = scene.missing([d.deficits for d in days]) if caused else ""
    return Compliance(
        provision=provision, zone=zone, title=f"{title}: {_zone(provision, zone, scene)}" if zone else title, standing=state, standing_label=label,
        days=len(days), days_not_observed=dark,
        coverage=f"{percent(mean)} of {plural(len(days), 'day')}; {dark} not observed",
        missing=told,
        rate=_rate(days),
        basis=_basis(provision, days, scene),
    )  # fmt: skip


def _zone(provision: str, zone: str, scene: Scene) -> str:
    """Give the name of a zone of a provision's agreement."""
    agreement = scene.provisions[provision][0] if provision in scene.provisions else None
    zones = agreement.zones if agreement else ()
    return next((z.name for z in zones if z.id == zone), zone)


def _rate(days: Sequence[Standing]) -> str:
    """Say how often something stands at the mandate's level per monitored hour, with what is not known of it.

    Where hardly anything was monitored there is none: what is counted was then mostly seen by others than those whose hours count.
    """
    count = sum(r.count for day in days for r in day.recorded if r.classification in _STANDS)
    found = rate_of(count, sum(day.hours for day in days))
    if found.rate is None:
        return "no hour was monitored, so there is no rate"
    share = sum(day.effective_fraction for day in days) / len(days)
    if share < _LEAST_WATCHED:
        return f"{count} at the mandate's level; {percent(share)} of zone and time was monitored, too little for a rate"
    return (
        f"{count} at the mandate's level in {found.hours:.1f} monitored hours: {found.rate:.2g} per hour "
        f"(95 % interval {found.low:.2g} to {found.high:.2g})"
    )


def _undated(provision: str, scene: Scene) -> int:
    """Count incidents at the mandate's level that stand on no day, since no time is stated for them."""
    mandate = scene.mission.mandate
    return sum(
        1
        for incident in scene.incidents
        if incident.span is None and mandate.reached(scene.findings[incident.id].occurrence)
        for c in scene.classifications.get(incident.id, ())
        if c.provision == provision and c.classification in _STANDS
    )


# Of how much of a zone and time somebody must have seen what happened for a rate to say anything of it.
_LEAST_WATCHED = 0.05
_STANDS = POSITIVE | {ClassificationState.NOT_ASSESSABLE, ClassificationState.EXCEPTION_CLAIMED}


def _over_period(days: Sequence[Standing], undated: int) -> tuple[str, str]:
    """Sum up days without calling a dark day quiet, or a day quiet on which something stands."""
    states = Counter(d.standing for d in days)
    if hits := states[CoverageVerdict.VIOLATIONS_RECORDED]:
        state = CoverageVerdict.VIOLATIONS_RECORDED
        return state.value, f"violations recorded on {plural(hits, 'day')}"
    if (hits := states[CoverageVerdict.RECORDED_NOT_ASSESSABLE]) or undated:
        state = CoverageVerdict.RECORDED_NOT_ASSESSABLE
        told = [f"on {plural(hits, 'day')}"] if hits else []
        told += [f"{undated} without a stated time"] if undated else []
        return state.value, f"recorded, not assessable: {' and '.join(told)}"
    if len(states) == 1:
        only = days[0].standing
        return only.value, coverage_words(only)
    return CoverageVerdict.PARTLY_OBSERVED_NONE_RECORDED.value, "partly observed, none recorded"


def _basis(provision: str, days: Sequence[Standing], scene: Scene) -> str:
    tallies: Counter[str] = Counter()
    for day in days:
        tallies.update({words_of(t.occurrence): t.count for t in day.tallies})
    reported = sum(tallies.values())
    states = Counter(
        words_of(c.classification)
        for found in scene.classifications.values() for c in found if c.provision == provision
    )  # fmt: skip
    parts = [f"{reported} reported on these days"]
    if reported:
        parts += [f"{count} {word}" for word, count in tallies.items()]
        parts.append(f"{sum(d.contested for d in days)} contested")
    text = ", ".join(parts)
    if states:
        text += "; incidents by classification: "
        text += ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    if bars := restrictions([bar for day in days for bar in day.restrictions], scene):
        text += f"; restrictions of movement by day: {bars}"
    open_points = _open(provision, scene)
    return f"{text}; left open by the text: {open_points}" if open_points else text


def _open(provision: str, scene: Scene) -> str:
    if provision not in scene.provisions:
        return ""
    agreement, found = scene.provisions[provision]
    about = [a.about for a in agreement.ambiguities if a.id in found.ambiguities]
    return ", ".join(dict.fromkeys(about))
