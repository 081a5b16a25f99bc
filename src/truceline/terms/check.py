"""A tree against its shape: every problem, and the ids that are defined and referred to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from truceline.model.problem import Problem, Severity
from truceline.terms.shape import (
    ByKey,
    Fields,
    Listing,
    Maybe,
    Names,
    Number,
    OneOrMore,
    Shape,
    Table,
    Tagged,
    Text,
    Undefined,
    Word,
)
from truceline.terms.tree import Node
from truceline.terms.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHOWN = 60
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Reference:
    """An id used at a place of a file, and the scopes in which it must be defined."""

    file: str
    node: Node
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What the checks of all files of a mission found; `defined` maps scope to id to its place."""

    problems: list[Problem] = field(default_factory=list)
    defined: dict[str, dict[str, str]] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)

    def define(self, scope: str, name: str, where: str) -> str | None:
        """Note an id; give the place where it was defined before, None when it is new."""
        known = self.defined.setdefault(scope, {})
        return None if known.setdefault(name, where) == where else known[name]

    def forget(self, scope: str) -> None:
        """Leave references to a scope unchecked: not all that define its ids could be read."""
        self.references[:] = [r for r in self.references if r.scopes != (scope,)]

    def unresolved(self, *, everywhere: bool) -> list[Problem]:
        """Give a problem for each reference to an id that nothing defines.

        Without `everywhere`, only references inside one file: another file could not be read.
        """
        problems = []
        for reference in self.references:
            inside = all(scope.startswith(f"{reference.file}.") for scope in reference.scopes)
            if not (everywhere or inside):
                continue
            known = [name for scope in reference.scopes for name in self.defined.get(scope, {})]
            used = str(reference.node.value)
            if used not in known:
                what = " or ".join(scope.rpartition(".")[2] for scope in reference.scopes)
                found = f"{used!r} is not a known {what}"
                advice = did_you_mean(used, known)
                problems.append(complaint(reference.file, reference.node, found, advice))
        return problems


def complaint(file: str, node: Node, message: str, advice: str) -> Problem:
    """Make a problem about a node."""
    return Problem(
        severity=Severity.ERROR, file=file, row=node.line, field=node.path or None,
        message=message, advice=advice,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks one file and notes what it finds."""

    file: str
    findings: Findings

    def check(self, node: Node, shape: Shape) -> None:
        """Compare a node with its shape and go on below it."""
        match shape:
            case Text() | Word() | Number() | Names():
                self._leaf(node, shape)
            case Listing():
                self._listing(node, shape)
            case Maybe() | OneOrMore() | Undefined():
                self._open(node, shape)
            case Fields():
                self._fields(node, shape, frozenset())
            case ByKey():
                there = isinstance(node.value, dict) and shape.key in node.value
                self.check(node, shape.there if there else shape.otherwise)
            case Tagged():
                self._tagged(node, shape)
            case Table():
                self._table(node, shape)
            case _ as never:
                assert_never(never)

    def _open(self, node: Node, shape: Maybe | OneOrMore | Undefined) -> None:
        if isinstance(shape, Undefined):
            self._undefined(node, shape)
        elif isinstance(shape, OneOrMore):
            many = isinstance(node.value, list)
            self.check(node, Listing(shape.of, least=1) if many else shape.of)
        elif node.value is not None:
            self.check(node, shape.of)

    def _leaf(self, node: Node, shape: Text | Word | Number | Names) -> None:
        match shape:
            case Text():
                self._text(node, shape)
            case Word():
                self._word(node, shape)
            case Number():
                self._number(node, shape)
            case Names():
                self._names(node)
            case _ as never:
                assert_never(never)

    def _say(self, node: Node, message: str, advice: str) -> None:
        self.findings.problems.append(complaint(self.file, node, message, advice))

    def _wrong(self, node: Node, expected: str, advice: str = "") -> None:
        self._say(node, f"{_shown(node)} found, {expected} expected", advice or f"write {expected}")

    def _text(self, node: Node, shape: Text) -> None:
        if not isinstance(node.value, str):
            quote = isinstance(node.value, int | float) and shape.pattern
            self._wrong(node, shape.expected, f'put it in quotes: "{node.plain}"' if quote else "")
        elif not shape.fits(node.value):
            self._wrong(node, shape.expected)
        else:
            self._note(node, node.value, shape)

    def _note(self, node: Node, name: str, shape: Text) -> None:
        if shape.refers:
            scopes = tuple(self._scope(scope) for scope in shape.refers)
            self.findings.references.append(Reference(self.file, node, scopes))
        if shape.defines:
            where = f"{self.file}, row {node.line}, field {node.path}"
            before = self.findings.define(self._scope(shape.defines), name, where)
            if before:
                found = f"the id {name!r} stands twice, first at {before}"
                self._say(node, found, "rename one of them")

    def _scope(self, scope: str) -> str:
        return f"{self.file}{scope}" if scope.startswith(".") else scope

    def _word(self, node: Node, shape: Word) -> None:
        if node.value not in shape.words:
            said = str(node.plain)
            advice = shape.hint(said) if shape.hint else did_you_mean(said, shape.words)
            self._wrong(node, "one of the known words", advice)

    def _number(self, node: Node, shape: Number) -> None:
        value = node.value
        kind = "a whole number" if shape.whole else "a number"
        low = f"above {shape.least:g}" if shape.above else f"from {shape.least:g}"
        expected = f"{kind} {low} to {shape.most:g}"
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._wrong(node, expected)
            return
        too_low = value <= shape.least if shape.above else value < shape.least
        if too_low or value > shape.most or (shape.whole and value != int(value)):
            self._wrong(node, expected)

    def _listing(self, node: Node, shape: Listing) -> None:
        if not isinstance(node.value, list):
            self._wrong(node, "a list", "write [] for none, or one `- ` line for each")
            return
        if len(node.value) < shape.least:
            self._wrong(node, f"a list of at least {shape.least}")
        for item in node.value:
            self.check(item, shape.of)

    def _names(self, node: Node) -> None:
        if not isinstance(node.value, dict) or not node.value:
            self._wrong(node, "a name for each language, such as {en: Armenia}")
            return
        for language, name in node.value.items():
            if not _LANGUAGE.fullmatch(language):
                advice = "write a code of two or three letters, such as en"
                self._say(name, f"{language!r} is not a language code", advice)
            self.check(name, Text(expected="a name"))

    def _table(self, node: Node, shape: Table) -> None:
        if not isinstance(node.value, dict) or len(node.value) < shape.least:
            self._wrong(node, "a mapping of keys to values")
            return
        for key, value in node.value.items():
            self.check(Node(key, node.keys.get(key, node.line), value.path), shape.keys)
            self.check(value, shape.of)

    def _undefined(self, node: Node, shape: Undefined) -> None:
        words = ("undefined", *shape.also)
        if node.value in words:
            return
        if isinstance(node.value, list) and node.value:
            self.check(node, shape.of)
            return
        advice = "write the word undefined where the text is silent; nothing is assumed"
        self._wrong(node, f"a list or the word {' or '.join(words)}", advice)

    def _tagged(self, node: Node, shape: Tagged) -> None:
        if not isinstance(node.value, dict):
            self._wrong(node, f"a mapping with the key {shape.tag}")
            return
        tag = node.value.get(shape.tag)
        if tag is None:
            words = ", ".join(shape.cases)
            self._missing(node, shape.tag, f"add {shape.tag}: one of {words}")
        elif isinstance(tag.value, str) and tag.value in shape.cases:
            self._fields(node, shape.cases[tag.value], frozenset({shape.tag}))
        else:
            self._word(tag, Word(tuple(shape.cases)))
            self._loosely(node, shape)

    def _loosely(self, node: Node, shape: Tagged) -> None:
        """Check what every case has in common, so that one wrong tag hides no other problem."""
        cases = list(shape.cases.values())
        for key, value in node.value.items() if isinstance(node.value, dict) else ():
            shapes = [case.known[key] for case in cases if key in case.known]
            if not shapes and key != shape.tag:
                self._unknown(node, key, {k: None for case in cases for k in case.known})
            elif shapes and all(other == shapes[0] for other in shapes):
                self.check(value, shapes[0])

    def _fields(self, node: Node, shape: Fields, also: frozenset[str]) -> None:
        if not isinstance(node.value, dict):
            self._wrong(node, "a mapping of keys to values")
            return
        for key, value in node.value.items():
            if key in shape.known:
                self.check(value, shape.known[key])
            elif key not in also:
                self._unknown(node, key, dict.fromkeys([*shape.known, *also]))
        for key in shape.must:
            if key not in node.value:
                self._missing(node, key, f"add the key {key}; nothing is assumed")
        self._together(node, node.value, shape)

    def _together(self, node: Node, value: Mapping[str, Node], shape: Fields) -> None:
        if shape.one_of and sum(key in value for key in shape.one_of) != 1:
            keys = " or ".join(shape.one_of)
            none = not set(shape.one_of) & set(value)
            found = "a time zone is missing" if none else "two rules for the time zone"
            self._say(node, f"{found}: exactly one of {keys} is expected", _ZONE_ADVICE)
        if shape.list_needs:
            key, needed = shape.list_needs
            if key in value and isinstance(value[key].value, list) and needed not in value:
                advice = f"where {key} is a list, say {needed}: minor or serious"
                self._missing(node, needed, advice)

    def _unknown(self, node: Node, key: str, known: Mapping[str, None]) -> None:
        path = f"{node.path}.{key}" if node.path else key
        self.findings.problems.append(
            Problem(
                severity=Severity.ERROR, file=self.file, row=node.keys.get(key, node.line),
                field=path, message=f"unknown key {key!r}", advice=did_you_mean(key, known),
            )
        )  # fmt: skip

    def _missing(self, node: Node, key: str, advice: str) -> None:
        path = f"{node.path}.{key}" if node.path else key
        self.findings.problems.append(
            Problem(
                severity=Severity.ERROR, file=self.file, row=node.line, field=path,
                message=f"the key {key!r} is missing", advice=advice,
            )
        )  # fmt: skip


_ZONE_ADVICE = (
    'write zone: "+04:00" (or a name such as Asia/Baku) where the text or its reader names a zone, '
    "else rule: mission_zone to read it by the mission's own zone"
)


def _shown(node: Node) -> str:
    if node.value is None:
        return "nothing"
    if isinstance(node.value, dict):
        return "a mapping"
    if isinstance(node.value, list):
        return "a list" if node.value else "an empty list"
    text = repr(node.value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "..."
