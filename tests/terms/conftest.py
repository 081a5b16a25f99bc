"""The demonstration mission, as it is and as a copy that a test may break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

DEMO = Path(__file__).parents[2] / "missions" / "karabakh-2020"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the demonstration mission, without its ledger."""
    hidden = shutil.ignore_patterns(".*")
    return Path(shutil.copytree(DEMO, tmp_path / "mission", ignore=hidden))
