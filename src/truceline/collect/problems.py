"""How a reader complains: an error about a file, a row or a cell, with what to do."""

from __future__ import annotations

from truceline.model.problem import Problem, Severity


def fault(
    file: str, message: str, advice: str, row: int | None = None, field: str | None = None
) -> Problem:
    """Make an error about a file, a row or a cell."""
    return Problem(
        severity=Severity.ERROR, file=file, row=row, field=field, message=message, advice=advice
    )
