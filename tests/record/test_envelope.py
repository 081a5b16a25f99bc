"""An entry has one form, and only that is taken for one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.model.ledger import EntryClass
from truceline.record.envelope import body_of, commitment, commitments_of, mark
from truceline.store.canonical import LARGEST, canonical

DIGEST = st.binary(min_size=32, max_size=32)
BODY = body_of(EntryClass.EVIDENCE, "0" * 32, 7, [bytes(32), b"\x01" * 32])


@given(
    st.sampled_from(EntryClass), st.integers(0, LARGEST), st.lists(DIGEST, min_size=1, max_size=2)
)
def test_what_is_written_is_canonical_and_read_back(
    class_: EntryClass, time: int, commitments: list[bytes]
) -> None:
    body = body_of(class_, "ab" * 16, time, commitments)
    assert canonical(json.loads(body)) == body
    assert commitments_of(body) == tuple(commitments)


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2}, {"v": True}, {"id": "0" * 31}, {"id": "A" * 32}, {"class": "secret"}, {"time": -1},
        {"time": LARGEST + 1}, {"parts": []}, {"more": 1}, {"kind": "item"},
        {"parts": [{"c": "0" * 64, "role": "original"}]}, {"parts": [{"c": "0" * 63, "role": "record"}]},
        {"parts": [{"c": "0" * 64, "role": "record"}] * 2},
    ],
)  # fmt: skip
def test_another_form_is_refused(change: dict[str, object]) -> None:
    other = json.dumps(json.loads(BODY) | change, sort_keys=True, separators=(",", ":")).encode()
    with pytest.raises(ValueError, match="not an envelope"):
        commitments_of(other)


@given(st.integers(0, len(BODY) - 1), st.integers(0, 7))
def test_a_changed_bit_is_another_form_or_another_commitment(at: int, bit: int) -> None:
    changed = bytearray(BODY)
    changed[at] ^= 1 << bit
    try:
        found = commitments_of(bytes(changed))
    except ValueError:
        return
    same_parts = found == commitments_of(BODY)
    # Id, class and time are no part of a commitment; the leaf hash covers them.
    assert same_parts == (json.loads(changed)["parts"] == json.loads(BODY)["parts"])


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"\xff", BODY + b"\n", b" " + BODY, BODY.replace(b'":', b'": '), BODY[:-1]],
)
def test_bytes_that_are_no_entry_are_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match="not an envelope"):
        commitments_of(body)


def test_a_commitment_needs_its_salt_and_a_mark_its_key() -> None:
    assert commitment(bytes(32), b"a name") != commitment(b"\x01" * 32, b"a name")
    assert mark(bytes(32), "record", b"x") != mark(b"\x01" * 32, "record", b"x")
    assert mark(bytes(32), "record", b"x") != mark(bytes(32), "original", b"x")
