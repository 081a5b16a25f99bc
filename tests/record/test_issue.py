"""A draft that is entered twice is one entry, as every record is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.report import Issued, OwnWords
from truceline.record.issue import PAGE, Wanted, enter_draft

if TYPE_CHECKING:
    from pathlib import Path


def test_the_same_draft_of_the_same_second_is_one_entry(tmp_path: Path) -> None:
    at, head = "2020-10-12T00:00:00Z", "a head"
    wanted = Wanted(by="Ann Ax", at=at, head=head, as_of=None, words=OwnWords())
    issued = Issued(by="Ann Ax", at=at, head=head, key="a key", number="No. 1")
    first, again, other = (
        enter_draft(tmp_path, "truceline/test", wanted, issued, {PAGE: page}, "none")
        for page in (b"a page", b"a page", b"another page")
    )
    assert first == again
    assert other == first + 1
