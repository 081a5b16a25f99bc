"""`truceline diff`: what came, went and changed between two runs, by names that last."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.builders import row, table
from tests.missions.test_karabakh import run
from truceline.store.kept import read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Command


def test_a_run_does_not_differ_from_itself(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    one = run(truceline, mission_folder, tmp_path / "one")
    other = run(truceline, mission_folder, tmp_path / "other")
    result = truceline("diff", one.out, other.out)
    assert (result.exit_code, result.stdout) == (0, "nothing differs\n")


def test_what_came_since_is_told_with_why(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    one = run(truceline, mission_folder, tmp_path / "one", as_of="2020-10-14")
    other = run(truceline, mission_folder, tmp_path / "other", as_of="2020-10-16")
    result = truceline("diff", one.out, other.out, "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    by_kind: dict[str, list[dict[str, str]]] = {}
    for difference in found["differences"]:
        by_kind.setdefault(difference["kind"], []).append(difference)
    assert {"run", "incident", "standing"} <= by_kind.keys()
    before = {m["external_id"] for i in one.incidents for m in i["members"]}
    for difference in by_kind["incident"]:
        if difference["was"] is None:
            assert not before & set(difference["name"].split(" and ")[0].split("+"))
    new_days = {d["name"].split()[-1] for d in by_kind["standing"] if d["was"] is None}
    assert new_days == {"2020-10-14", "2020-10-15"}
    assert {d["now"] for d in by_kind["rate"]} == {"not_comparable"}
    back = json.loads(truceline("diff", other.out, one.out, "--json").stdout)
    gone = [d for d in back["differences"] if d["kind"] == "incident" and d["now"] is None]
    new = [d for d in by_kind["incident"] if d["was"] is None]
    assert {d["name"] for d in gone} == {d["name"] for d in new}


def test_a_row_more_joins_an_incident_and_what_it_lifts_is_told(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    one = run(truceline, mission_folder, tmp_path / "one", as_of="2020-10-14")
    looked = row(
        "N1", origin="ICRC", origin_side="ICRC", kind="verification", act="missile_strike", accused="",
        t_from_local="2020-10-11 02:00", time_precision="about", places="Ganja", basis="inspected",
        access="own", pub_date="2020-10-13",
    )  # fmt: skip
    more = tmp_path / "more.csv"
    more.write_bytes(table([looked]))
    other = run(
        truceline,
        mission_folder,
        tmp_path / "other",
        "--add",
        f"coded_claims:{more}",
        as_of="2020-10-14",
    )
    result = truceline("diff", one.out, other.out)
    assert result.exit_code == 1
    assert "joined: N1" in result.stdout or "new incident N1" in result.stdout
    assert "items digest:" in result.stdout


def test_runs_that_cannot_be_compared_are_refused(
    truceline: Command, mission_folder: Path, lebanon_folder: Path, tmp_path: Path
) -> None:
    one = run(truceline, mission_folder, tmp_path / "one")
    other = run(truceline, lebanon_folder, tmp_path / "other", as_of="2024-12-20")
    for result, said in (
        (
            truceline("diff", one.out, other.out),
            "runs of two missions: karabakh-2020 and lebanon-2024",
        ),
        (truceline("diff", one.out, tmp_path), "holds no run: report.json"),
    ):
        assert result.exit_code == 2
        assert said in result.stderr
    older = [
        {k: v for k, v in j.items() if k != "recorded"}
        for j in json.loads((one.out / "judgements.json").read_text(encoding="utf-8"))
    ]
    (one.out / "judgements.json").write_text(json.dumps(older), encoding="utf-8")
    result = truceline("diff", one.out, one.out)
    assert result.exit_code == 2
    assert "holds a run of another form: 'recorded' is missing" in result.stderr
    (other.out / "findings.json").write_text("{", encoding="utf-8")
    assert "it is no JSON" in truceline("diff", other.out, other.out).stderr


def test_new_days_are_compared_where_both_were_watched_alike(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    table_ = mission_folder / "evidence" / "coverage.csv"
    rows = [
        f"W{d},everywhere,patrol,2020-10-{d:02} 00:00,2020-10-{d + 1:02} 00:00,both,1,none,2020-10-{d + 1:02},own,"
        for d in range(1, 20)
    ]
    columns = "record_id,area,channel,from,to,light,effective_fraction,lost_to,reported,source,note"
    table_.write_text("\n".join([columns, *rows, ""]), encoding="utf-8")
    path = mission_folder / "mission.yaml"
    more = "  - reader: coverage\n    file: evidence/coverage.csv\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    one = run(truceline, mission_folder, tmp_path / "one", as_of="2020-10-14")
    other = run(truceline, mission_folder, tmp_path / "other", as_of="2020-10-18")
    found = json.loads(truceline("diff", one.out, other.out, "--json").stdout)["differences"]
    (rate,) = [d for d in found if d["kind"] == "rate"]
    assert rate["now"] == "too_few_to_tell"
    assert "4 new days against 4: too few to tell a change (n = " in rate["sentence"]
    assert "in 96.0 monitored hours" in rate["sentence"]


def test_snapshots_are_compared_as_the_folders_are(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    """Runs of earlier days stay with the mission: what changed since can be asked without their folders."""
    for day in ("2020-10-12", "2020-10-15"):
        truceline("run", mission_folder, "--as-of", day, "--out", tmp_path / day)
    kept = {
        read(file).as_of_text[:10]: file
        for file in (mission_folder / ".truceline" / "snapshots").iterdir()
    }
    one, other = kept["2020-10-12"], kept["2020-10-15"]
    from_files = truceline("diff", tmp_path / "2020-10-12", tmp_path / "2020-10-15", "--json")
    from_snapshots = truceline("diff", one, other, "--json")
    assert from_files.exit_code == from_snapshots.exit_code == 1
    assert from_snapshots.stdout == from_files.stdout
    assert truceline("diff", one, tmp_path / "2020-10-12").exit_code == 0
    one.write_bytes(one.read_bytes()[:9000])
    spoilt = truceline("diff", one, other)
    assert spoilt.exit_code == 1
    assert "snapshot" in spoilt.stderr
