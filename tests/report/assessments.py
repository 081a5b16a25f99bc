"""Assessments made by hand, so that the report is tested without the stages before it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from tests.builders import mission
from truceline.model.acts import Act
from truceline.model.coverage import CoverageRecord, CoverageVerdict
from truceline.model.decision import Decision, Ruling, Verdict
from truceline.model.evidence import Claim, Harm, Item, ReadingState, Speaker, Stance, Voice
from truceline.model.finding import (
    Alternative,
    Attribution,
    AttributionState,
    Finding,
    Ground,
    Occurrence,
    Origin,
    Release,
    ReleaseState,
    TableRow,
)
from truceline.model.incident import Engagement, Group, Incident, Link, LinkKind, Reason, Topic
from truceline.model.judgement import (
    Binding,
    Classification,
    ClassificationState,
    ForceAnswer,
    ObligationStanding,
    ObligationState,
    Standing,
    Tally,
)
from truceline.model.place_time import Answer, Place, PlaceKind, Span, TimePrecision
from truceline.model.problem import Problem, Severity
from truceline.model.report import Assessment

PUBLISHED = datetime(2020, 10, 10, 20, tzinfo=UTC)
AS_OF = datetime(2020, 10, 11, 20, tzinfo=UTC)
RUN = {
    "started": "2020-10-12T00:00:00+00:00",
    "versions": {"truceline": "0"},
    "method": "m",
    "mission_version": "v1",
    "ledger": {},
}
NAMES = ("Aland", "Beland", "Celand")
WITHHELD = Attribution(
    state=AttributionState.WITHHELD_BY_MANDATE, party=None, likelihood=None, confidence=None,
    reasons=(Reason(rule="mandate", sentence="the mandate withholds attribution"),),
)  # fmt: skip
ALPHA = Place(
    text="Alfa", name="Alpha", lat=40.0, lon=46.0, radius_km=4.0, kind=PlaceKind.SETTLEMENT,
    gazetteer_id="alpha",
)  # fmt: skip
BETA = replace(ALPHA, text="Beta", name="Beta", lat=40.5, lon=47.0, gazetteer_id="beta")
FRONT = replace(
    ALPHA, text="front", name="the front", radius_km=90.0, kind=PlaceKind.FRONT, gazetteer_id="fr"
)


def span(hour: int, minute: int = 0, *, day: int = 10, hours: float = 0) -> Span:
    """Make a span that begins on a day of October 2020, in UTC."""
    first = datetime(2020, 10, day, hour, minute, tzinfo=UTC)
    precision = TimePrecision.RANGE if hours else TimePrecision.MINUTE
    return Span(
        earliest=first, latest=first + timedelta(hours=hours), text="as said",
        precision=precision, zone_rule="local time, UTC+4",
    )  # fmt: skip


def claim(name: str, side: str | None, stance: Stance = Stance.ALLEGES) -> Claim:
    """Make a claim of shelling at Alpha in which a side accuses the other one."""
    accused = {"AA": ("BB",), "BB": ("AA",)}.get(side or "", ())
    voice = Voice(text=f"{side} MoD" if side else "Watch", source=None, side=side)
    return Claim(
        id=f"clm-{name}", item=f"{name:0>64}", external_id=name, quote=None, start=None, end=None,
        paraphrase=f"Text of {name}.", speaker=Speaker(text=voice.text, voices=(voice,)),
        stance=stance, acts=(Act.ARTILLERY_FIRE,), act_text="artillery_shelling",
        actors=(side,) if stance is Stance.DENIES and side else accused, places=(ALPHA,),
        place_text="Alfa", unplaced=(), span=span(8, 5), time_text="2020-10-10 12:05 minute",
        harm=Harm(), hedge=None, published=PUBLISHED, outlet=f"{name}.example",
        url=f"https://example.org/{name}", language="en", unresolved=(),
        reading=ReadingState.CODED,
    )  # fmt: skip


def incident(name: str, *claims: Claim, engagement: str | None = None) -> Incident:
    """Make an incident of claims, timed and placed like the first."""
    links = tuple(
        Link(a=a.id, b=b.id, kind=LinkKind.SAME_EVENT, bits=3.0,
             reasons=(Reason(rule="time", bits=3.0, sentence="the times agree"),))
        for a, b in pairwise(claims)
    )  # fmt: skip
    denied = tuple(
        f"denied by {side}"
        for c in claims if c.stance is Stance.DENIES and c.speaker for side in c.speaker.sides
    )  # fmt: skip
    mirrored = ("mirrored by the other side",) if engagement else ()
    return Incident(
        id=f"inc-{name}", members=tuple(c.id for c in claims), span=claims[0].span,
        places=claims[0].places, acts=claims[0].acts,
        alleged_actors=tuple(sorted({a for c in claims for a in c.actors})),
        contested=bool(denied or engagement), contested_how=(*denied, *mirrored),
        engagement=engagement, links=links,
    )  # fmt: skip


def finding(of: Incident, occurrence: Occurrence = Occurrence.UNSUBSTANTIATED) -> Finding:
    """Make a finding that rests on one interested origin."""
    origin = Origin(
        id="party:AA", label="Aland and forces bound through it", ground=Ground.INTERESTED,
        claims=of.members[:1], outlets=1,
    )  # fmt: skip
    return Finding(
        incident=of.id, occurrence=occurrence, contradicted=False, row=TableRow.INTERESTED_ONLY,
        strength=11, origins=(origin,),
        reasons=(
            Reason(rule="interested_only", sentence="only those say so who have an interest"),
            Reason(rule="interested_origin", sentence="1 claim traces to 1 origin"),
        ),
        changes=(Alternative(words="one body that says so", gives=Occurrence.CORROBORATED),),
        attribution=WITHHELD, assessed=occurrence, decision=None, method="truceline 0",
        release=Release(state=ReleaseState.NOT_NEEDED, occurrence=occurrence, party=None),
    )  # fmt: skip


def answers(of: Incident) -> tuple[ForceAnswer, ...]:
    """Answer under both readings of the truce: after the first, before the second."""
    del of
    return (
        ForceAnswer(agreement="truce", reading="local", in_force=Answer.YES,
                    sentence="5 minutes after entry into force (local)"),
        ForceAnswer(agreement="truce", reading="capital", in_force=Answer.NO,
                    sentence="55 minutes before entry into force (capital)"),
    )  # fmt: skip


def standing(day: int, count: int = 0) -> Standing:
    """Make the standing of the truce on a day that nobody could observe."""
    tallies = (Tally(occurrence=Occurrence.UNSUBSTANTIATED, count=count),) if count else ()
    return Standing(
        provision="truce/1", zone=None, day=date(2020, 10, day), standing=CoverageVerdict.NOT_OBSERVED,
        effective_fraction=0.0, hours=0.0, deficits=(), counting_rule="incident", tallies=tallies, recorded=(), uncertain=0, contested=0,
        sentence="not observed",
    )  # fmt: skip


@dataclass(frozen=True)
class Parts:
    """What an assessment is made of; the rest follows from it."""

    claims: tuple[Claim, ...]
    incidents: tuple[Incident, ...]
    engagements: tuple[Engagement, ...] = ()
    topics: tuple[Group, ...] = ()


def assessment_of(parts: Parts) -> Assessment:
    """Make an assessment: every incident with a finding, a binding and a classification."""
    straddling = [i for i in parts.incidents if i.span is not None]
    classified = tuple(
        Classification(
            provision="truce/1", incident=i.id, after_entry=Answer.CANNOT_TELL,
            classification=ClassificationState.NOT_ASSESSABLE, answers=answers(i),
            reasons=("whether the agreement was in force cannot be told",),
        )
        for i in parts.incidents
    )  # fmt: skip
    obligation = ObligationStanding(
        provision="truce/1a", tracked_only=False, state=ObligationState.NO_DUE_DATE, claims=(),
        sentence="the text names no deadline; 0 statements",
    )  # fmt: skip
    groups = tuple(Group(id=i.id, topic=Topic.INCIDENT, members=i.members) for i in parts.incidents)
    return Assessment(
        mission=mission(), method="truceline 0", items_digest="d1", as_of=AS_OF,
        as_of_text="2020-10-12T00:00+04:00", claims=parts.claims, groups=(*groups, *parts.topics),
        incidents=parts.incidents, engagements=parts.engagements,
        findings=tuple(finding(i) for i in parts.incidents),
        bindings=tuple(
            Binding(incident=i.id, agreement=None, candidates=("old", "truce"), beside=(),
                    after_entry=Answer.CANNOT_TELL, answers=answers(i))
            for i in straddling
        ),
        judgements=(*classified, standing(10, len(parts.incidents)), standing(11), obligation),
        rulings=(), proposals=(), problems=(), excluded=(), later=0,
    )  # fmt: skip


def small() -> Assessment:
    """Give five claims: a denied incident, a mirrored pair, a statement; a ruling and a problem."""
    claims = (
        claim("A1", "AA"),
        replace(claim("B1", "BB", Stance.DENIES), harm=Harm(killed=0)),
        replace(claim("A2", "AA"), places=(BETA,), harm=Harm(killed=2, injured=5)),
        replace(claim("B2", "BB"), places=(BETA,), quote="They fired.", start=0, end=11),
        replace(claim("W1", None, Stance.REPORTS), acts=(Act.NEGOTIATION,), span=None, places=()),
    )
    pair = (
        incident("a2", claims[2], engagement="eng-1"),
        incident("b2", claims[3], engagement="eng-1"),
    )
    parts = Parts(
        claims=claims, incidents=(incident("a1", *claims[:2]), *pair),
        engagements=(
            Engagement(id="eng-1", incidents=("inc-a2", "inc-b2"), links=(),
                       hypotheses=("AA acted first", "BB acted first")),
        ),
        topics=(Group(id="grp-1", topic=Topic.OBLIGATION, members=("clm-W1",)),),
    )  # fmt: skip
    return replace(
        assessment_of(parts),
        rulings=(
            Ruling(id="r1", claims=("clm-A1",), verdict=Verdict.PLAUSIBLE, proposed_by="N. One",
                   approved_by="N. Two", reason="seen on film"),
        ),
        proposals=(
            Decision(id="d2", claims=("clm-A2", "clm-B2"), verdict=Verdict.SAME_EVENT, by="N. One",
                     reason="same hour"),
        ),
        problems=(
            Problem(severity=Severity.WARNING, file="claims.csv", row=3, field="places",
                    message="'Nowhere' is not in the gazetteer", advice="add the name"),
        ),
        excluded=(undated(),), later=4,
    )  # fmt: skip


def undated() -> Item:
    """Make an item without a publication date."""
    return Item(
        id="f" * 64, external_id="X9", reader="coded_claims", content=b"", published=None,
        published_text="", outlet="x.example", url=None, language="en", media_type="text/csv",
    )  # fmt: skip


def watched(share: float) -> CoverageRecord:
    """Watch the whole mission day of 11 October with an effective share."""
    return CoverageRecord(
        area="everywhere", channel="patrol", start=datetime(2020, 10, 10, 20, tzinfo=UTC), end=AS_OF,
        effective_fraction=share, reason="patrol out",
    )  # fmt: skip
