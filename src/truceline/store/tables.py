"""Which columns does a noun have in a snapshot? Flat ones for whoever opens the file, and `body`, which gives the noun back.

A table is a name, where its rows come from, and its columns in the order of `sql/schema.sql`. `n` is a row's place in the assessment, from 0.
Instants are seconds since 1970 UTC, radii whole metres, lists joined by `; `; what is not known is NULL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from truceline.model.judgement import (
    AgreementOutcome,
    Classification,
    ObligationStanding,
    Standing,
)
from truceline.model.place_time import enclosing

if TYPE_CHECKING:
    from datetime import datetime
    from enum import Enum

    from truceline.model.place_time import Place, Span
    from truceline.model.report import Assessment

Rows = Iterable[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, the rows that an assessment gives it, and its columns."""

    name: str
    rows: Callable[[Assessment], Rows]
    columns: tuple[str, ...]


def _at(instant: datetime | None) -> int | None:
    return None if instant is None else int(instant.timestamp())


def _span(span: Span | None) -> tuple[int | None, int | None]:
    return (None, None) if span is None else (_at(span.earliest), _at(span.latest))


def _where(places: Iterable[Place]) -> tuple[str, float | None, float | None, int | None]:
    """Give the names of all places that may be meant, and one point with a radius around them all."""
    known = tuple(places)
    names = _joined(place.name for place in known)
    if not known:
        return names, None, None, None
    lat, lon, radius = enclosing(known)
    return names, lat, lon, round(radius * 1000)


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)


def _value(told: Enum | None) -> str | None:
    return None if told is None else str(told.value)


def _items(assessment: Assessment) -> Rows:
    for role, items in (("counted", assessment.items), ("undated", assessment.excluded)):
        for n, i in enumerate(items):
            yield (
                n, role, i.id, i.external_id, i.reader, _at(i.published), i.published_text, i.outlet, i.issuer, i.url, i.language,
                i.media_type, i.profile, i.translated, len(i.content), i,
            )  # fmt: skip


def _claims(assessment: Assessment) -> Rows:
    for n, c in enumerate(assessment.claims):
        yield (
            n, c.id, c.item, c.external_id, _value(c.act), _joined(a.value for a in c.acts), c.act_text, c.stance.value,
            _joined(c.actors), c.speaker.text if c.speaker else None, *_where(c.places), c.place_text, *_span(c.span), c.time_text,
            c.harm.killed, c.harm.injured, _at(c.published), c.outlet, c.url, c.language, c.reading.value, c.basis.value,
            c.quote, c.paraphrase, c,
        )  # fmt: skip


def _voices(assessment: Assessment) -> Rows:
    for c in assessment.claims:
        for k, voice in enumerate(c.speaker.voices if c.speaker else ()):
            yield c.id, k, voice.text, voice.source, voice.side, voice.third_party, voice.medium


def _incidents(assessment: Assessment) -> Rows:
    for n, i in enumerate(assessment.incidents):
        yield (
            n, i.id, *_span(i.span), *_where(i.places), _joined(a.value for a in i.acts), _joined(i.alleged_actors), i.contested,
            _joined(i.contested_how), i.engagement, len(i.members), i,
        )  # fmt: skip


def _members(assessment: Assessment) -> Rows:
    for i in assessment.incidents:
        for claim in i.members:
            yield i.id, claim


def _links(assessment: Assessment) -> Rows:
    for i in assessment.incidents:
        for link in i.links:
            yield i.id, link.a, link.b, link.kind.value, link.bits, link.decided_by


def _findings(assessment: Assessment) -> Rows:
    for n, f in enumerate(assessment.findings):
        yield (
            n, f.incident, f.occurrence.value, f.contradicted, f.row.value, f.strength, f.attribution.state.value,
            f.attribution.party, f.attribution.likelihood, f.attribution.confidence, f.assessed.value, f.decision,
            f.release.state.value, f.release.occurrence.value, f.release.party, _value(f.proposed), f,
        )  # fmt: skip


def _reasons(assessment: Assessment) -> Rows:
    for f in assessment.findings:
        for about, reasons in (("occurrence", f.reasons), ("attribution", f.attribution.reasons)):
            for k, reason in enumerate(reasons):
                yield f.incident, about, k, reason.rule, reason.sentence


def _origins(assessment: Assessment) -> Rows:
    for f in assessment.findings:
        for origin in f.origins:
            yield (
                f.incident,
                origin.id,
                origin.label,
                origin.ground.value,
                origin.outlets,
                _joined(origin.claims),
            )


def _bindings(assessment: Assessment) -> Rows:
    for n, b in enumerate(assessment.bindings):
        yield n, b.incident, b.agreement, b.after_entry.value, b


def _judged(assessment: Assessment, kind: type) -> Iterable[tuple[int, Any]]:
    return ((n, j) for n, j in enumerate(assessment.judgements) if type(j) is kind)


def _classifications(assessment: Assessment) -> Rows:
    for n, j in _judged(assessment, Classification):
        yield (
            n,
            j.provision,
            j.incident,
            j.classification.value,
            j.after_entry.value,
            _joined(j.reasons),
            j,
        )


def _standings(assessment: Assessment) -> Rows:
    for n, j in _judged(assessment, Standing):
        yield (
            n, j.provision, j.day.isoformat(), j.zone, j.standing.value, j.effective_fraction, j.hours, j.counting_rule,
            j.contested, j.uncertain, j.sentence, j,
        )  # fmt: skip


def _obligations(assessment: Assessment) -> Rows:
    for n, j in _judged(assessment, ObligationStanding):
        yield (
            n,
            j.provision,
            j.state.value,
            _at(j.since),
            j.late,
            j.amended,
            j.tracked_only,
            j.sentence,
            j.decision,
            j,
        )


def _statements(assessment: Assessment) -> Rows:
    for _, j in _judged(assessment, ObligationStanding):
        for p in j.positions:
            yield (
                j.provision, p.role.value, p.who, _joined(p.debtors), p.progress.value, p.basis.value, p.claim, _at(p.at),
                _at(p.published),
            )  # fmt: skip


def _outcomes(assessment: Assessment) -> Rows:
    for n, j in _judged(assessment, AgreementOutcome):
        yield n, j.provision, _value(j.violence.outcome), _value(j.purpose.outcome), j


def _agreements(assessment: Assessment) -> Rows:
    for a in assessment.mission.agreements:
        yield a.id, a.title, a.form, _joined(a.parties), _joined(a.mediators), _joined(a.guarantors)


def _events(assessment: Assessment) -> Rows:
    for a in assessment.mission.agreements:
        for e in a.events:
            yield (
                a.id,
                e.id,
                e.kind.value,
                e.text,
                _at(e.announced.instant),
                e.announced.by,
                _joined(e.provisions),
            )


def _provisions(assessment: Assessment) -> Rows:
    for a in assessment.mission.agreements:
        for p in a.provisions:
            yield f"{a.id}/{p.id}", a.id, p.id, type(p).__name__.lower(), p.kind.value, p.title


def _zones(assessment: Assessment) -> Rows:
    for a in assessment.mission.agreements:
        for z in a.zones:
            yield (
                a.id,
                z.id,
                z.name,
                z.lat,
                z.lon,
                round(z.radius_km * 1000),
                _at(z.since),
                _at(z.until),
            )


def _coverage(assessment: Assessment) -> Rows:
    for c in assessment.mission.coverage:
        yield (
            c.area,
            c.channel,
            _at(c.start),
            _at(c.end),
            c.effective_fraction,
            c.light,
            c.lost_to.value,
            c.reason,
        )


def _places(assessment: Assessment) -> Rows:
    for p in assessment.mission.gazetteer:
        yield (
            p.id,
            p.name,
            p.kind.value,
            p.lat,
            p.lon,
            round(p.radius_km * 1000),
            _joined(p.within),
            p.source,
        )


def _decisions(assessment: Assessment) -> Rows:
    for role, rulings in (("in_force", assessment.rulings), ("to_renew", assessment.renewals)):
        for n, r in enumerate(rulings):
            yield (
                n,
                role,
                r.id,
                r.verdict.value,
                r.proposed_by,
                r.approved_by,
                r.provision,
                r.at,
                _joined(r.claims),
                r,
            )
    for n, d in enumerate(assessment.proposals):
        yield (
            n,
            "proposed",
            d.id,
            d.verdict.value,
            d.by,
            None,
            d.provision,
            d.at,
            _joined(d.claims),
            d,
        )


def _problems(assessment: Assessment) -> Rows:
    for n, p in enumerate(assessment.problems):
        yield n, p.severity.value, p.file, p.row, p.field, p.message, p.advice, p


def _doubts(assessment: Assessment) -> Rows:
    for n, d in enumerate(assessment.doubts):
        yield n, d.claim, d.item, d.field, d.start, d.end, d


def _repetitions(assessment: Assessment) -> Rows:
    for n, r in enumerate(assessment.repetitions):
        yield n, r.item, r.of_item, r.sameness.value, r.start, r.end, r.share, _at(r.published), r


def _bodies(name: str) -> Callable[[Assessment], Rows]:
    """Give the rows of nouns that are kept as a body alone."""
    return lambda assessment: enumerate(getattr(assessment, name))


TABLES = (
    Table("items", _items, (
        "n", "role", "id", "external_id", "reader", "published", "published_text", "outlet", "issuer", "url", "language",
        "media_type", "profile", "translated", "bytes", "body",
    )),
    Table("claims", _claims, (
        "n", "id", "item", "external_id", "act", "acts", "act_text", "stance", "actors", "speaker", "place", "lat", "lon",
        "radius_m", "place_text", "earliest", "latest", "time_text", "killed", "injured", "published", "outlet", "url",
        "language", "reading", "basis", "quote", "paraphrase", "body",
    )),
    Table("voices", _voices, ("claim", "k", "text", "source", "side", "third_party", "medium")),
    Table("incidents", _incidents, (
        "n", "id", "earliest", "latest", "place", "lat", "lon", "radius_m", "acts", "alleged_actors", "contested",
        "contested_how", "engagement", "members", "body",
    )),
    Table("members", _members, ("incident", "claim")),
    Table("links", _links, ("incident", "a", "b", "kind", "bits", "decided_by")),
    Table("findings", _findings, (
        "n", "incident", "occurrence", "contradicted", "table_row", "strength", "attribution", "party", "likelihood", "confidence",
        "assessed", "decision", "release", "release_occurrence", "release_party", "proposed", "body",
    )),
    Table("reasons", _reasons, ("incident", "about", "k", "rule", "sentence")),
    Table("origins", _origins, ("incident", "id", "label", "ground", "outlets", "claims")),
    Table("bindings", _bindings, ("n", "incident", "agreement", "after_entry", "body")),
    Table("judgements", _classifications, (
        "n", "provision", "incident", "classification", "after_entry", "reasons", "body",
    )),
    Table("standings", _standings, (
        "n", "provision", "day", "zone", "standing", "effective_fraction", "hours", "counting_rule", "contested", "uncertain",
        "sentence", "body",
    )),
    Table("obligations", _obligations, (
        "n", "provision", "state", "since", "late", "amended", "tracked_only", "sentence", "decision", "body",
    )),
    Table("statements", _statements, (
        "provision", "role", "who", "debtors", "progress", "basis", "claim", "instant", "published",
    )),
    Table("outcomes", _outcomes, ("n", "provision", "violence", "purpose", "body")),
    Table("agreements", _agreements, ("id", "title", "form", "parties", "mediators", "guarantors")),
    Table("agreement_events", _events, ("agreement", "id", "kind", "text", "announced", "announced_by", "provisions")),
    Table("provisions", _provisions, ("id", "agreement", "provision", "sort", "kind", "title")),
    Table("zones", _zones, ("agreement", "id", "name", "lat", "lon", "radius_m", "since", "till")),
    Table("coverage", _coverage, (
        "area", "channel", "starts", "ends", "effective_fraction", "light", "lost_to", "reason",
    )),
    Table("places", _places, ("id", "name", "kind", "lat", "lon", "radius_m", "within", "source")),
    Table("decisions", _decisions, (
        "n", "role", "id", "verdict", "person", "approved_by", "provision", "instant", "claims", "body",
    )),
    Table("problems", _problems, ("n", "severity", "file", "file_row", "field", "message", "advice", "body")),
    Table("doubts", _doubts, ("n", "claim", "item", "field", "start_offset", "end_offset", "body")),
    Table("repetitions", _repetitions, (
        "n", "item", "of_item", "sameness", "start_offset", "end_offset", "share", "published", "body",
    )),
    Table("groups", _bodies("groups"), ("n", "body")),
    Table("engagements", _bodies("engagements"), ("n", "body")),
    Table("refused", _bodies("refused"), ("n", "body")),
)  # fmt: skip
