"""Maps of control as evidence: who held an area for a time, as a source draws it; every fault of a feature at once."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from truceline.errors import MissionError
from truceline.model.zone import Control, Outline
from truceline.terms.calendar import LOCAL_PATTERN, instant, reported_at
from truceline.terms.outlines import faults_of, feature_of
from truceline.terms.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from truceline.model.mission import Mission
    from truceline.terms.outlines import Feature

CONTESTED = "contested"
Fault = tuple[str, str, str]
"""A field, what is wrong with it, and what to do."""


class _Told:
    """Reads the properties of a feature and keeps every fault."""

    def __init__(self, root: Mapping[str, object], mission: Mission) -> None:
        told = root.get("properties")
        self.told: Mapping[str, object] = told if isinstance(told, dict) else {}
        self.root, self.zone, self.faults = root, mission.zone, list[Fault]()

    def text(self, name: str) -> str:
        value = self.told.get(name)
        return "" if value is None else str(value)

    def word(self, name: str, known: set[str]) -> str:
        value = self.text(name)
        if value not in known:
            said = f"{value!r} is not known" if value else "it is missing"
            self.faults.append((name, said, did_you_mean(value, sorted(known))))
        return value

    def time(self, name: str) -> datetime | None:
        return _time(self.text(name), name, self.zone, self.faults)

    def accuracy(self) -> float:
        value = self.told.get("accuracy_km")
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1000:  # noqa: PLR2004
            said = f"{value!r} is no accuracy in km"
            self.faults.append(("accuracy_km", said, "write a number from 0 to 1000"))
            return 0.0
        return float(value)

    def drawn(self) -> Feature | None:
        geometry = self.root.get("geometry")
        try:
            found = feature_of(geometry) if isinstance(geometry, dict) else None
        except (TypeError, ValueError, KeyError, IndexError):
            found = None
        if found is None or not found.polygons:
            self.faults.append(
                ("geometry", "this is no polygon", "draw what was held as a polygon")
            )
            return None
        self.faults += [("geometry", *fault) for fault in faults_of(found)]
        return found


def _time(text: str, name: str, zone: tzinfo, faults: list[Fault]) -> datetime | None:
    if not re.fullmatch(LOCAL_PATTERN, text):
        faults.append((name, f"{text!r} is no local time", 'write "2020-11-25 00:00"'))
        return None
    try:
        return instant(text, zone)
    except MissionError as error:
        faults.append((name, error.message, error.advice))
        return None


def control_of(row: Mapping[str, str], mission: Mission) -> Control | list[Fault]:
    """Read a feature, kept as its text, into who held what when; or every fault of it."""
    look = _Told(json.loads(row["feature"]), mission)
    name = look.text("id")
    if not name:
        look.faults.append(("id", "it is missing", "give each feature an id"))
    side = look.word("side", {CONTESTED, *mission.side_ids, *mission.outsiders})
    source = look.word("source", {s.id for s in mission.sources})
    start, accuracy, feature = look.time("from"), look.accuracy(), look.drawn()
    end = look.time("to") if look.text("to") else None
    reported = reported_at(look.text("reported"), mission.zone)
    if start is not None and end is not None and end <= start:
        look.faults.append(("to", "it ends before it starts, or at once", "exchange from and to"))
    if look.faults or start is None or reported is None or feature is None:
        return look.faults
    outline = Outline(
        id=name, polygons=feature.polygons, lines=(), strip=None, accuracy_km=accuracy,
        held_by=source, source=source,
    )  # fmt: skip
    return Control(
        id=name, side=side, outline=outline, start=start, end=end, source=source, reported=reported
    )
