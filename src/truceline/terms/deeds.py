"""The cells of a coded row that say how far a deed is; every fault at once, and nothing is guessed from a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.agreement import Obligation, Undertaking
from truceline.model.deed import Deed, Extent, Progress, Quantity, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from truceline.model.mission import Mission

COLUMNS = ("progress", "quantity", "unit", "extent", "recipient", "provision")
_MOST = 1_000_000_000
Fault = tuple[str, str, str]
"""A field, what is wrong with it, and what to do."""


def owed(mission: Mission) -> frozenset[str]:
    """Give the obligations and undertakings that a row may name, as `AGREEMENT/PROVISION`."""
    return frozenset(
        f"{agreement.id}/{provision.id}"
        for agreement in mission.agreements
        for provision in agreement.provisions
        if isinstance(provision, Obligation | Undertaking)
    )


def deed_of(
    cells: Mapping[str, str], side_of: Callable[[str], str | None], duties: Collection[str]
) -> Deed | list[Fault] | None:
    """Read what a row says of a deed: None where it says nothing, or every fault, and then nothing of it counts.

    `duties` are the provisions that it may name, see `owed`.
    """
    said = {name: cells.get(name, "") for name in COLUMNS}
    if not any(said.values()):
        return None
    named = tuple(sorted({part.strip() for part in said["provision"].split(";") if part.strip()}))
    faults = [*_words(said), *_number(said), *_unknown(named, duties)]
    recipient = side_of(said["recipient"]) if said["recipient"] else None
    if said["recipient"] and recipient is None:
        faults.append(
            ("recipient", f"{said['recipient']!r} is no side of this mission", "name a side")
        )
    if faults:
        return faults
    progress = Progress(said["progress"]) if said["progress"] else None
    unit = Unit(said["unit"]) if said["unit"] else None
    if not said["quantity"]:
        return Deed(progress=progress, unit=unit, provisions=named)
    quantity = Quantity(
        value=int(said["quantity"]), extent=Extent(said["extent"]), recipient=recipient
    )
    return Deed(progress=progress, unit=unit, quantity=quantity, provisions=named)


def _unknown(named: tuple[str, ...], duties: Collection[str]) -> list[Fault]:
    return [
        (
            "provision",
            f"{name!r} is no obligation or undertaking of this mission",
            f"use one of: {', '.join(sorted(duties)) or 'none stands in its agreements'}",
        )
        for name in named
        if name not in duties
    ]


def _words(said: Mapping[str, str]) -> list[Fault]:
    known = {"progress": Progress, "unit": Unit, "extent": Extent}
    return [
        (name, f"{said[name]!r} is no {name} of a deed", f"use one of: {', '.join(kind)}")
        for name, kind in known.items()
        if said[name] and said[name] not in set(kind)
    ]


def _number(said: Mapping[str, str]) -> list[Fault]:
    """Complain of a quantity that is no whole number, or that lacks its unit or extent; and of those without it."""
    faults: list[Fault] = []
    cell = said["quantity"]
    if cell and not (cell.isascii() and cell.isdigit() and int(cell) <= _MOST):
        faults.append(
            ("quantity", f"{cell!r} is no whole number", "write digits alone, such as 200")
        )
    faults += [
        (name, f"a quantity stands there without its {name}", f"fill in {name}")
        for name in ("unit", "extent")
        if cell and not said[name]
    ]
    if not cell and any(said[name] for name in ("extent", "recipient")):
        faults.append(
            ("quantity", "the number is missing", "fill in quantity, or empty the others")
        )
    return faults
