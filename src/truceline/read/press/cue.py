"""A word that attributes what is said, with whoever stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.read.press import rules
from truceline.read.press.voiced import Voiced

if TYPE_CHECKING:
    from truceline.read.naming.lexicon import Hit

VOUCHES_NOT = "vouches_for_nothing"  # `aware of reports of`, `neither confirms nor denies`
UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Cue:
    """A speech word with its subject; `first` is where its part of the sentence begins."""

    hit: Hit
    key: str
    voice: Voiced | None
    first: int
    rules: tuple[str, ...]
    trailing: bool = False
    source: bool = False


_KEY_RULES = {
    "alleges": (rules.ACCUSES,),
    "denies": (rules.DENIES,),
    "admits": (rules.ADMITS,),
    "calls_for": (rules.CALLS,),
    "concern": (rules.ATTITUDE,),
    "condemns": (rules.ATTITUDE,),
    "supports": (rules.ATTITUDE,),
}


def rules_of(key: str) -> tuple[str, ...]:
    """Name the rule by which a kind of word attributes; none for a plain word of speech."""
    return _KEY_RULES.get(key, ())
