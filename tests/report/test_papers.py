"""The report as PDF and as a Word document: what they hold, for whom, and that evidence stays text in them."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import docx as word
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from tests.report.assessments import RUN, small
from tests.report.test_front import MISSIONS, assessed
from truceline.report.files import contents_of
from truceline.report.papers import Forms, every_form

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Command
    from truceline.model.report import Assessment

BOTH = Forms(papers=("pdf", "docx"))
ATTACHED = ("claims.jsonl", "findings.json", "incidents.json", "judgements.json", "report.json")


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


@pytest.fixture(scope="module", params=MISSIONS)
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    return contents_of(assessed(str(request.param)), RUN, forms=BOTH)


def test_a_pdf_is_for_archives_and_for_those_who_do_not_see(files: dict[str, bytes]) -> None:
    reader = PdfReader(BytesIO(files["report.pdf"]))
    about = str(reader.xmp_metadata and reader.xmp_metadata.stream.get_data().decode("utf-8"))
    for told in ("<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
        assert told in about
    root = reader.root_object
    assert str(root["/Lang"]) == "en"
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "/StructTreeRoot" in root
    assert reader.outline
    twin = json.loads(files["report.json"])
    assert reader.metadata
    assert reader.metadata.title == twin["header"]["title"]


def test_the_data_go_with_the_pdf_byte_for_byte(files: dict[str, bytes]) -> None:
    held = PdfReader(BytesIO(files["report.pdf"])).attachments
    assert sorted(held) == list(ATTACHED)
    for name in ATTACHED:
        assert held[name] == [files[name]], name


def test_every_incident_is_in_the_pdf_and_every_page_says_of_which_report_it_is(
    files: dict[str, bytes],
) -> None:
    twin = json.loads(files["report.json"])
    reader = PdfReader(BytesIO(files["report.pdf"]))
    for number, page in enumerate(reader.pages, 1):
        told = " ".join(page.extract_text().split())
        assert twin["header"]["mission"] in told
        assert f"{number} / {len(reader.pages)}" in told
    text = " ".join(text_of(files["report.pdf"]).split())
    for incident in twin["incidents"]:
        assert f"No. {incident['number']}: " in text
    open_fields = {f for i in twin["incidents"] for c in i["claims"] for f in c["unresolved"]}
    assert open_fields
    for field in open_fields:
        assert field in text
    assert "unresolved: " in text
    for rule in twin["compliance"]:
        assert rule["standing_label"] in text
    assert twin["coverage"]["sentence"].split(".")[0] in text


def test_the_same_report_gives_the_same_bytes_in_every_form() -> None:
    one, other = (contents_of(assessed("karabakh-2020"), RUN, forms=BOTH) for _ in "12")
    assert one == other
    with zipfile.ZipFile(BytesIO(one["report.docx"])) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}


def test_a_word_document_has_headings_tables_with_heads_links_and_words_for_pictures(
    files: dict[str, bytes],
) -> None:
    twin = json.loads(files["report.json"])
    document = word.Document(BytesIO(files["report.docx"]))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings[:2] == ["At a glance", "Coverage"]
    assert "Annex: what each source says" in headings[-2:]
    annex = next(t for t in document.tables if t.rows[0].cells[0].text == "No.")
    assert [row.cells[0].text for row in annex.rows[1:]] == [
        str(incident["number"]) for incident in twin["incidents"]
    ]
    for table in document.tables:
        assert table.rows[0]._tr.trPr is not None  # its head stands again on every page
    body = document.element.body
    leads = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert leads <= {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert len(leads) == len(twin["incidents"])
    for shape in document.inline_shapes:
        assert shape._inline.docPr.get("descr")
    assert len(document.inline_shapes) >= 3


HOSTILE = '#read("/etc/passwd") $x$ *b* _i_ <k> @k \\u{41} [x](y) \u202eabc\u0007 \u4e2d\u6587 \u0628\u064a\u0631\u0648\u062a'  # fmt: skip


def hostile() -> Assessment:
    made = small()
    first, *rest = made.claims
    return replace(
        made, claims=(replace(first, quote=HOSTILE, outlet=HOSTILE, language="zh"), *rest)
    )


def test_evidence_is_text_in_every_form_whatever_signs_it_holds() -> None:
    files = contents_of(hostile(), RUN, forms=BOTH)
    text = " ".join(text_of(files["report.pdf"]).split())
    assert '#read("/etc/passwd") $x$ *b* _i_ <k> @k \\u{41} [x](y)' in text
    assert "root:" not in text
    assert "\u202e" not in text
    assert "\N{REPLACEMENT CHARACTER}" in text
    assert "\u4e2d" not in text  # no bundled font holds it; what goes with the PDF does
    document = word.Document(BytesIO(files["report.docx"]))
    told = "\n".join(p.text for p in document.paragraphs)
    assert '#read("/etc/passwd") $x$ *b* _i_ <k>' in told
    assert "\u4e2d\u6587" in told
    assert "\u202e" not in told


def test_without_evidence_a_paper_says_so_and_shows_no_figure() -> None:
    made = small()
    empty = replace(
        made, claims=(), groups=(), incidents=(), engagements=(), findings=(), bindings=(), judgements=(),
        rulings=(), proposals=(), items=(),
    )  # fmt: skip
    text = text_of(contents_of(empty, RUN, forms=BOTH)["report.pdf"])
    assert "No incident was reported." in text


def test_a_run_writes_the_forms_asked_for_and_leaves_none_of_an_earlier_one(
    mission_folder: Path, truceline: Command, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    result = truceline("run", mission_folder, "--out", out, "--form", "pdf", "--form", "docx")
    assert result.exit_code in {0, 1}, result.output
    assert "report.pdf" in result.stderr
    assert {"report.pdf", "report.docx"} <= {path.name for path in out.iterdir()}
    assert truceline("run", mission_folder, "--out", out).exit_code in {0, 1}
    assert not every_form() & {path.name for path in out.iterdir()}
    result = truceline("run", mission_folder, "--out", out, "--form", "odt")
    assert result.exit_code == 2
    assert "'pdf'" in result.stderr
