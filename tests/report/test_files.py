"""The files: valid, the same each time, written all or none."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from tests.report.assessments import RUN, Parts, assessment_of, claim, incident, small
from truceline.errors import StorageError
from truceline.model.acts import Act
from truceline.model.finding import AttributionState
from truceline.report import write_files
from truceline.report.assemble import view_of
from truceline.report.files import NAMES, contents_of
from truceline.report.formats import json_files

if TYPE_CHECKING:
    from truceline.model.report import Assessment

SCHEMAS = Path(__file__).parents[2] / "docs" / "reference" / "schemas"


def validate(name: str, value: object) -> None:
    """Check a value against the schema of its file."""
    validator(name).validate(value)


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    """Read and check the schema of a file."""
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def check_all(assessment: Assessment) -> None:
    """Check every JSON file of an assessment."""
    contents = contents_of(assessment, RUN)
    for name in ("incidents", "findings", "judgements", "problems", "report", "run"):
        validate(name, json.loads(contents[f"{name}.json"]))
    for line in contents["claims.jsonl"].decode().split("\n")[:-1]:
        validate("claims", json.loads(line))


def test_files_fit_their_schemas() -> None:
    check_all(small())
    check_all(assessment_of(Parts(claims=(), incidents=())))


@pytest.mark.parametrize("name", ["incidents", "claims"])
def test_every_act_may_stand_in_the_files(name: str) -> None:
    text = (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    assert [act.value for act in Act if f'"{act.value}"' not in text] == []


def test_same_input_same_bytes_and_only_run_json_may_differ(tmp_path: Path) -> None:
    first = write_files(small(), RUN, tmp_path / "a")
    second = write_files(small(), RUN | {"started": "later"}, tmp_path / "b")
    assert [p.name for p in first] == list(NAMES)
    differing = {
        a.name for a, b in zip(first, second, strict=True) if a.read_bytes() != b.read_bytes()
    }
    assert differing == {"run.json"}
    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == sorted(NAMES)


def test_json_is_utf8_with_a_last_newline() -> None:
    odd = replace(claim("A1", "AA"), paraphrase="Ağdam \ud800 Շուշի")
    parts = Parts(claims=(odd,), incidents=(incident("x", odd),))
    contents = contents_of(assessment_of(parts), RUN)
    # A list without entries is an empty file, not an empty line.
    assert all(content.endswith(b"\n") for content in contents.values() if content)
    assert "Շուշի".encode() in contents["claims.jsonl"]
    assert json.loads(contents["claims.jsonl"])["paraphrase"] == odd.paraphrase
    contents["report.html"].decode("utf-8")


def test_a_full_disk_leaves_the_old_report_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(small(), RUN, tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}

    def full(path: Path, content: bytes) -> None:
        path.write_bytes(content[: len(content) // 2])
        if path.name.startswith(".findings"):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("truceline.store.whole._write", full)
    with pytest.raises(StorageError, match="No space left") as caught:
        write_files(assessment_of(Parts(claims=(), incidents=())), RUN, tmp_path)
    assert "free some space" in caught.value.advice
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_a_folder_that_is_a_file_is_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(StorageError, match="cannot be written"):
        write_files(small(), RUN, tmp_path / "out")


def test_a_party_is_written_only_where_the_state_names_one() -> None:
    base = small()
    wrong = replace(base.findings[0].attribution, party="AA", likelihood="likely")
    findings = (replace(base.findings[0], attribution=wrong), *base.findings[1:])
    shown = json_files.findings(replace(base, findings=findings))[0]["attribution"]
    assert isinstance(shown, dict)
    assert (shown["party"], shown["likelihood"]) == (None, None)
    named = replace(wrong, state=AttributionState.ACKNOWLEDGED_BY_PARTY)
    findings = (replace(base.findings[0], attribution=named), *base.findings[1:])
    shown = json_files.findings(replace(base, findings=findings))[0]["attribution"]
    assert isinstance(shown, dict)
    assert shown["party"] == "AA"


def test_places_say_how_far_they_are_resolved() -> None:
    base = claim("A1", "AA")
    cases = {
        "yes": base,
        "partly": replace(base, unplaced=("Nowhere",)),
        "no": replace(base, places=(), unplaced=("Nowhere",)),
    }
    for wanted, given in cases.items():
        assessment = assessment_of(Parts(claims=(given,), incidents=()))
        (shape,) = json_files.claims(assessment)
        place = shape["place"]
        assert isinstance(place, dict)
        assert place["resolved"] == wanted
        assert (place["lat"] is None) == (wanted == "no")


def test_the_twin_is_the_view_itself() -> None:
    view = view_of(small())
    twin = json.loads(contents_of(small(), RUN)["report.json"])
    assert twin == json.loads(json_files.pretty(json_files.plain(view)))
    assert twin["counts"]["incidents"] == 3
    assert twin["counts"]["units"] == 2
    assert twin["later"] == 4
