"""YAML 1.2 to a plain tree that knows its lines; dates stay text, duplicate keys are refused.

The tree is built from the parser's events, one by one, so that no depth overflows the stack.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from truceline.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

Event = Any  # the parser's own: its stubs lack the fields that each kind of event has
Scalar = str | int | float | bool | None
_TAG = "tag:yaml.org,2002:"
_KINDS = ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
_KNOWN_TAGS = {None, "!", *(f"{_TAG}{kind}" for kind in _KINDS)}
# The core schema of YAML 1.2: what a plain scalar means; anything else, such as a date, is text.
_PLAIN = {
    "null": re.compile(r"~|null|Null|NULL|"),
    "bool": re.compile(r"true|True|TRUE|false|False|FALSE"),
    "int": re.compile(r"[-+]?(?:0b[01_]+|0o?[0-7_]+|[0-9_]+|0x[0-9a-fA-F_]+)"),
    "float": re.compile(
        r"[-+]?[0-9][0-9_]*(?:\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)|"
        r"[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
    ),
}
_MAX_DEPTH = 20
# The parser takes longer with the depth: it is left where a file nests for its own sake.
_MOST_SKIPPED = 100


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its line and path; `keys` gives the line of each key of a mapping."""

    value: Scalar | list[Node] | dict[str, Node]
    line: int
    path: str
    keys: dict[str, int] = field(default_factory=dict)

    @property
    def plain(self) -> object:
        """The value as JSON would hold it."""
        if isinstance(self.value, dict):
            return {key: node.plain for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain for node in self.value]
        return self.value


@dataclass(frozen=True, slots=True)
class _Reader:
    file: str
    events: Iterator[Event]
    problems: list[Problem] = field(default_factory=list)

    def say(self, line: int | None, path: str, message: str, advice: str) -> None:
        self.problems.append(
            Problem(
                severity=Severity.ERROR, file=self.file, row=line, field=path or None,
                message=message, advice=advice,
            )
        )  # fmt: skip

    def node(self, event: Event, path: str, depth: int = 0) -> Node:
        """Read what an event begins, to its end."""
        line = event.start_mark.line + 1
        name = type(event).__name__
        if name == "AliasEvent" or depth > _MAX_DEPTH:
            self.skip(event)
            found = "an alias (*name), or too deep nesting"
            self.say(line, path, found, "write the value out here")
            return Node(None, line, path)
        if event.tag not in _KNOWN_TAGS:
            found = f"the tag {event.tag} is not allowed"
            self.say(line, path, found, "take the tag out and write plain text, a number or a list")
        if name == "MappingStartEvent":
            return self._mapping(line, path, depth)
        if name == "SequenceStartEvent":
            return self._sequence(line, path, depth)
        return Node(_scalar(event), line, path)

    def skip(self, event: Event) -> None:
        """Pass over what an event begins; raises ValueError where it is so deep that nobody wrote it."""
        depth = _step(event)
        while depth > 0:
            depth += _step(next(self.events))
            if depth > _MOST_SKIPPED:
                raise ValueError("too deep nesting")

    def _sequence(self, line: int, path: str, depth: int) -> Node:
        items: list[Node] = []
        while _step(event := next(self.events)) >= 0:
            items.append(self.node(event, f"{path}[{len(items)}]", depth + 1))
        return Node(items, line, path)

    def _mapping(self, begins: int, path: str, depth: int) -> Node:
        values: dict[str, Node] = {}
        lines: dict[str, int] = {}
        while _step(event := next(self.events)) >= 0:
            line = event.start_mark.line + 1
            if type(event).__name__ != "ScalarEvent":
                self.say(line, path, "a key is not a word", "write each key as one plain word")
                self.skip(event)
                self.skip(next(self.events))
                continue
            key = str(event.value)
            under = f"{path}.{key}" if path else key
            value = self.node(next(self.events), under, depth + 1)
            if key in values:
                found = f"the key {key!r} stands twice, first in line {lines[key]}"
                self.say(line, under, found, "keep one of the two; nothing is overwritten silently")
                continue
            values[key], lines[key] = value, line
        return Node(values, begins, path, lines)


def _step(event: Event) -> int:
    """Give how an event changes the depth: 1 where a mapping or list begins, -1 where it ends."""
    name = type(event).__name__
    return name.endswith("StartEvent") - name.endswith("EndEvent")


def _scalar(event: Event) -> Scalar:
    text = str(event.value)
    match _kind(event, text):
        case "null":
            return None
        case "bool":
            return text.casefold() == "true"
        case "int":
            return _whole(text)
        case "float":
            return _number(text)
        case _:
            return text


def _kind(event: Event, text: str) -> str:
    """Give what a scalar is: as it is tagged, or by its form where it stands without quotes."""
    if event.tag in _KNOWN_TAGS - {None, "!"}:
        return str(event.tag).removeprefix(_TAG)
    if not event.implicit[0]:
        return "str"
    return next((kind for kind, form in _PLAIN.items() if form.fullmatch(text)), "str")


def _whole(text: str) -> int | str:
    try:
        return int(text.replace("_", ""), 0 if text.lstrip("+-").startswith(("0x", "0o")) else 10)
    except ValueError:
        return text


def _number(text: str) -> float | str:
    try:
        value = float(text.replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))
    except ValueError:
        return text
    return value if math.isfinite(value) else text


def decode(content: bytes, file: str) -> str | Problem:
    """Give the text of a file; a Problem when it is empty, binary or not UTF-8."""
    if not content.strip():
        found = "the file is empty" if not content else "the file holds only blanks"
        return _broken(file, None, found, "fill it in, or take the file away")
    if b"\0" in content:
        return _broken(file, None, "the file is binary, not text", "save it as UTF-8 text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        found = f"byte {error.start + 1} is not UTF-8"
        return _broken(file, row, found, "save the file as UTF-8 text")


def _broken(file: str, row: int | None, message: str, advice: str) -> Problem:
    return Problem(severity=Severity.ERROR, file=file, row=row, message=message, advice=advice)


def parse(content: bytes, file: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Read one YAML document; every duplicate key, alias and foreign tag is a Problem."""
    import yaml  # noqa: PLC0415  half of what a small command takes to start

    text = decode(content, file)
    if isinstance(text, Problem):
        return None, (text,)
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    reader = _Reader(file, yaml.parse(text, Loader=loader))
    try:
        root = _document(reader)
    except (yaml.YAMLError, ValueError) as error:
        return None, (_syntax(error, file),)
    if root is None:
        return None, (_broken(file, None, "the file holds only comments", "fill it in"),)
    return root, tuple(reader.problems)


def _document(reader: _Reader) -> Node | None:
    """Read the one document of a file; raises ValueError where there is another."""
    root = None
    for event in reader.events:
        if type(event).__name__ == "DocumentStartEvent":
            if root is not None:
                raise ValueError(f"a second document begins in line {event.start_mark.line + 1}")
            root = reader.node(next(reader.events), "")
    return root


def _syntax(error: Exception, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    said = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
    advice = "mend the YAML here: check indentation, quotes, colons and brackets"
    return _broken(file, mark.line + 1 if mark else None, f"the YAML is broken: {said}", advice)
