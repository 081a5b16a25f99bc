"""Weapons as agreements on withdrawal name them: by kind, by calibre, and how far they have to be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from truceline.model.place_time import Answer


class Weapon(StrEnum):
    """What kind of weapon it is; `unstated` where weapons are told of, and not of which kind."""

    TANK = "tank"
    ARTILLERY = "artillery"
    MORTAR = "mortar"
    MULTIPLE_LAUNCH_ROCKET_SYSTEM = "multiple_launch_rocket_system"
    TACTICAL_MISSILE = "tactical_missile"
    ANTI_TANK = "anti_tank"
    AIR_DEFENCE = "air_defence"
    ARMOURED_VEHICLE = "armoured_vehicle"
    SMALL_ARMS = "small_arms"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arms:
    """A weapon that a claim names, with its calibre in mm, None where nobody says."""

    weapon: Weapon
    calibre_mm: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Weapons of some kinds, from a calibre in mm on (None: of every calibre), that have to be out of some zones."""

    weapons: tuple[Weapon, ...]
    areas: tuple[str, ...]
    calibre_from_mm: float | None = None

    def binds(self, arms: Arms) -> Answer:
        """Answer whether it is about a weapon; of one without a kind, or without a calibre where that decides, nobody can tell."""
        if arms.weapon is Weapon.UNSTATED:
            return Answer.CANNOT_TELL
        if arms.weapon not in self.weapons:
            return Answer.NO
        if self.calibre_from_mm is None:
            return Answer.YES
        if arms.calibre_mm is None:
            return Answer.CANNOT_TELL
        return Answer.YES if arms.calibre_mm >= self.calibre_from_mm else Answer.NO


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """How an activity has to be announced: to whom (sources or bodies), and how long ahead (ISO 8601, such as PT24H)."""

    to: tuple[str, ...]
    ahead: str
