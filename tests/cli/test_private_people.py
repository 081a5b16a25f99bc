"""Nobody who holds no public office is named outside the ledger: five hundred planted names, and none in any output."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.planted import everything, names, plant
from truceline.pipeline import gather
from truceline.report.masking import vocabulary
from truceline.text.private import Vocabulary, labels_of, masked, private_names

if TYPE_CHECKING:
    from tests.conftest import Command

REPO = Path(__file__).resolve().parents[2]
KARABAKH = REPO / "missions" / "karabakh-2020"
FORMS = ("csv", "geojson", "jsonl", "sqlite", "xlsx")


def _tokens(words: str) -> set[str]:
    plain = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), words)
    return {part for token in re.findall(r"[^\W\d_]+", plain) for part in (token, token.casefold())}


# Every planted family name; a word of the mission's own evidence, as part of another, is none.
FAMILIES = {
    part for name in names() for part in _tokens(name.split(" ")[1]) if len(part) > 2
} - _tokens("".join(text for _, text in everything(KARABAKH / "evidence")))


def leaks(words: str) -> set[str]:
    """Give the planted family names that stand in words, in their JSON form, or in an address."""
    return FAMILIES & _tokens(words)


def mission_with(folder: Path, most: int = 500) -> Path:
    """Give a mission with the planted evidence."""
    mission = folder / "mission"
    shutil.copytree(KARABAKH, mission, ignore=shutil.ignore_patterns(".truceline", "expected"))
    plant(folder / "in", most)
    shutil.copytree(folder / "in", mission / "evidence" / "planted")
    texts = sorted(p.relative_to(mission) for p in (mission / "evidence/planted").rglob("*.txt"))
    lines = [f"  - {{reader: text, file: {path}}}" for path in texts]
    lines.append("  - {reader: coded_claims, file: evidence/planted/claims.csv}")
    page = (mission / "mission.yaml").read_text(encoding="utf-8")
    assert page.count("\nevidence:\n") == 1
    page = page.replace("\nevidence:\n", "\nevidence:\n" + "\n".join(lines) + "\n")
    (mission / "mission.yaml").write_text(page, encoding="utf-8")
    return mission


def test_no_planted_name_stands_in_any_output(truceline: Command, tmp_path: Path) -> None:
    assert len(set(names())) == 500
    assert len(FAMILIES) > 40
    told = mission_with(tmp_path / "made")
    assert leaks("".join(text for _, text in everything(tmp_path / "made"))) == FAMILIES
    tmp_path = tmp_path / "outputs"
    said = []
    for edition in ("draft", "released"):
        flags = ["--released"] if edition == "released" else []
        said.append(truceline("run", told, "--out", tmp_path / edition, *flags))
    said += [truceline("export", told, "--as", f, "--out", tmp_path / f) for f in FORMS]
    said.append(truceline("diff", tmp_path / "draft", tmp_path / "released"))
    said += [
        truceline("show", told, "1"),
        truceline("why", told, "1"),
        truceline("show", told, "P1"),
    ]
    text = next((told / "evidence" / "planted" / "texts").glob("*.txt"))
    said.append(truceline("read", text, "--mission", told))
    for result in said:
        assert result.exit_code in {0, 1}, result.output
        assert leaks(result.stdout + result.stderr) == set()
    files = dict(everything(tmp_path))
    assert len(files) > 30
    for name, words in files.items():
        assert leaks(words) == set(), name
    # What was told of them is there: initials stand where names stood.
    page = files["draft/report.html"]
    assert "[A. P.], 54, a resident of Hadrut" in page
    assert (
        "[A. P.], a resident of Hadrut" in (tmp_path / "draft" / "claims.jsonl").read_text("utf-8")
        or "[A. G.]" in page
    )


def test_two_people_show_a_name_and_hide_it_again(truceline: Command, tmp_path: Path) -> None:
    mission = mission_with(tmp_path / "made", 6)

    def shown(out: str) -> bool:
        result = truceline("run", mission, "--out", tmp_path / out)
        assert result.exit_code in {0, 1}, result.output
        claims = (tmp_path / out / "claims.jsonl").read_text(encoding="utf-8")
        return names()[1] in claims

    def decide(verdict: str, by: str) -> None:
        result = truceline(
            "decide",
            mission,
            "P1",
            "--verdict",
            verdict,
            "--by",
            by,
            "--reason",
            "the family agreed",
        )
        assert result.exit_code == 0, result.output

    one, two = "Ada Ax", "Ben By"
    assert not shown("before")
    decide("unmask", one)
    assert not shown("proposed")
    decide("unmask", two)
    assert shown("unmasked")
    # Of one person only: every other name stays hidden, and nothing is linked by the decision.
    page = (tmp_path / "unmasked" / "claims.jsonl").read_text(encoding="utf-8")
    assert leaks(page) <= _tokens(names()[1])
    before, after = (
        (tmp_path / out / "incidents.json").read_text(encoding="utf-8")
        for out in ("before", "unmasked")
    )
    assert before == after
    decide("mask", one)
    decide("mask", two)
    assert not shown("masked")
    said = (tmp_path / "unmasked" / "report.html").read_text(encoding="utf-8")
    assert "the family agreed" in said


@pytest.mark.parametrize(("text", "shown"), [
    ("Anahit Petrosyan, 54, a resident of Martuni, fled.", "[A. P.], 54, a resident of Martuni, fled."),
    ("Foreign Minister Zohrab Mnatsakanyan said so.", None), ("President Ilham Aliyev met Lavrov.", None),
    ("Shushan Stepanyan, the spokesperson of the Defence Ministry, denied it.", None),
    ("The spokesman of the army said Anahit Petrosyan was killed.", "The spokesman of the army said [A. P.] was killed."),
    ("The minister told Rose Hunter, 34, to leave.", "The minister told [R. H.], 34, to leave."),
    ("A. Petrosyan and A.B. Orlov fled.", "[A. P.] and [A. O.] fled."),
    ("Said Hassan al-Masri, a farmer", "Said [H. M.], a farmer"),
    ("They fled to Gorazli near Karmiravan Heights.", None), ("Karen, a local resident, fled.", "[K.], a local resident, fled."), ("Resident Karen told Reuters.", "Resident [K.] told Reuters."),
    ("Human Rights Watch and the Red Cross visited Martuni.", None), ("A US letter to the EU", None),
    ("Fighters of the Wagner Group used Grad rockets.", None), ("Witness Maria Park fled.", "Witness [M. P.] fled."),
    ("", None), ("... 12, 13.", None), ("OSCE SMM", None),
])  # fmt: skip
def test_whose_name_is_hidden(text: str, shown: str | None) -> None:
    known = Vocabulary(words=frozenset({"martuni", "gorazli"}))
    assert masked(text, known) == (text if shown is None else shown)


def test_a_name_once_known_is_hidden_alone_and_in_another_order() -> None:
    known = Vocabulary()
    names = private_names("Witness Anahit Petrosyan fled.", known)
    assert names == {("anahit", "petrosyan")}
    assert masked("Later Petrosyan and Anahit came.", known, names) == "Later [P.] and [A.] came."
    assert masked("Petrosyan's house", known, names) == "[P.] house"


def test_what_a_mission_knows_is_no_private_name() -> None:
    known = vocabulary(gather(KARABAKH, record=False).mission)
    for text in (
        "Nagorno-Karabakh Defence Army",
        "the Azerbaijani Ministry of Defence said",
        "President Ilham Aliyev",
        "Ilham Aliyev said",
    ):
        assert masked(text, known) == text


def test_two_people_with_the_same_initials_do_not_read_as_one() -> None:
    known, names = Vocabulary(), [("anahit", "petrosyan"), ("armen", "pavlov")]
    told = "Witness Anahit Petrosyan and witness Armen Pavlov fled."
    assert (
        masked(told, known, names, labels=labels_of(names))
        == "Witness [A. P.] and witness [A. P. 2] fled."
    )
    assert labels_of(names[::-1]) == labels_of(names)
    assert labels_of([("jos\u00e9", "petrov"), ("jose", "petrov")]) == {}


def test_leaving_one_out_weighs_people_as_the_run_did(truceline: Command, tmp_path: Path) -> None:
    """Two bodies that one person speaks for stay one origin where the name is hidden; two people stay two."""
    mission = tmp_path / "mission"
    shutil.copytree(KARABAKH, mission, ignore=shutil.ignore_patterns(".truceline", "expected"))
    rows = (mission / "evidence" / "claims.csv").read_text(encoding="utf-8").splitlines()
    fields = {
        "claim_id": "", "lang": "en", "pub_date": "2020-10-17", "kind": "verification", "act": "artillery_shelling",
        "accused": "AZ", "t_from_local": "2020-10-16 10:00", "time_precision": "about", "places": "Hadrut",
        "paraphrase": "Shells fell.", "basis": "saw",
    }  # fmt: skip
    header = rows[0].split(",")

    def why(*speakers: tuple[str, str]) -> dict[str, Any]:
        made = [
            {**fields, "claim_id": f"X{n}", "origin": f"{body} ({name})", "outlet": body, "url": f"https://example.org/{n}"}
            for n, (body, name) in enumerate(speakers)
        ]  # fmt: skip
        table = [rows[0], *(",".join(row.get(name, "") for name in header) for row in made)]
        (mission / "evidence" / "claims.csv").write_text("\n".join(table) + "\n", encoding="utf-8")
        result = truceline("why", mission, "X0", "--json")
        assert leaks(result.output) == set()
        told = json.loads(result.stdout)
        assert isinstance(told, dict)
        return told

    third = ("International Committee of the Red Cross", "Yael Cohen")
    for other, origins in (("Anahit Petrosyan", 1), ("Armen Pavlov", 2)):
        two = (("Human Rights Watch", "Anahit Petrosyan"), ("Amnesty International", other))
        alone, with_third = why(*two), why(*two, third)
        assert len(alone["branches"]) == origins
        (left,) = (b for b in with_third["branches"] if "Red Cross" in b["origin"]["label"])
        found = alone["incident"]["finding"]
        assert (left["without"], left["without_row"]) == (
            found["assessed"],
            found["row"],
        )
