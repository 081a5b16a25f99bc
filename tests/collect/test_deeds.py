"""What a coded row says of a deed: every fault with its row and field, and nothing is read from a part."""

from __future__ import annotations

import pytest

from tests.builders import Row, claim_of, project, read_table, row, table
from truceline.model.deed import Deed, Extent, Progress, Quantity, Unit

FULL = {
    "progress": "partly_done", "quantity": "12", "unit": "prisoners", "extent": "this_time",
    "recipient": "BB",
}  # fmt: skip


def told(**fields: str) -> tuple[Deed | None, list[tuple[str | None, str]], tuple[str, ...]]:
    """Give what is read of a row, its problems by field, and what stays unresolved."""
    rows = [row("A", kind="implementation", act="exchange_bodies_prisoners", **fields)]
    arrivals, problems = read_table(table(rows))
    assert len(arrivals) == 1
    assert all(p.row == 2 and p.advice for p in problems)
    claim = claim_of(project(rows), "A")
    return claim.deed, [(p.field, p.message) for p in problems], claim.unresolved


def test_all_of_it_is_read() -> None:
    deed, problems, _ = told(**FULL)
    assert problems == []
    assert deed == Deed(
        progress=Progress.PARTLY_DONE, unit=Unit.PRISONERS,
        quantity=Quantity(value=12, extent=Extent.THIS_TIME, recipient="BB"),
    )  # fmt: skip


def test_a_row_without_these_columns_says_nothing_of_a_deed() -> None:
    assert told() == (None, [], told()[2])
    bare = {k: v for k, v in row("A").items() if k not in FULL}
    arrivals, problems = read_table(table([bare]))
    assert (len(arrivals), problems) == (1, [])
    assert arrivals[0].item.id == read_table(table([row("A")]))[0][0].item.id


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"progress": "finished"}, {"progress": "'finished' is no progress of a deed"}),
        ({"quantity": "about 12"}, {"quantity": "'about 12' is no whole number"}),
        ({"quantity": "-3"}, {"quantity": "'-3' is no whole number"}),
        ({"quantity": "\u0661\u0662"}, {"quantity": "is no whole number"}),
        ({"quantity": "99999999999"}, {"quantity": "is no whole number"}),
        ({"unit": "people"}, {"unit": "'people' is no unit of a deed"}),
        ({"unit": ""}, {"unit": "without its unit"}),
        ({"extent": ""}, {"extent": "without its extent"}),
        ({"quantity": ""}, {"quantity": "the number is missing"}),
        (
            {"recipient": "the Red Cross"},
            {"recipient": "'the Red Cross' is no side of this mission"},
        ),
        ({"provision": "truce/9"}, {"provision": "'truce/9' is no obligation or undertaking"}),
        ({"provision": "1a"}, {"provision": "'1a' is no obligation or undertaking"}),
        (
            {"progress": "x", "unit": "y", "extent": "z", "recipient": "q"},
            {"progress": "'x'", "unit": "'y'", "extent": "'z'", "recipient": "'q'"},
        ),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_of_the_deed_counts(
    fields: Row, faults: dict[str, str]
) -> None:
    deed, problems, unresolved = told(**FULL | fields)
    assert deed is None
    assert "deed" in unresolved
    found = dict(problems)
    assert found.keys() == faults.keys()
    for field, said in faults.items():
        assert said in found[field]
        assert found[field].endswith("nothing is read of the deed")
