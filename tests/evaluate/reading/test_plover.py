"""PLOVER scores against hand-counted cases; rows that cannot be scored stay out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.evaluate.reading.gold import gold
from truceline.errors import UsageError
from truceline.evaluate.reading.plover import (
    Coding,
    Row,
    first_mention_baseline,
    half,
    most_frequent_baseline,
    overlap,
    read_rows,
    score,
)


def actor(text: str, code: str) -> dict[str, str]:
    """Write an actor."""
    return {"actorText": text, "code": code}


def record(name: str, event: str, text: str, **more: Any) -> dict[str, Any]:
    """Write a record in the format."""
    return {"id": f"X-{name}", "event": event, "text": text, "eventText": "", **more}


def rows(*records: dict[str, Any]) -> tuple[Row, ...]:
    """Read records as a file."""
    return read_rows(json.dumps([{"id": "X-0000", "event": "DOCUMENT"}, *records]))


FRANCE, JAPAN, UN = actor("France", "FRA"), actor("Tokyo", "JAP"), actor("The UN", "IGO")
PLAIN = record(
    "AID-0002",
    "AID",
    "France sent aid to Tokyo.",
    source=[FRANCE],
    target=[JAPAN],
    context="economic, legal",
    mode="",
)
MUTUAL = record(
    "CONSULT-0001",
    "CONSULT",
    "France and Tokyo met.",
    source=[FRANCE, JAPAN],
    target=None,
    textInfo={"markup": "(SRC/TAR: France) and (SRC/TAR: Tokyo) (EVT: met)."},
)
ODD = record("AID-0003", "AID", "The UN helped rebels.", source=[UN], target="rebels")
GOOD = Coding(
    sources=("France",),
    source_codes=("FRA",),
    targets=("Tokyo",),
    target_codes=("JPN",),
    event="AID",
)


def test_rows_are_read_and_the_first_element_is_documentation() -> None:
    plain, mutual, odd = rows(PLAIN, MUTUAL, ODD)
    assert plain.contexts == ("economic", "legal")
    assert plain.targets[0].code == "JPN"
    assert (plain.mutual, mutual.mutual, odd.mutual) == (False, True, False)
    assert odd.targets[0].text == "rebels"
    assert rows(PLAIN | {"textInfo": "", "source": "", "target": ""})[0].sources == ()


@pytest.mark.parametrize("text", ["", "{}", '[{"id": "X-0001"}]', '[{"event": "AID", "id": "1"}]'])
def test_another_file_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="PLOVER"):
        read_rows(text)


def test_repeated_ids_and_repeated_sentences() -> None:
    again = PLAIN | {"id": "X-FIGHT-0007", "event": "FIGHT"}
    found = rows(PLAIN, PLAIN | {"text": "Other."}, again)
    assert [row.id for row in found] == ["X-AID-0002", "X-AID-0002+1", "X-FIGHT-0007"]
    assert found[0].events == found[2].events == {"AID", "FIGHT"}
    assert score(found[2:], {"X-FIGHT-0007": GOOD}).event.value == 1.0
    assert len(half(found, odd=False)) == 3
    assert half(found, odd=True) == ()


def test_a_good_coding_scores_whole_and_an_empty_one_nothing() -> None:
    found = rows(PLAIN)
    whole, empty = score(found, {found[0].id: GOOD}), score(found, {})
    for name in whole.__slots__:
        assert getattr(whole, name).value == 1.0, name
        assert getattr(empty, name).value == 0.0, name


def test_only_countries_are_scored_by_code() -> None:
    found = rows(ODD)
    result = score(found, {found[0].id: Coding(sources=("UN",), targets=("the rebels",))})
    assert result.source_country.value is result.target_country.value is None
    assert result.source_text.value == result.target_text.value == 1.0


def test_mutual_rows_join_the_roles_and_have_no_target() -> None:
    found = rows(MUTUAL)
    result = score(found, {found[0].id: GOOD})
    assert result.source_country.value == result.source_text.value == 1.0
    assert result.source_country.n == 1
    assert result.target_country.n == result.target_text.n == 0


def test_a_wrong_extra_country_costs_precision() -> None:
    found = rows(PLAIN)
    coding = Coding(source_codes=("FRA", "DEU"), target_codes=("FRA",))
    result = score(found, {found[0].id: coding})
    assert result.source_country.value == pytest.approx(2 / 3)
    assert result.source_right.value == 0.0
    assert result.target_country.value == 0.0


def test_word_overlap() -> None:
    assert overlap(["The French army"], ["French army's"]) == 1.0
    assert overlap(["French army"], ["army of France"]) == pytest.approx(2 / 5)
    assert overlap(["French army"], ["Tokyo"]) == overlap(["A"], []) == 0.0


def test_baselines() -> None:
    found = rows(PLAIN, MUTUAL, ODD)
    assert most_frequent_baseline(found, found[1:2]) == {"X-CONSULT-0001": Coding(event="AID")}
    texts = ["U.S. and South Korean troops left Iraqi soil.", "Give us peace, said the Russians."]
    first, second = first_mention_baseline(
        rows(*(record(f"Z-000{n}", "Z", text) for n, text in enumerate(texts)))
    ).values()
    assert (first.source_codes, first.target_codes) == (("USA",), ("KOR",))
    assert (second.source_codes, second.target_codes) == (("RUS",), ())


def test_the_real_file() -> None:
    found = read_rows(gold("plover_gsr.json").read_text(encoding="utf-8"))
    assert len(found) == len({row.id for row in found}) == 322
    assert sum(row.mutual for row in found) == 17
    even, odd = half(found, odd=False), half(found, odd=True)
    assert len(even) + len(odd) == 322
    assert not {row.text for row in even} & {row.text for row in odd}
    answers = {
        row.id: Coding(
            sources=tuple(a.text for a in row.sources),
            source_codes=tuple(a.code for a in row.sources),
            targets=tuple(a.text for a in row.targets),
            target_codes=tuple(a.code for a in row.targets),
            event=row.event,
        )
        for row in found
    }
    result = score(found, answers)
    for name in result.__slots__:
        assert getattr(result, name).value == 1.0, name
    assert (result.source_text.n, result.target_text.n) == (321, 289)
