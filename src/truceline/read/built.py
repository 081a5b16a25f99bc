"""Drafts to claims: speakers to the mission's voices, times to UTC, counts to harm."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from truceline.model.acts import Act
from truceline.model.coding import (
    NARRATOR,
    Coding,
    Granularity,
    ReadTime,
    TimeKind,
    ZoneBasis,
)
from truceline.model.evidence import Claim, ReadingState, Speaker, Stance, Voice
from truceline.model.pack import ActorKind
from truceline.model.place_time import Span, TimePrecision
from truceline.model.provenance import NO_CHAIN, Chain, ChannelOwner, Relay
from truceline.read.stated_harm import harm_of
from truceline.text.names import fold, keyed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from truceline.model.coding import Layer
    from truceline.model.mission import Mission, Source
    from truceline.model.pack import Pack, PackActor
    from truceline.read.draft import Draft
    from truceline.terms.voices import Voices

_PRECISION = {
    Granularity.MINUTE: TimePrecision.MINUTE,
    Granularity.HOUR: TimePrecision.ABOUT,
    Granularity.PART_OF_DAY: TimePrecision.PART_OF_DAY,
    Granularity.DAY: TimePrecision.DAY,
}
_SPOKEN_ACTS = {Stance.CALLS_FOR, Stance.AGREES}
_BLANKS = re.compile(r"\s+")
FORM = "form"


@dataclass(frozen=True)
class Provenance:
    """What is known of the item a claim stands in."""

    item: str
    published: datetime | None
    outlet: str | None
    url: str | None
    language: str
    profile: str
    translated: bool = False
    issuer: str | None = None


class Number(NamedTuple):
    """Which claim it is of its item, and which of those of the same passage."""

    in_item: int
    in_passage: int


@dataclass(frozen=True)
class Builder:
    """Makes claims of one mission from drafts; voices find the mission's sources by name."""

    mission_id: str
    pack: Pack
    mission: Mission | None
    voices: Voices | None

    @cached_property
    def _actors(self) -> dict[str, PackActor]:
        return {a.id: a for a in self.pack.actors}

    @cached_property
    def _sources(self) -> dict[str, Source]:
        """The mission's source for each actor of the pack: by id first, else by one of its names."""
        if self.mission is None or self.voices is None:
            return {}
        by_id = {s.id: s for s in self.mission.sources}
        found = {}
        for actor in self.pack.actors:
            named = (self.voices.sources.get(fold(alias.text)) for alias in actor.aliases)
            source = by_id.get(actor.id) or next((s for s in named if s), None)
            if source is not None:
                found[actor.id] = source
        return found

    def claims(self, drafts: Sequence[Draft], source: Provenance) -> list[Claim]:
        """Give the claims of one item in reading order."""
        seen: Counter[tuple[int, int]] = Counter()
        found = []
        for number, draft in enumerate(drafts):
            place = (draft.quote.start, draft.quote.end)
            found.append(self._claim(draft, source, Number(number, seen[place])))
            seen[place] += 1
        return found

    def _former(
        self, draft: Draft, speaker: Speaker | None, place: Sequence[str], number: Number
    ) -> str:
        """Give the id that it had until 0.1.0, which hung on how the claim was read: reading better gave it another one."""
        said = speaker.text if speaker else ""
        told = [*place, draft.stance, *draft.acts, *draft.actors, said, str(number.in_item)]
        return keyed("clm", self.mission_id, told)

    def _claim(self, draft: Draft, source: Provenance, number: Number) -> Claim:
        """Make one claim."""
        speaker = self.speaker(draft, source)
        span, time = self._span(draft)
        unresolved = list(self._unresolved(draft, speaker, span))
        harm = harm_of(draft.counts)
        place = [source.item, str(draft.quote.start), str(draft.quote.end)]
        return Claim(
            id=keyed("clm", self.mission_id, [*place, str(number.in_passage)]),
            item=source.item,
            external_id=None,
            former=(self._former(draft, speaker, place, number),),
            quote=draft.quote.text,
            start=draft.quote.start,
            end=draft.quote.end,
            paraphrase=None,
            speaker=speaker,
            stance=draft.stance,
            acts=draft.acts,
            act_text="; ".join(c.text for c in draft.cues),
            actors=tuple(sorted(draft.actors)),
            places=tuple(
                {p.place.gazetteer_id or p.place.text: p.place for p in draft.places}.values()
            ),
            place_text="; ".join(dict.fromkeys(p.place.text for p in draft.places)),
            unplaced=(),
            span=span,
            time_text=time.cited.text if time and time.cited else "",
            harm=harm,
            hedge=_hedge(draft),
            published=source.published,
            outlet=source.outlet,
            url=source.url,
            language=source.language,
            unresolved=tuple(unresolved),
            reading=_reading(draft),
            coding=self._coding(draft, time, source),
            chain=self._chain(draft, speaker, source),
            kind=draft.kind,
        )

    def _chain(self, draft: Draft, speaker: Speaker | None, source: Provenance) -> Chain:
        """Give through whom a text's words came: outer layers, then the issuer or outlet that carries them.

        The channel is the speaker's own only in a statement that the speaker's own side issued.
        """
        if self.voices is None:
            return NO_CHAIN
        sides = set(speaker.sides) if speaker else set()
        own = source.issuer is not None and sides == {source.issuer}
        relays = [self._relay(layer) for layer in reversed(draft.layers[:-1])]
        if source.issuer is not None and not own:
            relays.append(Relay(text=source.issuer, source=None, side=source.issuer, neutral=False))
        if source.outlet:
            relays.append(self.voices.relay(source.outlet))
        said = {voice.source for voice in speaker.voices} - {None} if speaker else set()
        kept = {r.source or fold(r.text): r for r in relays if r.source not in said}
        return Chain(
            relays=tuple(kept.values()), channel=ChannelOwner.OWN if own else ChannelOwner.OTHER
        )

    def _relay(self, layer: Layer) -> Relay:
        """Give a layer that passes on what an inner one says: its one side and source, where it has one."""
        voices = tuple(self._voices(layer))
        sides = {voice.side for voice in voices} - {None}
        sources = {voice.source for voice in voices} - {None}
        named = sources.pop() if len(sources) == 1 else None
        known = self.voices.relay(named) if named and self.voices is not None else None
        return Relay(
            text=self._name(layer),
            source=named,
            side=sides.pop() if len(sides) == 1 else None,
            neutral=known is not None and known.neutral and not sides,
        )

    def _coding(self, draft: Draft, time: ReadTime | None, source: Provenance) -> Coding:
        flags = (*draft.flags, *(("translated",) if source.translated else ()))
        return Coding(
            profile=source.profile,
            layers=draft.layers,
            modality=draft.modality,
            attitude=draft.attitude,
            hedges=draft.hedges,
            denied=draft.denied,
            direct=draft.direct,
            cues=draft.cues,
            actor_words=draft.actor_words,
            targets=tuple(sorted(draft.targets)),
            participants=draft.participants,
            instruments=draft.instruments,
            origins=draft.origins,
            other_places=draft.other_places,
            time=time,
            counts=draft.counts,
            coders=(draft.coder, *draft.others),
            agreement=draft.agreement,
            flags=tuple(sorted(set(flags))),
        )

    # -- who speaks ------------------------------------------------------------------------------

    def speaker(self, draft: Draft, source: Provenance) -> Speaker | None:
        """Give who says it: the innermost layer, unless it only is the state the outer one speaks for."""
        layers = draft.layers
        if not layers:
            return self._narrator(source)
        at = len(layers) - 1
        while at and not layers[at].actors and layers[at].sides == layers[at - 1].sides:
            at -= 1
        voices = tuple(self._voices(layers[at]))
        if not voices and layers[at].said is None:
            return None
        voices = voices or (Voice(text=self._name(layers[at]), source=None, side=None),)
        outer = [self._name(layer) for layer in layers[:at]]
        relays = (*([source.outlet] if source.outlet else []), *outer)
        return Speaker(
            text=self._name(layers[at]), voices=voices, relays=tuple(dict.fromkeys(relays))
        )

    def _narrator(self, source: Provenance) -> Speaker:
        name = source.outlet or NARRATOR
        if self.voices is not None and source.outlet:
            known = self.voices.speaker(source.outlet, "")
            if known is not None and any(v.source for v in known.voices):
                return replace(known, voices=tuple(replace(v, medium=True) for v in known.voices))
        return Speaker(text=name, voices=(Voice(text=name, source=None, side=None, medium=True),))

    def _name(self, layer: Layer) -> str:
        if layer.said is not None:
            return _BLANKS.sub(" ", layer.said.text)
        names = [self._actor_name(a) for a in layer.actors] or list(layer.sides)
        return ", ".join(names) or "not named"

    def _actor_name(self, actor: str) -> str:
        known = self._actors.get(actor)
        english = [a.text for a in known.aliases if a.language == "en"] if known else []
        return max(english, key=len, default=actor)

    def _voices(self, layer: Layer) -> Iterable[Voice]:
        text = self._name(layer)
        covered: set[str] = set()
        for actor in layer.actors:
            voice = self._voice(actor, text, layer)
            if voice.side:
                covered.add(voice.side)
            yield voice
        for side in layer.sides:
            if side not in covered and not (layer.actors and len(layer.sides) == 1):
                yield self._organ(side, text, layer)

    def _voice(self, actor: str, text: str, layer: Layer) -> Voice:
        source = self._sources.get(actor)
        if source is not None and self.voices is not None:
            found = self.voices.speaker(source.name, "")
            if found is not None and len(found.voices) == 1:
                return replace(found.voices[0], text=text)
        known = self._actors.get(actor)
        side = layer.sides[0] if len(layer.sides) == 1 else (known.side if known else None)
        kind = known.kind if known else None
        return Voice(
            text=text,
            source=None,
            side=side,
            third_party=side is None and kind in {ActorKind.ORGANISATION, ActorKind.OUTLET},
            medium=kind is ActorKind.OUTLET,
        )

    def _organ(self, side: str, text: str, layer: Layer) -> Voice:
        """Give an organ of a side by its role where the mission lists exactly one, else the side."""
        suffix = _ROLE_SOURCES.get(layer.role or "")
        source = None
        if self.mission is not None and suffix:
            named = [s for s in self.mission.sources if s.owner == side and s.id.endswith(suffix)]
            source = named[0] if len(named) == 1 else None
        return Voice(
            text=text, source=source.id if source else None, side=side, medium=layer.role == "media"
        )

    # -- when ------------------------------------------------------------------------------------

    def _span(self, draft: Draft) -> tuple[Span | None, ReadTime | None]:
        time = draft.time
        if time is None:
            return None, _history() if draft.background else None
        zone = self.mission.zone if self.mission else self.pack.zone
        bounds = time.bounds(zone)
        basis = ZoneBasis.ASSUMED
        if bounds is not None:
            basis = bounds[2]
            if basis is ZoneBasis.ASSUMED and draft.places:
                basis = ZoneBasis.PLACE
        kind = self._kind(draft)
        read = ReadTime(
            cited=draft.time_cited,
            kind=kind,
            granularity=time.granularity,
            zone_basis=basis,
            anchor=None,
            inherited=draft.time_inherited,
        )
        if bounds is None or "date_impossible" in time.flags:
            return None, read
        rule = self.mission.zone_rule if self.mission else self.pack.zone_rule
        stated = rule if time.offset is None else "the zone stated beside the time"
        precision = _PRECISION.get(time.granularity, TimePrecision.RANGE)
        if kind is TimeKind.REPORTING and not _spoken(draft):
            precision = TimePrecision.OPEN_ENDED
        text = draft.time_cited.text if draft.time_cited else "as the sentence before"
        return Span(
            earliest=bounds[0],
            latest=max(bounds[:2]),
            text=text,
            precision=precision,
            zone_rule=stated,
        ), read

    def _kind(self, draft: Draft) -> TimeKind:
        if draft.background:
            return TimeKind.BACKGROUND
        if draft.reporting:
            return TimeKind.REPORTING
        if Act.CEASEFIRE_ENTRY_INTO_FORCE in draft.acts:
            return TimeKind.VALIDITY
        return TimeKind.OCCURRENCE

    def _unresolved(
        self, draft: Draft, speaker: Speaker | None, span: Span | None
    ) -> Iterable[str]:
        if not draft.acts:
            yield "act"
        if not draft.actors:
            yield "actors"
        if (
            speaker is None
            or not draft.layers
            or not any(v.side or v.third_party for v in speaker.voices)
        ):
            yield "speaker"
        if not draft.places:
            yield "place"
        if span is None:
            yield "when"


def _spoken(draft: Draft) -> bool:
    """Answer whether the act is the speaking itself: a call, an agreement, an expression of concern."""
    made = draft.stance in _SPOKEN_ACTS or Act.CEASEFIRE_AGREEMENT in draft.acts
    return made or draft.attitude is not None


def _history() -> ReadTime:
    """Give the time of what is told as history without a date."""
    return ReadTime(
        cited=None,
        kind=TimeKind.BACKGROUND,
        granularity=Granularity.VAGUE,
        zone_basis=ZoneBasis.ASSUMED,
    )


def _reading(draft: Draft) -> ReadingState:
    """Say who read it: the fields of a form were filled in by a person, all else a machine read."""
    return ReadingState.CODED if draft.coder.name == FORM else ReadingState.READ


def _hedge(draft: Draft) -> str | None:
    return "; ".join(dict.fromkeys(h.text for h in draft.hedges)) or None


_ROLE_SOURCES = {
    "ministry_of_defence": "-mod",
    "military": "-mod",
    "general_staff": "-mod",
    "ministry_of_foreign_affairs": "-mfa",
    "prosecutor": "-gpo",
    "head_of_state": "-president",
    "head_of_government": "-pm",
    "authorities": "-authorities",
    "ombudsman": "-ombudsman",
    "foreign_minister": "-mfa",
    "defence_minister": "-mod",
}
