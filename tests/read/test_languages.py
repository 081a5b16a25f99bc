"""Bulletins in Russian, Ukrainian, Armenian and Azerbaijani: own words, public facts."""

from __future__ import annotations

import pytest

from tests.read.bulletins.compared import Bulletin, bulletins, faults
from tests.read.reading import read_one


@pytest.mark.parametrize(
    ("language", "text", "speaks", "stance", "actors", "places"),
    [
        ("ru", "Минобороны Азербайджана сообщило, что армянские вооруженные силы обстреляли Тертерский район.",
         ("AZ",), "alleges", ("AM",), ["az-tartar-district"]),
        ("ru", "По словам Шушан Степанян, азербайджанские войска нанесли удар по Гадруту.",
         ("AM",), "alleges", ("AZ",), ["az-hadrut"]),
        ("ru", "Ереван опроверг обстрел Гянджи.", ("AM",), "denies", ("AM",), ["az-ganja"]),
        ("az", "Azərbaycan Müdafiə Nazirliyi bildirib ki, Ermənistan silahlı qüvvələri atəşkəsi pozub.",  # noqa: RUF001
         ("AZ",), "alleges", ("AM",), []),
        ("hy", "Հադրութը գնդակոծվել է, հայտնել է ՀՀ ՊՆ խոսնակ Շուշան Ստեփանյանը։",  # noqa: RUF001
         ("AM",), "alleges", (), ["az-hadrut"]),
    ],
)  # fmt: skip
def test_a_bulletin_is_read_in_its_own_language(
    language: str, text: str, speaks: tuple[str, ...], stance: str, actors: tuple[str, ...],
    places: list[str],
) -> None:  # fmt: skip
    claims = read_one(text, language=language).claims
    assert len(claims) == 1, [c.act_text for c in claims]
    claim = claims[0]
    assert claim.speaker is not None
    assert claim.speaker.sides == speaks
    assert claim.stance == stance
    assert claim.actors == actors
    assert [p.gazetteer_id for p in claim.places] == places
    assert text[claim.start : claim.end] == claim.quote


def test_a_mutual_accusation_in_russian_is_two_claims() -> None:
    text = "Стороны обвинили друг друга в нарушении режима прекращения огня."
    claims = read_one(text, language="ru").claims
    assert sorted((c.speaker.sides, c.actors) for c in claims if c.speaker) == [
        (("AM",), ("AZ",)), (("AZ",), ("AM",)),
    ]  # fmt: skip


def test_a_clock_time_and_day_in_russian() -> None:
    text = (
        "Азербайджанские войска атаковали Гадрут в 12:05 10 октября, сообщили в Минобороны Армении."
    )
    (claim,) = read_one(text, language="ru").claims
    assert claim.span is not None
    assert claim.span.earliest.isoformat() == "2020-10-10T08:05:00+00:00"


@pytest.mark.parametrize("bulletin", bulletins(), ids=lambda b: str(b["id"]))
def test_a_bulletin_gives_the_claims_a_careful_person_reads(bulletin: Bulletin) -> None:
    assert faults(bulletin) == []


@pytest.mark.parametrize(
    ("language", "text", "actors"),
    [
        ("ru", "Армения и Азербайджан договорились о прекращении огня.", ["AM", "AZ"]),  # noqa: RUF001
        ("ru", "Войска Азербайджана обстреляли Гадрут.", ["AZ"]),
        ("ru", "Гадрут обстрелян азербайджанскими войсками.", ["AZ"]),
        ("ru", "Армия Азербайджана понесла потери.", []),
        ("ru", "Россия призвала Армению прекратить огонь.", ["AM"]),
        ("hy", "Ադրբեջանի զինված ուժերը կրակ են բացել։", ["AZ"]),  # noqa: RUF001
        ("hy", "Ադրբեջանի կողմից խախտվել է հրադադարը։", ["AZ"]),  # noqa: RUF001
        ("ru", "Удар Армении по Гяндже унес жизни трех человек.", []),
        ("hy", "Հայկական ուժերը հակառակորդի երեք տանկ են ոչնչացրել։", ["AM"]),  # noqa: RUF001
        ("az", "Ermənistan ordusu Tərtəri atəşə tutub.", ["AM"]),
        ("az", "Ermənistan tərəfindən atəşkəs pozulub.", ["AM"]),
        ("az", "Azərbaycan və Ermənistan arasında döyüşlər davam edir.", ["AM", "AZ"]),  # noqa: RUF001
    ],
)
def test_the_form_of_a_name_tells_who_acts(language: str, text: str, actors: list[str]) -> None:
    (claim,) = read_one(text, language=language).claims
    assert list(claim.actors) == actors
