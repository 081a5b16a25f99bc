"""The report's view of the items that claims were read in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The words of a claim, and what stands before and behind them in their sentence."""

    claim: str
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One item: the SHA-256 of its content, where it was published, and the passages that were read in it.

    A coder's row has no passages: its words are the coder's.
    """

    id: str
    external_id: str | None
    outlet: str | None
    url: str | None
    language: str | None
    published: str
    passages: tuple[Passage, ...]
