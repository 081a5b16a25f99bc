"""Pieces of times while a sentence is being read, and the scanner that finds words in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from truceline.model.coding import Granularity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from truceline.read.naming.lexicon import Hit
    from truceline.read.naming.wording import Words
    from truceline.text.tokens import Token

DAY = timedelta(days=1)
# The day of a clock time whose day is not known: no text of ours speaks of the year 1.
# Not its first day, for a night may begin the evening before.
NO_DAY = datetime(1, 6, 1)  # noqa: DTZ001  local times carry no zone yet


@dataclass(frozen=True, slots=True)
class Twin:
    """The same clock time told in another zone: minutes of the day, and that zone where it is stated."""

    minutes: int
    offset: int | None
    summer: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a time: a day (or longer) with bounds, or a clock time in minutes of the day.

    `told`: the year is stated; `weekday` is set where only that is named; `summer`: the stated zone
    has summer time; `shift` counts days from the day told before.
    """

    i: int
    j: int
    low: datetime | None = None
    high: datetime | None = None
    grain: Granularity = Granularity.DAY
    minutes: tuple[int, int] | None = None
    offset: int | None = None
    relative: bool = False
    flags: tuple[str, ...] = ()
    told: bool = False
    weekday: int | None = None
    summer: bool = False
    twin: Twin | None = None
    shift: int = 0


@dataclass(frozen=True, slots=True)
class Scan:
    """A sentence's words with the phrases that concern time; `day` is that of publication.

    `nouns` are the tokens at which people or things begin that are counted.
    """

    tokens: Sequence[Token]
    hits: Mapping[int, list[Hit]]
    words: Words
    day: date | None
    nouns: frozenset[int] = frozenset()

    def norm(self, i: int) -> str:
        """Give the folded word at a token, empty outside the sentence."""
        return self.tokens[i].norm if 0 <= i < len(self.tokens) else ""

    def has(self, i: int, key: str) -> bool:
        """Answer whether the word at a token is among the grammar words of a key."""
        return self.norm(i) in self.words[key]

    def hit(self, i: int, cls: str) -> Hit | None:
        """Give the phrase of a class that begins at a token."""
        return next((h for h in self.hits.get(i, ()) if h.cls == cls), None)

    def midnight(self) -> datetime | None:
        """Give the beginning of the day of publication."""
        return datetime.combine(self.day, datetime.min.time()) if self.day else None

    def key(self, i: int, cls: str) -> str | None:
        """Give the key of the phrase of a class that begins at a token."""
        found = self.hit(i, cls)
        return found.key if found else None
