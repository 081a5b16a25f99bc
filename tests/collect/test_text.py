"""The reader `text`: headings, known texts, pages, and input that is off."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.builders import mission
from truceline.collect import readers
from truceline.model.evidence import Arrival, Item
from truceline.model.mission import KnownText
from truceline.model.problem import Problem

TEXT = b"Alphaland forces shelled Northtown on Saturday.\n"
HEADING = b"---\npublished: 2020-10-11T16:00+04:00\noutlet: Example News\nlanguage: en\n---\n"


def collect(
    content: bytes, file: str = "a.txt", known: KnownText | None = None
) -> tuple[Item | None, list[Problem]]:
    """Give the item and the problems of one file."""
    base = mission()
    if known is not None:
        base = replace(base, known_texts=(known,))
    found = list(readers()["text"].read(file, content, base))
    items = [f.item for f in found if isinstance(f, Arrival)]
    return (items[0] if items else None), [f for f in found if isinstance(f, Problem)]


def test_the_item_is_the_file_byte_for_byte() -> None:
    item, problems = collect(HEADING + TEXT)
    assert item is not None
    assert not problems
    assert item.id == hashlib.sha256(HEADING + TEXT).hexdigest()
    assert item.content == HEADING + TEXT
    assert item.published == datetime(2020, 10, 11, 12, tzinfo=UTC)
    assert (item.outlet, item.language, item.translated) == ("Example News", "en", False)


def test_a_text_without_a_heading_has_no_date_and_is_still_an_item() -> None:
    item, problems = collect(TEXT)
    assert item is not None
    assert item.published is None
    assert not problems


def test_what_the_mission_knows_of_a_text_fills_what_the_heading_leaves_out() -> None:
    known = KnownText(
        sha256=hashlib.sha256(TEXT).hexdigest(), published=datetime(2020, 10, 12, tzinfo=UTC),
        published_text="2020-10-12", outlet=None, url=None, language="en", profile="news",
        issuer=None, translated=True,
    )  # fmt: skip
    item, _ = collect(TEXT, known=known)
    assert item is not None
    assert item.published is not None
    assert item.published_text == "2020-10-12"
    assert item.translated


def test_a_page_gives_its_own_date_and_outlet() -> None:
    page = (
        b'<html lang="en"><head><meta property="og:site_name" content="Example Page">'
        b'<meta property="article:published_time" content="2020-10-11T10:00:00+04:00"></head>'
        b"<body><article><p>Alphaland forces shelled Northtown on Saturday, residents of the town "
        b"said in the evening, and the shelling went on.</p></article></body></html>"
    )
    item, problems = collect(page, "a.html")
    assert item is not None
    assert not problems
    assert item.outlet == "Example Page"
    assert item.published == datetime(2020, 10, 11, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "field", "told"),
    [
        (b"published: yesterday", "published", "no time of publication"),
        (b"published: 2020-10-11T16:00", "published", "no time of publication"),
        (b"profile: novel", "profile", "not understood"),
        (b"issuer: ZZ", "issuer", "not understood"),
        (b"translated: maybe", "translated", "not understood"),
        (b"language: 12", "language", "not understood"),
        (b"colour: red", "colour", "no line of a heading"),
        (b"just words", None, "no line of a heading"),
    ],
)
def test_a_heading_that_is_off_is_told_with_its_line(
    line: bytes, field: str | None, told: str
) -> None:
    item, problems = collect(b"---\noutlet: Example\n" + line + b"\n---\n" + TEXT)
    assert item is not None
    assert [p.field for p in problems] == [field]
    assert told in problems[0].message
    assert problems[0].row == 3
    assert problems[0].advice


@pytest.mark.parametrize(
    "content", [b"", b"   \n", b"%PDF-1.7 x", b"PK\x03\x04zip", b"\x00\x01\x02" * 50]
)
def test_what_is_no_text_is_one_problem_with_advice(content: bytes) -> None:
    item, problems = collect(content)
    assert item is None
    assert len(problems) == 1
    assert problems[0].advice
