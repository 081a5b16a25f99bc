"""Who is said to have done it, and to whom: grammar around the words for an act."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from truceline.model.acts import Act
from truceline.model.pack import ActorKind
from truceline.read.naming.actor import (
    CAPITAL,
    FORCES,
    PAIR,
    PEOPLE,
    POSITIONS,
    STATE,
    TERRITORY,
    VOICE,
    Actor,
)
from truceline.read.naming.families import families
from truceline.read.press import rules
from truceline.read.press.doing import Doing, distinct, first_kind
from truceline.read.press.targets import Targets, before
from truceline.read.press.voiced import (
    Memory,
    cased,
    inflects,
    is_form,
    listed,
    none_after,
    oblique,
    pair_of,
    verb_last,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.read.grammar.line import Line
    from truceline.read.naming.cast import Cast
    from truceline.read.naming.lexicon import Hit

_REACH, _BY_REACH, _BETWEEN_REACH, _GROUND_REACH = 16, 14, 5, 8
_CLOSE, _NEAR = 2, 3
_AGENT_NOUNS = frozenset({PEOPLE, STATE, FORCES, VOICE, CAPITAL, PAIR})
_GROUND = frozenset({POSITIONS, TERRITORY})
_TALKS = frozenset({"meeting", "phone_call", "negotiation", "mediation"})
_NOT_FROM = frozenset(
    {
        "withdrawal",
        "displacement",
        "foreign_fighters",
        "meeting",
        "phone_call",
        "release_of_prisoners",
        "ceasefire_agreement",
        "detention",
    }
)
_BEFALLS = frozenset({Act.CASUALTIES, Act.EXPLOSION, Act.MINE_EXPLOSION})
_CLAUSE_REACH = 10
_FREED = frozenset({Act.RELEASE_OF_PRISONERS, Act.EXCHANGE_OF_PRISONERS_AND_REMAINS, Act.DETENTION})
_PARTICIPLE = ("ed", "en", "t", "n", "k", "d")


@dataclass(frozen=True)
class Reader:
    """Finds actors and targets of the acts in tokens `i` up to `j` of a sentence."""

    line: Line
    memory: Memory
    cast: Cast
    i: int
    j: int
    speaker: Actor | None

    def doing(self, hits: Sequence[Hit], *, talks: bool) -> Doing:
        """Give who did what to whom for the act words of one clause."""
        if between := self._between(hits):
            return between
        actors: list[Actor] = []
        targets: list[Actor] = []
        named: list[str] = []
        for hit in hits:
            found = self._one(hit, talks=talks)
            actors.extend(found.actors)
            targets.extend(found.targets)
            named.extend(found.rules)
        chosen = first_kind(actors)
        left = distinct(t for t in targets if t not in chosen)
        return Doing(chosen, left, tuple(dict.fromkeys(named)))

    def _one(self, hit: Hit, *, talks: bool) -> Doing:
        """Give who did what one act word tells: the one after `by`, the owner, or the subject."""
        by = self._by(hit)
        passive = self._passive(hit)
        owner = None if passive else self._owner(hit)
        subject = self._subject(hit, talks=talks)
        targets = list(Targets(self.line, self._within, self.i).of(hit, by))
        if subject is not None and (passive or subject.form in _GROUND):
            targets.append(subject)
            subject = None
        near = range(max(self.i, hit.i - _NEAR), min(hit.j + _CLOSE, self.j))
        repelled = any(is_form(self.line, k, "repelled") for k in near)
        if (hit.key in _BEFALLS and by is None) or repelled:
            # Those who die, step on a mine, have losses or repel an attack: acted upon.
            harmed = [a for a in (owner, subject) if a is not None]
            return Doing((), tuple([] if self._none(hit) else [*targets, *harmed]))
        if by is not None or owner is not None:
            pairs = ((by, rules.BY_AGENT), (owner, rules.NOUN_AGENT))
            told = [(actor, name) for actor, name in pairs if actor is not None]
            return Doing(tuple(a for a, _ in told), tuple(targets), tuple(n for _, n in told))
        if subject is None:
            return Doing((), tuple(targets))
        name = _NAMES.get(subject.flags[0] if subject.flags else "", rules.SUBJECT_ACTS)
        return Doing((subject,), tuple(targets), (name,))

    def _none(self, hit: Hit) -> bool:
        """Answer whether nobody is told to have come to harm: `no casualties`, `потерь нет`."""
        nots = [h for h in self.line.keyed("negation", "not") if self.i <= h.i < self.j]
        return any(0 <= hit.i - n.j <= _NEAR for n in nots) or none_after(hit, self.line, self.j)

    @cached_property
    def _within(self) -> tuple[Actor, ...]:
        return tuple(a for a in self.mentions if self.i <= a.i and a.j <= self.j)

    @cached_property
    def mentions(self) -> tuple[Actor, ...]:
        """Give the sentence's mentions with `the enemy` and `both sides` among them."""
        found = list(self.line.actors)
        for hit in self.line.of("others"):
            if any(a.i < hit.j and hit.i < a.j for a in self.line.actors) or self._phrased(hit):
                continue
            actor = self.other(hit)
            if actor is not None:
                found.append(actor)
        return tuple(sorted(found, key=lambda a: a.i))

    def _phrased(self, hit: Hit) -> bool:
        """Answer whether a word is part of a preposition: `_ X side`."""
        return any(h.i < hit.i and hit.j <= h.j for h in self.line.of("grammar"))

    def other(self, hit: Hit) -> Actor | None:
        """Give whom `both sides` or `the enemy` mean here, None for other words."""
        if hit.key == "both":
            return pair_of(hit, self.memory, self.cast, hostile=self._hostile_here())
        if self.speaker is None or hit.key not in {"enemy", "own"}:
            return None
        follower = next((h for h in self.line.of("forces") if 0 <= h.i - hit.j <= 1), None)
        ours = self.line.has(hit.i, "our_forces") or self.line.has(hit.i, "our_positions")
        if hit.key == "own" and not ours and (follower is None or self._named_before(hit)):
            return None
        j = follower.j if follower is not None else hit.j
        form = FORCES if follower is None or follower.key == "forces" else POSITIONS
        if self.line.has(hit.i, "our_positions"):
            form = POSITIONS
        if hit.key == "own":
            return Actor(hit.i, j, form, (), self.speaker.sides) if self.speaker.sides else None
        sides = self.cast.opponents(self.speaker.sides)
        return Actor(hit.i, j, form, (), sides, flags=("enemy",)) if sides else None

    def _named_before(self, hit: Hit) -> bool:
        """Answer whether `its` may point to somebody named here before it rather than to who speaks."""
        return any(self.i <= a.i < hit.i and a.sides for a in self.line.actors)

    def _hostile_here(self) -> bool:
        """Answer whether more than talks is told here: then `both sides` are the parties."""
        acts = [h for h in self.line.of("acts") if self.i <= h.i < self.j]
        return not acts or any(h.key not in _TALKS for h in acts)

    def _between(self, hits: Sequence[Hit]) -> Doing | None:
        """Read `clashes between A and B` and `exchange of fire between A and B`."""
        for hit in hits:
            if verb_last(self.line) and (told := self._listed_before(hit)):
                return Doing(told, (), (rules.BETWEEN,), mutual=True)
            near = range(hit.j, min(hit.j + _BETWEEN_REACH, self.j))
            at = next((k for k in near if self.line.has(k, "between")), None)
            if at is None:
                continue
            sides = [a for a in self._within if at < a.i <= at + _REACH and a.sides]
            if sides and len({s for a in sides for s in a.sides}) > 1:
                return Doing(tuple(sides), (), (rules.BETWEEN,), mutual=True)
        return None

    def _listed_before(self, hit: Hit) -> tuple[Actor, ...]:
        """Give A and B of `A B arasinda`, where the word for between stands behind them."""
        lead = range(max(self.i, hit.i - _BETWEEN_REACH), hit.i)
        at = next((k for k in lead if self.line.has(k, "between")), None)
        sides = tuple(a for a in self._within if at and at - _BETWEEN_REACH <= a.i < at and a.sides)
        return sides if len({s for a in sides for s in a.sides}) > 1 else ()

    def _by(self, hit: Hit) -> Actor | None:
        """Find the one after `by` or, for fire, after `from`."""
        stop = min(self.j, hit.j + _BY_REACH)
        for prep in self.line.of("grammar"):
            if prep.key not in {"by", "from"} or not hit.j <= prep.i < stop:
                continue
            if self._other_event(hit.j, prep.i, hit):
                break
            actor = next((a for a in self._within if 0 <= a.i - prep.j <= _CLOSE and a.sides), None)
            if actor is None or (prep.key == "from" and not self._fired_from(hit, prep, actor)):
                continue
            return actor
        return self._by_form(hit)

    def _by_form(self, hit: Hit) -> Actor | None:
        """Find the one whose ending or a word after it says that it acts: `войсками`, `... կողմից`."""
        if verb_last(self.line):
            return next(
                (
                    a
                    for a in self._within
                    if a.sides and self.line.has(a.j, "agent") and abs(a.i - hit.i) <= _BY_REACH
                ),
                None,
            )
        after = (
            a
            for a in self._within
            if hit.j <= a.i < hit.j + _BY_REACH and a.sides and a.kind is not ActorKind.PERSON
        )
        return next(
            (
                a
                for a in after
                if cased(a, self.line, "agent")
                and not self._prepositioned(a)
                and not self._other_event(hit.j, a.i, hit)
            ),
            None,
        )

    def _other_event(self, first: int, last: int, hit: Hit) -> bool:
        """Answer whether another event is told between: the one after `by` did that one."""
        mine = families([hit])
        return (
            any(
                first <= h.i < last and len(families([mine[0][0], h])) > 1
                for h in self.line.of("acts")
            )
            or any(first <= h.i < last for h in self.line.of("speech"))
            or any(self.line.norm(k) == ";" for k in range(first, last))
        )

    def _fired_from(self, hit: Hit, prep: Hit, actor: Actor) -> bool:
        """Answer whether `from X` names who fired: not where somebody came from or withdrew."""
        if actor.form not in {FORCES, STATE, POSITIONS, TERRITORY} or hit.key in _NOT_FROM:
            return False
        if any(self.line.has(k, "in") for k in range(prep.j, actor.i)):
            return False  # "from outside A's territory"
        return not any(hit.i < h.i < prep.i for h in self.line.of("acts"))

    def _passive(self, hit: Hit) -> bool:
        """Answer whether the act word stands in the passive: `was shelled`, `came under fire`."""
        if self.line.has(hit.i, "under") or (hit.j - hit.i > 1 and self.line.has(hit.i, "was")):
            return True
        token = self.line.tokens[hit.j - 1]
        if endings := tuple(self.line.words["passive_rest"]):
            ends = (self.line.tokens[hit.i], token)
            verbs = [t for t in ends if t.norm != t.lemma]
            active = any(is_form(self.line, k, "deponent") for k in range(hit.i, hit.j))
            return not active and any(t.norm.endswith(endings) for t in verbs)
        if not token.text.isascii() or token.norm.endswith("ing"):
            return False
        before = any(0 <= hit.i - h.j <= _NEAR for h in self.line.keyed("grammar", "be"))
        return token.norm.endswith(_PARTICIPLE) and (before or self._reduced(hit))

    def _reduced(self, hit: Hit) -> bool:
        """Answer whether a participle only tells which ones: `soldiers captured in July will go home`."""
        if not self.line.has(hit.j, "preposition"):
            return False
        for k in range(hit.j, min(hit.j + _CLAUSE_REACH, self.j)):
            stops = ("joiner", "relative", "contrast", "break")
            if self.line.norm(k) in {",", ";"} or any(self.line.has(k, key) for key in stops):
                return False
            modal = any(h.i == k for h in self.line.of("modality"))
            if modal or self.line.has(k, "be") or self.line.norm(k) in {"have", "has", "had"}:
                return True
        return False

    def _owner(self, hit: Hit) -> Actor | None:
        """Find the owner of a deed told by a noun: `Armenian shelling`, `Armenia's attack on`."""
        word = self.line.tokens[hit.i].norm
        verb = word.endswith("ed") or hit.key in {"meeting", "phone_call"}
        for actor in self._within:
            gap = hit.i - actor.j
            if actor.i <= hit.i < actor.j and actor.form == FORCES and hit.key not in _FREED:
                # "Azerbaijani drone strikes": the weapon is in the name of those who used it.
                return actor
            if verb or not 0 <= gap <= _NEAR or not actor.sides or actor.form not in _AGENT_NOUNS:
                continue
            if "enemy" in actor.flags and gap == 0 and inflects(self.line):
                return actor  # "вражеских обстрелов"
            adjective = (
                actor.form == PEOPLE
                and hit.key != "foreign_fighters"
                and self._plain(actor.j, hit.i)
            )
            if adjective or self.line.tokens[actor.j - 1].possessive:
                return actor
        of = next((h for h in self.line.keyed("grammar", "of") if h.i == hit.j), None)
        if of is None or hit.key != "hostile_act" or word not in self.line.words["side_noun"]:
            return None
        near = (a for a in self._within if 0 <= a.i - of.j <= 1 and a.sides)
        return next((a for a in near if a.form in {STATE, FORCES}), None)

    def _plain(self, first: int, last: int) -> bool:
        """Answer whether only plain words stand between: `Armenian heavy shelling`."""
        busy = {k for h in self.line.of("grammar") for k in range(h.i, h.j)}
        words = range(first, last)
        return not busy & set(words) and all(
            self.line.tokens[k].word and not self.line.tokens[k].capital for k in words
        )

    def _subject(self, hit: Hit, *, talks: bool) -> Actor | None:
        """Find the nearest mention before the verb that can be its subject."""
        best: Actor | None = None
        for actor in self._within:
            gap = hit.i - actor.j
            if not 0 <= gap <= _REACH or not actor.sides or (actor.form == PEOPLE and gap > 1):
                continue
            if actor.form == PEOPLE and hit.key == "foreign_fighters":
                continue  # "Syrian mercenaries": where they come from
            if self._prepositioned(actor) and not (talks and actor.form == PAIR):
                continue
            if self._barred(actor, first=best is None):
                continue
            between = range(actor.j, hit.i)
            parted = best is None and not talks and any(self.line.has(k, "break") for k in between)
            if parted or any(self.line.norm(k) == ";" for k in between):
                continue
            best = actor
        group = self._group(hit)
        if group is not None and (best is None or best.j <= group.i):
            return group
        return self._oneself(hit) if best is None else self._with_partner(best)

    def _barred(self, actor: Actor, *, first: bool) -> bool:
        """Answer whether the form of a mention, or its place before a last verb, bars it as a subject."""
        if oblique(actor, self.line) or self.line.has(actor.j, "postposition"):
            return True
        return not first and verb_last(self.line) and actor.form in _GROUND

    def _group(self, hit: Hit) -> Actor | None:
        """Give `guerrillas` or `gunmen` right before a verb: somebody else, whose side nobody names."""
        for word in self.line.of("forces"):
            if word.key != "forces" or not self.i <= word.i < word.j <= hit.i:
                continue
            beside = inflects(self.line)  # "подразделения Армии", "բանակի ստորաբաժանումները"
            named = any(
                (a.i < word.j and word.i < a.j) or (beside and word.i in {a.j, a.i - 1})
                for a in self.line.actors
            )
            between = range(word.j, hit.i)
            near = len(between) <= _CLOSE and all(self.line.has(k, "auxiliary") for k in between)
            if near and not named and not self.line.has(word.i - 1, "own"):
                return Actor(word.i, word.j, FORCES)
        return None

    def _oneself(self, hit: Hit) -> Actor | None:
        """Take `it` in `X said it struck` for X, and the first verb of an item for whom it is about."""
        lead = self.memory.lead
        if lead is not None and not lead.says and hit.i - self.i <= _CLOSE:
            return replace(lead.actor, i=hit.i, j=hit.i)
        if self.speaker is None or not self.speaker.sides or self._named_before(hit):
            return None
        first = next(
            (k for k in range(max(self.i, hit.i - _CLOSE), hit.i) if self.line.has(k, "oneself")),
            None,
        )
        if first is None or any(self.line.has(k, "relative") for k in range(first, hit.i)):
            return None
        if first - self.i > _CLOSE and not self.line.has(first, "we"):
            return None
        return Actor(first, first + 1, STATE, (), self.speaker.sides)

    def _with_partner(self, actor: Actor) -> Actor:
        if actor.form == PAIR:
            return actor
        return listed(actor, [a for a in self._within if a.sides], self.line)

    def _prepositioned(self, actor: Actor) -> bool:
        k = before(actor, self.line)
        if k < self.i or not self.line.has(k, "preposition"):
            return False
        # "units of the A army": the army's own.
        owned = any(h.j == k and h.key == "forces" for h in self.line.of("forces"))
        return not (owned and self.line.has(k, "of"))


_NAMES = {"enemy": rules.ENEMY, "both_sides": rules.BOTH}
