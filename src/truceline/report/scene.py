"""The assessment with its look-ups: numbers, names and claims as every section needs them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from truceline.model.days import day_bounds
from truceline.model.evidence import ACCUSING, Stance
from truceline.model.judgement import (
    AgreementOutcome,
    Classification,
    ObligationStanding,
    Standing,
)
from truceline.report.view import Reporter
from truceline.report.view_claims import ClaimView
from truceline.report.words import join, percent, plural, published, span_words, words_of
from truceline.terms.named_areas import full_name, zones_of
from truceline.terms.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from truceline.model.agreement import Agreement, Provision
    from truceline.model.coverage import Deficit
    from truceline.model.evidence import Claim, Voice
    from truceline.model.finding import Finding
    from truceline.model.incident import Incident
    from truceline.model.mission import Mission
    from truceline.model.report import Assessment
    from truceline.terms.watch import Seen

SEVERAL, OTHERS = "several", "others"
QUOTE, PARAPHRASE, NO_TEXT = "verbatim quote", "coder's paraphrase", "no text"
_SHAPES = ("circle", "square", "pentagon", "hexagon", "cross", "star")
VERBS = {
    Stance.ALLEGES: "says",
    Stance.DENIES: "denies",
    Stance.ADMITS: "admits",
    Stance.CONFIRMS: "confirms",
    Stance.REPORTS: "reports",
    Stance.CALLS_FOR: "calls for",
    Stance.AGREES: "agrees",
    Stance.RETRACTS: "retracts",
    Stance.UNRESOLVED: "says (stance unresolved)",
}


@dataclass(frozen=True)
class Scene:
    """One assessment as the sections look at it."""

    assessment: Assessment

    @property
    def mission(self) -> Mission:
        """The mission the assessment is for."""
        return self.assessment.mission

    @cached_property
    def watch(self) -> Watch:
        """Who could have seen what."""
        return Watch(self.mission)

    @cached_property
    def _observed(self) -> dict[date, Seen]:
        return {}

    def observed(self, day: date) -> Seen:
        """Say what of the mission's whole area somebody could see on a day of hostile acts."""
        if day not in self._observed:
            self._observed[day] = self.watch.seen(None, (), *day_bounds(day, self.mission))
        return self._observed[day]

    def area_name(self, area: str) -> str:
        """Name a place of the gazetteer, a zone of an agreement, or everywhere."""
        zone = zones_of(self.mission).get(full_name(area, self.mission))
        names = {p.id: p.name for p in self.mission.gazetteer}
        return names.get(area) or (zone.name if zone else area)

    @cached_property
    def _titles(self) -> tuple[re.Pattern[str], dict[str, str]]:
        found = {a.id: a.title for a in self.mission.agreements}
        names = "|".join(re.escape(name) for name in sorted(found, key=len, reverse=True))
        whole = rf"(?<![\w/-])({names})(?:/([\w-]+))?(?![\w/-])"
        return re.compile(whole if names else r"(?!)()()"), found

    def titled(self, sentence: str) -> str:
        """Write a sentence with the titles of agreements in place of their ids; what stands behind an id follows."""
        pattern, titles = self._titles
        return pattern.sub(
            lambda found: f"{titles[found[1]]}, {found[2]}" if found[2] else titles[found[1]],
            sentence,
        )

    def title_of(self, provision: str) -> str:
        """Give the title of a provision by its full id."""
        return self.provisions[provision][1].title if provision in self.provisions else provision

    def missing(self, days: Sequence[Sequence[Deficit]]) -> str:
        """Say what nobody saw over some days, by who or what caused it: the largest share first."""
        shares: dict[str, float] = {}
        for deficits in days:
            for deficit in deficits:
                causes = " and ".join(self.name(c).replace("_", " ") for c in deficit.causes)
                shares[causes] = shares.get(causes, 0.0) + deficit.share / len(days)
        told = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
        return ", ".join(f"{cause} {percent(share)}" for cause, share in told)

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Claims by id."""
        return {claim.id: claim for claim in self.assessment.claims}

    @cached_property
    def incidents(self) -> tuple[Incident, ...]:
        """Incidents by earliest time, those without a time last."""
        return tuple(sorted(self.assessment.incidents, key=incident_order))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The report's own running number of each incident."""
        return {incident.id: n for n, incident in enumerate(self.incidents, 1)}

    @cached_property
    def number_of_claim(self) -> dict[str, int]:
        """The number of the incident a claim belongs to."""
        return {member: self.numbers[i.id] for i in self.incidents for member in i.members}

    @cached_property
    def findings(self) -> dict[str, Finding]:
        """Findings by incident."""
        return {finding.incident: finding for finding in self.assessment.findings}

    @cached_property
    def units(self) -> tuple[tuple[Incident, ...], ...]:
        """What is counted: each engagement once with all its incidents, and each other incident."""
        found: dict[str, list[Incident]] = {}
        for incident in self.incidents:
            found.setdefault(incident.engagement or incident.id, []).append(incident)
        return tuple(tuple(unit) for unit in found.values())

    @cached_property
    def provisions(self) -> dict[str, tuple[Agreement, Provision]]:
        """Provisions by full id `agreement/provision`."""
        return {f"{a.id}/{p.id}": (a, p) for a in self.mission.agreements for p in a.provisions}

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Judgements on a provision and day."""
        return tuple(j for j in self.assessment.judgements if isinstance(j, Standing))

    @property
    def outcomes(self) -> tuple[AgreementOutcome, ...]:
        """How each agreement came out so far."""
        return tuple(j for j in self.assessment.judgements if isinstance(j, AgreementOutcome))

    @property
    def obligations(self) -> tuple[ObligationStanding, ...]:
        """Judgements on obligations and undertakings."""
        return tuple(j for j in self.assessment.judgements if isinstance(j, ObligationStanding))

    @cached_property
    def classifications(self) -> dict[str, list[Classification]]:
        """Classifications by incident."""
        found: dict[str, list[Classification]] = {}
        for judgement in self.assessment.judgements:
            if isinstance(judgement, Classification):
                found.setdefault(judgement.incident, []).append(judgement)
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of parties, forces and bodies by id."""
        parties = {party.id: party.name for party in self.mission.parties}
        forces = {force.id: force.name for force in self.mission.forces}
        return parties | forces | {body.id: body.name for body in self.mission.bodies}

    @cached_property
    def source_names(self) -> dict[str, str]:
        """Names of sources by id."""
        return {source.id: source.name for source in self.mission.sources}

    @cached_property
    def reporters(self) -> tuple[Reporter, ...]:
        """The classes of who reports: sides in alphabetical order, several sides, others."""
        sides = tuple(
            Reporter(
                key=party,
                letter=chr(ord("A") + n % 26),
                label=f"reported by the {self.name(party)} side only",
                shape=_SHAPES[n % len(_SHAPES)],
            )
            for n, party in enumerate(self.mission.party_ids)
        )
        both = Reporter(
            key=SEVERAL, letter="+", label="reported by more than one side", shape="diamond"
        )
        others = Reporter(key=OTHERS, letter="o", label="reported by others only", shape="triangle")
        return (*sides, both, others)

    def name(self, side: str) -> str:
        """Give the name of a side, or its id where the mission has none."""
        return self.names.get(side, side)

    def camps(self, claim: Claim) -> set[str]:
        """Give the parties whose side speaks in a claim."""
        sides = claim.speaker.sides if claim.speaker else ()
        return {self.mission.camp(side) for side in sides} & set(self.mission.party_ids)

    def reporter(self, unit: Iterable[Incident]) -> str:
        """Say who reports a unit: one side, several, or others only; a denial reports nothing."""
        stances = ACCUSING | {Stance.ADMITS}
        told = [self.claims[m] for i in unit for m in i.members]
        camps = {camp for c in told if c.stance in stances for camp in self.camps(c)}
        if not camps:
            return OTHERS
        return camps.pop() if len(camps) == 1 else SEVERAL

    def who(self, claim: Claim) -> str:
        """Name who speaks in a claim, known sources by the mission's name for them."""
        names = dict.fromkeys(self.voice(v) for v in claim.speaker_voices)
        if claim.speaker is None or not names:
            return "a speaker not known"
        return " and ".join(names)

    def voice(self, voice: Voice) -> str:
        """Name one voice: the source where the mission knows it, else the words as coded."""
        return self.source_names.get(voice.source or "", voice.text) or "a speaker not known"

    def where(self, incident: Incident) -> str:
        """Name the places of an incident by the name policy."""
        names = tuple(dict.fromkeys(place.name for place in incident.places))
        return join(names) if names else "place not known"

    def when(self, incident: Incident) -> str:
        """Give the time of an incident in mission time."""
        return span_words(incident.span, self.mission.zone)

    def what(self, incident: Incident) -> str:
        """Name the acts of an incident."""
        acts = self.mission.told_acts(incident.acts)
        return join(tuple(words_of(act) for act in acts)) or "act not known"

    def label(self, incident: Incident) -> str:
        """Name an incident in one line."""
        return f"{self.when(incident)}, {self.where(incident)}: {self.what(incident)}"

    def claim(self, claim: Claim) -> ClaimView:
        """Show one claim, always with who says it."""
        return ClaimView(
            id=claim.id, item=claim.item, external_id=claim.external_id, who=self.who(claim),
            verb=VERBS[claim.stance], stance=claim.stance.value,
            text=claim.quote or claim.paraphrase or "", kind=kind_of_text(claim),
            accuses=tuple(self.name(actor) for actor in claim.actors),
            when=span_words(claim.span, self.mission.zone), where=_place(claim), harm=_harm(claim),
            notes=_notes(claim), published=published(claim.dated, self.mission.zone),
            outlet=claim.outlet, url=claim.url, language=claim.language,
            unresolved=tuple(words_of(name) for name in claim.unresolved),
        )  # fmt: skip

    def claim_order(self, claim: Claim) -> tuple[str, str, str]:
        """Sort claims by publication, then by the coder's id."""
        return (claim.dated.isoformat(), claim.external_id or "", claim.id)


def incident_order(incident: Incident) -> tuple[str, str]:
    """Sort by earliest time, incidents without a time last, then by id."""
    return (incident.span.earliest.isoformat() if incident.span else "9999", incident.id)


def kind_of_text(claim: Claim) -> str:
    """Say whether the words shown are the source's or a coder's."""
    if claim.quote:
        return QUOTE
    return PARAPHRASE if claim.paraphrase else NO_TEXT


def _place(claim: Claim) -> str:
    names = tuple(dict.fromkeys([*(place.name for place in claim.places), *claim.unplaced]))
    return join(names, 6) or "place not stated"


def _harm(claim: Claim) -> str:
    parts = []
    if claim.harm.killed is not None:
        parts.append(f"{claim.harm.killed} killed")
    if claim.harm.injured is not None:
        parts.append(f"{claim.harm.injured} injured")
    return ", ".join(parts)


# What a reader of the report must know of how a text was read.
_TOLD_FLAGS = {
    "translated": "read in a translation",
    "narrator": "the outlet tells it and names nobody",
    "speaker_inferred": "the speaker is carried over from the sentence before",
    "time_inherited": "the day is that of the sentence before",
    "day_from_publication": "the day is that of publication",
    "office_not_held_then": "the speaker's office is not known for that day",
}


def _notes(claim: Claim) -> tuple[str, ...]:
    notes = [] if claim.by_people else ["read by a machine, checked by nobody"]
    if claim.hedge:
        notes.append(f"hedged: {claim.hedge}")
    if claim.on_site:
        notes.append("speaks from the place itself")
    if claim.speaker and claim.speaker.relays:
        relays = len(claim.speaker.relays)
        notes.append(f"passed on by {join(claim.speaker.relays)}, which {_adds(relays)} nothing")
    flags = claim.coding.flags if claim.coding else ()
    notes.extend(told for flag, told in _TOLD_FLAGS.items() if flag in flags)
    if claim.unplaced:
        notes.append(f"{plural(len(claim.unplaced), 'place')} not in the gazetteer")
    return tuple(notes)


def _adds(count: int) -> str:
    return "adds" if count == 1 else "add"
