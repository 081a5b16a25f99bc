"""The marks of place in a monitor report: bearings, positions, who holds the ground, flight."""

from __future__ import annotations

import re

_DIRECTION = r"(?:(?:north|south|east|west)(?:[- ]?(?:north|south|east|west)){0,2}|[NSEW]{1,3})\b"
_NUMBER = r"\d{1,6}(?:\.\d{1,6})?"
_LENGTH = rf"(?<!\d){_NUMBER}(?: ?[-\u2013] ?{_NUMBER})? ?(?:km|m|metres|kilometres)\b"
BEARING = re.compile(
    rf"(?P<range>{_LENGTH}|(?:un(?:determined|known) (?:distance|range)s?))(?:,? to the| in the|,)? "
    rf"(?P<way>{_DIRECTION})(?P<of> of (?:the )?(?P<post>[A-Z]\w{{1,40}}(?:[ -][A-Z]\w{{1,40}}){{0,2}})?)?"
)
BRACKET = re.compile(r"\(([^()]{1,200})\)")
_LOCATING = re.compile(r"\bcontrolled\b|\d ?km\b")
_CONTROL = re.compile(r"\b(non-)?government[- ]controlled\b")
_LOCATION = re.compile(
    rf"({_LENGTH}) ({_DIRECTION}) of (?:the )?([A-Z]\w{{1,40}}(?:[ -][A-Z]\w{{1,40}}){{0,2}})"
)
_STANDS = re.compile(
    r"\b(?:positioned|standing|located|camera|patrol|post|position|while) "
    r"(?:at |in |about |approximately |around ){0,2}$"
)
_CUE = 40
_FLIGHT = re.compile(rf"\bfrom (?:the )?{_DIRECTION} to (?:the )?{_DIRECTION}")
NAME_BEFORE = re.compile(r"([A-Z][\w'\u2019-]{0,40}(?: [A-Z][\w'\u2019-]{0,40}){0,3}) ?$")
_AGED = re.compile(r"\baged?\b|\byears? old\b|\bin (?:his|her|their)\b|\d ?mm\b")


def location_brackets(text: str, first: int, last: int) -> list[tuple[int, int]]:
    """Give the brackets that tell where a place lies and who holds it."""
    return [b.span() for b in BRACKET.finditer(text, first, last) if _LOCATING.search(b[1])]


def idle_brackets(text: str, first: int, last: int) -> list[tuple[int, int]]:
    """Give the brackets that hold ages or calibres, whose numbers count nothing."""
    return [b.span() for b in BRACKET.finditer(text, first, last) if _AGED.search(b[1])]


def location_flags(text: str, first: int, last: int) -> list[str]:
    """Give who holds the ground and how it lies from a town, as flags."""
    flags = []
    if found := _CONTROL.search(text, first, last):
        flags.append(f"control:{'non-' if found[1] else ''}government")
    flags.extend(
        f"location:{m[0].lower()}"
        for m in _LOCATION.finditer(text, first, last)
        if _post(text, m, first, last)
    )
    return flags


def _post(text: str, found: re.Match[str], first: int, last: int) -> bool:
    """Answer whether a distance tells where a place or an observer is, not where an event was."""
    brackets = location_brackets(text, first, last)
    inside = any(a < found.start() < b for a, b in brackets)
    return (
        inside or _STANDS.search(text, max(first, found.start() - _CUE), found.start()) is not None
    )


def flights(text: str, first: int, last: int) -> list[str]:
    """Give the directions of flight as flags."""
    return [
        f"direction:{f[0].removeprefix('from ').lower()}"
        for f in _FLIGHT.finditer(text, first, last)
    ]


def bearings(text: str, first: int, last: int) -> list[re.Match[str]]:
    """Give the bearings of events, leaving out those that tell where a place lies."""
    return [m for m in BEARING.finditer(text, first, last) if not _post(text, m, first, last)]


def bearing_flag(found: re.Match[str]) -> str:
    """Give a bearing as a flag, in the report's words."""
    post = found["of"] if found["post"] else ""
    return f"bearing:{found['range']} {found['way']}{post or ''}".lower()
