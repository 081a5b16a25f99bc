"""The instants and days that stand in mission files, each with its zone or its explicit rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from truceline.errors import MissionError
from truceline.terms.calendar import DATE_PATTERN, day, instant, mission_zone
from truceline.terms.check import complaint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime, tzinfo

    from truceline.model.problem import Problem
    from truceline.terms.tree import Node


_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The mission's own zone: None while `mission.yaml` does not give a valid one."""

    zone: tzinfo | None
    written: str

    def at(self, node: Node) -> datetime:
        """Give the instant of a reading: its own zone, or the mission's where `rule` says so."""
        written = word(node, "zone")
        zone = mission_zone(written) if written else self.zone
        return instant(word(node, "at"), zone)

    def since(self, node: Node) -> datetime:
        """Give the first instant at which something announced was surely known: a bare day counts as its end."""
        written = word(node, "at")
        if not re.fullmatch(DATE_PATTERN, written):
            return self.at(node)
        named = word(node, "zone")
        return instant(f"{day(written) + _DAY} 00:00", mission_zone(named) if named else self.zone)


def word(node: Node, key: str) -> str:
    """Give the text under a key, empty when none is there."""
    value = node.value.get(key) if isinstance(node.value, dict) else None
    return value.value if value is not None and isinstance(value.value, str) else ""


def below(node: Node, key: str) -> Node | None:
    """Give the node under a key, None when there is none."""
    return node.value.get(key) if isinstance(node.value, dict) else None


def clock_of(mission: Node | None) -> Clock:
    """Give the mission's clock, without complaint where it is missing or wrong."""
    zone = below(mission, "zone") if mission else None
    written = word(zone, "clock") if zone else ""
    try:
        return Clock(zone=mission_zone(written) if written else None, written=written)
    except MissionError:
        return Clock(zone=None, written=written)


def agreement_times(root: Node, clock: Clock, file: str) -> Iterator[Problem]:
    """Give a problem for every reading whose local time cannot be put on the world's clock."""
    for node in _mappings(root):
        if word(node, "at"):
            yield from _reading(node, clock, file)


def _reading(node: Node, clock: Clock, file: str) -> Iterator[Problem]:
    zone = below(node, "zone")
    if zone is not None and word(node, "zone"):
        bad_zone = _tried(lambda: mission_zone(word(node, "zone")), zone, file)
        if bad_zone:
            yield bad_zone
            return
    if word(node, "zone") or (word(node, "rule") and clock.zone is not None):
        wrong = _tried(lambda: clock.since(node), below(node, "at") or node, file)
        if wrong:
            yield wrong


def mission_times(root: Node, clock: Clock, file: str) -> Iterator[Problem]:
    """Give a problem for the mission's zone, its first day and the times of its coverage."""
    zone = below(root, "zone")
    written = below(zone, "clock") if zone else None
    if written is not None and clock.written:
        yield from _if(_tried(lambda: mission_zone(clock.written), written, file))
    first = below(root, "report_from")
    if first is not None and word(root, "report_from"):
        yield from _if(_tried(lambda: day(word(root, "report_from")), first, file))
    for node in _mappings(root):
        if clock.zone is not None and word(node, "from") and word(node, "to"):
            yield from _coverage(node, clock.zone, file)


def _coverage(node: Node, zone: tzinfo, file: str) -> Iterator[Problem]:
    found = []
    for key in ("from", "to"):
        try:
            found.append(instant(word(node, key), zone))
        except MissionError as error:
            yield complaint(file, below(node, key) or node, error.message, error.advice)
    if len(found) == 2 and found[0] >= found[1]:  # noqa: PLR2004  both ends are known
        yield complaint(file, node, "the coverage ends before it starts", "exchange from and to")


def _tried(attempt: Callable[[], object], node: Node, file: str) -> Problem | None:
    try:
        attempt()
    except MissionError as error:
        return complaint(file, node, error.message, error.advice)
    return None


def _if(problem: Problem | None) -> Iterator[Problem]:
    if problem is not None:
        yield problem


def _mappings(node: Node) -> Iterator[Node]:
    if isinstance(node.value, dict):
        yield node
        for value in node.value.values():
            yield from _mappings(value)
    elif isinstance(node.value, list):
        for item in node.value:
            yield from _mappings(item)
