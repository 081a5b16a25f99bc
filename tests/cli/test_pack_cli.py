"""`truceline pack`: what there is, every problem at once, and what is worth a look."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tests.cli.texts import PACK, write_pack, write_text
from truceline.terms.pack import pack_names, shipped

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


def test_outsiders_are_counted_and_the_sides_of_the_conflict_named(truceline: Command) -> None:
    told = truceline("pack", "check", "thailand-cambodia").stdout
    assert told == truceline("pack", "check", "thailand-cambodia").stdout
    assert "2 sides of kind party: KH, TH\n" in told
    assert re.search(r"\n  \d+ sides of kind outsider\n", told)
    ukraine = truceline("pack", "check", "ukraine").stdout.splitlines()
    kinds = [line.strip() for line in ukraine if "of kind" in line]
    assert kinds[:2] == ["2 sides of kind party: RU, UA", "2 sides of kind force: DPR, LPR"]


def test_the_template_is_checked_and_not_listed(truceline: Command) -> None:
    by_name = truceline("pack", "check", "template")
    by_folder = truceline("pack", "check", shipped() / "template")
    assert (by_name.exit_code, by_folder.exit_code) == (0, 0), by_name.output
    assert by_name.stdout == by_folder.stdout
    assert "template (version" in by_name.stdout
    assert "template" not in truceline("pack", "list").stdout


def test_a_new_pack_begins_with_the_template(truceline: Command, tmp_path: Path) -> None:
    folder = tmp_path / "packs" / "river"
    result = truceline("pack", "new", folder)
    assert result.exit_code == 0, result.output
    checked = truceline("pack", "check", folder)
    assert checked.exit_code == 0, checked.output
    assert checked.stdout.startswith("river (version ")
    for file in ("pack.yaml", "places.csv"):
        kept = (
            (shipped() / "template" / file).read_text("utf-8").replace("id: template", "id: river")
        )
        assert (folder / file).read_text("utf-8") == kept
    again = truceline("pack", "new", folder)
    assert again.exit_code == 2
    assert "is there already" in again.stderr
    odd = truceline("pack", "new", tmp_path / "two words")
    assert odd.exit_code == 2
    assert "no name for a pack" in odd.stderr


def test_the_template_reads_the_text_of_the_manual(truceline: Command, tmp_path: Path) -> None:
    truceline("pack", "new", tmp_path / "river")
    text = (
        "---\npublished: 2022-05-04\n---\nAlandian forces shelled Ferry Town with river rockets on "
        "Monday, Belandian Prime Minister Carel said.\n"
    )
    path = write_text(tmp_path, text)
    result = truceline("read", path, "--pack", tmp_path / "river", "--language", "en")
    assert result.exit_code == 0, result.output
    assert "Belandian Prime Minister Carel [BB] · alleges · rocket fire · AA" in result.stdout
    assert "Ferry Town · 2 May 2022" in result.stdout


def test_what_the_reader_never_finds_is_told(truceline: Command, tmp_path: Path) -> None:
    text = PACK.replace("names: {en: [Bo]}", "names: {en: [the old chief], xx: [Boo]}").replace(
        "      fire: [lobbed bombs]", "      fire: [~ bombs, lob ~ bomb, lob ~ shel*]"
    )
    result = truceline("pack", "check", write_pack(tmp_path, text), "--json")
    warnings = json.loads(result.stdout)["warnings"]
    assert not any("the old chief" in warning for warning in warnings)  # small letters are found
    assert "names in 'xx' are never read (ss-chief): no lexicon" in warnings
    assert "en: '~ bombs' (acts fire) is never found in a text" in warnings
    assert "en: 'lob ~ shel*' (acts fire) is never found in a text" in warnings
    assert not any("lob ~ bomb" in warning for warning in warnings)


def test_two_holders_of_one_office_are_told(truceline: Command, tmp_path: Path) -> None:
    office = "offices: [{role: head_of_state, side: SS, since: 2020-01-01}]"
    text = PACK.replace(
        "id: ss-chief, kind: person", f"id: ss-chief, kind: person, {office}"
    ).replace(
        "lexicon:", f"  - {{id: ss-other, kind: person, {office}, names: {{en: [Vale]}}}}\nlexicon:"
    )
    result = truceline("pack", "check", write_pack(tmp_path, text))
    told = (
        "ss-chief and ss-other are both head_of_state of SS from 2020-01-01: neither is named by it"
    )
    assert told in result.stdout
