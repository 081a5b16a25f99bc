"""Labelled incidents of the demonstration: no false confirmed, and an argument wherever ours and the label differ."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from truceline.cli import main
from truceline.errors import MissionError
from truceline.evaluate.outcomes import LABELS_FILE, outcomes
from truceline.model.finding import Occurrence

MISSION = Path(__file__).resolve().parents[2] / "missions" / "karabakh-2020"


def test_every_labelled_incident_is_listed_and_none_is_falsely_confirmed() -> None:
    found = {o.incident: o for o in outcomes(MISSION)}
    confirmed = {name for name, o in found.items() if o.ours is Occurrence.CONFIRMED}
    assert confirmed == {"K42", "K12"}
    assert {o.party for o in found.values()} == {None, "AZ"}
    assert [name for name, o in found.items() if o.party] == ["K12"]
    assert [name for name, o in found.items() if o.agrees is False] == ["K6"]
    assert all(o.argument for o in found.values() if o.agrees is False)
    assert [name for name, o in found.items() if o.surer] == []
    assert sum(o.theirs is not None for o in found.values()) == 8
    assert found["K44"].theirs is None


def test_the_command_lists_ours_theirs_and_the_argument() -> None:
    result = CliRunner().invoke(main, ["score", "findings", str(MISSION)])
    assert result.exit_code == 0
    assert (
        "7 of 8 labelled incidents agree; 0 surer than the label; false confirmed: 0 of 2"
        in result.stdout
    )
    assert "names AZ" in result.stdout
    assert result.stdout.count("differs: ") == 1
    assert (
        '"agrees": false'
        in CliRunner().invoke(main, ["score", "findings", str(MISSION), "--json"]).stdout
    )


def test_a_row_of_several_incidents_lifts_none_that_has_rows_of_its_own() -> None:
    """The army's word of a wave of strikes names no village: those told of villages rest on what is told of them."""
    found = {o.incident: o for o in outcomes(MISSION.parent / "lebanon-2024")}
    assert {name: found[name].ours for name in ("L30", "L31", "L32")} == {
        "L30": Occurrence.CONFIRMED,
        "L31": Occurrence.UNSUBSTANTIATED,
        "L32": Occurrence.UNSUBSTANTIATED,
    }
    assert all(o.argument for o in found.values() if o.agrees is False)


def test_a_false_confirmed_ends_with_1(tmp_path: Path) -> None:
    folder = tmp_path / "mission"
    shutil.copytree(MISSION, folder, ignore=shutil.ignore_patterns(".truceline"))
    labels = folder / LABELS_FILE
    labels.write_text(
        labels.read_text(encoding="utf-8").replace(",confirmed,", ",plausible,"), encoding="utf-8"
    )
    result = CliRunner().invoke(main, ["score", "findings", str(folder)])
    assert result.exit_code == 1
    assert "no argument is given" in result.stdout


def test_a_label_that_is_no_status_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "mission"
    shutil.copytree(MISSION, folder, ignore=shutil.ignore_patterns(".truceline"))
    labels = folder / LABELS_FILE
    labels.write_text(
        labels.read_text(encoding="utf-8").replace(",confirmed,", ",sure,"), encoding="utf-8"
    )
    with pytest.raises(MissionError, match="no occurrence of the ladder stands at K42, K12"):
        outcomes(folder)
