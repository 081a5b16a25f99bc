"""`texts.csv`: what the mission knows of texts that carry no heading, found by their sha256."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from truceline.errors import MissionError
from truceline.model.mission import KnownText
from truceline.model.problem import Problem, Severity
from truceline.terms.calendar import day, refuse_year
from truceline.terms.samples import DATED, rewritten
from truceline.terms.tree import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo

COLUMNS = (
    "sha256", "published", "outlet", "url", "language", "profile", "issuer", "translated",
)  # fmt: skip
PROFILES = ("news", "party_statement", "monitor_report", "form")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_known_texts(
    content: bytes, file: str, zone: tzinfo
) -> tuple[tuple[KnownText, ...], tuple[Problem, ...]]:
    """Read the table; a row with a problem is left out and named."""
    text = decode(content, file)
    if isinstance(text, Problem):
        return (), (text,)
    problems: list[Problem] = []
    found: dict[str, KnownText] = {}
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if tuple(reader.fieldnames or ()) != COLUMNS:
            advice = f"write exactly {','.join(COLUMNS)}"
            return (), (_problem(file, 1, None, "the header is not as expected", advice),)
        for row in reader:
            mistakes = list(_mistakes(row))
            problems.extend(_problem(file, reader.line_num, *m) for m in mistakes)
            if mistakes:
                continue
            entry = _entry(row, zone)
            if entry.sha256 in found:
                message = "the same text stands twice"
                problems.append(_problem(file, reader.line_num, "sha256", message, "keep one row"))
            found.setdefault(entry.sha256, entry)
    except csv.Error as error:
        problems.append(
            _problem(file, reader.line_num, None, f"the CSV is broken: {error}", "mend it")
        )
    return tuple(found[name] for name in sorted(found)), tuple(problems)


def _mistakes(row: Mapping[str, str | None]) -> Iterator[tuple[str | None, str, str]]:
    if None in row or None in row.values():
        yield None, "too few or too many cells", "quote cells that hold a comma"
        return
    if not _SHA256.fullmatch(row["sha256"] or ""):
        yield "sha256", f"{row['sha256']!r} is no sha256", "write 64 small hexadecimal digits"
    if row["profile"] not in ("", *PROFILES):
        yield "profile", f"{row['profile']!r} is no profile", f"use one of: {', '.join(PROFILES)}"
    if row["translated"] not in {"", "yes", "no"}:
        yield "translated", f"{row['translated']!r} is neither yes nor no", "write yes or no"
    try:
        published_at(row["published"] or "", None)
    except MissionError as error:
        yield "published", error.message, error.advice


def _entry(row: Mapping[str, str], zone: tzinfo) -> KnownText:
    return KnownText(
        sha256=row["sha256"], published=published_at(row["published"], zone),
        published_text=row["published"], outlet=row["outlet"] or None, url=row["url"] or None,
        language=row["language"] or None, profile=row["profile"] or None,
        issuer=row["issuer"] or None, translated=row["translated"] == "yes",
    )  # fmt: skip


def published_at(text: str, zone: tzinfo | None) -> datetime | None:
    """Give when a text was published: a day is its first moment in the mission's zone.

    Raises MissionError for anything that is neither a day nor a time with an offset.
    """
    if not text:
        return None
    if _DATE.fullmatch(text):
        return datetime.combine(day(text), datetime.min.time(), tzinfo=zone or UTC)
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        when = None
    if when is None or when.tzinfo is None:
        msg = f"{text!r} is no time of publication"
        raise MissionError(msg, rewritten(text) or DATED)
    refuse_year(when, text)
    return when


def _problem(file: str, row: int, field: str | None, message: str, advice: str) -> Problem:
    return Problem(severity=Severity.ERROR, file=file, row=row, field=field, message=message,
                   advice=advice)  # fmt: skip
