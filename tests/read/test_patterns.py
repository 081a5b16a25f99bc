"""No pattern that meets others' texts blows up: each is run on strings made to hurt it, against a clock."""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from types import FrameType, ModuleType

import pytest

import truceline.collect
import truceline.read
import truceline.text

SECONDS = 10
LENGTH = 20_000
_LITERAL = re.compile(r"[^\W_]{2,}|[,.;:/\"'()\[\]<>-]")
COMMON = ("a", "1", " ", "\n", "A", "\u0430", "\u0301", "a ", "1 ", "a-", "a'", "1.", "1:", "1/", "1,",
          "(", "[", "<", "<a ", "</", "\u201c", '"', "Ab ", "a,b;", "- ", "12:05 ", "the ", ". ")  # fmt: skip


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Give every compiled pattern of the modules that others' texts pass through."""
    for package in (truceline.collect, truceline.read, truceline.text):
        for name in _modules(package):
            module = importlib.import_module(name)
            for key, value in vars(module).items():
                yield from ((f"{name}.{key}", p) for p in _held(value))


def _modules(package: ModuleType) -> list[str]:
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [package.__name__, *(module.name for module in found)]


def _held(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _held(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _held(part)


def strings(pattern: re.Pattern[str]) -> Iterator[str]:
    """Give long strings of one piece again and again, the pattern's own words among the pieces."""
    own = tuple(dict.fromkeys(_LITERAL.findall(pattern.pattern)))[:40]
    joined = (" ".join(own) + " ", "".join(own)) if own else ()
    for piece in (*COMMON, *own, *(f"{word} " for word in own), *joined):
        whole = (piece * (LENGTH // len(piece) + 1))[:LENGTH]
        yield whole + "!"
        yield "!" + whole


FOUND = sorted({f"{name} {p.pattern[:40]}": p for name, p in patterns()}.items())


def test_there_are_patterns_to_try() -> None:
    assert len(FOUND) > 50


@pytest.mark.parametrize("pattern", [p for _, p in FOUND], ids=[name for name, _ in FOUND])
def test_a_pattern_keeps_within_time(pattern: re.Pattern[str]) -> None:
    def late(_: int, __: FrameType | None) -> None:
        msg = f"still matching after {SECONDS} s"
        raise TimeoutError(msg)

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    try:
        for text in strings(pattern):
            pattern.search(text)
            sum(1 for _ in pattern.finditer(text))
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
