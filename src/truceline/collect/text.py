"""Reader `text`: one text a file, as published: an article, a party's statement, a report, a form.

- **Publisher**: anybody; the file is kept byte for byte and its sha256 is the item's id.
- **Format**: plain text (`.txt`) or a page (`.html`, `.htm`). A plain text may begin with a heading
  between two lines `---`, one `key: value` a line.
- **Columns**: the heading's keys are `published` (a day, or a time with its offset), `outlet`, `url`, `language` (two letters),
  `profile` (`news`, `party_statement`, `monitor_report`, `form`), `issuer` (the side whose statement
  it is), `translated` (`yes` or `no`). What the heading leaves out is looked up in the mission's
  `texts.csv` by the sha256 of the file; a page's own machine-readable date, outlet and language
  come last.
- **Licence**: a text belongs to its publisher; it stays in the ledger and is never in a report.
- **Known traps**: a text without a publication date is excluded from every cut-off and listed; a
  translation is read, but flagged; one file is one item, however many articles it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from truceline.collect.registry import source
from truceline.errors import MissionError
from truceline.model.evidence import Arrival, Channel, Item
from truceline.model.problem import Problem, Severity
from truceline.store.canonical import sha256_hex
from truceline.terms.known_texts import PROFILES, published_at
from truceline.text.canonical_text import LARGEST_BYTES, UnreadableTextError, canonical_text
from truceline.text.heading import KEYS, Split, split_heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import tzinfo

    from truceline.model.mission import KnownText, Mission
    from truceline.text.canonical_text import Canonical

_PAGE = re.compile(r"\.html?$", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a text is read against: texts known by their sha256, the sides there are, the clock.

    `given` is what the caller says of the text, by the heading's keys; it wins over everything.
    """

    known: Sequence[KnownText] = ()
    sides: Sequence[str] = ()
    zone: tzinfo | None = None
    given: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, mission: Mission, given: Mapping[str, str] | None = None) -> Context:
        """Give what a mission knows."""
        sides = (*mission.side_ids, *mission.outsiders)
        return cls(known=mission.known_texts, sides=sides, zone=mission.zone, given=given or {})


@source("text", Channel.TEXT, largest=LARGEST_BYTES)
def read_text(file: str, content: bytes, mission: Mission) -> Iterator[Arrival | Problem]:
    """Read one file into one item; a heading that is not understood is a problem."""
    yield from read_known(file, content, Context.of(mission))


def read_known(file: str, content: bytes, context: Context) -> Iterator[Arrival | Problem]:
    """Read one file into one item, with or without a mission."""
    heading, problems = split_heading(content, file)
    media_type = "text/html" if _PAGE.search(file) else "text/plain"
    try:
        page = canonical_text(content[heading.begins :], media_type)
    except UnreadableTextError as error:
        yield Problem(
            severity=Severity.ERROR, file=file, message=str(error.reason), advice=error.advice
        )
        return
    yield from problems
    digest = sha256_hex(content)
    told, wrong = _told(heading, page, (file, digest), context)
    yield from wrong
    try:
        published = published_at(told["published"], context.zone)
    except MissionError as error:
        row = heading.pairs.get("published", ("", 0))[1] or None
        yield _problem(file, row, "published", error.message, error.advice)
        published = None
    yield Arrival(
        item=Item(
            id=digest, external_id=None, reader="text", content=content,
            published=published, published_text=told["published"], outlet=told["outlet"] or None,
            url=told["url"] or None, language=told["language"] or None, media_type=media_type,
            profile=told["profile"] or None, issuer=told["issuer"] or None,
            translated=told["translated"] == "yes",
        ),
        file=file, row=1,
    )  # fmt: skip


def _told(
    heading: Split, page: Canonical, name: tuple[str, str], context: Context
) -> tuple[dict[str, str], list[Problem]]:
    """Put together what caller, heading, mission and page say, in this order; `name` is file, digest."""
    file, digest = name
    told = {key: context.given.get(key) or heading.pairs.get(key, ("", 0))[0] for key in KEYS}
    known = next((k for k in context.known if k.sha256 == digest), None)
    if known is not None:
        noted = {
            "published": known.published_text, "outlet": known.outlet, "url": known.url,
            "language": known.language, "profile": known.profile, "issuer": known.issuer,
            "translated": "yes" if known.translated else "",
        }  # fmt: skip
        told = {key: told[key] or noted[key] or "" for key in KEYS}
    told["outlet"] = told["outlet"] or page.outlet or ""
    told["published"] = told["published"] or _dated(page.published)
    told["language"] = told["language"] or (page.language or "")[:2]
    problems = []
    sides = context.sides
    for key, fits, advice in (
        ("profile", told["profile"] in ("", *PROFILES), f"use one of: {', '.join(PROFILES)}"),
        ("issuer", told["issuer"] in ("", *sides), f"use one of: {', '.join(sides)}"),
        ("translated", told["translated"] in {"", "yes", "no"}, "write yes or no"),
        ("language", not told["language"] or bool(_LANGUAGE.fullmatch(told["language"])),
         "write a code such as en"),
    ):  # fmt: skip
        if not fits:
            row = heading.pairs.get(key, ("", 0))[1] or None
            message = f"{told[key]!r} is not understood; left open"
            problems.append(_problem(file, row, key, message, advice))
            told[key] = ""
    return told, problems


def _dated(text: str | None) -> str:
    """Give a page's own date where it is a day or a time with an offset, else nothing."""
    try:
        return text if text and published_at(text, None) else ""
    except MissionError:
        return ""


def _problem(file: str, row: int | None, field: str, message: str, advice: str) -> Problem:
    return Problem(
        severity=Severity.WARNING, file=file, row=row, field=field, message=message, advice=advice
    )
