"""Who says it: the coder's origin words to voices, sides and mere relays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from truceline.model.evidence import Speaker, Voice
from truceline.model.mission import SourceRole
from truceline.model.provenance import Chain, ChannelOwner, Relay
from truceline.terms.provenance import relays_of
from truceline.text.names import fold

if TYPE_CHECKING:
    from truceline.model.mission import AssociatedForce, Mission, Party, Source

_BRACKETS = re.compile(r"\(([^()]*)\)")
_RELAY = re.compile(r"\b(?:via|through)\b", re.IGNORECASE)
_CITING = re.compile(r"\b(?:citing|quoting)\b", re.IGNORECASE)
# What a coder adds to an outlet's name; it tells which outlet is meant, and nothing of how it knows.
_WORDS_BESIDE = re.compile(
    r"\b(?:on[- ]site|reporters?|correspondents?|at the scene|reprint|summary|digest|translation|copy)\b",
    re.IGNORECASE,
)
_THIRD_PARTY = {
    SourceRole.THIRD_PARTY, SourceRole.INTERMEDIARY, SourceRole.MEDIA, SourceRole.MONITOR,
}  # fmt: skip


@dataclass(frozen=True)
class Voices:
    """The mission's known voices, found by folded alias."""

    mission: Mission

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source by each of its folded names."""
        return {
            fold(name): source
            for source in sorted(self.mission.sources, key=lambda s: s.id, reverse=True)
            for name in (source.name, *source.aliases)
        }

    @cached_property
    def sides(self) -> dict[str, str]:
        """Every party, associated force and outside state by each of its folded names."""
        members: list[Party | AssociatedForce] = [*self.mission.parties, *self.mission.forces]
        named = {
            fold(name): member.id
            for member in members
            for name in (member.id, *dict(member.names).values(), *member.aliases)
        }
        return {fold(state): state for state in self.mission.outsiders} | named

    @cached_property
    def _mediators(self) -> frozenset[str]:
        return frozenset(m for agreement in self.mission.agreements for m in agreement.mediators)

    def side(self, word: str) -> str | None:
        """Give the side a word names, None when it names none."""
        return self.sides.get(fold(word))

    def speaker(self, origin: str, origin_side: str, via: str = "") -> Speaker | None:
        """Give who speaks in the coder's words; None when origin and side are both empty.

        `via` are relays beside those that the origin names, from the inside outwards.
        """
        if not origin and not origin_side:
            return None
        relays: list[str] = []
        if whole := self.sources.get(fold(_bare(origin))):
            voices = [self._voice(origin, whole, origin_side, None)]
        else:
            voices = []
            for layer in (part.strip() for part in origin.split(";")):
                said, *relayed = _RELAY.split(layer)
                # "A citing B": B is the one who says it, A passes it on.
                *passing, source = _CITING.split(said)
                through = [name.strip() for name in (*relayed, *passing)]
                relays.extend(through)
                found = self._organs(source.strip(), origin_side)
                voices.extend(self._through(voice, through) for voice in found)
        known = {fold(name) for name in relays}
        more = [name for name in relays_of(via) if fold(name) not in known]
        relays += more
        told = _distinct([self._through(voice, more) for voice in voices])
        return Speaker(text=origin, voices=told, relays=tuple(relays))

    def relay(self, name: str) -> Relay:
        """Give what the mission knows of somebody who passes words on."""
        known = self.sources.get(fold(_bare(name)))
        owner = known.owner if known else self.side(name.split(" ", 1)[0])
        neutral = known is not None and (owner is None or owner in self._mediators)
        return Relay(text=name, source=known.id if known else None, side=owner, neutral=neutral)

    def chain(self, speaker: Speaker | None, outlet: str | None, channel: ChannelOwner) -> Chain:
        """Give through whom a speaker's words came: the relays named and, where it is known, the outlet."""
        names = list(speaker.relays if speaker else ())
        if outlet and channel is not ChannelOwner.OWN:
            written = (outlet, outlet.split(".")[0])
            found = next((n for n in written if fold(n) in self.sources), None)
            said = {voice.source for voice in speaker.voices} if speaker else set()
            known = self.sources[fold(found)].id if found else None
            if found and known not in {*said, *(self.relay(n).source for n in names)}:
                names.append(found)
        return Chain(relays=tuple(self.relay(name) for name in names), channel=channel)

    def _through(self, voice: Voice, relays: list[str]) -> Voice:
        """Take what a party passes on of a third party for the party's own word."""
        named = (self._relay_side(name) for name in relays)
        sides = {side for side in named if side in self.mission.side_ids}
        if not voice.third_party or not sides:
            return voice
        return Voice(text=voice.text, source=None, side=sides.pop() if len(sides) == 1 else None)

    def _relay_side(self, name: str) -> str | None:
        known = self.sources.get(fold(_bare(name)))
        return known.owner if known else self.side(name.split(" ", 1)[0])

    def _organs(self, text: str, origin_side: str) -> list[Voice]:
        """Split `AZ GPO / MoD`: a part without a side of its own speaks for the side before it."""
        voices: list[Voice] = []
        side: str | None = None
        for part in (p.strip() for p in text.split("/")):
            leading = self.side(part.split(" ", 1)[0]) if part else None
            known = self.sources.get(fold(_bare(part))) or self._outlet(part)
            side = leading or side
            voices.append(self._voice(part, known, origin_side, side))
        return voices

    def _outlet(self, part: str) -> Source | None:
        """Find `Al Jazeera` in `Al Jazeera reporter` and in `Caucasian Knot summary`."""
        return self.sources.get(fold(_WORDS_BESIDE.sub("", _bare(part))))

    def _voice(
        self, text: str, source: Source | None, origin_side: str, leading: str | None
    ) -> Voice:
        owner = source.owner if source else None
        neutral = (
            source is not None
            and source.role in _THIRD_PARTY
            and (owner is None or owner in self._mediators)
        )
        coded = self.side(origin_side)
        side = owner or leading or (None if neutral else coded)
        return Voice(
            text=text,
            source=source.id if source else None,
            side=side,
            third_party=neutral or (side is None and self._neutral_class(origin_side)),
            medium=source is not None and source.role is SourceRole.MEDIA,
        )

    def _neutral_class(self, origin_side: str) -> bool:
        return origin_side in self.mission.third_party_classes


def _bare(text: str) -> str:
    return " ".join(_BRACKETS.sub(" ", text).split())


def _distinct(voices: list[Voice]) -> tuple[Voice, ...]:
    return tuple(dict.fromkeys(voices))
