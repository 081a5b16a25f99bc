"""Heads are signed notes: read in one form, checked with the key that the entries name, by others as well as by us."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from hypothesis import given
from hypothesis import strategies as st

from tests.record.spoiling import spoil
from truceline.errors import LedgerError, StorageError
from truceline.record import note
from truceline.record.ledger import Ledger
from truceline.record.signing import SigningKey, VerifierKey
from truceline.record.verify import verify
from truceline.store.state import data_folder

ORIGIN = "truceline/a"
VECTORS = (
    Path(__file__).resolve().parents[2].parent / "shared" / "data" / "tlog_vectors" / "tessera_log"
)
# The key of that log, as its repository publishes it.
THEIRS = VerifierKey.read(
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
)


def notes(start: int, stop: int) -> list[dict[str, object]]:
    return [{"kind": "note", "n": number} for number in range(start, stop)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a mission folder with a signed ledger: its key and ten notes."""
    with Ledger.open(tmp_path, origin=ORIGIN) as ledger:
        ledger.append(notes(0, 10))
    return tmp_path


def key_of(folder: Path) -> VerifierKey:
    with Ledger.read(folder) as ledger:
        first = next(ledger.entries())
    assert first.kind == "key_made"
    return VerifierKey.read(first.record["key"])


def failed(folder: Path) -> set[int]:
    return {step.number for step in verify(folder).steps if not step.ok}


def database(folder: Path) -> tuple[Path, Path]:
    return folder / ".truceline" / "ledger.db", folder / ".truceline" / "keys"


@pytest.mark.skipif(not VECTORS.exists(), reason="the vectors are not here")
def test_the_sixteen_heads_of_another_log_are_read_and_hold() -> None:
    files = sorted(VECTORS.glob("checkpoint.*"))
    assert len(files) == 16
    for file in files:
        text = file.read_text(encoding="utf-8")
        head = note.read(text)
        assert head.body.size == int(file.suffix[1:])
        assert note.signed(head.text, head.signatures) == text
        assert THEIRS.signed(head)
        other = head._replace(text=head.text.replace("example", "exampel"))
        assert not THEIRS.signed(other)


def test_every_head_is_signed_with_the_key_of_the_first_entry(folder: Path) -> None:
    key = key_of(folder)
    with Ledger.open(folder, origin=ORIGIN) as ledger:
        for size in (11, 12, 13):
            head = ledger.head()
            assert head.body.size == size
            assert key.signed(head)
            assert [s.name for s in head.signatures] == [ORIGIN]
            ledger.append(notes(size, size + 1))
    verification = verify(folder)
    assert verification.ok
    assert verification.steps[9].detail == f"5 heads; signed by {key.text}"


def test_openssl_opens_the_key_and_finds_the_signature_good(folder: Path, tmp_path: Path) -> None:
    """PKCS#8 and Ed25519 are not our own: another program agrees."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not here")
    (pem,) = (folder / ".truceline" / "keys").iterdir()
    assert pem.read_text().startswith("-----BEGIN ENCRYPTED PRIVATE KEY-----")
    assert pem.stat().st_mode & 0o777 == 0o600
    state = data_folder()
    assert state is not None
    passphrase = state / "passphrases" / pem.stem
    assert passphrase.stat().st_mode & 0o777 == 0o600
    public = tmp_path / "public.pem"
    words = ["pkey", "-in", pem, "-passin", f"file:{passphrase}", "-pubout", "-out", public]
    subprocess.run([openssl, *map(str, words)], check=True)
    with Ledger.read(folder) as ledger:
        head = ledger.head()
    (tmp_path / "text").write_text(head.text, encoding="utf-8")
    (tmp_path / "signature").write_bytes(head.signatures[0].signature)
    words = ["pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", public, "-in", tmp_path / "text",
             "-sigfile", tmp_path / "signature"]  # fmt: skip
    done = subprocess.run([openssl, *map(str, words)], check=False, capture_output=True)
    assert b"Signature Verified Successfully" in done.stdout


def test_a_copy_without_the_passphrase_is_read_and_verified_but_adds_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "another account"))
    assert verify(folder).ok
    with (
        Ledger.open(folder, origin=ORIGIN) as ledger,
        pytest.raises(StorageError, match="does not have its passphrase") as caught,
    ):
        ledger.append(notes(10, 11))
    assert "truceline key revoke" in caught.value.advice
    with Ledger.read(folder) as ledger:
        assert ledger.checkpoint().size == 11
    # What is there already needs no signature.
    with Ledger.open(folder, origin=ORIGIN) as ledger:
        assert ledger.append(notes(0, 10)) == []


def test_the_passphrase_may_come_from_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, folder = tmp_path / "secret", tmp_path / "mission"
    folder.mkdir()
    monkeypatch.setenv("TRUCELINE_PASSPHRASE_FILE", str(secret))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for content, said in ((None, "cannot be read"), ("short", "shorter than 32")):
        if content is not None:
            secret.write_text(content)
        with pytest.raises(StorageError, match=said):
            Ledger.open(folder, origin=ORIGIN)
    secret.write_text("0123456789abcdef" * 4 + "\nsecond line")
    with Ledger.open(folder, origin=ORIGIN) as ledger:
        ledger.append(notes(0, 3))
    assert not (tmp_path / "data").exists()
    (pem,) = (folder / ".truceline" / "keys").iterdir()
    opened = load_pem_private_key(pem.read_bytes(), b"0123456789abcdef" * 4)
    assert isinstance(opened, Ed25519PrivateKey)
    secret.write_text("fedcba9876543210" * 4)
    with (
        Ledger.open(folder, origin=ORIGIN) as ledger,
        pytest.raises(StorageError, match="does not open it"),
    ):
        ledger.append(notes(3, 4))


def test_without_a_place_for_the_passphrase_nobody_signs_and_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "blocked").write_bytes(b"a file where a folder should be")
    with monkeypatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path / "blocked"))
        with Ledger.open(tmp_path, origin=ORIGIN) as ledger:
            ledger.append(notes(0, 3))
            assert "are not signed" in ledger.warnings[-1]
        assert "signed by nobody" in verify(tmp_path).steps[9].detail
        assert verify(tmp_path).ok
    # The key comes as soon as it can, and then no head goes without.
    with Ledger.open(tmp_path, origin=ORIGIN) as ledger:
        ledger.append(notes(3, 4))
        assert ledger.warnings == ()
        ledger.whole()
    found = verify(tmp_path)
    assert found.ok
    assert found.steps[9].detail.startswith("2 heads, 1 from before its first key; signed by")


def _stripped(text: str, _: note.Note) -> str:
    return text.partition("\n\n")[0] + "\n"


def _by_another(_: str, head: note.Note) -> str:
    return note.signed(head.text, [SigningKey.make(ORIGIN).sign(head.text)])


def _garbled(_: str, head: note.Note) -> str:
    (mine,) = head.signatures
    broken = mine._replace(signature=mine.signature[:-1] + bytes([mine.signature[-1] ^ 1]))
    return note.signed(head.text, [broken])


def _one_good_one_bad(_: str, head: note.Note) -> str:
    (mine,) = head.signatures
    return note.signed(head.text, [mine, mine._replace(signature=bytes(64))])


@pytest.mark.parametrize("change", [_stripped, _by_another, _garbled, _one_good_one_bad])
@pytest.mark.parametrize("size", [1, 11])
def test_a_head_that_the_key_did_not_sign_is_noticed(
    folder: Path, change: object, size: int
) -> None:
    with Ledger.read(folder) as ledger:
        rows = ledger.database.rows("checkpoints_all")
    (text,) = (text for at, _, text in rows if at == size)
    changed = change(text, note.read(text))  # type: ignore[operator]
    spoil(folder, f"UPDATE checkpoint SET note = '{changed}' WHERE size = {size}")
    assert failed(folder) == {10}
    if size == 11:
        with pytest.raises(LedgerError), Ledger.open(folder, origin=ORIGIN) as ledger:
            ledger.whole()


def test_writers_that_begin_a_ledger_at_once_make_one_key(tmp_path: Path) -> None:
    waiting = threading.Barrier(4)

    def write(number: int) -> None:
        waiting.wait()
        with Ledger.open(tmp_path, origin=ORIGIN) as ledger:
            ledger.append(notes(number * 10, number * 10 + 10))

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with Ledger.read(tmp_path) as ledger:
        assert [entry.kind for entry in ledger.entries()].count("key_made") == 1
    assert verify(tmp_path).ok


@pytest.mark.parametrize(
    "text",
    [
        "", "a\n", "a\n1\n", "a\n1\n\n", "\n1\nAAAA\n", "a\n01\n{root}\n", "a\n-1\n{root}\n", "a\n1\n{root}", "a\n1\n{root}\n\n",
        "a\n1\n{root}\n\n\n", "a\n1\n{root}\n\nx\n", "a\n1\n{root}\n\n\u2014 a\n", "a\n1\n{root}\n\n\u2014 a AAAA\n",
        "a\n1\n{root}\n\n\u2014 a+b AAAAAAAAAAAA\n", "a\n1\n{root}\n\n\u2014  AAAAAAAAAAAA\n", "a\n1\n{root}\n\n\u2014 a AAAAAAAAAAAA\n\n",
        "a\n1\n{root}\n\n- a AAAAAAAAAAAA\n", "a\r\n1\r\n{root}\r\n", "a\n1\n{root} \n", "a\n1\n{short}\n", "a\n1\n{odd}\n",
        "a\n9999999999999999999\n{root}\n", "a\n\u0661\n{root}\n", "a\n1\n{root}\n\n\u2014 a AAAAAAAAAAAA=\n",
    ],
)  # fmt: skip
def test_what_is_no_head_is_refused_in_words(text: str) -> None:
    root = base64.b64encode(bytes(32)).decode()
    odd = f"{root[:-2]}B="
    with pytest.raises(ValueError, match=r"note|signature"):
        note.read(text.format(root=root, short=root[4:], odd=odd))


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_ends_in_a_traceback(before: str, after: str) -> None:
    for text in (before, f"a\n1\n{before}", f"a\n1\n{'A' * 43}=\n\n\u2014 {before} {after}\n"):
        try:
            assert note.signed(*note.read(text)[::2]) == text
        except ValueError:
            continue


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a+b",
        "a+b+c",
        "a+00000000+AQ==",
        "{key}x",
        "{key}=",
        "b{key}",
        "{wrong_id}",
        "{ecdsa}",
    ],
)
def test_what_is_no_key_is_refused_in_words(text: str) -> None:
    key = THEIRS.text
    wrong = key.replace("33d7b496", "33d7b497")
    ecdsa = key.replace("+AeH", "+AuH")
    with pytest.raises(ValueError, match=r"^it"):
        VerifierKey.read(text.format(key=key, wrong_id=wrong, ecdsa=ecdsa))
    assert VerifierKey.read(key).text == key


def test_the_record_of_the_key_is_told_in_no_other_place(folder: Path) -> None:
    """What would sign is in no record: only its public half."""
    with Ledger.read(folder) as ledger:
        told = json.dumps([entry.record for entry in ledger.entries()])
    (pem,) = (folder / ".truceline" / "keys").iterdir()
    assert "PRIVATE" not in told
    assert pem.read_text().splitlines()[1] not in told
