"""The page of a text as read: marks that nest rightly, everything escaped, readable on a phone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.assessments import claim
from tests.report.pages import parse
from tests.report.test_browser import AA, CHROMIUM, DARK, LIGHT, measure
from truceline.model.coding import (
    Cited,
    Coder,
    Coding,
    Count,
    Granularity,
    Layer,
    Measure,
    Modality,
    Qualifier,
    ReadTime,
    TimeKind,
    ZoneBasis,
)
from truceline.model.evidence import Claim, Item
from truceline.report.reading_view import Reading, claim_line, marked, reading_page

HOSTILE = (
    '<script>alert(1)</script> The \u202eenemy\u2066 shelled "Old & New" <mark>.\n\n  Two </div> '
    "were <b>killed</b> at 5, it's said.\nThe end."
)


def cited(words: str, text: str = HOSTILE) -> Cited:
    """Find words in a text."""
    start = text.index(words)
    return Cited(text=words, start=start, end=start + len(words))


def coded(quote: str, text: str = HOSTILE) -> Claim:
    """Give a claim of a text whose quote is some of its words."""
    place = cited(quote, text)
    said = Layer(said=cited("enemy"), cue=cited("said"), actors=(), sides=("BB",), role=None)
    coding = Coding(
        profile="news", layers=(said,), modality=Modality.POSSIBLE, attitude=None,
        hedges=(cited("said"),), denied=None, direct=True, cues=(cited("shelled"),),
        actor_words=(cited("enemy"),), targets=("BB",), participants=(), instruments=(), origins=(),
        other_places=(),
        time=ReadTime(cited=cited("at 5"), kind=TimeKind.OCCURRENCE, granularity=Granularity.HOUR,
                      zone_basis=ZoneBasis.ASSUMED),
        counts=(Count(measure=Measure.KILLED, low=2, high=None, qualifier=Qualifier.AT_LEAST,
                      cited=cited("Two")),),
        coders=(Coder(name="rules", version="1", rules=("said_by", "passive")),),
        agreement=(1, 1), flags=("speaker_inferred",),
    )  # fmt: skip
    return replace(claim("A1", "AA"), quote=quote, paraphrase=None, start=place.start,
                   end=place.end, coding=coding, hedge="said")  # fmt: skip


def reading(*claims: Claim, text: str = HOSTILE, file: str = "<i>.txt") -> Reading:
    """Give a text as read."""
    item = Item(
        id="0" * 64, external_id=None, reader="text", content=text.encode(), published=None,
        published_text="", outlet='"><script>', url=None, language="en", media_type="text/plain",
    )  # fmt: skip
    return Reading(file=file, item=item, text=text, language="en", claims=claims, zone=None,
                   pack="isles 1")  # fmt: skip


FIRST = 'The \u202eenemy\u2066 shelled "Old & New" <mark>.'
SECOND = 'shelled "Old & New" <mark>.\n\n  Two </div> were <b>killed</b> at 5, it\'s said.'


def test_hostile_text_stays_text() -> None:
    html = reading_page(reading(coded(FIRST), coded(SECOND)))
    page = parse(html)
    assert page.faults == []
    assert page.open == []
    assert not page.named("script")
    assert "&lt;script&gt;alert(1)" in html
    assert "\u202e" not in html
    assert "\u2066" not in html
    shown = "".join(page.texts)
    assert "Two </div> were" in shown
    assert "http" not in html.replace("http-equiv", "")
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {attributes["href"].removeprefix("#") for attributes in page.named("a")}
    assert links <= set(ids)


def test_every_field_stands_on_its_card() -> None:
    html = reading_page(reading(coded(FIRST)))
    for words in ("said_by, passive", "speaker_inferred", "at least 2 killed", "possible",
                  "zone assumed", "1 of 1", "direct speech", "BB"):  # fmt: skip
        assert words in html, words
    assert "No claim was found" in reading_page(reading())


def test_one_line_says_who_what_whom_where_and_when() -> None:
    line = claim_line(coded(FIRST), None)
    assert " -> BB" in line
    assert "at least 2 killed" in line
    assert "hedged: said" in line


def test_where_claims_overlap_the_marks_are_cut() -> None:
    page = parse(reading_page(reading(coded(FIRST), coded(SECOND))))
    labels = [attributes.get("title") for attributes in page.named("mark")]
    assert "claim 1" in labels
    assert "claim 1, 2" in labels
    assert "claim 2" in labels


@given(
    st.text(alphabet="ab <>&\"'\n\u05d0\u202e\x00", min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=6),
)
def test_marks_change_no_character_whatever_overlaps(
    text: str, ranges: list[tuple[int, int]]
) -> None:
    claims = [replace(claim("A1", "AA"), start=a, end=b) for a, b in ranges]
    page = parse(str(marked(text, claims)))
    assert page.faults == []
    assert page.open == []
    bare = parse(str(marked(text, []))).texts
    notes = {str(n) for n in range(1, len(ranges) + 1)}
    assert "".join(t for t in page.texts if t not in notes) == "".join(bare)


def test_a_long_text_takes_no_longer_than_its_length() -> None:
    text = "They shelled it. " * 4000
    claims = [replace(claim("A1", "AA"), start=17 * n, end=17 * n + 16) for n in range(4000)]
    assert str(marked(text, claims)).count("<mark") == 4000


@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs chromium (apt install chromium)")
@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_a_phone_shows_it_without_sideways_scroll(tmp_path: Path, scheme: int) -> None:
    page = reading_page(reading(coded(FIRST), coded(SECOND), file="a-very-long-name" * 8))
    found = measure(page, tmp_path, scheme)
    assert found["width"] == 390
    worst = found["worst"]
    assert isinstance(worst, list)
    assert worst[0] >= AA, worst
