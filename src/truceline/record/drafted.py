"""Reports in the ledger: the draft that is, byte for byte, still what its author entered, and the list of all that were issued."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.errors import FileError, RefusedError, UsageError
from truceline.model.report import HeldBack, OwnWords
from truceline.record.issue import PAGE, Correction, Wanted
from truceline.record.issued import drafts, reports
from truceline.record.ledger import Ledger
from truceline.store.canonical import sha256_hex
from truceline.store.door import KEPT, read_inside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any

_AGAIN = "draft it again, have it read again, and issue that"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft that was entered: what was wanted, its number, its page and its files by SHA-256."""

    wanted: Wanted
    number: str
    page: str
    files: Mapping[str, str]


def draft_in(mission: Path, folder: Path) -> Draft:
    """Give the draft that stands in a folder; RefusedError where a byte of it is not what was entered, or a later draft counts."""
    page = sha256_hex(_file(folder, PAGE))
    with Ledger.read(mission) as ledger:
        entered = list(drafts(ledger))
    found = next((record for record in entered if record["original"] == page), None)
    if found is None:
        raise RefusedError(
            f"{PAGE} in {folder} is no draft of this mission: a byte of it changed since it was entered, or it was never entered.",
            _AGAIN,
        )
    changed = sorted(
        name for name, digest in found["files"].items() if sha256_hex(_file(folder, name)) != digest
    )
    if changed:
        raise RefusedError(
            f"{folder} is not what was drafted: {', '.join(changed)} changed since.", _AGAIN
        )
    last = [record for record in entered if record["number"] == found["number"]][-1]
    if last["original"] != page:
        raise RefusedError(
            f"{last['by']} drafted {last['number']} again at {last['at']}, and the last draft counts.",
            "read that one, and issue it",
        )
    return _draft(found)


def _file(folder: Path, name: str) -> bytes:
    try:
        return read_inside(folder, name, KEPT)
    except FileError as error:
        raise UsageError(
            f"{folder} holds no whole draft: {name}: {error.message}",
            "name the folder that `truceline report draft` wrote",
        ) from error


def _draft(record: Mapping[str, Any]) -> Draft:
    corrects = record.get("corrects")
    held = tuple(HeldBack(what=h["what"], because=h["because"]) for h in record["held_back"])
    return Draft(
        number=record["number"], page=record["original"], files=record["files"],
        wanted=Wanted(
            by=record["by"], at=record["at"], head=record["rests_on"], as_of=record["as_of"] or None,
            embargo=record["embargo"], papers=tuple(record["papers"]), languages=tuple(record["languages"]), words=OwnWords(assessment=tuple(record["assessment"]), held_back=held),
            correction=Correction(of=corrects, because=record["because"]) if corrects else None,
        ),
    )  # fmt: skip


def draft_refused(draft: Draft, number: str, files: Mapping[str, bytes]) -> None:
    """Refuse a draft that would no longer come out the same: what somebody approves is what is issued."""
    if number != draft.number:
        raise RefusedError(
            f"{draft.number} was issued meanwhile, and this would be {number}; nothing was entered.",
            _AGAIN,
        )
    made = {name: sha256_hex(content) for name, content in files.items()}
    changed = sorted(
        name for name in made.keys() | draft.files.keys() if made.get(name) != draft.files.get(name)
    )
    if changed:
        raise RefusedError(
            f"The report would no longer be what was drafted: {', '.join(changed)} would differ, because evidence, decisions, the mission's "
            "files or the method changed since. Nothing was entered.",
            _AGAIN,
        )


def reports_of(mission: Path) -> list[dict[str, object]]:
    """List the reports that were issued, in that order, and behind them the drafts that still await somebody."""
    with Ledger.read(mission) as ledger:
        issued, drafted = list(reports(ledger)), list(drafts(ledger))
    told: list[dict[str, object]] = []
    for report in issued:
        later = [
            r.told.number
            for r in issued
            if r.corrects and r.record.get("corrected_page") == report.told.page
        ]
        told.append(
            _told("issued", report.told.number, report.record) | {"corrected_by": ", ".join(later)}
        )
    return told + list(_waiting(drafted, {report.told.number for report in issued}))


def _waiting(drafted: list[Mapping[str, Any]], taken: set[str]) -> Iterator[dict[str, object]]:
    last = {record["number"]: record for record in drafted if record["number"] not in taken}
    for number, record in last.items():
        yield _told("draft", number, record) | {"corrected_by": ""}


def _told(state: str, number: str, record: Mapping[str, Any]) -> dict[str, object]:
    names = ("by", "at", "approved_by", "approved_at", "as_of", "embargo")
    return {
        "number": number,
        "state": state,
        **{name: record.get(name, "") for name in names},
        "page": record["original"],
    }
