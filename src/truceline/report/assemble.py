"""One assessment to one view: what the page, its twin and the summary all show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.counting import RULES
from truceline.model.finding import Occurrence
from truceline.model.place_time import utc_text
from truceline.model.report import Edition
from truceline.report.scene import Scene
from truceline.report.sections.agreements import agreements, compliance
from truceline.report.sections.casualties import casualties, estimates
from truceline.report.sections.charts import charts
from truceline.report.sections.claims import denials, disputed, statements
from truceline.report.sections.counts import bars_of, counts, daily
from truceline.report.sections.coverage import coverage
from truceline.report.sections.front import front
from truceline.report.sections.incidents import incidents
from truceline.report.sections.issue import issue
from truceline.report.sections.items import items
from truceline.report.sections.map import map_view
from truceline.report.sections.obligations import obligations
from truceline.report.sections.people import decisions, excluded, problems, refused
from truceline.report.view import Header, View
from truceline.report.words import moment, offset, plural, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.model.report import Assessment, Issued
    from truceline.report.view import AgreementView, Count, Counts

CLOCK = (
    "Retrospective replay by publication: counted is what was published up to the as-of time, "
    "not what the mission had received by then."
)


def view_of(assessment: Assessment, issued: Issued | None = None) -> View:
    """Assemble the whole report; what is new is so since the report issued before, or for a day."""
    scene = Scene(assessment)
    figures, terms = counts(scene), agreements(scene)
    bars = bars_of(scene)
    seen, duties, rules = coverage(scene), obligations(scene), compliance(scene)
    previous = issued.previous if issued else None
    return View(
        issue=issue(scene, issued) if issued else None,
        front=front(scene, seen, terms, rules, duties, previous),
        header=_header(assessment), refused=refused(assessment), counted=assessment.counted,
        coverage=seen,
        summary=_summary(figures, terms, assessment), counts=figures, agreements=terms,
        compliance=rules, daily=daily(scene, bars), map=map_view(scene), charts=charts(scene, bars),
        casualties=casualties(scene), estimates=estimates(scene), obligations=duties,
        statements=statements(scene), denials=denials(scene), disputed=disputed(scene),
        decisions=decisions(scene), problems=problems(assessment), excluded=excluded(assessment),
        later=assessment.later, incidents=incidents(scene), items=items(scene),
    )  # fmt: skip


def _header(assessment: Assessment) -> Header:
    mission, as_of = assessment.mission, assessment.as_of
    zone = offset(as_of, mission.zone)
    rule = mission.counting_rule.value
    return Header(
        title=f"Daily report: {mission.title}", edition=assessment.edition.value,
        edition_sentence=_edition(assessment), mission=mission.id, mandate=mission.mandate.text,
        as_of=utc_text(as_of), as_of_local=moment(as_of, mission.zone),
        as_of_text=assessment.as_of_text, clock="published", clock_sentence=CLOCK,
        zone=f"{mission.zone_name} ({zone})",
        zone_sentence=f"Times are mission time, {zone}, unless marked UTC.",
        mission_version=mission.version, method=assessment.method,
        items_digest=assessment.items_digest, counting_rule=words_of(rule),
        counting_sentence=RULES[mission.counting_rule].unit,
        name_policy=mission.name_policy,
    )  # fmt: skip


def _edition(assessment: Assessment) -> str:
    """Say for whom the report is, and how much of it awaits two people."""
    waiting = [f.release.awaits for f in assessment.findings if f.release.awaits]
    confirmed = sum("occurrence" in awaits for awaits in waiting)
    names = sum("party" in awaits for awaits in waiting)
    told = f"{plural(confirmed, 'confirmation')} and {plural(names, 'name')} of a party"
    if assessment.without:
        left = plural(assessment.left_out, "claim")
        return f"A trial, no report: as if {', '.join(assessment.without)} had said and passed on nothing. {left} left out."
    if assessment.edition is Edition.RELEASED:
        return f"May leave the mission. Held back until two people decide: {told}."
    return f"Draft, for the mission's own people. Awaiting two people: {told}."


def _summary(
    figures: Counts, terms: tuple[AgreementView, ...], assessment: Assessment
) -> tuple[str, ...]:
    """Say the figures by status, in sentences."""
    if not assessment.counted:
        lines = [
            "Nothing is counted: no evidence could be read. This does not mean that all is quiet."
        ]
    elif not figures.incidents:
        lines = ["No incident was reported. This alone does not mean that nothing happened."]
    else:
        counted = plural(figures.units, "unit")
        claims = plural(figures.claims, "claim")
        reported = f"{plural(figures.incidents, 'incident')}, from {claims} on all topics"
        mirrored = plural(figures.engagements, "engagement")
        lines = [
            f"Reported: {reported}; counting each engagement once: {counted}.",
            f"Did it happen: {_states(figures.occurrence)}.",
            f"Contested: {plural(figures.contested, 'incident')}; {mirrored} with roles swapped.",
            f"Who did it: {_states(figures.attribution)}.",
        ]
        if figures.unresolved:
            lines.append(f"Unresolved, claims of incidents without: {_states(figures.unresolved)}.")
        confirmed = next(c for c in figures.occurrence if c.state == Occurrence.CONFIRMED)
        if not confirmed.count:
            lines.append("None is confirmed.")
    return (*lines, *_beside(terms, assessment))


def _beside(terms: tuple[AgreementView, ...], assessment: Assessment) -> Iterator[str]:
    """Say what a reader must know beside the figures."""
    waiting = sum(1 for finding in assessment.findings if finding.to_check)
    if waiting:
        told = plural(waiting, "finding")
        yield f"Held back until people check what a machine read: {told}, see the annex."
    straddling = sum(len(agreement.between) for agreement in terms)
    if straddling:
        told = plural(straddling, "incident")
        yield f"Between rival readings of an entry into force: {told}, see Agreements."
    copies, sources = assessment.archived
    if sources:
        yield f"Archived {copies} of {plural(sources, 'source')}: the ledger holds a copy of each."
    if assessment.problems:
        yield f"{plural(len(assessment.problems), 'problem')} in the data, listed below."


def _states(counts: tuple[Count, ...]) -> str:
    return ", ".join(f"{c.count} {c.label}" for c in counts if c.count)
