"""Fixtures shared by all tests: a fresh copy of the demonstration mission, and the command."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from truceline.cli import main

REPO = Path(__file__).resolve().parent.parent
Command = Callable[..., Result]


@pytest.fixture
def mission_folder(tmp_path: Path) -> Path:
    """Copy the demonstration mission without its ledger."""
    target = tmp_path / "mission"
    source = REPO / "missions" / "karabakh-2020"
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(".truceline"))
    return target


@pytest.fixture
def truceline() -> Command:
    """Call the command line and give its result, stdout and stderr apart."""

    def call(*words: object) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words], prog_name="truceline")

    return call
