"""The report's view of its own issue: its number, its people, what it rests on, and what the mission says in it itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from truceline.report.view_front import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBackView:
    """What the mission keeps out of the report, and why."""

    what: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueView:
    """Which report it is (`approved` once a second person approved its bytes), by whom, after and instead of which pages (SHA-256).

    `embargo` says until when nobody may pass it on, empty where there is none; `corrected` is what is found otherwise than in the page
    that it corrects; `head` is the signed head of the ledger that it rests on, `key` whose signature that is.
    """

    number: str
    approved: bool
    by: str
    at: str
    approved_by: str
    approved_at: str
    embargo: str
    assessment: tuple[str, ...]
    held_back: tuple[HeldBackView, ...]
    previous: str
    previous_page: str
    corrects: str
    corrected_page: str
    because: str
    corrected: tuple[Told, ...]
    head: str
    key: str
