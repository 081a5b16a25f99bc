"""Where is the text of a query? Beside the stage that uses it, in `<package>/sql/<name>.sql`."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def load(package: str, name: str) -> str:
    """Give the text of `<package>/sql/<name>.sql`; a missing file raises FileNotFoundError."""
    return resources.files(package).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
