"""The coder by rules: deterministic, offline; a document to drafts of claims."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from truceline.model.acts import lineage
from truceline.model.coding import Cited
from truceline.model.pack import SideKind
from truceline.read.grammar.line import Line, Setting, line_of
from truceline.read.grammar.quotes import around, quoted
from truceline.read.naming.actor import VOICE, Actor
from truceline.read.naming.cast import Cast
from truceline.read.press import rules
from truceline.read.press.attributing import stretches
from truceline.read.press.clausal import Context
from truceline.read.press.dating import Dating
from truceline.read.press.events import drafts_of
from truceline.read.press.layout import home_of, is_item, lead_of
from truceline.read.press.voiced import Memory, Stretch, Voiced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.read.document import Document
    from truceline.read.draft import Draft
    from truceline.read.grammar.line import Ground

_SPEAKING_DISTANCE = 2
_INHERITS = 2
_HEADLINE_WORDS = 30


@dataclass(slots=True)
class _Read:
    """One sentence as read: its stretches, what they were read with, and the drafts."""

    context: Context
    stretches: list[Stretch]
    drafts: list[Draft]
    block: int
    quotation: int | None


@dataclass(slots=True)
class RulesCoder:
    """Reads documents by the named rules; the ground is shared with every other coder."""

    ground: Ground
    name: str = "rules"

    def lines(self, document: Document) -> list[Line]:
        """Give the sentences of a document with everything named in them."""
        cast = Cast.of(self.ground.pack, document.day)
        matcher = self.ground.matchers[document.language]
        setting = Setting(self.ground, matcher, cast)
        text, tokens, when = document.text, document.tokens, document.published_local
        return [line_of(text, sentence, tokens, setting, when) for sentence in document.sentences]

    def code(self, document: Document, lines: Sequence[Line] | None = None) -> list[Draft]:
        """Give the drafts of a document in reading order."""
        return _Run(self.ground, document, lines or self.lines(document)).drafts()


@dataclass(slots=True)
class _Run:
    """One document being read from its first sentence to its last."""

    ground: Ground
    document: Document
    lines: Sequence[Line]
    memory: Memory = field(default_factory=Memory)
    read: list[_Read] = field(default_factory=list)
    speakers: dict[int, Voiced] = field(default_factory=dict)

    def drafts(self) -> list[Draft]:
        cast = Cast.of(self.ground.pack, self.document.day)
        quotes = quoted(self.document.flat)
        self.memory.issuer = self._issuer(cast)
        if self.memory.issuer is not None:
            self.memory.speaker, self.memory.speaker_at = self.memory.issuer, 0
        for number, line in enumerate(self.lines):
            self.memory.sentence = number
            self.memory.home = self.memory.home or home_of(number, line)
            self.memory.lead = self.memory.lead if is_item(line) else None
            self._sentence(number, line, cast, quotes)
            self.memory.lead = self.memory.lead or lead_of(line, self.read[-1].stretches)
        kept = self._headline([d for r in self.read for d in r.drafts])
        return Dating(self.lines, self.document.published_local).all(kept)

    def _issuer(self, cast: Cast) -> Actor | None:
        """Give the party that issued a statement; only that profile has one."""
        side = self.document.issuer
        if side is None or side not in cast.sides or cast.sides[side].kind is SideKind.OUTSIDER:
            return None
        ids = (self.document.issuer_actor,) if self.document.issuer_actor else ()
        return Actor(0, 0, VOICE, ids, (side,))

    def _sentence(
        self, number: int, line: Line, cast: Cast, quotes: Sequence[tuple[int, int]]
    ) -> None:
        sentence = line.sentence
        quote = Cited(
            text=self.document.text[sentence.start : sentence.end],
            start=sentence.start,
            end=sentence.end,
        )
        context = Context(line, number, self.memory, cast, self.document.day, tuple(quotes), quote)
        found = stretches(line, self.memory, cast)
        quotation = around(quotes, sentence.start, sentence.end)
        mine = _Read(context, found, [], sentence.block, quotation)
        self._quote_group(mine)
        mine.drafts = [d for s in mine.stretches for d in drafts_of(s, context)]
        self.read.append(mine)
        self._reported_back(found)

    def _quote_group(self, mine: _Read) -> None:
        """Share the speaker of a quotation among its sentences, backwards too."""
        number = mine.quotation
        if number is None:
            self._opens(mine)
            return
        named = next((s for s in mine.stretches if s.layers), None)
        if named is not None and self.memory.issuer is None:
            self.speakers.setdefault(number, named.layers[-1])
            for earlier in self.read[::-1]:
                if earlier.quotation != number:
                    break
                self._voice(earlier, named.layers[-1])
        elif number in self.speakers:
            self._voice(mine, self.speakers[number], draft=False)

    def _opens(self, mine: _Read) -> None:
        """Note who speaks when a quotation opens in this sentence and goes on after it."""
        named = next((s for s in mine.stretches[::-1] if s.layers), None)
        end = mine.context.line.sentence.end
        for number, (first, last) in enumerate(mine.context.direct):
            if mine.context.line.sentence.start <= first < end < last and named is not None:
                self.speakers[number] = named.layers[-1]

    def _voice(self, mine: _Read, voice: Voiced, *, draft: bool = True) -> None:
        """Give the narrator's stretches of a sentence to a speaker."""
        if not any(not s.layers for s in mine.stretches):
            return
        carried = replace(voice, inferred=True, here=False, cue=None)
        mine.stretches = [
            s
            if s.layers
            else replace(
                s, layers=(carried,), rules=(rules.QUOTE_GROUP,), flags=("speaker_inferred",)
            )
            for s in mine.stretches
        ]
        if draft:
            mine.drafts = [d for s in mine.stretches for d in drafts_of(s, mine.context)]

    def _reported_back(self, found: Sequence[Stretch]) -> None:
        """Let `This was reported by X` speak for the narrator's sentence before it."""
        if len(self.read) <= 1:
            return
        mine, before = self.read[-1], self.read[-2]
        back = next((s for s in found if rules.REPORTED_BACK in s.rules and s.layers), None)
        if back is None or mine.drafts or before.block < mine.block - 1:
            return
        voice = replace(back.layers[-1], here=False, inferred=True, cue=None)
        before.stretches = [
            s
            if s.layers
            else replace(
                s, layers=(voice,), rules=(rules.REPORTED_BACK,), flags=("speaker_inferred",)
            )
            for s in before.stretches
        ]
        before.drafts = [d for s in before.stretches for d in drafts_of(s, before.context)]

    # -- after the last sentence -----------------------------------------------------------------

    def _headline(self, drafts: list[Draft]) -> list[Draft]:
        """Drop what a headline says again; what only it says is kept and flagged."""
        if not self.lines or not self._has_headline():
            return drafts
        body = [d for d in drafts if d.sentence > 0]
        kept = []
        for draft in drafts:
            if draft.sentence == 0:
                again = any(d.stance is draft.stance and _related(d, draft) for d in body)
                if again:
                    continue
                draft = replace(draft, flags=(*draft.flags, "headline"))  # noqa: PLW2901
            kept.append(draft)
        return kept

    def _has_headline(self) -> bool:
        first = self.lines[0]
        ended = first.tokens[-1].text in {".", "!", "?"}
        alone = len(self.lines) > 1 and self.lines[1].sentence.block > first.sentence.block
        return alone and not ended and len(first.tokens) <= _HEADLINE_WORDS


def _related(a: Draft, b: Draft) -> bool:
    if not a.acts or not b.acts:
        return True
    return any(x in lineage(y) or y in lineage(x) for x in a.acts for y in b.acts)
