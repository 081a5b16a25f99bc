"""`truceline score reading`: public gold where it is at hand, and gold of our own."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command
from tests.read.reading import SHARED

TEXT = "The Armenian Defence Ministry said Azerbaijani forces shelled Hadrut on October 10."


def gold(folder: Path, **changed: Any) -> tuple[Path, Path]:
    """Write one text and its gold line; give the gold file and the folder of texts."""
    texts = folder / "texts"
    texts.mkdir(exist_ok=True)
    (texts / "a.txt").write_text(TEXT, encoding="utf-8")
    claim = {
        "start": 0, "end": len(TEXT), "stance": "alleges", "acts": ["indirect_fire"],
        "speaker": ["AM"], "actors": ["AZ"], "targets": [], "places": [], "time": None,
        "counts": [], "modality": "asserted", "attitude": None, "hedged": False,
    } | changed  # fmt: skip
    line = {
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "pack": "karabakh", "language": "en",
        "profile": "news", "published": "2020-10-11", "issuer": None, "sentence": 1, "start": 0,
        "end": len(TEXT), "blind": True, "claims": [claim],
    }  # fmt: skip
    file = folder / "gold.jsonl"
    file.write_text(json.dumps(line) + "\n", encoding="utf-8")
    return file, texts


def figures(truceline: Command, file: Path, texts: Path) -> dict[str, float]:
    """Score a gold file."""
    result = truceline("score", "reading", file, "--texts", texts, "--json")
    assert result.exit_code == 0, result.stderr
    return {f["name"]: f["value"] for f in json.loads(result.stdout)[0]["figures"]}


def test_a_reading_like_the_gold_is_right_in_every_core_field(
    truceline: Command, tmp_path: Path
) -> None:
    found = figures(truceline, *gold(tmp_path))
    assert found["event F1"] == 1
    assert found["core claim F1 (event, stance, speaker, actor)"] == 1
    assert found["baseline: the narrator speaks"] == 0


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"actors": ["AM"]}, "actor"),
        ({"speaker": ["narrator"]}, "speaker"),
        ({"stance": "denies"}, "stance"),
    ],
)
def test_a_wrong_role_costs_the_core_claim_and_its_field(
    truceline: Command, tmp_path: Path, changed: dict[str, Any], field: str
) -> None:
    found = figures(truceline, *gold(tmp_path, **changed))
    assert found["event F1"] == 1
    assert found["core claim F1 (event, stance, speaker, actor)"] == 0
    assert found[f"{field}, where the event is right"] == 0


def test_a_text_that_is_not_there_is_told(truceline: Command, tmp_path: Path) -> None:
    file, texts = gold(tmp_path)
    (texts / "a.txt").write_text("another text", encoding="utf-8")
    result = truceline("score", "reading", file, "--texts", texts)
    assert result.exit_code == 2
    assert "sha256" in result.stderr


def test_a_line_that_is_no_gold_is_told_by_its_number(truceline: Command, tmp_path: Path) -> None:
    file, texts = gold(tmp_path)
    file.write_text(file.read_text("utf-8") + "{}\n", encoding="utf-8")
    result = truceline("score", "reading", file, "--texts", texts)
    assert result.exit_code == 2
    assert "line 2" in result.stderr


def test_a_folder_without_gold_is_told(truceline: Command, tmp_path: Path) -> None:
    result = truceline("score", "reading", tmp_path)
    assert result.exit_code == 2
    assert "muc4_dev" in result.stderr


@pytest.mark.skipif(
    not (SHARED / "data" / "reading_gold").is_dir(), reason="the gold is not at hand"
)
def test_public_gold_is_scored_beside_its_baselines(truceline: Command) -> None:
    pytest.importorskip("sklearn")
    result = truceline("score", "reading", SHARED / "data" / "reading_gold", "--json")
    assert result.exit_code == 0, result.stderr
    blocks = {(b["data"], b["engine"]): b for b in json.loads(result.stdout)}
    assert {engine for _, engine in blocks} >= {
        "rules",
        "TF-IDF SVM",
        "first mentions",
        "one ATTACK a text",
    }
    test = {f["name"]: f["value"] for f in blocks["MUC-4 TST1", "rules"]["figures"]}
    trivial = {f["name"]: f["value"] for f in blocks["MUC-4 TST1", "one ATTACK a text"]["figures"]}
    assert test["all slots"] > trivial["all slots"]
