"""The cells of a coded row that name a weapon; every fault at once, and nothing of a row at fault counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from truceline.model.arms import Arms, Weapon
from truceline.terms.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS = ("weapon", "calibre_mm")
Fault = tuple[str, str, str]
"""A field, what is wrong with it, and what to do."""


def arms_of(cells: Mapping[str, str]) -> Arms | list[Fault] | None:
    """Read what weapon a row names: None where it names none, or every fault."""
    weapon, calibre = (cells.get(name, "") for name in COLUMNS)
    faults: list[Fault] = []
    if weapon and weapon not in set(Weapon):
        faults.append(("weapon", f"{weapon!r} is no weapon", did_you_mean(weapon, tuple(Weapon))))
    if calibre and not (re.fullmatch(r"\d{1,4}(\.\d{1,2})?", calibre) and float(calibre) > 0):
        faults.append(
            (
                "calibre_mm",
                f"{calibre!r} is no calibre in mm",
                "write a number above 0, such as 122",
            )
        )
    if calibre and not weapon:
        faults.append(
            (
                "weapon",
                "a calibre stands there without its weapon",
                "fill in weapon, or empty calibre_mm",
            )
        )
    if faults:
        return faults
    if not weapon:
        return None
    return Arms(weapon=Weapon(weapon), calibre_mm=float(calibre) if calibre else None)
