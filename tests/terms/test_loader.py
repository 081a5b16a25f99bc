"""Mission folders to a mission, or to every problem at once."""

from __future__ import annotations

import re
import shutil
import textwrap
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.terms.conftest import DEMO
from truceline.model.agreement import Obligation, Prohibition, Undertaking
from truceline.terms import load_mission, mission_files

if TYPE_CHECKING:
    from pathlib import Path

    from truceline.model.mission import Mission
    from truceline.model.problem import Problem

TRUCE = "agreements/moscow-2020-10-10.yaml"


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Replace the first occurrence of a text that must be there."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refused(folder: Path) -> tuple[Problem, ...]:
    """Give the problems of a mission that must not load."""
    mission, problems = load_mission(folder)
    assert mission is None
    assert problems
    assert all(problem.advice and problem.message for problem in problems)
    return problems


def only(folder: Path) -> Problem:
    """Give the one problem of a mission."""
    problems = refused(folder)
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def demo() -> Mission:
    """Load the demonstration mission."""
    mission, problems = load_mission(DEMO)
    assert problems == ()
    assert mission is not None
    return mission


def test_demonstration_loads_without_a_problem() -> None:
    mission = demo()
    assert mission.party_ids == ("AM", "AZ")
    assert mission.camp("NK") == "AM"
    assert mission.coverage == ()
    assert mission.evidence[0] == ("coded_claims", "evidence/claims.csv")
    assert {reader for reader, _ in mission.evidence[1:]} == {"text"}
    assert mission.pack is not None
    assert [a.id for a in mission.agreements] == [
        "ceasefire-1994", "moscow-2020-10-10", "humanitarian-truce-2020-10-18",
        "washington-2020-10-25", "geneva-2020-10-30", "trilateral-2020-11-10",
    ]  # fmt: skip


def test_rival_readings_are_both_kept() -> None:
    readings = demo().agreements[1].readings
    assert [(r.id, r.instant) for r in readings] == [
        ("local", datetime(2020, 10, 10, 8, tzinfo=UTC)),
        ("moscow", datetime(2020, 10, 10, 9, tzinfo=UTC)),
    ]


def test_the_truce_defines_no_act_no_area_and_no_date() -> None:
    truce = demo().agreements[1]
    provisions = {provision.id: provision for provision in truce.provisions}
    ban = provisions["1"]
    assert isinstance(ban, Prohibition)
    assert (ban.acts, ban.areas, ban.breach) == ((), (), None)
    assert {truce.ambiguity(name).about for name in ban.ambiguities} >= {"area", "monitoring"}
    owed = [p for p in truce.provisions if isinstance(p, Obligation)]
    assert [p.id for p in owed] == ["1a", "1b", "2"]
    assert all(p.due == () for p in owed)
    assert [p.id for p in truce.provisions if isinstance(p, Undertaking)] == ["3", "4"]


def test_version_depends_on_the_mission_files_only(folder: Path) -> None:
    before = demo().version
    (folder / "labels" / "mirrors.csv").unlink()
    (folder / "evidence" / "claims.csv").write_text("other", encoding="utf-8")
    same, _ = load_mission(folder)
    change(folder, "mission.yaml", "base_km: 2,", "base_km: 3,")
    other, _ = load_mission(folder)
    assert same is not None
    assert other is not None
    assert same.version == before != other.version
    names = list(mission_files(folder)[0])
    assert names == sorted(names)
    assert not any(name.startswith(("evidence", "labels")) for name in names)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\n", "blanks"),
        (b"# nothing\n", "only comments"),
        (b"\x89PNG\r\n\x00\x1a", "binary"),
        (b"id: karabakh\nname: \xff\xfe\n", "not UTF-8"),
        (b"id: [1\nfoo: bar\n", "YAML is broken"),
        (b"id: a\x07b\n", "YAML is broken"),
        (b"just words\n", "a mapping of keys"),
        (b"a: 1\n---\nb: 2\n", "YAML is broken"),
        (b"[" * 5000, "YAML is broken"),
    ],
)
@pytest.mark.parametrize("name", ["mission.yaml", TRUCE])
def test_unusable_file_is_one_clear_problem(
    folder: Path, name: str, content: bytes, said: str
) -> None:
    (folder / name).write_bytes(content)
    problem = only(folder)
    assert problem.file == name
    assert said in problem.message


def test_missing_folder_and_missing_files(folder: Path) -> None:
    assert "not there" in only(folder / "nowhere").message
    for name in ("mission.yaml", "gazetteer.csv"):
        (folder / name).unlink()
    shutil.rmtree(folder / "agreements")
    assert {p.file for p in refused(folder)} == {"mission.yaml", "gazetteer.csv", "agreements"}


def test_unknown_provision_kind_names_line_path_and_nearest_word(folder: Path) -> None:
    change(folder, TRUCE, "kind: cessation_of_fire", "kind: cesation_of_fire")
    problem = only(folder)
    lines = (folder / TRUCE).read_text(encoding="utf-8").splitlines()
    assert problem.field == "provisions[0].kind"
    assert problem.row is not None
    assert "cesation_of_fire" in lines[problem.row - 1]
    assert "did you mean cessation_of_fire?" in problem.advice


def test_time_without_zone_is_refused_unless_a_rule_is_given(folder: Path) -> None:
    change(folder, TRUCE, '    zone: "+04:00"\n', "")
    problem = only(folder)
    assert "time zone is missing" in problem.message
    assert problem.field == "entry_into_force[0]"
    change(folder, TRUCE, '    at: "2020-10-10 12:00"\n', _RULED)
    mission, problems = load_mission(folder)
    assert problems == ()
    assert mission is not None
    reading = mission.agreements[1].readings[0]
    assert reading.instant == datetime(2020, 10, 10, 8, tzinfo=UTC)
    assert "by rule" in reading.zone


_RULED = '    at: "2020-10-10 12:00"\n    rule: mission_zone\n'


def test_duplicate_key_names_both_lines(folder: Path) -> None:
    change(folder, "mission.yaml", "title:", "title: first\ntitle:")
    problem = only(folder)
    assert "'title' stands twice" in problem.message
    assert problem.field == "title"


CHANGES = [
    ("mission.yaml", "counting_rule:", "countng_rule:", "did you mean counting_rule?"),
    ("mission.yaml", "bound_through: AM", "bound_through: AX", "known: AM, AZ"),
    ("mission.yaml", "parent: rossiya-segodnya", "parent: rosia-segodnya", "rossiya-segodnya?"),
    ("mission.yaml", "base_km: 2,", "base_km: -2,", "a number from 0"),
    ("mission.yaml", 'clock: "+04:00"', "clock: Asia/Bakuu", "did you mean Asia/Baku?"),
    ("mission.yaml", "report_from: 2020-09-27", "report_from: 2020-09-31", "year-month-day"),
    ("mission.yaml", "id: az-mfa", "id: az-mod", "rename one of them"),
    ("mission.yaml", "[AZ MFA,", "[AZ MoD,", "leave each name with one only"),
    ("mission.yaml", "evidence/claims.csv", "evidence/claim.csv", "put the file there"),
    ("mission.yaml", "evidence/claims.csv", "../claims.csv", "copy the file into"),
    ("mission.yaml", "outsiders: [FR,", "outsiders: [AM, FR,", "a side is a party"),
    (TRUCE, "parties: [AM, AZ]", "parties: [AM, AB]", "known: AM, AZ"),
    (TRUCE, "areas: undefined", "areas: [north]", "nothing may stand here yet"),
    (TRUCE, "    areas: undefined\n", "", "nothing is assumed"),
    (TRUCE, "acts: undefined", "acts: []", "write the word undefined"),
    (TRUCE, "acts: undefined", "acts: [fire]", "minor or serious"),
    (TRUCE, "acts: undefined", "acts: [fyre]\n    breach: minor", "did you mean fire?"),
    (TRUCE, "class: prohibition", "class: prohibtion", "did you mean prohibition?"),
    (TRUCE, "ambiguities: [time-zone,", "ambiguities: [timezone,", "did you mean time-zone?"),
    (TRUCE, "id: moscow\n", "id: local\n", "rename one of them"),
    (TRUCE, '- id: "1a"', '- id: "1"', "rename one of them"),
    (TRUCE, '- id: "1a"', "- id: 1", "put it in quotes"),
    (TRUCE, "intermediary: icrc", "intermediary: icrcc", "did you mean icrc?"),
    (TRUCE, "zones: []", "zones: []\nrenews: [cease-1994]", "did you mean ceasefire-1994?"),
    (TRUCE, '"2020-10-10 12:00"', '"2020-10-10"', "local time such as"),
    (TRUCE, '"2020-10-10 12:00"', '"2020-10-41 12:00"', "with the zone beside it"),
    (TRUCE, 'zone: "+03:00"', "zone: Europe/Moskow", "did you mean Europe/Moscow?"),
    (TRUCE, "zones: []", "zones: [&z {}, *z]", "write the value out here"),
    (TRUCE, "zones: []", "zones: !python/none []", "is not allowed"),
    ("gazetteer.csv", "40.6828", "400", "degrees north of the equator"),
]


@pytest.mark.parametrize(("name", "old", "new", "advice"), CHANGES)
def test_each_mistake_has_its_advice(
    folder: Path, name: str, old: str, new: str, advice: str
) -> None:
    change(folder, name, old, new)
    problems = refused(folder)
    assert any(advice in f"{p.message} {p.advice}" for p in problems), [str(p) for p in problems]
    assert {p.file for p in problems} == {name}


def test_latitude_of_a_zone(folder: Path) -> None:
    zone = "zones:\n  - {id: north, name: North, lat: 400, lon: 46, radius_km: 5}"
    change(folder, TRUCE, "zones: []", zone)
    problem = only(folder)
    assert problem.field == "zones[0].lat"
    assert "400 found, a number from -90 to 90 expected" in problem.message


def test_every_problem_of_every_file_is_listed_at_once(folder: Path) -> None:
    change(folder, "mission.yaml", "counting_rule: incident", "counting_rule: incidents")
    change(folder, "mission.yaml", "role: media\n", "role: medium\n")
    change(folder, TRUCE, "kind: cessation_of_fire", "kind: cesation_of_fire")
    change(folder, TRUCE, "debtors: [AM, AZ]", "debtors: [AM, XX]")
    change(folder, TRUCE, 'zone: "+03:00"', "zone: Moscow time")
    change(folder, "agreements/ceasefire-1994.yaml", "form:", "fomr:")
    change(folder, "gazetteer.csv", "40.6828", "400")
    problems = refused(folder)
    assert {(p.file, p.field) for p in problems} == {
        ("mission.yaml", "counting_rule"),
        ("mission.yaml", "sources[23].role"),
        (TRUCE, "provisions[0].kind"),
        (TRUCE, "provisions[1].debtors[1]"),
        (TRUCE, "entry_into_force[1].zone"),
        ("agreements/ceasefire-1994.yaml", "fomr"),
        ("agreements/ceasefire-1994.yaml", "form"),
        ("gazetteer.csv", "lat"),
    }
    assert all(p.row is not None for p in problems)


def test_an_unread_file_hides_no_problem_of_another(folder: Path) -> None:
    (folder / "mission.yaml").write_bytes(b"")
    change(folder, TRUCE, "kind: cessation_of_fire", "kind: cesation_of_fire")
    assert {p.file for p in refused(folder)} == {"mission.yaml", TRUCE}


def test_a_foreign_file_among_the_agreements_is_not_passed_over(folder: Path) -> None:
    (folder / "agreements" / "truce.yml").write_text("id: x\n", encoding="utf-8")
    assert "not a .yaml file" in only(folder).message


def blocks(page: str, language: str) -> list[str]:
    """Give the examples of a page of the documentation in one language."""
    text = (DEMO.parents[1] / "docs" / page).read_text(encoding="utf-8")
    return [
        textwrap.dedent(found) for found in re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    ]


def test_the_examples_of_the_documentation_load(tmp_path: Path) -> None:
    (tmp_path / "agreements").mkdir()
    files = {
        "mission.yaml": next(
            b for b in blocks("verbs/terms.md", "yaml") if b.startswith("id: river\n")
        ),
        "gazetteer.csv": blocks("verbs/terms.md", "csv")[0],
        "agreements/truce.yaml": blocks("verbs/terms.md", "yaml")[0],
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    mission, problems = load_mission(tmp_path)
    assert problems == ()
    assert mission is not None
    assert mission.agreements[0].provisions[0].id == "1"
