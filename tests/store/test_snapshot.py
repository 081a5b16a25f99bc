"""A run's snapshot gives back what was assessed, to the byte of every file, or is refused and written anew."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from truceline.errors import StorageError
from truceline.model.report import Assessment, Edition
from truceline.pipeline import assess, cut_off, gather
from truceline.report.files import contents_of
from truceline.store import snapshot
from truceline.store.kept import check, read
from truceline.store.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Command

REPO = Path(__file__).resolve().parents[2]
MISSIONS = ("karabakh-2020", "lebanon-2024", "donbas-2020")


def assessed(mission: str, edition: Edition = Edition.DRAFT) -> Assessment:
    gathered = gather(REPO / "missions" / mission, record=False)
    return assess(gathered, cut_off(None, gathered), edition)


@pytest.fixture(scope="module")
def karabakh() -> Assessment:
    return assessed("karabakh-2020")


@pytest.fixture
def file(karabakh: Assessment, tmp_path: Path) -> Path:
    snapshot.write(tmp_path / "x.duckdb", karabakh)
    return tmp_path / "x.duckdb"


def query(file: Path, statement: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return list(connection.execute(statement).fetchall())


@pytest.mark.parametrize("mission", MISSIONS)
@pytest.mark.parametrize("edition", list(Edition))
def test_every_file_of_a_run_is_the_same_from_its_snapshot(
    mission: str, edition: Edition, tmp_path: Path
) -> None:
    made = assessed(mission, edition)
    snapshot.write(tmp_path / "x.duckdb", made)
    found = read(tmp_path / "x.duckdb")
    assert found == made
    assert contents_of(found, {}) == contents_of(made, {})


def test_the_columns_say_what_the_files_say(file: Path, karabakh: Assessment) -> None:
    files = {name: data.decode() for name, data in contents_of(karabakh, {}).items()}
    claims = [json.loads(line) for line in files["claims.jsonl"].splitlines()]
    assert query(file, "SELECT id, act, stance, killed FROM claims ORDER BY n") == [
        (c["id"], c["act"], c["stance"], c["harm"]["killed"]) for c in claims
    ]
    incidents = json.loads(files["incidents.json"])
    assert query(file, "SELECT id, contested FROM incidents ORDER BY n") == [
        (i["id"], i["contested"]) for i in incidents
    ]
    members = sorted((i["id"], m["claim"]) for i in incidents for m in i["members"])
    assert sorted(query(file, "SELECT incident, claim FROM members")) == members
    findings = json.loads(files["findings.json"])
    assert query(file, "SELECT incident, occurrence, attribution FROM findings ORDER BY n") == [
        (f["incident"], f["occurrence"], f["attribution"]["state"]) for f in findings
    ]
    assert query(file, "SELECT count(*) FROM problems") == [
        (len(json.loads(files["problems.json"])),)
    ]
    assert ("not_observed",) in query(file, "SELECT DISTINCT standing FROM standings")


def test_a_text_that_is_no_text_is_kept_as_its_escape(karabakh: Assessment, tmp_path: Path) -> None:
    first = replace(karabakh.claims[0], quote="a \udce9 b", place_text="Şuşa")
    odd = replace(karabakh, claims=(first, *karabakh.claims[1:]))
    snapshot.write(tmp_path / "x.duckdb", odd)
    assert read(tmp_path / "x.duckdb") == odd
    assert query(tmp_path / "x.duckdb", "SELECT quote, place_text FROM claims WHERE n = 0") == [
        ("a \\udce9 b", "Şuşa")
    ]


def test_equal_content_has_one_digest_and_order_of_arrival_none(
    karabakh: Assessment, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        snapshot.write(tmp_path / f"{name}.duckdb", karabakh)
    told = [
        query(tmp_path / f"{name}.duckdb", "SELECT * FROM meta ORDER BY key") for name in ("a", "b")
    ]
    assert told[0] == told[1]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.duckdb", "b.duckdb"]


EDITS = [
    "UPDATE findings SET occurrence = 'confirmed' WHERE n = 3",
    "UPDATE claims SET quote = 'other' WHERE n = 1",
    "UPDATE claims SET lat = lat + 1 WHERE lat IS NOT NULL",
    "UPDATE claims SET body = replace(body, '\"killed\":null', '\"killed\":9') WHERE n = 0",
    "DELETE FROM incidents WHERE n = 0",
    "INSERT INTO members SELECT * FROM members LIMIT 1",
    "INSERT INTO places SELECT * FROM places LIMIT 1",
    "UPDATE meta SET value = '\"x\"' WHERE key = 'method'",
    "UPDATE meta SET value = 'x' WHERE key = 'form'",
    "UPDATE meta SET value = '99' WHERE key = 'form'",
    "DELETE FROM meta",
    "DELETE FROM meta WHERE key = 'digest'",
    "DROP TABLE meta",
    "DROP TABLE refused",
    "ALTER TABLE claims DROP COLUMN quote",
    "ALTER TABLE claims RENAME COLUMN quote TO said",
    "ALTER TABLE claims ALTER COLUMN killed TYPE VARCHAR",
]


@pytest.mark.parametrize("statement", EDITS)
def test_an_edited_snapshot_is_refused_with_what_to_do(file: Path, statement: str) -> None:
    with duckdb.connect(str(file)) as connection:
        connection.execute(statement)
    with pytest.raises(StorageError) as caught:
        check(file)
    assert "truceline run" in caught.value.advice


@pytest.mark.parametrize("field", [f.name for f in fields(Assessment)])
def test_no_field_is_read_from_an_edited_table(
    file: Path, karabakh: Assessment, field: str
) -> None:
    """A snapshot is opened without reading it all; what is edited is refused where it is asked for, and only there."""
    whole = read(file)
    assert getattr(whole, field) == getattr(karabakh, field)
    tables = {
        "rulings": "decisions",
        "renewals": "decisions",
        "proposals": "decisions",
        "excluded": "items",
    }
    table = tables.get(field, field)
    opened = read(file)
    with duckdb.connect(str(file)) as connection:
        if (table,) not in connection.execute(
            "SELECT table_name FROM information_schema.tables"
        ).fetchall():
            return
        held = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        connection.execute(
            f"DELETE FROM {table}" if held != (0,) else f"INSERT INTO {table}(body) VALUES ('x')"
        )
    with pytest.raises(StorageError, match=f"the table {table} was edited"):
        getattr(opened, field)
    assert opened.method == karabakh.method
    assert getattr(whole, field) == getattr(karabakh, field)


def test_an_open_snapshot_whose_file_was_swapped_gives_nothing_of_the_other(
    file: Path, karabakh: Assessment, tmp_path: Path
) -> None:
    opened = read(file)
    snapshot.write(tmp_path / "other.duckdb", replace(karabakh, claims=karabakh.claims[1:]))
    (tmp_path / "other.duckdb").replace(file)
    with pytest.raises(StorageError, match="the table claims was edited"):
        _ = opened.claims


def test_every_item_is_in_the_table_of_items(file: Path, karabakh: Assessment) -> None:
    assert query(file, "SELECT count(*), count(DISTINCT id) FROM items WHERE role = 'counted'") == [
        (len(karabakh.items), len(karabakh.items))
    ]
    assert query(file, "SELECT id FROM items WHERE role = 'undated' ORDER BY n") == [
        (i.id,) for i in karabakh.excluded
    ]
    assert query(file, "SELECT count(*) FROM claims c JOIN items i ON c.item = i.id") == [
        (len(karabakh.claims),)
    ]


@pytest.mark.parametrize("content", [b"", b"x", b"DUCK" * 4000, None])
def test_a_file_that_is_cut_or_something_else_is_refused(file: Path, content: bytes | None) -> None:
    data = file.read_bytes()
    for part in (
        [content]
        if content is not None
        else [data[:n] for n in (100, 5000, 20000, len(data) // 2, len(data) - 5000)]
    ):
        file.write_bytes(part)
        with pytest.raises(StorageError):
            check(file)


def test_random_bytes_changed_are_never_believed(file: Path, karabakh: Assessment) -> None:
    """The engine finds the file damaged, or the digests do, or nothing that counts was changed.

    In a process of its own: a damaged file may end the engine.
    """
    code = (
        "import random, sys\nfrom pathlib import Path\nfrom truceline.store.kept import read\nfrom truceline.errors import StorageError\n"
        "file = Path(sys.argv[1]); chance = random.Random(int(sys.argv[2])); whole = read(file); assert whole == whole; data = file.read_bytes()\n"
        "for _ in range(40):\n    at = chance.randrange(len(data)); changed = bytearray(data); changed[at] ^= 1 << chance.randrange(8)\n"
        "    file.write_bytes(bytes(changed))\n    try:\n        same = read(file) == whole\n    except StorageError:\n        continue\n"
        "    sys.exit(0 if same else 7)\n"
    )
    assert karabakh.claims
    for seed in range(3):
        copy = file.with_name(f"copy{seed}.duckdb")
        shutil.copy(file, copy)
        done = subprocess.run(
            [sys.executable, "-c", code, str(copy), str(seed)], check=False, capture_output=True
        )
        assert done.returncode != 7
        assert b"Traceback" not in done.stderr, done.stderr.decode()


def run(truceline: Command, mission: Path, out: Path, *more: object) -> str:
    result = truceline("run", mission, "--out", out, *more)
    assert result.exit_code in {0, 1}, result.output
    return str(result.stderr)


def files_of(mission: Path) -> list[Path]:
    return sorted((mission / ".truceline" / "snapshots").iterdir())


@pytest.mark.parametrize("spoil", [
    lambda file: file.write_bytes(file.read_bytes()[:9000]),
    lambda file: file.write_bytes(b"x"),
    lambda file: duckdb.connect(str(file)).execute(EDITS[0]).close(),
])  # fmt: skip
def test_a_spoilt_snapshot_is_told_and_written_anew(
    truceline: Command, mission_folder: Path, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    assert "written anew" not in run(truceline, mission_folder, tmp_path / "a")
    (kept,) = files_of(mission_folder)
    good = read(kept)
    assert "written anew" not in run(truceline, mission_folder, tmp_path / "b")
    spoil(kept)
    assert "It is written anew" in run(truceline, mission_folder, tmp_path / "c")
    assert files_of(mission_folder) == [kept]
    assert read(kept) == good
    for name in ("report.html", "findings.json", "judgements.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "c" / name).read_bytes()


def test_a_run_with_more_puts_its_snapshot_beside_its_report(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    run(truceline, mission_folder, tmp_path / "a")
    before = files_of(mission_folder)
    text = "BAKU, October 12, 2020. The Ministry of Defence said that the city of Ganja was shelled on October 12 at 14:00.\n"
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.txt").write_text(
        f"---\npublished: 2020-10-12\noutlet: Example\n---\n{text}", encoding="utf-8"
    )
    run(truceline, mission_folder, tmp_path / "b", "--add", f"text:{tmp_path / 'more'}")
    assert files_of(mission_folder) == before
    more = read(tmp_path / "b" / "snapshot.duckdb")
    assert snapshot.name_of(more) != before[0].stem
    run(truceline, mission_folder, tmp_path / "c", "--released")
    assert len(files_of(mission_folder)) == 2


def test_what_changes_beside_the_evidence_has_a_snapshot_of_its_own(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    """A proposal, a notice of the ledger: the earlier snapshot still stands, and nobody is told that it was altered."""
    run(truceline, mission_folder, tmp_path / "a")
    incident = json.loads((tmp_path / "a" / "incidents.json").read_text(encoding="utf-8"))[0]["id"]
    words = ["--verdict", "refuted", "--by", "Ann Ax", "--reason", "we looked"]
    assert truceline("decide", mission_folder, incident, *words).exit_code == 0
    assert "written anew" not in run(truceline, mission_folder, tmp_path / "b")
    for name in ("Ann Ax", "Ben By"):
        truceline("key", "rotate", mission_folder, "--by", name, "--because", "a year")
    assert "written anew" not in run(truceline, mission_folder, tmp_path / "c")
    assert len(files_of(mission_folder)) == 3
    for file in files_of(mission_folder):
        assert snapshot.name_of(read(file)) == file.stem


def test_two_runs_at_once_leave_one_whole_snapshot(karabakh: Assessment, tmp_path: Path) -> None:
    target = tmp_path / "x.duckdb"
    told: list[str] = []
    writers = [
        threading.Thread(target=snapshot.through, args=(target, karabakh, told.append))
        for _ in range(4)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert read(target) == karabakh
    assert [p.name for p in tmp_path.iterdir()] == ["x.duckdb"]
    assert told == []


def test_a_disk_that_refuses_is_told_and_nothing_is_left(
    karabakh: Assessment, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    with pytest.raises(StorageError, match="cannot be written"):
        snapshot.write(tmp_path / "taken" / "x.duckdb", karabakh)
    assert [p.name for p in tmp_path.iterdir()] == ["taken"]


def test_without_its_words_a_snapshot_still_says_which_claims_an_incident_held(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    """An erasure takes the words out of what earlier runs kept, and what people refer to stays."""
    run(truceline, mission_folder, tmp_path / "a", "--as-of", "2020-10-13")
    (kept,) = files_of(mission_folder)
    members = query(kept, "SELECT incident, claim FROM members")
    incident = max(str(name) for name, _ in members)
    (kept.parent / "cut.duckdb").write_bytes(b"x" * 20000)
    (kept.parent / f".{kept.name}.99.left").write_bytes(b"words")
    snapshot.forget_words(mission_folder)
    assert [p.name for p in files_of(mission_folder)] == [f"{kept.stem}.json"]
    held = tuple(sorted(str(claim) for name, claim in members if name == incident))
    assert snapshot.find(mission_folder, "karabakh-2020", incident) == held
    words = ["--verdict", "refuted", "--by", "A. Smith", "--reason", "we looked"]
    assert truceline("decide", mission_folder, incident, *words).exit_code == 0


def test_the_page_lists_every_table_and_column() -> None:
    page = (REPO / "docs" / "reference" / "snapshot.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", page, re.MULTILINE)
    told = [(name, tuple(re.findall(r"`(\w+)`", columns))) for name, columns in listed]
    assert told == [("meta", ("key", "value")), *((t.name, t.columns) for t in TABLES)]
