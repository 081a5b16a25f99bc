"""What a paper is made of: headings, lines, lists, tables and pictures, without any form's own marks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How words are set."""

    PLAIN = "plain"
    STRONG = "strong"
    MUTED = "muted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Some words in one style and language (empty: the paper's own), with where they lead: a heading's id or an address on the web."""

    text: str
    style: Style = Style.PLAIN
    lang: str = ""
    to: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of level 1 to 3; `id` is empty where nothing leads to it."""

    level: int
    text: str
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph; a notice is set apart, for what must not be missed."""

    line: Line
    notice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list of lines."""

    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table with a caption and a head; `widths` are shares of the line."""

    caption: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing as SVG, the words that stand for it, what is said above it, and its share of the line's width."""

    svg: str
    words: str
    title: str = ""
    width: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Lines to be copied sign by sign."""

    text: str


Block = Heading | Text | Bullets | Grid | Picture | Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper: its language, title, the line that stands at the foot of every page, and its blocks in order."""

    lang: str
    title: str
    subject: str
    foot: str
    blocks: tuple[Block, ...]


def words(text: str, style: Style = Style.PLAIN, *, lang: str = "", to: str = "") -> Line:
    """Make a line of one run; an empty one holds nothing."""
    return (Run(text=text, style=style, lang=lang, to=to),) if text else ()


def joined(*lines: Line) -> Line:
    """Put lines one behind another."""
    return tuple(run for line in lines for run in line)
