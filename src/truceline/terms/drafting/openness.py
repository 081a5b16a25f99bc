"""What a text leaves open: vague words, hours without a zone, and what nobody defined; each with its quote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.model.agreement import ProvisionKind
from truceline.terms.drafting.clauses import clauses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.terms.drafting.moments import Moment
    from truceline.terms.drafting.proposals import Proposal

# A word, and what it leaves open.
_VAGUE = (
    (r"as soon as possible|promptly|immediately|without delay|expeditiously|in due course|gradual(?:ly)?|by stages|in phases|in the near future", "when it is due"),
    (r"to be (?:agreed|determined|defined|decided|specified)|(?:will|shall) be (?:agreed|determined|defined|decided|specified)", "what is agreed later"),
    (r"unprovoked|provocative|provocation|offensive|hostile|disproportionate|excessive|unjustified", "what the word covers"),
    (r"appropriate|necessary|reasonable|adequate|proper|suitable|relevant", "what is enough"),
    (r"where possible|if possible|if necessary|as far as possible|depending on|in principle|to the extent", "when the condition is met"),
    (r"along the entire|in all areas|line of contact|contact line|border areas?|vicinity|adjacent|near\b|zone|area of", "where its edge runs"),
)  # fmt: skip
_ENDS = re.compile(
    r"\b(?:expires?|for a period of|terminat|remains? in force|indefinite|permanent)", re.IGNORECASE
)
_WATCHING = frozenset({
    ProvisionKind.ESTABLISH_MECHANISM, ProvisionKind.FREEDOM_OF_MOVEMENT_MONITORS,
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A point that a text leaves open: `about` which provisions, in words, and the quote it stands in."""

    id: str
    about: tuple[str, ...]
    text: str
    quote: str | None = None


def left_open(
    text: str, found: Sequence[Proposal], entries: Sequence[Moment], forces: Sequence[str]
) -> tuple[Open, ...]:
    """Give what a text leaves open, in the order in which a reader meets it."""
    return tuple(_all(text, found, entries, forces))


def _all(
    text: str, found: Sequence[Proposal], entries: Sequence[Moment], forces: Sequence[str]
) -> Iterator[Open]:
    yield from _entry(text, entries)
    yield from _undefined(found)
    if not _ENDS.search(text):
        yield Open(id="end", about=("all",), text="The text does not say how long it holds.")
    if not any(p.kind in _WATCHING for p in found):
        yield Open(
            id="monitor", about=("all",), text="The text names nobody who monitors or verifies."
        )
    if forces:
        said = f"Whether the text binds {', '.join(forces)} is not said."
        yield Open(id="bound-forces", about=("bound forces",), text=said)
    yield from _vague(text, found)


def _entry(text: str, entries: Sequence[Moment]) -> Iterator[Open]:
    """Say what is open about when the text holds from."""
    about = ("entry into force",)
    first = entries[0] if entries else None
    if first is None:
        yield Open(id="entry", about=about, text="The text does not say from when it holds.")
    elif first.hour is None:
        yield Open(
            id="hour", about=about, text="The text names a day and no hour.", quote=first.text
        )
    elif first.zone is None:
        said = f"The text names an hour, {first.named}, which is no zone." if first.named else (
            "The text names an hour and no time zone."
        )  # fmt: skip
        yield Open(id="time-zone", about=about, text=said, quote=first.text)
    if re.search(r"\bmidnight\b", text, re.IGNORECASE):
        said = "Midnight: the start or the end of the day is not said."
        yield Open(id="midnight", about=about, text=said)


def _undefined(found: Sequence[Proposal]) -> Iterator[Open]:
    acts = tuple(p.id for p in found if p.class_ == "prohibition")
    if acts:
        said = "The text does not list the acts that are forbidden."
        yield Open(id="acts", about=acts, text=said)
        said = "The text does not draw the area in which they are forbidden."
        yield Open(id="zone", about=acts, text=said)
    undated = tuple(p.id for p in found if p.class_ == "obligation" and p.due is None)
    if undated:
        yield Open(id="deadline", about=undated, text="The text sets no date for these.")


def _vague(text: str, found: Sequence[Proposal]) -> Iterator[Open]:
    number = 0
    for clause in clauses(text):
        mine = tuple(p.id for p in found if clause in p.clauses)
        for pattern, leaves in _VAGUE if mine else ():
            met = re.finditer(rf"\b(?:{pattern})\b", clause.text, re.IGNORECASE)
            if words := list(dict.fromkeys(m[0].lower() for m in met)):
                number += 1
                told = ", ".join(f'"{word}"' for word in words)
                yield Open(
                    id=f"word-{number}", about=mine, text=f"{told}: {leaves} is not said.",
                    quote=clause.text,
                )  # fmt: skip
