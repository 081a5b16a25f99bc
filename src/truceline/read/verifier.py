"""Does a draft stand on its text? Every coder's draft is held to this before it becomes a claim.

It proves that words are there, never that roles are right: a second coder and review do that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.model.acts import Act, is_kind_of
from truceline.model.coding import Attitude, Measure, Modality
from truceline.model.evidence import Stance
from truceline.read.grammar.quotes import quoted
from truceline.read.press.layout import is_item

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.model.coding import Cited, Layer
    from truceline.read.document import Document
    from truceline.read.draft import Draft
    from truceline.read.grammar.line import Line
    from truceline.read.naming.lexicon import Hit

_YEAR_UNKNOWN = 1
# The keys of a word, one of which must stand in the sentence for a stance: (class, keys).
_WORDS_FOR: dict[Stance, tuple[tuple[str, frozenset[str]], ...]] = {
    Stance.ADMITS: (("speech", frozenset({"admits"})),),
    Stance.CONFIRMS: (("speech", frozenset({"confirms", "admits"})),),
    Stance.RETRACTS: (("speech", frozenset({"retracts"})),),
    Stance.AGREES: (
        ("speech", frozenset({"agrees"})),
        ("acts", frozenset({"ceasefire_agreement"})),
    ),
    Stance.DENIES: (
        ("speech", frozenset({"denies", "found_nothing"})),
        ("negation", frozenset({"not", "false", "without"})),
    ),
    Stance.CALLS_FOR: (
        ("speech", frozenset({"calls_for"})),
        ("modality", frozenset({"wanted"})),
    ),
}
# A draft that takes act, place and time from the sentence before its quote says so by this flag.
# How many sentences before its own a draft with this flag leans on.
_LEANS = {"continues_sentence_before": 1, "answers_sentence_before": 2}
_FEELINGS = {attitude: attitude.value for attitude in Attitude}


def verify(draft: Draft, document: Document, lines: Sequence[Line]) -> tuple[str, ...]:
    """Give the reasons why a draft is not supported by its text; none means it is.

    `lines` are the sentences of the document with everything named in them, in reading order.
    """
    if not _stands(draft.quote, document.text):
        return ("the quote is not verbatim at its offsets",)
    if not 0 <= draft.sentence < len(lines):
        return (f"there is no sentence {draft.sentence}",)
    case = _Case.of(draft, document, lines)
    if case.main not in case.covered:
        return ("the quote does not cover the sentence of the draft",)
    return tuple(dict.fromkeys(reason for check in _CHECKS for reason in check(case)))


@dataclass(frozen=True, slots=True)
class _Case:
    """A draft beside its text: the sentence it stands in and all that its quote covers."""

    draft: Draft
    document: Document
    main: Line
    covered: tuple[Line, ...]
    first: int
    leads: Line | None

    @property
    def continues(self) -> bool:
        """Answer whether sentences before the quote are leaned on."""
        return any(flag in _LEANS for flag in self.draft.flags)

    @classmethod
    def of(cls, draft: Draft, document: Document, lines: Sequence[Line]) -> _Case:
        first, last = draft.quote.start, draft.quote.end
        back = max((_LEANS.get(flag, 0) for flag in draft.flags), default=0)
        if back:
            first = min(first, lines[max(0, draft.sentence - back)].sentence.start)
        covered = tuple(n for n in lines if first <= n.sentence.start and n.sentence.end <= last)
        lead = _lead(draft.sentence, lines)
        return cls(draft, document, lines[draft.sentence], covered, first, lead)

    def hits(self, *classes: str) -> Iterator[tuple[Line, Hit]]:
        """Give the phrases of some classes in the covered sentences."""
        return ((line, hit) for line in self.covered for cls in classes for hit in line.of(cls))

    def says(self, cls: str, keys: frozenset[str]) -> bool:
        """Answer whether a phrase of a class and one of some keys stands in the quote."""
        return any(hit.key in keys for _, hit in self.hits(cls))


def _lead(sentence: int, lines: Sequence[Line]) -> Line | None:
    """Give the sentence that leads the list which a sentence is an item of: it says whom the list is about."""
    above = sentence
    while above > 0 and is_item(lines[above]):
        above -= 1
    return lines[above] if above < sentence else None


def _cited(draft: Draft) -> Iterator[tuple[str, Cited]]:
    """Give every passage a draft cites, with the name of the field it stands in."""
    for layer in draft.layers:
        if layer.said is not None:
            yield "speaker", layer.said
        if layer.cue is not None:
            yield "speech word", layer.cue
    for name, passages in (
        ("actor", draft.actor_words),
        ("act word", draft.cues),
        ("instrument", draft.instruments),
        ("hedge", draft.hedges),
        ("count", tuple(count.cited for count in draft.counts)),
        ("place", tuple(place.cited for place in draft.other_places)),
    ):
        yield from ((name, passage) for passage in passages)
    if draft.denied is not None:
        yield "denied proposition", draft.denied
    if draft.time_cited is not None:
        yield "time", draft.time_cited


def _stands(passage: Cited, text: str) -> bool:
    """Answer whether a passage is verbatim at its offsets."""
    inside = 0 <= passage.start < passage.end <= len(text)
    return inside and text[passage.start : passage.end] == passage.text


def _verbatim(case: _Case) -> Iterator[str]:
    first, last = case.first, case.draft.quote.end
    for name, passage in _cited(case.draft):
        if not _stands(passage, case.document.text):
            yield f"the words of the {name} are not verbatim at their offsets"
        elif not (first <= passage.start and passage.end <= last):
            yield f"the words of the {name} stand outside the cited sentence"


def _places(case: _Case) -> Iterator[str]:
    lines = case.covered if case.continues else (case.main,)
    for place in case.draft.places:
        known = any(
            (p.i, p.j, p.place) == (place.i, place.j, place.place)
            for line in lines
            for p in line.places
        )
        if not known:
            yield "a place is not named in the cited sentence"


def _time(case: _Case) -> Iterator[str]:
    draft = case.draft
    if draft.time is None or draft.time_inherited:
        return
    if draft.time_cited is None:
        yield "the time has no words"
        return
    at = (draft.time_cited.start, draft.time_cited.end)
    read = [t for line in case.covered for t in line.times if _range(line, t.i, t.j) == at]
    if not read:
        yield "the time words name no time"
    elif draft.time.low is not None and not any(
        t.low is not None
        and (t.low.year == _YEAR_UNKNOWN or (t.low, t.high) == (draft.time.low, draft.time.high))
        for t in read
    ):
        yield "the time words give another interval"


def _counts(case: _Case) -> Iterator[str]:
    for count in case.draft.counts:
        read = {
            (counted.measure, counted.low, counted.high, counted.qualifier)
            for line in case.covered
            for counted in line.counts
            if _range(line, counted.i, counted.j) == (count.cited.start, count.cited.end)
        }
        freed = {
            (Measure.RELEASED, *rest) for measure, *rest in read if measure is Measure.CAPTURED
        }
        if (count.measure, count.low, count.high, count.qualifier) not in read | freed:
            yield "a number cannot be derived from its words"


def _sides(case: _Case) -> Iterator[str]:
    """Name sides that nothing in the sentence stands for; `the enemy` may be anyone's."""
    if any(True for _ in case.hits("others")):
        return
    draft = case.draft
    lines = (*case.covered, *((case.leads,) if case.leads is not None else ()))
    named = {side for line in lines for actor in line.actors for side in actor.sides}
    carried = {s for n in draft.layers if n.inferred or _carried(draft) for s in n.sides}
    for name, sides in (
        ("actor", draft.actors),
        ("target", draft.targets),
        ("speaker", tuple(s for layer in draft.layers for s in layer.sides)),
    ):
        if set(sides) - named - carried:
            yield f"the side of the {name} is not named in the cited sentence"


def _carried(draft: Draft) -> bool:
    """Answer whether a bare office was taken for one named before or at home, which is flagged."""
    return bool({"role_carried_over", "role_from_dateline"} & set(draft.flags))


def _speakers(case: _Case) -> Iterator[str]:
    direct = _in_quotation_marks(case)
    for layer in case.draft.layers:
        if layer.inferred or direct or _has_cue(layer, case):
            continue
        yield "a speaker is named without a speech word or quotation marks"


def _has_cue(layer: Layer, case: _Case) -> bool:
    cue = layer.cue
    return cue is not None and any(
        _meets(line, hit, cue) for line, hit in case.hits("speech", "source")
    )


def _in_quotation_marks(case: _Case) -> bool:
    """Answer whether the act words, or without any a part of the quote, are somebody's own words."""
    ranges = quoted(case.document.text)
    if case.draft.cues:
        return any(a <= cue.start < b for cue in case.draft.cues for a, b in ranges)
    return any(a < case.draft.quote.end and case.draft.quote.start < b for a, b in ranges)


def _acts(case: _Case) -> Iterator[str]:
    words = (*case.draft.cues, *case.draft.instruments)
    told = [
        Act(hit.key)
        for line, hit in case.hits("acts", "instruments")
        if case.continues or any(_meets(line, hit, word) for word in words)
    ]
    for act in case.draft.acts:
        if not any(is_kind_of(special, act) for special in told):
            yield f"no word for the act {act.value} stands in the act words"


def _stance(case: _Case) -> Iterator[str]:
    stance = case.draft.stance
    words = _WORDS_FOR.get(stance)
    own_act = stance is Stance.ADMITS and _own_act(case.draft)
    if words is not None and not own_act and not any(case.says(c, keys) for c, keys in words):
        yield f"no word for the stance {stance.value} stands in the cited sentence"
    feeling = case.draft.attitude
    if feeling is not None and not case.says("speech", frozenset({_FEELINGS[feeling]})):
        yield f"no word for the attitude {feeling.value} stands in the cited sentence"
    if case.draft.modality is Modality.CONDITIONAL and not case.says(
        "modality", frozenset({Modality.CONDITIONAL.value})
    ):
        yield "no word for a condition stands in the cited sentence"


def _own_act(draft: Draft) -> bool:
    """Answer whether a side says in plain words that it did it itself: no word of admitting is needed."""
    speaking = draft.layers[-1].sides if draft.layers else ()
    hostile = any(is_kind_of(act, Act.HOSTILE_ACT) for act in draft.acts)
    return hostile and bool(speaking) and set(draft.actors) == set(speaking)


def _range(line: Line, i: int, j: int) -> tuple[int, int]:
    """Give the code points of tokens `i` up to `j` of a sentence."""
    return line.tokens[i].start, line.tokens[j - 1].end


def _meets(line: Line, hit: Hit, passage: Cited) -> bool:
    start, end = _range(line, hit.i, hit.j)
    return start < passage.end and passage.start < end


_CHECKS = (_verbatim, _places, _time, _counts, _sides, _speakers, _acts, _stance)
