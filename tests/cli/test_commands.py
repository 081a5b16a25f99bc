"""The command line as a new user meets it: exit statuses, clear words, nothing lost."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import pty
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import truceline as truceline_package
from tests.builders import row, table
from tests.missions.test_karabakh import AS_OF, Run, run
from truceline.evaluate.scoring import baseline
from truceline.store.method import STAGES, method_files

if TYPE_CHECKING:
    from tests.conftest import Command


def add(tmp_path: Path, content: bytes, name: str = "more.csv") -> str:
    """Write a file of coded claims to add."""
    file = tmp_path / name
    file.write_bytes(content)
    return f"coded_claims:{file}"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02", "binary"),
        (b"claim_id,url\n1,2\n", "the column 'pub_date' is missing"),
        (table([row("Z1", pub_date="soon")]), "'soon' is not a publication date"),
        (table([row("Z1", pub_date="2020-10-12T08:00")]), "has no zone"),
        (
            table([row("Z1", accused="AZ", origin="AM MoD", origin_side="AM", act="picnic")]),
            "picnic",
        ),
    ],
)
def test_bad_evidence_is_told_and_the_rest_goes_on(
    truceline: Command, mission_folder: Path, tmp_path: Path, content: bytes, said: str
) -> None:
    out = tmp_path / "out"
    result = truceline(
        "run", mission_folder, "--as-of", AS_OF, "--out", out, "--add", add(tmp_path, content)
    )
    assert result.exit_code == 1
    problems = json.loads((out / "problems.json").read_text(encoding="utf-8"))
    told = [p for p in problems if p["file"] == "more.csv"]
    assert any(said in p["message"] for p in told)
    assert all(p["advice"] for p in told)
    assert said in result.stderr
    assert len(Run(out).claims) >= 97


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--as-of", "yesterday"], "no cut-off"),
        (["--as-of", "2020-10-18T00:00"], "time with its zone"),
        (["--add", "coded_claims"], "READER:FILE"),
        (["--add", "coded_claims:nowhere.csv"], "no file nowhere.csv"),
        (["--add", "telex:pyproject.toml"], "no reader is called 'telex'"),
    ],
)
def test_wrong_words_end_with_2(
    truceline: Command, mission_folder: Path, tmp_path: Path, words: list[str], said: str
) -> None:
    result = truceline("run", mission_folder, "--out", tmp_path / "out", *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "What to do" in result.stderr


def test_added_evidence_leaves_the_ledger_alone(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    first = run(truceline, mission_folder, tmp_path / "a").load("run.json")["ledger"]["size"]
    extra = add(tmp_path, table([row("Z1", origin="AM MoD", origin_side="AM", accused="AZ",
                                     places="Hadrut")]))  # fmt: skip
    second = run(truceline, mission_folder, tmp_path / "b", "--add", extra)
    assert second.load("run.json")["ledger"]["size"] == first
    assert "Z1" in second.claims


def test_json_goes_to_stdout_and_people_to_stderr(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    result = truceline("run", mission_folder, "--as-of", AS_OF, "--out", tmp_path / "o", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == Run(tmp_path / "o").load("report.json")


def test_what_may_leave_the_mission_is_written_apart(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    draft = truceline("run", mission_folder, "--as-of", AS_OF, "--out", tmp_path / "draft")
    assert "Awaiting two people: 1 confirmation and 1 name of a party" in " ".join(
        draft.stdout.split()
    )
    out = truceline(
        "run", mission_folder, "--as-of", AS_OF, "--out", tmp_path / "out", "--released"
    )
    assert "May leave the mission" in out.stdout
    findings = json.loads((tmp_path / "out" / "findings.json").read_text(encoding="utf-8"))
    assert findings
    for finding in findings:
        assert finding["occurrence"] != "confirmed"
        assert finding["attribution"]["party"] is None


def test_a_reason_that_names_a_side_is_refused(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    said = ("decide", mission_folder, "KC061", "--verdict", "confirmed", "--by", "Ada Ax")
    refused = truceline(*said, "--reason", "Azerbaijani rockets hit it")
    assert refused.exit_code == 2
    assert "names a side (AZ)" in refused.stderr
    assert "--attribution" in refused.stderr
    assert truceline(*said, "--reason", "rockets hit it", "--names", "XX").exit_code == 2
    made = truceline(*said, "--reason", "rockets hit it", "--attribution", "Azerbaijan said so",
                     "--names", "AZ", "--json")  # fmt: skip
    assert made.exit_code == 0
    assert json.loads(made.stdout)["names"] == "AZ"
    del tmp_path


def test_the_summary_says_what_a_duty_officer_needs(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    result = truceline("run", mission_folder, "--as-of", AS_OF, "--out", tmp_path / "out")
    for word in (
        "as of",
        "publi",
        "not observed",
        "contested",
        "not in the mandate",
        "no due date",
    ):
        assert word in result.stdout.casefold().replace("_", " "), word


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("agreements/moscow-2020-10-10.yaml", "cessation_of_fire", "cesation_of_fire",
         "cessation_of_fire"),
        ("gazetteer.csv", None, None, "'400' found, a number from -90 to 90"),
    ],
)  # fmt: skip
def test_check_lists_problems_with_the_nearest_word(
    truceline: Command, mission_folder: Path, file: str, old: str | None, new: str | None, said: str
) -> None:
    path = mission_folder / file
    text = path.read_text(encoding="utf-8")
    if old and new:
        path.write_text(text.replace(old, new), encoding="utf-8")
    else:
        head, first, *rest = text.splitlines()
        cells = first.split(",")
        column = head.split(",").index("lat")
        broken = ",".join([*cells[:column], "400", *cells[column + 1 :]])
        path.write_text("\n".join([head, broken, *rest]), encoding="utf-8")
    result = truceline("check", mission_folder)
    assert result.exit_code == 1
    assert said in result.stderr
    assert file in result.stderr


def test_check_of_the_demonstration_is_clean(truceline: Command, mission_folder: Path) -> None:
    result = truceline("check", mission_folder, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["problems"] == []


def test_check_asks_whose_acts_name_tells_who_acted(
    truceline: Command, mission_folder: Path
) -> None:
    config = mission_folder / "mission.yaml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("means: []\n", ""), encoding="utf-8"
    )
    result = truceline("check", mission_folder)
    assert result.exit_code == 0
    assert "only one side has the means for" in result.stderr


def test_verify_passes_and_one_flipped_byte_ends_with_3(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    run(truceline, mission_folder, tmp_path / "out")
    assert truceline("verify", mission_folder).exit_code == 0
    database = mission_folder / ".truceline" / "ledger.db"
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (body,) = connection.execute("SELECT body FROM event WHERE seq = 5").fetchone()
    content = bytearray(database.read_bytes())
    place = content.find(body)
    content[place + len(body) // 2] ^= 1
    database.write_bytes(bytes(content))
    result = truceline("verify", mission_folder)
    assert result.exit_code == 3
    assert "first broken entry: 5" in result.stderr


def decide(
    truceline: Command, mission: Path, subject: str, by: str, verdict: str = "refuted"
) -> int:
    """Decide and give the exit status."""
    words = ("--verdict", verdict, "--by", by, "--reason", "patrol saw no crater")
    return truceline("decide", mission, subject, *words).exit_code


def test_two_people_decide_and_the_next_run_shows_it(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    first = run(truceline, mission_folder, tmp_path / "first")
    incident = first.incident("KC076")["id"]
    assert decide(truceline, mission_folder, incident, "Ada") == 0
    assert decide(truceline, mission_folder, incident, "ada ") == 1
    assert decide(truceline, mission_folder, incident, "Ben") == 0
    again = run(truceline, mission_folder, tmp_path / "again")
    assert again.finding("KC076")["occurrence"] == "refuted"
    assert "Ben" in (again.out / "report.html").read_text(encoding="utf-8")
    assert truceline("verify", mission_folder).exit_code == 0


def test_a_subject_nobody_knows_is_refused(truceline: Command, mission_folder: Path) -> None:
    assert decide(truceline, mission_folder, "inc-nothing", "Ada") == 2
    assert decide(truceline, mission_folder, "KC001", "Ada", "perhaps") == 2


def test_claims_can_be_named_by_the_coders_ids(truceline: Command, mission_folder: Path) -> None:
    assert decide(truceline, mission_folder, "KC027,KC030", "Ada", "different_events") == 0
    assert decide(truceline, mission_folder, "KC027", "Ada", "different_events") == 2


def test_score_counts_and_half_the_baselines_error(
    truceline: Command, mission_folder: Path
) -> None:
    result = truceline("score", "linking", mission_folder, "--seeds", "50", "--json")
    assert result.exit_code == 0, result.output
    card = json.loads(result.stdout)
    ours = card["clean"][0]
    assert ours["pairwise"]["f"] >= 0.95
    assert ours["b_cubed"]["f"] >= 0.95
    assert ours["lifting"]["right"] == ours["lifting"]["of"] > 10
    assert [r["data"] for r in card["rough"]] == [
        "a fifth missing",
        "and no text",
        "half the gazetteer",
    ]
    assert all(r["lifting"]["right"] == r["lifting"]["of"] > 100 for r in card["rough"])
    assert card["below"] == []
    rough = card["rough"][0]
    assert rough["seeds"] == 50
    assert rough["ours_items"] <= rough["baseline_items"] / 2
    assert rough["ours_pairs"] <= rough["baseline_pairs"] / 2
    mirrors = card["mirrors"]
    assert (mirrors["found"], mirrors["listed"], mirrors["labelled"]) == (0, 2, 2)
    assert (mirrors["engagements"], mirrors["unlabelled"]) == (0, 0)
    plain = truceline("score", "linking", mission_folder, "--seeds", "1")
    assert "0 of 2 labelled pairs found, 2 more among" in plain.stdout
    assert "0 engagements, 0 of them wrong" in plain.stdout


def test_score_prints_every_mission_and_ends_with_1_where_group_by_does_better(
    truceline: Command, mission_folder: Path
) -> None:
    words = ("score", "linking", mission_folder, mission_folder, "--seeds", "1")
    two = truceline(*words)
    assert two.exit_code == 0
    assert two.stdout.count("karabakh-2020\n") == 2
    assert [card["mission"] for card in json.loads(truceline(*words, "--json").stdout)] == [
        "karabakh-2020"
    ] * 2
    # Labels that are what GROUP BY gives: nobody can do better, and we do worse.
    table = mission_folder / "evidence" / "claims.csv"
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8"))))
    groups = baseline([r for r in rows if r["pub_date"]])
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        r | {"incident_id": str(groups.get(r["claim_id"], "")).replace(";", ",")} for r in rows
    )
    table.write_text(out.getvalue(), "utf-8")
    worse = truceline("score", "linking", mission_folder, "--seeds", "1")
    assert worse.exit_code == 1
    assert "GROUP BY does better on clean" in worse.stdout


def test_a_second_run_records_nothing_new(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    first = run(truceline, mission_folder, tmp_path / "a").load("run.json")["ledger"]
    second = run(truceline, mission_folder, tmp_path / "b").load("run.json")["ledger"]
    assert (first["size"], first["root"]) == (second["size"], second["root"])
    assert first["received"] == second["received"]


def test_evidence_taken_out_of_the_files_is_told(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    run(truceline, mission_folder, tmp_path / "a")
    file = mission_folder / "evidence" / "claims.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join([*lines[:10], *lines[11:]]), encoding="utf-8")
    less = run(truceline, mission_folder, tmp_path / "b")
    assert any("evidence files: 1;" in p["message"] for p in less.load("problems.json"))
    assert truceline("verify", mission_folder).exit_code == 0


def test_verify_without_a_ledger_says_what_to_do(truceline: Command, tmp_path: Path) -> None:
    result = truceline("verify", tmp_path)
    assert result.exit_code == 1
    assert "truceline run" in result.stderr


def test_a_full_disk_leaves_the_old_report_whole(
    truceline: Command, mission_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = run(truceline, mission_folder, tmp_path / "out").bytes
    real = Path.open

    def full(self: Path, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if "w" in mode or "x" in mode:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(self, mode, *args, **kwargs)

    monkeypatch.setattr(Path, "open", full)
    result = truceline("run", mission_folder, "--as-of", "2020-10-15", "--out", tmp_path / "out")
    monkeypatch.undo()
    assert result.exit_code == 1
    assert "No space left on device" in result.stderr
    assert "free some space" in result.stderr
    assert Run(tmp_path / "out").bytes == before


def test_check_knows_the_readers(truceline: Command, mission_folder: Path) -> None:
    file = mission_folder / "mission.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("coded_claims", "telex"), encoding="utf-8")
    result = truceline("check", mission_folder)
    assert result.exit_code == 1
    assert "no reader is called 'telex'" in result.stderr


def test_a_run_without_a_cut_off_ends_with_the_last_day_it_counts(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    rows = [row("A", origin="AM MoD", origin_side="AM", accused="AZ", places="Hadrut"),
            row("B", origin="AZ MoD", origin_side="AZ", accused="AM", places="Ganja",
                pub_date="2020-10-14T23:30+04:00")]  # fmt: skip
    text = (mission_folder / "mission.yaml").read_text(encoding="utf-8")
    empty = re.sub(r"(?ms)^evidence:.*?(?=^\S|\Z)", "evidence: []\n", text)
    (mission_folder / "mission.yaml").write_text(empty, encoding="utf-8")
    out = tmp_path / "out"
    truceline("run", mission_folder, "--out", out, "--add", add(tmp_path, table(rows)))
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert report["header"]["as_of"] == "2020-10-14T20:00:00Z"
    assert "end of 2020-10-14, the last day counted" in report["header"]["as_of_text"]
    assert report["daily"]["days"][-1]["day"] == "2020-10-14"


def test_standard_input_is_read_where_a_file_may_stand(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    text = "The Armenian defence ministry said Azerbaijan shelled Hadrut on 10 October 2020."
    read = truceline("read", "-", "--pack", "karabakh", "--json", given=text)
    assert [json.loads(line)["actors"] for line in read.stdout.splitlines()] == [["AZ"]]
    rows = table([row("Z1", origin="AM MoD", origin_side="AM", accused="AZ", places="Hadrut")])
    out = tmp_path / "out"
    run_ = truceline("run", mission_folder, "--as-of", AS_OF, "--out", out,
                     "--add", "coded_claims:-", given=rows.decode())  # fmt: skip
    assert run_.exit_code == 0, run_.output
    assert "Z1" in Run(out).claims


def test_progress_is_for_terminals_and_results_are_for_everybody(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    result = truceline("run", mission_folder, "--as-of", AS_OF, "--out", tmp_path / "out")
    assert "collect and record ..." not in result.stderr
    assert "written: report.html" in result.stderr
    terminal, end = pty.openpty()
    words = ["read", mission_folder / "evidence" / "texts", "--pack", "karabakh"]
    command = [sys.executable, "-m", "truceline", *map(str, words)]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=end, check=False)
    os.close(end)
    assert b"1 of 3: 2020-10-10-first-hours.txt" in os.read(terminal, 65536)
    os.close(terminal)


def test_help_groups_commands_by_task_and_says_what_profiles_know(truceline: Command) -> None:
    text = truceline("--help").stdout
    tasks = [text.index(f"{task}:") for task in ("Every day", "Set up", "Check", "Method")]
    assert tasks == sorted(tasks)
    profile = " ".join(truceline("read", "--help").stdout.split())
    for words in ("news: articles", "party_statement: the same", "monitor_report: the English",
                  "form: English incident forms"):  # fmt: skip
        assert words in profile


def test_the_method_covers_every_file_of_the_stages() -> None:
    root = Path(truceline_package.__file__).parent
    known = set(method_files())
    for stage in STAGES:
        for path in (root / stage).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert path.relative_to(root).as_posix() in known


def test_coverage_in_the_mission_file_is_asked_to_become_a_table(
    truceline: Command, mission_folder: Path
) -> None:
    path = mission_folder / "mission.yaml"
    watch = (
        'coverage:\n  - {area: everywhere, channel: patrol, from: "2020-10-10 00:00", '
        'to: "2020-10-11 00:00", effective_fraction: 1.0, reason: out}\n'
    )
    path.write_text(path.read_text(encoding="utf-8") + watch, encoding="utf-8")
    result = truceline("check", mission_folder)
    assert "write it as a table for the reader `coverage`" in result.output
