"""Verification notices every alteration, names the first broken entry, and never crashes."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from tests.record.spoiling import spoil, unsigned
from truceline.errors import LedgerError, StorageError
from truceline.model.ledger import Checkpoint, EntryClass
from truceline.record import merkle
from truceline.record.envelope import body_of, commitment
from truceline.record.ledger import Ledger
from truceline.record.parts import SMALL
from truceline.record.verification import NUMBERS, TITLES, Verification
from truceline.record.verify import verify
from truceline.store.canonical import sha256_hex

LARGE = b"large " * (SMALL // 4)
SMALL_ONE = b"small one"
ENTRIES = 600
_ONE = "SELECT commitment, 7 FROM part WHERE seq = 100 AND sha256 IS NULL"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a sound ledger of some 600 entries with two full tiles, checkpoints and originals."""
    folder = tmp_path_factory.mktemp("sound")
    with unsigned(folder) as ledger:
        ledger.append([{"kind": "note", "n": number} for number in range(100)])
        ledger.append(
            [
                {"kind": "item", "original": sha256_hex(SMALL_ONE)},
                {"kind": "item", "original": sha256_hex(LARGE)},
            ],
            [SMALL_ONE, LARGE],
        )
        ledger.append([{"kind": "note", "n": number} for number in range(100, ENTRIES - 2)])
    return folder


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    """Give a copy of the sound ledger to spoil."""
    return Path(shutil.copytree(sound, tmp_path / "copy"))


def _failed(verification: Verification) -> set[int]:
    """Give the numbers of the steps that do not hold."""
    return {step.number for step in verification.steps if not step.ok}


def _flipped(column: str, at: int) -> str:
    """Give the SQL for a blob with one bit of its byte `at` (from 1) flipped, for ASCII bytes."""
    byte = f"unicode(CAST(substr({column}, {at}, 1) AS TEXT))"
    flipped = f"CAST(char({byte} + 1 - 2 * ({byte} & 1)) AS BLOB)"
    return f"CAST(substr({column}, 1, {at} - 1) || {flipped} || substr({column}, {at} + 1) AS BLOB)"


def test_a_sound_ledger_holds(folder: Path) -> None:
    """Ten numbered steps hold, and size and root are those of the checkpoint."""
    verification = verify(folder)
    assert verification.ok
    assert [step.number for step in verification.steps] == list(NUMBERS)
    assert tuple(step.title for step in verification.steps) == TITLES
    assert verification.first_broken is None
    with Ledger.read(folder) as ledger:
        checkpoint = ledger.checkpoint()
    assert (verification.size, verification.root) == (ENTRIES, checkpoint.root.hex())
    assert verification.size == checkpoint.size


def test_an_empty_ledger_holds(tmp_path: Path) -> None:
    """Nothing was received, and that verifies; no ledger at all is an error."""
    with pytest.raises(StorageError, match="There is no ledger"):
        verify(tmp_path)
    unsigned(tmp_path).close()
    assert verify(tmp_path).ok


@pytest.mark.parametrize(
    ("statement", "steps", "first"),
    [
        ("UPDATE event SET body = " + _flipped("body", 2) + " WHERE seq = 300", {3, 4}, 300),
        ("UPDATE event SET body = " + _flipped("body", 15) + " WHERE seq = 599", {3}, 599),
        (
            "UPDATE part SET content = "
            + _flipped("content", 2)
            + " WHERE seq = 300 AND sha256 IS NULL",
            {7},
            300,
        ),
        ("UPDATE part SET salt = randomblob(32) WHERE seq = 300", {7}, 300),
        ("UPDATE event SET leaf = randomblob(32) WHERE seq = 17", {3}, 17),
        ("UPDATE event SET body = x'7b7d' WHERE seq = 17", {3, 4}, 17),
        ("UPDATE event SET body = x'ff' WHERE seq = 17", {3, 4}, 17),
        ("UPDATE event SET body = zeroblob(9) WHERE seq IN (17, 5)", {3, 4}, 5),
        ("DELETE FROM event WHERE seq = 0", {2}, 0),
        ("DELETE FROM event WHERE seq = 300", {2}, 300),
        ("DELETE FROM event WHERE seq >= 590", {6}, 590),
        ("UPDATE event SET seq = 9000 WHERE seq = 599", {2}, 599),
        ("UPDATE event SET seq = -1 WHERE seq = 0", {2}, -1),
        ("UPDATE node SET h = randomblob(32) WHERE idx = 1", {5}, None),
        ("DELETE FROM node", {5}, None),
        ("INSERT INTO node VALUES (2, 0, zeroblob(32))", {5}, None),
        ("UPDATE checkpoint SET root = randomblob(32) WHERE size = 100", {6}, None),
        ("UPDATE checkpoint SET note = replace(note, '100', '101') WHERE size = 100", {6}, None),
        ("UPDATE checkpoint SET note = NULL WHERE size = 600", {6}, None),
        ("DELETE FROM checkpoint WHERE size = 600", {6}, None),
        ("INSERT INTO checkpoint SELECT 700, root, note FROM checkpoint LIMIT 1", {6}, 600),
        (
            "UPDATE part SET content = x'00' WHERE sha256 IS NOT NULL AND content IS NOT NULL",
            {7},
            100,
        ),
        ("UPDATE part SET content = NULL", {7}, 0),
        ("UPDATE part SET sha512 = '' WHERE sha256 IS NOT NULL", {7}, 100),
        ("UPDATE part SET size = size + 1 WHERE content IS NULL", {7}, 101),
        ("DELETE FROM part WHERE sha256 IS NOT NULL", {7}, 100),
        ("DELETE FROM part WHERE seq = 100", {7}, 100),
        (
            "INSERT INTO part SELECT zeroblob(32), salt, -1, size, NULL, NULL, content FROM part LIMIT 1",
            {7},
            None,
        ),
        # Gone without an entry that erases it.
        (
            f"INSERT INTO erased {_ONE}; DELETE FROM part WHERE seq = 100 AND sha256 IS NULL",
            {8},
            None,
        ),
        (
            "INSERT INTO erased SELECT commitment, 7 FROM part WHERE seq = 100 AND sha256 IS NULL",
            {7, 8},
            100,
        ),
        ("DROP INDEX event_leaf", {1}, None),
        ("CREATE TABLE extra(x)", {1}, None),
    ],
)
def test_every_alteration_fails_its_step(
    folder: Path, statement: str, steps: set[int], first: int | None
) -> None:
    """Whatever row is altered, the step that covers it fails and the first entry is named."""
    spoil(folder, statement)
    verification = verify(folder)
    assert steps <= _failed(verification)
    assert verification.first_broken == first


def test_a_consistent_forgery_of_one_entry_is_noticed(folder: Path) -> None:
    """A record altered together with its commitment, its entry and the leaf hash still does not fit the tree."""
    told, salt = b'{"kind":"note","n":"forged"}', bytes(32)
    committed = commitment(salt, told)
    body = body_of(EntryClass.LEDGER, "0" * 32, 0, [committed])
    leaf = merkle.leaf_hash(body)
    spoil(
        folder,
        f"UPDATE event SET body = x'{body.hex()}', leaf = x'{leaf.hex()}' WHERE seq = 300",
        f"UPDATE part SET commitment = x'{committed.hex()}', salt = x'{salt.hex()}', "
        f"content = x'{told.hex()}', size = {len(told)} WHERE seq = 300",
    )
    assert _failed(verify(folder)) == {5, 6}


def test_a_ledger_rewritten_whole_is_noticed_by_a_held_checkpoint(
    sound: Path, tmp_path: Path
) -> None:
    """Only a checkpoint kept elsewhere shows that everything was made anew."""
    with Ledger.read(sound) as ledger:
        held = ledger.checkpoint()
    with unsigned(tmp_path) as ledger:
        ledger.append([{"kind": "note", "n": number} for number in range(ENTRIES)])
    assert verify(tmp_path).ok
    assert _failed(verify(tmp_path, held=[held])) == {6}
    assert verify(sound, held=[held]).ok
    ahead = Checkpoint(size=ENTRIES + 1, root=held.root, note="")
    assert _failed(verify(sound, held=[held, ahead])) == {6}


@pytest.mark.parametrize("place", [0, 5, -1])
def test_a_flipped_byte_in_an_original_file_is_noticed(folder: Path, place: int) -> None:
    """A large original is covered byte for byte; a missing one is noticed too."""
    (path,) = (folder / ".truceline").glob("originals/*/*")
    data = bytearray(LARGE)
    data[place] ^= 1
    path.chmod(0o600)
    path.write_bytes(data)
    verification = verify(folder)
    assert (_failed(verification), verification.first_broken) == ({7}, 101)
    assert "was altered" in verification.steps[6].detail
    path.unlink()
    assert "cannot be read" in verify(folder).steps[6].detail


def _content(folder: Path) -> list[tuple[object, ...]] | None:
    """Give all that the ledger answers for, or nothing when it refuses to answer."""
    try:
        with Ledger.read(folder) as ledger:
            rows: list[tuple[object, ...]] = [
                (entry.seq, entry.leaf, entry.body, entry.told) for entry in ledger.entries()
            ]
            originals = [ledger.original(sha256_hex(data)) for data in (SMALL_ONE, LARGE)]
            return [*rows, (ledger.checkpoint().root, *originals)]
    except LedgerError:
        return None


def test_flipped_bytes_of_the_file_never_pass_unnoticed(sound: Path, folder: Path) -> None:
    """Any byte of the file flipped: either a step fails, or everything reads as it did before."""
    path = folder / ".truceline" / "ledger.db"
    whole = path.read_bytes()
    expected = _content(sound)
    draw = random.Random(20200927)
    noticed = 0
    for _ in range(400):
        at = draw.randrange(len(whole))
        spoiled = bytearray(whole)
        spoiled[at] ^= 1 << draw.randrange(8)
        path.write_bytes(spoiled)
        verification = verify(folder)
        noticed += not verification.ok
        assert not verification.ok or _content(folder) == expected, at
    assert noticed > 100


def test_every_byte_of_a_body_is_covered(folder: Path) -> None:
    """Every single byte of one entry's body and record, flipped in the raw file, is named as that entry."""
    path = folder / ".truceline" / "ledger.db"
    whole = path.read_bytes()
    with Ledger.read(folder) as ledger:
        entry = next(entry for entry in ledger.entries() if entry.seq == 379)
    assert entry.told == b'{"kind":"note","n":377}'
    for part, step in ((entry.body, 3), (entry.told, 7)):
        start = whole.index(part)
        for at in range(start, start + len(part)):
            for bit in (0, 7):
                spoiled = bytearray(whole)
                spoiled[at] ^= 1 << bit
                path.write_bytes(spoiled)
                verification = verify(folder)
                assert verification.first_broken == 379
                assert step in _failed(verification)


def test_torn_files_never_crash(folder: Path) -> None:
    """Cut short, overwritten or emptied, the file fails step 1 or is no ledger at all."""
    path = folder / ".truceline" / "ledger.db"
    whole = path.read_bytes()
    draw = random.Random(1)
    for _ in range(60):
        start, length = draw.randrange(len(whole)), draw.randrange(1, 9000)
        spoiled = bytearray(whole)
        spoiled[start : start + length] = draw.randbytes(min(length, len(whole) - start))
        path.write_bytes(spoiled)
        assert not verify(folder).ok or _content(folder) is not None
        path.write_bytes(whole[:start])
        assert not verify(folder).ok
    path.write_bytes(b"not a database " * 400)
    assert _failed(verify(folder)) == set(NUMBERS)
