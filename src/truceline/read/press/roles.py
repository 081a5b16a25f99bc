"""Who acted, for one clause: an accusation names its object, a denial the denier's own side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.model.evidence import Stance
from truceline.model.pack import ActorKind
from truceline.read.naming.actor import PAIR, Actor
from truceline.read.naming.cast import party_of
from truceline.read.naming.families import AGREED, BLAMED, SOFT, TALKS, is_hostile
from truceline.read.press import rules
from truceline.read.press.acting import Reader
from truceline.read.press.doing import Doing
from truceline.read.press.voiced import inflects, interested, listed, none_after, oblique, verb_last

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from truceline.model.acts import Act
    from truceline.model.coding import Cited
    from truceline.read.press.clausal import Clause, Context

_OBJECT_REACH, _MUTUAL_REACH, _NEGATION_REACH, _CUE_LEAD = 4, 4, 3, 3
_MOST_PEOPLE = 4
_TWO = 2
_TURNING = frozenset({"calls_for", "condemns", "supports", "concern"})
_REPORTS = frozenset({"reports", "report", "rumours", "rumors", "allegations", "claims"})
# From the word for reports to whom they are of: `reports of the Azerbaijani`.
_REPORTED = 3


@dataclass(frozen=True, slots=True)
class Roles:
    """Sides that acted and were acted upon, the words for those who acted, and the rules."""

    actors: tuple[str, ...]
    targets: tuple[str, ...]
    words: tuple[Cited, ...]
    rules: tuple[str, ...]
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Casting:
    """Settles the roles of one clause."""

    clause: Clause
    context: Context

    @property
    def reader(self) -> Reader:
        """What finds actors in the whole stretch of the clause."""
        stretch = self.clause.stretch
        return Reader(
            self.context.line,
            self.context.memory,
            self.context.cast,
            stretch.i,
            stretch.j,
            self.clause.speaker,
        )

    def roles(self, acts: Sequence[Act]) -> Roles:
        """Give who acted on whom."""
        clause, stance = self.clause, self.clause.stretch.stance
        here = self.context
        local = Reader(here.line, here.memory, here.cast, clause.i, clause.j, clause.speaker)
        doing = local.doing(clause.hits, talks=bool(TALKS & set(acts)))
        self._remember_talks(acts, doing)
        hostile = not acts or is_hostile(acts)
        actors, targets = doing.actors, doing.targets
        if stance in {"alleges", "condemns"} and hostile and (accused := self.accused()):
            others = (t for t in (*targets, *actors) if t.kind is not ActorKind.PERSON)
            targets = tuple(t for t in others if t not in accused)
            actors = accused
        if stance == "calls_for" and not actors:
            actors = self._addressed()
        speaker = clause.speaker
        own_deed = stance == "admits" or (stance == "agrees" and bool(AGREED & set(acts)))
        if own_deed and speaker is not None and not actors:
            actors = (speaker,)
        sides = _sides(actors)
        of_others = stance == "denies" and self._other_did(doing, sides)
        if of_others or (
            hostile and self._called_false() and doing.actors and not self._own(sides)
        ):
            return Roles(sides, _sides(targets), self._words(actors), doing.rules, denied=True)
        if hostile and speaker is not None and self._denies(sides, somebody=bool(doing.actors)):
            named = doing.rules if stance == "denies" else (*doing.rules, rules.NEGATED)
            own = tuple(dict.fromkeys(speaker.sides))
            return Roles(own, _sides(targets), self._words(actors), named, denied=True)
        if stance == "denies" and not sides and BLAMED & set(acts) and speaker is not None:
            sides = tuple(dict.fromkeys(speaker.sides))
        if doing.mutual:
            return Roles(tuple(sorted(sides)), (), self._words(actors), doing.rules)
        left = _sides(t for t in targets if t not in actors)
        denied = (hostile and self.negated()) or self._called_false()
        return Roles(sides, left, self._words(actors), doing.rules, denied=denied)

    def accused(self) -> tuple[Actor, ...]:
        """Find the object of an accusing verb: the first mention after it."""
        cue = self.clause.stretch.cue
        if cue is None:
            return ()
        speaking = {s for v in self.clause.stretch.layers if v.actor for s in v.actor.sides}
        near = (a for a in self.reader.mentions if 0 <= a.i - cue[1] <= _OBJECT_REACH and a.sides)
        found = next((a for a in near if not set(a.sides) <= speaking), None)
        verbs = [h.i for h in self.context.line.of("speech") if h.key in _TURNING]
        if found is not None and any(cue[1] <= i < found.i for i in verbs):
            return ()  # "condemned the escalation and called on A": A is not condemned
        return (found,) if found else ()

    def _addressed(self) -> tuple[Actor, ...]:
        """Give those called upon where their ending bars them from being a subject: `призвал Армению`."""
        cue = self.clause.stretch.cue
        if cue is None or not inflects(self.context.line):
            return ()
        line, named = self.context.line, [a for a in self.reader.mentions if a.sides]
        mentions = [a for a in named if a.i >= cue[1]]
        first = next((a for a in mentions if a.i - cue[1] <= _OBJECT_REACH), None)
        if first is None and verb_last(line):
            mentions = [a for a in named if a.j <= cue[0] and (a.form == PAIR or oblique(a, line))]
            first = next(iter(mentions), None)
        if first is None:
            return ()
        whole = first
        for actor in mentions[1:]:
            joined_up = listed(actor, mentions, self.context.line)
            if joined_up.i > whole.i:
                break
            whole = joined_up
        return (whole,)

    def mutual(self, acts: Sequence[Act]) -> tuple[tuple[str, str], ...]:
        """Give the pairs (speaker, accused) of a mutual accusation, none where it is not one."""
        stretch, speaker = self.clause.stretch, self.clause.speaker
        if (
            stretch.stance not in {"alleges", "denies", "says"}
            or speaker is None
            or stretch.cue is None
        ):
            return ()
        if not is_hostile(acts) and not SOFT & set(acts):
            return ()
        first, last = stretch.cue
        if stretch.stance == "says" and not self._subject_is_other(last):
            return ()
        near = any(
            first - _CUE_LEAD <= h.i and h.j <= self.clause.j and h.i - last <= _MUTUAL_REACH
            for h in self.context.line.keyed("others", "each_other")
        )
        parties = tuple(sorted({party_of(s, self.context.cast) for s in speaker.sides}))
        if not near or len(parties) != _TWO:
            return ()
        first_party, second_party = parties
        return ((first_party, second_party), (second_party, first_party))

    def _subject_is_other(self, at: int) -> bool:
        """Answer whether what is said begins with `the other`: `both said the other had fired`."""
        words = self.context.line.keyed("others", "each_other")
        return any(0 <= h.i - at <= 1 for h in words)

    def negated(self) -> bool:
        """Answer whether the act is negated, or called false."""
        clause, line = self.clause, self.context.line
        nots = [h for h in line.keyed("negation", "not") if clause.i <= h.i < clause.j]
        near = any(
            0 <= hit.i - n.j <= _NEGATION_REACH
            and not any(line.has(k, "ceasing") for k in range(n.j, hit.i))
            for n in nots
            for hit in clause.hits
        )
        inside = any(hit.i < n.i < hit.j for n in nots for hit in clause.hits)
        return near or inside or self._absent() or self._false()

    def _absent(self) -> bool:
        """Answer whether a word after the act says that there was none: `потерь нет`, `չեն բացել`."""
        clause, line = self.clause, self.context.line
        return any(none_after(hit, line, clause.j) for hit in clause.hits)

    def _false(self) -> bool:
        """Answer whether the act is called false in the same breath, not by somebody else after it."""
        stretch, line = self.clause.stretch, self.context.line
        last = self.clause.hits[-1].j if self.clause.hits else stretch.i
        return any(
            stretch.i <= h.i < stretch.j
            and not any(line.has(k, "contrast") for k in range(last, h.i))
            for h in line.keyed("negation", "false")
        )

    def _called_false(self) -> bool:
        """Answer whether a party calls the news of an act false."""
        speaker = self.clause.speaker
        return speaker is not None and interested(speaker, self.context.cast) and self._false()

    def _own(self, sides: Sequence[str]) -> bool:
        speaker = self.clause.speaker
        return speaker is not None and bool(set(sides) & set(speaker.sides))

    def _other_did(self, doing: Doing, sides: Sequence[str]) -> bool:
        """Answer whether a denial speaks of somebody else: `A denied that B had entered the town`."""
        cue, speaker = self.clause.stretch.cue, self.clause.speaker
        if cue is None or not doing.actors:
            return False
        own = set(speaker.sides) if speaker is not None else set()
        first = min(a.i for a in doing.actors)
        told = self._reports_of(cue[1], first)
        if rules.NOUN_AGENT in doing.rules and not told:
            return False
        said = told or any(self.context.line.has(k, "that") for k in range(cue[1], first))
        return said and not own & set(sides)

    def _reports_of(self, start: int, first: int) -> bool:
        """Answer whether what is denied are reports of somebody's act: `denied reports of Azerbaijani shelling`."""
        line = self.context.line
        return any(
            line.norm(k) in _REPORTS and line.norm(k + 1) == "of" and first - k <= _REPORTED
            for k in range(start, first)
        )

    def _denies(self, sides: Sequence[str], *, somebody: bool) -> bool:
        speaker = self.clause.speaker
        if self.clause.stretch.stance == Stance.DENIES:
            return True
        if speaker is None or not interested(speaker, self.context.cast):
            return False
        own = (not sides and not somebody) or bool(set(sides) & set(speaker.sides))
        return own and self.negated()

    def _remember_talks(self, acts: Sequence[Act], doing: Doing) -> None:
        """Note who is in talks, so that `the two sides` after it can mean them."""
        if not TALKS & set(acts):
            return
        clause, memory = self.clause, self.context.memory
        named = [
            a
            for a in self.context.line.actors
            if clause.i <= a.i < clause.j and a.sides and a.speaks
        ]
        people = [*doing.actors, *(a for a in named if a not in doing.actors)]
        if clause.speaker is not None and not doing.actors:
            people.insert(0, clause.speaker)
        sides = tuple(dict.fromkeys(s for a in people for s in a.sides))
        if len(sides) >= _TWO and len(people) <= _MOST_PEOPLE:
            ids = tuple(dict.fromkeys(x for a in people for x in a.ids))
            memory.talks = Actor(clause.i, clause.j, PAIR, ids, sides)
            memory.talks_at = memory.sentence

    def _words(self, actors: Iterable[Actor]) -> tuple[Cited, ...]:
        line = self.context.line
        return tuple(line.cited(a.i, a.j) for a in actors if a.j <= len(line.tokens) and a.j > a.i)


def _sides(actors: Iterable[Actor]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for a in actors for s in a.sides))
