"""Bad data is a value: it is kept, counted and printed, and the rest goes on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error left something out; a warning left a field unresolved; a notice only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """What is wrong, where (file, row, field) and what to do about it."""

    severity: Severity
    file: str
    row: int | None = None
    field: str | None = None
    message: str
    advice: str

    def __str__(self) -> str:
        row = f", row {self.row}" if self.row is not None else ""
        field = f", field {self.field}" if self.field else ""
        return f"{self.severity}: {self.file}{row}{field}: {self.message} -> {self.advice}"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Refused:
    """Evidence that was handed in and not taken: a whole file, or at least some rows of one.

    `rows` is None for a whole file; `why` is the first reason, the others are among the problems.
    """

    file: str
    rows: int | None
    why: str


def problem_order(problem: Problem) -> tuple[str, int, str, str]:
    """Sort key that does not depend on the order in which problems were found."""
    return (problem.file, problem.row or 0, problem.field or "", problem.message)
