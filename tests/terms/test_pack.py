"""Data packs: each shipped one loads, a bad one is told with file and key, offices keep their dates."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.terms.conftest import DEMO
from truceline.errors import MissionError
from truceline.model.evidence import Claim, Item, Stance
from truceline.model.pack import ActorKind, AliasKind, Pack, SideKind
from truceline.model.problem import Problem, Severity
from truceline.read import TextReader
from truceline.terms import load_mission
from truceline.terms.pack import (
    TEMPLATE,
    language_names,
    load_pack,
    pack_folder,
    pack_names,
    shipped,
)
from truceline.terms.pack_shapes import CLASSES, LEXICON, PACK
from truceline.terms.schema import json_schema
from truceline.terms.tree import parse

MANUAL = (Path(__file__).parents[2] / "docs" / "reference" / "packs.md").read_text("utf-8")
ISLES = """\
id: isles
title: Two isles
languages: [en]
zone:
  clock: "+01:00"
  rule: time of the isles
opponents:
  - [NN, SS]
sides:
  - id: NN
    kind: party
    state: {en: [Northland]}
    people: {en: [Northern]}
    capital: {en: [Norport]}
  - id: SS
    kind: party
    state: {en: [Southland]}
    people: {en: [Southern]}
  - id: REEF
    kind: force
    bound_through: NN
    state: {en: [Reef League]}
actors:
  - id: nn-chief-vale
    kind: person
    offices:
      - {role: defence_minister, side: NN, since: 2019-01-01, until: 2019-12-31}
      - {role: head_of_state, side: NN, since: 2020-01-01, until: 2020-06-30}
    names: {en: [Ola Vale, Vale]}
    mt_variants: {en: [Ola Valley]}
  - id: nn-chief-moor
    kind: person
    offices:
      - {role: head_of_state, side: NN, since: 2020-07-01}
    names: {en: [Ida Moor, Moor]}
  - id: ss-mod
    kind: organ
    side: SS
    names: {en: [Southern Ministry of Defence]}
place_names:
  - place: mill-bay
    exonyms: {en: [Mole Bay]}
lexicon:
  en:
    acts:
      mortar_fire: [lob a tube bomb]
"""
HEADER = "id,name,aliases,kind,lat,lon,radius_km,within,source\n"
PLACES = HEADER + "mill-bay,Mill Bay,Millbay,settlement,50.1,5.2,3,,own\n"


def write(folder: Path, pack: str | bytes = ISLES, places: str | None = PLACES) -> Path:
    """Write a pack of two isles into a folder of that name."""
    target = folder / "isles"
    target.mkdir(parents=True, exist_ok=True)
    content = pack if isinstance(pack, bytes) else pack.encode()
    (target / "pack.yaml").write_bytes(content)
    if places is not None:
        (target / "places.csv").write_text(places, encoding="utf-8")
    return target


def fit(folder: Path) -> Pack:
    """Load a pack that has no problem."""
    pack, problems = load_pack(folder)
    assert pack is not None, "\n".join(map(str, problems))
    assert problems == ()
    return pack


def unfit(folder: Path) -> tuple[Problem, ...]:
    """Give the problems of a pack that must not load; each one says what to do."""
    pack, problems = load_pack(folder)
    assert pack is None
    assert problems
    assert all(p.severity is Severity.ERROR and p.message and p.advice for p in problems)
    return problems


def read(pack: Pack, text: str, published: str | None, language: str = "en") -> tuple[Claim, ...]:
    """Give the claims of a text that is read with a pack alone."""
    when = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    item = Item(
        id="0" * 64, external_id=None, reader="text", content=text.encode(), published=when,
        published_text=published or "", outlet=None, url=None, language=language,
        media_type="text/plain",
    )  # fmt: skip
    return TextReader(pack).read(text, item, language).claims


# -- shipped packs -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*pack_names(), TEMPLATE])
def test_every_shipped_pack_loads(name: str) -> None:
    pack = fit(pack_folder(name))
    assert pack.id == name
    assert pack.sides
    assert pack.lexicons
    assert re.fullmatch("[0-9a-f]{16}", pack.version)


def test_the_template_is_no_pack_of_a_conflict() -> None:
    assert TEMPLATE not in pack_names()
    assert (shipped() / TEMPLATE / "pack.yaml").is_file()


@pytest.mark.parametrize("name", pack_names())
def test_parties_of_a_shipped_pack_face_each_other(name: str) -> None:
    pack = fit(pack_folder(name))
    parties = {s.id for s in pack.sides if s.kind is SideKind.PARTY}
    facing = {side for pair in pack.opponents for side in pair}
    assert parties <= facing


OFFICES = [
    ("thailand-cambodia", "TH", "head_of_government", "2024-08-14", "th-pm-srettha"),
    ("thailand-cambodia", "TH", "head_of_government", "2024-08-16", "th-pm-paetongtarn"),
    ("thailand-cambodia", "TH", "head_of_government", "2025-06-30", "th-pm-paetongtarn"),
    ("thailand-cambodia", "TH", "head_of_government", "2025-07-01", "th-suriya"),
    ("thailand-cambodia", "TH", "head_of_government", "2025-07-24", "th-phumtham"),
    ("thailand-cambodia", "TH", "culture_minister", "2025-07-24", "th-pm-paetongtarn"),
    ("thailand-cambodia", "TH", "head_of_government", "2025-09-07", "th-pm-anutin"),
    ("thailand-cambodia", "KH", "head_of_government", "2025-07-24", "kh-pm-hun-manet"),
    ("ukraine", "UA", "head_of_state", "2014-06-07", "ua-president-poroshenko"),
    ("ukraine", "UA", "head_of_state", "2019-05-20", "ua-president-zelenskyy"),
    ("ukraine", "UA", "defence_minister", "2014-05-01", "ua-defence-minister-koval"),
    ("ukraine", "UA", "defence_minister", "2023-09-05", "ua-defence-minister-reznikov"),
    ("ukraine", "UA", "defence_minister", "2023-09-06", "ua-umerov"),
    ("ukraine", "UA", "foreign_minister", "2024-09-05", "ua-fm-sybiha"),
    ("ukraine", "RU", "defence_minister", "2024-05-14", "ru-defence-minister-belousov"),
    ("karabakh", "AM", "foreign_minister", "2020-10-10", "am-fm-mnatsakanyan"),
]


@pytest.mark.parametrize(("name", "side", "role", "day", "holder"), OFFICES)
def test_one_person_holds_an_office_on_a_day(
    name: str, side: str, role: str, day: str, holder: str
) -> None:
    pack = fit(pack_folder(name))
    found = [
        actor.id
        for actor in pack.actors
        if (office := actor.office_on(date.fromisoformat(day)))
        and (office.side, office.role) == (side, role)
    ]
    assert found == [holder]


def test_ukraine_knows_the_special_monitoring_mission() -> None:
    pack = fit(pack_folder("ukraine"))
    smm = next(actor for actor in pack.actors if actor.id == "osce-smm")
    assert smm.kind is ActorKind.ORGANISATION
    assert smm.side is None
    assert {a.language for a in smm.aliases} == {"en", "ru", "uk"}
    assert {"OSCE SMM", "SMM"} <= {a.text for a in smm.aliases}


# -- the digest --------------------------------------------------------------------------------------


def test_the_digest_is_that_of_the_content(tmp_path: Path) -> None:
    first = fit(write(tmp_path)).version
    assert fit(write(tmp_path / "elsewhere")).version == first
    changed = [
        fit(write(tmp_path / "a", ISLES.replace("Two isles", "Three isles"))).version,
        fit(write(tmp_path / "b", ISLES + "# a note\n")).version,
        fit(write(tmp_path / "c", places=PLACES.replace("5.2", "5.3"))).version,
        fit(write(tmp_path / "d", ISLES.replace("title", "uses: [world]\ntitle"))).version,
    ]
    assert len({first, *changed}) == 5


def test_a_pack_that_two_others_use_is_read_once(tmp_path: Path) -> None:
    for name in ("left", "right"):
        (tmp_path / name).mkdir()
        text = f"id: {name}\ntitle: {name}\nuses: [world]\nlanguages: [en]\nsides: []\nactors: []\n"
        (tmp_path / name / "pack.yaml").write_text(text, encoding="utf-8")
    pack = fit(write(tmp_path, ISLES.replace("title", "uses: [left, right]\ntitle")))
    france = next(side for side in pack.sides if side.id == "FR")
    assert len(france.state) == len(set(france.state))


def test_an_own_definition_replaces_one_taken_over(tmp_path: Path) -> None:
    text = ISLES.replace("title:", "uses: [world]\ntitle:").replace(
        "actors:\n", "actors:\n  - {id: un, kind: organisation, names: {en: [Union of Isles]}}\n"
    )
    pack = fit(write(tmp_path, text))
    union = next(actor for actor in pack.actors if actor.id == "un")
    assert [alias.text for alias in union.aliases] == ["Union of Isles"]


# -- what is wrong -----------------------------------------------------------------------------------

WRONG = [
    ("title:", "titel:", "titel", "unknown key 'titel'"),
    ("title: Two isles\n", "", "title", "the key 'title' is missing"),
    ("kind: organ", "kind: orgam", "actors[2].kind", "did you mean organ?"),
    ("kind: party", "kind: partie", "sides[0].kind", "did you mean party?"),
    ("bound_through: NN", "bound_through: NM", "sides[2].bound_through", "not a known side"),
    ("    bound_through: NN\n", "", "sides[2]", "a force needs bound_through"),
    ("until: 2019-12-31", "until: 2018-12-31", "actors[0].offices[0].until", "before it begins"),
    ("until: 2019-12-31", "until: 2020-03-01", "actors[0].offices[1]", "two offices at once"),
    ("until: 2019-12-31", "until: 2019-02-30", "actors[0].offices[0].until", "not a day of"),
    ("until: 2019-12-31", "until: 31.12.2019", "actors[0].offices[0].until", "such as 2018-05-08"),
    ("    side: SS\n    names", "    side: XX\n    names", "actors[2].side", "not a known side"),
    ("{en: [Southland]}", "{en: [Northland]}", "sides[1].state.en[0]", "NN as well"),
    ("{en: [Southland]}", "{en: [Norport]}", "sides[1].state.en[0]", "NN as well"),
    ("[NN, SS]", "[NN, XX]", "opponents[0][1]", "'XX' is not a known side"),
    ("[NN, SS]", "[NN, SS, REEF]", "opponents[0]", "two different sides"),
    ("[NN, SS]", "[NN, NN]", "opponents[0]", "two different sides"),
    ("[NN, SS]", "[NN]", "opponents[0]", "a list of at least 2"),
    ('clock: "+01:00"', "clock: Europa/Kiew", "zone.clock", "no IANA zone name"),
    ('clock: "+01:00"', 'clock: "+25:00"', "zone.clock", "no place on earth"),
    ("languages: [en]", "languages: [en, xx]", "languages[1]", "no lexicon for 'xx'"),
    ("title:", "uses: [atlantis]\ntitle:", "uses[0]", "no data pack 'atlantis'"),
    ("title:", "uses: [isles]\ntitle:", "uses[0]", "uses itself"),
    ("mortar_fire", "mortar_fir", "lexicon.en.acts", "did you mean mortar_fire?"),
    ("    acts:", "    actz:", "lexicon.en.actz", "no class of cue words"),
    ("lexicon:\n  en:", "lexicon:\n  ru:", "lexicon.ru", "not among the languages"),
    ("place: mill-bay", "place: mill-pond", "place_names[0].place", "not a known place"),
    ("id: nn-chief-moor", "id: nn-chief-vale", "actors[1].id", "stands twice"),
    ("    names: {en: [Southern Ministry of Defence]}\n", "", "actors[2]", "without a name"),
    ("kind: person\n    offices:\n      - {role: d", "kind: organ\n    offices:\n      - {role: d",
     "actors[0].offices[0]", "only a person holds an office"),
    ("kind: person\n    offices:\n      - {role: d",
     "kind: person\n    side: NN\n    offices:\n      - {role: d", "actors[0].side", "take it out"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "field", "words"), WRONG, ids=[w[1][:40] for w in WRONG])
def test_what_is_wrong_is_told_with_file_line_and_key(
    tmp_path: Path, old: str, new: str, field: str, words: str
) -> None:
    assert old in ISLES
    problems = unfit(write(tmp_path, ISLES.replace(old, new, 1)))
    told = [p for p in problems if p.field == field]
    assert any(words in f"{p.message} {p.advice}" for p in told), "\n".join(map(str, problems))
    assert all(p.file == "isles/pack.yaml" and p.row for p in told)


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = ISLES
    for old, new in (
        ("title:", "titel:"), ("kind: organ", "kind: orgam"), ("[NN, SS]", "[NN, XX]"),
        ('"+01:00"', "Nowhere"), ("until: 2019-12-31", "until: 2018-12-31"),
        ("{en: [Southland]}", "{en: [Northland]}"), ("languages: [en]", "languages: [en, xx]"),
        ("mortar_fire", "mortar_fir"), ("bound_through: NN", "bound_through: SSS"),
    ):  # fmt: skip
        text = text.replace(old, new, 1)
    problems = unfit(write(tmp_path, text, PLACES.replace("50.1", "150.1")))
    assert len(problems) >= 10
    assert {p.file for p in problems} == {"isles/pack.yaml", "isles/places.csv"}
    assert problems == load_pack(tmp_path / "isles")[1]


def test_a_force_is_bound_through_a_party_only(tmp_path: Path) -> None:
    text = ISLES.replace("title:", "uses: [world]\ntitle:").replace(
        "bound_through: NN", "bound_through: FR"
    )
    [problem] = unfit(write(tmp_path, text))
    assert problem.field == "sides[2].bound_through"
    assert "'FR' is no party" in problem.message


def test_a_name_of_a_state_that_is_taken_over_stays_with_it(tmp_path: Path) -> None:
    text = ISLES.replace("title:", "uses: [world]\ntitle:").replace("[Southland]", "[France]")
    [problem] = unfit(write(tmp_path, text))
    assert "'France' names the side SS, and FR as well" in problem.message
    assert "world/states.csv" in problem.advice
    own = ISLES.replace("title:", "uses: [world]\ntitle:").replace("SS", "FR")
    fit(write(tmp_path / "own", own.replace("[Southland]", "[France]")))


@pytest.mark.parametrize(
    ("places", "column", "words"),
    [
        (PLACES.replace("radius_km", "radius"), "radius_km", "did you mean radius?"),
        (PLACES.replace("50.1", "95.1"), "lat", "lat and lon may have changed places"),
        (PLACES.replace("5.2", "east"), "lon", "a number from -180 to 180"),
        (PLACES.replace(",settlement,", ",setlement,"), "kind", "did you mean settlement?"),
        (PLACES.replace(",3,,", ",3,the-moon,"), "within", "is no id of this file"),
        (PLACES.replace(",own", ""), None, "8 cells found, 9 expected"),
        ("", None, "the file is empty"),
        (HEADER + '"mill-bay,', None, "the CSV is broken"),
    ],
)
def test_wrong_places_are_told_with_row_and_column(
    tmp_path: Path, places: str, column: str | None, words: str
) -> None:
    problems = unfit(write(tmp_path, places=places))
    mine = [p for p in problems if p.file == "isles/places.csv" and p.field == column]
    assert any(words in f"{p.message} {p.advice}" for p in mine), "\n".join(map(str, problems))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"  \n", "only blanks"),
        (b"# nothing yet\n", "only comments"),
        (ISLES.replace("Two isles", "Inseln \u00e4").encode("latin-1"), "is not UTF-8"),
        (b"id: a\0b\n", "binary"),
        (b"id: [a\n", "the YAML is broken"),
        (b"- a\n", "a mapping of keys"),
        (b"id: a\nid: b\n", "the key 'id' stands twice"),
    ],
)
def test_a_file_that_is_no_pack_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    problems = unfit(write(tmp_path, content))
    assert any(words in p.message for p in problems if p.file == "isles/pack.yaml")


def test_a_folder_without_a_pack_is_told(tmp_path: Path) -> None:
    (tmp_path / "isles").mkdir()
    [problem] = unfit(tmp_path / "isles")
    assert problem.file == "isles/pack.yaml"
    assert "truceline pack new" in problem.advice


def test_packs_that_use_each_other_are_told(tmp_path: Path) -> None:
    for one, other in (("left", "right"), ("right", "left")):
        (tmp_path / one).mkdir()
        text = f"id: {one}\ntitle: x\nuses: [{other}]\nlanguages: [en]\nsides: []\nactors: []\n"
        (tmp_path / one / "pack.yaml").write_text(text, encoding="utf-8")
    [problem] = unfit(tmp_path / "left")
    assert (problem.file, problem.row, problem.field) == ("right/pack.yaml", 3, "uses[0]")
    assert "uses itself through 'left'" in problem.message


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ("id,language,state\nXA,en,Xania\n", "the columns are id, language, state"),
        ("id,language,state,people,capital\nXA,en,Xania\n", "too few or too many cells"),
        ('id,language,state,people,capital\nXA,en,"Xania\n', "the CSV is broken"),
        ("id,language,state,people,capital\nXA,en,Norport,,\n", "NN as well"),
    ],
)
def test_a_wrong_table_of_states_is_told(tmp_path: Path, states: str, words: str) -> None:
    folder = write(tmp_path)
    (folder / "states.csv").write_text(states, encoding="utf-8")
    if words == "NN as well":
        words = "'Norport' names the side NN, and XA as well"
        assert any(words in p.message for p in unfit(folder))
        return
    assert any(words in p.message and p.file == "isles/states.csv" for p in unfit(folder))


# -- what a reader makes of it -----------------------------------------------------------------------


def test_an_office_counts_on_its_days_only(tmp_path: Path) -> None:
    pack = fit(write(tmp_path))
    text = "Southern forces shelled Mill Bay, the Northern president said."
    for day, holder in (("2020-06-30", "nn-chief-vale"), ("2020-07-01", "nn-chief-moor")):
        [claim] = read(pack, text, day)
        [layer] = claim.coding.layers if claim.coding else ()
        assert (layer.actors, layer.sides) == ((holder,), ("NN",)), day
        assert layer.role == "head_of_state"
    [before] = read(pack, "Southern forces shelled Mill Bay, Ola Vale said.", "2019-05-01")
    assert before.coding is not None
    assert before.coding.layers[0].role == "defence_minister"


def test_who_held_no_office_then_is_flagged_and_speaks_for_nobody(tmp_path: Path) -> None:
    pack = fit(write(tmp_path))
    [claim] = read(pack, "Southern forces shelled Mill Bay, Ola Vale said.", "2021-02-01")
    assert claim.coding is not None
    [layer] = claim.coding.layers
    assert (layer.actors, layer.sides) == (("nn-chief-vale",), ())
    assert "office_not_held_then" in claim.coding.flags


def test_a_new_pack_reads_a_text_without_code(tmp_path: Path) -> None:
    pack = fit(write(tmp_path))
    text = (
        "Northern troops lobbed a tube bomb at Mole Bay on 3 May 2020, "
        "the Southern Ministry of Defence said."
    )
    [claim] = read(pack, text, "2020-05-04")
    assert claim.stance is Stance.ALLEGES
    assert [act.value for act in claim.acts] == ["mortar_fire"]
    assert claim.actors == ("NN",)
    assert [place.gazetteer_id for place in claim.places] == ["mill-bay"]
    assert claim.span is not None
    assert claim.span.earliest.isoformat() == "2020-05-02T23:00:00+00:00"


def test_where_a_spelling_comes_from_is_kept(tmp_path: Path) -> None:
    pack = fit(write(tmp_path))
    assert pack.place_kinds == {"Mole Bay": AliasKind.EXONYM}
    [claim] = read(pack, "Southern forces shelled Mill Bay, Ola Valley said.", "2020-02-01")
    assert claim.coding is not None
    assert "name_by_machine_translation" in claim.coding.flags


def test_a_pack_in_the_missions_folder_wins_over_a_shipped_one(folder: Path) -> None:
    before, _ = load_mission(folder)
    assert before is not None
    assert before.pack is not None
    shutil.copytree(shipped() / "karabakh", folder / "karabakh")
    path = folder / "karabakh" / "pack.yaml"
    text = path.read_text("utf-8").replace("title: Nagorno-Karabakh", "title: Our own")
    path.write_text(text, encoding="utf-8")
    mission, problems = load_mission(folder)
    assert mission is not None, problems
    assert mission.pack is not None
    assert mission.pack.title == "Our own"
    assert mission.pack.version != before.pack.version
    assert mission.version != before.version
    path.write_text(text.replace("kind: party", "kind: partie", 1), encoding="utf-8")
    _, problems = load_mission(folder)
    assert any(p.file == "karabakh/pack.yaml" and p.field == "sides[0].kind" for p in problems)


def test_a_mission_does_not_find_packs_where_one_happens_to_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert pack_folder("isles") == Path("isles")
    with pytest.raises(MissionError, match="no data pack 'isles'"):
        pack_folder("isles", DEMO)


# -- the manual --------------------------------------------------------------------------------------


def keys(schema: object) -> set[str]:
    """Give every key and every word of a closed vocabulary that a schema knows."""
    found: set[str] = set()
    if isinstance(schema, dict):
        found |= set(schema.get("properties", {})) | set(map(str, schema.get("enum", [])))
        for part in schema.values():
            found |= keys(part)
    elif isinstance(schema, list):
        for part in schema:
            found |= keys(part)
    return found


def test_every_key_of_a_pack_and_of_a_lexicon_is_in_the_manual() -> None:
    for key in sorted({*keys(json_schema(PACK)), *keys(json_schema(LEXICON)), *CLASSES}):
        assert f"`{key}`" in MANUAL, key


@pytest.mark.parametrize("language", language_names())
def test_every_key_of_a_shipped_lexicon_is_in_the_manual(language: str) -> None:
    content = (shipped() / "languages" / f"{language}.yaml").read_bytes()
    root, _ = parse(content, language)
    assert root is not None
    assert isinstance(root.value, dict)
    closed = {"months", "weekdays", "numbers", "irregular", "day_parts", "zones"}
    for name in CLASSES.keys() - closed:
        for key in root.value[name].value if name in root.value else ():  # type: ignore[union-attr]
            assert f"`{key}`" in MANUAL, f"{name}.{key}"


def test_the_shape_of_a_pack_is_a_json_schema() -> None:
    schema = json_schema(PACK)
    Draft202012Validator.check_schema(schema)
    root, _ = parse(ISLES.encode(), "pack.yaml")
    assert root is not None
    assert Draft202012Validator(schema).is_valid(json.loads(json.dumps(root.plain)))


OWN = """\
id: own
title: the mission's own words
uses: [karabakh]
languages: [en]
sides: []
actors: []
place_names:
  - {place: az-ganja, exonyms: {en: [Gandzak town]}}
"""


def with_own_pack(folder: Path) -> Path:
    """Give the demonstration mission a pack of its own without a table of places."""
    mission = folder / "m"
    shutil.copytree(DEMO, mission, ignore=shutil.ignore_patterns(".truceline"))
    (mission / "own").mkdir()
    (mission / "own" / "pack.yaml").write_text(OWN, encoding="utf-8")
    text = (mission / "mission.yaml").read_text(encoding="utf-8")
    named = re.sub(r"^pack: .*$", "pack: own", text, flags=re.MULTILINE)
    (mission / "mission.yaml").write_text(named, encoding="utf-8")
    return mission


def test_a_pack_inside_a_mission_takes_its_gazetteer(tmp_path: Path) -> None:
    mission = with_own_pack(tmp_path)
    alone, problems = load_pack(mission / "own")
    assert problems == ()
    assert alone is not None
    assert "az-ganja" in {place.id for place in alone.places}
    loaded, problems = load_mission(mission)
    assert problems == ()
    assert loaded is not None
    assert loaded.pack is not None
    assert "az-ganja" in {place.id for place in loaded.pack.places}
    # A table of its own goes before the mission's.
    (mission / "own" / "places.csv").write_bytes(
        b"id,name,aliases,kind,lat,lon,radius_km,within,source\naz-ganja,Ganja,,settlement,40.7,46.4,9,,own\n"
    )
    own, _ = load_pack(mission / "own")
    assert own is not None
    assert {p.radius_km for p in own.places if p.id == "az-ganja"} == {9.0}


def test_a_fault_of_the_one_gazetteer_is_told_once(tmp_path: Path) -> None:
    mission = with_own_pack(tmp_path)
    path = mission / "gazetteer.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "x,X,,settlement,north,1,1,,s\n", encoding="utf-8"
    )
    loaded, problems = load_mission(mission)
    assert loaded is None
    assert [p.field for p in problems] == ["lat"]
