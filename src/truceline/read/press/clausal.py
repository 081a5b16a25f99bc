"""Clauses of a stretch: where a new subject begins, and which acts each clause tells."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from truceline.model.acts import Act, lineage
from truceline.read.naming.families import (
    BLASTS,
    SOFT,
    TALKS,
    TRUCE,
    TRUCE_DEEDS,
    families,
    is_hostile,
)
from truceline.read.press.voiced import inflects, is_form, verb_last

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from truceline.model.coding import Cited
    from truceline.read.grammar.line import Line
    from truceline.read.naming.actor import Actor
    from truceline.read.naming.cast import Cast
    from truceline.read.naming.lexicon import Hit
    from truceline.read.press.voiced import Memory, Stretch

_VERB_REACH = 4
_OWNED, _DOWNED = 2, 4
_DEAL = "ceasefire_agreement"
_HARMING = frozenset({"kill", "destroy", "murder", "убить", "погибнуть"})
_POINTED = frozenset({Act.MISSILE_STRIKE, Act.ROCKET_FIRE, Act.ARTILLERY_FIRE})


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence is read with: its place in the text, memory, cast, publication and quotes."""

    line: Line
    number: int
    memory: Memory
    cast: Cast
    published: date | None
    direct: tuple[tuple[int, int], ...]
    quote: Cited


@dataclass(frozen=True, slots=True)
class Clause:
    """Act words of one family in tokens `i` up to `j` of a stretch."""

    i: int
    j: int
    hits: tuple[Hit, ...]
    stretch: Stretch

    @property
    def speaker(self) -> Actor | None:
        """Who says it, in the innermost layer."""
        return self.stretch.layers[-1].actor if self.stretch.layers else None


def clauses_of(stretch: Stretch, line: Line) -> list[Clause]:
    """Cut a stretch where a new subject begins; each part holds its act words by family."""
    i, j = stretch.i, stretch.j
    edges = [i, *_edges(i, j, line), j]
    return [
        Clause(first, last, tuple(family), stretch)
        for first, last in pairwise(edges)
        for family in families(_telling([h for h in line.of("acts") if first <= h.i < last], line))
    ]


def _telling(hits: list[Hit], line: Line) -> list[Hit]:
    """Drop act words that only name: those killed, the agreement to implement, the recent talks."""
    hits = [h for h in hits if not line.has(h.i - 1, "those") and not _opening_clause(h, line)]
    told = [h for h in hits if not _judged(h, line) and not _referred(h, line)]
    hits = told or hits
    if {h.key for h in hits} & TRUCE_DEEDS or any(h.key != _DEAL for h in hits if _breaks(h, hits)):
        hits = [h for h in hits if h.key != _DEAL]
    if any(h.key == Act.EXCHANGE_OF_PRISONERS_AND_REMAINS for h in hits):
        # "the bodies of the dead": those handed over.
        hits = [h for h in hits if h.key != Act.CASUALTIES]
    others = [h for h in hits if h.key not in TALKS]
    if not others:
        return hits
    return [h for h in hits if h in others or not _only_named(h, line)]


def _breaks(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Answer whether a deed reaches into the words for an agreement: `violating the agreement`."""
    return any(d.key == _DEAL and hit.i < d.i < hit.j for d in hits)


def _judged(hit: Hit, line: Line) -> bool:
    """Answer whether a word only judges what is told: `..., constituting a violation of the truce`."""
    return any(line.has(k, "amounting") for k in range(max(0, hit.i - _VERB_REACH), hit.i))


def _referred(hit: Hit, line: Line) -> bool:
    """Answer whether a truce is only pointed to: `following the ceasefire agreement`."""
    if Act(hit.key) not in TRUCE:
        return False
    k = hit.i - 1
    while k > 0 and line.has(k, "article"):
        k -= 1
    return line.has(k, "referring")


def _opening_clause(hit: Hit, line: Line) -> bool:
    """Answer whether a word only dates something: `since the fighting began`."""
    if line.has(hit.j, "onset") if verb_last(line) else line.has(hit.i - 1, "onset"):
        return True
    since = next((k for k in range(max(0, hit.i - 2), hit.i) if line.has(k, "since")), None)
    return since is not None and line.has(hit.j, "began")


def _only_named(hit: Hit, line: Line) -> bool:
    """Answer whether talks are only named: `at the recent talks`, not `held talks with`."""
    if line.has(hit.j - 1, "named"):
        return True  # "vasitəçiliyi ilə": the form of the word says so
    noun = hit.j - hit.i == 1 or is_form(line, hit.i, "talk_noun")
    return noun and is_form(line, hit.i - 1, "naming")


def _edges(i: int, j: int, line: Line) -> Iterator[int]:
    acts = [h.i for h in line.of("acts") if i <= h.i < j]
    if not acts:
        return
    opening = range(i, min(i + _VERB_REACH, acts[0]))
    led = any(line.has(k, "break") and not line.has(k, "that") for k in opening)
    for k in range(acts[0] + 1, acts[-1]):
        if led and line.norm(k) == ",":
            # "After the truce was agreed in A, shelling hit B": what is told begins at the comma.
            led = False
            yield k + 1
            continue
        if (
            line.norm(k) == ";"
            or line.has(k, "contrast")
            or (
                (line.norm(k) == "," or line.has(k, "joiner") or line.has(k, "break"))
                and (_new_subject(k + 1, j, line))
            )
        ):
            yield k + 1


def _new_subject(k: int, j: int, line: Line) -> bool:
    """Answer whether an actor and its own act word begin here, a time before it left aside."""
    busy = {n for t in line.times for n in range(t.i, t.j)}
    while k < j and (k in busy or line.has(k, "joiner") or line.has(k, "preposition")):
        k += 1
    actor = next((a for a in line.actors if 0 <= a.i - k <= 1 and a.acts and a.sides), None)
    if actor is None or line.tokens[actor.j - 1].possessive:
        return False
    following = next((h for h in line.of("acts") if actor.j <= h.i < j), None)
    return following is not None and following.i - actor.j <= _VERB_REACH


def acts_of_clause(clause: Clause, line: Line) -> tuple[tuple[Act, ...], tuple[Hit, ...]]:
    """Give the most special acts of a clause, sharpened by the weapons used, and those weapons."""
    acts = list(dict.fromkeys(Act(h.key) for h in clause.hits))
    if Act.CEASEFIRE_AGREEMENT in acts and _begins(clause, line):
        acts = [Act.CEASEFIRE_ENTRY_INTO_FORCE if a is Act.CEASEFIRE_AGREEMENT else a for a in acts]
    hostile = [a for a in acts if is_hostile([a])]
    tools: tuple[Hit, ...] = ()
    if hostile:
        tools = tuple(
            h
            for h in line.of("instruments")
            if clause.i <= h.i < clause.j and _used(h, clause, line)
        )
        blown = [a for a in acts if a in BLASTS]
        if blown and not tools and _only_harm(clause, hostile, line):
            # "the mine killed two": what went off is told, the killing is its harm.
            acts = blown
        else:
            acts = [a for a in (*acts, *(Act(h.key) for h in tools)) if a not in SOFT]
    elif acts == [Act.DAMAGE_TO_CIVILIAN_OBJECT] and _arms_between(clause, line):
        acts = [Act.HOSTILE_ACT]  # "three tanks were destroyed"
    elif set(acts) & BLASTS:
        acts = [a for a in acts if a in BLASTS]
    kept = [a for a in dict.fromkeys(acts) if not any(b is not a and a in lineage(b) for b in acts)]
    if _POINTED & set(kept) and Act.GROUND_ASSAULT not in hostile:
        # Tanks and infantry named beside shells did not assault.
        kept = [a for a in kept if a is not Act.GROUND_ASSAULT]
    return tuple(kept), tools


def _arms_between(clause: Clause, line: Line) -> bool:
    return any(clause.i <= h.i < clause.j for h in line.of("instruments"))


def _only_harm(clause: Clause, hostile: Sequence[Act], line: Line) -> bool:
    told = [h for h in clause.hits if h.key == Act.HOSTILE_ACT]
    return list(hostile) == [Act.HOSTILE_ACT] and all(
        line.tokens[h.i].lemma in _HARMING for h in told
    )


def _tool(hit: Hit, line: Line) -> bool:
    """Answer whether the ending of a weapon says that it was used: `dronlarla`, `ականանետից`."""
    last = line.tokens[hit.j - 1]
    return last.norm[len(last.lemma) :] in line.words["tool_rest"]


def _counting(k: int, line: Line) -> bool:
    """Answer whether a word counts, or is one of a list of what was counted: `20 soldiers and 3 tanks`."""
    listed = line.has(k, "joiner") and inflects(line)
    classes = (
        "numbers",
        "qualifiers",
        "side",
        *(("persons", "others", "forces") if inflects(line) else ()),
    )
    inside = any(h.i <= k < h.j for cls in classes for h in line.of(cls))
    return listed or line.tokens[k].number or inside


def _begins(clause: Clause, line: Line) -> bool:
    """Answer whether a truce is said to hold from an hour on: `припинення вогню з 12:00`."""
    return any(
        t.clock
        and clause.i <= t.i < clause.j
        and any(line.has(k, "from_hour") for k in (t.i - 1, *range(t.i, t.j + 1)))
        for t in line.times
    )


def _used(hit: Hit, clause: Clause, line: Line) -> bool:
    """Answer whether a weapon was used here, not destroyed, owned or only named."""
    k = hit.i - 1
    while k > clause.i and (is_form(line, k, "loose") or _counting(k, line)):
        k -= 1
    if is_form(line, k, "destroyed") or any(
        is_form(line, at, "downed") for at in range(hit.j, min(hit.j + _DOWNED, clause.j))
    ):
        return False
    if line.has(hit.j, "tool_after") or _tool(hit, line):
        return True
    beside = any(abs(h.i - hit.j) <= 1 or 0 <= hit.i - h.j <= _OWNED for h in clause.hits)
    return beside or line.has(k, "using") or line.norm(k) == ","
