"""`demo` needs no clone and no network; `publish` writes a package that others can cite and check, and that names nobody."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
import yaml

from truceline.report.flat import TABLES
from truceline.store.shipped import shipped

if TYPE_CHECKING:
    from tests.conftest import Command

REPO = Path(__file__).resolve().parents[2]
MISSIONS = ("donbas-2020", "karabakh-2020", "lebanon-2024")
INNER = {column.name for table in TABLES for column in table.columns if column.inner}


def all_files(folder: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def files_in(folder: Path) -> dict[str, bytes]:
    """Give the files without a ledger that a run in this clone left beside them."""
    return {n: data for n, data in all_files(folder).items() if ".truceline" not in n.split("/")}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr("webbrowser.open", found.append)
    return found


def test_the_demonstration_runs_on_a_copy_that_is_the_users_own(
    truceline: Command, tmp_path: Path, opened: list[str]
) -> None:
    first = truceline("demo", "--out", tmp_path / "d")
    assert first.exit_code in {0, 1}, first.output
    mission, report = tmp_path / "d" / "karabakh-2020", tmp_path / "d" / "karabakh-2020-report"
    assert files_in(mission) == files_in(REPO / "missions" / "karabakh-2020")
    assert (report / "report.html").resolve().as_uri() in first.stderr
    assert opened == []
    header = json.loads((report / "report.json").read_text(encoding="utf-8"))
    assert header["counts"]["incidents"] == 35
    table = mission / "evidence" / "claims.csv"
    table.write_text(
        "".join(table.read_text(encoding="utf-8").splitlines(keepends=True)[:20]), encoding="utf-8"
    )
    kept = table.read_bytes()
    again = truceline("demo", "--out", tmp_path / "d", "--open")
    assert again.exit_code in {0, 1}, again.output
    assert table.read_bytes() == kept
    assert opened == [(report / "report.html").resolve().as_uri()]
    fewer = json.loads((report / "report.json").read_text(encoding="utf-8"))
    assert fewer["counts"]["incidents"] < 35


def test_every_mission_is_listed_and_an_unknown_one_is_told(
    truceline: Command, tmp_path: Path
) -> None:
    assert truceline("demo", "--list").stdout.splitlines() == list(MISSIONS)
    result = truceline("demo", "karabach", "--out", tmp_path / "d")
    assert result.exit_code == 2
    assert "karabakh-2020" in result.stderr
    assert not (tmp_path / "d").exists()


def test_the_demonstration_comes_with_the_wheel(tmp_path: Path) -> None:
    """Built and unpacked elsewhere, without the clone on the path: the missions lie in the package.

    Built from a clone in which the demonstration has run: its ledger stays out.
    """
    clone = tmp_path / "clone"
    for part in ("src", "missions"):
        shutil.copytree(REPO / part, clone / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(REPO / part, clone / part)
    (clone / "missions" / "karabakh-2020" / ".truceline").mkdir(exist_ok=True)
    (clone / "missions" / "karabakh-2020" / ".truceline" / "kept").write_text("a ledger")
    build = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        str(tmp_path / "dist"),
    ]
    subprocess.run(build, cwd=clone, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "site")
    inside = tmp_path / "site" / "truceline" / "missions"
    kept = {name: files_in(REPO / "missions" / name) for name in MISSIONS}
    assert {name: files_in(inside / name) for name in MISSIONS} == kept
    assert not list(inside.rglob(".truceline"))
    code = "import truceline, sys; sys.argv[0] = 'truceline'; print(truceline.__file__, file=sys.stderr); from truceline.cli import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", code, "demo", "lebanon-2024", "--no-open"], cwd=tmp_path, check=False, capture_output=True,
        text=True, env={**os.environ, "PYTHONPATH": str(tmp_path / "site"), "HOME": str(tmp_path)},
    )  # fmt: skip
    assert result.returncode in {0, 1}, result.stderr
    assert str(tmp_path / "site") in result.stderr
    assert (tmp_path / "truceline-demo" / "lebanon-2024-report" / "report.html").is_file()
    assert "Edition" in result.stdout


@pytest.mark.parametrize("mission", MISSIONS)
def test_a_published_package_can_be_cited_checked_and_names_nobody(
    truceline: Command, tmp_path: Path, mission: str
) -> None:
    before = all_files(shipped()[mission])
    out = tmp_path / "p"
    result = truceline("publish", mission, "--out", out)
    assert result.exit_code in {0, 1}, result.output
    names = {p.name for p in out.iterdir()}
    assert names == {
        *(f"{t.name}.csv" for t in TABLES), "incidents.geojson", "claims.geojson", "datapackage.json", "README.md",
        "CITATION.cff", "SHA256SUMS",
    }  # fmt: skip
    subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=out, check=True, capture_output=True
    )
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert {r["path"] for r in package["resources"]} == {
        n for n in names if n.endswith((".csv", ".geojson"))
    }
    assert len({r["name"] for r in package["resources"]}) == len(package["resources"])
    assert package["truceline"]["edition"] == "released"
    for resource in package["resources"]:
        data = (out / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        if resource["path"].endswith(".csv"):
            frame = pd.read_csv(out / resource["path"])
            assert list(frame.columns) == [f["name"] for f in resource["schema"]["fields"]]
            assert not INNER & set(frame.columns)
            assert not any(column.startswith("coded_") for column in frame.columns)
    citation = yaml.safe_load((out / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["type"] == "dataset"
    assert citation["license"] == "CC-BY-4.0"
    assert citation["authors"] == [{"name": "The Truceline project"}]
    assert citation["version"].startswith(package["version"])
    readme = (out / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## (.+)$", readme, re.MULTILINE)) == {
        r["path"] for r in package["resources"]
    }
    assert truceline("publish", mission, "--out", tmp_path / "q").exit_code in {0, 1}
    assert files_in(out) == files_in(tmp_path / "q")
    assert all_files(shipped()[mission]) == before


def test_without_licence_authors_and_citation_nothing_is_published(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    file = mission_folder / "mission.yaml"
    file.write_text(
        re.sub(r"publication:\n(  .*\n)+", "", file.read_text(encoding="utf-8")), encoding="utf-8"
    )
    result = truceline("publish", mission_folder, "--out", tmp_path / "p")
    assert result.exit_code == 1
    assert "publication: {licence" in result.stderr
    assert not (tmp_path / "p").exists()
    assert truceline("publish", tmp_path / "none", "--out", tmp_path / "p").exit_code == 2
