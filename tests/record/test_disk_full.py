"""A full disk: what was acknowledged stays, what was not is gone, and the error says so."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.record.spoiling import unsigned
from truceline.errors import StorageError
from truceline.record.ledger import Ledger
from truceline.record.parts import SMALL
from truceline.record.verify import verify
from truceline.store.canonical import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILLER = "x" * 3000


def _batch(first: int) -> list[dict[str, object]]:
    """Give ten records of some 3 kB."""
    return [{"kind": "note", "n": first + n, "text": FILLER} for n in range(10)]


def _fill(ledger: Ledger) -> tuple[int, StorageError]:
    """Append until the disk is full; give the acknowledged count and the error."""
    done = 0
    while True:
        try:
            done += len(ledger.append(_batch(done)))
        except StorageError as error:
            return done, error


def _is_clear(error: StorageError, done: int) -> None:
    """Check that an error says what happened, what is safe, and what to do."""
    text = str(error)
    assert "is full" in text
    assert f"the {done} entries acknowledged before are intact" in text
    assert "free some space" in text
    assert "truceline verify" in text


def test_a_full_database_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    """SQLite out of pages: the batch is undone, the ledger closed, and opened again it goes on."""
    ledger = unsigned(tmp_path)
    connection = ledger.database.connection
    connection.pragma("max_page_count", connection.pragma("page_count") + 60)
    done, error = _fill(ledger)
    assert done > 0
    _is_clear(error, done)
    with pytest.raises(StorageError, match="is closed"):
        ledger.append(_batch(done))
    assert (verify(tmp_path).ok, verify(tmp_path).size) == (True, done)
    with unsigned(tmp_path) as again:
        assert [entry.record["n"] for entry in again.entries()] == list(range(done))
        assert len(again.append(_batch(done))) == 10
    assert (verify(tmp_path).ok, verify(tmp_path).size) == (True, done + 10)


def test_a_full_disk_while_keeping_a_file_adds_no_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large original that does not fit leaves no file, no entry and no draft."""

    def full(handle: int) -> None:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    data = b"y" * (SMALL + 1)
    record = {"kind": "item", "original": sha256_hex(data)}
    ledger = unsigned(tmp_path)
    ledger.append(_batch(0))
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(StorageError) as refusal:
            ledger.append([record], [data])
    _is_clear(refusal.value, 10)
    kept = (tmp_path / ".truceline" / "originals").rglob("*")
    assert not any(path.is_file() for path in kept)
    with unsigned(tmp_path) as again:
        assert len(again.append([record], [data])) == 1
    assert verify(tmp_path).ok


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """Give a file system of 1 MiB, where this account may mount one."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if os.geteuid() != 0 or mount is None or umount is None:
        pytest.skip("mounting a small file system needs root")
    folder = tmp_path / "tiny"
    folder.mkdir()
    command = [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("this system does not let us mount a small file system")
    yield folder
    subprocess.run([umount, "-l", str(folder)], check=True)


def test_a_full_file_system_keeps_what_it_acknowledged(tiny: Path) -> None:
    """The disk itself full: the same promise, and the same command works once there is space."""
    ballast = tiny / "ballast"
    ballast.write_bytes(bytes(200_000))
    ledger = unsigned(tiny)
    done, error = _fill(ledger)
    assert done > 0
    _is_clear(error, done)
    ballast.unlink()
    assert (verify(tiny).ok, verify(tiny).size) == (True, done)
    with unsigned(tiny) as again:
        assert [entry.record["n"] for entry in again.entries()] == list(range(done))
        assert len(again.append(_batch(done))) == 10
    assert (verify(tiny).ok, verify(tiny).size) == (True, done + 10)


def test_a_read_only_file_system_is_read_and_not_written(tiny: Path) -> None:
    """A ledger on a read-only medium verifies and is read; writing is refused with advice."""
    with unsigned(tiny) as ledger:
        ledger.append(_batch(0))
    remount = [str(shutil.which("mount")), "-o", "remount,ro", str(tiny)]
    if subprocess.run(remount, check=False, capture_output=True).returncode:
        pytest.skip("this system does not let us remount")
    assert verify(tiny).ok
    with Ledger.read(tiny) as ledger:
        assert len(list(ledger.entries())) == 10
    with pytest.raises(StorageError, match=r"cannot be .*written") as refusal:
        unsigned(tiny)
    assert "read-only" in str(refusal.value)
