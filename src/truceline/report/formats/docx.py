"""A paper as a Word document, to be worked on, with drawings as pictures. The same paper gives the same bytes."""

from __future__ import annotations

import zipfile
from datetime import UTC
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from truceline.report.formats.pdf import png
from truceline.report.paper.blocks import Bullets, Code, Grid, Heading, Picture, Style, Text
from truceline.text.signs import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from docx.document import Document as Written

    from truceline.report.paper.blocks import Block, Line, Paper, Run

_MUTED = RGBColor(0x44, 0x4C, 0x55)
_WIDE = 17.0
_EPOCH = (1980, 1, 1, 0, 0, 0)


def docx(paper: Paper, made: datetime) -> bytes:
    """Write a paper as a Word document; `made` (aware) is the date that stands in it."""
    written = Document()
    _set_up(written, paper, made)
    written.add_heading(clean(paper.title), level=0)
    for number, block in enumerate(paper.blocks):
        _add(written, block, number)
    return _whole(written)


def _set_up(written: Written, paper: Paper, made: datetime) -> None:
    """Set page, type, language, properties and the line at the foot."""
    section = written.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    normal = written.styles["Normal"]
    normal.font.name, normal.font.size = "Noto Sans", Pt(9)
    lang = _element("w:lang", val=paper.lang)
    normal.element.get_or_add_rPr().append(lang)
    about = written.core_properties
    about.title, about.subject, about.language = clean(paper.title), paper.subject, paper.lang
    about.author, about.last_modified_by, about.comments = "", "", ""
    about.created = about.modified = about.last_printed = made.astimezone(UTC).replace(tzinfo=None)
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{clean(paper.foot)} · ").font.size = Pt(6.5)
    page = foot.add_run()
    page.font.size = Pt(6.5)
    page._r.append(_element("w:fldChar", fldCharType="begin"))  # noqa: SLF001  the library has no fields
    told = _element("w:instrText")
    told.text = "PAGE"
    page._r.append(told)  # noqa: SLF001
    page._r.append(_element("w:fldChar", fldCharType="end"))  # noqa: SLF001


def _element(name: str, /, **attributes: str) -> Any:  # noqa: ANN401  an element of lxml
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _add(written: Written, block: Block, number: int) -> None:
    match block:
        case Heading():
            _heading(written, block, number)
        case Text():
            _runs(
                written.add_paragraph(style="Intense Quote" if block.notice else None), block.line
            )
        case Bullets():
            for item in block.items:
                _runs(written.add_paragraph(style="List Bullet"), item)
        case Grid():
            _grid(written, block)
        case Picture():
            _picture(written, block)
        case Code():
            run = written.add_paragraph().add_run(clean(block.text))
            run.font.name, run.font.size = "Noto Sans Mono", Pt(8)


def _heading(written: Written, block: Heading, number: int) -> None:
    paragraph = written.add_heading(clean(block.text), level=block.level)
    if block.id:
        start = _element("w:bookmarkStart", id=str(number), name=_mark(block.id))
        paragraph._p.insert(0, start)  # noqa: SLF001  the library has no bookmarks
        paragraph._p.append(_element("w:bookmarkEnd", id=str(number)))  # noqa: SLF001


def _mark(name: str) -> str:
    return name.replace("-", "_")


def _runs(paragraph: Any, line: Line) -> None:  # noqa: ANN401  a paragraph of a page or a cell
    for run in line:
        _run(paragraph, run)


def _run(paragraph: Any, run: Run) -> None:  # noqa: ANN401
    made = paragraph.add_run(clean(run.text))
    made.bold = True if run.style is Style.STRONG else None
    if run.style is Style.MUTED:
        made.font.color.rgb = _MUTED
    if run.lang:
        made._r.get_or_add_rPr().append(_element("w:lang", val=run.lang))  # noqa: SLF001
    if run.to and not run.to.startswith("http"):
        link = _element("w:hyperlink", anchor=_mark(run.to))
        made._r.addprevious(link)  # noqa: SLF001
        link.append(made._r)  # noqa: SLF001


def _grid(written: Written, block: Grid) -> None:
    written.add_paragraph(clean(block.caption), style="Caption")
    lines: list[Sequence[Line]] = [*block.rows]
    table = written.add_table(rows=1 + len(lines), cols=len(block.head), style="Table Grid")
    # The library walks the whole table for every cell that it is asked for.
    cells = table._cells  # noqa: SLF001
    width = len(block.head)
    for n, head in enumerate(block.head):
        _cell(cells[n], clean(head), bold=True)
    row = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001
    row.append(_element("w:tblHeader", val="true"))
    for r, line in enumerate(lines, 1):
        for n, told in enumerate(line):
            paragraph = cells[r * width + n].paragraphs[0]
            _runs(paragraph, told)
            for run in paragraph.runs:
                run.font.size = Pt(7.5)
    for n, share in enumerate(block.widths):
        table.columns[n].width = Cm(_WIDE * share / sum(block.widths))


def _cell(cell: Any, text: str, *, bold: bool) -> None:  # noqa: ANN401
    run = cell.paragraphs[0].add_run(text)
    run.bold, run.font.size = bold, Pt(7.5)


def _picture(written: Written, block: Picture) -> None:
    if block.title:
        above = written.add_paragraph()
        above.paragraph_format.keep_with_next = True
        above.add_run(clean(block.title)).bold = True
    shape = written.add_picture(BytesIO(png(block.svg)), width=Cm(_WIDE * block.width))
    shape._inline.docPr.set("descr", clean(block.words))  # noqa: SLF001  the library has no words for it


def _whole(written: Written) -> bytes:
    """Pack the document with one date for all its parts, so that it depends on nothing but its content."""
    first, packed = BytesIO(), BytesIO()
    written.save(first)
    with (
        zipfile.ZipFile(first) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = zipfile.ZipInfo(name, date_time=_EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return packed.getvalue()
