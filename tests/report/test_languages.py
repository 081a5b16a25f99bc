"""Papers speak four languages: every sentence has its words, with the same values, and what people wrote stays as it is."""

from __future__ import annotations

import ast
import json
import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po, write_po
from pypdf import PdfReader

from tests.report.assessments import RUN
from tests.report.browser import complaints, needs_browser, shown
from tests.report.test_front import assessed
from tools.languages import PAPER, catalog, templates
from truceline.model.report import LANGUAGES
from truceline.report.files import contents_of
from truceline.report.paper.speech import speech
from truceline.report.papers import Forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Command

OTHERS = LANGUAGES[1:]
_VALUE = re.compile(r"\{\w+\}")


def spoken() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(PAPER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr == "say" or (node.func.attr == "count" and len(node.args) > 1):
                yield path.name, node


def test_every_sentence_that_papers_say_is_a_template_that_the_catalogues_know() -> None:
    known = {t if isinstance(t, str) else t[0] for t in templates()}
    for name, call in spoken():
        first = call.args[0]
        assert isinstance(first, ast.Constant), (name, call.lineno)
        assert first.value in known, (name, call.lineno, first.value)


@pytest.mark.parametrize("lang", OTHERS)
def test_every_template_has_words_with_the_same_values_and_none_is_left_over(lang: str) -> None:
    file = PAPER / "languages" / f"{lang}.po"
    with file.open("rb") as opened:
        held = read_po(opened, locale=lang)
    assert not held.obsolete
    for message in held:
        if not message.id:
            continue
        ids = [str(m) for m in (message.id if isinstance(message.id, tuple) else (message.id,))]
        told = [
            str(m) for m in (message.string if isinstance(message.string, tuple) else (message.string,))
        ]  # fmt: skip
        assert len(told) == (held.num_plurals if len(ids) > 1 else 1)
        # The singular may leave the number out.
        wanted = set(_VALUE.findall(ids[-1]))
        for words in told:
            assert words.strip(), (lang, ids)
            assert set(_VALUE.findall(words)) == wanted, (lang, words)
    again = BytesIO()
    write_po(again, catalog(lang), width=0)
    assert again.getvalue() == file.read_bytes(), "run `make languages`"


def test_counts_take_the_plurals_of_their_language_and_days_its_names() -> None:
    russian = speech("ru")
    told = [russian.count("{n} problem.", "{n} problems.", n) for n in (1, 2, 5, 11, 21, 104)]
    assert told == [
        "1 проблема.", "2 проблемы.", "5 проблем.", "11 проблем.", "21 проблема.", "104 проблемы.",
    ]  # fmt: skip
    assert russian.days("on 10 Oct 2020, 12:05 UTC+4") == "on 10 окт. 2020, 12:05 UTC+4"
    assert "2020" in speech("hy").days("1 May 2020")
    assert speech("en").days("10 Oct 2020") == "10 Oct 2020"
    with pytest.raises(KeyError):
        speech("xx")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    forms = Forms(papers=("pdf", "docx"), languages=("hy", "az", "en", "ru"))
    return contents_of(assessed("karabakh-2020"), RUN, forms=forms)


@pytest.mark.parametrize(
    ("lang", "glance", "found"),
    [("ru", "Коротко", "не подкреплено"), ("az", "Q\u0131saca", "\u0259sasland\u0131r\u0131lmay\u0131b"), ("hy", "Համառոտ", "չհիմնավորված")],
)  # fmt: skip
def test_a_paper_speaks_its_language_in_every_form(
    lang: str, glance: str, found: str, files: dict[str, bytes]
) -> None:
    reader = PdfReader(BytesIO(files[f"report.{lang}.pdf"]))
    assert str(reader.root_object["/Lang"]) == lang
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    page = files[f"report.{lang}.html"].decode("utf-8")
    assert f'<html lang="{lang}">' in page
    assert "<script" not in page
    for told in (text, page):
        assert glance in told
        assert "At a glance" not in told
    twin = json.loads(files["report.json"])
    for incident in twin["incidents"]:
        assert f'id="incident-{incident["number"]}"' in page
    alike = [i for i in twin["incidents"] if i["finding"]["occurrence"] == "unsubstantiated"]
    assert text.count(found) >= 2 * len(alike)  # its row and its card
    quotes = [
        c["text"] for i in twin["incidents"] for c in i["claims"] if c["kind"] == "verbatim quote"
    ]
    assert quotes
    for quote in quotes[:10]:
        assert quote.split("'")[0].split('"')[0] in page.replace("&#39;", "'").replace("&#34;", '"')
    assert f"report.{lang}.docx" in files


def test_languages_are_asked_for_by_name(
    mission_folder: Path, truceline: Command, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    asked = ("--language", "ru", "--form", "pdf")
    assert truceline("run", mission_folder, "--out", out, *asked).exit_code in {0, 1}
    names = {path.name for path in out.iterdir()}
    assert {"report.html", "report.ru.html", "report.ru.pdf"} <= names
    assert "report.pdf" not in names
    result = truceline("run", mission_folder, "--out", out, "--language", "xx")
    assert result.exit_code == 2
    assert "'hy'" in result.stderr


@needs_browser
@pytest.mark.parametrize(("width", "scheme"), [(1360, "light"), (390, "dark")])
def test_a_page_in_another_language_is_for_everybody(
    width: int, scheme: str, files: dict[str, bytes]
) -> None:
    page = files["report.hy.html"].decode("utf-8")
    assert complaints(page, width, scheme) == []
    with shown(page, width, scheme) as tab:
        assert tab.evaluate("document.documentElement.scrollWidth") == width
