"""Heads that a person shows on the command line: in a file, or typed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.errors import UsageError
from truceline.record.shown import heads_in, typed
from truceline.store.door import KEPT, read_named

if TYPE_CHECKING:
    from pathlib import Path

    from truceline.record.note import Note


def heads_shown(path: Path) -> tuple[Note, ...]:
    """Give the heads that a file shows; UsageError where it shows none."""
    try:
        return heads_in(read_named(path, KEPT))
    except ValueError as error:
        raise UsageError(
            f"--checkpoint: {path} is no checkpoint: {error}",
            "give the three lines: name of the log, number of entries, root; or a file that shows them",
        ) from error


def one_head(path: Path) -> Note:
    """Give the furthest of the heads that a file shows."""
    return max(heads_shown(path), key=lambda head: head.body.size)


def typed_head(words: str) -> Note:
    """Read a head that was typed in; UsageError where it is none."""
    try:
        return typed(words)
    except ValueError as error:
        raise UsageError(
            f"--head: {words!r} is no head: {error}",
            'type what the paper shows, divided by blanks: --head "NAME NUMBER ROOT"',
        ) from error
