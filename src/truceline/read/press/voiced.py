"""Who speaks in a stretch of a sentence, and what earlier sentences leave behind."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from truceline.model.pack import ActorKind
from truceline.read.naming.actor import PAIR, PEOPLE, STATE, VOICE, Actor
from truceline.read.naming.cast import is_party

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.read.grammar.line import Line
    from truceline.read.naming.cast import Cast
    from truceline.read.naming.lexicon import Hit

_TALKS_REACH = 3
_TWO = 2
_LIST_GAP = 3
_NONE_REACH, _STEM = 7, 3
_SPEAKING_FORMS = frozenset({VOICE, PAIR, STATE, "capital", "forces"})


@dataclass(frozen=True, slots=True)
class Voiced:
    """Who speaks in one layer: a mention here, or one carried over from before."""

    actor: Actor | None
    cue: tuple[int, int] | None
    inferred: bool = False
    here: bool = True


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens `i` up to `j` with who says them; no layers: the narrator.

    `stance` is the key of the speech word; `frame` the tokens of the attribution itself.
    """

    i: int
    j: int
    layers: tuple[Voiced, ...]
    stance: str
    cue: tuple[int, int] | None
    frame: tuple[int, int]
    rules: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lead:
    """Who a list is about: `X:` or, where `says`, `X said that:`, followed by items."""

    actor: Actor
    says: bool


@dataclass(slots=True)
class Memory:
    """What earlier sentences leave behind: the last speaker, the last people in talks.

    `home` is the state in whose capital the text was written; `lead` whom the list at hand is about.
    """

    speaker: Actor | None = None
    speaker_at: int = -99
    talks: Actor | None = None
    talks_at: int = -99
    roles: dict[str, Actor] = field(default_factory=dict)
    issuer: Actor | None = None
    home: Actor | None = None
    lead: Lead | None = None
    sentence: int = 0

    def said_by(self, actor: Actor) -> None:
        """Remember who spoke last; somebody nobody knows ends what the one before said."""
        self.speaker = actor if actor.sides or actor.ids else None
        self.speaker_at = self.sentence
        if actor.role:
            self.roles[actor.role] = actor

    def recent(self, reach: int) -> Actor | None:
        """Give the last speaker, if they spoke at most so many sentences ago."""
        return self.speaker if self.sentence - self.speaker_at <= reach else None


def can_speak(actor: Actor) -> bool:
    """Answer whether a mention can be a speaker: ground, positions and adjectives cannot."""
    if not actor.speaks:
        return False
    return actor.form in _SPEAKING_FORMS or bool(actor.ids) or actor.kind is ActorKind.OUTLET


def is_form(line: Line, k: int, key: str) -> bool:
    """Answer whether a word in any form is one of the lexicon's grammar words of a key."""
    return line.has(k, key) or (
        0 <= k < len(line.tokens) and line.tokens[k].lemma in line.words[key]
    )


def cased(actor: Actor, line: Line, key: str) -> bool:
    """Answer whether the ending of a mention is one of a key: `oblique` for no subject, `agent`, `aim`.

    Keys in `_first` are endings of its first word, those in `_rest` what follows the stem of its last.
    """
    if actor.j > len(line.tokens) or actor.j <= actor.i:
        return False
    first, last = line.tokens[actor.i], line.tokens[actor.j - 1]
    endings = tuple(line.words[f"{key}_first"])
    if endings and first.norm != first.lemma and first.norm.endswith(endings):
        return True
    stem = last.lemma if last.norm.startswith(last.lemma) else last.norm
    return last.norm[len(stem) :] in line.words[f"{key}_rest"]


def oblique(actor: Actor, line: Line) -> bool:
    """Answer whether the form of a mention says that it is no subject: `Армению`."""
    if not inflects(line):
        return False
    noun = next((h for h in line.of("forces") if h.key == "forces" and h.j == actor.i), None)
    if noun is not None and not verb_last(line):
        # "войска Армении": the noun before the name is the subject.
        return cased(replace(actor, i=noun.i, j=noun.j), line, "oblique")
    if (own := _own_forces(actor, line)) is not None:
        return cased(replace(actor, i=own.i, j=own.j), line, "oblique")
    state = actor.form in {STATE, "capital"}
    alone = state or (actor.kind is ActorKind.PERSON and actor.j - actor.i == 1)
    if (not alone or not line.words["oblique_first"]) and cased(actor, line, "oblique"):
        return True
    if _group_oblique(actor, line):
        return True
    single = state or actor.kind is ActorKind.PERSON
    return single and (cased(actor, line, "oblique_name") or _declined(actor, line))


def _own_forces(actor: Actor, line: Line) -> Hit | None:
    """Give the forces that follow a name in the genitive, where the owner stands first."""
    if not verb_last(line) or actor.form == PEOPLE:
        return None
    return next(
        (h for h in line.of("forces") if h.key == "forces" and actor.i <= h.i <= actor.j < h.j),
        None,
    )


def _declined(actor: Actor, line: Line) -> bool:
    """Answer whether a name stands in another form than its lemma; a wrong lemma proves nothing."""
    if not line.words["oblique_first"] or not 0 < actor.j <= len(line.tokens):
        return False
    last = line.tokens[actor.j - 1]
    stem = last.lemma[: max(_STEM, len(last.lemma) - 2)]
    return last.norm != last.lemma and last.norm.startswith(stem)


def _group_oblique(actor: Actor, line: Line) -> bool:
    """Answer whether only the last of a list bears the ending: `Xs və Yni`."""
    if not line.words["oblique_rest"] or not line.has(actor.j, "joiner"):
        return False
    after = next((a for a in line.actors if a.i == actor.j + 1), None)
    return after is not None and oblique(after, line)


def inflects(line: Line) -> bool:
    """Answer whether the lexicon knows endings that tell a subject from an object."""
    return bool(line.words["oblique_first"] or line.words["oblique_rest"])


def verb_last(line: Line) -> bool:
    """Answer whether the language puts the verb last, what is said before it or after a `that`."""
    return bool(line.words["verb_last"])


def interested(actor: Actor, cast: Cast) -> bool:
    """Answer whether a speaker belongs to a party to the conflict."""
    return any(is_party(side, cast) for side in actor.sides)


def pair_of(both: Hit, memory: Memory, cast: Cast, *, hostile: bool) -> Actor | None:
    """Resolve `both sides`: the parties for hostile acts, else the people last in talks, if near."""
    near = memory.talks is not None and memory.sentence - memory.talks_at <= _TALKS_REACH
    talking = memory.talks if near and not hostile else None
    if talking is not None and len(talking.sides) <= _TWO:
        return replace(talking, i=both.i, j=both.j, form=PAIR, flags=("both_sides",))
    parties = cast.parties
    if len(parties) != _TWO:
        return Actor(both.i, both.j, PAIR, flags=("both_sides", "actor_unresolved"))
    return Actor(both.i, both.j, PAIR, (), parties, None, None, ("both_sides",))


def _negated(k: int, line: Line) -> bool:
    """Answer whether a word for not stands right before a token."""
    return any(h.j == k for h in line.keyed("negation", "not"))


def none_after(hit: Hit, line: Line, end: int) -> bool:
    """Answer whether a word after an act says that there was none: `потерь нет`, `չեն բացել`."""
    if not (line.words["absent"] or line.words["absent_after"]):
        return False
    for k in range(hit.i, min(hit.j + _NONE_REACH, end)):
        if line.has(k, "absent") or (line.has(k, "absent_after") and _negated(k, line)):
            return True
        other = any(h.i == k for h in line.of("acts"))
        if k >= hit.j and (other or line.norm(k) in {",", ";"}):
            return False
    return False


def listed(last: Actor, named: Sequence[Actor], line: Line) -> Actor:
    """Join `A, B and C` into one mention of all their sides; `last` is C."""
    whole, linked = last, False
    for actor in sorted(named, key=lambda a: -a.i):
        between = range(actor.j, whole.i)
        if not 0 < len(between) <= _LIST_GAP:
            continue
        and_here = any(line.has(k, "joiner") for k in between)
        plain = all(
            line.norm(k) == "," or line.has(k, "joiner") or line.has(k, "article") for k in between
        )
        if not plain or not (and_here or linked):
            break
        whole, linked = joined(actor, whole), True
    return whole


def joined(before: Actor, actor: Actor) -> Actor:
    """Join two mentions with `and` between them into one of two sides."""
    sides = tuple(dict.fromkeys((*before.sides, *actor.sides)))
    ids = tuple(dict.fromkeys((*before.ids, *actor.ids)))
    return Actor(
        before.i,
        actor.j,
        PAIR,
        ids,
        sides,
        actor.role,
        actor.kind,
        (*before.flags, *actor.flags),
        (*before.unresolved, *actor.unresolved),
    )
