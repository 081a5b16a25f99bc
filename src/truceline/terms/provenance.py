"""The words for provenance in a coded row, and for an exception that is invoked; None for a word nobody knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from truceline.model.agreement import ExceptionKind
from truceline.model.provenance import UNSTATED_ACCESS, Access, AccessKind, Basis, ChannelOwner

if TYPE_CHECKING:
    from collections.abc import Callable

_ESCORTED = re.compile(r"escorted\s*(?:\(\s*(?P<in>[^()]*?)\s*\)|(?:by\s+|:\s*)?(?P<after>\S.*))?")
BASES = tuple(basis.value for basis in Basis)
ACCESSES = ("own", "escorted(SIDE)", "remote", "none", "unstated")
EXCEPTIONS = tuple(kind.value for kind in ExceptionKind)
CHANNELS = tuple(channel.value for channel in ChannelOwner)


def basis_of(text: str) -> Basis | None:
    """Give the basis that a cell names; an empty one states none."""
    return Basis(text) if text in BASES else (None if text else Basis.UNSTATED)


def channel_of(text: str) -> ChannelOwner | None:
    """Give whose channel a cell names; an empty one states none."""
    return ChannelOwner(text) if text in CHANNELS else (None if text else ChannelOwner.UNSTATED)


def access_of(text: str, side_of: Callable[[str], str | None]) -> Access | None:
    """Give the access that a cell names; None where it is no access, or escorted by nobody known."""
    if not text:
        return UNSTATED_ACCESS
    if text in {"own", "remote", "none", "unstated"}:
        return Access(kind=AccessKind(text))
    escorted = _ESCORTED.fullmatch(text)
    side = side_of(escorted["in"] or escorted["after"] or "") if escorted else None
    return Access(kind=AccessKind.ESCORTED, by=side) if side else None


def invokes_of(text: str) -> tuple[ExceptionKind, ...] | None:
    """Give the exceptions that a cell names, `;` between them; None where one is no such exception."""
    words = [part.strip() for part in text.split(";") if part.strip()]
    if not set(words) <= set(EXCEPTIONS):
        return None
    return tuple(sorted({ExceptionKind(word) for word in words}))


def relays_of(text: str) -> tuple[str, ...]:
    """Split a cell of relays, from the inside outwards: `;` or the word via between them."""
    parts = re.split(r";|\bvia\b", text)
    return tuple(part.strip() for part in parts if part.strip())
