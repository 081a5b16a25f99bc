"""Zones that a clause names: strips by their width, lines, and areas; proposed by the words, drawn by a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.terms.drafting.proposals import Proposal

_NAME = r"(?:the )?(?:[\w'-]+ ){0,3}?"
_FORMS = (
    ("a strip of that width beside a line, with its sides",
     rf"\d[\d.,]*(?: |-)?(?:km|kilomet(?:re|er)s?|miles?|m|met(?:re|er)s?)\b (?:wide )?(?:from|to|of|along|behind|either side of|on (?:either|both) sides? of|(?:north|south|east|west) of) {_NAME}(?:[\w'-]+)"),
    ("a line", rf"(?:along|of|behind|across|beyond|on) {_NAME}(?:contact line|line of contact|demarcation line|\w+ line|border|frontier|river)\b"),
    ("a polygon, or the places that it is made of",
     r"(?:demilitari[sz]ed|buffer|security|disengagement|safe|no-fly|weapons-free) (?:zones?|areas?)\b|(?:[A-Z][\w'-]+ )+(?:[Dd]istrict|[Rr]egion|[Cc]orridor|[Pp]rovince|[Aa]rea|[Zz]one|[Ss]ector|[Vv]alley|[Tt]own)\b"),
)  # fmt: skip
_SIGNS = tuple(
    (form, re.compile(pattern, re.IGNORECASE if form != _FORMS[2][0] else 0))
    for form, pattern in _FORMS
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedZone:
    """A zone that the text names: its words, how it would be drawn, and the provisions in whose clause it stands."""

    words: str
    form: str
    about: tuple[str, ...]


def named_zones(found: Sequence[Proposal]) -> tuple[NamedZone, ...]:
    """Give the zones that the clauses of proposals name, each once, in the order of the text; nothing is drawn by guess."""
    about: dict[tuple[str, str], dict[str, None]] = {}
    for proposal in found:
        for clause in proposal.clauses:
            for form, words in _met(" ".join(clause.text.split())):
                about.setdefault((words, form), {})[proposal.id] = None
    return tuple(
        NamedZone(words=words, form=form, about=tuple(ids)) for (words, form), ids in about.items()
    )


def _met(text: str) -> Iterator[tuple[str, str]]:
    """Give each stretch of words once: what is a strip is not a line as well."""
    taken: list[tuple[int, int]] = []
    for form, sign in _SIGNS:
        for match in sign.finditer(text):
            start, end = match.span()
            if not any(start < b and a < end for a, b in taken):
                taken.append((start, end))
                yield form, match[0]
