"""A ledger of release 0.1.0 is carried over whole, or not at all; the kept ledgers were written by that release."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.record.spoiling import spoil, unsigned
from truceline.errors import LedgerError, StorageError
from truceline.record import upgrade as module
from truceline.record.heads import Heads
from truceline.record.ledger import Ledger
from truceline.record.upgrade import upgrade
from truceline.record.verify import verify
from truceline.store.canonical import sha256_hex

KEPT = Path(__file__).parent / "kept"
OLD_ROOT = "b5154c22acbe1284fecde386b95a88bbba45fc84048f3e143e6749d47683756e"
LARGE = ("place;killed\n" + "Aghdam;0\n" * 8000).encode()


@pytest.fixture(params=["v1", "v2"])
def mission(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Give a folder with a ledger of version 1 or 2, with 308 entries and a large original."""
    folder = tmp_path / "mission"
    shutil.copytree(KEPT / "originals", folder / ".truceline" / "originals")
    shutil.copy(KEPT / str(request.param) / "ledger.db", folder / ".truceline" / "ledger.db")
    return folder


def records(folder: Path) -> list[tuple[dict[str, object], int]]:
    with Ledger.read(folder) as ledger:
        return [(entry.record, entry.received) for entry in ledger.entries()]


def test_records_originals_and_times_are_carried_over_in_order(mission: Path) -> None:
    version = 1 if b"CREATE TABLE ledger" not in ledger_file(mission).read_bytes() else 2
    found = upgrade(mission, "truceline/other")
    assert (found.entries, found.version, found.root) == (308, version, OLD_ROOT)
    (key, _), (first, _), *others = records(mission)
    assert key["kind"] == "key_made"
    assert first["kind"] == "ledger_upgraded"
    assert first["after"]["root"] == OLD_ROOT  # type: ignore[index]
    assert [record["kind"] for record, _ in others[:8]] == [
        "mission_file", "evidence_file", *["item"] * 4, "decision", "llm_reply",
    ]  # fmt: skip
    assert [record["n"] for record, _ in others[8:]] == list(range(300))
    assert [received for _, received in others] == [
        *[1_600_000_000] * 6, 1_600_000_001, 1_600_000_002, *[1_600_000_003] * 300,
    ]  # fmt: skip
    with Ledger.read(mission) as ledger:
        assert ledger.original(sha256_hex(LARGE)) == LARGE
        assert ledger.checkpoint().note.startswith("truceline/kept\n310\n")
    assert verify(mission).ok
    # What was there already is not entered again.
    with unsigned(mission) as ledger:
        assert ledger.append([others[6][0]]) == []


def ledger_file(folder: Path) -> Path:
    return folder / ".truceline" / "ledger.db"


def test_the_old_ledger_is_kept_beside_with_its_originals(mission: Path) -> None:
    old = ledger_file(mission).read_bytes()
    upgrade(mission, "truceline/kept")
    aside = mission / ".truceline" / "set-aside" / "1"
    assert (aside / "ledger.db").read_bytes() == old
    (kept,) = aside.glob("originals/*/*")
    assert kept.name == sha256_hex(LARGE)
    (live,) = (mission / ".truceline").glob("originals/*/*")
    assert live.name != kept.name
    assert not (mission / ".truceline" / "upgrading").exists()


@pytest.mark.parametrize("opening", [Ledger.open, Ledger.read])
def test_an_old_ledger_is_refused_with_what_to_do(mission: Path, opening: object) -> None:
    with pytest.raises(LedgerError, match="has the form of release") as refusal:
        opening(mission)  # type: ignore[operator]
    assert "truceline ledger upgrade" in str(refusal.value)
    assert not verify(mission).ok


@pytest.mark.parametrize(
    ("statement", "entry"),
    [
        (
            "UPDATE event SET body = CAST(replace(CAST(body AS TEXT), 'kind', 'king') AS BLOB) WHERE seq = 5",
            5,
        ),
        ("DELETE FROM event WHERE seq = 7", 7),
        ("UPDATE checkpoint SET root = zeroblob(32)", 308),
        ("UPDATE original SET content = x'00' WHERE content IS NOT NULL", 0),
        ("DELETE FROM original", 0),
        ("UPDATE checkpoint SET note = NULL", 308),
        ("UPDATE checkpoint SET note = replace(note, '308', '309')", 308),
        ("UPDATE receipt SET received = -1 WHERE seq = 9", 9),
        ("UPDATE event SET body = x'00' WHERE seq = 3", 3),
    ],
)
def test_what_is_not_whole_is_not_carried_over(mission: Path, statement: str, entry: int) -> None:
    spoil(mission, statement)
    old = ledger_file(mission).read_bytes()
    with pytest.raises(LedgerError, match="nothing was carried over") as refusal:
        upgrade(mission, "truceline/kept")
    assert f"first broken entry: {entry}" in str(refusal.value)
    assert ledger_file(mission).read_bytes() == old


def test_one_that_lost_its_id_is_not_carried_over(tmp_path: Path) -> None:
    (tmp_path / ".truceline").mkdir()
    shutil.copytree(KEPT / "originals", tmp_path / ".truceline" / "originals")
    shutil.copy(KEPT / "v2" / "ledger.db", ledger_file(tmp_path))
    spoil(tmp_path, "DELETE FROM ledger")
    with pytest.raises(LedgerError, match="nothing was carried over") as refusal:
        upgrade(tmp_path, "truceline/kept")
    assert "lost its own id" in str(refusal.value)


def test_one_that_went_back_is_not_carried_over(mission: Path) -> None:
    upgrade(mission, "truceline/kept")
    shutil.copy(KEPT / "v2" / "ledger.db", ledger_file(mission))
    with pytest.raises(LedgerError, match="Another ledger stands"):
        upgrade(mission, "truceline/kept")


def test_only_an_old_ledger_is_carried_over(mission: Path, tmp_path: Path) -> None:
    upgrade(mission, "truceline/kept")
    with pytest.raises(LedgerError, match="has the present form already"):
        upgrade(mission, "truceline/kept")
    with pytest.raises(StorageError, match="There is no ledger"):
        upgrade(tmp_path, "truceline/kept")


@pytest.mark.parametrize("step", ["set_aside", "_move_originals", "_put_in_place", "head_of"])
def test_an_upgrade_that_was_broken_off_is_taken_up_again(
    mission: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, step, stop)
        with pytest.raises(KeyboardInterrupt):
            upgrade(mission, "truceline/kept")
    assert upgrade(mission, "truceline/kept").root == OLD_ROOT
    assert len(records(mission)) == 310
    assert verify(mission).ok
    assert len(list((mission / ".truceline").glob("originals/*/*"))) == 1
    head = Heads.here().at(mission)
    assert head is not None
    assert head.size == 310


def test_a_log_that_the_old_ledger_left_goes_aside_with_it(
    mission: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "_move_originals", stop)
        with pytest.raises(KeyboardInterrupt):
            upgrade(mission, "truceline/kept")
    aside = mission / ".truceline" / "set-aside" / "1"
    log = mission / ".truceline" / "ledger.db-wal"
    log.write_bytes(b"a log of the old ledger")
    upgrade(mission, "truceline/kept")
    assert (aside / log.name).read_bytes() == b"a log of the old ledger"
    assert verify(mission).ok


def test_decisions_of_a_real_ledger_count_after_the_upgrade(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    (mission_folder / ".truceline").mkdir()
    shutil.copy(KEPT / "karabakh-2020.db", ledger_file(mission_folder))
    out = tmp_path / "out"
    refused = truceline("run", mission_folder, "--out", out)
    assert refused.exit_code == 3
    assert "truceline ledger upgrade" in refused.stderr
    done = truceline("ledger", "upgrade", mission_folder)
    assert done.exit_code == 0, done.stderr
    assert "127 entries carried over from version 2" in done.stdout
    assert "set-aside" in done.stderr
    assert truceline("run", mission_folder, "--out", out).exit_code == 0
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert [d["state"] for d in report["decisions"]] == ["in force"]
    assert truceline("verify", mission_folder).exit_code == 0
