"""Fixtures shared by all tests: a fresh copy of the demonstration mission, and the command."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from truceline.cli import main

REPO = Path(__file__).resolve().parent.parent
# A property says what holds, never how fast: a busy machine fails no test.
settings.register_profile("truceline", deadline=None)
settings.load_profile("truceline")
Command = Callable[..., Result]


@pytest.fixture(scope="session", autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the heads and passphrases of ledgers that tests make in temporary folders."""
    folder = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patch.setenv("XDG_STATE_HOME", str(folder))
        yield folder


@pytest.fixture
def mission_folder(tmp_path: Path) -> Path:
    """Copy the demonstration mission without its ledger."""
    target = tmp_path / "mission"
    source = REPO / "missions" / "karabakh-2020"
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(".truceline"))
    return target


@pytest.fixture
def lebanon_folder(tmp_path: Path) -> Path:
    """Copy the second mission without its ledger."""
    target = tmp_path / "lebanon"
    source = REPO / "missions" / "lebanon-2024"
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(".truceline"))
    return target


@pytest.fixture
def truceline() -> Command:
    """Call the command line and give its result, stdout and stderr apart."""

    def call(*words: object, given: str | None = None) -> Result:
        return CliRunner().invoke(
            main, [str(word) for word in words], input=given, prog_name="truceline"
        )

    return call
