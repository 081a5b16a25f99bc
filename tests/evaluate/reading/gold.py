"""Where the public gold lies, if it lies beside this checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

_GOLD = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "reading_gold"


def gold(name: str) -> Path:
    """Give a file or folder of the gold, or skip the test."""
    path = _GOLD / name
    if not path.exists():
        pytest.skip(f"the public gold {name} is not beside this checkout")
    return path
