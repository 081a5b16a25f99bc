"""`truceline check` opens the evidence: what it will not understand is told by row and field before any run."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Command

TABLE = "evidence/claims.csv"
Rows = list[dict[str, str]]


def altered(folder: Path, change: Callable[[Rows], None], mark: str = ",") -> Path:
    """Change the first rows of the table and keep no others."""
    path = folder / TABLE
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))[:3]
    change(rows)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=mark, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    return folder


def set_cells(number: int, **cells: str) -> Callable[[Rows], None]:
    """Write cells of one row."""
    return lambda rows: rows[number].update(cells)


@pytest.mark.parametrize(
    ("change", "mark", "told"),
    [
        (set_cells(0), ";", "row 1: no column of the first row is known"),
        (set_cells(0), ";", "the cells seem to be parted by ';'"),
        (
            set_cells(1, pub_date="28/11/2024"), ",",
            "row 3, field pub_date: '28/11/2024' is not a publication date; row left out -> write 2024-11-28",
        ),
        (
            set_cells(1, pub_date="02/12/2024"), ",",
            "-> 2024-12-02 or 2024-02-12? write year-month-day: nobody guesses which",
        ),
        # Where no date can be made of it, the advice shows a day of this mission.
        (set_cells(1, pub_date="soon"), ",", "-> give 2024-11-27 or 2024-11-27T12:00+02:00"),
        (set_cells(0, t_from_local="27.11.2024 04:00"), ",", "row 2, field t_from_local: "),
        (set_cells(0, t_from_local="27.11.2024 04:00"), ",", "-> write 2024-11-27 04:00"),
        (set_cells(2, act="shelled"), ",", "row 4, field act: 'shelled' is not a known act"),
        (set_cells(2, places="Nowhere"), ",", "row 4, field places: 'Nowhere' is not in the gazetteer"),
        (set_cells(2, accused="XX"), ",", "row 4, field accused: 'XX' is no side of this mission"),
        (set_cells(2, kind="rumour"), ",", "row 4, field kind: 'rumour'"),
    ],
)  # fmt: skip
def test_what_evidence_says_wrongly_is_told_with_its_place(
    truceline: Command, lebanon_folder: Path, change: Callable[[Rows], None], mark: str, told: str
) -> None:
    found = truceline("check", altered(lebanon_folder, change, mark))
    assert found.exit_code == 1
    assert told in found.stderr


def test_advice_never_shows_another_missions_dates(
    truceline: Command, lebanon_folder: Path
) -> None:
    mission = lebanon_folder / "mission.yaml"
    text = mission.read_text(encoding="utf-8")
    broken = text.replace("rule: ", "rules: ", 1)
    agreement = lebanon_folder / "agreements" / "cessation-2024-11-27.yaml"
    terms = agreement.read_text(encoding="utf-8")
    agreement.write_text(
        terms.replace('at: "2024-11-27 04:00"', "at: 4 in the morning", 1), encoding="utf-8"
    )
    mission.write_text(broken, encoding="utf-8")
    told = truceline("check", lebanon_folder).stderr
    assert "2024-11-27 12:00" in told
    assert "2020-10" not in told
    mission.write_text(text, encoding="utf-8")
    agreement.write_text(terms, encoding="utf-8")
    for words in (
        ["run", lebanon_folder, "--as-of", "soon", "--out", lebanon_folder.parent / "out"],
        ["terms", lebanon_folder, "--at", "soon"],
    ):
        told = truceline(*words).stderr
        assert "2024-11-27T00:00+02:00" in told
        assert "2020-10" not in told
