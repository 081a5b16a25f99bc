"""The report's view of its first screen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line of the first screen: a state with its label (both may be empty), a sentence, why, and the incidents meant."""

    state: str
    label: str
    sentence: str
    why: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The first screen: the weightiest incidents, and how many `others` there are; what is new since an instant, and more.

    `stands` is which agreement is in force and how its prohibitions stand; the rest is what waits for people, which obligations are overdue or disputed, and what nobody could see.
    """

    stands: tuple[Told, ...]
    happened: tuple[Told, ...]
    others: int
    since: str
    new: tuple[Told, ...]
    waiting: tuple[Told, ...]
    due: tuple[Told, ...]
    unseen: tuple[Told, ...]
