"""The error tree: every error says what happened and what to do next.

::

    TrucelineError
    ├── UsageError          the call's words are off                       (exit 2)
    ├── MissionError        a mission file cannot be used                  (exit 1)
    ├── FileError           a file is not let in                           (exit 1)
    ├── RefusedError        a rule of the house refuses the act            (exit 1)
    └── StorageError        the disk or the database failed                (exit 1)
        └── LedgerError     the ledger does not verify                     (exit 3)

Bad *evidence* is never an error: it becomes a `Problem` value and is printed in the report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class TrucelineError(Exception):
    """What happened, what to do next, and the exit status a command ends with."""

    exit_code = 1

    def __init__(self, message: str, advice: str = "", *, details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.details = tuple(details)

    def __str__(self) -> str:
        lines = [self.message, *(f"  - {' '.join(d.split())}" for d in self.details)]
        if self.advice:
            lines.append(f"What to do: {self.advice}")
        return "\n".join(lines)


class UsageError(TrucelineError):
    """The words of the call are off: a file that is not there, a reader nobody knows."""

    exit_code = 2


class MissionError(TrucelineError):
    """A mission file cannot be used; `details` lists every problem found, not only the first."""


class FileError(TrucelineError):
    """A file is not let in: no regular file, outside its folder, too large, or not to be opened.

    `message` says it of "it"; `file` is the name by which it was asked for.
    """

    file = ""

    def __str__(self) -> str:
        return f"{self.file}: {super().__str__()}" if self.file else super().__str__()


class RefusedError(TrucelineError):
    """A rule of the house refuses the act, such as an author approving their own decision."""


class StorageError(TrucelineError):
    """The disk or the database failed; nothing that was acknowledged before is lost."""


class LedgerError(StorageError):
    """The ledger does not verify; `details` names the first broken entry."""

    exit_code = 3
