"""The tables of who could look and who was kept from it: every fault with its row and field, and known only once reported."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.builders import mission
from tests.judge.test_judging import defined
from tests.missions.test_karabakh import run
from truceline.collect import readers
from truceline.model.coverage import CoverageRecord, Loss, Restriction, RestrictionClass
from truceline.model.evidence import Arrival
from truceline.model.problem import Problem
from truceline.terms.watched import COVERAGE, RESTRICTIONS, with_tables

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Command

WATCH = {
    "record_id": "W1", "area": "alpha", "channel": "patrol", "from": "2020-10-11 08:00",
    "to": "2020-10-11 16:00", "light": "day", "effective_fraction": "0.5", "lost_to": "weather",
    "reported": "2020-10-11T18:00+04:00", "source": "own log", "note": "fog",
}  # fmt: skip
KEPT_OUT = {
    "restriction_id": "R1", "area": "north", "channel": "", "from": "2020-10-12 08:00",
    "to": "2020-10-12 10:00", "class": "denial", "by": "AA", "remaining_fraction": "0",
    "reported": "2020-10-12", "source": "own log", "note": "turned back at a checkpoint",
}  # fmt: skip


def table(*rows: dict[str, str]) -> bytes:
    """Write rows as a table."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def read(reader: str, content: bytes) -> tuple[list[Arrival], list[Problem]]:
    """Read a table through the reader's door."""
    found = list(readers()[reader].read("x.csv", content, mission()))
    return (
        [f for f in found if isinstance(f, Arrival)],
        [f for f in found if isinstance(f, Problem)],
    )


def test_both_tables_become_records_in_utc() -> None:
    items = [
        (a.item.reader, a.item.content)
        for reader, row in (("coverage", WATCH), ("restrictions", KEPT_OUT))
        for a in read(reader, table(row))[0]
    ]
    found = with_tables(mission(), items)
    (record,), (bar,) = found.coverage, found.restrictions
    assert record == CoverageRecord(
        area="alpha", channel="patrol", start=datetime(2020, 10, 11, 4, tzinfo=UTC),
        end=datetime(2020, 10, 11, 12, tzinfo=UTC), effective_fraction=0.5, reason="fog",
        light="day", lost_to=Loss.WEATHER,
    )  # fmt: skip
    assert bar == Restriction(
        area="north", channel=None, start=datetime(2020, 10, 12, 4, tzinfo=UTC),
        end=datetime(2020, 10, 12, 6, tzinfo=UTC), kind=RestrictionClass.DENIAL, by="AA",
        remaining=0.0, reason="turned back at a checkpoint",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "cell", "said"),
    [
        ("area", "alfa", "'alfa' is not known"),
        ("area", "", "it is empty"),
        ("channel", "patrols", "'patrols' is not known"),
        ("from", "11 October", "is not a time"),
        ("from", "2020-10-11", "'2020-10-11' has no hour"),
        ("to", "2020-10-11 07:00", "ends before it starts"),
        ("light", "dusk", "'dusk' is not known"),
        ("effective_fraction", "1,0", "is no share"),
        ("effective_fraction", "1.2", "is no share"),
        ("effective_fraction", "nan", "is no share"),
        ("lost_to", "none", "less than all was seen, and not why"),
        ("lost_to", "rain", "'rain' is not known"),
        ("reported", "", "when it was reported is missing"),
        ("reported", "soon", "is not a publication date"),
        # A plan is no look: what is told before it was over might never have been.
        ("reported", "2020-10-10", "it is reported before it ended"),
        ("reported", "2020-10-11T15:59+04:00", "it is reported before it ended"),
    ],
)
def test_a_row_with_a_fault_is_left_out_and_told(field: str, cell: str, said: str) -> None:
    arrivals, problems = read("coverage", table(WATCH | {field: cell}, WATCH))
    assert len(arrivals) == 1
    (problem,) = problems
    assert (problem.row, problem.field) == (2, field)
    assert said in problem.message
    assert problem.advice


@pytest.mark.parametrize(
    ("field", "cell", "said"),
    [
        ("class", "refusal", "'refusal' is not known"),
        ("by", "Aland", "'Aland' is not known"),
        ("remaining_fraction", "1", "a restriction that left everything"),
        ("channel", "drone", "'drone' is not known"),
    ],
)
def test_a_restriction_with_a_fault_is_left_out_and_told(field: str, cell: str, said: str) -> None:
    arrivals, (problem,) = read("restrictions", table(KEPT_OUT | {field: cell}))
    assert not arrivals
    assert (problem.row, problem.field) == (2, field)
    assert said in problem.message


def test_what_was_wholly_seen_is_lost_to_nothing() -> None:
    _, (problem,) = read("coverage", table(WATCH | {"effective_fraction": "1"}))
    assert (problem.field, problem.message) == (
        "lost_to", "all was seen, and yet lost; row left out",
    )  # fmt: skip


def test_all_faults_of_a_row_are_told_at_once() -> None:
    bad = WATCH | {"area": "x", "channel": "x", "light": "x", "from": "x", "reported": "x"}
    _, problems = read("coverage", table(bad))
    assert {p.field for p in problems} == {"area", "channel", "light", "from", "reported"}


@pytest.mark.parametrize(("reader", "columns"), [("coverage", COVERAGE), ("restrictions", RESTRICTIONS)])  # fmt: skip
def test_what_is_no_such_table_is_told_once(reader: str, columns: tuple[str, ...]) -> None:
    for content in (b"", b"\x00\x01", b"a;b;c\n", ",".join(columns[:-1]).encode()):
        arrivals, problems = read(reader, content)
        assert not arrivals
        assert len(problems) == 1


def test_a_row_is_known_from_its_report_on(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    """On the demonstration: a post that watched everything on 12 October, reported on the 14th."""
    row = WATCH | {
        "area": "everywhere", "light": "both", "from": "2020-10-12 00:00", "to": "2020-10-13 00:00",
        "effective_fraction": "1", "lost_to": "none", "reported": "2020-10-14T09:00+04:00",
    }  # fmt: skip
    bar = KEPT_OUT | {"area": "everywhere", "by": "AZ", "reported": "2020-10-14T09:00+04:00"}
    for name, reader, content in (
        ("coverage.csv", "coverage", table(row)),
        ("restrictions.csv", "restrictions", table(bar)),
    ):
        (mission_folder / "evidence" / name).write_bytes(content)
        path = mission_folder / "mission.yaml"
        text = path.read_text(encoding="utf-8").replace("coverage: []\n", "")
        path.write_text(
            f"{text}  - reader: {reader}\n    file: evidence/{name}\n", encoding="utf-8"
        )
    seen = {}
    for as_of in ("2020-10-14", "2020-10-15"):
        out = run(truceline, mission_folder, tmp_path / as_of, as_of=as_of)
        seen[as_of] = next(
            j for j in out.judgements
            if j["judgement"] == "standing" and j["day"] == "2020-10-12"
            and j["provision"] == "moscow-2020-10-10/1"
        )  # fmt: skip
        report = json.loads((out.out / "report.json").read_text(encoding="utf-8"))
    assert seen["2020-10-14"]["effective_fraction"] == 0
    after = seen["2020-10-15"]
    assert after["effective_fraction"] == pytest.approx(22 / 24, abs=1e-4)
    assert after["deficits"] == [{"causes": ["AZ"], "share": pytest.approx(2 / 24, abs=1e-4)}]
    assert report["coverage"]["restrictions"][0]["by"] == "Azerbaijan"
    assert "Azerbaijan below 1 %" in report["coverage"]["missing"]
    assert truceline("verify", mission_folder).exit_code == 0


def test_a_zone_that_two_agreements_have_is_named_in_full() -> None:
    of = defined()
    old, truce = of.agreements
    both = replace(of, agreements=(replace(old, zones=truce.zones), truce))
    for mission_, area, fits in ((of, "z", True), (both, "z", False), (both, "truce/z", True)):
        found = list(readers()["coverage"].read("x.csv", table(WATCH | {"area": area}), mission_))
        assert isinstance(found[0], Arrival) is fits
        if not fits:
            assert isinstance(found[0], Problem)
            assert "truce/z" in found[0].advice
