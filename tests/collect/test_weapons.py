"""What a coded row says of a weapon: every fault with its row and field, and nothing is read from a part."""

from __future__ import annotations

import pytest

from tests.builders import Row, claim_of, project, read_table, row, table
from truceline.model.arms import Arms, Weapon


def told(**fields: str) -> tuple[Arms | None, dict[str | None, str], bool]:
    """Give what is read of a row, its problems by field, and whether the weapon stays unresolved."""
    arrivals, problems = read_table(table([row("A", **fields)]))
    assert len(arrivals) == 1
    assert all(p.row == 2 and p.advice for p in problems)
    claim = claim_of(project([row("A", **fields)]), "A")
    return claim.arms, {p.field: p.message for p in problems}, "arms" in claim.unresolved


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        ({"weapon": "tank"}, Arms(weapon=Weapon.TANK)),
        ({"weapon": "mortar", "calibre_mm": "82"}, Arms(weapon=Weapon.MORTAR, calibre_mm=82)),
        ({"weapon": "small_arms", "calibre_mm": "7.62"}, Arms(weapon=Weapon.SMALL_ARMS, calibre_mm=7.62)),
    ],
)  # fmt: skip
def test_it_is_read(fields: Row, expected: Arms | None) -> None:
    assert told(**fields) == (expected, {}, False)


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"weapon": "Grad"}, {"weapon": "'Grad' is no weapon"}),
        (
            {"weapon": "mortar", "calibre_mm": "120mm"},
            {"calibre_mm": "'120mm' is no calibre in mm"},
        ),
        ({"weapon": "mortar", "calibre_mm": "0"}, {"calibre_mm": "'0' is no calibre in mm"}),
        ({"calibre_mm": "120"}, {"weapon": "a calibre stands there without its weapon"}),
        (
            {"weapon": "x", "calibre_mm": "y"},
            {"weapon": "'x' is no weapon", "calibre_mm": "'y' is no calibre in mm"},
        ),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_of_the_weapon_counts(
    fields: Row, faults: dict[str | None, str]
) -> None:
    arms, found, unresolved = told(**fields)
    assert (arms, unresolved) == (None, True)
    assert found == {
        name: f"{said}; nothing is read of the weapon" for name, said in faults.items()
    }


def test_a_table_of_before_these_columns_keeps_its_ids() -> None:
    bare = {k: v for k, v in row("A").items() if k not in {"weapon", "calibre_mm"}}
    (old,), (new,) = read_table(table([bare]))[0], read_table(table([row("A")]))[0]
    assert old.item.id == new.item.id
