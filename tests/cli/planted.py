"""Five hundred names of private people, made of common names of eight languages, and evidence that tells of them."""

from __future__ import annotations

import csv
import io
import itertools
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LATIN_GIVEN = [
    "Anahit",
    "Karen",
    "Vardan",
    "Lusine",
    "Gohar",
    "Vugar",
    "Rashad",
    "Aynur",
    "Leyla",
    "Elnur",
    "Oksana",
    "Bohdan",
    "Nadiya",
    "Hassan",
    "Fatima",
    "Zeinab",
    "Moshe",
    "Yael",
    "Tamar",
    "Giorgi",
    "Nino",
    "Somchai",
    "Malee",
    "Sokha",
    "Robert",
    "Margaret",
]
LATIN_FAMILY = [
    "Petrosyan",
    "Manvelyan",
    "Grigoryan",
    "Mammadov",
    "Huseynova",
    "Quliyev",
    "Shevchenko",
    "Kovalenko",
    "Khoury",
    "al-Masri",
    "Haddad",
    "Cohen",
    "Friedman",
    "Beridze",
    "Kvaratskhelia",
    "Saetang",
    "Phommachanh",
    "Keo",
    "Whitfield",
    "Thornbury",
]
CYRILLIC_GIVEN = ["Анна", "Сергей", "Марина", "Дмитрий", "Ольга"]
CYRILLIC_FAMILY = [
    "Петрова",
    "Кузнецов",
    "Соколова",
    "Мамедов",
    "Саркисян",
    "Иваненко",
    "Ковальчук",
    "Воронцова",
    "Гусейнов",
    "Орлов",
]
HOW = (
    "{}, 54, a resident of Hadrut, said that artillery fire killed two people in Hadrut on October 16.",
    "Witness {} said that shelling wounded three people in Martuni on October 15.",
    "The Armenian Ministry of Defence said that shelling of Hadrut killed {} on October 16.",
    "Azerbaijani forces shelled Martuni on October 15, said {}.",
    "Soldier {} was killed in the shelling of Hadrut on October 16, the Armenian Ministry of Defence said.",
    "Azerbaijani artillery hit the house of {} in Martuni on October 15, the Armenian Ministry of Defence said.",
)
HOW_RU = (
    "Житель Гадрута {} сообщил, что обстрел 16 октября убил двух человек.",
    "Обстрел Мартуни 15 октября ранил троих, сказал {}.",
    "Министерство обороны Армении сообщило, что при обстреле Гадрута 16 октября погиб {}.",
)
COLUMNS = "claim_id,url,lang,pub_date,origin,origin_side,kind,act,accused,t_from_local,t_to_local,time_precision,places,killed,injured,paraphrase,outlet"
FORM = "Date: 16 October 2020\nPlace: Hadrut\nEvent: shelling\nReported by: {}\nRemarks: {} was wounded.\n"


def names() -> list[str]:
    """Give five hundred names, Latin and Cyrillic, each once."""
    latin = [f"{a} {b}" for a, b in itertools.product(LATIN_GIVEN, LATIN_FAMILY)]
    cyrillic = [f"{a} {b}" for a, b in itertools.product(CYRILLIC_GIVEN, CYRILLIC_FAMILY)]
    return [*latin[:450], *cyrillic]


def plant(folder: Path, most: int = 500) -> None:
    """Write texts, a table of claims and forms that tell of them."""
    found = names()[:most]
    texts, forms = folder / "texts", folder / "forms"
    texts.mkdir(parents=True)
    forms.mkdir()
    rows = [COLUMNS.split(",")]
    for n, name in enumerate(found):
        russian = ord(name[0]) > 0x400
        how = HOW_RU if russian else HOW
        first, family = name.split(" ")
        if n % 3 == 0:
            text = f"{how[n // 3 % len(how)].format(name)} {'Потом' if russian else 'Later'} {family} {'уехал' if russian else 'fled'}.\n"
            _text(texts / f"t{n}.txt", text, "ru" if russian else "en", "news")
        elif n % 3 == 1:
            slug = re.sub(r"[^a-z]+", "-", name.casefold())
            rows.append([
                f"P{n}", f"https://example.org/{slug}/story", "en", "2020-10-17", f"{name}, a resident of Hadrut", "",
                "report", "shelling", "AZ", "2020-10-16", "", "day", "Hadrut", "", "", f"The house of {name} burned; {first} was hurt.",
                "Example",
            ])  # fmt: skip
        else:
            _text(forms / f"f{n}.txt", FORM.format(name, name), "en", "form")
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows(rows)
    (folder / "claims.csv").write_text(table.getvalue(), encoding="utf-8")


def _text(path: Path, text: str, language: str, profile: str) -> None:
    heading = f"---\npublished: 2020-10-17\noutlet: Example\nlanguage: {language}\nprofile: {profile}\n---\n"
    path.write_text(heading + text, encoding="utf-8")


def everything(folder: Path) -> Iterator[tuple[str, str]]:
    """Give every file under a folder as words, and what is packed in it."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        yield str(path.relative_to(folder)), path.name + content.decode("utf-8", "replace")
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield f"{path.name}/{name}", archive.read(name).decode("utf-8", "replace")
