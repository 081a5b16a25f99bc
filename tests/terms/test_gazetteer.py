"""The gazetteer reader, and whether the demonstration's places are all in its gazetteer."""

from __future__ import annotations

import csv
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from tests.terms.conftest import DEMO
from truceline.model.place_time import Place, PlaceKind, distance_km
from truceline.terms import read_gazetteer
from truceline.text.names import fold, split_list

if TYPE_CHECKING:
    from truceline.model.place_time import GazetteerEntry

HEADER = "id,name,aliases,kind,lat,lon,radius_km,within,source\n"
GOOD = "a,Alpha,Alfa;Älpha,settlement,40,46,4,,own coding\n"
ENTRIES, PROBLEMS = read_gazetteer((DEMO / "gazetteer.csv").read_bytes(), "gazetteer.csv")
# Places of the claims that the gazetteer leaves out on purpose: none so far.
LEFT_OUT: frozenset[str] = frozenset()


def named() -> dict[str, set[str]]:
    """Give the ids of the entries under each folded name."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in ENTRIES:
        for name in (entry.name, *entry.aliases):
            found[fold(name)].add(entry.id)
    return found


def tokens() -> list[str]:
    """Give every place word of the coded claims."""
    with (DEMO / "evidence" / "claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return sorted({token for row in rows for token in split_list(row["places"])})


def spot(entry: GazetteerEntry) -> Place:
    """Give an entry as a place."""
    return Place(
        text=entry.name, name=entry.name, lat=entry.lat, lon=entry.lon,
        radius_km=entry.radius_km, kind=entry.kind,
    )  # fmt: skip


def test_the_demonstration_has_no_problem() -> None:
    assert PROBLEMS == ()
    assert set(PlaceKind) == {entry.kind for entry in ENTRIES}
    assert all(entry.source.startswith(("WOF", "own coding")) for entry in ENTRIES)


@pytest.mark.parametrize("token", tokens())
def test_every_place_of_the_claims_is_one_entry(token: str) -> None:
    if token not in LEFT_OUT:
        assert len(named()[fold(token)]) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("Shusha", "Shushi", "Şuşa", "Շուշի", "Шуша"),
        ("Stepanakert", "Khankendi", "Xankəndi", "Ստեփանակերտ"),
        ("Agdere", "Martakert", "Mardakert", "Ağdərə"),
        ("Terter", "Tartar", "Tərtər"),
        ("Jabrayil", "Jebrail", "Cəbrayıl"),  # noqa: RUF001  Azerbaijani spelling
        ("Hin Tagher", "Kohne Taglar", "Köhnə Tağlar"),
        ("Fuzuli", "Fizuli", "Varanda"),
        ("Sugovushan", "Madagiz", "Mataghis"),
        ("Ganja", "Gəncə", "Gandzak", "Гянджа"),
    ],
)
def test_parallel_names_are_one_place(names: tuple[str, ...]) -> None:
    ids = {tuple(named()[fold(name)]) for name in names}
    assert len(ids) == 1
    assert len(next(iter(ids))) == 1


def test_one_name_of_two_places_stays_ambiguous_unless_qualified() -> None:
    assert named()[fold("Agdam")] == {"az-aghdam", "az-agdam-tovuz"}
    assert named()[fold("Agdam (Tovuz)")] == {"az-agdam-tovuz"}
    assert named()[fold("Aghdam district")] == {"az-aghdam-district"}


def test_parallel_names_stand_in_alphabetical_order() -> None:
    for entry in ENTRIES:
        names = entry.name.split("/")
        assert names == sorted(names)


def test_what_lies_within_a_district_or_front_lies_in_its_circle() -> None:
    by_id = {entry.id: entry for entry in ENTRIES}
    for entry in ENTRIES:
        for container in (by_id[name] for name in entry.within):
            reach = distance_km(spot(entry), spot(container)) + entry.radius_km
            assert reach <= container.radius_km + 0.01, (entry.id, container.id)


def test_a_good_file() -> None:
    entries, problems = read_gazetteer((HEADER + GOOD).encode("utf-8-sig"), "g.csv")
    assert problems == ()
    assert entries[0].aliases == ("Alfa", "Älpha")
    assert read_gazetteer(HEADER.encode(), "g.csv") == ((), ())


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        (",40,", ",400,", "lat", "from -90 to 90"),
        (",46,", ",-181,", "lon", "from -180 to 180"),
        (",40,", ",nan,", "lat", "a number"),
        (",40,", ",north,", "lat", "'north' found"),
        (",4,", ",-4,", "radius_km", "from 0"),
        (",4,", ",0,", "radius_km", "radius is 0"),
        ("settlement", "setlement", "kind", "unknown kind"),
        (",4,,", ",4,b,", "within", "no id of this file"),
        (",4,,", ",4,a,", "within", "lies within itself"),
        ("own coding", "", "source", "source is empty"),
        ("Alpha", "", "name", "name is empty"),
        ("a,Alpha", "a b,Alpha", "id", "an id"),
        ("own coding", "own, coding", None, "10 cells found, 9 expected"),
    ],
)
def test_each_mistake_names_row_and_column(
    old: str, new: str, field: str | None, said: str
) -> None:
    content = HEADER + GOOD.replace(old, new, 1)
    _, problems = read_gazetteer(content.encode(), "g.csv")
    assert [(p.row, p.field) for p in problems] == [(2, field)]
    assert said in problems[0].message
    assert problems[0].advice


def test_rows_that_are_good_are_kept_and_all_problems_listed() -> None:
    twice = GOOD.replace("Alpha", "Beta")
    bad = "b,Beta,,place,400,460,-1,,\n"
    entries, problems = read_gazetteer((HEADER + GOOD + twice + bad).encode(), "g.csv")
    assert [entry.name for entry in entries] == ["Alpha"]
    assert [(p.row, p.field) for p in problems] == [
        (3, "id"), (4, "source"), (4, "kind"), (4, "lat"), (4, "lon"), (4, "radius_km"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02", "binary"),
        (b"id,\xff", "not UTF-8"),
        (HEADER.replace("lat", "latitude").encode(), "'lat' is missing"),
        (HEADER.encode() + b'a,"Al"pha,,settlement,40,46,4,,x\n', "CSV is broken"),
    ],
)
def test_unusable_file(content: bytes, said: str) -> None:
    entries, problems = read_gazetteer(content, "g.csv")
    assert entries == ()
    assert any(said in problem.message for problem in problems)
