"""Whatever a row, a name or a server holds, no control sign reaches the terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.builders import row, table
from tests.cli.test_hostile_files import only_evidence
from tests.missions.test_karabakh import AS_OF

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Command

EVIL = "A1\x1b[2J\x1b]0;owned\x07\r\x9b31m\u202eX"
STEERING = [*map(chr, range(9)), "\x0b", "\x0c", "\r", *map(chr, range(0x0E, 0x20)),
            *map(chr, range(0x7F, 0xA0)), "\u202e", "\u2066"]  # fmt: skip


def clean(text: str) -> None:
    """Check that nothing in a text can steer a terminal."""
    assert not [c for c in STEERING if c in text]


@pytest.fixture
def mission(mission_folder: Path) -> Path:
    """Give a mission whose rows bear control signs in every column that may hold any."""
    rows = [
        row(EVIL, origin=f"AM MoD {EVIL}", origin_side="AM", accused="AZ", places=f"Hadrut;{EVIL}",
            paraphrase=EVIL, outlet=EVIL, act=EVIL),
        row(EVIL, origin="AM MoD", origin_side="AM", accused="AZ", pub_date=f"2020{EVIL}"),
        row(EVIL, origin="AM MoD", origin_side="AM", accused="AZ", places="Hadrut", lang="xx\nerror: forged"),
    ]  # fmt: skip
    only_evidence(mission_folder, table(rows))
    return mission_folder


def test_rows_names_and_words_of_the_call(
    truceline: Command, mission: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    for words in (
        ["run", mission, "--as-of", AS_OF, "--out", out],
        ["run", mission, "--as-of", AS_OF, "--out", out, "--json"],
        ["run", mission, "--as-of", EVIL, "--out", out],
        ["run", mission, f"--{EVIL}"],
        ["run", mission, "--out", out, "--add", f"{EVIL}:{mission / 'mission.yaml'}"],
        ["run", tmp_path / EVIL.replace("/", ""), "--out", out],
        [EVIL],
        ["check", mission], ["check", mission, "--json"], ["verify", mission],
        ["verify", mission, "--root", EVIL],
        ["decide", mission, EVIL, "--verdict", "refuted", "--by", EVIL, "--reason", EVIL],
        ["decide", mission, EVIL, "--verdict", EVIL, "--by", "Ada", "--reason", EVIL],
        ["decide", mission, EVIL, "--verdict", "refuted", "--by", "Ada", "--reason", EVIL, "--json"],
        ["pack", "check", EVIL], ["ledger", "new", mission, "--because", EVIL],
        ["read", mission / "mission.yaml", "--pack", EVIL],
    ):  # fmt: skip
        result = truceline(*words)
        clean(result.stdout)
        clean(result.stderr)


def test_json_says_the_same_without_steering(
    truceline: Command, mission: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    result = truceline("run", mission, "--as-of", AS_OF, "--out", out, "--json")
    assert json.loads(result.stdout) == json.loads((out / "report.json").read_text("utf-8"))


def test_a_line_of_a_problem_cannot_be_forged(
    truceline: Command, mission: Path, tmp_path: Path
) -> None:
    only = row("A\nerror: forged.csv: all is lost", origin="AM MoD", origin_side="AM", accused="AZ",
               places="nowhere\nerror: forged.csv: all is lost", pub_date="")  # fmt: skip
    only_evidence(mission, table([only]))
    result = truceline("run", mission, "--as-of", AS_OF, "--out", tmp_path / "out")
    assert not [line for line in result.stderr.splitlines() if line.startswith("error: forged")]


def test_texts_are_listed_without_steering(truceline: Command, tmp_path: Path) -> None:
    text = tmp_path / f"a{EVIL.replace('/', '')}.txt"
    text.write_text(
        f"---\npublished: 2020-10-11\noutlet: {EVIL}\nno{EVIL}: x\n---\n"
        f"The Armenian defence ministry said Azerbaijan shelled Hadrut {EVIL} on 10 October.\n",
        encoding="utf-8",
    )
    for words in (["read", text, "--pack", "karabakh"], ["read", tmp_path, "--pack", "karabakh"],
                  ["read", text, "--pack", "karabakh", "--json"]):  # fmt: skip
        result = truceline(*words)
        clean(result.stdout)
        clean(result.stderr)
