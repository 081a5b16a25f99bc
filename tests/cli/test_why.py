"""`show` looks one thing up, `why` says why it is found so, `run --without` leaves a source out."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import row, table
from truceline.model.finding import GIVES, Occurrence, TableRow
from truceline.store.kept import read

if TYPE_CHECKING:
    from tests.conftest import Command


def said(truceline: Command, *words: object) -> dict[str, Any]:
    result = truceline(*words, "--json")
    assert result.exit_code in {0, 1}, result.output
    return dict(json.loads(result.stdout))


def run(truceline: Command, mission: Path, out: Path, *more: object) -> dict[str, Any]:
    result = truceline("run", mission, "--out", out, *more)
    assert result.exit_code in {0, 1}, result.output
    return {
        name: json.loads((out / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("incidents", "findings", "report", "run", "judgements")
    }


def small(mission: Path, rows: list[dict[str, str]], *more: str) -> None:
    """Leave a mission these rows alone, and the texts that are named."""
    (mission / "evidence" / "claims.csv").write_bytes(table(rows))
    yaml = mission / "mission.yaml"
    named = "".join(f"  - {{reader: text, file: {name}}}\n" for name in more)
    text, count = re.subn(
        r"^evidence:\n(?:  .*\n)+",
        f"evidence:\n  - {{reader: coded_claims, file: evidence/claims.csv}}\n{named}",
        yaml.read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    assert count == 1
    yaml.write_text(text, encoding="utf-8")


WATCHED = [
    row("C1", origin="AZ MoD", origin_side="AZ", act="missile_strike", accused="AM", t_from_local="2020-10-11 02:00",
        time_precision="about", places="Ganja", pub_date="2020-10-11"),
    row("C2", origin="Human Rights Watch", origin_side="", kind="verification", act="missile_strike", accused="",
        t_from_local="2020-10-11 02:00", time_precision="about", places="Ganja", basis="inspected", access="own",
        pub_date="2020-10-13"),
    row("C3", origin="AM MoD", origin_side="AM", kind="denial", act="missile_strike", accused="AM",
        t_from_local="2020-10-11 02:00", time_precision="about", places="Ganja", pub_date="2020-10-11"),
]  # fmt: skip


def test_every_finding_is_told_with_its_row_its_origins_and_all_its_claims(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    made = run(truceline, mission_folder, tmp_path / "a")
    findings = {f["incident"]: f for f in made["findings"]}
    (snapshot,) = (mission_folder / ".truceline" / "snapshots").iterdir()
    for incident in made["incidents"][:12]:
        told = said(truceline, "why", snapshot, incident["id"])
        finding = findings[incident["id"]]
        assert told["incident"]["finding"]["row"] == finding["row"]
        assert told["row_gives"] == GIVES[TableRow(finding["row"])].value.replace("_", " ")
        assert [b["origin"]["label"] for b in told["branches"]] == [
            o["label"] for o in finding["origins"]
        ]
        shown = {c["id"] for b in told["branches"] for c in b["claims"]} | {
            c["id"] for c in told["beside"]
        }
        assert shown == {m["claim"] for m in incident["members"]}
        assert [c["words"] for c in told["incident"]["finding"]["changes"]] == [
            c["words"] for c in finding["changes"]
        ]


def test_without_each_origin_the_rest_is_weighed_again(
    truceline: Command, mission_folder: Path
) -> None:
    """What `why` says of an origin is what a mission finds that never had its claims."""
    small(mission_folder, WATCHED)
    told = said(truceline, "why", mission_folder, "1")
    assert told["incident"]["finding"]["assessed"] == "confirmed"
    left = {b["origin"]["label"]: b["without"] for b in told["branches"]}
    assert len(left) == 2
    for label, gone in (
        ("Human Rights Watch", "C2"),
        (next(n for n in left if n != "Human Rights Watch"), "C1"),
    ):
        small(mission_folder, [r for r in WATCHED if r["claim_id"] != gone])
        rest = said(truceline, "why", mission_folder, "1")
        assert left[label] == rest["incident"]["finding"]["assessed"]
    assert left["Human Rights Watch"] == "unsubstantiated"
    small(mission_folder, WATCHED[:1])
    alone = said(truceline, "why", mission_folder, "C1")
    assert [(b["without"], b["without_row"], b["changes"]) for b in alone["branches"]] == [
        ("nothing is left", None, True)
    ]


def test_what_people_decided_does_not_count_where_an_origin_is_left_out(
    truceline: Command, mission_folder: Path
) -> None:
    small(mission_folder, WATCHED[:1])
    incident = said(truceline, "why", mission_folder, "1")["incident"]["id"]
    proposal = truceline(
        "decide",
        mission_folder,
        incident,
        "--verdict",
        "refuted",
        "--by",
        "Ann Ax",
        "--reason",
        "x",
        "--json",
    )
    decision = json.loads(proposal.stdout)["id"]
    truceline("decide", mission_folder, incident, "--approve", decision, "--by", "Ben By")
    small(
        mission_folder,
        [WATCHED[0], row("C9", **{k: v for k, v in WATCHED[0].items() if k != "claim_id"})],
    )
    told = said(truceline, "why", mission_folder, "1")
    assert all(b["without"] in {"unsubstantiated", "nothing is left"} for b in told["branches"])


def test_a_terminal_shows_the_tree(truceline: Command, mission_folder: Path) -> None:
    small(mission_folder, WATCHED)
    text = truceline("why", mission_folder, "C2").stdout
    for words in (
        "Incident 1 (inc-", "Row of the table: looked and seconded, which gives confirmed.", "├─ Human Rights Watch: ",
        "without it: unsubstantiated (row interested only)", "which adds no origin:", "C3, 11 Oct 2020",
        "What would change it:", "Under the agreements:",
    ):  # fmt: skip
        assert words in text, words


def test_one_thing_is_found_by_number_id_beginning_or_the_coders_own(
    truceline: Command, mission_folder: Path
) -> None:
    small(mission_folder, WATCHED)
    incident = said(truceline, "show", mission_folder, "1")["incident"]
    (claim,) = said(truceline, "show", mission_folder, "C1")["claims"]
    item = said(truceline, "show", mission_folder, claim["item"])["item"]
    assert [c["claim"]["external_id"] for c in item["claims"]] == ["C1"]
    assert item["cells"]["places"] == "Ganja"
    assert claim["number"] == 1
    for word in (incident["id"], incident["id"][:9]):
        assert said(truceline, "show", mission_folder, word)["incident"] == incident
    for word in (claim["claim"]["id"], claim["claim"]["id"][:10]):
        assert said(truceline, "show", mission_folder, word)["claims"] == [claim]
    assert said(truceline, "show", mission_folder, item["id"][:12])["item"] == item
    text = truceline("show", mission_folder, "C1").stdout
    assert "Ministry of Defence of Azerbaijan" in text or "AZ MoD" in text
    assert "incident" in text


@pytest.mark.parametrize(("word", "said_"), [
    ("99", "names no incident, claim or item"), ("0", "names no incident"), ("", "names no incident"),
    ("clm-", "names no incident"), ("inc-0000000000000000", "names no incident"), ("C", "names no incident"),
])  # fmt: skip
def test_what_names_nothing_is_told_with_what_to_give(
    truceline: Command, mission_folder: Path, word: str, said_: str
) -> None:
    small(mission_folder, WATCHED)
    for command in ("show", "why"):
        result = truceline(command, mission_folder, word)
        assert result.exit_code == 2
        assert said_ in result.stderr
        assert "a number of the report (1 to 1)" in result.stderr


def test_an_incident_of_an_earlier_run_is_told_with_where_its_claims_stand_now(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    small(mission_folder, WATCHED[:1])
    run(truceline, mission_folder, tmp_path / "a")
    before = json.loads((tmp_path / "a" / "incidents.json").read_text(encoding="utf-8"))[0]["id"]
    small(mission_folder, WATCHED)
    result = truceline("why", mission_folder, before)
    assert result.exit_code == 2
    assert "an incident of an earlier run; what it held stands now in incident 1" in result.stderr


def test_a_text_is_shown_with_its_words_and_what_was_read_in_them(
    truceline: Command, mission_folder: Path
) -> None:
    words = "BAKU, October 12, 2020. The Ministry of Defence said that the city of Ganja was shelled on October 12 at 14:00."
    (mission_folder / "a.txt").write_text(
        f"---\npublished: 2020-10-12\noutlet: Example\n---\n{words}\n", encoding="utf-8"
    )
    small(mission_folder, WATCHED, "a.txt")
    export = {c["id"]: c for c in _claims(truceline, mission_folder)}
    (read_one,) = [c for c in export.values() if c["quote"]]
    item = said(truceline, "show", mission_folder, read_one["item"])["item"]
    assert words in item["words"]
    assert any(c["claim"]["id"] == read_one["id"] and c["offsets"] for c in item["claims"])
    assert words in truceline("show", mission_folder, read_one["item"][:10]).stdout


def _claims(truceline: Command, mission: Path) -> list[dict[str, Any]]:
    out = mission.parent / "claims-out"
    run(truceline, mission, out)
    return [
        json.loads(line) for line in (out / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def test_a_spoilt_snapshot_is_not_shown(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    run(truceline, mission_folder, tmp_path / "a")
    (snapshot,) = (mission_folder / ".truceline" / "snapshots").iterdir()
    assert truceline("why", snapshot, "1", "--as-of", "2020-10-11").exit_code == 2
    assert truceline("why", mission_folder / "mission.yaml", "1").exit_code == 2
    snapshot.write_bytes(snapshot.read_bytes()[:9000])
    result = truceline("show", snapshot, "1")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "truceline run" in result.stderr


def test_a_trial_leaves_out_a_source_and_says_so(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    small(mission_folder, [*WATCHED, row("C4", origin="AZ MoD", origin_side="AZ", via="Human Rights Watch", places="Barda",
                                         act="artillery_fire", accused="AM", pub_date="2020-10-12",
                                         t_from_local="2020-10-12 08:00", time_precision="about")])  # fmt: skip
    whole = run(truceline, mission_folder, tmp_path / "a")
    kept = sorted((mission_folder / ".truceline" / "snapshots").iterdir())
    trial = run(truceline, mission_folder, tmp_path / "b", "--without", "human rights watch")
    left = {m["external_id"] for i in trial["incidents"] for m in i["members"]}
    assert left == {"C1", "C3"}
    assert {f["occurrence"] for f in trial["findings"]} == {"unsubstantiated"}
    assert Occurrence.CONFIRMED.value in {f["occurrence"] for f in whole["findings"]}
    sentence = trial["report"]["header"]["edition_sentence"]
    assert sentence.startswith("A trial, no report")
    assert "2 claims left out" in sentence
    assert sentence in (tmp_path / "b" / "report.html").read_text(encoding="utf-8")
    assert trial["report"]["header"]["items_digest"] != whole["report"]["header"]["items_digest"]
    assert sorted((mission_folder / ".truceline" / "snapshots").iterdir()) == kept
    snapshot = read(tmp_path / "b" / "snapshot.duckdb")
    assert (snapshot.left_out, len(snapshot.without)) == (2, 1)
    standings = {j["standing"] for j in trial["judgements"] if j.get("day")}
    assert "observed_none_recorded" not in standings
    again = run(truceline, mission_folder, tmp_path / "c")
    assert again["findings"] == whole["findings"]


def test_a_trial_of_an_unknown_source_or_one_that_leaves_is_refused(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    for words, told in (
        (["--without", "Human Right Watch"], "is no source of this mission"),
        (["--without", "Human Rights Watch", "--released"], "may not leave the mission"),
    ):
        result = truceline("run", mission_folder, "--out", tmp_path / "b", *words)
        assert result.exit_code == 2
        assert told in result.stderr
        assert not (tmp_path / "b").exists()


def test_a_house_is_left_out_with_its_outlets(
    truceline: Command, mission_folder: Path, tmp_path: Path
) -> None:
    yaml = mission_folder / "mission.yaml"
    text = yaml.read_text(encoding="utf-8").replace(
        "    name: Reuters\n", "    name: Reuters\n    parent: hrw\n", 1
    )
    yaml.write_text(text, encoding="utf-8")
    small(mission_folder, [*WATCHED, row("C5", origin="Reuters", origin_side="", kind="verification", places="Ganja",
                                         act="missile_strike", accused="", pub_date="2020-10-11",
                                         t_from_local="2020-10-11 02:00", time_precision="about")])  # fmt: skip
    trial = run(truceline, mission_folder, tmp_path / "b", "--without", "Human Rights Watch")
    assert {m["external_id"] for i in trial["incidents"] for m in i["members"]} == {"C1", "C3"}
