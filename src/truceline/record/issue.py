"""A report that leaves the mission: one person drafts it, another one approves these bytes, and both are entries of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from truceline.errors import RefusedError, UsageError
from truceline.model.place_time import utc_text
from truceline.model.report import Issued
from truceline.record.issued import as_bytes, number_of, reports, stood, with_stood
from truceline.record.ledger import Ledger
from truceline.record.prepare import APPROVED, DRAFTED, ISSUED
from truceline.record.proofs import entry_proof
from truceline.record.rekey import keys_of
from truceline.store.canonical import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from truceline.model.ledger import Checkpoint
    from truceline.model.report import Assessment, OwnWords, Previous
    from truceline.record.issued import Report

PAGE = "report.html"
HARM = (
    "Could anything in this report harm somebody, or help one side against the other: a place, an hour, a number, "
    "words by which a person is known, what only one side can have told?"
)
"""The question that the author and the approver of a report each answer; the answers stay in the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Which report a new one corrects, by its number (`3`), and what stood wrong in it."""

    of: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to issue: who and when (UTC), on which signed head, and what the mission says in it itself.

    `as_of` is the cut-off as it was typed, None for the last day; `embargo` is in UTC, empty where there is none; `papers` and `languages` are
    the forms beside the page.
    """

    by: str
    at: str
    head: str
    as_of: str | None
    words: OwnWords
    embargo: str = ""
    correction: Correction | None = None
    papers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def rests_on(folder: Path, origin: str, wanted: Wanted) -> Issued:
    """Give what a report drafted now rests on, and its number.

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
            "a second person calls `truceline key revoke`; then draft the report",
        )
    made = Issued(
        by=wanted.by, at=wanted.at, head=wanted.head, key=keys.in_force.text, number="",
        embargo=wanted.embargo, words=wanted.words,
    )  # fmt: skip
    with Ledger.open(folder, origin=origin) as ledger:
        earlier = list(reports(ledger))
        made = _placed(made, wanted.correction, earlier)
        return replace(
            made,
            previous=with_stood(ledger, made.previous),
            corrects=with_stood(ledger, made.corrects),
        )


def _placed(made: Issued, correction: Correction | None, earlier: Sequence[Report]) -> Issued:
    """Give a report its number and the reports before it."""
    last = max((report.of for report in earlier), default=0)
    if correction is None:
        return replace(made, number=f"No. {last + 1}", previous=_latest(earlier, last + 1))
    versions = [report.told for report in earlier if report.of == correction.of]
    if not versions:
        raise UsageError(
            f"there is no report No. {correction.of} to correct",
            f"the last one is No. {last}" if last else "no report was issued yet",
        )
    return replace(
        made, number=f"No. {correction.of} Corr. {len(versions)}",
        previous=_latest(earlier, correction.of), corrects=versions[-1], because=correction.because,
    )  # fmt: skip


def _latest(earlier: Iterable[Report], before: int) -> Previous | None:
    """Give the report before one of a number, as it was corrected last."""
    found = sorted(
        (report for report in earlier if report.of < before), key=lambda report: report.of
    )
    return found[-1].told if found else None


def enter_draft(
    folder: Path, origin: str, wanted: Wanted, issued: Issued, files: Mapping[str, bytes], harm: str
) -> int:  # fmt: skip
    """Enter a draft: its page, the digests of its other files, and all that it was made of. Give the entry's number."""
    record = {
        "kind": DRAFTED, "by": wanted.by, "at": wanted.at, "number": issued.number, "rests_on": wanted.head,
        "as_of": wanted.as_of or "", "papers": list(wanted.papers), "languages": list(wanted.languages), "embargo": wanted.embargo, **_words(wanted.words), "harm": _asked(wanted.by, harm),
        **({"corrects": wanted.correction.of, "because": wanted.correction.because} if wanted.correction else {}),
        "original": sha256_hex(files[PAGE]), "files": _digests(files),
    }  # fmt: skip
    with Ledger.open(folder, origin=origin) as ledger:
        ledger.append([record], [files[PAGE]])
        # The same draft of the same second is one entry.
        return next(e.seq for e in ledger.entries(DRAFTED) if e.record == record)


def _words(words: OwnWords) -> dict[str, Any]:
    held = [{"what": each.what, "because": each.because} for each in words.held_back]
    return {"assessment": list(words.assessment), "held_back": held}


def _asked(by: str, answer: str) -> dict[str, str]:
    return {"question": HARM, "answer": answer, "by": by}


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: sha256_hex(content) for name, content in files.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Who approved the draft of which page (SHA-256) and when (UTC), what that person says of harm, and the snapshot (digest) it rests on."""

    draft: str
    by: str
    at: str
    harm: str
    snapshot: str


def enter_issue(
    folder: Path, origin: str, issued: Issued, approval: Approval, assessment: Assessment,
    files: Mapping[str, bytes],
) -> tuple[Checkpoint, str]:  # fmt: skip
    """Enter a report's page and the digests of its other files, its number, its two people and the page before it, and how its incidents were found.

    Gives the signed head that covers them, and the proof that it does. RefusedError where its number was taken meanwhile.
    """
    found = as_bytes(stood(assessment))
    record = {
        "kind": ISSUED, "by": issued.by, "at": issued.at, "as_of": assessment.as_of_text,
        "as_of_utc": utc_text(assessment.as_of), "items": assessment.items_digest,
        "snapshot": approval.snapshot, "number": issued.number, "rests_on": issued.head,
        "draft": approval.draft, "approved_by": approval.by, "approved_at": approval.at,
        "embargo": issued.embargo,
        **({"previous": issued.previous.page} if issued.previous else {}),
        **(
            {
                "corrects": number_of(issued.corrects.number),
                "corrected_page": issued.corrects.page, "because": issued.because,
            }
            if issued.corrects else {}
        ),
        "original": sha256_hex(files[PAGE]), "files": _digests(files),
    }  # fmt: skip
    # Whoever is handed the proof of the report reads its record, so what is said of harm stands in another one.
    kept = {
        "kind": APPROVED, "number": issued.number, "draft": approval.draft, "by": approval.by, "at": approval.at,
        "harm": _asked(approval.by, approval.harm), "page": record["original"], "original": sha256_hex(found),
    }  # fmt: skip
    with Ledger.open(folder, origin=origin) as ledger:
        if any(report.told.number == issued.number for report in reports(ledger)):
            raise RefusedError(
                f"{issued.number} was issued by somebody else meanwhile; nothing was entered.",
                "draft the report again: it gets the next number",
            )
        entry = ledger.append([kept, record], [found, files[PAGE]])[-1]
        return ledger.checkpoint(), entry_proof(ledger, entry, ledger.head())


def refuse_own(approval_by: str, author: str, one_person: Callable[[str, str], bool]) -> None:
    """Refuse an approval by whoever drafted the report."""
    if one_person(approval_by, author):
        raise UsageError(
            f"{approval_by} drafted this report, and another person approves it",
            "have somebody else read the draft, and issue it",
        )
