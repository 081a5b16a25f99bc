"""The second mission against its expected answers; what cannot be said yet stands as a strict expected failure."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from truceline.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

MISSION = Path(__file__).resolve().parents[2] / "missions" / "lebanon-2024"
EXPECTED: dict[str, Any] = json.loads(
    (MISSION / "expected" / "expected.json").read_text(encoding="utf-8")
)
AGREEMENT: str = EXPECTED["agreement"]
LAST = "2024-12-20T12:00+02:00"
STRONG = {"corroborated", "confirmed"}


@cache
def ran(as_of: str) -> dict[str, Any]:
    """Run the mission into a folder that is gone afterwards; give its JSON files by name."""
    with TemporaryDirectory() as folder:
        copy, out = Path(folder) / "mission", Path(folder) / "out"
        shutil.copytree(MISSION, copy, ignore=shutil.ignore_patterns(".truceline"))
        result = CliRunner().invoke(main, ["run", str(copy), "--as-of", as_of, "--out", str(out)])
        assert result.exit_code in {0, 1}, result.stderr
        files = sorted(out.glob("*.json"))
        return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in files}


def told(at: str) -> dict[str, Any]:
    """Ask the command what the terms say at an instant; give the agreement's record, empty where there is none."""
    result = CliRunner().invoke(main, ["terms", str(MISSION), "--at", at, "--json"])
    assert result.exit_code == 0, result.stderr
    agreements = json.loads(result.stdout)["agreements"]
    return next((record for record in agreements if record["id"] == AGREEMENT), {})


def provision(at: str, wanted: str) -> dict[str, Any]:
    """Give what the command says of one provision."""
    found: dict[str, Any] = next(p for p in told(at)["provisions"] if p["id"] == wanted)
    return found


def states(at: str) -> dict[str, str]:
    """Give the state of every obligation by its number in the text."""
    return {
        j["provision"].partition("/")[2]: j["state"]
        for j in ran(at)["judgements.json"] if j["judgement"] == "obligation"
    }  # fmt: skip


def obligations() -> Iterator[tuple[str, str, set[str]]]:
    """Give instant, provision and the states that are right."""
    for case in EXPECTED["obligations"]:
        for name in sorted(set(case) - {"at"}):
            yield case["at"], name, set(case[name])


def test_every_row_of_the_evidence_is_read() -> None:
    assert "error" not in {p["severity"] for p in ran(LAST)["problems.json"]}


def test_every_act_of_the_evidence_is_known() -> None:
    assert "act" not in {p["field"] for p in ran(LAST)["problems.json"]}


@pytest.mark.parametrize("at", EXPECTED["absent_at"])
def test_before_its_announcement_the_agreement_does_not_exist(at: str) -> None:
    assert told(at) == {}


@pytest.mark.parametrize(("number", "since"), sorted(EXPECTED["in_force_from"].items()))
def test_a_provision_is_in_force_from_its_instant(number: str, since: str) -> None:
    assert provision("2024-11-27T01:59:00Z", number)["in_force"] == "no"
    found = provision(since, number)
    assert found["in_force"] == "yes"
    assert {interval["from"] for interval in found["intervals"]} == {since}


@pytest.mark.parametrize(
    ("number", "at"),
    [(n, at) for at, ns in EXPECTED["still_in_force_at"].items() for n in ns],
)
def test_no_end_of_a_period_ends_a_prohibition(number: str, at: str) -> None:
    assert provision(at, number)["in_force"] == "yes"


@pytest.mark.parametrize(("number", "due"), sorted(EXPECTED["due"].items()))
def test_a_moved_deadline_is_known_from_its_announcement_on(number: str, due: str) -> None:
    before = provision("2025-01-26T05:00:00+02:00", number)
    assert due in {reading["instant"] for reading in before["due"]}
    assert not before["amended"]
    after = provision("2025-02-01T12:00:00+02:00", number)
    assert after["amended"]
    assert due not in {reading["instant"] for reading in after["due"]}


def test_a_duty_to_prevent_stands_for_itself_and_a_body_is_known_with_its_agreement() -> None:
    duty = provision("2024-12-15", "2a-prevent")
    assert (duty["class"], duty["state"], duty["prevents"]) == (
        "obligation", "no_due_date", ["HZB", "HAM"],
    )  # fmt: skip
    for at, there in (("2024-11-25", []), ("2024-12-15", ["mechanism"])):
        result = CliRunner().invoke(main, ["terms", str(MISSION), "--at", at, "--json"])
        bodies = json.loads(result.stdout)["bodies"]
        assert [body["id"] for body in bodies] == there
    assert bodies[0]["members"] == ["FR", "IL", "LB", "US", "unifil"]
    assert bodies[0]["powers"] == ["coordinate", "monitor", "verify"]
    (shown,) = [a["bodies"] for a in ran(LAST)["report.json"]["agreements"]]
    assert "; seat Naqoura; may coordinate, monitor, verify" in shown[0]
    assert shown[0].startswith("the Mechanism: FR, Israel, Lebanon, US, United Nations")


@pytest.mark.parametrize(("at", "number", "right"), list(obligations()))
def test_an_obligation_stands_as_expected(at: str, number: str, right: set[str]) -> None:
    assert states(at)[number] in right


def test_nothing_is_called_unrecorded_on_a_day_with_an_incident() -> None:
    out = ran(LAST)
    strong = {f["incident"] for f in out["findings.json"] if f["occurrence"] in STRONG}
    days = {i["when"]["earliest"][:10] for i in out["incidents.json"] if i["id"] in strong}
    assert len(days) > 1
    said = [
        j["standing"] for j in out["judgements.json"]
        if j["judgement"] == "standing" and j["day"] in days
        and j["provision"] in {f"{AGREEMENT}/2a", f"{AGREEMENT}/2b"}
    ]  # fmt: skip
    assert said
    assert not [standing for standing in said if "none_recorded" in standing]


def test_a_day_with_an_incident_nobody_can_classify_says_so() -> None:
    standings = [j for j in ran(LAST)["judgements.json"] if j["judgement"] == "standing"]
    assert "recorded_not_assessable" in {j["standing"] for j in standings}


def test_an_act_that_its_author_calls_defence_is_an_exception_claimed_on_both_sides() -> None:
    """Rows LC073 and LC116, the admissions of either side; told in equal words."""
    out = ran(LAST)
    members = {i["id"]: {m["external_id"] for m in i["members"]} for i in out["incidents.json"]}
    claimed = {
        (row, j["provision"]): j["reasons"]
        for j in out["judgements.json"] if j.get("classification") == "exception_claimed"
        for row in members[j["incident"]] & {"LC073", "LC116"}
    }  # fmt: skip
    assert set(claimed) == {("LC073", f"{AGREEMENT}/2a"), ("LC116", f"{AGREEMENT}/2b")}
    assert len({tuple(reasons) for reasons in claimed.values()}) == 1


def test_no_machine_calls_an_operation_offensive() -> None:
    states = {j.get("classification") for j in ran(LAST)["judgements.json"]}
    assert not states & {"minor_violation", "serious_violation"}


def test_one_statement_in_three_outlets_is_one_origin() -> None:
    out = ran(LAST)
    rows = {"LC027", "LC028", "LC029"}
    (statement,) = [
        i["id"] for i in out["incidents.json"] if rows <= {m["external_id"] for m in i["members"]}
    ]  # fmt: skip
    (finding,) = [f for f in out["findings.json"] if f["incident"] == statement]
    said = [reason["sentence"] for reason in finding["reasons"]]
    assert "3 claims in 3 outlets trace to 1 interested origin; repeats add nothing" in said
