"""Who decides: a name that is one of the mission's people, or at least the name of somebody."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from truceline.errors import UsageError
from truceline.text.people import person_words, same_person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.model.mission import Person


def check_name(name: str, people: Sequence[Person]) -> None:
    """Refuse what is no name, and a name that is not listed where the mission lists its people."""
    controls = sorted({f"U+{ord(c):04X}" for c in name if unicodedata.category(c) == "Cc"})
    if controls:
        raise UsageError(
            f"the name holds signs that do not show ({', '.join(controls)})", "write the bare name"
        )
    if not person_words(name):
        raise UsageError("a decision needs the name of who makes it", "give --by NAME")
    if people and _listed(name, people) is None:
        known = ", ".join(person.names[0] for person in people)
        raise UsageError(
            f"{name!r} is not among the `people` of mission.yaml",
            f"use one of: {known}; or add the person there",
        )


def one_person(one: str, other: str, people: Sequence[Person]) -> bool:
    """Answer whether two names may be one person's; listed people are who the mission says they are."""
    first, second = _listed(one, people), _listed(other, people)
    if first is not None and second is not None:
        return first == second
    return same_person(one, other)


def _listed(name: str, people: Sequence[Person]) -> str | None:
    """Give the id of the person with exactly this name, but for case and blanks."""
    written = _plain(name)
    return next((p.id for p in people if written in {_plain(n) for n in p.names}), None)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
