"""The reports that a ledger holds: what was drafted, what was issued, and how their incidents were found."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from truceline.model.report import Previous, Stood
from truceline.record.prepare import APPROVED, DRAFTED, ISSUED
from truceline.store.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from truceline.model.report import Assessment
    from truceline.record.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report that was issued: the number that it is or corrects (`of`), whether it corrects, and its record."""

    of: int
    corrects: bool
    told: Previous
    record: Mapping[str, Any]


def number_of(number: str) -> int:
    """Give the 3 of `No. 3` and of `No. 3 Corr. 1`."""
    return int(number.split()[1])


def reports(ledger: Ledger) -> Iterator[Report]:
    """Give every report that was issued, in the order of issue."""
    count = 0
    for entry in ledger.entries(ISSUED):
        record = entry.record
        corrects = record.get("corrects")
        count += not corrects
        instant = record.get("as_of_utc")
        # Releases before numbers entered none; they count in the order in which they were issued.
        yield Report(
            of=int(corrects) if isinstance(corrects, int) else count, corrects=bool(corrects),
            told=Previous(
                number=str(record.get("number") or f"No. {count}"), page=str(record["original"]),
                as_of=datetime.fromisoformat(instant) if isinstance(instant, str) else None,
            ),
            record=record,
        )  # fmt: skip


def drafts(ledger: Ledger) -> Iterator[Mapping[str, Any]]:
    """Give the record of every draft that nobody erased, in the order in which they were entered."""
    return (entry.record for entry in ledger.entries(DRAFTED))


def stood(assessment: Assessment) -> tuple[Stood, ...]:
    """Give how every incident is found, in the order of their claims."""
    findings = {finding.incident: finding for finding in assessment.findings}
    return tuple(sorted((
        Stood(
            claims=tuple(sorted(incident.members)), occurrence=findings[incident.id].occurrence.value,
            attribution=findings[incident.id].attribution.state.value,
        )
        for incident in assessment.incidents
    ), key=lambda each: each.claims))  # fmt: skip


def as_bytes(found: Iterable[Stood]) -> bytes:
    """Write how incidents were found as canonical JSON."""
    return canonical([
        {"claims": list(each.claims), "occurrence": each.occurrence, "attribution": each.attribution}
        for each in found
    ])  # fmt: skip


def with_stood(ledger: Ledger, report: Previous | None) -> Previous | None:
    """Give a report with how its incidents were found, where the ledger holds that."""
    if report is None:
        return None
    for entry in ledger.entries(APPROVED):
        if entry.record["page"] == report.page:
            told = json.loads(ledger.original(str(entry.record["original"])))
            return replace(report, stood=tuple(
                Stood(claims=tuple(each["claims"]), occurrence=each["occurrence"], attribution=each["attribution"])
                for each in told
            ))  # fmt: skip
    return report
