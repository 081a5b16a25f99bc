"""A mission's second coder: asked once by `read`, then read from the ledger by every run."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.read.llm.endpoint import PROBED, Script, claim, endpoint, scripted, speaker
from truceline.record.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Command

TEXT = "evidence/texts/2020-10-10-first-hours.txt"
AGREES: Script = (
    re.compile(r"At 12:05 (Azerbaijani forces) launched an (attack) in the direction of (\w+), "
               r"(Armenian Defence Ministry) spokesperson .* (said)\."),
    lambda n, m: claim(
        n, stance="alleges", acts=["hostile_act"], speakers=[speaker(m[4], m[5])],
        actor_quotes=[m[1]], act_quotes=[m[2]], place_quotes=[m[3]], time_quote="At 12:05",
    ),
)  # fmt: skip
DIFFERS: Script = (
    re.compile(r"(The Azerbaijani Ministry of Defence) (said) that (Armenian forces) (shelled) the .*"),
    lambda n, m: claim(
        n, stance="alleges", acts=["indirect_fire"], speakers=[speaker(m[1], m[2])],
        actor_quotes=[m[1]], act_quotes=[m[4]],
    ),
)  # fmt: skip


@pytest.fixture
def folder(mission_folder: Path) -> Path:
    """Give the demonstration mission with one text that may leave, told to be an agency's."""
    file = mission_folder / "mission.yaml"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace("    name: Reuters\n", "    name: Reuters\n    texts_may_leave: yes\n", 1),
        "utf-8",
    )
    article = mission_folder / TEXT
    article.write_text(
        article.read_text("utf-8").replace("profile: news", "profile: news\noutlet: Reuters"),
        "utf-8",
    )
    return mission_folder


def choose(folder: Path, url: str) -> None:
    file = folder / "mission.yaml"
    file.write_text(
        file.read_text("utf-8") + f"\nsecond_coder:\n  url: {url}\n  model: m\n", "utf-8"
    )


def claims_in(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "claims.jsonl").read_text("utf-8").splitlines()]


def test_a_run_reads_the_replies_from_the_ledger_and_asks_nobody(
    folder: Path, tmp_path: Path, truceline: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    with endpoint(scripted([*PROBED, AGREES, DIFFERS])) as server:
        choose(folder, server.url)
        monkeypatch.setenv("TRUCELINE_LLM_URL", server.url)
        monkeypatch.setenv("TRUCELINE_LLM_MODEL", "m")
        found = truceline("read", folder / TEXT, "--mission", folder, "--coder", "both")
        assert found.exit_code == 0, found.stderr
        asked = len(server.asked)
        with Ledger.read(folder) as ledger:
            # The raw replies to the probes are kept beside those to the text.
            kept = {str(e.record["request"]) for e in ledger.entries("llm_reply")}
        assert len(kept) > 2
        for name in ("one", "two"):
            ran = truceline("run", folder, "--out", tmp_path / name)
            assert ran.exit_code == 0, ran.stderr
        assert len(server.asked) == asked
    read = claims_in(tmp_path / "one")
    agreed = [c for c in read if c["coding"] and c["coding"]["agreement"] == [2, 2]]
    assert [c["acts"] for c in agreed] == [["hostile_act"]]
    doubts = (tmp_path / "one" / "doubts.jsonl").read_text("utf-8")
    assert '"actor"' in doubts
    for file in ("claims.jsonl", "doubts.jsonl", "incidents.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_a_text_that_the_second_coder_never_read_is_told_and_kept(
    folder: Path, tmp_path: Path, truceline: Command
) -> None:
    choose(folder, "http://127.0.0.1:9/v1")
    ran = truceline("run", folder, "--out", tmp_path / "out")
    assert ran.exit_code == 0, ran.stderr
    assert "the second coder's answer is not on record" in ran.stderr
    first = [c for c in claims_in(tmp_path / "out") if c["coding"]]
    assert first
    assert all(c["coding"]["agreement"] == [1, 1] for c in first)


def test_replies_name_the_input_of_a_run(
    folder: Path, tmp_path: Path, truceline: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def digest(name: str) -> str:
        assert truceline("run", folder, "--out", tmp_path / name).exit_code == 0
        found = re.search(
            r'"items_digest": "(\w+)"', (tmp_path / name / "report.json").read_text("utf-8")
        )
        assert found
        return found[1]

    with endpoint(scripted([*PROBED, AGREES])) as server:
        choose(folder, server.url)
        before = digest("before")
        monkeypatch.setenv("TRUCELINE_LLM_URL", server.url)
        monkeypatch.setenv("TRUCELINE_LLM_MODEL", "m")
        truceline("read", folder / TEXT, "--mission", folder, "--coder", "both")
        assert digest("after") != before
