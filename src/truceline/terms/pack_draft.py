"""A data pack while it is read: the trees of its files, and how one looks into them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.model.problem import Problem, Severity
from truceline.terms.check import Findings

if TYPE_CHECKING:
    from truceline.model.place_time import GazetteerEntry
    from truceline.terms.tree import Node


@dataclass(frozen=True, slots=True)
class StateRow:
    """A row of a table of states with the file and the row where it stands."""

    file: str
    row: int
    cells: dict[str, str]


@dataclass(slots=True)
class Draft:
    """A pack being read: the trees of itself and of what it uses, itself last."""

    roots: list[tuple[str, Node]] = field(default_factory=list)
    states: list[StateRow] = field(default_factory=list)
    places: list[GazetteerEntry] = field(default_factory=list)
    lexicons: dict[str, Node] = field(default_factory=dict)
    digests: list[str] = field(default_factory=list)
    gathered: set[Path] = field(default_factory=set)
    findings: Findings = field(default_factory=Findings)


def error(file: str, message: str, advice: str) -> Problem:
    """Make a problem about a whole file."""
    return Problem(severity=Severity.ERROR, file=file, message=message, advice=advice)


def under(node: Node, key: str) -> Node | None:
    """Give what stands under a key, None when nothing does."""
    return node.value.get(key) if isinstance(node.value, dict) else None


def mapping(node: Node, key: str) -> dict[str, Node]:
    """Give the mapping under a key; an empty one where there is none."""
    found = under(node, key)
    return found.value if found is not None and isinstance(found.value, dict) else {}


def items(node: Node) -> list[tuple[str, Node]]:
    """Give the keys of a mapping with what stands under them."""
    return list(node.value.items()) if isinstance(node.value, dict) else []


def listed(node: Node, key: str) -> list[Node]:
    """Give the members of the list under a key; none where there is no list."""
    found = under(node, key)
    return found.value if found is not None and isinstance(found.value, list) else []


def members(node: Node) -> tuple[str, ...]:
    """Give the words of a list; what is no word is left out, the shape complains of it."""
    found = node.value if isinstance(node.value, list) else []
    return tuple(n.value for n in found if isinstance(n.value, str))


def texts(node: Node, key: str) -> tuple[str, ...]:
    """Give the words of the list under a key."""
    found = under(node, key)
    return members(found) if found is not None else ()


def word(node: Node, key: str) -> str:
    """Give the word under a key, empty where there is none."""
    found = under(node, key)
    return found.value if found is not None and isinstance(found.value, str) else ""
