"""Labels of others' texts, written blind: the rules must not read worse than when they were measured.

The floors are the first runs' values less a margin; they guard against losses and are no claims of
accuracy. The texts lie beside the checkout or the tests are skipped.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.read.reading import SHARED
from truceline.evaluate.reading.muc4_files import read_documents

GOLD = Path(__file__).parent / "gold"
DATA = SHARED / "data"
FLOORS = {
    "thai_cambodia.jsonl": {"event F1": 0.66, "speaker": 0.90, "actor": 0.82, "time": 0.85, "counts": 0.90},
    "muc4_tst1.jsonl": {"event F1": 0.69, "speaker": 0.51, "actor": 0.57, "time": 0.55, "counts": 0.74},
}  # fmt: skip


def texts(name: str, folder: Path) -> None:
    """Write the texts that a gold file cites, as its README says they are made."""
    if name.startswith("thai"):
        source = DATA / "thai_cambodia_texts" / "events.json"
        if not source.exists():
            pytest.skip("the texts are not beside this checkout")
        for event in json.loads(source.read_text("utf-8")):
            (folder / f"{event['doc']}.txt").write_text(event["body"].replace("**", ""), "utf-8")
        return
    source = DATA / "reading_gold" / "muc4_dev" / "tst1-muc3"
    if not source.exists():
        pytest.skip("the texts are not beside this checkout")
    for document in read_documents(source.read_text("latin-1"))[::5]:
        (folder / f"{document.id}.txt").write_text(document.text, "utf-8")


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_the_rules_read_no_worse_than_when_they_were_measured(
    name: str, tmp_path: Path, truceline: Command
) -> None:
    texts(name, tmp_path)
    scored = truceline("score", "reading", GOLD / name, "--texts", tmp_path, "--json")
    assert scored.exit_code == 0, scored.stderr
    (block,) = json.loads(scored.stdout)
    found = {figure["name"].split(",")[0]: figure["value"] for figure in block["figures"]}
    for figure, floor in FLOORS[name].items():
        assert found[figure] >= floor, figure


def test_no_gold_file_holds_words_of_a_text() -> None:
    for path in GOLD.glob("*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            held = json.loads(line)
            assert set(held) == {
                "sha256", "pack", "language", "profile", "published", "issuer", "sentence", "start",
                "end", "blind", "claims",
            }  # fmt: skip
            words = [v for claim in held["claims"] for v in claim.values() if isinstance(v, str)]
            assert all(re.fullmatch(r"[a-z_]+", word) for word in words)
