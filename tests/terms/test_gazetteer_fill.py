"""A gazetteer filled from a public one: empty cells alone, one place or none, in the formats as they are published."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import UsageError
from truceline.model.place_time import PlaceKind
from truceline.store.sql import load
from truceline.terms.atlas import Known, atlas
from truceline.terms.gazetteer import COLUMNS, read_gazetteer
from truceline.terms.gazetteer_fill import filled, read_rows, write_rows

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Command

HEADER = ",".join(COLUMNS) + "\n"


def geoname(
    ident: int,
    name: str,
    others: str,
    at: tuple[float, float],
    *,
    class_: str = "P",
    people: int = 0,
) -> str:
    """Write a line as GeoNames publishes it: 19 cells with tabs between them."""
    cells = [str(ident), name, name, others, str(at[0]), str(at[1]), class_, "PPL", "UA", "", "", "", "", "",
             str(people), "", "90", "Europe/Kyiv", "2020-01-01"]  # fmt: skip
    return "\t".join(cells) + "\n"


LINES = (
    geoname(1, "Zolote", "Zolotoe,Золоте,http://x.example/z,ZLT", (48.69, 38.51), people=14_000)
    + geoname(2, "Petrivske", "Petrovskoye", (47.87, 37.92), people=300)
    + geoname(3, "Petrivske", "", (50.1, 30.2), people=900)
    + geoname(4, "Stanytsia Luhanska", "Станиця Луганська", (48.65, 39.47), people=12_000)
    + geoname(5, "Stanytsia Luhanska", "", (48.66, 39.48), class_="A")
    + geoname(6, "Luhansk Oblast", "Luhanshchyna", (48.92, 39.0), class_="A")
    + geoname(7, "Rome", "Roma", (41.9, 12.5), people=2_000_000)
    + geoname(8, "Zolota", "Zolote Pole", (48.7, 38.6), people=10)
)


def table(*rows: str) -> list[dict[str, str]]:
    """Read rows of a gazetteer with gaps."""
    return read_rows((HEADER + "".join(f"{row}\n" for row in rows)).encode(), "gazetteer.csv")


def from_geonames(folder: Path, text: str = LINES, name: str = "UA.txt") -> list[Known]:
    """Read a file of GeoNames."""
    (folder / name).write_text(text, encoding="utf-8")
    return list(atlas(folder / name))


KNOWN = "ua-donetsk,Donetsk,,settlement,48.0,37.8,15,,own survey"


def test_gaps_are_filled_and_nothing_else_changes(tmp_path: Path) -> None:
    rows = table(KNOWN, "z-1,Zolote,Zoloty,,,,,,", ",Stanytsia Luhanska,,,,,,,")
    done, choices = filled(rows, ["Luhanshchyna"], from_geonames(tmp_path))
    assert write_rows(done).splitlines()[1:] == [
        KNOWN,
        "z-1,Zolote,Zoloty;Zolotoe;Золоте,settlement,48.69,38.51,4,,GeoNames 1 (radius by population)",
        "ua-stanytsia-luhanska,Stanytsia Luhanska,Станиця Луганська,settlement,48.65,39.47,4,,GeoNames 4 (radius by population)",
        "ua-luhanshchyna,Luhanshchyna,Luhansk Oblast,district,48.92,39,,,GeoNames 6",
    ]
    assert [(c.name, c.lacks) for c in choices] == [
        ("Zolote", ()), ("Stanytsia Luhanska", ()), ("Luhanshchyna", ("radius_km",)),
    ]  # fmt: skip


def test_what_may_be_several_places_is_left_open_until_somebody_names_the_record(
    tmp_path: Path,
) -> None:
    places = from_geonames(tmp_path)
    done, (choice,) = filled(table(",Petrivske,,,,,,,"), [], places)
    assert (choice.taken, [k.source for k in choice.may_be]) == (None, ["GeoNames 3", "GeoNames 2"])
    assert done == table(",Petrivske,,,,,,,")
    # Beside a place of the mission only one of them can be meant.
    done, (choice,) = filled(table(KNOWN, ",Petrivske,,,,,,,"), [], places)
    assert choice.taken is not None
    assert choice.taken.source == "GeoNames 2"
    # Named, it is taken whatever lies around it.
    done, (choice,) = filled(table(KNOWN, ",Petrivske,,,,,,,GeoNames 3"), [], places)
    assert (done[1]["lat"], done[1]["source"]) == ("50.1", "GeoNames 3 (radius by population)")


def test_a_variant_that_is_another_places_name_is_left_out(tmp_path: Path) -> None:
    done, _ = filled(
        table("r,Roma,,,,,,,", "z,Petrovskoye,,area,42,12,1,,s"), [], from_geonames(tmp_path)
    )
    assert done[0]["aliases"] == "Rome"
    more = [geoname(9, "Ferry", "Rome", (41.0, 12.0))]
    done, _ = filled(
        table(",Rome,,,,,,,", ",Ferry,,,,,,,"), [], from_geonames(tmp_path, LINES + more[0])
    )
    assert done[1]["aliases"] == ""


def test_a_name_of_which_nothing_is_known_is_told(tmp_path: Path) -> None:
    done, (choice,) = filled(table(), ["Nowhere"], from_geonames(tmp_path))
    assert (done, choice.taken, choice.may_be) == ([], None, ())


@given(st.permutations(LINES.splitlines(keepends=True)))
def test_the_order_of_the_records_changes_nothing(lines: list[str]) -> None:
    def places(found: list[str]) -> list[Known]:
        rows = [line.rstrip("\n").split("\t") for line in found]
        return [
            Known(
                source=f"GeoNames {r[0]}", name=r[1], names=(r[1], *r[3].split(",")), lat=float(r[4]), lon=float(r[5]),
                kind=PlaceKind.SETTLEMENT if r[6] == "P" else PlaceKind.DISTRICT, country="ua", people=int(r[14]) or None,
            )
            for r in rows
        ]  # fmt: skip

    rows = [KNOWN, ",Zolote,,,,,,,", ",Petrivske,,,,,,,", ",Stanytsia Luhanska,,,,,,,"]
    assert filled(table(*rows), [], places(lines)) == filled(
        table(*rows), [], places(LINES.splitlines(keepends=True))
    )


def record(name: str = "Zolote", **more: object) -> dict[str, object]:
    """Make a record of Who's On First."""
    said = {
        "wof:id": 101, "wof:name": name, "wof:placetype": "locality", "wof:country": "UA",
        "geom:latitude": 48.69, "geom:longitude": 38.51, "geom:bbox": "38.46,48.66,38.56,48.72",
        "name:ukr_x_preferred": ["Золоте"], "mz:is_current": 1, "edtf:deprecated": "uuuu",
    }  # fmt: skip
    return {
        "type": "Feature",
        "properties": said | more,
        "geometry": {"type": "Point", "coordinates": [0, 0]},
    }


def test_whos_on_first_gives_an_extent_as_geojson_and_as_a_database(tmp_path: Path) -> None:
    whole = {
        "type": "FeatureCollection",
        "features": [record(), record("Old", **{"mz:is_current": 0})],
    }
    (tmp_path / "z.geojson").write_text(json.dumps(whole), encoding="utf-8")
    one = tmp_path / "one.geojson"
    one.write_text(json.dumps(record()), encoding="utf-8")
    base = sqlite3.connect(tmp_path / "w.db")
    base.executescript(load("truceline.terms", "schema"))
    spr = "INSERT INTO spr VALUES (?,0,?,'locality','UA','r',48.69,38.51,48.66,38.46,48.72,38.56,?,0,0,0,0,'','',0)"
    base.executemany(spr, [(101, "Zolote", 1), (102, "Old", 0)])
    base.execute(
        "INSERT INTO names VALUES (101,'locality','UA','ukr','','','','preferred','','','Золоте',0)"
    )
    base.commit()
    base.close()
    found = [list(atlas(tmp_path / name)) for name in ("z.geojson", "one.geojson", "w.db")]
    assert found[0] == found[1] == found[2]
    (place,) = found[0]
    assert place.names == ("Zolote", "Золоте")
    assert place.radius_km == pytest.approx(4.97, abs=0.05)
    done, _ = filled(table(",Zolote,,,,,,,"), [], found[0])
    assert done[0]["source"] == "Who's On First 101"
    assert read_gazetteer(write_rows(done).encode(), "g")[1] == ()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"id\tname\n", "row 1: 2 cells found, 19 expected"),
        (
            LINES.replace("48.69", "north").encode(),
            "row 1: no coordinates or population can be read",
        ),
        (b"\xff\xfe", "no text in UTF-8"),
        (b'{"type": "FeatureCollection", "features": [{}]}', "holds no records"),
        (b"SQLite format 3\x00" + b"x" * 200, "no distribution of Who's On First"),
        (b"PK\x03\x04broken", "a broken zip file"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_its_place(
    tmp_path: Path, content: bytes, told: str
) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(UsageError) as refused:
        list(atlas(tmp_path / "file"))
    assert told in refused.value.message
    assert "GeoNames" in refused.value.advice or "fetch" in refused.value.advice


def test_a_zip_holds_one_table(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as kept:
        kept.writestr("readme.txt", "words")
        kept.writestr("UA.txt", LINES)
    (tmp_path / "UA.zip").write_bytes(out.getvalue())
    assert list(atlas(tmp_path / "UA.zip")) == from_geonames(tmp_path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"name,lat\n", "has not the columns"),
        (HEADER.encode() + b"a,b\nc\n", "in row 2, 3"),
        (b"\xff", "is no table"),
    ],
)
def test_a_gazetteer_that_is_none_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_rows(content, "gazetteer.csv")
    assert told in refused.value.message


def test_the_command_adds_what_the_evidence_names_and_says_what_stays_open(
    truceline: Command, lebanon_folder: Path, tmp_path: Path
) -> None:
    claims = lebanon_folder / "evidence" / "claims.csv"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(
        text.replace("south of the Litani", "Zolote; Petrivske; Nowhere"), encoding="utf-8"
    )
    lines = (
        LINES.replace("48.69\t38.51", "33.2\t35.4")
        .replace("47.87\t37.92", "33.9\t35.6")
        .replace("50.1\t30.2", "33.0\t35.1")
    )
    (tmp_path / "LB.txt").write_text(lines, encoding="utf-8")
    shown = truceline("gazetteer", lebanon_folder, "--from", tmp_path / "LB.txt")
    assert shown.exit_code == 1
    assert "ua-zolote,Zolote," in shown.stdout
    assert "Zolote: GeoNames 1 Zolote (settlement at 33.200, 35.400)" in shown.stderr
    assert "Petrivske: may be any of GeoNames 3 Petrivske" in shown.stderr
    assert "Nowhere: not found -> " in shown.stderr
    assert "ua-zolote" not in (lebanon_folder / "gazetteer.csv").read_text(encoding="utf-8")
    truceline("gazetteer", lebanon_folder, "--from", tmp_path / "LB.txt", "--write")
    assert "ua-zolote" in (lebanon_folder / "gazetteer.csv").read_text(encoding="utf-8")
    left = truceline("check", lebanon_folder).stderr
    assert "'Zolote'" not in left
    assert "'Nowhere' is not in the gazetteer" in left
