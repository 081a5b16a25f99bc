"""What words say was hit, and in which part of the day: a short list in the languages of the packs.

The words hold claims apart and never join them, so a word that is missing costs a person a look and nothing else.
Words are matched from their start, in their folded form: `hospital` also finds `hospitals`.
"""
# Words of several scripts.
# ruff: noqa: RUF001

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from truceline.text.names import fold


class ObjectKind(StrEnum):
    """Kinds of things that are hit."""

    MEDICAL = "medical"
    WORSHIP = "worship"
    SCHOOL = "school"
    PRESS = "press"
    PEACEKEEPERS = "peacekeepers"
    INFRASTRUCTURE = "infrastructure"
    HOMES = "homes"
    MILITARY = "military"


# What one side calls a position the other calls a home: these two are told of one strike too often to part claims.
DISPUTED = frozenset({ObjectKind.HOMES, ObjectKind.MILITARY})

_OBJECTS: dict[ObjectKind, tuple[str, ...]] = {
    ObjectKind.MEDICAL: (
        "hospital", "maternity", "clinic", "ambulance", "medical centre", "medical center", "paramedic",
        "больниц", "госпитал", "роддом", "родильн", "поликлиник", "скорая", "скорую",
        "лікарн", "шпитал", "пологов", "швидк", "հիվանդանոց", "ծննդատ", "շտապօգնութ",
        "xestexana", "doğum evi", "klinika",
    ),
    ObjectKind.WORSHIP: (
        "church", "mosque", "cathedral", "monastery", "synagogue", "temple", "cemeter",
        "церк", "мечет", "собор", "монастыр", "кладбищ", "кладовищ", "եկեղեց", "մզկիթ", "վանք", "գերեզման",
        "kilse", "mescid", "mezarlıq", "qebiristanlıq",
    ),
    ObjectKind.SCHOOL: (
        "school", "kindergarten", "university", "школ", "детский сад", "детсад", "дитяч", "университет",
        "університет", "դպրոց", "մանկապարտեզ", "mekteb", "uşaq bağça", "universitet",
    ),
    ObjectKind.PRESS: ("journalist", "reporter hit", "журналист", "журналіст", "լրագրող", "jurnalist"),
    ObjectKind.PEACEKEEPERS: (
        "peacekeeper", "unifil post", "un post", "миротвор", "խաղաղապահ", "sülhmeramlı",
    ),
    ObjectKind.INFRASTRUCTURE: (
        "bridge", "power station", "power plant", "substation", "pipeline", "dam ", "water supply", "мост", "міст ",
        "подстанц", "підстанц", "электростанц", "електростанц", "газопровод", "газопровід", "плотин",
        "կամուրջ", "ենթակայան", "körpü", "yarımstansiya", "kemer",
    ),
    ObjectKind.HOMES: (
        "house", "home", "residential", "apartment", "dwelling", "жил", "дом ", "дома ", "квартир", "житл", "будин",
        "բնակելի", "տուն", "տներ", "yaşayış", "mənzil", "evlər",
    ),
    ObjectKind.MILITARY: (
        "firing position", "fire position", "military", "position", "launcher", "soldier", "troops", "barracks",
        "air base", "air defence", "air defense", "artillery battery", "depot", "weapons", "fighter", "militant",
        "огнев", "позици", "воен", "солдат", "казарм", "аэродром", "склад", "вогнев", "позиці", "військ",
        "դիրք", "ռազմ", "զինվոր", "mövqe", "hərbi", "əsgər",
    ),
}  # fmt: skip
# Hours of a day, from and to; a night runs over midnight.
_PARTS: dict[tuple[int, int], tuple[str, ...]] = {
    (3, 8): ("dawn", "early morning", "рассвет", "світан", "լուսաբաց", "şafaq"),
    (5, 12): ("morning", "утр", "ранок", "вранці", "ранку", "առավոտ", "seher"),
    (11, 18): ("noon", "midday", "afternoon", "полдень", "днем", "после полудня", "опівдні", "կեսօր", "günorta"),
    (16, 23): ("evening", "вечер", "вечір", "вечор", "երեկո", "axşam"),
    (20, 28): ("night", "overnight", "midnight", "ночь", "ночи", "ночью", "полноч", "ніч", "ночі", "вночі", "գիշեր", "gece"),
}  # fmt: skip


@lru_cache(maxsize=65_536)
def objects_told(text: str) -> frozenset[ObjectKind]:
    """Give the kinds of things that a text speaks of."""
    plain = f" {fold(text)} "
    return frozenset(kind for kind, pattern in _object_patterns() if pattern.search(plain))


@lru_cache(maxsize=65_536)
def hours_told(text: str) -> tuple[tuple[int, int], ...]:
    """Give the parts of a day that a text speaks of, as hours from and to, beyond 24 where a night runs on."""
    plain = f" {fold(text)} "
    return tuple(hours for hours, pattern in _part_patterns() if pattern.search(plain))


@lru_cache(maxsize=1)
def _object_patterns() -> tuple[tuple[ObjectKind, re.Pattern[str]], ...]:
    return tuple((kind, _begins(words)) for kind, words in _OBJECTS.items())


@lru_cache(maxsize=1)
def _part_patterns() -> tuple[tuple[tuple[int, int], re.Pattern[str]], ...]:
    return tuple((hours, _begins(words)) for hours, words in _PARTS.items())


def _begins(words: tuple[str, ...]) -> re.Pattern[str]:
    """Find words from their start; one that ends in a space is a whole word."""
    folded = (re.escape(fold(word)) + (r"\b" if word.endswith(" ") else "") for word in words)
    return re.compile(rf"\b(?:{'|'.join(folded)})")
