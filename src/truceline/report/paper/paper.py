"""One view to one paper: every section in the order of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.report.paper.annex import annex, foot, method, people, rests_on, said
from truceline.report.paper.blocks import Paper, Style, Text, words
from truceline.report.paper.figures import casualties, figures, others
from truceline.report.paper.front import front, title
from truceline.report.paper.speech import speech
from truceline.report.paper.terms import agreements, obligations, provisions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.report.paper.blocks import Block
    from truceline.report.paper.speech import Speech
    from truceline.report.view import View

# Each gives the blocks of a part of the report, in the order in which it is read.
_PARTS = (
    front, agreements, provisions, figures, casualties, obligations, said, people, method, rests_on, annex, others,
)  # fmt: skip


def paper_of(view: View, lang: str = "en") -> Paper:
    """Set a report as a paper in a language; KeyError where there is no such language."""
    spoken = speech(lang)
    return Paper(
        lang=lang, title=title(view, spoken), subject=view.header.as_of, foot=foot(view),
        blocks=tuple(_blocks(view, spoken)),
    )  # fmt: skip


def _blocks(view: View, spoken: Speech) -> Iterator[Block]:
    if spoken.lang != "en":
        told = spoken.say(
            "Reasons, and the words of sources and of the mission, stand in the language in which they were written."
        )
        yield Text(line=words(told, Style.MUTED))
    for part in _PARTS:
        yield from part(view, spoken)
