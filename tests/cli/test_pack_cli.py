"""`truceline pack`: what there is, every problem at once, and what is worth a look."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.texts import PACK, write_pack
from truceline.terms.pack import pack_names

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Command


def test_the_shipped_packs_are_listed(truceline: Command) -> None:
    result = truceline("pack", "list", "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert [pack["pack"] for pack in found] == list(pack_names())
    assert all(pack["usable"] and pack["languages"] for pack in found)
    assert "karabakh: Nagorno-Karabakh" in truceline("pack", "list").stdout


def test_a_pack_is_told_with_its_digest_and_phrases(truceline: Command, tmp_path: Path) -> None:
    result = truceline("pack", "check", write_pack(tmp_path))
    assert result.exit_code == 0, result.output
    assert "isles (version " in result.stdout
    assert "of kind party: NN, SS" in result.stdout
    assert "3 actors, 1 place" in result.stdout
    assert "en (phrases): speech " in result.stdout


def test_what_is_worth_a_look_is_told(truceline: Command, tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    result = truceline("pack", "check", folder, "--json")
    warnings = json.loads(result.stdout)["warnings"]
    assert "'Coast Guard' stands for nn-guard and ss-guard" in warnings
    assert "'Bo' for ss-chief is shorter than 3 letters" in warnings
    assert "en: 'lobbed bombs' is listed under fire and mortar_fire" in warnings
    assert "en: the place 'lobbed bombs' (the-ridge) is also a word of acts" in warnings


def test_every_problem_is_told_at_once(truceline: Command, tmp_path: Path) -> None:
    broken = PACK.replace("kind: organ, side: NN", "kind: orgam, side: NORTH").replace(
        "mortar_fire", "mortar_fir"
    )
    result = truceline("pack", "check", write_pack(tmp_path, broken))
    assert result.exit_code == 1
    for word in ("orgam", "NORTH", "mortar_fir", "cannot be used"):
        assert word in result.stderr, word
    found = json.loads(truceline("pack", "check", tmp_path / "isles", "--json").stdout)
    assert not found["usable"]
    assert len(found["problems"]) >= 3


def test_a_name_that_is_no_pack_ends_with_2(truceline: Command, tmp_path: Path) -> None:
    result = truceline("pack", "check", "atlantis")
    assert result.exit_code == 2
    assert "one of: karabakh" in result.stderr
    assert truceline("pack", "check", tmp_path).exit_code == 1
