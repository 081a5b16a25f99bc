"""The small words of a language that grammar hangs on: prepositions, joiners, articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.text.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from truceline.model.pack import Lexicon

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Words:
    """Single words by the keys of a lexicon's class `grammar`; a key it lacks has no words."""

    by_key: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, lexicon: Lexicon) -> Words:
        """Take the single words of a lexicon's grammar; phrases of several words are left out."""
        found: dict[str, frozenset[str]] = {}
        for key, phrases in lexicon.classes.get("grammar", {}).items():
            cut = [tokens_of(phrase) for phrase in phrases]
            found[key] = frozenset(tokens[0].norm for tokens in cut if len(tokens) == 1)
        return cls(found)

    def __getitem__(self, key: str) -> frozenset[str]:
        """Give the words of a key."""
        return self.by_key.get(key, _NONE)
