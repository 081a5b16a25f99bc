"""Short codes: one line of typing to a claim, every word completed by its beginning.

::

    a AZ>AM shell @Hadrut t=2020-10-10 n=killed:9 by=AM ~

The first word is the stance, a word with `>` holds actors and targets, `@` a place, `~` a hedge,
`t=` the time, `n=` a count, `by=` the speaker, `m=` modality or attitude, `s=` the stance, `q=` the
words of the sentence that it stands in; any other word is an act. `?` stands for unresolved.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from truceline.cli.annotation.gold import NARRATOR, GoldClaim, GoldCount, GoldTime
from truceline.model.acts import Act
from truceline.model.coding import Attitude, Measure, Modality
from truceline.model.evidence import Stance
from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from truceline.model.pack import Pack
    from truceline.model.place_time import GazetteerEntry

OPEN = "?"
STANCES = tuple(stance.value for stance in Stance)
ACTS = tuple(act.value for act in Act if act is not Act.UNRESOLVED)
MEASURES = tuple(measure.value for measure in Measure)
MANNERS = (*(m.value for m in Modality), *(a.value for a in Attitude))
_MOST_SHOWN = 8
_MARKED = re.compile(r"[a-z]{1,3}=|[^=]*>")
_DAY = timedelta(days=1)
_MINUTES = "%Y-%m-%dT%H:%M"
_RANGE = re.compile(r"(-?\d{1,7})\.\.(\d{1,7})")
_COUNT = re.compile(r"(?P<name>[a-z]+):(?P<low>\d{1,9}|\?)(?:-(?P<high>\d{1,9}|\?))?")


class CodeError(ValueError):
    """A word of a code that is not understood; the message says which and what may stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What may be named in a code: sides, speakers, places by each of their names, words of acts."""

    sides: tuple[str, ...]
    speakers: tuple[str, ...]
    places: Mapping[str, tuple[str, ...]]
    acts: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, pack: Pack, places: Iterable[GazetteerEntry], language: str) -> Words:
        """Give the words of a pack and the places of its mission."""
        named: dict[str, list[str]] = {}
        for place in places:
            for name in (place.id, place.name, *place.name.split("/"), *place.aliases):
                named.setdefault(_key(name), []).append(place.id)
        said: dict[str, list[str]] = {}
        lexicon = pack.lexicons.get(language)
        for act, phrases in (lexicon.classes.get("acts", {}) if lexicon else {}).items():
            for phrase in phrases:
                said.setdefault(_key(phrase), []).append(act)
        sides = tuple(side.id for side in pack.sides)
        return cls(
            sides=sides, speakers=(NARRATOR, *sides, *(actor.id for actor in pack.actors)),
            places={name: tuple(dict.fromkeys(ids)) for name, ids in named.items()},
            acts={name: tuple(dict.fromkeys(acts)) for name, acts in said.items()},
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a code is typed: the sentence's words, where it begins, how long the whole text is."""

    text: str
    start: int
    whole: int


def new_claim(code: str, words: Words, place: Place) -> GoldClaim:
    """Give the claim that a code stands for; raises CodeError."""
    first, *rest = _split(code) or [""]
    blank = GoldClaim(start=place.start, end=place.start + len(place.text),
                      stance=Stance(pick(first, STANCES, "stance", first_wins=True)))  # fmt: skip
    return _with(blank, rest, words, place)


def changed(claim: GoldClaim, code: str, words: Words, place: Place) -> GoldClaim:
    """Give a claim with the fields that a code names; raises CodeError."""
    return _with(claim, _split(code), words, place)


def code_of(claim: GoldClaim, place: Place) -> str:
    """Write a claim as the code that stands for it."""
    parts = [claim.stance.value]
    if claim.actors or claim.targets:
        parts.append(f"{'+'.join(claim.actors) or OPEN}>{'+'.join(claim.targets)}")
    parts.extend(act.value for act in claim.acts)
    parts.extend(f"@{place_id}" for place_id in claim.places)
    parts.append("t=" + (f"{claim.time.start}/{claim.time.to}" if claim.time else OPEN))
    parts.extend(f"n={c.measure}:{_end(c.low)}-{_end(c.high)}" for c in claim.counts)
    parts.append(f"by={'+'.join(claim.speaker) or OPEN}")
    parts.append(f"m={claim.modality.value}")
    parts.extend([f"m={claim.attitude.value}"] if claim.attitude else [])
    parts.extend(["~"] if claim.hedged else [])
    at = claim.start - place.start, claim.end - place.start
    parts.extend([f"q={at[0]}..{at[1]}"] if at != (0, len(place.text)) else [])
    return " ".join(parts)


def pick(word: str, options: Sequence[str], what: str, *, first_wins: bool = False) -> str:
    """Complete a word by its beginning: whole words first, then the only one that begins so."""
    low = word.casefold()
    found = [o for o in options if o.casefold() == low] or [
        o for o in options if low and o.casefold().startswith(low)
    ]
    return found[0] if found and first_wins else _only(word, found, options, what)


def _only(word: str, found: Sequence[str], options: Sequence[str], what: str) -> str:
    """Give the one thing found; raises CodeError that lists what may stand here."""
    if len(found) == 1:
        return found[0]
    may = ", ".join((found or list(options))[:_MOST_SHOWN])
    more = " ..." if len(found or options) > _MOST_SHOWN else ""
    reason = "may be any" if found else "is none"
    msg = f"{what}: {word!r} {reason} of: {may}{more}"
    raise CodeError(msg)


def _split(code: str) -> list[str]:
    lexer = shlex.shlex(code, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = ""
    lexer.quotes = '"'
    try:
        return list(lexer)
    except ValueError as error:
        msg = f"the code is not closed: {error}"
        raise CodeError(msg) from None


def _with(claim: GoldClaim, parts: Sequence[str], words: Words, place: Place) -> GoldClaim:
    """Set the fields that the parts name; lists that are named begin anew."""
    acts: list[Act] = []
    places: list[str] = []
    counts: list[GoldCount] = []
    for part in parts:
        if part.startswith("@"):
            places.extend(_place(part[1:], words))
        elif part.startswith("n="):
            counts.append(_count(part[2:]))
        elif part == "~" or _MARKED.match(part):
            claim = _field(claim, part, words, place)
        else:
            acts.append(_act(part, words))
    return replace(
        claim, acts=_known(acts) if acts else claim.acts,
        places=tuple(p for p in places if p != OPEN) if places else claim.places,
        counts=tuple(counts) or claim.counts,
    )  # fmt: skip


def _known(acts: Sequence[Act]) -> tuple[Act, ...]:
    return tuple(dict.fromkeys(act for act in acts if act is not Act.UNRESOLVED))


def _field(claim: GoldClaim, part: str, words: Words, place: Place) -> GoldClaim:
    """Set one field that has a mark of its own."""
    if part == "~":
        return replace(claim, hedged=not claim.hedged)
    mark, _, value = part.partition("=")
    if ">" in mark:
        actors, _, targets = part.partition(">")
        return replace(claim, actors=_sides(actors, words), targets=_sides(targets, words))
    if mark == "by":
        names = [pick(n, words.speakers, "by=") for n in value.split("+") if n != OPEN]
        return replace(claim, speaker=tuple(names))
    return _valued(claim, mark, value, place)


def _valued(claim: GoldClaim, mark: str, value: str, place: Place) -> GoldClaim:
    """Set a field that a letter names."""
    match mark:
        case "s":
            return replace(claim, stance=Stance(pick(value, STANCES, "s=", first_wins=True)))
        case "t":
            return replace(claim, time=_time(value))
        case "m":
            return _manner(claim, pick(value, MANNERS, "m="))
        case "q":
            start, end = _quote(value, place)
            return replace(claim, start=start, end=end)
        case _:
            msg = f"{mark}=: there is no such field; there are s= t= n= by= m= q="
            raise CodeError(msg)


def _manner(claim: GoldClaim, name: str) -> GoldClaim:
    if name in {attitude.value for attitude in Attitude}:
        return replace(claim, attitude=Attitude(name))
    return replace(claim, modality=Modality(name))


def _sides(text: str, words: Words) -> tuple[str, ...]:
    return tuple(pick(s, words.sides, "side") for s in text.split("+") if s not in {"", OPEN})


def _act(word: str, words: Words) -> Act:
    """Give an act by its name, else by a word of the pack for it."""
    if word == OPEN:
        return Act.UNRESOLVED
    if word.casefold() in ACTS:
        return Act(word.casefold())
    if said := words.acts.get(_key(word)):
        return Act(_only(word, said, said, "act"))
    return Act(pick(word, ACTS, "act"))


def _place(word: str, words: Words) -> list[str]:
    if word == OPEN:
        return [OPEN]
    key = _key(word)
    found = words.places.get(key) or tuple(
        dict.fromkeys(i for name, ids in words.places.items() if name.startswith(key) for i in ids)
    )
    known = tuple(sorted({place for ids in words.places.values() for place in ids}))
    return [_only(word, found, known, "@")]


def _time(value: str) -> GoldTime | None:
    """Read `2020-10-10`, `2020-10-10T12:05`, or two of these with `/` between them."""
    if value == OPEN:
        return None
    first, _, last = value.partition("/")
    start, (begins, end) = _bounds(first)[0], _bounds(last or first)
    if begins < start:
        msg = f"t={value}: the end lies before the beginning"
        raise CodeError(msg)
    return GoldTime(start=start.strftime(_MINUTES), to=end.strftime(_MINUTES))


def _bounds(text: str) -> tuple[datetime, datetime]:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is not None or len(text) not in {10, 16}:
        msg = f"t={text}: write local time as 2020-10-10 or 2020-10-10T12:05"
        raise CodeError(msg)
    whole_day = "T" not in text
    return moment, moment + _DAY if whole_day else moment


def _count(value: str) -> GoldCount:
    found = _COUNT.fullmatch(value.casefold())
    if found is None:
        msg = f"n={value}: write n=killed:9 or n=injured:3-5, with ? for an open end"
        raise CodeError(msg)
    low, high = found["low"], found["high"] or found["low"]
    bounds = tuple(None if end == OPEN else int(end) for end in (low, high))
    if bounds[0] is not None and bounds[1] is not None and bounds[1] < bounds[0]:
        msg = f"n={value}: the second number is smaller than the first"
        raise CodeError(msg)
    name = pick(found["name"], MEASURES, "n=")
    return GoldCount(measure=name, low=bounds[0], high=bounds[1])


def _quote(value: str, place: Place) -> tuple[int, int]:
    """Find words in the sentence, or take offsets from its beginning: `q="these words"`, `q=10..24`."""
    if match := _RANGE.fullmatch(value):
        start, end = place.start + int(match[1]), place.start + int(match[2])
    else:
        words = r"\s+".join(map(re.escape, value.split()))
        found = re.search(words, place.text) if words else None
        start, end = (place.start + n for n in found.span()) if found else (-1, -1)
    if not 0 <= start < end <= place.whole:
        msg = f"q={value}: these words do not stand in the sentence"
        raise CodeError(msg)
    return start, end


def _end(number: int | None) -> str:
    return OPEN if number is None else str(number)


def _key(name: str) -> str:
    return fold(name.replace("_", " "))
