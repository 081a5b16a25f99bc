"""Sealed lists: no name enters, two lists can be compared, and what is wrong is told without repeating it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import gathered_of, mission, row
from tests.collect.test_watched import read, table
from tests.judge.test_obligations import owed
from truceline.model.deed import Unit
from truceline.model.judgement import ObligationStanding
from truceline.pipeline import assess
from truceline.report.assemble import view_of
from truceline.terms.watched import PERSONS
from truceline.text.seal import is_seal, seal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Command

KEY = b"0123456789abcdef0123456789abcdef"
HELD = {
    "seal": seal(KEY, ["P-1"]), "unit": "prisoners", "status": "held", "giver": "AA",
    "recipient": "BB", "stated_by": "Relief", "day": "2020-10-12", "reported": "2020-10-13",
    "source": "list of the intermediary",
}  # fmt: skip


def person(name: str, **fields: str) -> dict[str, str]:
    """Make a row of a sealed list about a made-up number."""
    return HELD | {"seal": seal(KEY, [name])} | fields


def stands(*rows: dict[str, str], unit: Unit | None = None) -> ObligationStanding:
    """Judge the mission with a sealed list."""
    arrivals, problems = read("persons", table(*rows))
    assert problems == []
    of = owed(kind=owed().agreements[0].provisions[0].kind, unit=unit or Unit.PRISONERS)
    gathered, cut = gathered_of([row("A")], of)
    found = assess(replace(gathered, arrivals=(*gathered.arrivals, *arrivals)), cut)
    view_of(found)
    return next(j for j in found.judgements if isinstance(j, ObligationStanding))


def test_lists_are_compared_by_seals_alone() -> None:
    rows = [
        *(person(f"P-{n}") for n in range(5)),
        *(person(f"P-{n}", stated_by="BB-MoD") for n in range(3, 9)),
        person("P-0", status="handed_over", day="2020-10-20", reported="2020-10-21"),
    ]
    held, gone = sorted(stands(*rows).lists, key=lambda found: found.status, reverse=True)
    assert (held.status, held.giver, held.recipient) == ("held", "AA", "BB")
    assert held.counts == (("BB-MoD", 6), ("Relief", 4))
    assert held.on_all == 2
    assert (gone.status, gone.counts, gone.on_all) == ("handed_over", (("Relief", 1),), None)


def test_a_list_bears_on_the_duty_of_its_unit_and_giver() -> None:
    assert stands(person("P-1"), unit=Unit.REMAINS).lists == ()
    assert stands(person("P-1", giver="BB")).lists == ()
    assert len(stands(person("P-1", giver="")).lists) == 1


@pytest.mark.parametrize("column", ["name", "born", "note"])
def test_a_column_more_refuses_the_whole_file(column: str) -> None:
    arrivals, problems = read("persons", table(HELD | {column: "somebody"}))
    assert arrivals == []
    (problem,) = problems
    assert (problem.row, problem.field) == (1, column)
    assert "may not have; nothing in this file is read" in problem.message
    assert "somebody" not in str(problem)


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("seal", "Jane Doe"), ("seal", "AB" * 32), ("unit", "Jane Doe"), ("unit", "soldiers"),
        ("status", "Jane Doe"), ("giver", "Jane Doe"), ("stated_by", "Jane Doe"), ("day", "Jane Doe"),
        ("reported", ""), ("reported", "Jane Doe"),
    ],
)  # fmt: skip
def test_a_row_with_a_fault_is_left_out_and_its_cell_is_never_repeated(
    field: str, cell: str
) -> None:
    arrivals, problems = read("persons", table(HELD | {field: cell}, HELD))
    assert len(arrivals) == 1
    assert {p.field for p in problems} == {field}
    assert all(cell not in str(p) for p in problems if cell)


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_seal_is_of_the_words_and_the_key(one: str, other: str) -> None:
    assert is_seal(seal(KEY, [one, other]))
    assert seal(KEY, [one, other]) == seal(KEY, [f"  {one} ", other])
    assert seal(KEY, [one]) != seal(KEY[::-1], [one])
    assert seal(KEY, ["Doe  Jane"]) == seal(KEY, ["doe jane"])
    assert seal(KEY, ["ab", "c"]) != seal(KEY, ["a", "bc"])


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """Write a key."""
    path = tmp_path / "key"
    path.write_bytes(KEY)
    return path


def keepers(tmp_path: Path, *rows: dict[str, str], name: str = "list.csv") -> Path:
    """Write the open list of a keeper, with made-up numbers."""
    path = tmp_path / name
    path.write_bytes(table(*rows))
    return path


OPEN = {"number": "P-1", **{k: v for k, v in HELD.items() if k != "seal"}}


def test_an_open_list_is_sealed_and_is_taken_in(truceline: Command, tmp_path: Path, key: Path) -> None:  # fmt: skip
    file = keepers(tmp_path, OPEN, OPEN | {"number": "P-2"}, OPEN | {"number": " p-1 "})
    result = truceline("seal", file, "--key-file", key, "--column", "number")
    assert result.exit_code == 0
    assert "P-" not in result.stdout
    assert "1 of the rows name a person that stands above already" in result.stderr
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert {r["seal"] for r in rows} == {seal(KEY, [n]) for n in ("P-1", "P-2")}
    arrivals, problems = read("persons", result.stdout.encode())
    assert (len(arrivals), problems) == (3, [])
    assert list(rows[0]) == list(PERSONS)


@pytest.mark.parametrize(
    ("rows", "words", "said"),
    [
        ([OPEN | {"name": "Jane Doe"}], ("number",), "the column 'name' would stand open"),
        ([OPEN], ("nummer",), "the column 'nummer' is not there"),
        (
            [OPEN | {"number": ""}],
            ("number",),
            "row 2 has 9 cells of 9, or none that tells who it is",
        ),
    ],
)
def test_a_list_that_cannot_be_sealed_is_refused(
    truceline: Command, tmp_path: Path, key: Path, rows: list[dict[str, str]], words: tuple[str, ...],
    said: str,
) -> None:  # fmt: skip
    columns = [part for word in words for part in ("--column", word)]
    result = truceline("seal", keepers(tmp_path, *rows), "--key-file", key, *columns)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert "Doe" not in result.stderr


def test_a_short_key_is_refused(truceline: Command, tmp_path: Path) -> None:
    short = tmp_path / "key"
    short.write_bytes(b"secret")
    result = truceline("seal", keepers(tmp_path, OPEN), "--key-file", short, "--column", "number")
    assert result.exit_code == 2
    assert "the key has 6 bytes" in result.stderr
    assert mission().persons == ()
