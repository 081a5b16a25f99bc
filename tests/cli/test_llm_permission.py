"""Whose texts may leave the machine, and that a model's replies enter the ledger once."""

from __future__ import annotations

from pathlib import Path

from truceline.pipeline import record_replies
from truceline.read.llm import Exchange, permission
from truceline.record.ledger import Ledger
from truceline.terms import open_mission


def test_only_texts_of_sources_that_the_mission_lets_leave_are_sent(mission_folder: Path) -> None:
    file = mission_folder / "mission.yaml"
    text = file.read_text(encoding="utf-8")
    changed = text.replace(
        "    name: Reuters\n", "    name: Reuters\n    texts_may_leave: yes\n", 1
    )
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    permitted = permission(open_mission(mission_folder)[0])
    assert permitted("Reuters")
    assert not permitted("TASS")
    assert not permitted("an outlet nobody knows")
    assert not permitted(None)


def test_with_a_pack_alone_the_call_itself_permits() -> None:
    assert permission(None)(None)


def test_raw_replies_enter_the_ledger_once(mission_folder: Path) -> None:
    mission, _ = open_mission(mission_folder)
    replies = [Exchange(request="a" * 64, raw=b'{"claims": []}', model="m", prompt_version="1")]
    assert record_replies(mission_folder, mission, replies) == 1
    assert record_replies(mission_folder, mission, replies) == 0
    with Ledger.read(mission_folder) as ledger:
        entries = list(ledger.entries("llm_reply"))
    assert [e.record["model"] for e in entries] == ["m"]
