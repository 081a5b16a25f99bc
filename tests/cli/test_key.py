"""The key that signs heads: shown, replaced by two people, revoked where it was lost, and told in every report."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.record.spoiling import spoil
from truceline.record.ledger import Ledger
from truceline.record.rekey import keys_of
from truceline.record.signing import VerifierKey

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Command

ANN = ("--by", "Ann Ax", "--because", "a year has passed")
BEN = ("--by", "Ben By", "--because", "as agreed")


@pytest.fixture
def mission(mission_folder: Path, truceline: Command, tmp_path: Path) -> Path:
    """Give the demonstration mission with a ledger of one run."""
    assert truceline("run", mission_folder, "--out", tmp_path / "out").exit_code in {0, 1}
    return mission_folder


def shown(truceline: Command, mission: Path) -> dict[str, object]:
    result = truceline("key", "show", mission, "--json")
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


def notices(truceline: Command, mission: Path, out: Path) -> list[str]:
    truceline("run", mission, "--out", out)
    problems = json.loads((out / "problems.json").read_text(encoding="utf-8"))
    return [p["message"] for p in problems if "key" in p["message"]]


def test_the_key_is_shown_as_others_keep_it(mission: Path, truceline: Command) -> None:
    result = truceline("key", "show", mission)
    key = VerifierKey.read(result.stdout.strip())
    assert key.name == "truceline/karabakh-2020"
    assert shown(truceline, mission) == {
        "key": key.text, "earlier": [], "revoked": [], "awaits_second_person": False,
    }  # fmt: skip
    with Ledger.read(mission) as ledger:
        assert key.signed(ledger.head())


def test_two_people_rotate_the_key_and_both_keys_sign_that_head(
    mission: Path, truceline: Command, tmp_path: Path
) -> None:
    old = keys_of(mission).in_force
    assert old is not None
    assert "proposed" in truceline("key", "rotate", mission, *ANN).stdout
    again = truceline("key", "rotate", mission, "--by", "Ax, Ann", "--because", "again")
    assert "proposed" in again.stdout
    assert keys_of(mission).in_force == old
    done = truceline("key", "rotate", mission, *BEN)
    assert done.exit_code == 0, done.output
    new = keys_of(mission).in_force
    assert new is not None
    assert new.text in done.stdout
    with Ledger.read(mission) as ledger:
        turn = ledger.head()
    assert old.signed(turn)
    assert new.signed(turn)
    # The old key is gone, and the new one goes on.
    assert [p.stem for p in (mission / ".truceline" / "keys").iterdir()] == [new.id.hex()]
    assert truceline("key", "rotate", mission, *ANN).exit_code == 0
    with Ledger.read(mission) as ledger:
        assert not old.signed(ledger.head())
        assert new.signed(ledger.head())
    assert truceline("verify", mission).exit_code == 0
    assert shown(truceline, mission)["earlier"] == [old.text]
    (said,) = notices(truceline, mission, tmp_path / "later")
    assert "two people replaced the key" in said
    assert "as agreed" in said


def test_a_lost_key_is_revoked_at_once_and_confirmed_by_a_second_person(
    mission: Path, truceline: Command, tmp_path: Path
) -> None:
    old = keys_of(mission).in_force
    assert old is not None
    shutil.rmtree(mission / ".truceline" / "keys")
    lost = truceline(
        "decide", mission, "x", "--verdict", "refuted", "--by", "Ann Ax", "--reason", "r"
    )
    assert lost.exit_code != 0
    lost = truceline("key", "rotate", mission, *ANN)
    assert lost.exit_code == 1
    assert "it is not there" in lost.stderr
    assert f"truceline key revoke {mission}" in lost.stderr
    first = truceline(
        "key", "revoke", mission, "--by", "Ann Ax", "--because", "the laptop was stolen"
    )
    assert first.exit_code == 0, first.output
    new = keys_of(mission).in_force
    assert new is not None
    assert new.text in first.stdout
    assert "awaits a second person" in first.stderr
    awaiting = truceline("verify", mission)
    assert awaiting.exit_code == 3
    assert "no second one has confirmed it" in awaiting.stdout
    assert (
        truceline("key", "revoke", mission, "--by", "Ann Ax", "--because", "me too").exit_code == 2
    )
    assert truceline("key", "rotate", mission, *BEN).exit_code == 2
    assert truceline("key", "revoke", mission, *BEN).exit_code == 0
    assert truceline("verify", mission).exit_code == 0
    assert keys_of(mission).in_force == new
    state = shown(truceline, mission)
    assert state["awaits_second_person"] is False
    assert state["revoked"] == [{"key": old.text, "from_entry": keys_of(mission).revoked[old.id]}]
    said = notices(truceline, mission, tmp_path / "later")
    assert any("one person revoked the key" in message for message in said)
    assert any("a second person confirmed" in message for message in said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--by", " ", "--because", "x"], "say who"),
        (["--by", "Ann Ax", "--because", " "], "say who"),
        (["--by", "\u200b", "--because", "x"], "name"),
    ],
)
@pytest.mark.parametrize("act", ["rotate", "revoke"])
def test_nobody_changes_the_key_without_name_and_reason(
    mission: Path, truceline: Command, words: list[str], said: str, act: str
) -> None:
    result = truceline("key", act, mission, *words)
    assert result.exit_code == 2, result.output
    assert said in result.stderr
    with Ledger.read(mission) as ledger:
        assert ledger.checkpoint().size == 126


def test_a_mission_without_a_ledger_has_no_key(mission_folder: Path, truceline: Command) -> None:
    result = truceline("key", "show", mission_folder)
    assert result.exit_code == 1
    assert "There is no ledger" in result.stderr


FORGED = [
    {"kind": "key_made", "key": "NEW"},
    {"kind": "key_rotated", "old": "OLD", "key": "NEW", "by": ["Ann Ax", "Ben By"], "because": "x", "at": "now"},
    {"kind": "key_rotated", "old": "NEW", "key": "NEW", "by": ["Ann Ax", "Ben By"], "because": "x", "at": "now"},
    {"kind": "key_revoked", "old": "OLD", "key": "OLD", "by": ["Ann Ax", "Ben By"], "because": "x", "at": "now"},
    {"kind": "key_rotated", "old": "OLD", "by": "Ann Ax"},
    {"kind": "key_made", "key": 7},
]  # fmt: skip


@pytest.mark.parametrize("record", FORGED, ids=lambda r: str(r)[:40])
def test_a_key_that_one_person_slips_in_is_noticed(
    mission: Path, truceline: Command, record: dict[str, object], tmp_path: Path
) -> None:
    """Whoever holds the key can write entries; two people are still needed for another key."""
    old = keys_of(mission).in_force
    assert old is not None
    new = VerifierKey(old.name, bytes(32))
    told = {k: {"OLD": old.text, "NEW": new.text}.get(str(v), v) for k, v in record.items()}
    with Ledger.open(mission) as ledger:
        ledger.append([told])
    result = truceline("verify", mission)
    assert result.exit_code == 3
    assert "10. every head is signed with the ledger's key: BROKEN" in result.stdout
    assert truceline("run", mission, "--out", tmp_path / "later").exit_code == 3


def test_signatures_taken_away_do_not_bring_a_new_key(
    mission: Path, truceline: Command, tmp_path: Path
) -> None:
    spoil(mission, "UPDATE checkpoint SET note = substr(note, 1, instr(note, x'0a0a'))")
    with Ledger.read(mission) as ledger:
        assert not ledger.head().signatures
    result = truceline("run", mission, "--out", tmp_path / "later")
    assert result.exit_code == 3
    assert "has lost its signatures" in result.stderr
