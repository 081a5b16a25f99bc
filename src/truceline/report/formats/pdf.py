"""A paper as PDF, by Typst: PDF/A-3 with the data attached, and PDF/UA-1; the same paper gives the same bytes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, cast

from truceline.text.signs import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from truceline.report.paper.blocks import Block, Paper

# Archives ask for one, readers who do not see for the other.
STANDARDS = ("a-3a", "ua-1")
_LOST = "\N{REPLACEMENT CHARACTER}"
_VAR = re.compile(r"var\((--[a-z]+)\)")
_SVG = "<svg "


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file of the report that goes with the paper: its name, text, media type, and what it is."""

    name: str
    text: str
    type: str
    description: str


def pdf(paper: Paper, attached: Sequence[Attached], made: datetime) -> bytes:
    """Set a paper as PDF; `made` (aware) is the date that stands in it.

    Signs that no bundled font holds stand as U+FFFD: the attached files hold them.
    """
    source = (files("truceline.report") / "templates" / "paper.typ").read_bytes()
    inputs = {"paper": json.dumps(_told(paper, attached), ensure_ascii=False)}
    at = made.astimezone(UTC)
    return _compiled(source, inputs, format="pdf", pdf_standards=list(STANDARDS), timestamp=at)


def _told(paper: Paper, attached: Sequence[Attached]) -> dict[str, object]:
    return {
        "lang": paper.lang, "title": shown(paper.title), "subject": shown(paper.subject), "foot": shown(paper.foot),
        "blocks": [_block(block) for block in paper.blocks],
        "files": [{f.name: getattr(file, f.name) for f in fields(file)} for file in attached],
    }  # fmt: skip


def _compiled(source: bytes, inputs: dict[str, str], **form: Any) -> bytes:  # noqa: ANN401  Typst's own
    """Let Typst set a source from data alone, with the bundled fonts and without any other file."""
    import typst  # noqa: PLC0415  34 MB, and only where a paper is set

    with as_file(files("truceline.report") / "data" / "fonts") as fonts:
        made = typst.compile(
            source, root=str(fonts), font_paths=[str(fonts)], ignore_system_fonts=True, sys_inputs=inputs, **form
        )  # fmt: skip
    return cast("bytes", made)


def _block(block: Block) -> dict[str, Any]:
    return {"kind": type(block).__name__.lower(), **_plain(block)}


def _plain(value: Any) -> Any:  # noqa: ANN401  a tree of any nouns
    if is_dataclass(value):
        return {
            f.name: drawing(getattr(value, f.name)) if f.name == "svg" else _plain(getattr(value, f.name))
            for f in fields(value)
        }  # fmt: skip
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return shown(value) if isinstance(value, str) else value


def shown(text: str) -> str:
    """Give a text in signs that the bundled fonts hold."""
    return _unheld().sub(_LOST, clean(text))


@cache
def _unheld() -> re.Pattern[str]:
    spans = (files("truceline.report") / "data" / "fonts" / "held.txt").read_text(encoding="ascii")
    held = "".join(
        f"\\U{int(first, 16):08x}-\\U{int(last, 16):08x}"
        for first, _, last in (span.partition("-") for span in spans.split())
    )
    return re.compile(rf"[^{held}\n]")


def drawing(svg: str) -> str:
    """Give a drawing of the page as one that stands alone, in the colours of paper."""
    head = f'{_SVG}xmlns="http://www.w3.org/2000/svg" '
    style = f"<style>{_style()}</style>" if 'class="drawing"' in svg else ""
    whole = svg.replace(_SVG, head, 1) if "xmlns=" not in svg else svg
    return shown(whole.replace(">", f">{style}", 1))


@cache
def _style() -> str:
    """Give the rules for drawings with the colours that the page has in print."""
    templates = files("truceline.report") / "templates"
    page, rules = (
        (templates / f"{n}.css").read_text(encoding="utf-8") for n in ("report", "drawing")
    )
    light, printed = page.index(":root{"), page.index("@media print{:root{")
    named: dict[str, str] = {}
    for start in (light, printed):
        block = page[start : page.index("}", start)]
        named |= dict(re.findall(r"(--[a-z]+):([^;}]+)", block))
    coloured = _VAR.sub(lambda found: named[found[1]], rules)
    return coloured.replace("inherit", '"Noto Sans Truceline"')


def png(svg: str) -> bytes:
    """Give a drawing as PNG, as wide as a page's line at 150 dots an inch."""
    source = (
        b'#set page(width: 17cm, height: auto, margin: 0pt)\n#set text(font: "Noto Sans Truceline")\n'
        b'#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    )
    return _compiled(source, {"svg": drawing(svg)}, format="png", ppi=150.0)
