"""YAML 1.2 to a plain tree that knows its lines; dates stay text, duplicate keys are refused."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode

from truceline.model.problem import Problem, Severity

Scalar = str | int | float | bool | None
_TAG = "tag:yaml.org,2002:"
_KINDS = ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
_KNOWN_TAGS = {f"{_TAG}{kind}" for kind in _KINDS}
_MAX_DEPTH = 20


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
    problems: list[Problem] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def say(self, line: int | None, path: str, message: str, advice: str) -> None:
        self.problems.append(
            Problem(
                severity=Severity.ERROR, file=self.file, row=line, field=path or None,
                message=message, advice=advice,
            )
        )  # fmt: skip

    def node(self, yaml: YamlNode, path: str, depth: int = 0) -> Node:
        line = yaml.start_mark.line + 1
        if id(yaml) in self.seen or depth > _MAX_DEPTH:
            found = "an alias (*name), or too deep nesting"
            self.say(line, path, found, "write the value out here")
            return Node(None, line, path)
        self.seen.add(id(yaml))
        self._tag(yaml, path)
        if isinstance(yaml, MappingNode):
            return self._mapping(yaml, path, depth)
        if isinstance(yaml, SequenceNode):
            items = [
                self.node(item, f"{path}[{index}]", depth + 1)
                for index, item in enumerate(yaml.value)
            ]
            return Node(items, line, path)
        return Node(_scalar(yaml), line, path)

    def _mapping(self, yaml: MappingNode, path: str, depth: int) -> Node:
        values: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in yaml.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                self.say(line, path, "a key is not a word", "write each key as one plain word")
                continue
            key = str(key_node.value)
            under = f"{path}.{key}" if path else key
            value = self.node(value_node, under, depth + 1)
            if key in values:
                found = f"the key {key!r} stands twice, first in line {lines[key]}"
                self.say(line, under, found, "keep one of the two; nothing is overwritten silently")
                continue
            values[key], lines[key] = value, line
        return Node(values, yaml.start_mark.line + 1, path, lines)

    def _tag(self, yaml: YamlNode, path: str) -> None:
        if str(yaml.tag) not in _KNOWN_TAGS:
            line = yaml.start_mark.line + 1
            found = f"the tag {yaml.tag} is not allowed"
            self.say(line, path, found, "take the tag out and write plain text, a number or a list")


def _scalar(yaml: YamlNode) -> Scalar:
    text, tag = str(yaml.value), str(yaml.tag)
    match tag.removeprefix(_TAG):
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
    text = decode(content, file)
    if isinstance(text, Problem):
        return None, (text,)
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, RecursionError, ValueError) as error:
        return None, (_syntax(error, file),)
    if root is None:
        return None, (_broken(file, None, "the file holds only comments", "fill it in"),)
    reader = _Reader(file)
    return reader.node(root, ""), tuple(reader.problems)


def _syntax(error: Exception, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    said = getattr(error, "problem", None) or str(error).split("\n", 1)[0] or "too deep nesting"
    advice = "mend the YAML here: check indentation, quotes, colons and brackets"
    return _broken(file, mark.line + 1 if mark else None, f"the YAML is broken: {said}", advice)
