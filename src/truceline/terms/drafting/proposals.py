"""Clauses to proposed provisions: by cue words kept as data, each proposal with the words that it rests on."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from truceline.model.acts import Act
from truceline.model.agreement import ProvisionKind
from truceline.model.deed import Unit
from truceline.terms.drafting.clauses import Clause, clauses
from truceline.terms.drafting.moments import due, enters, moments

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from truceline.terms.drafting.moments import Moment

FILE = "cues.csv"
_EFFORT = re.compile(
    r"\b(?:endeavou?r|make (?:every|all) efforts?|best efforts|seek to|strive|in principle|consider(?:s|ing)?|encourag\w+|call(?:s|ed)? (?:on|for)|hope|intend|explore|work towards|reaffirm\w*|express\w*|hold important)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\b(\d{1,3}(?:,\d{3})+|\d+)\b(?=[^.;\d]{0,25}(?:trucks|lorries|convoys))")
_EVERY = {
    "day": re.compile(r"\b(?:(?:per|a|each|every) day|daily)\b"),
    "week": re.compile(r"\b(?:(?:per|a|each|every) week|weekly)\b"),
}


_OWED = frozenset({"obligation", "undertaking"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words of a clause that speak for a kind of provision; `general` ones speak only where no others do."""

    kind: ProvisionKind
    class_: str
    acts: tuple[Act, ...]
    unit: Unit | None
    general: bool
    pattern: re.Pattern[str]
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A provision that the clauses of a point may mean: its class and kind, who is named, and by when.

    `words` are those that speak for it, `due` a day or a period in ISO 8601, `quantity` a number with `every` (P1D, P1W).
    """

    id: str
    clauses: tuple[Clause, ...]
    class_: str
    kind: ProvisionKind
    words: str
    acts: tuple[Act, ...]
    unit: Unit | None
    named: tuple[str, ...]
    due: Moment | str | None
    quantity: int | None = None
    every: str | None = None


@cache
def cues() -> tuple[Cue, ...]:
    """Give the cues as they are kept, row by row: where two speak for one clause the earlier is named first."""
    text = (files("truceline.terms.drafting") / FILE).read_text(encoding="utf-8")
    return tuple(
        Cue(
            kind=ProvisionKind(row["kind"]), class_=row["class"],
            acts=tuple(Act(act) for act in row["acts"].split(";") if act),
            unit=Unit(row["unit"]) if row["unit"] else None, general=row["general"] == "yes",
            pattern=re.compile(row["pattern"], re.IGNORECASE), example=row["example"],
        )
        for row in csv.DictReader(text.splitlines())
    )  # fmt: skip


def proposals(text: str, sides: Mapping[str, Sequence[str]], year: int) -> tuple[Proposal, ...]:
    """Propose a provision for each kind that a point speaks of; `sides` gives the names of each party by its id."""
    found: dict[tuple[str, ProvisionKind, str], list[tuple[Clause, Cue, re.Match[str]]]] = {}
    for clause in clauses(text):
        for cue, match in _speaking(clause):
            found.setdefault((clause.point, cue.kind, cue.class_), []).append((clause, cue, match))
    ids = _ids([point for point, _, _ in found])
    return tuple(
        _proposal(name, said, sides, year) for name, said in zip(ids, found.values(), strict=True)
    )


def unread(text: str) -> tuple[Clause, ...]:
    """Give the clauses that no cue speaks for and that do not say when the text enters into force: people read them."""
    return tuple(
        clause
        for clause in clauses(text)
        if not _speaking(clause) and not (enters(clause.text) and moments(clause.text, 2000))
    )


def _speaking(clause: Clause) -> list[tuple[Cue, re.Match[str]]]:
    """Give the cues that a clause holds: an exception speaks alone, and a general word only where no other does."""
    found = [(cue, match) for cue in cues() if (match := cue.pattern.search(clause.text))]
    alone = [pair for pair in found if pair[0].class_ == "exception"]
    kept = alone[:1] or [pair for pair in found if not pair[0].general] or found
    return [
        pair for n, pair in enumerate(kept) if not any(_within(pair[1], o[1]) for o in kept[:n])
    ]


def _within(one: re.Match[str], other: re.Match[str]) -> bool:
    return other.start() <= one.start() and one.end() <= other.end()


def _ids(points: list[str]) -> list[str]:
    """Give each provision the number of its point, and a letter where a point has several."""
    plain = [re.sub(r"[^A-Za-z0-9._-]+", "-", point) for point in points]
    made, taken = [], set[str]()
    for name in plain:
        letters = _letters() if plain.count(name) > 1 else iter([""])
        made.append(
            next(n for n in (f"{name}{letter}" for letter in _and(letters)) if n not in taken)
        )
        taken.add(made[-1])
    return made


def _letters() -> Iterator[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    yield from letters
    yield from (one + two for one in letters for two in letters)


def _and(letters: Iterator[str]) -> Iterator[str]:
    yield from letters
    yield from (f"-{number}" for number in range(2, 1000))


def _proposal(
    name: str, said: Sequence[tuple[Clause, Cue, re.Match[str]]], sides: Mapping[str, Sequence[str]],
    year: int,
) -> Proposal:  # fmt: skip
    _, cue, match = said[0]
    whole = " ".join(clause.text for clause, _, _ in said)
    when = next((d for clause, _, _ in said if (d := due(clause.text, year))), None)
    count = _COUNT.search(whole) if cue.kind is ProvisionKind.AID_QUOTA else None
    each = next(
        (f"P1{unit[0].upper()}" for unit, words in _EVERY.items() if words.search(whole)), None
    )
    return Proposal(
        id=name, clauses=tuple(clause for clause, _, _ in said), class_=_class(cue, whole, when),
        kind=cue.kind, words=match[match.lastindex or 0], acts=cue.acts, unit=cue.unit,
        named=_named(whole, sides), due=when if cue.class_ in _OWED else None,
        quantity=int(count[1].replace(",", "")) if count else None, every=each if count else None,
    )  # fmt: skip


def _class(cue: Cue, text: str, when: Moment | str | None) -> str:
    """Take best-effort words for an undertaking, and an undertaking with a date for an obligation."""
    if cue.class_ not in _OWED:
        return cue.class_
    if when is not None:
        return "obligation"
    return "undertaking" if _EFFORT.search(text) else cue.class_


# A party after one of these is not the one that acts.
_OTHER_SIDE = re.compile(
    r"\b(?:to|from|against|towards?|with|between)\s+(?:the\s+)?(?:(?:Republic|Kingdom|State)\s+of\s+)?$"
)


def _named(text: str, sides: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Give the parties that a clause names as those who act, as whole words or as the stem of an adjective."""
    return tuple(
        side
        for side in sorted(sides)
        if any(
            not _OTHER_SIDE.search(text[: match.start()])
            for name in sides[side]
            if name
            for match in re.finditer(rf"\b{re.escape(name)}", text)
        )
    )
