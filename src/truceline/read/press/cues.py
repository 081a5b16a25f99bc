"""Speech words and their subjects: which words attribute, and to whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from truceline.model.evidence import ClaimKind
from truceline.read.naming.actor import VOICE, Actor
from truceline.read.press import rules
from truceline.read.press.cue import UNSAID, VOUCHES_NOT, Cue, rules_of
from truceline.read.press.doers import MARKS, Subjects
from truceline.read.press.voiced import Memory, Voiced, can_speak, inflects, verb_last

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.read.grammar.line import Line
    from truceline.read.naming.cast import Cast
    from truceline.read.naming.lexicon import Hit

_FAR = 14
_NEAR = 3
_LEADING = 2
_SENTENCES_BACK = 3
_BY_REACH = 6
_STOPS = frozenset({",", ";", "."})
_COLONS = frozenset({":", "\u055d"})
_TOLD_BEFORE = frozenset({"denies", "alleges"})
_ATTITUDES = frozenset({"concern", "condemns", "supports"})
_PASSIVE = frozenset({"alleges", "says", "condemns", "calls_for", "denies"})
_TRAILING = frozenset({"says", "alleges", "confirms"})
_ALONE = frozenset({*_ATTITUDES, "calls_for", "denies", "alleges"})
_OF_ISSUER = frozenset({"retracts", VOUCHES_NOT, *ClaimKind})
_INFINITIVES = frozenset({"says", "confirms", "agrees", "denies", "admits", "retracts"})
_UNNAMED = frozenset({"says", "alleges", "denies", "admits", "calls_for"})


@dataclass(frozen=True, slots=True)
class Cues:
    """Finds the attributing words of a sentence and who stands behind them."""

    line: Line
    memory: Memory
    cast: Cast

    @property
    def subjects(self) -> Subjects:
        """What finds the subject of a verb."""
        return Subjects(self.line, self.memory, self.cast)

    def acts(self, i: int, j: int) -> bool:
        """Answer whether an act word begins in tokens `i` up to `j`."""
        return any(i <= h.i < j for h in self.line.of("acts"))

    def find(self) -> list[Cue]:
        """Give the cues of a sentence in the order in which their parts of it begin."""
        found: list[Cue] = []
        taken = -1
        words = [*self.line.of("speech"), *self.line.of("source")]
        for hit in sorted(words, key=lambda h: (h.i, -h.j, h.cls != "source")):
            if hit.i < taken:
                continue
            cue = (
                self._source(hit)
                if hit.cls == "source"
                else self._speech(self._narrowed(hit), found)
            )
            if cue is not None:
                taken = hit.j
                found.append(cue)
        return self._owned(sorted(self._distinct(found), key=lambda c: c.first))

    def _untrue_before(self, hit: Hit) -> bool:
        """Answer whether only something called false stands before a verb: `... is not true, X said`."""
        false = any(h.j <= hit.i for h in self.line.keyed("negation", "false"))
        return false and not self.acts(hit.j, len(self.line.tokens))

    def _narrowed(self, hit: Hit) -> Hit:
        """Leave out of a denial what it denies: `назвала сообщения фейком`."""
        return replace(hit, j=hit.i + 1) if hit.key == "denies" and self.acts(hit.i, hit.j) else hit

    def _owned(self, cues: list[Cue]) -> list[Cue]:
        """Give `"We condemn ...", X said` to X: a wish or feeling without a subject of its own."""
        for at, cue in enumerate(cues[:-1]):
            after = cues[at + 1]
            if cue.voice is None and cue.key != UNSAID and after.trailing and after.voice:
                cues[at] = replace(cue, voice=after.voice, rules=(*cue.rules, *after.rules))
        return cues

    def _distinct(self, cues: Sequence[Cue]) -> Iterator[Cue]:
        """Keep one cue for a subject with two words: `issued a statement, saying`."""
        last: Cue | None = None
        for cue in cues:
            if last is not None and self._same(last, cue):
                last = replace(last, hit=cue.hit, rules=(*last.rules, *cue.rules))
                continue
            if last is not None:
                yield last
            last = cue
        if last is not None:
            yield last

    def _same(self, first: Cue, second: Cue) -> bool:
        if first.voice is None or second.voice is None or first.source or first.trailing:
            return False
        told = self.acts(first.hit.j, second.hit.i)
        return (
            first.voice.actor == second.voice.actor
            and first.key == second.key == "says"
            and not told
        )

    # -- sources: `according to X`, `reported by X`, `the statement says` ----------------------------

    def _source(self, hit: Hit) -> Cue | None:
        match hit.key:
            case "according_to":
                return self._according(hit)
            case "reported_by":
                return self._reported_by(hit)
            case "pointer":
                return self._pointer(hit)
            case _:
                return None

    def _whose(self, hit: Hit) -> Cue | None:
        """Read `X-ի խոսքով` and `X-in sözlərinə görə`, where the speaker stands before the words."""
        line = self.line
        near = [a for a in line.actors if 0 <= hit.i - a.j <= _LEADING and can_speak(a)]
        if not verb_last(line) or not near:
            return None
        actor = self.subjects.known(near[-1])
        voice = Voiced(actor, (hit.i, hit.j))
        trailing = self.acts(0, near[-1].i) and not self.acts(hit.j, len(line.tokens))
        return Cue(
            hit, "says", voice, near[-1].i, (rules.ACCORDING,), trailing=trailing, source=True
        )

    def _according(self, hit: Hit) -> Cue | None:
        if cue := self._whose(hit):
            return cue
        end = len(self.line.tokens)
        near = (a for a in self.line.actors if hit.j <= a.i < hit.j + _FAR and can_speak(a))
        actor = next(near, None)
        if actor is None or any(self.line.norm(k) in _STOPS for k in range(hit.j, actor.i)):
            actor = self._somebody(hit)
        if actor is None:
            return None
        after = range(actor.j, min(actor.j + _FAR, end))
        limit = next((k for k in after if self.line.norm(k) in _STOPS), actor.j)
        parted = (
            self.line.norm(hit.i - 1) in {",", ";"}
            or self.line.has(hit.i - 1, "joiner")
            or (self.line.has(hit.i - 1, "contrast"))
        )
        nothing_before = parted and self.acts(limit, end) and not self.acts(0, hit.i)
        leading = hit.i <= _LEADING or nothing_before
        voice = Voiced(self.subjects.known(actor), (hit.i, hit.j))
        moved = _moved(hit, limit if leading else max(actor.j, hit.j))
        return Cue(
            moved, "says", voice, hit.i, (rules.ACCORDING,), trailing=not leading, source=True
        )

    def _somebody(self, hit: Hit) -> Actor | None:
        """Give the words up to the comma for a source no pack knows, in a language with endings."""
        stop = next(
            (
                k
                for k in range(hit.j, min(hit.j + _BY_REACH, len(self.line.tokens)))
                if self.line.norm(k) == ","
            ),
            None,
        )
        words = range(hit.j, stop or hit.j)
        if not words or not inflects(self.line) or self.acts(hit.j, words.stop):
            return None
        return Actor(hit.j, words.stop, VOICE)

    def _reported_by(self, hit: Hit) -> Cue | None:
        actor = next(
            (a for a in self.line.actors if 0 <= a.i - hit.j <= _NEAR and can_speak(a)), None
        )
        if actor is None:
            return None
        voice = Voiced(self.subjects.known(actor), (hit.i, hit.j))
        moved = _moved(hit, actor.j)
        return Cue(moved, "says", voice, hit.i, (rules.REPORTED_BACK,), trailing=True, source=True)

    def _pointer(self, hit: Hit) -> Cue | None:
        speaker = self.memory.recent(_SENTENCES_BACK)
        if speaker is None or any(a.i < hit.i for a in self.line.actors if can_speak(a)):
            return None
        voice = Voiced(speaker, (hit.i, hit.j), inferred=True, here=False)
        return Cue(hit, "says", voice, hit.i, (rules.POINTER,), trailing=self._only_before(hit))

    # -- speech verbs --------------------------------------------------------------------------------

    def _speech(self, hit: Hit, before: Sequence[Cue]) -> Cue | None:
        if passive := self._passive(hit):
            return passive
        if hit.key == UNSAID or any(
            0 <= hit.i - h.j <= 1 for h in self.line.keyed("negation", "not")
        ):
            return self._unsaid(hit)
        if self._nobody_says(hit):
            return None
        return self._verb_last(hit) or self._verb(hit, before)

    def _verb(self, hit: Hit, before: Sequence[Cue]) -> Cue | None:
        """Find who stands before or after a verb, or who spoke before."""
        after = self.subjects.inverted(hit)
        quoted = self.line.norm(hit.i - 1) in MARKS
        subject = None if after is not None and quoted else self.subjects.before(hit)
        if subject is not None:
            return self._with_subject(hit, subject)
        if after is not None:
            voice = Voiced(self.subjects.known(after), (hit.i, hit.j))
            # "X was shelled, said A": what stands before is said, what follows the name rarely is.
            return Cue(
                _moved(hit, after.j),
                hit.key,
                voice,
                hit.i,
                (rules.TRAILING,),
                trailing=self.acts(0, hit.i) or self._untrue_before(hit),
            )
        return (
            self._listed(hit)
            or self._carried(hit, before)
            or self._opening(hit)
            or self._unnamed(hit)
            or self._nobody(hit)
        )

    def _verb_last(self, hit: Hit) -> Cue | None:
        """Read a verb that stands last as if it stood behind its subject: `X [...] մեղադրել է`."""
        line, end = self.line, len(self.line.tokens)
        after = range(hit.j, min(hit.j + _NEAR, end))
        if not verb_last(line) or any(
            line.has(k, "verb_last") or line.norm(k) in _COLONS for k in after
        ):
            return None
        subject = self.subjects.leading(hit)
        if subject is None or self.acts(hit.j, end):
            return None
        voice = Voiced(self.subjects.known(subject), (hit.i, hit.j))
        named = (rules.SUBJECT_SAYS, *rules_of(hit.key))
        if "both_sides" in subject.flags:
            named = (*named, rules.BOTH)
        moved = replace(hit, i=subject.j, j=subject.j)
        between = self.acts(subject.j, hit.i) or hit.key in _TOLD_BEFORE
        trailing = not between and self.acts(0, subject.i)
        return Cue(moved, hit.key, voice, subject.i, named, trailing=trailing)

    def _with_subject(self, hit: Hit, subject: Actor) -> Cue:
        shared = any(subject.j <= h.i and h.j <= hit.i for h in self.line.of("speech"))
        first = hit.i if shared else subject.i
        if not shared:
            first = self.subjects.begin(first)
        trailing = (
            hit.key in _TRAILING
            and self.acts(0, first)
            and self.line.norm(first - 1) in MARKS
            and (not self.acts(hit.j, len(self.line.tokens)) or self._closed(hit))
        )
        voice = Voiced(self.subjects.known(subject), (hit.i, hit.j))
        named = (rules.TRAILING if trailing else rules.SUBJECT_SAYS, *rules_of(hit.key))
        if "both_sides" in subject.flags:
            named = (*named, rules.BOTH)
        if voice.actor is not None and "role_from_dateline" in voice.actor.flags:
            named = (*named, rules.HOME)
        return Cue(hit, hit.key, voice, first, named, trailing=trailing)

    def _closed(self, hit: Hit) -> bool:
        """Answer whether a mark follows the verb, a time left aside: `..., X said on Tuesday, ...`."""
        busy = {k for t in self.line.times for k in range(t.i, t.j)}
        at = hit.j
        while at in busy or self.line.has(at, "preposition"):
            at += 1
        return self.line.norm(at) in {",", ".", ";", ""}

    def _only_before(self, hit: Hit) -> bool:
        """Answer whether acts are told before the word and none after it."""
        return not self.acts(hit.j, len(self.line.tokens)) and self.acts(0, hit.i)

    def _carried(self, hit: Hit, before: Sequence[Cue]) -> Cue | None:
        """Find the speaker of `he said`, `..., saying that`, `and called on` and a wish inside."""
        here = next((c.voice.actor for c in before[::-1] if c.voice and c.voice.actor), None)
        speaker = here or self.memory.recent(_SENTENCES_BACK)
        if speaker is not None and any(
            self.line.has(k, "pronoun") for k in range(max(0, hit.i - _NEAR), hit.i)
        ):
            voice = Voiced(speaker, (hit.i, hit.j), inferred=True, here=False)
            return Cue(
                hit,
                hit.key,
                voice,
                max(0, hit.i - 1),
                (rules.PRONOUN, *rules_of(hit.key)),
                trailing=self._only_before(hit),
            )
        earlier = before[-1].voice if before else None
        if earlier is None:
            return None
        # "X believes that the task is to ...": a wish inside what X says is X's.
        wish = hit.key in _ATTITUDES or hit.key == "calls_for"
        if wish or self.subjects.shares(hit):
            return Cue(hit, hit.key, earlier, hit.i, rules_of(hit.key))
        return None

    def _opening(self, hit: Hit) -> Cue | None:
        """Give a participle the subject of its sentence: `The Kremlin ..., saying that`."""
        subject = self.subjects.opening(hit)
        if subject is None:
            return None
        voice = Voiced(self.subjects.known(subject), (hit.i, hit.j))
        named = (rules.SUBJECT_SAYS, *rules_of(hit.key))
        return Cue(hit, hit.key, voice, min(subject.i, hit.i), named)

    def _nobody_says(self, hit: Hit) -> bool:
        """Answer whether nobody speaks: `declined to say`, `the truce declared by X`."""
        if self.line.norm(hit.i - 1) == "to" and hit.key in _INFINITIVES:
            return True
        by = any(h.i == hit.j for h in self.line.keyed("grammar", "by"))
        return by and self.line.tokens[hit.i].text.isascii() and not verb_last(self.line)

    def _listed(self, hit: Hit) -> Cue | None:
        """Give `- Rejects the claim` to whom the list is about."""
        actor = self.subjects.listed(hit)
        if actor is None:
            return None
        voice = Voiced(actor, (hit.i, hit.j), inferred=True, here=False)
        return Cue(hit, hit.key, voice, hit.i, (rules.LISTED, *rules_of(hit.key)))

    def _unsaid(self, hit: Hit) -> Cue:
        """Keep what somebody did not say from being taken for the narrator's word."""
        first = hit.i
        while first and not any(
            self.line.norm(first - 1) == "," or self.line.has(first - 1, key)
            for key in ("relative", "contrast", "joiner")
        ):
            first -= 1
        return Cue(hit, UNSAID, None, first, ())

    def _unnamed(self, hit: Hit) -> Cue | None:
        """Give somebody the pack does not know their own word: it is not the narrator's."""
        if hit.key not in _UNNAMED:
            return None
        actor = self.subjects.unnamed(hit)
        return None if actor is None else self._with_subject(hit, actor)

    def _nobody(self, hit: Hit) -> Cue | None:
        """Give a wish to the one who spoke just before; a narrator wishes for nothing."""
        before = self.memory.recent(_LEADING)
        if (
            hit.key == "calls_for"
            and before is not None
            and self.memory.speaker_at < self.memory.sentence
        ):
            voice = Voiced(before, (hit.i, hit.j), inferred=True, here=False)
            return Cue(hit, hit.key, voice, hit.i, (rules.CALLS, rules.GOES_ON))
        if self.memory.issuer is not None and hit.key in _OF_ISSUER:
            # "We withdraw our statement that ...": who issues a statement speaks in it.
            voice = Voiced(self.memory.issuer, (hit.i, hit.j), inferred=True, here=False)
            return Cue(hit, hit.key, voice, hit.i, (rules.ISSUER,))
        if hit.key in _ALONE:
            return Cue(hit, hit.key, None, hit.i, rules_of(hit.key))
        return None

    def _passive(self, hit: Hit) -> Cue | None:
        """Read `Armenia was accused by Azerbaijan of ...`."""
        was = any(0 <= hit.i - h.j <= 1 for h in self.line.keyed("grammar", "be"))
        by = next(
            (h for h in self.line.keyed("grammar", "by") if 0 <= h.i - hit.j <= _BY_REACH), None
        )
        if not was or by is None or hit.key not in _PASSIVE:
            return None
        actor = next(
            (a for a in self.line.actors if 0 <= a.i - by.j <= _LEADING and can_speak(a)), None
        )
        if actor is None:
            return None
        voice = Voiced(self.subjects.known(actor), (hit.i, hit.j))
        named = (rules.SUBJECT_SAYS, *rules_of(hit.key))
        return Cue(_moved(hit, actor.j), hit.key, voice, hit.i, named, trailing=hit.key == "says")


def _moved(hit: Hit, j: int) -> Hit:
    """Let a cue reach to the end of the name it goes with."""
    return replace(hit, j=max(j, hit.i + 1))
