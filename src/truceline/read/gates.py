"""Gates between coder and claim: each doubts one thing that readings get wrong, and leaves the field unresolved, never another guess.

A gate has a name, says what it doubts, and has examples for and against, which run as tests.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from truceline.model.acts import Act
from truceline.model.coding import Modality
from truceline.model.evidence import Stance
from truceline.read.document import Profile
from truceline.read.grammar.quotes import quoted
from truceline.read.merge import Disagreement, core
from truceline.read.naming.families import is_hostile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from truceline.model.coding import Layer
    from truceline.read.document import Document
    from truceline.read.draft import Draft
    from truceline.read.grammar.line import Line
    from truceline.read.naming.lexicon import Hit

_TELLING = frozenset({Stance.ALLEGES, Stance.REPORTS, Stance.CONFIRMS})
_TOLD = _TELLING | {Stance.DENIES, Stance.ADMITS}
_DENYING = frozenset({"denies", "found_nothing"})
_FALSE = frozenset({"false"})
_NO_REPORT = re.compile(
    r"\b(?:no|without|not any)\b(?:\s+\w+){0,3}\s+(?:reports?|word|news)\b", re.IGNORECASE
)
_NO_NAME = frozenset(
    {"of", "as", "by", "in", "on", "at", "for", "to", "with", "from", "such", "it", "there"}
)
_LIE, _ARTICLES = frozenset({"lie", "lies"}), frozenset({"a", "the", "another", "its", "their"})
_LEANS = frozenset({"answers_sentence_before", "continues_sentence_before"})
# So many words may stand between a negative and what it negates.
_BESIDE = 2
# "without any reason": no denial.
_WITHOUT_CAUSE = "without"
_CARRIED = "role_carried_over"


@dataclass(frozen=True, slots=True)
class Case:
    """A draft beside its sentence and its text; `quotes` are the stretches inside quotation marks."""

    draft: Draft
    line: Line
    document: Document
    quotes: tuple[tuple[int, int], ...]
    before: Sequence[Draft]

    @property
    def speaker(self) -> Layer | None:
        """Who is read as speaking: the innermost layer."""
        return self.draft.layers[-1] if self.draft.layers else None

    def inside(self, at: int) -> int | None:
        """Give the number of the quotation that a place of the text lies in."""
        return next((n for n, (a, b) in enumerate(self.quotes) if a < at < b), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A gate: what it doubts and in which fields, texts that it must stop, and texts that it must let pass."""

    name: str
    says: str
    doubts: tuple[str, ...]
    stops: Callable[[Case], bool]
    yes: tuple[str, ...]
    no: tuple[str, ...]


def _quoted_speaker(case: Case) -> bool:
    speaker = case.speaker
    if speaker is None or speaker.said is None or speaker.cue is None:
        return False
    within = case.inside(speaker.said.start)
    return within is not None and case.inside(speaker.cue.start) != within


def _accused_speaks(case: Case) -> bool:
    draft, layers = case.draft, case.draft.layers
    if draft.stance not in _TELLING or not is_hostile(draft.acts) or case.document.issuer:
        return False
    sides = set(layers[-1].sides) if layers else set()
    if not sides:
        return False
    if draft.stance is Stance.ALLEGES and sides <= set(draft.actors):
        return True
    # "A's posts resorted to fire, B said": whoever is told to speak inside another side's words, and accuses nobody.
    outer = {side for layer in layers[:-1] for side in layer.sides}
    return bool(outer) and not outer & sides and not draft.actors


def _lies(hit: Hit, line: Line) -> bool:
    """Answer whether `lie` says where something is, or with whom: only `a lie` calls anything false."""
    return line.norm(hit.i) in _LIE and line.norm(hit.i - 1) not in _ARTICLES


def _denial_without_a_word(case: Case) -> bool:
    draft = case.draft
    if draft.stance is not Stance.DENIES or draft.coder.name != "rules":
        return False
    negatives = [
        hit
        for hit in case.line.of("negation")
        if hit.key != _WITHOUT_CAUSE and not _lies(hit, case.line)
    ]
    told = {hit.key for hit in case.line.of("speech")} & _DENYING
    told |= {hit.key for hit in negatives} & _FALSE
    leans = _LEANS & set(draft.flags)
    own = negatives and _speaking(draft) & set(draft.actors)
    return not told and not leans and not own and not _negated(case, negatives)


def _negated(case: Case, negatives: Sequence[Hit]) -> bool:
    """Answer whether a negative stands beside the act itself: in `no casualties in the shelling` it does not."""
    acts = [h for h in case.line.of("acts") if h.key in case.draft.acts or h.key != Act.CASUALTIES]
    return any(-_BESIDE <= act.i - hit.j <= _BESIDE for hit in negatives for act in acts)


def _speaking(draft: Draft) -> set[str]:
    return {side for layer in draft.layers for side in layer.sides}


def _after_publication(case: Case) -> bool:
    draft, published = case.draft, case.document.published_local
    time = draft.time
    if published is None or time is None or time.low is None or draft.stance not in _TOLD:
        return False
    done = is_hostile(draft.acts) and draft.modality is Modality.ASSERTED
    return done and time.low.date() > published.date()


def _bare_office(case: Case) -> bool:
    draft, speaker = case.draft, case.speaker
    if speaker is None or _CARRIED not in draft.flags:
        return False
    accusers = {
        side
        for earlier in case.before
        if earlier.stance is Stance.ALLEGES and earlier.sentence < draft.sentence
        for side in (earlier.layers[-1].sides if earlier.layers else ())
    }
    return bool(accusers & set(speaker.sides))


def _no_name(case: Case) -> bool:
    speaker = case.speaker
    if speaker is None or speaker.said is None or speaker.actors or speaker.sides or speaker.role:
        return False
    return speaker.said.text.split()[0].casefold() in _NO_NAME


def _no_report(case: Case) -> bool:
    if not any(count.low == count.high == 0 for count in case.draft.counts):
        return False
    sentence = case.line.sentence
    return bool(_NO_REPORT.search(case.document.flat[sentence.start : sentence.end]))


GATES = (
    Gate(
        name="quoted_speaker",
        says="Whoever is named inside a quotation does not speak by a verb outside it.",
        doubts=("speaker",),
        stops=_quoted_speaker,
        yes=(
            '"The vehicles withdrew after a complaint, showing the risk Azerbaijani forces posed," the statement added.',
        ),
        no=('"Azerbaijani forces shelled Hadrut," the Armenian Defence Ministry said.',),
    ),
    Gate(
        name="accused_speaks",
        says="A side does not accuse itself: whoever is read as saying so is the accused, not the speaker.",
        doubts=("speaker",),
        stops=_accused_speaks,
        yes=(
            '"Azerbaijani Army posts resorted to sniper fire near Hadrut," a spokesperson for the Armenian Army said.',
        ),
        no=(
            "The Armenian Defence Ministry said Azerbaijani forces shelled Hadrut.",
            "The Azerbaijani Ministry of Defence acknowledged that its forces struck Hadrut.",
        ),
    ),
    Gate(
        name="denial_without_a_word",
        says="A denial needs a word of denial, or one's own act negated: a lone negative is none.",
        doubts=("stance",),
        stops=_denial_without_a_word,
        yes=(
            "Shells hit Hadrut and Martuni, which lie ten kilometres from the front.",
            "Responsibility for the shelling lies with the government of Azerbaijan, the Foreign Ministry of Armenia said.",
            "There were no casualties in the latest shelling of Hadrut, officials said.",
        ),
        no=(
            "Azerbaijan denied shelling Stepanakert.",
            "The Azerbaijani Ministry of Defence said that the shelling of Stepanakert is a lie.",
            "The Armenian Defence Ministry said Armenian forces did not shell Ganja.",
        ),
    ),
    Gate(
        name="after_publication",
        says="What is told as done did not happen after the text was published.",
        doubts=("when",),
        stops=_after_publication,
        yes=("Armenian units fired at Hadrut on November 20.",),
        no=("Azerbaijani forces shelled Hadrut on October 10.",),
    ),
    Gate(
        name="bare_office",
        says="An office without a name answers the one who accused it, not for him.",
        doubts=("speaker", "actor"),
        stops=_bare_office,
        yes=("Azerbaijan said Armenian troops shelled Hadrut. The Government denied the attack.",),
        no=(
            "Azerbaijan said Armenian troops shelled Hadrut. The Armenian Government denied the attack.",
        ),
    ),
    Gate(
        name="no_name",
        says="A phrase that begins with a preposition names nobody who speaks.",
        doubts=("speaker",),
        stops=_no_name,
        yes=("Of special note, on 8 October Armenian units fired at Hadrut.",),
        no=("Witnesses said Armenian units fired at Hadrut.",),
    ),
    Gate(
        name="no_report",
        says="That nothing was reported is no count of zero.",
        doubts=("harm",),
        stops=_no_report,
        yes=("There was no immediate report of casualties after the shelling of Hadrut.",),
        no=("Nobody was killed in the shelling of Hadrut.",),
    ),
)


def gated(
    drafts: Sequence[Draft], document: Document, lines: Sequence[Line]
) -> tuple[list[Draft], list[Disagreement]]:
    """Give the drafts with what is doubted left unresolved, and each doubt with what was read.

    Reports of monitors and forms are read by templates, and pass.
    """
    if document.profile not in {Profile.NEWS, Profile.PARTY_STATEMENT}:
        return list(drafts), []
    quotes = quoted(document.text)
    kept: list[Draft] = []
    doubts: list[Disagreement] = []
    for index, draft in enumerate(drafts):
        case = Case(draft, lines[draft.sentence], document, quotes, drafts[:index])
        for gate in GATES:
            if gate.stops(case):
                doubts += [_doubt(index, field, draft, gate) for field in gate.doubts]
                case = replace(case, draft=_without(case.draft, gate))
        kept.append(case.draft)
    return kept, doubts


def _doubt(index: int, field: str, draft: Draft, gate: Gate) -> Disagreement:
    told = {"when": draft.time_cited.text if draft.time_cited else "the time read", "harm": "0"}
    read = (told | core(draft))[field]
    return Disagreement(
        index, field, ((f"gate {gate.name}", "unresolved"), (draft.coder.name, read))
    )


def _without(draft: Draft, gate: Gate) -> Draft:
    """Take out of a draft what a gate doubts."""
    flags = (*draft.flags, f"gate:{gate.name}")
    for field in gate.doubts:
        draft = _WITHOUT[field](draft)
    return replace(draft, flags=flags)


def _nobody(draft: Draft) -> Draft:
    """Keep that somebody speaks, and leave open who."""
    last = replace(draft.layers[-1], said=None, actors=(), sides=(), role=None)
    return replace(draft, layers=(*draft.layers[:-1], last))


def _undenied(draft: Draft) -> Draft:
    """Leave open how it is said; whoever was read as acting only because it was denied did not act."""
    kept = (
        draft if set(draft.actors) - _speaking(draft) else replace(draft, actors=(), actor_words=())
    )
    return replace(kept, stance=Stance.UNRESOLVED, denied=None)


_WITHOUT: dict[str, Callable[[Draft], Draft]] = {
    "speaker": _nobody,
    "stance": _undenied,
    "actor": lambda draft: replace(draft, actors=(), actor_words=()),
    "when": lambda draft: replace(draft, time=None, time_cited=None),
    "harm": lambda draft: replace(
        draft, counts=tuple(c for c in draft.counts if not c.low == c.high == 0)
    ),
}
