"""The watched mission: days that somebody saw, a rate, a restriction booked to who caused it, and two counts side by side."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from truceline.cli import main

MISSION = Path(__file__).resolve().parents[2] / "missions" / "donbas-2020"
SCHEMAS = MISSION.parents[1] / "docs" / "reference" / "schemas"
LAST = "2020-09-01"
FIRE = "measures-2020-07-22/2"


@cache
def ran() -> dict[str, Any]:
    """Run the mission into a folder that is gone afterwards; give its JSON files by name."""
    with TemporaryDirectory() as folder:
        copy, out = Path(folder) / "mission", Path(folder) / "out"
        shutil.copytree(MISSION, copy, ignore=shutil.ignore_patterns(".truceline"))
        result = CliRunner().invoke(main, ["run", str(copy), "--as-of", LAST, "--out", str(out)])
        assert result.exit_code == 0, result.stderr
        files = {
            path.name: json.loads(path.read_text(encoding="utf-8"))
            for path in sorted(out.glob("*.json"))
        }
        files["summary"] = result.stdout
        files["page"] = (out / "report.html").read_text(encoding="utf-8")
        return files


@pytest.mark.parametrize(
    "name", ["incidents", "findings", "judgements", "problems", "report", "run"]
)
def test_its_files_fit_their_schemas(name: str) -> None:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    faults = list(jsonschema.Draft202012Validator(schema).iter_errors(ran()[f"{name}.json"]))
    assert [fault.message for fault in faults] == []


def days(provision: str, zone: str) -> dict[str, dict[str, Any]]:
    """Give the standings of a provision in a zone by day."""
    return {
        j["day"]: j for j in ran()["judgements.json"]
        if j["judgement"] == "standing" and j["provision"] == provision and j["zone"] == zone
    }  # fmt: skip


def compliance(provision: str, zone: str) -> dict[str, Any]:
    """Give the row of the report's table."""
    rows = ran()["report.json"]["compliance"]
    found: dict[str, Any] = next(
        c for c in rows if (c["provision"], c["zone"]) == (provision, zone)
    )
    return found


def test_nothing_of_the_evidence_is_left_out() -> None:
    assert ran()["problems.json"] == []


def test_most_of_its_days_were_watched() -> None:
    seen = [d for d, j in days(FIRE, "zolote").items() if j["effective_fraction"] > 0]
    assert len(seen) >= 14
    assert {d for d in seen if d <= "2020-08-10"} >= {f"2020-08-{n:02d}" for n in range(3, 11)}


def test_a_day_is_observed_with_none_recorded_and_the_days_around_violations_are_not() -> None:
    area = {d: j["standing"] for d, j in days(FIRE, "zolote").items()}
    # On 7 and 8 August the monitors counted nothing in either region.
    assert area["2020-08-07"] == area["2020-08-08"] == "observed_none_recorded"
    # Of what was counted somewhere in the region on 3 August, nobody can say that it was not in the area.
    assert area["2020-08-03"] == "recorded_not_assessable"
    # Of 31 July only a sum over both regions is known; of 23 August nothing is.
    assert area["2020-07-31"] == "recorded_not_assessable"
    assert area["2020-08-23"] == "not_observed"
    region = {d: j["standing"] for d, j in days(FIRE, "donetsk").items()}
    assert region["2020-07-27"] == "violations_recorded"
    assert region["2020-08-07"] == "partly_observed_none_recorded"


def test_no_day_on_which_something_was_counted_is_quiet() -> None:
    table = (MISSION / "evidence" / "tallies.csv").read_text(encoding="utf-8")
    rows = [
        row
        for row in csv.DictReader(io.StringIO(table))
        if row["counter"] == "smm" and row["value"] != "0"
    ]
    assert len(rows) > 15
    zones = {
        "ua-donetsk-region": ["donetsk", "petrivske"],
        "ua-luhansk-region": ["luhansk", "stanytsia-luhanska", "zolote"],
    }
    for row in rows:
        for zone in zones.get(row["area"], []):
            # From evening to evening: what was counted may have been on either day.
            for day in {row["from"][:10], row["to"][:10]}:
                found = days(FIRE, zone)[day]["standing"]
                assert found in {"violations_recorded", "recorded_not_assessable"}, (zone, day)


def test_rates_are_given_where_the_area_was_watched_and_nowhere_else() -> None:
    assert "per hour (95 % interval 0 to 0.007)" in compliance(FIRE, "stanytsia-luhanska")["rate"]
    assert "too little for a rate" in compliance(FIRE, "donetsk")["rate"]


def test_a_restriction_is_booked_to_who_caused_it() -> None:
    free = days("minsk-2014-2016/3", "donetsk")
    assert {r["by"] for r in free["2020-08-28"]["restrictions"]} == {"AF"}
    assert {r["by"] for r in free["2020-08-05"]["restrictions"]} == {"unknown"}
    assert free["2020-08-28"]["standing"] == "recorded_not_assessable"
    assert free["2020-08-20"]["restrictions"] == []
    assert "armed formations" in compliance("minsk-2014-2016/3", "donetsk")["basis"]


def test_the_report_says_of_each_restriction_who_did_it_in_the_clock_of_the_mission() -> None:
    told = [r["sentence"] for r in ran()["report.json"]["coverage"]["restrictions"]]
    assert len(told) == 8
    theirs = [line for line in told if "by armed formations of certain areas" in line]
    assert len(theirs) == 1
    assert theirs[0].startswith("Olenivka, patrol: class unstated, by armed formations")
    assert "27 Aug 2020, 19:30 UTC+3 to 28 Aug 2020, 19:30 UTC+3, nothing left" in theirs[0]
    assert sum("author unknown" in line for line in told) == 7
    assert all(f"<bdi>{line}</bdi>" in ran()["page"] for line in told)


def test_two_counters_stand_side_by_side_with_why_they_differ() -> None:
    beside = ran()["report.json"]["daily"]["reconciled"]
    (found,) = [
        line for line in beside
        if "111 against Joint Forces Operation of Ukraine 3" in line
    ]  # fmt: skip
    for reason in (
        "not comparable",
        "the rules differ",
        "the areas differ: Donetsk region; everywhere",
        "the periods differ",
    ):
        assert reason in found


def test_weapons_of_which_nobody_says_the_kind_are_held_against_no_line() -> None:
    found = [
        j for j in ran()["judgements.json"]
        if j["judgement"] == "classification" and j["provision"] == "minsk-2014-2016/2"
    ]  # fmt: skip
    states = Counter(j["classification"] for j in found)
    assert states["not_assessable"] == 2
    assert set(states) == {"not_assessable", "outside_scope"}
    weapons = [j for j in found if j["classification"] == "not_assessable"]
    assert {j["reasons"][0] for j in weapons} == {weapons[0]["reasons"][0]}
    assert weapons[0]["reasons"][0].startswith(
        "the kind, the calibre or the place is too uncertain"
    )


def test_people_in_an_area_are_no_forces_by_themselves() -> None:
    area = days("minsk-2014-2016/D", "petrivske")
    assert "violations_recorded" not in {j["standing"] for j in area.values()}
    assert area["2020-08-07"]["standing"] == "recorded_not_assessable"


def test_the_summary_names_the_zone() -> None:
    assert "minsk-2014-2016/3 in donetsk: recorded, not assessable" in ran()["summary"]
