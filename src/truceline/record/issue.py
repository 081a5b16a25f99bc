"""A report that leaves the mission: entered into the ledger with its digest, on the head that it rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from truceline.errors import RefusedError, UsageError
from truceline.model.place_time import utc_text
from truceline.model.report import Issued, Previous
from truceline.record.ledger import Ledger
from truceline.record.prepare import ISSUED
from truceline.record.proofs import entry_proof
from truceline.record.rekey import keys_of
from truceline.store.canonical import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from truceline.model.ledger import Checkpoint
    from truceline.model.report import Assessment

PAGE = "report.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Which report a new one corrects, by its number (`3`), and what stood wrong in it."""

    of: int
    because: str


def rests_on(
    folder: Path, origin: str, head: str, who: tuple[str, str], correction: Correction | None = None
) -> Issued:
    """Give what a report issued now rests on, by `who` and when: the head at which its evidence was entered, and its number.

    RefusedError where nobody vouches for the ledger; UsageError where there is no such report to correct.
    """
    keys = keys_of(folder)
    if keys.in_force is None:
        raise RefusedError(
            "The heads of this ledger are not signed, so a report on it would prove nothing.",
            "give this account a place for the key's passphrase (see the warnings of `truceline run`)",
        )
    if keys.awaiting is not None:
        raise RefusedError(
            "One person replaced the ledger's key, and no second one has confirmed it.",
            "a second person calls `truceline key revoke`; then issue the report",
        )
    made = Issued(by=who[0], at=who[1], head=head, key=keys.in_force.text, number="")
    with Ledger.open(folder, origin=origin) as ledger:
        earlier = list(_numbered(ledger))
    if correction is None:
        number = 1 + max((of for of, _, _ in earlier), default=0)
        return replace(made, number=f"No. {number}", previous=_latest(earlier, number))
    versions = [issued for of, issued, _ in earlier if of == correction.of]
    if not versions:
        last = max((of for of, _, _ in earlier), default=0)
        raise UsageError(
            f"there is no report No. {correction.of} to correct",
            f"the last one is No. {last}" if last else "no report was issued yet",
        )
    return replace(
        made, number=f"No. {correction.of} Corr. {len(versions)}",
        previous=_latest(earlier, correction.of), corrects=versions[-1], because=correction.because,
    )  # fmt: skip


def _latest(earlier: Iterable[tuple[int, Previous, bool]], before: int) -> Previous | None:
    """Give the report before one of a number, as it was corrected last."""
    found = sorted((e for e in earlier if e[0] < before), key=lambda e: e[0])
    return found[-1][1] if found else None


def _numbered(ledger: Ledger) -> Iterator[tuple[int, Previous, bool]]:
    """Give every report issued before: the number that it is or corrects, itself, and whether it corrects one."""
    count = 0
    for entry in ledger.entries(ISSUED):
        record = entry.record
        corrects = record.get("corrects")
        count += not corrects
        number = int(corrects) if isinstance(corrects, int) else count
        instant = record.get("as_of_utc")
        # Releases before numbers entered none; they count in the order in which they were issued.
        yield number, Previous(
            number=str(record.get("number") or f"No. {count}"), page=str(record["original"]),
            as_of=datetime.fromisoformat(instant) if isinstance(instant, str) else None,
        ), bool(corrects)  # fmt: skip


def enter_issue(
    folder: Path, origin: str, issued: Issued, assessment: Assessment, files: Mapping[str, bytes]
) -> tuple[Checkpoint, str]:
    """Enter a report's page and the digests of its other files, its number and the page before it.

    Gives the signed head that covers them, and the proof that it does. RefusedError where its number was taken meanwhile.
    """
    record = {
        "kind": ISSUED, "by": issued.by, "at": issued.at, "as_of": assessment.as_of_text,
        "as_of_utc": utc_text(assessment.as_of), "items": assessment.items_digest,
        "number": issued.number, "rests_on": issued.head,
        **({"previous": issued.previous.page} if issued.previous else {}),
        **(
            {
                "corrects": int(issued.corrects.number.split()[1]),
                "corrected_page": issued.corrects.page, "because": issued.because,
            }
            if issued.corrects else {}
        ),
        "original": sha256_hex(files[PAGE]),
        "files": {name: sha256_hex(content) for name, content in files.items()},
    }  # fmt: skip
    with Ledger.open(folder, origin=origin) as ledger:
        if any(earlier.number == issued.number for _, earlier, _ in _numbered(ledger)):
            raise RefusedError(
                f"{issued.number} was issued by somebody else meanwhile; nothing was entered.",
                "issue the report again: it gets the next number",
            )
        (entry,) = ledger.append([record], [files[PAGE]])
        return ledger.checkpoint(), entry_proof(ledger, entry, ledger.head())
