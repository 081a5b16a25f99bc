"""`truceline mission new`: the how-to runs as it is written, answers may be given one by one, and nothing is overwritten."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import REPO
from truceline.terms.tree import parse

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Command

PAGE = (REPO / "docs" / "howto" / "new-mission.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"<!-- (?P<what>[\w-]+)(?:: (?P<name>\S+))? -->\n```\w+\n(?P<body>.*?)```", re.DOTALL
)


def put(folder: Path, name: str, old: str, new: str) -> None:
    """Write something into a drafted file in the place of what stands there."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add_rows(path: Path, body: str) -> None:
    """Add rows that the page shows by column to a table."""
    header = next(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header, lineterminator="\n")
    root, problems = parse(body.encode(), path.name)
    assert problems == ()
    assert root is not None
    for row in root.plain if isinstance(root.plain, list) else ():
        writer.writerow({key: str(value) for key, value in row.items()})
    path.write_text(path.read_text(encoding="utf-8") + out.getvalue(), encoding="utf-8")


def follow(truceline: Command, folder: Path) -> None:
    """Do what the page says, block by block, and compare what it prints."""
    printed = ""
    for block in BLOCK.finditer(PAGE):
        what, name, body = block["what"], block["name"], block["body"]
        if what == "run":
            done = truceline(*body.split()[1:])
            assert done.exit_code == 0, done.output
            printed = done.stdout + done.stderr
        elif what == "prints":
            assert set(body.splitlines()) <= set(printed.splitlines())
        else:
            write(folder / name, what, body)


def write(path: Path, what: str, body: str) -> None:
    """Write a block of the page into a file, in the way that its mark says."""
    match what:
        case "file":
            path.write_text(body, encoding="utf-8")
        case "change":
            put(path.parent, path.name, "    acts: undefined\n    areas: undefined\n", body)
        case "zones" | "sources":
            put(path.parent, path.name, f"{what}: []\n", body)
        case "append":
            path.write_text(path.read_text(encoding="utf-8") + body, encoding="utf-8")
        case "rows":
            add_rows(path, body)
        case _:
            pytest.fail(f"a block that nothing runs: {what}")


def test_the_how_to_runs_as_it_is_written(
    truceline: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    follow(truceline, tmp_path)
    judgements = json.loads((tmp_path / "report" / "judgements.json").read_text(encoding="utf-8"))
    days = {
        j["day"]: j["standing"]
        for j in judgements
        if j["judgement"] == "standing" and j["zone"] == "valley"
    }
    assert days["2021-03-02"] == "violations_recorded"
    assert days["2021-03-01"] == "observed_none_recorded"
    assert days["2021-03-05"] == "not_observed"
    district = next(
        j for j in judgements if j["judgement"] == "obligation" and j["provision"].endswith("/4")
    )
    assert district["state"] == "fulfilled"
    problems = json.loads((tmp_path / "report" / "problems.json").read_text(encoding="utf-8"))
    assert any("nobody has made yet" in p["message"] for p in problems)


def answers(folder: Path) -> Path:
    """Write the page's text and answers."""
    for block in BLOCK.finditer(PAGE):
        if block["what"] == "file":
            (folder / block["name"]).write_text(block["body"], encoding="utf-8")
    return folder / "answers.yaml"


def test_what_is_asked_one_by_one_makes_the_same_draft(truceline: Command, tmp_path: Path) -> None:
    given = answers(tmp_path)
    assert truceline("mission", "new", tmp_path / "a" / "river", "--from", given).exit_code == 0
    said = [
        "Truce on the river", "+04:00", "AA=Aland; BB=Beland", "truce-2021-03-01", "Truce on the river of 1 March 2021",
        str(tmp_path / "truce.txt"), "en", "https://aa.example/truce", "2021-02-27", "both foreign ministers", "", "",
        "river; River valley; 40.0; 46.0; 60", "patrol; camera", "Watch the truce on the river.",
        "withheld_unless_acknowledged", "corroborated",
    ]  # fmt: skip
    asked = truceline("mission", "new", tmp_path / "b" / "river", given="\n".join(said) + "\n")
    assert asked.exit_code == 0, asked.output
    one, other = (
        {
            p.relative_to(tmp_path / side): p.read_bytes()
            for p in sorted((tmp_path / side).rglob("*"))
            if p.is_file()
        }
        for side in "ab"
    )
    assert one == other


def test_forces_and_gaps_may_be_left_for_later(truceline: Command, tmp_path: Path) -> None:
    answers(tmp_path)
    said = [
        "R",
        "Asia/Baku",
        "AA=Aland; BB",
        "t",
        "T",
        str(tmp_path / "truce.txt"),
        "",
        "x",
        "",
        "",
        "CC=Rebels",
        "",
        "",
        "",
        "",
        "",
        "",
    ]
    asked = truceline("mission", "new", tmp_path / "river", given="\n".join(said) + "\n")
    assert asked.exit_code == 0, asked.output
    checked = truceline("check", tmp_path / "river")
    assert checked.exit_code == 0
    for what in ("mandate.text", "channels", "announced", "the area"):
        assert f"not chosen yet: {what}" in checked.stderr
    assert "Whether the text binds CC is not said." in (
        tmp_path / "river" / "agreements" / "t.yaml"
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('zone: "+04:00"', "zone: local"), "answers.yaml, row 2, field zone"),
        (("text: truce.txt", "text: nothing.txt"), "it is not there"),
        (("language: en", "tongue: en"), "unknown key 'tongue'"),
    ],
)  # fmt: skip
def test_bad_answers_write_nothing(
    truceline: Command, tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    given = answers(tmp_path)
    put(tmp_path, "answers.yaml", *change)
    done = truceline("mission", "new", tmp_path / "river", "--from", given)
    assert done.exit_code != 0
    assert told in done.stderr
    assert not (tmp_path / "river").exists()


def test_nothing_is_overwritten_and_a_name_is_an_id(truceline: Command, tmp_path: Path) -> None:
    given = answers(tmp_path)
    (tmp_path / "there").mkdir()
    assert (
        "is there already"
        in truceline("mission", "new", tmp_path / "there", "--from", given).stderr
    )
    assert (
        "is no name for a mission"
        in truceline("mission", "new", tmp_path / "a b", "--from", given).stderr
    )
    (tmp_path / "truce.txt").write_text(" \n", encoding="utf-8")
    assert "holds no words" in truceline("mission", "new", tmp_path / "new", "--from", given).stderr
    (tmp_path / "truce.txt").write_bytes(b"\xff\xfe")
    assert (
        "no text in UTF-8" in truceline("mission", "new", tmp_path / "new", "--from", given).stderr
    )
