"""Subjects of speech verbs: the mention before the verb, after it, or carried over from before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from truceline.model.pack import ActorKind
from truceline.read.naming.actor import PAIR, PEOPLE, VOICE, Actor
from truceline.read.naming.families import TALKS
from truceline.read.press.voiced import (
    Memory,
    can_speak,
    cased,
    inflects,
    listed,
    oblique,
    pair_of,
    verb_last,
)

if TYPE_CHECKING:
    from truceline.read.grammar.line import Line
    from truceline.read.naming.cast import Cast
    from truceline.read.naming.lexicon import Hit

MARKS = frozenset({",", '"', "\u201d", "\u00bb", "-", "\u2013", "\u2014"})
_FAR = 14
_NEAR = 3
_PAIR_REACH = 4
_OPENING = 4
_ROLE_BACK = 6
_PARTNER = 2
_PHRASE = 8
_DISCOURSE = frozenset({"alleges", "denies"})
_INVERTED = frozenset({"says", "confirms", "alleges", "denies", "admits"})
_ORGANS = frozenset(
    {
        "ministry",
        "ministry_of_defence",
        "ministry_of_foreign_affairs",
        "authorities",
        "military",
        "spokesperson",
        "general_staff",
    }
)


@dataclass(frozen=True, slots=True)
class Subjects:
    """Finds who stands behind a speech verb of one sentence."""

    line: Line
    memory: Memory
    cast: Cast

    def before(self, hit: Hit) -> Actor | None:
        """Give the nearest mention before the verb that can be its subject."""
        start = self._clause_start(hit.i)
        if joint := self._relative(hit) or self._joint(hit, start):
            return joint
        best: Actor | None = None
        for actor in self.line.actors:
            if actor.j > hit.i or actor.i < start or hit.i - actor.j > _FAR:
                continue
            if not can_speak(actor) or self._object(actor):
                continue
            # "X, which Y says ...": the one right before the verb is its subject.
            if best is None or actor.j == hit.i or not self._about(best, actor):
                best = actor
        if best is None:
            return self._issuer_of_document(hit, start) or self._pair(hit, start)
        if any(best.j <= h.i and h.j <= hit.i for h in self.line.of("speech")):
            # Another verb already has this subject; only a joined verb may share it.
            return best if self.shares(hit) else None
        return self._with_partner(best)

    def _relative(self, hit: Hit) -> Actor | None:
        """Give `..., which said` to the one right before it, whatever stands before that name."""
        k = hit.i - 1
        if k < 1 or self.line.norm(k) not in {"which", "who"}:
            return None
        ends = {k, k - 1} if self.line.norm(k - 1) == "," else {k}
        return next((a for a in self.line.actors if a.j in ends and can_speak(a)), None)

    def _joint(self, hit: Hit, start: int) -> Actor | None:
        """Give `X urged Y to agree and said` to X: a joined verb has the subject of the first."""
        k = hit.i - 1
        while k > start and self.line.has(k, "auxiliary"):
            k -= 1
        if not self.line.has(k, "joiner") or verb_last(self.line):
            return None
        able = (a for a in self.line.actors if start <= a.i and a.j <= k and hit.i - a.j <= _FAR)
        return next(
            (self._with_partner(a) for a in able if can_speak(a) and not self._object(a)), None
        )

    def inverted(self, hit: Hit) -> Actor | None:
        """Give the speaker right after the verb: `said Peskov`, and in Russian wherever it stands."""
        actor = next((a for a in self.line.actors if 0 <= a.i - hit.j <= 1 and can_speak(a)), None)
        if actor is None or hit.key not in _INVERTED or self.line.has(hit.i, "addressing"):
            return None
        if oblique(actor, self.line):
            return None  # "обвинили Россию": whom, not who
        english = self.line.tokens[hit.i].text.isascii() and not verb_last(self.line)
        if english and hit.key not in {"says", "confirms"}:
            return None  # "accusing Armenia": whom, not who
        if english and self._goes_on(actor):
            return None  # "X, who met Y, said Z had ...": Z is no speaker
        if not english or not hit.i or self.line.norm(hit.i - 1) in MARKS:
            return actor
        # "said Armenia shelled": a verb after the name makes it the subject of what is said.
        told = any(actor.i <= h.i <= actor.j + _NEAR for h in self.line.of("acts"))
        return None if told or hit.key != "says" or self.before(hit) is not None else actor

    def _goes_on(self, actor: Actor) -> bool:
        """Answer whether a verb follows a mention, so that it is the subject of what is said."""
        k = actor.j
        verb = any(h.i == k for cls in ("acts", "modality", "negation") for h in self.line.of(cls))
        return verb or self.line.has(k, "auxiliary") or self.line.has(k, "be")

    def begin(self, first: int) -> int:
        """Give where the words before a speaker begin: `the regional` officials, `Donetsk` governor."""
        k = first
        while k and first - k < _PARTNER + 1 and self._in_phrase(k - 1) and not self._ended(k - 1):
            k -= 1
        return k if not k or self.line.norm(k - 1) in MARKS else first

    def _ended(self, k: int) -> bool:
        return self.line.has(k, "preposition") or self.line.has(k, "auxiliary")

    def unnamed(self, hit: Hit) -> Actor | None:
        """Give the words before a verb for somebody no pack knows: `a witness said`.

        `the head of X` and `a source in X` speak for X where the pack knows X.
        """
        last = hit.i
        while last and self.line.has(last - 1, "auxiliary"):
            last -= 1
        first = last
        while first > max(0, last - _PHRASE) and self._in_phrase(first - 1):
            first -= 1
        head = range(first, last)
        if not any(self.line.tokens[k].word and len(self.line.norm(k)) > 1 for k in head):
            return None
        if self.line.has(last - 1, "pronoun") or self.line.has(last - 1, "preposition"):
            return None
        return self._led(first, last) or Actor(first, last, VOICE)

    def _in_phrase(self, k: int) -> bool:
        """Answer whether a token may belong to the phrase that stands before a verb."""
        stops = ("contrast", "break", "be", "joiner", "relative")
        busy = any(h.i <= k < h.j for h in (*self.line.of("acts"), *self.line.of("speech")))
        timed = any(t.i <= k < t.j for t in self.line.times)
        word = self.line.tokens[k].word
        return word and not busy and not timed and not any(self.line.has(k, s) for s in stops)

    def _led(self, first: int, last: int) -> Actor | None:
        """Find X in `the head of X`: a leading noun, a preposition and a mention, side by side."""
        for k in range(first, last):
            if not self.line.has(k, "leading") or not self.line.has(k + 1, "leading_of"):
                continue
            begins = k + 3 if self.line.has(k + 2, "article") else k + 2
            found = (a for a in self.line.actors if a.i == begins and a.j <= last and can_speak(a))
            actor = next(found, None)
            if actor is not None:
                return replace(actor, i=first, j=last)
        return None

    def listed(self, hit: Hit) -> Actor | None:
        """Give whom a list is about to a verb that opens one of its items."""
        lead = self.memory.lead
        return lead.actor if lead is not None and hit.i <= _OPENING else None

    def opening(self, hit: Hit) -> Actor | None:
        """Give the subject of the sentence to a participle or a joined verb far from it."""
        if not self.shares(hit):
            return None
        return next(
            (
                a
                for a in self.line.actors
                if a.i <= _OPENING and can_speak(a) and not self._object(a)
            ),
            None,
        )

    def shares(self, hit: Hit) -> bool:
        """Answer whether a verb takes the subject of the one before: `..., saying`, `and called`."""
        near = range(max(0, hit.i - _NEAR), hit.i)
        linked = any(
            self.line.has(k, "joiner") or self.line.has(k, "contrast") or self.line.norm(k) == ","
            for k in near
        )
        return linked or self.line.tokens[hit.i].norm.endswith("ing")

    def known(self, actor: Actor) -> Actor:
        """Resolve a bare office by the last one named, else by where the text was written."""
        if actor.sides or actor.ids or not actor.role:
            return actor
        if (whose := self._apposed(actor)) is not None:
            return whose
        both = next(
            (h for h in self.line.keyed("others", "both") if 0 <= h.i - actor.j <= _NEAR), None
        )
        if both is not None and self.memory.talks is not None:
            return replace(self.memory.talks, i=actor.i, j=both.j, role=actor.role)
        return self._held_before(actor) or self._at_home(actor) or actor

    def _apposed(self, actor: Actor) -> Actor | None:
        """Give whose role it is where no word for `of` stands between: `представитель МИД Армении`."""
        after = next((a for a in self.line.actors if a.i >= actor.j), None)
        if after is None or self.line.words["article"] & {"the"} or not after.sides:
            return None
        between = range(actor.j, after.i)
        person = after.kind is ActorKind.PERSON and len(between) <= 1
        plain = all(self.line.tokens[k].word for k in between)
        apart = any(self.line.has(k, "preposition") or self.line.has(k, "joiner") for k in between)
        if not plain or apart or not (person or not between):
            return None
        if not person and after.form not in {VOICE, "forces"}:
            return None
        return replace(after, i=actor.i, role=after.role if person else actor.role)

    def leading(self, hit: Hit) -> Actor | None:
        """Give the subject far before a verb that stands last: the first mention that can be one."""
        start = self._clause_start(hit.i)
        said = [h.j for h in self.line.of("speech") if h.j <= hit.i and start <= h.i]
        start = max([start, *said])
        named = [a for a in self.line.actors if start <= a.i and a.j <= hit.i and can_speak(a)]
        free = [a for a in named if not self._object(a) and not self._postponed(a)]
        if not free:
            return self._both_before(hit, start)
        whole = free[0]
        for actor in free[1:]:
            joined_up = listed(actor, free, self.line)
            if joined_up.i > whole.i:
                break
            whole = joined_up
        return whole

    def _both_before(self, hit: Hit, start: int) -> Actor | None:
        """Give `both sides` anywhere before a verb that stands last, unless an ending makes them its object."""
        named = (h for h in self.line.keyed("others", "both") if start <= h.i < hit.i)
        both = next((h for h in named if not self._oblique_words(h)), None)
        if both is None:
            return None
        return self._both(both, hit)

    def _oblique_words(self, hit: Hit) -> bool:
        """Answer whether words for both sides have an ending that no subject has."""
        words = Actor(hit.i, hit.j, PAIR)
        return any(cased(words, self.line, key) for key in ("oblique", "oblique_name"))

    def _postponed(self, actor: Actor) -> bool:
        """Answer whether a word after a mention says what part it has: `... կողմից`, `... ilə`."""
        return self.line.has(actor.j, "postposition")

    def _held_before(self, actor: Actor) -> Actor | None:
        """Take `the ministry` for the one named before, unless a new name stands beside it."""
        role = actor.role or ""
        if self._other_person(actor) or self.memory.recent(_ROLE_BACK) is None:
            return None
        before = self.memory.roles.get(role)
        if before is None and role in _ORGANS:
            before = self.memory.speaker
        if before is None:
            return None
        ids = before.ids if before.role == role else ()
        flags = (*actor.flags, "role_carried_over")
        return replace(actor, ids=ids, sides=before.sides, flags=flags)

    def _at_home(self, actor: Actor) -> Actor | None:
        """Take `the army` in a text from a capital for that state's army, and say so."""
        home = self.memory.home
        if home is None or (self._other_person(actor) and actor.role not in _ORGANS):
            return None
        return replace(actor, sides=home.sides, flags=(*actor.flags, "role_from_dateline"))

    def _other_person(self, actor: Actor) -> bool:
        """Answer whether a name nobody knows stands after the office: not who held it before."""
        return actor.j - actor.i > 1 and not any(h.j == actor.j for h in self.line.of("roles"))

    def _with_partner(self, actor: Actor) -> Actor:
        """Join `Armenia and Azerbaijan` into one subject of two sides."""
        if actor.form == PAIR or not actor.sides:
            return actor
        named = [a for a in self.line.actors if a.sides and (can_speak(a) or a.form == PEOPLE)]
        return listed(actor, [a for a in named if not self._object(a)], self.line)

    def _pair(self, hit: Hit, start: int) -> Actor | None:
        """Give `both sides` as a subject: the parties, or the people who were talking."""
        near = (
            h
            for h in self.line.keyed("others", "both")
            if start <= h.i and 0 <= hit.i - h.j <= _PAIR_REACH
        )
        both = next(near, None)
        if both is None:
            return None
        return self._both(both, hit)

    def _both(self, both: Hit, hit: Hit) -> Actor | None:
        """Resolve `both sides`: what is more than talks is the parties' own."""
        deeds = inflects(self.line) and any(h.key not in TALKS for h in self.line.of("acts"))
        return pair_of(both, self.memory, self.cast, hostile=deeds or hit.key in _DISCOURSE)

    def _issuer_of_document(self, hit: Hit, start: int) -> Actor | None:
        """Give the issuer in `a statement by X said`, where X stands after a preposition."""
        named = (h for h in self.line.keyed("source", "document") if start <= h.i < hit.i)
        document = next(named, None)
        if document is None:
            return None
        inside = (
            a for a in self.line.actors if document.j <= a.i and a.j <= hit.i and can_speak(a)
        )
        return next(inside, None)

    def _clause_start(self, at: int) -> int:
        for k in range(at - 1, -1, -1):
            if self.line.norm(k) == ";" or self.line.has(k, "contrast"):
                return k + 1
        return 0

    def _object(self, actor: Actor) -> bool:
        """Answer whether a mention follows a preposition or has an ending that no subject has."""
        if oblique(actor, self.line):
            return True
        k = actor.i - 1
        if self.line.has(k, "article"):
            k -= 1
        return self.line.has(k, "preposition") and not self._heads(k)

    def _heads(self, at: int) -> bool:
        """Answer whether `of` follows the head of an organ: `the head of X`, no `A, head of X`."""
        if not self.line.has(at, "of") or not self.line.has(at - 1, "leading"):
            return False
        k = at - 2
        while k >= 0 and (self.line.has(k, "article") or self.line.has(k, "compound_before")):
            k -= 1
        return self.line.norm(k) != ","

    def _about(self, known: Actor, actor: Actor) -> bool:
        """Answer whether a later mention stands in a clause about the first: `X, who met Y, said`."""
        inside = any(self.line.has(k, "relative") for k in range(known.j, actor.i))
        return inside and not any(known.j <= h.i < actor.i for h in self.line.of("speech"))
