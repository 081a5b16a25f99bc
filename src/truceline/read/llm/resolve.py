"""A model's claim to a draft: quotes found in the text, everything else computed by us."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.model.acts import Act, is_kind_of
from truceline.model.coding import (
    Cited,
    Coder,
    Count,
    Granularity,
    Layer,
    Modality,
    PlacedRole,
    PlaceRole,
)
from truceline.model.evidence import Stance
from truceline.read.draft import Draft
from truceline.read.grammar.clock import Time
from truceline.read.llm.situation import Found, Scene, Unfit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.read.grammar.line import Line, PlaceAt
    from truceline.read.llm.reply import ReplyClaim, SpeakerQuote
    from truceline.read.naming.actor import Actor

NAME = "llm"
_WITHOUT_ACT = frozenset({Stance.DENIES, Stance.ALLEGES, Stance.ADMITS, Stance.RETRACTS})
_TOGETHER = frozenset(
    {
        Act.MEETING,
        Act.PHONE_CALL,
        Act.NEGOTIATION,
        Act.MEDIATION,
        Act.CEASEFIRE_AGREEMENT,
        Act.CEASEFIRE_ENTRY_INTO_FORCE,
        Act.CESSATION_OF_FIRE,
        Act.CEASEFIRE_COMPLIANCE,
        Act.EXCHANGE_OF_PRISONERS_AND_REMAINS,
    }
)
_HISTORY = timedelta(days=400)
_CUE_REACH = 3
# Days that only the sentences around can tell are left open here; the second coder may know them.
_UNDATED = frozenset(
    {"day_inherited", "same_day", "next_day", "now_day", "day_before", "days_later", "days_earlier"}
)


def draft_of(claim: ReplyClaim, scene: Scene, version: str) -> Draft:
    """Make the draft of a claim; raises Unfit with every reason why it cannot be used.

    A quote that stands in its sentence but that our mentions do not understand leaves its field
    unresolved, with a flag.
    """
    maker = _Maker(claim, scene, _sentences(claim, scene))
    draft = maker.draft(version)
    if maker.reasons:
        raise Unfit(*dict.fromkeys(maker.reasons))
    return draft


def _sentences(claim: ReplyClaim, scene: Scene) -> list[Line]:
    numbers = sorted(set(claim.sentences))
    if numbers[0] < scene.first or numbers[-1] > min(scene.last, len(scene.lines)):
        raise Unfit("sentences: there is no sentence of that number")
    if numbers != list(range(numbers[0], numbers[-1] + 1)):
        raise Unfit("sentences: they must follow one another")
    return [scene.lines[n - 1] for n in numbers]


@dataclass(slots=True)
class _Maker:
    """One claim on its way to a draft; reasons and flags gather as fields are read."""

    claim: ReplyClaim
    scene: Scene
    lines: list[Line]
    reasons: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    near: int | None = None

    def _spoken_in(self, layers: Sequence[Layer]) -> Line | None:
        """Give the sentence that holds the last verb of speech."""
        if not layers or layers[-1].cue is None:
            return None
        at = layers[-1].cue.start
        return next(n for n in self.lines if n.sentence.start <= at < n.sentence.end)

    def _quote(self) -> Cited:
        start, end = self.lines[0].sentence.start, self.lines[-1].sentence.end
        return Cited(text=self.scene.document.text[start:end], start=start, end=end)

    def draft(self, version: str) -> Draft:
        """Read field after field: the act first, for the other words stand near it."""
        cues = self._cues()
        main = cues[0].line if cues else self.lines[-1]
        self.near = cues[0].cited.start if cues else None
        layers = self._layers(cues, main)
        if not cues:
            main = self._spoken_in(layers) or main
        roles = self._roles(layers)
        places = self._places(main)
        time, reporting = self._time(cues, layers)
        denied = self._one("denied_quote", self.claim.denied_quote)
        tools = [h for c in cues if c.line is main for h in c.hits("instruments")]
        return Draft(
            quote=self._quote(),
            sentence=self._number(main),
            stance=self.claim.stance,
            acts=tuple(dict.fromkeys(self.claim.acts)),
            layers=layers,
            actors=roles.actors,
            actor_words=roles.words,
            targets=roles.targets,
            participants=roles.participants,
            places=tuple(p for p in places if p.role is PlaceRole.SCENE),
            other_places=_elsewhere(places, main),
            time=time.read if time else None,
            time_cited=time.cited if time else None,
            reporting=reporting,
            background=self._background(main, time),
            counts=tuple(self._counts()),
            cues=tuple(c.cited for c in cues),
            instruments=tuple(dict.fromkeys(main.cited(h.i, h.j) for h in tools)),
            hedges=tuple(f.cited for f in self._each("hedge_quotes", self.claim.hedge_quotes)),
            modality=self._modality(),
            attitude=self.claim.attitude,
            denied=denied.cited if denied and self.claim.stance is Stance.DENIES else None,
            direct=any(self.scene.direct(c) for c in cues),
            coder=Coder(name=NAME, version=version),
            flags=tuple(dict.fromkeys(self.flags)),
        )

    def _number(self, main: Line) -> int:
        at = next(k for k, line in enumerate(self.lines) if line is main)
        return min(self.claim.sentences) - 1 + at

    def _modality(self) -> Modality:
        """Give the modality; what is called for is wanted."""
        asserted = self.claim.modality is Modality.ASSERTED
        wanted = asserted and self.claim.stance is Stance.CALLS_FOR
        return Modality.WANTED if wanted else self.claim.modality

    @property
    def _hostile(self) -> bool:
        acts = self.claim.acts
        return not acts or any(is_kind_of(a, Act.HOSTILE_ACT) for a in acts)

    # -- quotes ----------------------------------------------------------------------------------

    def _one(self, name: str, quote: str | None, near: int | None = None) -> Found | None:
        if quote is None:
            return None
        found = self.scene.find(quote, self.lines, self.near if near is None else near)
        if found is None:
            self.reasons.append(f"{name}: does not stand letter by letter in the sentences named")
        return found

    def _each(self, name: str, quotes: Sequence[str]) -> Iterator[Found]:
        for quote in dict.fromkeys(quotes):
            found = self._one(name, quote)
            if found is not None:
                yield found

    def _unresolved(self, what: str, found: Found) -> None:
        self.flags.extend((f"{what}_unresolved", f"unresolved:{found.cited.text}"))

    def _cues(self) -> list[Found]:
        claim = self.claim
        cues = list(self._each("act_quotes", claim.act_quotes))
        if claim.acts and not claim.act_quotes:
            self.reasons.append("act_quotes: an act needs the words for it")
        if not claim.acts and claim.stance not in _WITHOUT_ACT:
            self.reasons.append("acts: a claim that is no denial or accusation needs an act")
        if len({c.line.sentence.start for c in cues}) > 1:
            self.reasons.append("act_quotes: one claim's act stands in one sentence")
        return sorted(cues, key=lambda c: c.cited.start)

    # -- who speaks ------------------------------------------------------------------------------

    def _layers(self, cues: Sequence[Found], main: Line) -> tuple[Layer, ...]:
        if not self.claim.speakers:
            return self._issuer()
        direct = any(self.scene.direct(c) for c in cues)
        return tuple(
            layer
            for speaker in self.claim.speakers
            if (layer := self._layer(speaker, main, direct=direct)) is not None
        )

    def _issuer(self) -> tuple[Layer, ...]:
        """Give the issuer of a statement, who speaks where nobody is named; else the narrator."""
        document = self.scene.document
        if document.issuer is None:
            self.flags.append("narrator")
            return ()
        actors = (document.issuer_actor,) if document.issuer_actor else ()
        self.flags.append("speaker_inferred")
        return (Layer(said=None, cue=None, actors=actors, sides=(document.issuer,), inferred=True),)

    def _layer(self, speaker: SpeakerQuote, main: Line, *, direct: bool) -> Layer | None:
        cue = self._one("cue_quote", speaker.cue_quote)
        said = self._one("speaker_quote", speaker.speaker_quote, cue.cited.start if cue else None)
        if said is None:
            return None
        spoken = cue is not None and any(True for _ in cue.hits("speech", "source"))
        if not spoken and not direct:
            self.reasons.append("speakers: a speaker needs a speech word or a quotation")
        mention = next((a for a in self.scene.actors(said) if a.speaks), None)
        if mention is None or not (mention.sides or mention.ids):
            self._unresolved("speaker", said)
        else:
            self._note(mention)
        if said.line is not main:
            self.flags.append("speaker_inferred")
        return Layer(
            said=said.cited,
            cue=cue.cited if cue and spoken else None,
            actors=mention.ids if mention else (),
            sides=mention.sides if mention else (),
            role=mention.role if mention else None,
            inferred=said.line is not main,
        )

    def _note(self, mention: Actor) -> None:
        self.flags.extend(mention.flags)
        self.flags.extend(f"unresolved:{name}" for name in mention.unresolved)

    # -- who did what to whom --------------------------------------------------------------------

    def _roles(self, layers: Sequence[Layer]) -> _Roles:
        claim = self.claim
        speaking = layers[-1].sides if layers else ()
        doers: list[Actor] = []
        words: list[Cited] = []
        for found in self._each("actor_quotes", claim.actor_quotes):
            named = self.scene.doers(found, speaking, hostile=self._hostile)
            if not named:
                self._unresolved("actor", found)
            doers.extend(named)
            words.append(found.cited)
        targets: list[Actor] = []
        for found in self._each("target_quotes", claim.target_quotes):
            named = self.scene.targets(found, speaking, hostile=self._hostile)
            if not named:
                self._unresolved("target", found)
            targets.extend(named)
        for mention in (*doers, *targets):
            self._note(mention)
        sides = _sides(doers)
        if claim.stance is Stance.DENIES and self._hostile and not sides and speaking:
            # Who denies a deed denies its own.
            self.flags.append("actor_by_denial")
            sides = speaking
        together = _TOGETHER & set(claim.acts)
        people = [x for a in (*doers, *targets) for x in (a.ids or a.sides)] if together else []
        return _Roles(
            sides,
            tuple(s for s in _sides(targets) if s not in sides),
            tuple(words),
            tuple(dict.fromkeys(people)),
        )

    # -- where, when, how many -------------------------------------------------------------------

    def _places(self, main: Line) -> list[PlaceAt]:
        places: list[PlaceAt] = []
        for found in self._each("place_quotes", self.claim.place_quotes):
            named = self.scene.places(found)
            if named and found.line is not main:
                self.flags.append("place_in_another_sentence")
            elif named:
                places.extend(p for p in named if p not in places)
                self.flags.extend(f for p in named for f in p.flags)
            else:
                self._unresolved("place", found)
        return places

    def _time(self, cues: Sequence[Found], layers: Sequence[Layer]) -> tuple[_Timed | None, bool]:
        found = self._one("time_quote", self.claim.time_quote)
        if found is None:
            return None, False
        time = self.scene.time(found)
        if time is None:
            self._unresolved("time", found)
            return None, False
        cited = found.line.cited(time.i, time.j)
        if _UNDATED & set(time.flags) or (time.low is not None and time.low.year == 1):
            self.flags.append("day_unresolved")
            time = Time(time.i, time.j, None, None, time.granularity, flags=time.flags)
        timed = _Timed(found, time, cited)
        return timed, self._reporting(timed, cues, layers)

    def _reporting(self, time: _Timed, cues: Sequence[Found], layers: Sequence[Layer]) -> bool:
        """Answer whether the time stands beside the speech word: then it dates the saying."""
        cue = next((n.cue for n in layers[::-1] if n.cue is not None), None)
        line = time.found.line
        if cue is None or not line.sentence.start <= cue.start < line.sentence.end:
            return False
        spoken = [k for k, t in enumerate(line.tokens) if t.start < cue.end and cue.start < t.end]
        act = min((c.i for c in cues if c.line is line), default=len(line.tokens))
        after = 0 <= time.read.i - spoken[-1] - 1 <= _CUE_REACH and time.read.j <= act
        return after or time.read.j <= spoken[0] < act

    def _background(self, main: Line, time: _Timed | None) -> bool:
        """Answer whether it is history: long before publication, or in words of history."""
        high = time.read.high if time else None
        vague = high is None or (time is not None and time.read.granularity is Granularity.YEAR)
        if vague and main.keyed("background", "background"):
            return True
        day = self.scene.document.day
        return high is not None and day is not None and day - high.date() > _HISTORY

    def _counts(self) -> Iterator[Count]:
        for wanted in self.claim.count_quotes:
            found = self._one("count_quotes", wanted.quote)
            if found is None:
                continue
            read = self.scene.count(found, wanted.measure)
            if read is None:
                self._unresolved("count", found)
                continue
            yield Count(
                measure=read.measure,
                low=read.low,
                high=read.high,
                qualifier=read.qualifier,
                cited=found.line.cited(read.i, read.j),
                status=read.status,
                cumulative=read.cumulative,
            )


@dataclass(frozen=True, slots=True)
class _Roles:
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    words: tuple[Cited, ...]
    participants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Timed:
    found: Found
    read: Time
    cited: Cited


def _sides(actors: Sequence[Actor]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for a in actors for s in a.sides))


def _elsewhere(places: Sequence[PlaceAt], main: Line) -> tuple[PlacedRole, ...]:
    """Give the places that are named, but are not where it happened."""
    return tuple(
        PlacedRole(place=p.place, role=p.role, cited=main.cited(p.i, p.j))
        for p in places
        if p.role is not PlaceRole.SCENE
    )
