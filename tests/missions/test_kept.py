"""What other programs rest on stays, and the README shows what the demonstration prints."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.missions.test_karabakh import AS_OF
from truceline.collect.coded_claims import COLUMNS, LABELS
from truceline.report.files import NAMES

if TYPE_CHECKING:
    from tests.conftest import Command

REPO = Path(__file__).resolve().parents[2]
PAGE = (REPO / "docs" / "reference" / "files.md").read_text(encoding="utf-8")
KEPT = {
    "incidents.json": ("id", "members[].external_id", "engagement", "contested", "contested_how",
                       "when", "places"),
    "findings.json": ("incident", "occurrence", "attribution.state", "attribution.party",
                      "reasons[].sentence"),
    "judgements.json": ("judgement", "provision", "incident", "after_entry", "classification",
                        "day", "standing", "state"),
}  # fmt: skip
CLAIM = (
    "id", "external_id", "item", "quote", "start", "end", "paraphrase", "speaker", "stance", "act",
    "acts", "act_text", "actors", "place", "when", "harm", "hedge", "on_site", "published",
    "outlet", "url", "language", "unresolved", "coding",
)  # fmt: skip
FILES = (
    "report.html", "report.json", "claims.jsonl", "incidents.json", "findings.json",
    "judgements.json", "repetitions.jsonl", "doubts.jsonl", "mediation.jsonl", "problems.json",
    "run.json",
)  # fmt: skip
TABLE = (
    "claim_id,url,lang,pub_date,origin,origin_side,kind,act,accused,t_from_local,t_to_local,"
    "time_precision,places,killed,injured,paraphrase,outlet"
)


@pytest.fixture
def out(truceline: Command, mission_folder: Path, tmp_path: Path) -> Path:
    """Run the demonstration as `make demo` does."""
    folder = tmp_path / "out"
    result = truceline("run", mission_folder, "--as-of", AS_OF, "--out", folder)
    (tmp_path / "summary").write_text(result.stdout, encoding="utf-8")
    return folder


def within(value: Any, path: str) -> list[Any]:
    """Give what stands under a path such as `members[].external_id` in a record, all of it."""
    found = [value]
    for step in path.split("."):
        name = step.removesuffix("[]")
        found = [record[name] for record in found if name in record]
        if step.endswith("[]"):
            found = [one for many in found for one in many]
    return found


def test_the_files_and_columns_are_those_of_the_first_release(out: Path) -> None:
    assert NAMES == FILES
    assert {path.name for path in out.iterdir()} == set(FILES)
    assert set(TABLE.split(",")) <= set(COLUMNS)
    assert {"incident_id", "agreement_id"} <= set(LABELS)


@pytest.mark.parametrize("name", KEPT)
def test_kept_fields_are_there_and_told(out: Path, name: str) -> None:
    records = json.loads((out / name).read_text(encoding="utf-8"))
    (line,) = [row for row in PAGE.splitlines() if row.startswith(f"| `{name}` | `")]
    for path in KEPT[name]:
        assert f"`{path}`" in line
        holding = [record for record in records if within(record, path)]
        assert holding, path
        if name != "judgements.json":
            assert len(holding) == len(records), path


def test_kept_fields_of_claims_are_there_and_told(out: Path, truceline: Command) -> None:
    claims = [json.loads(line) for line in (out / "claims.jsonl").read_text("utf-8").splitlines()]
    text = REPO / "missions" / "karabakh-2020" / "evidence" / "texts" / "2020-10-11-ganja.txt"
    read = truceline("read", text, "--pack", "karabakh", "--json")
    claims += [json.loads(line) for line in read.stdout.splitlines()]
    for claim in claims:
        assert set(CLAIM) <= set(claim)
    for field in CLAIM:
        assert f"`{field}`" in PAGE


def test_judgements_name_agreement_and_provision(out: Path) -> None:
    for judged in json.loads((out / "judgements.json").read_text(encoding="utf-8")):
        assert re.fullmatch(r"[a-z0-9-]+/[a-z0-9-]+", judged["provision"])


def test_the_readme_shows_the_figures_that_the_demonstration_prints(
    out: Path, tmp_path: Path
) -> None:
    readme = " ".join((REPO / "README.md").read_text(encoding="utf-8").split())
    summary = " ".join((tmp_path / "summary").read_text(encoding="utf-8").split())
    counts = json.loads((out / "report.json").read_text(encoding="utf-8"))["counts"]
    state = {c["state"]: c["count"] for c in (*counts["occurrence"], *counts["attribution"])}
    assert f"The demonstration counts {counts['claims']} claims" in readme
    told = [f"{state[s]} {s}" for s in
            ("confirmed", "corroborated", "plausible", "unsubstantiated", "unassessed")]  # fmt: skip
    assert f"{counts['incidents']} alleged incidents: {', '.join(told)}" in readme
    assert f"({state['withheld_by_mandate']} attributions withheld)" in readme
    assert f"{counts['engagements']} engagements are reported by both sides" in readme
    shown = [part for part in told if not part.startswith("0 ")]
    for part in (f"{counts['incidents']} from {counts['claims']} claims", *shown):
        assert part in summary


def test_the_readme_says_how_many_engagements_are_wrong(
    truceline: Command, mission_folder: Path
) -> None:
    result = truceline("score", "linking", mission_folder, "--seeds", "1", "--json")
    mirrors = json.loads(result.stdout)["mirrors"]
    readme = " ".join((REPO / "README.md").read_text(encoding="utf-8").split())
    assert f"{mirrors['unlabelled']} of them are wrong" in readme
    assert f"{mirrors['engagements']} engagements are reported" in readme
    assert f"{mirrors['candidates']} pairs may be the two tellings" in readme
    assert len(mirrors["wrong"]) == mirrors["unlabelled"]
