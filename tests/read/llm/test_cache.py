"""Replies by the digest of their request: whole or not at all."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from truceline.errors import StorageError
from truceline.read.llm import Cache, Exchange, LlmSettings, Recorded
from truceline.read.llm.client import digest_of
from truceline.read.llm.prompt import messages
from truceline.read.llm.reply import json_schema

if TYPE_CHECKING:
    from pathlib import Path

A, B = "a" * 64, "b" * 64


def files(cache: Cache) -> list[Path]:
    return [p for p in cache.folder.rglob("*") if p.is_file()]


def test_what_is_put_is_found_and_nothing_else(cache: Cache) -> None:
    assert cache.get(A) is None
    cache.put(A, b"one\ntwo\n")
    assert cache.get(A) == b"one\ntwo\n"
    assert cache.get(B) is None
    assert len(files(cache)) == 1


@pytest.mark.parametrize("damage", [b"", b"x", b"\n", b"0" * 64 + b"\nraw"])
def test_a_damaged_entry_counts_as_missing(cache: Cache, damage: bytes) -> None:
    cache.put(A, b"raw")
    files(cache)[0].write_bytes(damage)
    assert cache.get(A) is None
    cache.put(A, b"raw")
    assert cache.get(A) == b"raw"


def test_a_flipped_bit_or_a_cut_end_is_noticed(cache: Cache) -> None:
    cache.put(A, b"some reply")
    path = files(cache)[0]
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert cache.get(A) is None
        path.write_bytes(whole[:at])
        assert cache.get(A) is None


def test_many_writers_leave_one_whole_entry(cache: Cache) -> None:
    threads = [
        threading.Thread(target=cache.put, args=(A, str(n).encode() * 1000)) for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = cache.get(A)
    assert found in {str(n).encode() * 1000 for n in range(8)}
    assert len(files(cache)) == 1


def test_a_digest_is_no_path(cache: Cache) -> None:
    with pytest.raises(ValueError, match="64"):
        cache.get("../" * 21 + "x")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be kept"):
        Cache(tmp_path / "file" / "llm").put(A, b"raw")


def test_acceptance_is_remembered_and_can_be_damaged(cache: Cache) -> None:
    cache.accept(A)
    assert cache.accepted(A)
    assert not cache.accepted(B)
    files(cache)[0].write_bytes(b"x")
    assert not cache.accepted(A)


def test_a_record_gives_back_what_it_was_made_of() -> None:
    record = Recorded.of([Exchange(request=A, raw=b"raw", model="m", prompt_version="1")])
    assert record.offline
    assert (record.get(A), record.get(B)) == (b"raw", None)


def test_the_key_of_an_entry_is_everything_that_matters_and_nothing_else() -> None:
    def digest(text: str = "One.", url: str = "https://a/v1", **more: object) -> str:
        settings = LlmSettings(url=url, **{"model": "m", **more})  # type: ignore[arg-type]
        return digest_of(messages([(1, text)]), json_schema(), settings)

    same = digest()
    assert digest(key="k", timeout=9, parallel=3) == same
    assert len({same, digest(text="Two."), digest(url="https://b/v1"), digest(model="n")}) == 4
