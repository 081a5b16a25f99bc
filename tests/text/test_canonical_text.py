"""One form of a document's text: what stays, what goes, what is flagged, what is refused."""

# ruff: noqa: RUF001 - letters that look alike are what is tested here

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from truceline.text.canonical_text import Canonical, UnreadableTextError, canonical_text

ARTICLES = Path(__file__).parents[3] / "shared" / "articles"
PARAGRAPH = (
    "The patrol heard shelling near the bridge at dawn, counted eleven bursts, and left. "
    "The ministry of the other side denied it, and asked observers to come at once."
)
NASTY = st.sampled_from([
    *"aB \t\n\r\v\f\x00\x1c\x85\xa0\xad",
    *"\u200b\u200c\u200d\u200e\u202e\u2066\u2028\ufeff\u0301\u0323\u0958\u0344\u2126",
    *"яəԱ\u0645\u06cc\u1100\u1161\ufffd1_\u2003\u3000",
])  # fmt: skip
TEXTS = st.one_of(st.text(), st.text(NASTY, max_size=120))


def outcome(content: bytes, media_type: str) -> Canonical | UnreadableTextError:
    try:
        return canonical_text(content, media_type)
    except UnreadableTextError as error:
        return error


def plain(text: str) -> Canonical:
    return canonical_text(text.encode(), "text/plain")


def page(body: str, head: str = "", root: str = '<html lang="en">') -> Canonical:
    html = f"<!DOCTYPE html>{root}<head>{head}</head><body>{body}</body></html>"
    return canonical_text(html.encode(), "text/html; charset=utf-8")


def article(body: str, head: str = "") -> Canonical:
    return page(f"<article><h1>News</h1><p>{PARAGRAPH}</p>{body}</article>", head)


@given(TEXTS)
def test_the_form_of_the_form_is_itself(text: str) -> None:
    assume(not any(0xD800 <= ord(c) <= 0xDFFF for c in text))
    try:
        once = plain(text).text
    except UnreadableTextError:
        return
    assert plain(once).text == once


@given(TEXTS, st.integers(0, 200), st.integers(0, 200))
def test_a_quote_is_found_at_its_offsets_again(text: str, start: int, length: int) -> None:
    content = text.encode(errors="replace")
    try:
        first, second = (canonical_text(content, "text/plain") for _ in range(2))
    except UnreadableTextError:
        return
    quote = first.text[start : start + length]
    assert second.text[start : start + len(quote)] == quote
    assert plain(first.text).text[start : start + len(quote)] == quote


@given(st.text(max_size=300))
def test_a_pages_text_is_in_the_form_too(body: str) -> None:
    assume(not any(0xD800 <= ord(c) <= 0xDFFF for c in body))
    text = article(body).text
    assert plain(text).text == text


@given(st.binary(max_size=200), st.sampled_from(["text/plain", "text/html", "application/zip"]))
def test_any_bytes_are_read_or_refused_with_advice(content: bytes, media_type: str) -> None:
    found = outcome(content, media_type)
    if isinstance(found, UnreadableTextError):
        assert found.reason
        assert found.advice
        assert str(found).endswith(found.advice)
    else:
        assert found.text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a \t\xa0 b  \n  c", "a b\nc"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("cafe\u0301", "caf\xe9"),
        ("cease\xadfire \u200bzone", "ceasefire zone"),
        ("\ufeff  line", "line"),
        ("a\x00b\x07c" + "d" * 200, "abc" + "d" * 200),
        ("\u0645\u06cc\u200c\u0634", "\u0645\u06cc\u200c\u0634"),
        ("Shu\u200csha", "Shusha"),
    ],
)
def test_one_spelling_of_the_same_text(raw: str, text: str) -> None:
    assert plain(raw).text == text


def test_marks_that_turn_the_reading_direction_are_removed_and_told() -> None:
    found = plain("held by \u202eside B\u202c and \u200fside A")
    assert found.text == "held by side B and side A"
    assert found.flags == ("bidi_marks_removed",)


@pytest.mark.parametrize(
    ("word", "mixed"),
    [
        ("Аrmenia", True),
        ("Gаnja", True),
        ("x9_Ж", True),
        ("HadrutԱ", True),
        ("Т-72 tank", False),
        ("Гянджа, Ganja", False),
        ("Gəncə", False),
    ],
)
def test_letters_of_two_scripts_in_a_word_are_told_and_kept(word: str, *, mixed: bool) -> None:
    found = plain(word)
    assert found.text == word
    assert ("mixed_scripts" in found.flags) is mixed


@pytest.mark.parametrize(
    ("encoding", "text", "flag"),
    [
        ("utf-8-sig", "Перемирие соблюдается.", None),
        ("utf-16", "Перемирие соблюдается.", "decoded_as_utf-16"),
        ("cp1251", "Министерство сообщило о перемирии и обмене.", "decoded_as_windows-1251"),
        ("koi8-r", "Министерство сообщило о перемирии и обмене.", "decoded_as_koi8-r"),
        ("gb18030", "停火协议已经签署双方同意交换战俘", "decoded_as_gb18030"),
    ],
)
def test_text_in_another_encoding_is_read(encoding: str, text: str, flag: str | None) -> None:
    found = canonical_text(text.encode(encoding), "text/plain")
    assert found.text == text
    assert [f for f in found.flags if f.startswith("decoded")] == ([flag] if flag else [])


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        ("<meta charset='windows-1251'><p>Село обстреляно</p>".encode("cp1251"), "text/html"),
        ("<p>Село обстреляно</p>".encode("cp1251"), "text/html; charset=windows-1251"),
        ("<meta charset='windows-1251'><p>Село обстреляно</p>".encode(), "text/html"),
        ("<meta charset='utf-7'><p>Село обстреляно</p>".encode(), "text/html"),
    ],
)
def test_a_declared_encoding_counts_unless_the_bytes_are_utf8(
    content: bytes, media_type: str
) -> None:
    found = canonical_text(content, media_type)
    assert found.text == "Село обстреляно"
    assert "encoding_guessed" not in found.flags


def test_a_few_broken_letters_do_not_turn_a_text_into_gibberish() -> None:
    content = ("Обстрел села. " * 20).encode()
    found = canonical_text(content[:40] + b"\xff" + content[40:], "text/plain")
    assert found.text.count("Обстрел") >= 19
    assert found.flags == ("replacement_characters",)


def test_a_text_cut_within_a_letter_says_so() -> None:
    assert canonical_text("Обстрел".encode()[:-1], "text/plain") == Canonical(
        text="Обстре", flags=("truncated",)
    )


@pytest.mark.parametrize(
    ("content", "media_type", "reason"),
    [
        (b"", "text/plain", "holds no text"),
        (b" \n\t ", "text/html", "holds no text"),
        ("\u200b\u202e\xad".encode(), "text/plain", "holds no text"),
        (b"<html><script>x</script></html>", "text/html", "holds no text"),
        (b"<!-- -->", "text/html", "holds no text"),
        (b"%PDF-1.7 abc", "text/plain", "PDF"),
        (b"  %PDF-1.7 abc", "text/plain", "PDF"),
        (b"PK\x03\x04abc", "text/html", "archive"),
        (b"\x89PNG\r\n\x1a\n", "text/plain", "image"),
        (b"ab\x00\x01" * 50, "text/plain", "binary"),
        ("abc".encode("utf-16-le"), "text/plain", "UTF-16"),
        (bytes(range(128, 256)) * 9, "text/plain", "encoding"),
        (b"abc", "application/pdf", "application/pdf"),
        (b"abc", "", "unknown"),
        (b"a" * 20_000_001, "text/plain", "larger"),
        (b"word " * 1_000_001, "text/plain", "characters"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, media_type: str, reason: str) -> None:
    with pytest.raises(UnreadableTextError, match=reason):
        canonical_text(content, media_type)


def test_only_what_a_reader_sees_is_text() -> None:
    found = article(
        "<script>SCRIPT</script><style>STYLE</style><!-- COMMENT --><noscript>NOSCRIPT</noscript>"
        "<template>TEMPLATE</template><p hidden>HIDDEN</p><p style='display: none'>NONE<b>X</b></p>"
        "<textarea>AREA</textarea><select><option>OPTION</select><p>Seen &amp; <b>re</b>ad.</p>"
    )
    assert found.text == f"News\n\n{PARAGRAPH}\n\nSeen & read."
    assert "hidden_text_removed" in found.flags


def test_navigation_and_footer_are_left_out() -> None:
    text = page(
        f"<nav><a href=/>Home</a></nav><article><p>{PARAGRAPH}</p></article><footer>Rights</footer>"
    ).text
    assert text == PARAGRAPH


def test_paragraphs_lists_and_cells_do_not_run_together() -> None:
    text = article("<ul><li>one killed</li><li>two hurt</li></ul><p>a<br>b</p>").text
    lines = [line for line in text.split("\n") if line]
    assert lines == ["News", PARAGRAPH, "one killed", "two hurt", "a", "b"]


def test_a_page_without_an_article_keeps_its_words() -> None:
    assert "Ceasefire at noon" in page("<div>Ceasefire at noon</div>").text


def test_a_page_hidden_until_its_script_runs_is_read() -> None:
    html = f"<html style='visibility:hidden'><body hidden><p>{PARAGRAPH}</p></body></html>"
    assert canonical_text(html.encode(), "text/html").text == PARAGRAPH


def test_a_page_that_is_cut_short_says_so() -> None:
    found = canonical_text(f"<html><body><p>{PARAGRAPH}".encode(), "text/html")
    assert (found.text, found.flags) == (PARAGRAPH, ("truncated",))


def linked(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


def test_the_page_says_who_published_it_and_when() -> None:
    time = "2020-10-12T10:00:00+04:00"
    found = article(
        "",
        "<title> Truce \n holds </title><meta property='og:site_name' content='The Outlet'>"
        f"<meta property='article:published_time' content='{time}'>"
        + linked(datePublished="2020-10-12T06:00:00Z", publisher={"name": "Else"}),
    )
    assert (found.title, found.outlet, found.language) == ("Truce holds", "The Outlet", "en")
    assert found.published in {time, "2020-10-12T06:00:00Z"}
    assert found.flags == ()


def test_linked_data_in_a_graph_names_the_outlet() -> None:
    node = {"datePublished": "2020-10-12", "publisher": {"name": "Wire"}}
    found = article("", linked(**{"@graph": [1, node]}))
    assert (found.published, found.outlet) == ("2020-10-12", "Wire")


def test_a_marked_time_element_gives_the_publication_time() -> None:
    found = article("<time itemprop=datePublished datetime=2020-10-12>then</time>")
    assert found.published == "2020-10-12"


def test_two_publication_times_give_none() -> None:
    found = article(
        "<time itemprop=datePublished datetime=2020-10-13>then</time>",
        linked(datePublished="2020-10-12"),
    )
    assert found.published is None
    assert "published_conflict" in found.flags


@pytest.mark.parametrize(
    "block", ["[" * 100_000, "{", '"text"', "null", '{"datePublished": 5, "publisher": [1]}']
)
def test_linked_data_that_says_nothing_is_passed_over(block: str) -> None:
    found = article("", f'<script type="application/ld+json">{block}</script>')
    assert (found.published, found.outlet) == (None, None)


BOMBS = {
    "deep": "<div>" * 100_000,
    "deep tables": "<table><tr><td>" * 5_000,
    "elements": "<p>a" * 600_000,
    "one line": "<p>" + "word and " * 1_150_000,
    "attributes": "<p " + " ".join(f"a{i}=1" for i in range(400_000)) + ">x</p>",
    "entities": "&c;&amp;&#1072; " * 200_000,
    "unclosed": "<b><i><p>word " * 20_000,
    "formatting": "<p>" + "".join(f"<font color={i}>" for i in range(900)) + "</p>" + "<p>x" * 900,
    "links": "<a href=x>word " * 20_000,
    "angles": "<" * 300_000,
    "comments": "<!-- " * 200_000,
    "options": "<select>" + "<option>x" * 60_000,
    "marks": "a" + "\u0301\u0323" * 200_000,
    "blanks": " " * 5_000_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_page_made_to_break_readers_ends_in_text_or_refusal(name: str) -> None:
    html = f"<html><body><p>{PARAGRAPH}</p>{BOMBS[name]}</body></html>".encode()
    found = outcome(html, "text/html")
    refused = name in {"deep", "deep tables", "elements", "one line"}
    assert isinstance(found, UnreadableTextError) is refused
    assert isinstance(found, UnreadableTextError) or "counted eleven bursts" in found.text


@pytest.mark.parametrize("unit", ["a1", "a ", "Жa", "e\u0301", "\u200b\u202ea", "\n a"])
def test_millions_of_characters_in_one_text_are_read(unit: str) -> None:
    assert plain(unit * (2_400_000 // len(unit))).text


def test_the_articles_keep_their_offsets() -> None:
    paths = sorted(ARTICLES.glob("*.txt"))
    if not paths:
        pytest.skip("the articles are not here")
    for path in paths:
        text = canonical_text(path.read_bytes(), "text/plain").text
        assert plain(text).text == text
        assert all((a, b) != ("\n", " ") for a, b in pairwise(text))
