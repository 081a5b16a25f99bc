"""Missions received from somebody who means harm: nothing leaks in, nothing vanishes, nothing hangs."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.builders import row, table
from tests.missions.test_karabakh import AS_OF
from truceline.record.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Command

SECRET = b"root:x:0:0 the secret of this machine\n"


def only_evidence(folder: Path, content: bytes | None) -> None:
    """Make one table the only evidence of a mission; without content it is named, and not there."""
    text = (folder / "mission.yaml").read_text(encoding="utf-8")
    head, _, rest = text.partition("evidence:")
    tail = rest.split("\n\n", 1)[1] if "\n\n" in rest else ""
    listed = "evidence:\n  - {reader: coded_claims, file: evidence/x.csv}\n\n"
    (folder / "mission.yaml").write_text(head + listed + tail, encoding="utf-8")
    if content is not None:
        (folder / "evidence" / "x.csv").write_bytes(content)


@pytest.fixture
def hostile(mission_folder: Path) -> Path:
    """Give a mission whose only evidence is a file that each test makes."""
    only_evidence(mission_folder, None)
    (mission_folder.parent / "secret").write_bytes(SECRET)
    return mission_folder


def recorded(folder: Path) -> list[bytes]:
    """Give every original in a mission's ledger."""
    if not (folder / ".truceline" / "ledger.db").exists():
        return []
    with Ledger.read(folder) as ledger:
        names = [e.record["original"] for e in ledger.entries() if e.record.get("original")]
        return [ledger.original(str(name)) for name in names]


def _link(path: Path) -> None:
    path.symlink_to(path.parents[2] / "secret")


def _folder_link(path: Path) -> None:
    (path.parents[2] / "x.csv").write_bytes(SECRET)
    path.parent.rename(path.parents[1] / "moved")
    path.parent.symlink_to(path.parents[2])


def _environment(path: Path) -> None:
    path.symlink_to("/proc/self/environ")


def _device(path: Path) -> None:
    path.symlink_to("/dev/tty")


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(20_000_000_000)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_link, "leads out of the folder"),
        (_folder_link, "leads out of the folder"),
        (_environment, "leads out of the folder"),
        (_device, "leads out of the folder"),
        (os.mkfifo, "a pipe, not a regular file"),
        (os.mkdir, "a folder, not a regular file"),
        (_sparse, "it holds 20,000,000,000 bytes"),
    ],
)
def test_evidence_that_is_no_file_of_the_mission_is_refused_by_check_and_run(
    truceline: Command, hostile: Path, tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    make(hostile / "evidence" / "x.csv")
    checked = truceline("check", hostile)
    assert checked.exit_code == 1
    assert said in checked.stderr
    result = truceline("run", hostile, "--as-of", AS_OF, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert said in result.stderr + result.stdout
    assert not any(SECRET in content for content in recorded(hostile))
    assert SECRET.decode().strip() not in result.output


@pytest.mark.parametrize(
    "name", ["mission.yaml", "gazetteer.csv", "texts.csv", "agreements/new.yaml", "agreements"]
)
def test_every_file_of_a_mission_must_lie_in_it(
    truceline: Command, mission_folder: Path, tmp_path: Path, name: str
) -> None:
    target = mission_folder / name
    elsewhere = tmp_path / "elsewhere"
    if target.exists():
        target.rename(elsewhere)
    else:
        elsewhere.write_bytes(SECRET)
    target.symlink_to(elsewhere)
    result = truceline("run", mission_folder, "--as-of", AS_OF, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "leads out of the folder" in result.stderr
    assert recorded(mission_folder) == []


def test_zones_that_are_no_geojson_never_reach_the_ledger(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    zones = mission_folder / "zones"
    zones.mkdir()
    (zones / "line.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    assert truceline("check", mission_folder).exit_code == 0
    (zones / "notes.doc").write_bytes(SECRET)
    result = truceline("run", mission_folder, "--as-of", AS_OF, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "zones/notes.doc: not a .geojson file of zones" in result.stderr
    assert recorded(mission_folder) == []


def test_a_large_yaml_is_refused_before_it_is_read(
    truceline: Command, mission_folder: Path
) -> None:
    with (mission_folder / "agreements" / "large.yaml").open("wb") as file:
        file.truncate(100_000_000)
    result = truceline("check", mission_folder)
    assert result.exit_code == 1
    assert "agreements/large.yaml: it holds 100,000,000 bytes; a YAML file may hold" in (
        result.stderr
    )


def test_the_ledgers_folder_may_not_be_a_link_to_another_missions(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (mission_folder / ".truceline").symlink_to(other)
    for words in (["run", mission_folder, "--out", tmp_path / "out"], ["verify", mission_folder]):
        result = truceline(*words)
        assert result.exit_code == 1
        assert "leads out of the folder" in result.stderr
    assert list(other.iterdir()) == []


@pytest.mark.parametrize(
    ("year", "field"), [("0001-01-01", "report_from"), ("9999-12-31", "report_from")]
)
def test_days_that_no_truce_can_have_are_refused_by_check(
    truceline: Command, mission_folder: Path, year: str, field: str
) -> None:
    path = mission_folder / "mission.yaml"
    lines = [
        f"{field}: {year}" if line.startswith(f"{field}:") else line
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    result = truceline("check", mission_folder)
    assert result.exit_code == 1
    assert f"'{year}' lies outside the years 1900 to 2100" in result.stderr


BROKEN = [
    ("claim_id;url\n1;2\n".encode("utf-16"), "binary"),
    (b"claim_id;url\n1;2\n", "the cells seem to be parted by ';'"),
    (b"a,b\n\x00\n", "binary"),
    (table([row("A1", pub_date="soon"), row("A2", pub_date="later")]), "is not a publication date"),
]


@pytest.mark.parametrize(("content", "said"), BROKEN)
def test_a_files_own_problem_comes_before_advice_about_dates(
    truceline: Command, hostile: Path, tmp_path: Path, content: bytes, said: str
) -> None:
    (hostile / "evidence" / "x.csv").write_bytes(content)
    result = truceline("run", hostile, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert said in result.stderr
    assert "--as-of" not in result.stderr
    assert not (tmp_path / "out").exists()
    assert content not in recorded(hostile)


@pytest.mark.parametrize(("content", "said"), BROKEN)
def test_a_run_whose_evidence_was_refused_says_so_first_and_counts_nothing(
    truceline: Command, hostile: Path, tmp_path: Path, content: bytes, said: str
) -> None:
    (hostile / "evidence" / "x.csv").write_bytes(content)
    out = tmp_path / "out"
    result = truceline("run", hostile, "--as-of", AS_OF, "--out", out)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[1].startswith("Refused")
    assert "not counted" in result.stdout
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert report["counted"] is False
    assert any(said in line for line in report["refused"])
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.index("Evidence was refused") < page.index("Coverage")
    for words in ("0 incidents", "0 from 0", "No incident was reported"):
        assert words not in page + result.stdout
    assert content not in recorded(hostile)


def test_rows_left_out_are_told_on_top_and_the_rest_is_counted(
    truceline: Command, hostile: Path, tmp_path: Path
) -> None:
    rows = [row("A1", origin="AM MoD", origin_side="AM", accused="AZ", places="Hadrut"),
            row("A2", pub_date="soon")]  # fmt: skip
    (hostile / "evidence" / "x.csv").write_bytes(table(rows))
    out = tmp_path / "out"
    result = truceline("run", hostile, "--as-of", AS_OF, "--out", out)
    assert result.exit_code == 1
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert report["counted"] is True
    assert report["refused"][0].startswith("Evidence was refused: at least 1 row.")
    assert report["counts"]["incidents"] == 1


def test_no_day_is_called_quiet_while_evidence_is_refused(
    truceline: Command, hostile: Path, tmp_path: Path
) -> None:
    """A mission that watched every hour of every day, and whose evidence nobody could read."""
    path = hostile / "mission.yaml"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines()
             if not line.startswith("coverage:")]  # fmt: skip
    watch = ('coverage:\n  - {area: everywhere, channel: patrol, from: "2020-09-01 00:00", '
             'to: "2020-12-01 00:00", effective_fraction: 1.0, reason: everybody looked}')  # fmt: skip
    path.write_text("\n".join([*lines, watch, ""]), encoding="utf-8")
    good = row("A1", origin="AM MoD", origin_side="AM", accused="AZ", places="Hadrut")
    for content, most in (
        (table([good]), "observed_none_recorded"),
        (table([good, row("A2", pub_date="soon")]), "partly_observed_none_recorded"),
        (b"\x00", "not_observed"),
    ):
        (hostile / "evidence" / "x.csv").write_bytes(content)
        out = tmp_path / most
        result = truceline("run", hostile, "--as-of", AS_OF, "--out", out)
        assert out.exists(), result.output
        judged = json.loads((out / "judgements.json").read_text(encoding="utf-8"))
        said = {j["standing"] for j in judged if j.get("standing")}
        assert said == {most}, said


def test_a_folder_of_texts_gives_only_its_own(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (tmp_path / "secret.txt").write_bytes(SECRET)
    (texts / "a.txt").symlink_to("../secret.txt")
    os.mkfifo(texts / "b.txt")
    out = tmp_path / "out"
    added = truceline(
        "run", mission_folder, "--as-of", AS_OF, "--out", out, "--add", f"text:{texts}"
    )
    assert added.exit_code == 1
    assert "a.txt: it is a link that leads out" in added.stderr
    assert "b.txt: it is a pipe" in added.stderr
    assert "Evidence was refused: 2 files" in (out / "report.html").read_text(encoding="utf-8")
    read = truceline("read", texts, "--pack", "karabakh")
    assert read.exit_code == 1
    assert "a.txt: it is a link that leads out" in read.stderr
    assert "secret of this machine" not in read.output


def test_a_pack_beside_a_mission_must_lie_in_it(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    assert truceline("pack", "new", tmp_path / "mine").exit_code == 0
    (mission_folder / "own").symlink_to(tmp_path / "mine")
    path = mission_folder / "mission.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("pack: karabakh", "pack: own"), encoding="utf-8")
    result = truceline("check", mission_folder)
    assert result.exit_code == 1
    assert "the data pack 'own': it is a link that leads out" in result.stderr
