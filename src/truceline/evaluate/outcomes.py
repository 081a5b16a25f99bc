"""`truceline score findings`: how labelled incidents come out, beside how a fair outside reader would set them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.errors import MissionError
from truceline.evaluate.scoring import rows_of, shipped
from truceline.model.finding import LADDER, Occurrence
from truceline.store.door import GOLD, read_inside
from truceline.terms import open_mission
from truceline.text.names import split_list

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from truceline.evaluate.roughen import Row
    from truceline.model.finding import Finding
    from truceline.model.report import Assessment

LABELS_FILE = "labels/incident_status.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One labelled incident: the strongest finding that holds its claims, the label, and why they differ.

    `ours` is None where no claim of the incident became one.
    """

    incident: str
    claims: int
    ours: Occurrence | None
    row: str | None
    party: str | None
    theirs: Occurrence | None
    basis: str
    argument: str

    @property
    def agrees(self) -> bool | None:
        """Answer whether both say the same; None where the incident has no label."""
        return None if self.theirs is None else self.ours is self.theirs

    @property
    def surer(self) -> bool:
        """Answer whether the finding says more than the label."""
        if self.theirs is None or self.ours not in LADDER:
            return False
        return LADDER.index(self.ours) > LADDER.index(self.theirs)


def outcomes(folder: Path) -> tuple[Outcome, ...]:
    """Give every labelled incident in the order of the labels, those without a status last.

    Raises MissionError where the mission has no labelled rows or the labels name no status of the ladder.
    """
    mission, _ = open_mission(folder)
    claims, alone = _labelled(rows_of(folder, mission))
    if not claims:
        raise MissionError(
            "no row of the mission's coded claims has a label",
            "fill the column incident_id in some rows; without labels nothing can be scored",
        )
    told = _labels(folder)
    found = shipped(folder)
    unlabelled = sorted(set(claims) - set(told))
    return tuple(
        _outcome(name, (claims.get(name, []), alone.get(name, [])), told.get(name, {}), found)
        for name in (*told, *unlabelled)
    )


def _labelled(rows: Iterable[Row]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Give the coders' ids of each incident's claims, all of them, and those that speak of no other incident."""
    claims: dict[str, list[str]] = {}
    alone: dict[str, list[str]] = {}
    for row in rows:
        names = split_list(row.get("incident_id", ""))
        for name in names:
            claims.setdefault(name, []).append(row["claim_id"])
        if len(names) == 1:
            alone.setdefault(names[0], []).append(row["claim_id"])
    return claims, alone


def _labels(folder: Path) -> dict[str, dict[str, str]]:
    text = read_inside(folder, LABELS_FILE, GOLD).decode("utf-8-sig")
    told = {row["incident_id"]: row for row in csv.DictReader(io.StringIO(text))}
    wrong = [n for n, row in told.items() if row.get("occurrence") not in {*LADDER}]
    if wrong:
        raise MissionError(
            f"{LABELS_FILE}: no occurrence of the ladder stands at {', '.join(wrong)}",
            f"fill the column occurrence with one of: {', '.join(LADDER)}",
        )
    return told


def _outcome(
    name: str, told: tuple[list[str], list[str]], label: dict[str, str], found: Assessment
) -> Outcome:
    """Set an incident beside its label; a row that speaks of several may be of any, and counts where no other does."""
    claims, alone = told
    finding = _finding(set(alone or claims), found)
    theirs = label.get("occurrence")
    return Outcome(
        incident=name, claims=len(claims), ours=finding.occurrence if finding else None,
        row=finding.row.value if finding else None,
        party=finding.attribution.party if finding else None,
        theirs=Occurrence(theirs) if theirs else None,
        basis=label.get("basis", ""), argument=label.get("argument", ""),
    )  # fmt: skip


def _finding(claims: set[str], found: Assessment) -> Finding | None:
    """Give the strongest finding on an incident that holds any of some claims, by the coders' ids."""
    names = {c.id: c.external_id for c in found.claims}
    holding = {i.id for i in found.incidents if claims & {names[m] for m in i.members}}
    return max(
        (f for f in found.findings if f.incident in holding), key=lambda f: f.strength, default=None
    )
