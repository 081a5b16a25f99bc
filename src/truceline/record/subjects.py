"""Which entries does somebody mean? By number, by decision, by an original's SHA-256, by a file, by a coded row's claim id."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.errors import UsageError
from truceline.store.canonical import sha256_hex
from truceline.store.door import ORIGINAL, read_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from truceline.model.ledger import Entry
    from truceline.record.ledger import Ledger

_DIGEST = re.compile(r"[0-9a-f]{8,64}")


def entries_of(ledger: Ledger, subject: str) -> tuple[Entry, ...]:
    """Give the entries that are meant, in their order; UsageError where there is none.

    A file is looked up by its bytes, whatever its name. A beginning of a SHA-256 needs at least eight digits.
    """
    ways = [_numbered(subject), _decision(subject), _original(subject), _claim(ledger, subject)]
    for way in ways:
        found = tuple(entry for entry in ledger.entries() if way(entry))
        if found:
            return found
    raise UsageError(
        f"{subject!r} is no entry of this ledger",
        "name an entry's number, a decision's id, a file that was recorded or issued, its SHA-256, or the claim_id of a coded row",
    )


def _numbered(subject: str) -> Callable[[Entry], bool]:
    number = int(subject) if subject.isascii() and subject.isdigit() and len(subject) < 8 else -1  # noqa: PLR2004
    return lambda entry: entry.seq == number


def _decision(subject: str) -> Callable[[Entry], bool]:
    return lambda entry: entry.kind == "decision" and entry.record.get("id") == subject


def _original(subject: str) -> Callable[[Entry], bool]:
    digest = (
        sha256_hex(read_named(Path(subject), ORIGINAL)) if _is_file(subject) else subject.casefold()
    )
    if _DIGEST.fullmatch(digest) is None:
        return lambda _: False
    return lambda entry: str(entry.record.get("original", "")).startswith(digest)


def _is_file(subject: str) -> bool:
    try:
        return Path(subject).is_file()
    except (OSError, ValueError):
        return False


def _claim(ledger: Ledger, subject: str) -> Callable[[Entry], bool]:
    def holds(entry: Entry) -> bool:
        if entry.kind != "item":
            return False
        try:
            row = json.loads(ledger.original(str(entry.record["original"])))["row"]
        except (ValueError, KeyError, TypeError):
            return False
        return isinstance(row, dict) and row.get("claim_id") == subject

    return holds
