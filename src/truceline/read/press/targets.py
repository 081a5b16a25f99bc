"""Whom an act is said to be done to: mentions behind the act word, or before a verb that stands last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.model.acts import Act
from truceline.model.pack import ActorKind
from truceline.read.naming.actor import CAPITAL, PEOPLE, POSITIONS, TERRITORY, Actor
from truceline.read.press.voiced import cased, inflects, oblique, verb_last

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from truceline.read.grammar.line import Line
    from truceline.read.naming.lexicon import Hit

_REACH, _GROUND_REACH, _CLOSE = 16, 8, 2
_GROUND = frozenset({POSITIONS, TERRITORY})
_TALKS = frozenset({"meeting", "phone_call", "negotiation", "mediation"})


def before(actor: Actor, line: Line) -> int:
    """Give the token before a mention and its article."""
    k = actor.i - 1
    while k >= 0 and (line.has(k, "article") or line.has(k, "quantity")):
        k -= 1
    return k


@dataclass(frozen=True, slots=True)
class Targets:
    """Finds those acted upon among the mentions of a stretch."""

    line: Line
    within: Sequence[Actor]
    i: int

    def of(self, hit: Hit, by: Actor | None) -> Iterable[Actor]:
        """Give the targets of one act word; `by` is who did it."""
        yield from self._objects(hit, by)
        yield from self._objects_before(hit)

    def _objects(self, hit: Hit, by: Actor | None) -> Iterable[Actor]:
        """Find those acted upon: after `on`, `against`, `at`, or right after the verb."""
        last: Actor | None = None
        for actor in self.within:
            gap = actor.i - hit.j
            if not 0 <= gap <= _REACH or actor == by or not actor.sides:
                continue
            k = before(actor, self.line)
            also = last is not None and k == last.j and self.line.has(k, "joiner")
            if (also and inflects(self.line)) or self._object(actor, hit, k):
                last = actor
                yield actor

    def _object(self, actor: Actor, hit: Hit, k: int) -> bool:
        """Answer whether a mention after a verb is acted upon; `k` is the token before it."""
        gap = actor.i - hit.j
        if any(self.line.has(k, key) for key in ("by", "away", "beside")):
            return False
        if verb_last(self.line) and (
            self.line.norm(k) == "," or not (self._aimed(actor) or self.line.has(actor.j, "with"))
        ):
            return False
        if cased(actor, self.line, "agent") and actor.kind is not ActorKind.PERSON:
            return False
        direct = (
            gap <= _CLOSE and not self.line.has(k, "joiner") and not self._owned_noun(actor, hit)
        )
        ground = actor.form in _GROUND and gap <= _GROUND_REACH
        return self.line.has(k, "aim") or direct or ground or self._owning(actor)

    def _owned_noun(self, actor: Actor, hit: Hit) -> bool:
        """Answer whether a name in the genitive right behind a noun may be whose deed it is: `удар России`."""
        endings = tuple(self.line.words["infinitive_rest"])
        verb = any(self.line.tokens[k].lemma.endswith(endings) for k in range(hit.i, hit.j))
        return bool(endings) and not verb and actor.i == hit.j and oblique(actor, self.line)

    def _owning(self, actor: Actor) -> bool:
        """Answer whether people or arms right before a mention are its own: `три танка противника`."""
        if not inflects(self.line) or actor.form == PEOPLE:
            return False
        things = (*self.line.of("persons"), *self.line.of("counts"), *self.line.of("instruments"))
        return any(h.j == actor.i for h in things)

    def _objects_before(self, hit: Hit) -> Iterable[Actor]:
        """Find those acted upon before a verb that stands last, by their endings."""
        if not verb_last(self.line) or hit.key == Act.WITHDRAWAL:
            return
        for actor in self.within:
            if not (0 <= hit.i - actor.j <= _GROUND_REACH and actor.sides) or actor.form == CAPITAL:
                continue
            if hit.key in _TALKS:
                if cased(actor, self.line, "with") or self.line.has(actor.j, "with"):
                    yield actor
            elif actor.form != PEOPLE and self._aimed(actor):
                yield actor

    def _aimed(self, actor: Actor) -> bool:
        """Answer whether an ending, a word after it or its arms make a mention the one acted upon."""
        if cased(actor, self.line, "aim") or self.line.has(actor.j, "aim"):
            return True
        if self.line.has(actor.i, "our_positions"):
            return True
        things = (*self.line.of("persons"), *self.line.of("counts"), *self.line.of("instruments"))
        owner = any(0 <= h.i - actor.j <= _CLOSE for h in things)
        return owner and oblique(actor, self.line)
