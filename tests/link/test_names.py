"""Names decide nothing: not a row's id, not a party's."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import incident_of, partition, project, row
from tests.link.worlds import evidence, outcome

if TYPE_CHECKING:
    from tests.builders import Row

SWAPPED = {"AA": "BB", "BB": "AA"}


@settings(max_examples=150)
@given(evidence(), st.integers(0, 999))
def test_a_rows_own_name_decides_nothing(rows: list[Row], seed: int) -> None:
    ids = [r["claim_id"] for r in rows]
    renamed = dict(zip(ids, random.Random(seed).sample(range(900), len(ids)), strict=True))
    again = [r | {"claim_id": f"R{renamed[r['claim_id']]}"} for r in rows]
    back = {f"R{number}": name for name, number in renamed.items()}
    assert outcome(project(again), back) == outcome(project(rows), {i: i for i in ids})


@settings(max_examples=150)
@given(evidence())
def test_exchanging_the_parties_changes_no_incident(rows: list[Row]) -> None:
    ids = {r["claim_id"]: r["claim_id"] for r in rows}
    swapped = [r | {name: _swap(r[name]) for name in ("origin", "accused", "access")} for r in rows]
    assert outcome(project(swapped), ids) == outcome(project(rows), ids)


def _swap(text: str) -> str:
    return "".join(SWAPPED.get(text[i : i + 2], text[i : i + 2]) for i in range(0, len(text), 2)) if text[:2] in SWAPPED else text.replace("(BB)", "(XX)").replace("(AA)", "(BB)").replace("(XX)", "(AA)")  # fmt: skip


def test_a_look_that_fits_two_strikes_joins_neither_and_says_so() -> None:
    rows = [
        row("a", act="missile_strike", t_from_local="2020-10-11 02:00"),
        row("b", act="missile_strike", t_from_local="2020-10-11 20:00"),
        row("c", act="missile_strike", t_from_local="2020-10-11", time_precision="day",
            origin="Watch", origin_side="", kind="verification", basis="inspected", access="own"),
    ]  # fmt: skip
    found = project(rows)
    assert partition(found) == {frozenset("a"), frozenset("b"), frozenset("c")}
    others = {incident_of(found, "a").id, incident_of(found, "b").id}
    assert set(incident_of(found, "c").fits_several) == others
    assert not incident_of(found, "a").fits_several
