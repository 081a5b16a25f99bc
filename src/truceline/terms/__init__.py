"""What was promised: mission files to a `Mission`, or every problem in them at once."""

from truceline.terms.calendar import asked_instant, instant, mission_zone
from truceline.terms.gazetteer import read_gazetteer
from truceline.terms.mission import (
    load_mission,
    mission_files,
    mission_of,
    open_mission,
    usable,
)
from truceline.terms.schema import SCHEMAS, schema_text
from truceline.terms.timeline import known_at
from truceline.terms.words import nearest

__all__ = [
    "SCHEMAS",
    "asked_instant",
    "instant",
    "known_at",
    "load_mission",
    "mission_files",
    "mission_of",
    "mission_zone",
    "nearest",
    "open_mission",
    "read_gazetteer",
    "schema_text",
    "usable",
]
