"""The reader of coded claims: rows become items, everything else a problem, labels never pass."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import mission, read_table, row, table
from truceline.model.problem import Severity


def test_a_row_is_one_item_with_its_external_id() -> None:
    arrivals, problems = read_table(table([row("C1"), row("C2")]))
    assert [a.item.external_id for a in arrivals] == ["C1", "C2"]
    assert [a.row for a in arrivals] == [2, 3]
    assert problems == []


def test_labels_change_no_item() -> None:
    plain = read_table(table([row("C1")]))[0]
    labelled = read_table(table([row("C1") | {"incident_id": "K1", "agreement_id": "A1"}]))[0]
    assert [a.item for a in plain] == [a.item for a in labelled]
    assert b"K1" not in labelled[0].item.content


def test_order_of_rows_changes_no_item() -> None:
    rows = [row(f"C{n}") for n in range(9)]
    shuffled = random.Random(1).sample(rows, len(rows))
    one = {a.item.id for a in read_table(table(rows))[0]}
    assert one == {a.item.id for a in read_table(table(shuffled))[0]}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"\x89PNG\x00\x01", "binary"),
        (b"claim_id,caf\xe9\n", "UTF-8"),
    ],
)
def test_a_file_that_is_no_table_is_one_clear_problem(content: bytes, said: str) -> None:
    arrivals, problems = read_table(content)
    assert arrivals == []
    assert len(problems) == 1
    assert problems[0].severity is Severity.ERROR
    assert said in problems[0].message
    assert problems[0].file == "claims.csv"


def test_every_missing_column_is_named_at_once() -> None:
    arrivals, problems = read_table(b"claim_id,url,lang\n1,2,3\n")
    assert arrivals == []
    assert {"pub_date", "places", "act"} <= {p.field for p in problems}


def test_missing_labels_are_fine_and_the_missions_own_columns_are_kept() -> None:
    arrivals, problems = read_table(table([row("C1") | {"colour": "red", "shelf": ""}]))
    (kept,) = [json.loads(a.item.content)["row"] for a in arrivals]
    assert (kept["colour"], "shelf" in kept) == ("red", False)
    (told,) = problems
    assert (told.severity, told.row) == (Severity.NOTICE, 1)
    assert "colour, shelf" in told.message


def test_a_column_that_may_be_a_known_one_misspelt_is_warned_of() -> None:
    plain = {k: v for k, v in row("C1").items() if k != "basis"}
    _, problems = read_table(table([plain | {"bases": "saw", "": "x"}]))
    assert [(p.field, p.severity) for p in problems] == [
        ("(no name)", Severity.WARNING),
        ("bases", Severity.WARNING),
    ]
    assert "'basis'" in problems[1].advice


@pytest.mark.parametrize(
    "date", ["11 October", "2020-13-01", "2020-10-10T12:00", "20201010", "0001-01-01", "9999-12-31"]
)
def test_a_bad_publication_date_leaves_one_row_out(date: str) -> None:
    arrivals, problems = read_table(table([row("C1", pub_date=date), row("C2")]))
    assert [a.item.external_id for a in arrivals] == ["C2"]
    assert [(p.row, p.field) for p in problems] == [(2, "pub_date")]
    assert problems[0].advice


def test_a_row_with_too_few_cells_is_left_out_and_the_rest_goes_on() -> None:
    broken = table([row("C1"), row("C2")]).replace(b"C1,", b"", 1)
    arrivals, problems = read_table(broken)
    assert [a.item.external_id for a in arrivals] == ["C2"]
    assert "cells" in problems[0].message


def test_a_bare_date_counts_from_midnight_of_the_mission() -> None:
    item = read_table(table([row("C1", pub_date="2020-10-11")]))[0][0].item
    assert item.published is not None
    assert item.published.isoformat() == "2020-10-11T00:00:00+04:00"


def test_an_undated_row_is_an_item_without_a_publication() -> None:
    assert read_table(table([row("C1", pub_date="")]))[0][0].item.published is None


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    header = table([row("C1")])
    for data in (content, header + content):
        arrivals, problems = read_table(data, mission())
        assert all(p.advice for p in problems)
        assert len({a.row for a in arrivals}) == len(arrivals)


def test_a_very_long_text_loses_no_row() -> None:
    arrivals, problems = read_table(table([row("C1", paraphrase="a" * 500_000), row("C2")]))
    assert [a.item.external_id for a in arrivals] == ["C1", "C2"]
    assert problems == []


def test_a_table_without_rows_is_told() -> None:
    arrivals, problems = read_table(table([]))
    assert arrivals == []
    assert [(p.severity, p.message) for p in problems] == [
        (Severity.NOTICE, "the table has no rows")
    ]
