"""The small words of a language that grammar hangs on: prepositions, joiners, articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from truceline.text.tokens import tokens_of

if TYPE_CHECKING:
    from truceline.model.pack import Lexicon

_NONE: frozenset[str] = frozenset()


class Words(dict[str, frozenset[str]]):
    """Single words by the keys of a lexicon's class `grammar`; a key it lacks has no words."""

    @classmethod
    def of(cls, lexicon: Lexicon) -> Self:
        """Take the single words of a lexicon's grammar; phrases of several words are left out."""
        found = cls()
        for key, phrases in lexicon.classes.get("grammar", {}).items():
            cut = [tokens_of(phrase) for phrase in phrases]
            found[key] = frozenset(tokens[0].norm for tokens in cut if len(tokens) == 1)
        return found

    def __missing__(self, key: str) -> frozenset[str]:
        """Give no words for a key that a lexicon lacks."""
        return _NONE
