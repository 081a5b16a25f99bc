"""The MUC-4 scores against hand-counted cases; the key scores itself whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluate.reading.gold import gold
from tests.evaluate.reading.test_muc4_files import one
from truceline.evaluate.reading.muc4 import (
    Slot,
    Tally,
    Template,
    _assign,
    align,
    figures,
    overall,
    score,
    score_document,
    totals,
)
from truceline.evaluate.reading.muc4_files import Key, read_keys

DAY = date(1989, 3, 19)
KEY = one(
    _2="19 MAR 89",
    _3="FARLAND: NORTH (REGION): ALPHA (CITY)",
    _4="BOMBING",
    _8="TERRORIST ACT",
    _10='"PEOPLES NINTH FRONT" / "PNF"',
    _11='SUSPECTED OR ACCUSED BY AUTHORITIES: "PEOPLES NINTH FRONT" / "PNF"',
    _21='3: "A"|5-: "B"',
    _23='DEATH: "A"|INJURY: "B"',
)
WHOLE = Template(
    type="BOMBING",
    date_low=DAY,
    date_high=DAY,
    places=("Alpha", "Farland"),
    category="TERRORIST ACT",
    organizations=("PNF",),
    confidence="SUSPECTED OR ACCUSED BY AUTHORITIES",
    killed=(3, 3),
    injured=(5, None),
)


def back(key: Key) -> Template:
    """Give the template that a key's first alternatives make."""
    low, high = key.dates[0] if key.dates else (None, None)
    return Template(
        type=key.type[0],
        date_low=low,
        date_high=high,
        places=key.locations[0].path if key.locations else (),
        category=next(iter(key.category), None),
        organizations=tuple(fill.values[0] for fill in key.organizations),
        confidence=next(iter(key.confidence), None),
        killed=key.killed,
        injured=key.injured,
    )


def credit(slot: Slot, key: Key = KEY, **changes: object) -> float:
    """Give the credit of one slot where the whole template has some changes."""
    return score_document([key], [replace(WHOLE, **changes)])[slot].credit  # type: ignore[arg-type]


def test_the_measures_by_hand() -> None:
    tally = Tally(correct=4, partial=2, incorrect=1, spurious=3, missing=3)
    assert (tally.possible, tally.actual) == (10, 10)
    assert tally.recall == tally.precision == tally.f == 0.5
    assert Tally().recall == Tally().precision == Tally().f == 0.0


def test_a_whole_template_is_right_in_every_slot() -> None:
    found = score_document([KEY], [WHOLE])
    assert all(tally == Tally(correct=1) for tally in found.values())
    assert overall(found).correct == 8


def test_missing_and_spurious_templates_count_in_every_slot() -> None:
    missing = score_document([KEY], [])
    assert all(tally == Tally(missing=1) for tally in missing.values())
    spurious = score_document([], [WHOLE])
    assert all(tally == Tally(spurious=1) for tally in spurious.values())
    optional = score_document([replace(KEY, optional=True)], [])
    assert overall(optional) == optional[Slot.TEMPLATE] == Tally()


def test_attack_is_partly_right_for_a_narrower_type_only() -> None:
    assert credit(Slot.TYPE, type="ATTACK") == 0.5
    assert credit(Slot.TYPE, replace(KEY, type=("ATTACK",))) == 0.0
    other = score_document([KEY], [replace(WHOLE, type="ARSON")])
    assert other[Slot.TEMPLATE] == Tally(missing=1, spurious=1)


@pytest.mark.parametrize(
    ("key", "low", "high", "expected"),
    [
        ("19 MAR 89", 19, 19, 1),
        ("19 MAR 89", 20, 20, 0),
        ("19 MAR 89", 17, 20, 0.5),
        ("19 MAR 89", None, 19, 0.5),
        ("19 MAR 89", None, 20, 0),
        ("18 MAR 89 - 20 MAR 89", 19, 19, 0.5),
        ("18 MAR 89 - 20 MAR 89", 20, None, 0.5),
        ("18 MAR 89 - 20 MAR 89", 21, None, 0),
        ("- 19 MAR 89", None, 19, 1),
        ("- 19 MAR 89", 18, 18, 0.5),
        ("- 19 MAR 89", 20, 20, 0),
        ("(- 19 MAR 89) / 18 MAR 89", 18, 18, 1),
    ],
)
def test_dates(key: str, low: int | None, high: int | None, expected: float) -> None:
    days = [date(1989, 3, n) if n else None for n in (low, high)]
    wanted = one(_2=key, _4="BOMBING")
    assert credit(Slot.DATE, wanted, date_low=days[0], date_high=days[1]) == expected


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (("FARLAND", "NORTH", "ALPHA"), 1),
        (("FARLAND",), 0.5),
        (("ALPHA",), 0.5),
        (("NEARLAND", "ALPHA"), 0.5),
        (("FARLAND", "BETA"), 0.5),
        (("FARLAND", "ALPHA", "THE BRIDGE"), 0.5),
        (("NEARLAND",), 0),
    ],
)
def test_places(places: tuple[str, ...], expected: float) -> None:
    assert credit(Slot.LOCATION, places=places) == expected


def test_a_range_of_places_wants_both() -> None:
    key = one(_3="FARLAND: ALPHA (CITY) - BETA (CITY)", _4="BOMBING")
    assert credit(Slot.LOCATION, key, places=("FARLAND", "ALPHA")) == 0.5
    assert credit(Slot.LOCATION, key, places=("FARLAND", "ALPHA", "BETA")) == 1


def test_confidence_category_and_numbers() -> None:
    assert credit(Slot.CONFIDENCE, confidence="SUSPECTED OR ACCUSED") == 0.5
    assert credit(Slot.CONFIDENCE, confidence="POSSIBLE") == 0
    assert credit(Slot.CATEGORY, category="STATE-SPONSORED VIOLENCE") == 0
    assert credit(Slot.KILLED, killed=(2, 4)) == 0.5
    assert credit(Slot.KILLED, killed=(4, None)) == 0
    assert credit(Slot.INJURED, injured=(7, 7)) == 0.5
    assert credit(Slot.INJURED, injured=(1, 4)) == 0


def test_organisations() -> None:
    assert credit(Slot.ORGANIZATION, organizations=("the Peoples' Ninth Front [PNF]",)) == 1
    assert credit(Slot.ORGANIZATION, organizations=("NINTH FRONT",)) == 0.5
    wrong = score_document([KEY], [replace(WHOLE, organizations=("ARMY", "NAVY"))])
    assert wrong[Slot.ORGANIZATION] == Tally(incorrect=1, spurious=1)
    two = one(_4="BOMBING", _10='"ARMY"|? "NAVY"')
    assert score_document([two], [WHOLE])[Slot.ORGANIZATION] == Tally(incorrect=1)
    assert credit(Slot.ORGANIZATION, two, organizations=("NAVY", "ARMY")) == 2
    left = score_document([KEY], [replace(WHOLE, organizations=())])
    assert left[Slot.ORGANIZATION] == Tally(missing=1)


def test_an_optional_fill_may_be_left_out_but_not_be_wrong() -> None:
    key = one(_4="BOMBING", _8="? TERRORIST ACT")
    empty = Template(type="BOMBING")
    assert score_document([key], [empty])[Slot.CATEGORY] == Tally()
    wrong = replace(empty, category="STATE-SPONSORED VIOLENCE")
    assert score_document([key], [wrong])[Slot.CATEGORY] == Tally(incorrect=1)


def test_alignment_puts_the_type_first_then_the_other_slots() -> None:
    attack = replace(KEY, type=("ATTACK",))
    poor = Template(type="BOMBING")
    rich = replace(WHOLE, type="ATTACK")
    assert align([KEY, attack], [rich, poor]) == (1, 0)
    assert set(align([KEY, KEY], [poor, WHOLE, replace(WHOLE, killed=None)])) == {1, 2}
    assert align([replace(KEY, optional=True), KEY], [WHOLE]) == (None, 0)
    assert align([KEY], []) == (None,)


@given(st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=1, max_size=4))
def test_the_assignment_is_the_best_there_is(weights: list[list[int]]) -> None:
    rows = len(weights)
    found = _assign(rows, 3, lambda row, column: weights[row][column])
    taken = [column for column in found if column is not None]
    assert len(set(taken)) == len(taken)
    value = sum(weights[r][c] for r, c in enumerate(found) if c is not None)
    choices = permutations([0, 1, 2, *[None] * rows], rows)
    assert value == max(
        sum(weights[r][c] for r, c in enumerate(choice) if c is not None) for choice in choices
    )


def test_documents_without_prediction_and_unknown_documents() -> None:
    found = score({"A-1": [KEY], "A-2": []}, {"A-1": [WHOLE]})
    assert overall(totals(found)) == Tally(correct=8)
    with pytest.raises(KeyError):
        score({}, {"A-3": []})
    rows = figures(score({"A-1": [KEY], "A-2": [KEY]}, {"A-1": [WHOLE]}))
    assert [row.name for row in rows][-1] == "all slots"
    assert rows[-1].value == pytest.approx(2 / 3)


def test_the_real_key_scores_itself_whole() -> None:
    keys = {
        name: templates
        for path in sorted(gold("muc4_dev").glob("key-*"))
        for name, templates in read_keys(path.read_text(encoding="ascii")).templates.items()
    }
    answers = {name: [back(key) for key in reversed(found)] for name, found in keys.items()}
    for slot, tally in totals(score(keys, answers)).items():
        assert tally.f == 1.0, slot
    nothing = totals(score(keys, {}))
    assert overall(nothing).recall == 0.0
