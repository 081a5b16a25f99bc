"""Who says what: a sentence cut into stretches, each with its layers of attribution."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from truceline.model.pack import ActorKind
from truceline.read.press import rules
from truceline.read.press.cue import UNSAID, Cue
from truceline.read.press.cues import Cues
from truceline.read.press.voiced import Memory, Stretch, Voiced, is_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.read.grammar.line import Line
    from truceline.read.naming.cast import Cast
    from truceline.read.naming.lexicon import Hit

_SHORT_LEAD = 3
_OPENING = 2
_OVER = 2  # words between what governs a verb and the verb
_QUESTIONS = frozenset({"?", "\uff1f", "\u061f"})
_GOVERNING = frozenset({"denies", "calls_for", "retracts", UNSAID})
_AGREES = "agrees"
_TURNING = frozenset({_AGREES, "calls_for", "condemns", "concern", "supports"})


def stretches(line: Line, memory: Memory, cast: Cast) -> list[Stretch]:
    """Cut a sentence into stretches; what nobody is named for is the narrator's."""
    found = _Cutter(line, memory, Cues(line, memory, cast)).cut()
    for stretch in found:
        last = stretch.layers[-1].actor if stretch.layers else None
        if last is not None:
            memory.said_by(last)
    first = line.actors[0] if line.actors else None
    named = [] if first is None else [a for a in line.actors[:2] if a.i <= first.j]
    person = any(a.kind is ActorKind.PERSON or (a.ids and a.role) for a in named)
    opens = first is not None and first.i <= _OPENING and person
    if first is not None and opens and first.sides and not any(s.layers for s in found):
        # "Pashinyan spoke in Yerevan. He said ...": a person who opens a sentence may go on.
        memory.said_by(first)
    return found


@dataclass(slots=True)
class _Cutter:
    """One sentence being cut; `done` is the first token not yet given to a stretch."""

    line: Line
    memory: Memory
    cues: Cues
    found: list[Stretch] = field(default_factory=list)
    done: int = 0

    def cut(self) -> list[Stretch]:
        """Give the stretches of the sentence in reading order."""
        cues = self.cues.find()
        end = len(self.line.tokens)
        if not cues:
            return [self._rest(0, end)]
        index = 0
        while index < len(cues):
            chain = self._chain(cues, index)
            index += len(chain)
            stop = cues[index].first if index < len(cues) else end
            if chain[0].trailing:
                self._trailing(chain, stop)
            else:
                self._leading(chain, stop)
        if self.done < end and self.cues.acts(self.done, end):
            self.found.append(self._rest(self.done, end))
        return self.found

    def _trailing(self, chain: Sequence[Cue], stop: int) -> None:
        """Give what stands before `..., X said` to X, and what still follows the name."""
        cue, end = chain[0], len(self.line.tokens)
        if self.found and not self.cues.acts(self.done, cue.first):
            self._retold(chain)
        else:
            self.found.append(self._stretch(chain, self.done, cue.first))
        self.done = max(stop if stop > cue.hit.j else end, cue.hit.j)
        if stop == end and self.cues.acts(cue.hit.j, stop):
            self.found.append(self._stretch(chain, cue.hit.j, stop))

    def _retold(self, chain: Sequence[Cue]) -> None:
        """Put whoever says all of it around those who are said to say it: `A admitted ..., X said`."""
        outer = tuple(c.voice for c in chain if c.voice is not None)
        self.found = [
            replace(s, layers=(*outer, *s.layers), rules=(*s.rules, rules.LAYERS))
            if s.layers and outer and s.layers[0].actor != outer[0].actor
            else s
            for s in self.found
        ]

    def _leading(self, chain: Sequence[Cue], stop: int) -> None:
        """Give what follows `X said that` to X; what stood before X is nobody's."""
        first, last = chain[0], chain[-1]
        if first.first > self.done and self.cues.acts(self.done, first.first):
            self.found.append(self._rest(self.done, first.first))
        if self._told_before(first):
            self.found.append(self._rest(first.first, first.hit.i))
        # What is agreed or wanted may begin in the verb itself: `agreed to cease fire`.
        start = last.hit.i if last.key == _AGREES else self._wanted(last)
        self.done = max(self._turn(last, stop), start)
        self.found.append(self._stretch(chain, start, self.done))
        if self.done < stop and self.cues.acts(self.done, stop):
            self.found.append(self._rest(self.done, stop))
            self.done = stop

    def _wanted(self, cue: Cue) -> int:
        """Give where what is said begins: within the cue in `called for a ceasefire`, else after it."""
        into = (h.i for h in self.line.of("acts") if cue.hit.i < h.i < cue.hit.j < h.j)
        return next(into, cue.hit.j)

    def _turn(self, cue: Cue, stop: int) -> int:
        """Give where `A and B agreed on a truce, but ...` turns to what the outlet tells."""
        if cue.key not in _TURNING:
            return stop
        turns = (
            k
            for k in range(cue.hit.j, stop - 1)
            if self.line.norm(k) == "," and self.line.has(k + 1, "contrast")
        )
        return next(turns, stop)

    def _told_before(self, cue: Cue) -> bool:
        """Answer whether the subject is told to have done something, too: `met Y and called for`."""
        if (
            cue.source
            or cue.voice is None
            or not cue.voice.here
            or not self.cues.acts(cue.first, cue.hit.i)
        ):
            return False
        lead = range(max(cue.first, cue.hit.i - _SHORT_LEAD), cue.hit.i)
        return any(self.line.has(k, "joiner") for k in lead)

    def _rest(self, i: int, j: int) -> Stretch:
        """Give what no speech word covers: the issuer of a statement speaks, or the narrator."""
        if self.memory.issuer is not None:
            voice = Voiced(self.memory.issuer, None, inferred=True, here=False)
            return Stretch(i, j, (voice,), "says", None, (i, i), (rules.ISSUER,))
        if self.memory.lead is not None and self.memory.lead.says:
            voice = Voiced(self.memory.lead.actor, None, inferred=True, here=False)
            return Stretch(
                i, j, (voice,), "says", None, (i, i), (rules.LISTED,), ("speaker_inferred",)
            )
        return Stretch(i, j, (), "says", None, (i, i), (rules.NARRATOR_TELLS,), ("narrator",))

    def _chain(self, cues: Sequence[Cue], index: int) -> list[Cue]:
        """Give a cue with those whose subjects stand inside what it says."""
        chain = [cues[index]]
        for inner in cues[index + 1 :]:
            if chain[0].trailing or not self._inside(chain[-1], inner):
                break
            chain.append(inner)
        return chain

    def _inside(self, outer: Cue, inner: Cue) -> bool:
        """Answer whether `inner` is part of what `outer` says: `reported that Lavrov said`."""
        if inner.trailing or inner.source or inner.voice is None or not inner.voice.here:
            return False
        if outer.voice is not None and outer.voice.actor == inner.voice.actor:
            return False  # "X rejected the claim, saying ...": one speaker, no layers
        first, last = outer.hit.j, inner.first
        if last < first or any(
            self.line.has(k, "joiner") or self.line.has(k, "contrast")
            for k in range(max(first, last - 2), last)
        ):
            return False
        # Only times and a short lead may stand between: `reported on the 12th that`.
        busy = {k for t in self.line.times for k in range(t.i, t.j)}
        loose = [
            k
            for k in range(first, last)
            if k not in busy and self.line.tokens[k].word and not self.line.has(k, "lead")
        ]
        return len(loose) <= _SHORT_LEAD and not self.cues.acts(first, last)

    def _governed(self, cue: Cue) -> bool:
        """Answer whether a word of admitting admits nothing: what governs it takes the admission away.

        A question, a condition, a modal, a hedge or another verb stands over it, or what is admitted is only
        that something is said.
        """
        hit, line = cue.hit, self.line
        words = (line.keyed("modality", "conditional"), line.of("modality"), line.of("hedges"))
        conditional, modal, hedged = (list(found) for found in words)
        after = range(hit.j, hit.j + _SHORT_LEAD)
        return (
            any(t.text in _QUESTIONS or "\N{ARMENIAN QUESTION MARK}" in t.text for t in line.tokens)
            or any(h.i < hit.i for h in conditional)
            or any(0 <= hit.i - h.j <= _OVER for h in modal)
            or any(0 <= hit.i - h.j <= _OVER or h.i == hit.j for h in hedged)
            or line.norm(hit.i - 1) == "to"
            or any(h.i < hit.i and self._over(h, hit) for h in line.of("speech"))
            or any(is_form(line, k, "hearsay") for k in after)
        )

    def _over(self, above: Hit, hit: Hit) -> bool:
        """Answer whether a verb before one of admitting takes it back: `denied that`, `admits that it admitted`."""
        joined = any(self.line.has(k, "joiner") for k in range(above.j, hit.i))
        return above.key in _GOVERNING or (above.key == "admits" and not joined)

    def _stretch(self, chain: Sequence[Cue], i: int, j: int) -> Stretch:
        # "Citing X, Y reported ...": Y passes on what X says.
        cites = len(chain) > 1 and self.line.has(chain[0].hit.i, "citing")
        inwards = [*chain[1:], chain[0]] if cites else chain
        layers = tuple(c.voice for c in inwards if c.voice is not None)
        last = chain[-1]
        named = tuple(dict.fromkeys(r for c in chain for r in c.rules))
        flags: tuple[str, ...] = ()
        if len(layers) > 1:
            named = (*named, rules.LAYERS)
        if not layers and self.memory.issuer is not None:
            layers = (Voiced(self.memory.issuer, None, inferred=True, here=False),)
            named = (*named, rules.ISSUER)
        elif not layers:
            flags = ("speaker_not_named",)
        elif any(v.inferred for v in layers):
            flags = ("speaker_inferred",)
        frame = (chain[0].first, last.hit.j)
        if last.key == "admits" and self._governed(last):
            # Whoever is said to be the one to admit says nothing here.
            outer = layers[:-1]
            flags = (*flags, "admission_governed", *(() if outer else ("narrator",)))
            return Stretch(i, j, outer, "says", (last.hit.i, last.hit.j), frame, named, flags)
        stance = "denies" if last.key == "says" and self._untrue(i, j) else last.key
        return Stretch(i, j, layers, stance, (last.hit.i, last.hit.j), frame, named, flags)

    def _untrue(self, i: int, j: int) -> bool:
        """Answer whether all that is said is that something is not true: that denies it."""
        words = [h for h in self.line.keyed("negation", "false") if i <= h.i < j]
        inside = [
            h
            for h in self.line.of("acts")
            if i <= h.i < j and not any(w.i <= h.i < w.j for w in words)
        ]
        return bool(words) and not inside
