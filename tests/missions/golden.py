"""The golden of the demonstration: what each incident holds and how it stands, in lines people read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.model.place_time import utc_text
from truceline.pipeline import Cut, assess, gather

if TYPE_CHECKING:
    from truceline.model.report import Assessment

MISSION = Path(__file__).resolve().parents[2] / "missions" / "karabakh-2020"
GOLDEN = MISSION / "expected" / "incidents.txt"
CUT = Cut(instant=datetime(2020, 10, 17, 20, tzinfo=UTC), text="2020-10-18T00:00:00+04:00")


def lines(assessment: Assessment) -> str:
    """Give one line an incident: when, claims by the coders' ids, occurrence with its row, attribution, contested."""
    names = {c.id: c.external_id or _words(c.quote or c.id) for c in assessment.claims}
    found = {f.incident: f for f in assessment.findings}
    numbers = {e.id: f"engagement {n}" for n, e in enumerate(assessment.engagements, 1)}
    text = []
    for incident in assessment.incidents:
        finding = found[incident.id]
        when = utc_text(incident.span.earliest) if incident.span else "time unresolved"
        party = finding.attribution.party or "-"
        text.append(
            f"{when} | {' '.join(sorted(names[m] for m in incident.members))} | "
            f"{finding.occurrence} ({finding.row}) | {finding.attribution.state} {party} | "
            f"{', '.join(incident.contested_how) or 'not contested'} | "
            f"{numbers.get(incident.engagement or '', '-')}"
        )
    return "\n".join(sorted(text)) + "\n"


def _words(quote: str) -> str:
    """Name a claim of a text by its first words, joined by dots."""
    return ".".join(quote.split()[:5])


def current() -> str:
    """Give the lines of the mission as it stands, writing nothing."""
    return lines(assess(gather(MISSION, record=False), CUT))


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(current(), encoding="utf-8")
