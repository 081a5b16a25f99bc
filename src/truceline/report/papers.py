"""The forms of a report beside its page: papers to print, to work on, or to read in another language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.model.report import LANGUAGES, PAPERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from truceline.report.formats.pdf import Attached
    from truceline.report.paper.blocks import Paper
    from truceline.report.view import View

_ATTACHED = {
    "report.json": "Everything that the report shows",
    "claims.jsonl": "The claims, each with its words and its item",
    "incidents.json": "The incidents, with the claims of each",
    "findings.json": "What is found of each incident, and why",
    "judgements.json": "How each provision stands",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """Which papers are written (`pdf`, `docx`), in which languages; none of these: English."""

    papers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


PAGE_ALONE = Forms()


def every_form() -> set[str]:
    """Name every file that a form could be."""
    return {_name(lang, ending) for lang in LANGUAGES for ending in (*PAPERS, "html")} - {
        "report.html"
    }


def _name(lang: str, ending: str) -> str:
    return f"report.{ending}" if lang == "en" else f"report.{lang}.{ending}"


def papers_of(
    view: View, told: Mapping[str, bytes], as_of: datetime, forms: Forms
) -> dict[str, bytes]:
    """Give every paper asked for by its file's name; `told` are the report's other files, which go with a PDF."""
    found: dict[str, bytes] = {}
    for lang in sorted(set(forms.languages) or {"en"}):
        if forms.papers or lang != "en":
            found |= dict(_in(lang, view, told, as_of, sorted(set(forms.papers))))
    return found


def _in(
    lang: str, view: View, told: Mapping[str, bytes], as_of: datetime, papers: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    # What sets papers is loaded only where one is asked for.
    from truceline.report.formats.docx import docx  # noqa: PLC0415
    from truceline.report.formats.pdf import pdf  # noqa: PLC0415
    from truceline.report.html import paper_html  # noqa: PLC0415
    from truceline.report.paper.paper import paper_of  # noqa: PLC0415

    paper: Paper = paper_of(view, lang)
    if lang != "en":
        yield _name(lang, "html"), paper_html(paper).encode("utf-8")
    if "pdf" in papers:
        yield _name(lang, "pdf"), pdf(paper, _attached(told), as_of)
    if "docx" in papers:
        yield _name(lang, "docx"), docx(paper, as_of)


def _attached(told: Mapping[str, bytes]) -> list[Attached]:
    from truceline.report.formats.pdf import Attached  # noqa: PLC0415

    return [
        Attached(
            name=name, text=told[name].decode("utf-8"), description=description,
            type="application/json" if name.endswith(".json") else "application/jsonl",
        )
        for name, description in _ATTACHED.items() if name in told
    ]  # fmt: skip
