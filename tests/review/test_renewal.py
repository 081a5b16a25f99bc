"""What keeps its name: an edited, withdrawn or re-read claim never loses a decision; it is to be renewed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import row, table
from tests.cli.test_hostile_files import only_evidence
from truceline.model.decision import Verdict, decision_record
from truceline.model.finding import Occurrence
from truceline.pipeline import Cut, assess, cut_off, gather, record_decision
from truceline.record.ledger import Ledger
from truceline.review import decide
from truceline.text.names import keyed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.builders import Row
    from tests.conftest import Command
    from truceline.model.decision import Decision
    from truceline.model.report import Assessment

REPO = Path(__file__).resolve().parents[2]
COMMON = {"origin": "AM MoD", "origin_side": "AM", "accused": "AZ"}
ROWS = [row("A1", places="Hadrut", **COMMON), row("A2", places="Shusha", **COMMON)]
WHY = "we looked"


def set_up(folder: Path, rows: Sequence[Row]) -> Path:
    """Make a small mission of rows."""
    if not folder.exists():
        ignored = shutil.ignore_patterns(".truceline", "texts")
        shutil.copytree(REPO / "missions" / "karabakh-2020", folder, ignore=ignored)
        only_evidence(folder, b"")
    (folder / "evidence" / "x.csv").write_bytes(table(list(rows)))
    return folder


def decided(folder: Path, name: str, verdict: Verdict = Verdict.REFUTED) -> Decision:
    """Have two people decide about a row, as `truceline decide` does."""
    for person in ("Ann Ax", "Ben By"):
        gathered = gather(folder)
        claims = [keyed("clm", "karabakh-2020", [a.item.id]) for a in gathered.arrivals
                  if a.item.external_id == name]  # fmt: skip

        def make(
            earlier: Sequence[Decision], by: str = person, about: Sequence[str] = tuple(claims)
        ) -> Decision:
            return decide(about, verdict, by, WHY, earlier)

        made = record_decision(folder, gathered, make)
    return made


def run(folder: Path) -> Assessment:
    """Run a mission to its end."""
    gathered = gather(folder)
    return assess(gathered, cut_off(None, gathered))


def occurrence(assessment: Assessment, name: str) -> Occurrence:
    """Give the occurrence of the incident that holds a row."""
    claim = next(c.id for c in assessment.claims if c.external_id == name)
    incident = next(i.id for i in assessment.incidents if claim in i.members)
    return next(f.occurrence for f in assessment.findings if f.incident == incident)


def test_a_decision_holds_while_its_row_says_the_same(tmp_path: Path) -> None:
    folder = set_up(tmp_path / "m", ROWS)
    decided(folder, "A1")
    more = [r | {"basis": ""} for r in reversed([*ROWS, row("A3", places="Ganja", **COMMON)])]
    found = run(set_up(folder, more))
    assert occurrence(found, "A1") is Occurrence.REFUTED
    assert found.renewals == ()


EDITED = st.sampled_from(
    [("paraphrase", "Other words."), ("places", "Ganja"), ("t_from_local", "2020-10-11 15:00"),
     ("killed", "3"), ("outlet", "other.example"), ("basis", "saw"), ("kind", "report"),
     ("via", "RIA"), ("material", "tour 1"), ("pub_date", "2020-10-12"), ("accused", "")]
)  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EDITED, min_size=1, max_size=3, unique_by=lambda edit: edit[0]))
def test_any_edit_of_a_decided_row_is_shown_and_none_loses_a_decision(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str]]
) -> None:
    folder = set_up(tmp_path_factory.mktemp("edited") / "m", ROWS)
    made = decided(folder, "A1")
    edited = ROWS[0] | dict(edits)
    found = run(set_up(folder, [edited, ROWS[1]]))
    assert found.rulings == ()
    (renewal,) = found.renewals
    assert renewal.id == made.approves
    (change,) = renewal.changed
    assert change.name == "A1"
    for column, now in edits:
        assert f"{column}: {ROWS[0][column] or '(empty)'}" in change.was
        assert f"{column}: {now or '(empty)'}" in (change.now or "")
    assert occurrence(found, "A1") is not Occurrence.REFUTED
    assert any("changed, it does not count" in p.message for p in found.problems)


def test_a_row_put_back_is_decided_again_and_a_renewal_replaces_the_old_decision(
    tmp_path: Path,
) -> None:
    folder = set_up(tmp_path / "m", ROWS)
    decided(folder, "A1")
    edited = [ROWS[0] | {"places": "Ganja"}, ROWS[1]]
    assert run(set_up(folder, edited)).renewals
    back = run(set_up(folder, ROWS))
    assert (back.renewals, len(back.rulings)) == ((), 1)
    set_up(folder, edited)
    decided(folder, "A1")
    found = run(folder)
    assert (found.renewals, len(found.rulings)) == ((), 1)
    assert occurrence(found, "A1") is Occurrence.REFUTED


def test_a_withdrawn_row_leaves_its_decision_to_be_renewed(tmp_path: Path) -> None:
    folder = set_up(tmp_path / "m", ROWS)
    decided(folder, "A1")
    (renewal,) = run(set_up(folder, ROWS[1:])).renewals
    (change,) = renewal.changed
    assert change.now is None
    assert "places: Hadrut" in change.was


def test_an_edit_between_proposal_and_approval_needs_a_new_proposal(tmp_path: Path) -> None:
    folder = set_up(tmp_path / "m", ROWS)
    gathered = gather(folder)
    claim = keyed("clm", "karabakh-2020", [next(a.item.id for a in gathered.arrivals
                                                if a.item.external_id == "A1")])  # fmt: skip
    record_decision(folder, gathered, lambda e: decide([claim], Verdict.REFUTED, "Ann Ax", WHY, e))
    made = decided(set_up(folder, [ROWS[0] | {"killed": "3"}, ROWS[1]]), "A1")
    found = run(folder)
    assert made.approves is not None
    assert [r.proposed_by for r in found.rulings] == ["Ann Ax"]
    assert [r.approved_by for r in found.rulings] == ["Ben By"]
    assert any(p.changed for p in found.proposals)


def test_a_claim_published_after_the_cut_off_is_not_to_be_renewed(tmp_path: Path) -> None:
    folder = set_up(tmp_path / "m", [ROWS[0], ROWS[1] | {"pub_date": "2020-10-13"}])
    decided(folder, "A2")
    gathered = gather(folder)
    early = cut_off("2020-10-12", gathered)
    assert isinstance(early, Cut)
    assert assess(gathered, early).renewals == ()


def old_record(decision: Decision) -> dict[str, object]:
    """Give a decision's record as release 0.1.0 wrote it: by claims, without subjects."""
    record = decision_record(decision)
    record.pop("subjects", None)
    return record


@pytest.mark.parametrize("edited", [False, True])
def test_decisions_of_the_first_release_are_kept_and_followed(
    tmp_path: Path, *, edited: bool
) -> None:
    folder = set_up(tmp_path / "m", ROWS)
    gathered = gather(folder)
    claim = keyed("clm", "karabakh-2020", [next(a.item.id for a in gathered.arrivals
                                                if a.item.external_id == "A1")])  # fmt: skip
    first = decide([claim], Verdict.REFUTED, "Ann Ax", WHY, ())
    second = decide([claim], Verdict.REFUTED, "Ben By", WHY, [first])
    with Ledger.open(folder, origin="truceline/karabakh-2020") as ledger:
        ledger.append([old_record(first), old_record(second)])
    found = run(set_up(folder, [ROWS[0] | {"killed": "3"}, ROWS[1]]) if edited else folder)
    assert (len(found.rulings), len(found.renewals)) == ((0, 1) if edited else (1, 0))


def test_a_claim_of_a_text_is_named_by_its_place_and_followed_from_its_old_name(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    text = mission_folder / "evidence" / "texts" / "2020-10-11-ganja.txt"
    read = truceline("read", text, "--mission", mission_folder, "--json")
    claims = [json.loads(line) for line in read.stdout.splitlines()]
    counts: dict[tuple[int, int], int] = {}
    for claim in claims:
        place = (claim["start"], claim["end"])
        number = counts.get(place, 0)
        counts[place] = number + 1
        parts = [claim["item"], str(place[0]), str(place[1]), str(number)]
        assert claim["id"] == keyed("clm", "karabakh-2020", parts)
    gathered = gather(mission_folder)
    old = next(c for c in assess(gathered, cut_off(None, gathered)).claims if c.coding is not None)
    first = decide(old.former, Verdict.REFUTED, "Ann Ax", WHY, ())
    second = decide(old.former, Verdict.REFUTED, "Ben By", WHY, [first])
    with Ledger.open(mission_folder, origin="truceline/karabakh-2020") as ledger:
        ledger.append([old_record(first), old_record(second)])
    found = run(mission_folder)
    assert [r.claims for r in found.rulings] == [(old.id,)]
    out = tmp_path / "out"
    assert truceline("run", mission_folder, "--out", out).exit_code == 0
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert [d["state"] for d in report["decisions"]] == ["in force"]
