"""What a mission file may look like: shapes read by both the checker and the editor schema."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import StrEnum


@dataclass(frozen=True, kw_only=True)
class Text:
    """Words; may define an id of a scope, or refer to ids of scopes (leading dot: this file's)."""

    pattern: str | None = None
    expected: str = "text"
    defines: str | None = None
    refers: tuple[str, ...] = ()

    def fits(self, text: str) -> bool:
        """Answer whether the text is not blank and has the pattern."""
        return bool(text.strip()) and (not self.pattern or bool(re.fullmatch(self.pattern, text)))


@dataclass(frozen=True)
class Word:
    """One word of a closed vocabulary; `hint` says for an unknown one which may be meant, where a near spelling is not enough."""

    words: tuple[str, ...]
    hint: Callable[[str], str] | None = field(default=None, compare=False)

    @classmethod
    def of(cls, vocabulary: type[StrEnum], *, without: frozenset[str] = frozenset()) -> Word:
        """Make the shape of a vocabulary of the model."""
        return cls(tuple(word.value for word in vocabulary if word.value not in without))


@dataclass(frozen=True)
class Number:
    """A number from `least` to `most`, whole where `whole` says so."""

    least: float
    most: float
    whole: bool = False
    above: bool = False


@dataclass(frozen=True)
class Listing:
    """A list of things of one shape."""

    of: Shape
    least: int = 0


@dataclass(frozen=True)
class Names:
    """A name for each language code."""


@dataclass(frozen=True)
class Maybe:
    """A thing that may be written as null."""

    of: Shape


@dataclass(frozen=True)
class OneOrMore:
    """A thing, or a list of them."""

    of: Shape


@dataclass(frozen=True)
class Undefined:
    """The word `undefined`, or a thing: where the text is silent, that is written down.

    `also` are other words that may stand instead of the thing.
    """

    of: Shape
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fields:
    """A mapping: which keys it must and may have, which exclude each other, which need another.

    `one_of`: exactly one of these keys; `list_needs`: when the first key holds a list, the second
    key must stand there too.
    """

    must: Mapping[str, Shape]
    may: Mapping[str, Shape]
    one_of: tuple[str, ...] = ()
    list_needs: tuple[str, str] | None = None

    @property
    def known(self) -> Mapping[str, Shape]:
        """Every key with its shape."""
        return {**self.must, **self.may}


@dataclass(frozen=True)
class Tagged:
    """A mapping whose key `tag` says which of several shapes it has."""

    tag: str
    cases: Mapping[str, Fields]


@dataclass(frozen=True)
class ByKey:
    """A mapping that has one shape where `key` stands in it, and another where it does not."""

    key: str
    there: Fields
    otherwise: Fields | ByKey


@dataclass(frozen=True, kw_only=True)
class Table:
    """A mapping whose keys are free words, or words of a closed vocabulary, to one shape."""

    keys: Text | Word
    of: Shape
    least: int = 0


Shape = (
    Text
    | Word
    | Number
    | Listing
    | Names
    | Maybe
    | OneOrMore
    | Undefined
    | Fields
    | Tagged
    | ByKey
    | Table
)
