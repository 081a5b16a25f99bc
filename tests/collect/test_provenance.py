"""Provenance in coded rows: one row, one voice; a chain without a loop; every word known or told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.builders import claim_of, finding_of, project, read_table, row, table
from tests.cli.test_hostile_files import only_evidence
from tests.missions.test_karabakh import AS_OF
from truceline.collect.coded_claims import COLUMNS, LATER
from truceline.model.finding import Occurrence
from truceline.model.problem import Severity
from truceline.model.provenance import AccessKind, Basis, ChannelOwner
from truceline.record.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders import Row
    from tests.conftest import Command


def test_an_empty_later_column_changes_no_id() -> None:
    plain = {name: value for name, value in row("A").items() if name in COLUMNS}
    before, _ = read_table(table([plain]))
    for names in (LATER, LATER[:2], ("material", "notes of the coder")):
        after, _ = read_table(table([plain | dict.fromkeys(names, "")]))
        assert [a.item.id for a in after] == [a.item.id for a in before]
    filled, _ = read_table(table([plain | {"basis": "saw"}]))
    assert filled[0].item.id != before[0].item.id


def test_what_a_row_says_of_its_provenance_is_read() -> None:
    claim = claim_of(
        project([row("A", origin="Watch", origin_side="NGO", basis="inspected", channel="other",
                     access="escorted(BB)", via="Wire; Daily", material="tour 7")]), "A"
    )  # fmt: skip
    assert claim.basis is Basis.INSPECTED
    assert (claim.access.kind, claim.access.by) == (AccessKind.ESCORTED, "BB")
    assert [relay.source for relay in claim.chain.relays] == ["Wire", "Daily"]
    assert claim.chain.channel is ChannelOwner.OTHER
    assert claim.material == "tour 7"


@pytest.mark.parametrize(
    "written", ["escorted(BB)", "escorted BB", "escorted by BB", "escorted:BB"]
)
def test_an_escort_is_named_in_several_ways(written: str) -> None:
    claim = claim_of(project([row("A", access=written)]), "A")
    assert (claim.access.kind, claim.access.by) == (AccessKind.ESCORTED, "BB")


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"basis": "heard it"}, "basis", "'heard it' is no basis"),
        ({"access": "free"}, "access", "'free' is no access"),
        ({"access": "escorted"}, "access", "escorted by nobody the mission knows"),
        ({"access": "escorted(XX)"}, "access", "escorted by nobody the mission knows"),
        ({"channel": "theirs"}, "channel", "'theirs' is no channel"),
    ],
)
def test_a_word_nobody_knows_stays_unresolved_and_is_told(
    fields: Row, field: str, said: str
) -> None:
    watch = {"origin": "Watch", "origin_side": "NGO", "kind": "verification"}
    strong = {"basis": "inspected", "access": "own"}
    rows = [row("A", **(watch | strong | fields))]
    _, problems = read_table(table(rows))
    assert [(p.severity, p.row, p.field) for p in problems] == [(Severity.WARNING, 2, field)]
    assert said in problems[0].message
    assert problems[0].advice
    assessment = project(rows)
    assert field in claim_of(assessment, "A").unresolved
    if field != "channel":
        assert finding_of(assessment, "A").occurrence is not Occurrence.CONFIRMED


def test_an_admission_by_a_channel_nobody_understands_confirms_nothing() -> None:
    admitted = {"kind": "admission", "accused": "AA"}
    for channel, confirmed in (("", True), ("own", True), ("other", False), ("theirs", False)):
        finding = finding_of(project([row("A", channel=channel, **admitted)]), "A")
        assert (finding.occurrence is Occurrence.CONFIRMED) is confirmed
        assert (finding.attribution.party == "AA") is confirmed


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"origin": "AA MoD; BB MoD"}, "origin", "bundles 2 voices"),
        ({"origin": "AA MoD; Wire reporter"}, "origin", "bundles 2 voices"),
        ({"origin": "AA MoD; CC army; BB MoD"}, "origin", "bundles 3 voices"),
        ({"origin": "Watch; Wire reporters"}, "origin", "bundles 2 voices"),
        ({"via": "Wire; Daily; Wire"}, "via", "the chain loops: 'Wire'"),
        ({"origin": "AA MoD via Wire via Daily via Wire"}, "origin", "the chain loops"),
        ({"via": "AA MoD"}, "via", "is both who says it and a relay"),
        ({"origin": "AA MoD citing AA MoD"}, "origin", "is both who says it and a relay"),
    ],
)
def test_a_row_that_holds_no_one_voice_is_left_out_and_located(
    fields: Row, field: str, said: str
) -> None:
    arrivals, problems = read_table(table([row("A", **fields), row("B")]))
    assert [a.item.external_id for a in arrivals] == ["B"]
    assert [(p.severity, p.row, p.field) for p in problems] == [(Severity.ERROR, 2, field)]
    assert said in problems[0].message


def test_voices_of_one_camp_may_share_a_row_and_a_joint_statement_is_said_to_be_one() -> None:
    rows = [row("A", origin="AA MoD; CC army"), row("B", origin="AA GPO / MoD"),
            row("C", origin="AA MoD; BB MoD", origin_side="JOINT", kind="agreement")]  # fmt: skip
    arrivals, problems = read_table(table(rows))
    assert len(arrivals) == 3
    assert problems == []


@pytest.fixture
def mission(mission_folder: Path) -> Path:
    """Give the demonstration mission with the columns of its sides."""
    return mission_folder


def test_check_shows_how_to_split_a_row_and_run_leaves_it_out(
    truceline: Command, mission: Path, tmp_path: Path
) -> None:
    bundled = row("Z9", origin="AZ GPO; Al Jazeera reporter", origin_side="AZ", accused="AM",
                  places="Ganja")  # fmt: skip
    only_evidence(mission, table([bundled]))
    checked = truceline("check", mission)
    assert checked.exit_code == 1
    assert "evidence/x.csv, row 2, field origin" in checked.stderr
    assert "Z9a: AZ GPO; Z9b: Al Jazeera reporter" in checked.stderr
    result = truceline("run", mission, "--as-of", AS_OF, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "not counted" in result.stdout


def test_two_rows_of_one_id_are_an_error_that_check_locates(
    truceline: Command, mission: Path
) -> None:
    rows = [row("Z9", origin="AM MoD", origin_side="AM", accused="AZ", places=place)
            for place in ("Hadrut", "Shusha")]  # fmt: skip
    only_evidence(mission, table(rows))
    checked = truceline("check", mission)
    assert checked.exit_code == 1
    for number in (2, 3):
        assert f"error: evidence/x.csv, row {number}, field claim_id: 'Z9' stands for 2" in (
            checked.stderr
        )


def test_copies_of_pages_become_originals_and_the_report_counts_them(
    truceline: Command, mission: Path, tmp_path: Path
) -> None:
    page = b"<html><body>A page as it stood.</body></html>"
    (mission / "evidence" / "pages").mkdir()
    (mission / "evidence" / "pages" / "1.html").write_bytes(page)
    (tmp_path / "secret").write_bytes(b"secret")
    (mission / "evidence" / "pages" / "3.html").symlink_to(tmp_path / "secret")
    common = {"origin": "AM MoD", "origin_side": "AM", "accused": "AZ", "places": "Hadrut"}
    rows = [row("Z1", archive="pages/1.html", **common), row("Z2", archive="pages/2.html", **common),
            row("Z3", archive="pages/3.html", **common), row("Z4", **common)]  # fmt: skip
    only_evidence(mission, table(rows))
    out = tmp_path / "out"
    result = truceline("run", mission, "--as-of", AS_OF, "--out", out)
    assert result.exit_code == 1
    assert "row 3, field archive: the copy 'pages/2.html': it is not there" in result.stderr
    assert "row 4, field archive: the copy 'pages/3.html': it is a link that leads out" in (
        result.stderr
    )
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert "Archived 1 of 4 sources: the ledger holds a copy of each." in report["summary"]
    with Ledger.read(mission) as ledger:
        (entry,) = ledger.entries("archive")
        assert ledger.original(str(entry.record["original"])) == page
    assert truceline("verify", mission).exit_code == 0
