"""Which heads does somebody show? Those in a file or a line: three lines, a report, a run.json, a proof, words typed in."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

from truceline.record import note

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = re.compile(
    r"^[^\s+]+\n(?:0|[1-9][0-9]{0,17})\n[A-Za-z0-9+/]{43}=\n(?:\n(?:\u2014 [^\s+]+ [A-Za-z0-9+/]+={0,2}\n)+)?",
    re.MULTILINE,
)
_TAG = re.compile(r"<[^<>]*>")
_LINES, _SIGNATURE = 3, 3


def heads_in(content: bytes) -> tuple[note.Note, ...]:
    """Give the heads that a text shows, each once and in their order; ValueError where there is none."""
    text = content.decode("utf-8", "replace").replace("\r\n", "\n")
    found = {read: None for part in _texts(text) for read in _found(part)}
    if not found:
        raise ValueError("it shows no head: name of the log, number of entries, root")
    return tuple(found)


def typed(words: str) -> note.Note:
    """Read a head from its words, divided by blanks as they are read out or typed in; ValueError where it is none."""
    parts = words.split()
    lines, signatures = parts[:_LINES], parts[_LINES:]
    text = "".join(f"{line}\n" for line in lines)
    if signatures:
        each = [signatures[n : n + _SIGNATURE] for n in range(0, len(signatures), _SIGNATURE)]
        text += "\n" + "".join(f"{' '.join(signature)}\n" for signature in each)
    return note.read(text)


def _texts(text: str) -> Iterator[str]:
    """Give the texts in which a head may stand: the strings of a JSON file, a page without its tags, or the text itself."""
    try:
        yield from _strings(json.loads(text))
    except (ValueError, RecursionError):
        yield html.unescape(_TAG.sub("\n", text)) if "<" in text else f"{text}\n"


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _found(text: str) -> Iterator[note.Note]:
    for match in _HEAD.finditer(text):
        yield note.read(match.group())
