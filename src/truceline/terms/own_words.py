"""What a mission says itself in a report: a YAML file of its assessment and of what it holds back, every fault at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.report import HeldBack, OwnWords
from truceline.terms.check import Checker, Findings, complaint
from truceline.terms.shape import Fields, Listing, Shape, Text
from truceline.terms.times import below, word
from truceline.terms.tree import parse

if TYPE_CHECKING:
    from truceline.model.problem import Problem
    from truceline.terms.tree import Node

_HELD: dict[str, Shape] = {"what": Text(), "because": Text()}
WORDS = Fields(
    must={}, may={"assessment": Text(), "held_back": Listing(Fields(must=_HELD, may={}), least=1)}
)


def read_own_words(content: bytes, file: str) -> tuple[OwnWords | None, tuple[Problem, ...]]:
    """Read the file, or give every problem of it; an empty line in the assessment begins a paragraph."""
    root, problems = parse(content, file)
    if root is None:
        return None, problems
    findings = Findings()
    Checker(file, findings).check(root, WORDS)
    found = (*problems, *findings.problems)
    if found:
        return None, found
    if not root.value:
        none = "nothing stands in it"
        return None, (complaint(file, root, none, "write assessment, held_back, or both"),)
    told = below(root, "assessment")
    text = str(told.value) if told is not None else ""
    held = below(root, "held_back")
    return OwnWords(assessment=_paragraphs(text), held_back=_held(held)), ()


def _paragraphs(text: str) -> tuple[str, ...]:
    parts = "\n".join(line.strip() for line in text.splitlines()).split("\n\n")
    return tuple(" ".join(part.split()) for part in parts if part.strip())


def _held(node: Node | None) -> tuple[HeldBack, ...]:
    if node is None or not isinstance(node.value, list):
        return ()
    return tuple(
        HeldBack(what=word(item, "what"), because=word(item, "because")) for item in node.value
    )
