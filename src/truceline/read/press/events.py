"""What is said to have happened: the act words of a stretch to drafts of claims."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from truceline.model.acts import Act
from truceline.model.coding import Coder, Count, Layer, Measure, PlacedRole, PlaceRole
from truceline.model.evidence import Stance
from truceline.read.draft import Draft
from truceline.read.naming.actor import CAPITAL, VOICE
from truceline.read.naming.families import TALKS, TRUCE
from truceline.read.press import rules
from truceline.read.press.clausal import Clause, Context, acts_of_clause, clauses_of
from truceline.read.press.cue import UNSAID
from truceline.read.press.manner import Telling
from truceline.read.press.roles import Casting, Roles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.model.coding import Cited
    from truceline.read.grammar.counted import Counted
    from truceline.read.grammar.line import Line, PlaceAt
    from truceline.read.naming.lexicon import Hit
    from truceline.read.press.voiced import Stretch

_FROM_REACH = 7
_COUNT_LEAD = 2
_HARMED = frozenset({Measure.KILLED, Measure.INJURED})
_TWO = 2
_FREEING = frozenset({Act.EXCHANGE_OF_PRISONERS_AND_REMAINS, Act.RELEASE_OF_PRISONERS})
_MEETING = TALKS | TRUCE | {Act.EXCHANGE_OF_PRISONERS_AND_REMAINS}


def drafts_of(stretch: Stretch, context: Context) -> Iterator[Draft]:
    """Give the claims of one stretch; a speech word without an act gives none, a denial gives one."""
    found = False
    if stretch.stance == UNSAID:
        return
    for clause in clauses_of(stretch, context.line):
        for draft in _Drafter(clause, context).drafts():
            found = True
            yield draft
    if not found and stretch.layers and stretch.stance in {"denies", "alleges"}:
        bare = Clause(stretch.i, max(stretch.j, stretch.i), (), stretch)
        yield from _Drafter(bare, context).bare()


def _acting(place: PlaceAt, line: Line) -> bool:
    """Answer whether a capital's name stands for its government here."""
    return any(a.form == CAPITAL and a.i <= place.i and place.j <= a.j for a in line.actors)


@dataclass(frozen=True, slots=True)
class _Drafter:
    """Puts everything that belongs to one claim together."""

    clause: Clause
    context: Context

    def drafts(self) -> Iterator[Draft]:
        """Give the drafts of the clause: one, or two with the roles swapped where it is mutual."""
        acts, tools = acts_of_clause(self.clause, self.context.line)
        if not acts or self._called_false() or self._only_restraint():
            return
        casting = Casting(self.clause, self.context)
        roles = casting.roles(acts)
        pairs = casting.mutual(acts)
        for speaker, accused in pairs:
            swapped = Roles((accused,), (speaker,), (), (rules.RECIPROCAL,))
            yield self._draft(acts, tools, swapped, speaker)
        if not pairs:
            yield from self._by_place(self._draft(acts, tools, roles, None), acts)

    def _by_place(self, draft: Draft, acts: Sequence[Act]) -> Iterator[Draft]:
        """Give a draft for each place that has figures of its own: `killed five in A and four in B` is two harms."""
        counted = [c for c in self._counted() if c.measure in _HARMED]
        own = {c: self._place_of(c, counted, draft.places) for c in counted}
        told = {place for place in own.values() if place is not None}
        if None in own.values() or len(told) < _TWO or told != set(draft.places):
            yield draft
            return
        for place in draft.places:
            mine = tuple(self._count(acts, c) for c in counted if own[c] == place)
            yield replace(
                draft, places=(place,), counts=mine, flags=(*draft.flags, "told_by_place")
            )

    def _place_of(
        self, count: Counted, others: Sequence[Counted], places: Sequence[PlaceAt]
    ) -> PlaceAt | None:
        """Give the place right after a count, before the next one."""
        stop = min((c.i for c in others if c.i > count.i), default=self.clause.j)
        return next((p for p in places if count.j <= p.i < stop), None)

    def _called_false(self) -> bool:
        """Answer whether a denial only calls something a lie: `dismissed it as disinformation`."""
        words = self.context.line.keyed("negation", "false")
        told = [h for h in self.clause.hits if not any(w.i <= h.i < w.j for w in words)]
        return self.clause.stretch.stance == Stance.DENIES and not told

    def _only_restraint(self) -> bool:
        """Answer whether restraint is praised or claimed, not called for: that stops no fire."""
        line = self.context.line
        held = all(line.has(h.j - 1, "restraint") for h in self.clause.hits)
        return held and self.clause.stretch.stance != Stance.CALLS_FOR

    def bare(self) -> Iterator[Draft]:
        """Give a denial or accusation without a known act; the act stays unresolved."""
        casting = Casting(self.clause, self.context)
        if self.clause.stretch.stance == "alleges" and not casting.accused():
            return
        roles = casting.roles(())
        if self.clause.stretch.stance == Stance.DENIES:
            # Who would have done what nobody names here is not for a guess.
            roles = replace(roles, actors=(), words=())
        yield self._draft((), (), roles, None)

    def _scenes(self) -> tuple[PlaceAt, ...]:
        clause, line = self.clause, self.context.line
        inside = (p for p in line.places if clause.i <= p.i < clause.j and not _acting(p, line))
        return tuple(p for p in inside if p.role is PlaceRole.SCENE)

    def _draft(
        self, acts: tuple[Act, ...], tools: tuple[Hit, ...], roles: Roles, only: str | None
    ) -> Draft:
        """Make one draft; `only` narrows who speaks to one side of a pair."""
        clause, line = self.clause, self.context.line
        telling = Telling(clause, self.context)
        roles = _blameless(roles, telling)
        stance, attitude, modality = telling.manner(acts, roles)
        time, reporting = telling.time()
        background = telling.background(time)
        applied = self._rules(acts, roles, background=background)
        return Draft(
            quote=self.context.quote,
            sentence=self.context.number,
            stance=stance,
            acts=acts,
            layers=self._layers(only),
            actors=roles.actors,
            actor_words=roles.words,
            targets=tuple(t for t in roles.targets if t not in roles.actors),
            participants=self._participants(acts),
            places=self._scenes(),
            other_places=tuple(self._elsewhere()),
            origins=self._origins(acts),
            time=time,
            time_cited=line.cited(time.i, time.j) if time else None,
            reporting=reporting,
            background=background,
            counts=tuple(self._counts(acts)),
            cues=tuple(line.cited(h.i, h.j) for h in clause.hits),
            instruments=tuple(line.cited(h.i, h.j) for h in tools),
            hedges=telling.hedges(attitude),
            modality=modality,
            attitude=attitude,
            denied=self._denied(stance),
            direct=self._direct(),
            coder=Coder(name="rules", version=rules.VERSION, rules=applied),
            flags=tuple(dict.fromkeys(self._flags(self._scenes()))),
            kind=telling.kind(),
        )

    def _rules(self, acts: Sequence[Act], roles: Roles, *, background: bool) -> tuple[str, ...]:
        named = [*self.clause.stretch.rules, *roles.rules]
        if background:
            named.append(rules.BACKGROUND)
        if TALKS & set(acts):
            named.append(rules.TALKS)
        return tuple(dict.fromkeys(named))

    def _flags(self, scenes: Sequence[PlaceAt]) -> Iterator[str]:
        yield from self.clause.stretch.flags
        for place in scenes:
            yield from place.flags
        named = [a for a in self.context.line.actors if self.clause.i <= a.i < self.clause.j]
        spoken = [v.actor for v in self.clause.stretch.layers if v.actor is not None]
        for actor in (*named, *spoken):
            yield from actor.flags
            yield from (f"unresolved:{name}" for name in actor.unresolved)
        if Casting(self.clause, self.context).negated():
            yield "negated"

    def _counts(self, acts: Sequence[Act]) -> Iterator[Count]:
        """Give the counts of the clause; a part of another count (`including two`) is not added.

        Prisoners who are exchanged or let go are counted as released.
        """
        return (self._count(acts, counted) for counted in self._counted())

    def _counted(self) -> Iterator[Counted]:
        for counted in self.context.line.counts:
            inside = self.clause.i - _COUNT_LEAD <= counted.i < self.clause.j
            if inside and not counted.subset:
                yield counted

    def _count(self, acts: Sequence[Act], counted: Counted) -> Count:
        freed = bool(_FREEING & set(acts)) and counted.measure is Measure.CAPTURED
        return Count(
            measure=Measure.RELEASED if freed else counted.measure,
            low=counted.low,
            high=counted.high,
            qualifier=counted.qualifier,
            cited=self.context.line.cited(counted.i, counted.j),
            side=counted.side,
            status=counted.status,
            cumulative=counted.cumulative,
        )

    def _layers(self, only: str | None) -> tuple[Layer, ...]:
        line = self.context.line
        return tuple(
            Layer(
                said=line.cited(v.actor.i, v.actor.j) if v.here else None,
                cue=line.cited(*v.cue) if v.cue and v.here else None,
                actors=() if only else v.actor.ids,
                sides=(only,) if only else tuple(sorted(v.actor.sides)),
                role=v.actor.role,
                inferred=v.inferred,
            )
            for v in self.clause.stretch.layers
            if v.actor is not None
        )

    def _participants(self, acts: Sequence[Act]) -> tuple[str, ...]:
        """Give who takes part in talks or an exchange: people by id, else sides."""
        clause, line = self.clause, self.context.line
        if clause.stretch.stance == Stance.DENIES:
            return self._denied_of()
        if not set(acts) & _MEETING:
            return ()
        reader = Casting(clause, self.context).reader
        named = [a for a in line.actors if clause.i <= a.i < clause.j]
        both = [h for h in line.keyed("others", "both") if clause.i <= h.i < clause.j]
        pairs = [p for p in map(reader.other, both) if p is not None]
        return tuple(dict.fromkeys(x for a in (*named, *pairs) for x in (a.ids or a.sides)))

    def _denied_of(self) -> tuple[str, ...]:
        """Give whose word is denied: `rejected Armenian claims that ...`."""
        clause = self.clause
        cue = clause.stretch.cue or (clause.i, clause.i)
        own = clause.speaker.sides if clause.speaker else ()
        near = [
            a
            for a in self.context.line.actors
            if 0 <= a.i - cue[1] <= _COUNT_LEAD and a.sides and not set(a.sides) & set(own)
        ]
        noun = [a for a in near if not any(a.i <= h.i <= a.j for h in clause.hits)]
        return tuple(dict.fromkeys(s for a in noun for s in a.sides))

    def _origins(self, acts: Sequence[Act]) -> tuple[str, ...]:
        """Give where foreign fighters are said to come from."""
        if Act.FOREIGN_FIGHTERS not in acts:
            return ()
        line = self.context.line
        found: list[str] = []
        for k in range(self.clause.i, self.clause.j):
            if not line.has(k, "away"):
                continue
            near = [a for a in line.actors if k < a.i <= k + _FROM_REACH and a.form != VOICE]
            found.extend(s for a in near for s in a.sides)
            found.extend(
                p.place.gazetteer_id
                for p in line.places
                if k < p.i <= k + _FROM_REACH
                and p.role is PlaceRole.ORIGIN
                and p.place.gazetteer_id
            )
        return tuple(dict.fromkeys(found))

    def _elsewhere(self) -> Iterator[PlacedRole]:
        """Give the places that are no scene: where fire came from, where somebody spoke."""
        frame = self.clause.stretch.frame
        for place in self.context.line.places:
            inside = self.clause.i <= place.i < self.clause.j
            if (inside and place.role is PlaceRole.SCENE) or not (
                inside or frame[0] <= place.i < frame[1]
            ):
                continue
            role = place.role if inside else PlaceRole.VENUE
            yield PlacedRole(
                place=place.place, role=role, cited=self.context.line.cited(place.i, place.j)
            )

    def _denied(self, stance: Stance) -> Cited | None:
        i, j = self.clause.stretch.i, self.clause.stretch.j
        return self.context.line.cited(i, j) if stance is Stance.DENIES and j > i else None

    def _direct(self) -> bool:
        """Answer whether the act words stand inside quotation marks."""
        tokens = self.context.line.tokens
        at = self.clause.hits[0].i if self.clause.hits else min(self.clause.i, len(tokens) - 1)
        return any(first <= tokens[at].start < last for first, last in self.context.direct)


def _blameless(roles: Roles, telling: Telling) -> Roles:
    """Take the actors out of losses: whose men died in it says nothing of who did it, and who did not do it has not done it."""
    if telling.losses() or telling.other_version():
        return replace(roles, actors=(), words=())
    return roles
