"""The ledger keeps what it is given, once, in order, and lets nobody take it back."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.record.spoiling import unsigned
from truceline.errors import LedgerError, StorageError, UsageError
from truceline.record import merkle
from truceline.record.ledger import Ledger
from truceline.record.parts import SMALL
from truceline.record.verify import verify
from truceline.store.canonical import canonical, sha256_hex


def _records(count: int, first: int = 0) -> list[dict[str, object]]:
    """Give so many different records."""
    return [{"kind": "note", "number": number} for number in range(first, first + count)]


def _database(folder: Path) -> Path:
    """Give the place of the database file."""
    return folder / ".truceline" / "ledger.db"


def _raw(folder: Path, statement: str) -> None:
    """Run a statement past the ledger's own code."""
    with apsw.Connection(str(_database(folder))) as connection:
        connection.execute(statement)


def test_what_is_appended_is_read_back(tmp_path: Path) -> None:
    """Entries come back in order, with their record, their bytes, their leaf hash and their time."""
    with unsigned(tmp_path, clock=lambda: 1_600_000_000.9) as ledger:
        added = ledger.append([*_records(2), {"kind": "item", "text": "ծ"}])
        assert [entry.seq for entry in added] == [0, 1, 2]
        assert list(ledger.entries()) == added
        assert [entry.record["kind"] for entry in ledger.entries("item")] == ["item"]
        assert added[2].told == '{"kind":"item","text":"ծ"}'.encode()
        assert added[2].leaf == merkle.leaf_hash(added[2].body)
        assert added[2].received == 1_600_000_000


def test_an_entry_says_nothing_of_its_words(tmp_path: Path) -> None:
    """The envelope holds a class, a random id, the time and commitments; equal words commit to other bytes elsewhere."""
    record = {"kind": "item", "original": sha256_hex(b"a name"), "reader": "texts"}
    bodies = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        with unsigned(tmp_path / name, clock=lambda: 1_600_000_000) as ledger:
            (entry,) = ledger.append([record], [b"a name"])
        body = json.loads(entry.body)
        assert set(body) == {"v", "id", "class", "time", "parts"}
        assert (body["v"], body["class"], body["time"]) == (1, "evidence", 1_600_000_000)
        assert [part["role"] for part in body["parts"]] == ["record", "original"]
        assert canonical(body) == entry.body
        bodies.append(body)
    one, other = bodies
    assert one["id"] != other["id"]
    digests = {sha256_hex(b"a name"), sha256_hex(canonical(record))}
    for part, again in zip(one["parts"], other["parts"], strict=True):
        assert part["c"] != again["c"]
        assert not {part["c"], again["c"]} & digests


def test_one_original_of_two_records_is_kept_once(tmp_path: Path) -> None:
    digest = sha256_hex(b"a text")
    with unsigned(tmp_path) as ledger:
        entries = ledger.append(
            [{"kind": "item", "original": digest, "n": n} for n in (1, 2)], [b"a text"]
        )
    one, other = (json.loads(entry.body)["parts"] for entry in entries)
    assert one[1] == other[1]
    assert one[0] != other[0]
    assert verify(tmp_path).ok


def test_the_same_record_is_added_once(tmp_path: Path) -> None:
    """Adding again, in one call or another, later or elsewhere in the order, adds nothing."""
    with unsigned(tmp_path) as ledger:
        assert len(ledger.append([*_records(3), *_records(3)])) == 3
        before = ledger.checkpoint()
    with unsigned(tmp_path, clock=lambda: 9e9) as ledger:
        assert ledger.append([{"number": 1, "kind": "note"}, *_records(3)]) == []
        assert ledger.append([]) == []
        assert ledger.checkpoint() == before
        assert [entry.seq for entry in ledger.append(_records(4))] == [3]


def test_the_checkpoint_is_three_lines(tmp_path: Path) -> None:
    """The note has the C2SP body form, and the root is that of all leaves."""
    with unsigned(tmp_path, origin="truceline/karabakh") as ledger:
        assert ledger.checkpoint().root == merkle.EMPTY_ROOT
        leaves = [entry.leaf for entry in ledger.append(_records(5))]
        checkpoint = ledger.checkpoint()
    root = merkle.tree_hash(0, 5, merkle.perfect_over(leaves))
    assert (checkpoint.size, checkpoint.root) == (5, root)
    origin, size, text, rest = checkpoint.note.split("\n")
    assert (origin, size, len(text), rest) == ("truceline/karabakh", "5", 44, "")


@pytest.mark.parametrize("origin", ["", "two words", "a+b", "a\nb"])
def test_an_origin_that_is_no_name_is_refused(tmp_path: Path, origin: str) -> None:
    """The origin will be the name under which a note is signed."""
    with pytest.raises(UsageError, match="not a name"):
        unsigned(tmp_path, origin=origin)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 300), st.booleans()), max_size=6))
def test_appending_in_parts_gives_the_same_tree(parts: list[tuple[int, bool]]) -> None:
    """However the appends are grouped and the ledger reopened, the root is that of the leaves."""
    total = sum(count for count, _ in parts)
    with TemporaryDirectory() as name:
        ledger = unsigned(Path(name))
        done = 0
        for count, reopen in parts:
            ledger.append(_records(count, done))
            done += count
            if reopen:
                ledger.close()
                ledger = unsigned(Path(name))
        entries = list(ledger.entries())
        assert [entry.record for entry in entries] == _records(total)
        leaves = [merkle.leaf_hash(entry.body) for entry in entries]
        assert ledger.checkpoint().root == merkle.tree_hash(0, total, merkle.perfect_over(leaves))
        ledger.close()
        if parts:
            assert verify(Path(name)).ok


def test_proofs_come_from_tiles(tmp_path: Path) -> None:
    """Proofs over several tiles hold against the checkpoint."""
    with unsigned(tmp_path) as ledger:
        first = ledger.append(_records(300))
        old = ledger.checkpoint()
        entries = first + ledger.append(_records(700, 300))
        new = ledger.checkpoint()
        for seq in (0, 255, 256, 999):
            proof = ledger.prove_inclusion(seq)
            assert merkle.inclusion_holds(seq, 1000, entries[seq].leaf, proof, new.root)
        joined = ledger.prove_consistency(300)
        assert merkle.consistency_holds(300, 1000, joined, old.root, new.root)
        with pytest.raises(ValueError, match="not 1001"):
            ledger.prove_inclusion(0, 1001)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"number": 1}, "no `kind`"),
        ({"kind": 3}, "no `kind`"),
        ({"kind": "note", "share": 0.5}, r"\$.share: a float"),
        ({"kind": "note", "text": "x" * 65_536}, "the limit is 65535"),
        ({"kind": "item", "original": "../../etc/passwd"}, "not a SHA-256"),
        ({"kind": "item", "original": "0" * 64}, "not at hand"),
    ],
)
def test_a_record_that_cannot_be_kept_adds_nothing(
    tmp_path: Path, record: dict[str, object], reason: str
) -> None:
    """One record refused refuses the whole call, and the ledger stays open."""
    with unsigned(tmp_path) as ledger:
        with pytest.raises(StorageError) as refusal:
            ledger.append([*_records(1), record])
        assert refusal.match(reason)
        assert list(ledger.entries()) == []
        assert len(ledger.append(_records(1))) == 1


@pytest.mark.parametrize("size", [0, SMALL, SMALL + 1, 300_000])
def test_originals_come_back_whole(tmp_path: Path, size: int) -> None:
    """Small originals are in the database, larger ones are files; both are the bytes given."""
    data = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    digest = sha256_hex(data)
    with unsigned(tmp_path) as ledger:
        record = {"kind": "item", "original": digest}
        assert len(ledger.append([record], [data])) == 1
        assert ledger.append([record], [data]) == []
        assert len(ledger.append([{**record, "again": True}])) == 1
    with Ledger.read(tmp_path) as ledger:
        assert ledger.original(digest) == data
        with pytest.raises(StorageError, match="holds no original"):
            ledger.original("0" * 64)
    files = [path for path in (tmp_path / ".truceline").rglob("originals/*/*") if path.is_file()]
    assert len(files) == (size > SMALL)
    assert not any(digest in path.name for path in files)
    assert not list(tmp_path.rglob(".new-*"))
    assert verify(tmp_path).ok


def test_an_altered_original_is_not_given_out(tmp_path: Path) -> None:
    """A file that changed on the disk raises, on reading and on adding it again."""
    data = b"y" * (SMALL + 1)
    record = {"kind": "item", "original": sha256_hex(data)}
    with unsigned(tmp_path) as ledger:
        ledger.append([record], [data])
        (path,) = (tmp_path / ".truceline").glob("originals/*/*")
        path.chmod(0o600)
        path.write_bytes(b"z" + data[1:])
        with pytest.raises(LedgerError, match="was altered"):
            ledger.original(sha256_hex(data))
        with pytest.raises(LedgerError, match="was altered"):
            ledger.append([record], [data])
        path.unlink()
        with pytest.raises(LedgerError, match="cannot be read"):
            ledger.original(sha256_hex(data))


def test_an_original_that_nothing_names_is_refused(tmp_path: Path) -> None:
    """An original outside the tree would be unproved, so it is not taken."""
    with unsigned(tmp_path) as ledger, pytest.raises(StorageError, match="no record names"):
        ledger.append(_records(1), [b"stray"])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = x'00' WHERE seq = 1",
        "DELETE FROM event WHERE seq = 2",
        "INSERT OR REPLACE INTO event SELECT seq, leaf, x'00' FROM event WHERE seq = 1",
        "INSERT INTO event SELECT 7, randomblob(32), body FROM event WHERE seq = 1",
        "INSERT OR REPLACE INTO event SELECT 3, leaf, body FROM event WHERE seq = 1",
        "UPDATE part SET content = NULL",
        "DELETE FROM part",
        "INSERT OR REPLACE INTO part SELECT commitment, salt, seq, 0, sha256, '', x'' FROM part",
        "DELETE FROM known",
        "UPDATE known SET seq = 0",
        "INSERT OR REPLACE INTO known SELECT mark, 9 FROM known",
        "UPDATE ledger SET secret = zeroblob(32)",
        "UPDATE checkpoint SET root = x'00'",
        "DELETE FROM checkpoint",
        "INSERT OR REPLACE INTO checkpoint SELECT size, x'00', note FROM checkpoint",
    ],
)
def test_the_database_refuses_to_forget(tmp_path: Path, statement: str) -> None:
    """Triggers refuse every statement that would alter or remove, on any connection."""
    with unsigned(tmp_path) as ledger:
        ledger.append([*_records(2), {"kind": "item", "original": sha256_hex(b"a")}], [b"a"])
    with pytest.raises(apsw.ConstraintError):
        _raw(tmp_path, statement)
    assert verify(tmp_path).ok


def test_a_ledger_put_back_in_time_is_refused(tmp_path: Path) -> None:
    """Fewer entries than the newest checkpoint means that some were removed."""
    with unsigned(tmp_path) as ledger:
        ledger.append(_records(3))
    _raw(tmp_path, "DROP TRIGGER event_stays; DELETE FROM event WHERE seq = 2")
    for opening in (Ledger.open, Ledger.read):
        with pytest.raises(LedgerError, match="newest checkpoint has 3"):
            opening(tmp_path)


def test_a_ledger_that_differs_from_its_checkpoint_is_refused(tmp_path: Path) -> None:
    """An altered leaf shows at once on opening; an altered body on reading."""
    with unsigned(tmp_path) as ledger:
        ledger.append(_records(3))
    _raw(tmp_path, "DROP TRIGGER event_kept; UPDATE event SET body = x'00' WHERE seq = 1")
    with (
        Ledger.read(tmp_path) as ledger,
        pytest.raises(LedgerError, match=r"Entry 1 .* was altered"),
    ):
        list(ledger.entries())
    _raw(tmp_path, "UPDATE event SET leaf = zeroblob(32) WHERE seq = 1")
    with pytest.raises(LedgerError, match="does not match its newest checkpoint"):
        Ledger.read(tmp_path)


def test_reading_never_writes(tmp_path: Path) -> None:
    """A ledger opened for reading refuses to append; none at all is said, with advice."""
    with pytest.raises(StorageError, match="There is no ledger") as refusal:
        Ledger.read(tmp_path)
    assert "What to do" in str(refusal.value)
    assert list(tmp_path.iterdir()) == []
    unsigned(tmp_path).close()
    with (
        Ledger.read(tmp_path) as ledger,
        pytest.raises(StorageError, match="for reading only"),
    ):
        ledger.append(_records(1))


def test_a_closed_ledger_says_so(tmp_path: Path) -> None:
    """After closing, nothing is answered from memory."""
    ledger = unsigned(tmp_path)
    ledger.close()
    ledger.close()
    with pytest.raises(StorageError, match="is closed"):
        ledger.checkpoint()


def test_two_writers_take_turns(tmp_path: Path) -> None:
    """Two ledgers over one file append one after the other, without a gap or a loss."""

    def write(first: int) -> None:
        with unsigned(tmp_path) as ledger:
            for number in range(40):
                ledger.append(_records(1, first + number))

    unsigned(tmp_path).close()
    threads = [threading.Thread(target=write, args=(first,)) for first in (0, 1000)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Ledger.read(tmp_path) as ledger:
        numbers = {entry.record["number"] for entry in ledger.entries()}
    assert numbers == {*range(40), *range(1000, 1040)}
    assert verify(tmp_path).ok


def test_a_writer_that_waits_too_long_is_told(tmp_path: Path) -> None:
    """A lock held elsewhere gives a clear error, adds nothing, and passes."""
    with unsigned(tmp_path, timeout=0.05) as ledger:
        other = apsw.Connection(str(_database(tmp_path)))
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="Another process is writing"):
            ledger.append(_records(1))
        other.execute("ROLLBACK")
        other.close()
        assert len(ledger.append(_records(1))) == 1


def test_entries_are_those_of_the_moment_of_asking(tmp_path: Path) -> None:
    """Appending while reading neither disturbs the reading nor lengthens it."""
    with unsigned(tmp_path) as ledger:
        ledger.append(_records(1100))
        seen = 0
        for entry in ledger.entries():
            seen += 1
            if entry.seq % 500 == 0:
                ledger.append(_records(1, 5000 + entry.seq))
        assert seen == 1100


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    """Neither other data nor another program's database is taken for a ledger."""
    _database(tmp_path).parent.mkdir()
    _database(tmp_path).write_bytes(b"no database at all" * 100)
    with pytest.raises(LedgerError, match=r"ledger\.db is damaged or is not a ledger"):
        unsigned(tmp_path)
    _database(tmp_path).unlink()
    _raw(tmp_path, "CREATE TABLE song(title)")
    for opening in (Ledger.open, Ledger.read):
        with pytest.raises(LedgerError, match="not a ledger of version 3"):
            opening(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A mistyped mission folder is not created in silence."""
    with pytest.raises(StorageError, match="What to do"):
        unsigned(tmp_path / "missing")
