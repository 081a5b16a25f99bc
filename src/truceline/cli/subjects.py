"""Which claims does a person mean that decides? Those of an incident, or claims by their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.errors import TrucelineError, UsageError
from truceline.pipeline import Gathered, assess, claims_in, cut_off
from truceline.store import snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from truceline.model.evidence import Claim


def claims_of(subject: str, folder: Path, gathered: Gathered) -> tuple[str, ...]:
    """Find the claims that a person means: an incident, claims, or the coders' ids, `,` between.

    Raises UsageError when a word names nothing.
    """
    claims = claims_in(gathered)
    found: list[str] = []
    for word in (part.strip() for part in subject.split(",") if part.strip()):
        members = _named(word, claims) or _incident(word, folder, gathered)
        if not members:
            raise UsageError(
                f"{word!r} names no incident of an earlier run and no claim of this mission",
                f"use an id of incidents.json, of claims.jsonl, or an external id{_such_as(claims)}",
            )
        found += members
    if not found:
        raise UsageError("the subject names nothing", "name an incident or claims")
    return tuple(sorted(set(found)))


def _such_as(claims: Sequence[Claim]) -> str:
    """Name a coder's id of the mission's own, where it has one."""
    known = sorted(c.external_id for c in claims if c.external_id)
    return f" such as {known[0]}" if known else ""


def _named(word: str, claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(c.id for c in claims if word in {c.id, c.external_id})


def _incident(word: str, folder: Path, gathered: Gathered) -> tuple[str, ...]:
    """Look the incident up in earlier runs, then in a run without a cut-off."""
    if members := snapshot.find(folder, gathered.mission.id, word):
        return members
    try:
        everything = assess(gathered, cut_off(None, gathered))
    except TrucelineError:
        return ()
    return next((i.members for i in everything.incidents if i.id == word), ())
