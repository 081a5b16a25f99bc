# ruff: noqa: RUF001  other alphabets are the point
"""What admits and what only has a word of admitting in it; whose words a sentence passes on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.read.press.test_press import reader
from truceline.evaluate.reading.adapt import item_of
from truceline.model.evidence import Claim, Stance
from truceline.terms.known_texts import published_at


def claims(text: str, language: str = "en", issuer: str | None = None) -> tuple[Claim, ...]:
    """Read a text with the Karabakh pack, a Ukrainian one with that of Ukraine."""
    read = reader("ukraine" if language == "uk" else "karabakh")
    item = item_of(text, published_at("2020-10-17", read.pack.zone), "case")
    profile = "party_statement" if issuer else "news"
    return read.read(text, replace(item, profile=profile, issuer=issuer), language).claims


GOVERNED = [
    ("en", "The Azerbaijani Ministry of Defence must admit shelling Hadrut on October 16, Pashinyan said."),
    ("en", "The Armenian Defence Ministry may acknowledge shelling Ganja on October 16."),
    ("en", "Will the Armenian Defence Ministry acknowledge the shelling of Ganja?"),
    ("en", "Unless the Armenian Defence Ministry admits shelling Ganja, talks will end."),
    ("en", "It is not known whether the Armenian Defence Ministry admitted shelling Ganja."),
    ("en", "The Armenian Defence Ministry reportedly admitted shelling Ganja on October 16."),
    ("en", "The Armenian Defence Ministry denied that it had acknowledged shelling Ganja."),
    ("en", "The Armenian Defence Ministry refused to admit shelling Ganja on October 16."),
    ("en", "The Armenian Defence Ministry acknowledged claims of shelling of Ganja on October 16."),
    ("en", "Baku acknowledged that the Armenian Defence Ministry had admitted shelling Ganja."),
    ("en", "Aliyev called on the Armenian Defence Ministry to acknowledge shelling Ganja."),
    ("ru", "Министерство обороны Азербайджана должно признать обстрел Гадрута."),
    ("ru", "Если министерство обороны Азербайджана признает обстрел Гадрута, переговоры закончатся."),
    ("ru", "Признало ли министерство обороны Азербайджана обстрел Гадрута?"),
    ("ru", "Министерство обороны Азербайджана якобы признало обстрел Гадрута."),
    ("uk", "Чи визнало міністерство оборони Росії обстріл Харкова?"),
    ("uk", "Якщо міністерство оборони Росії визнає обстріл Харкова, переговори завершаться."),
    ("az", "Əgər Ermənistan Müdafiə Nazirliyi Gəncənin atəşə tutulmasını etiraf etsə, danışıqlar bitəcək."),
    ("az", "Ermənistan Müdafiə Nazirliyi Gəncənin atəşə tutulmasını etiraf edibmi?"),
    ("hy", "Եթե Ադրբեջանի պաշտպանության նախարարությունը խոստովանի Հադրութի գնդակոծումը, բանակցությունները կավարտվեն։"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), GOVERNED)
def test_a_word_of_admission_that_something_governs_admits_nothing(
    language: str, text: str
) -> None:
    assert [c for c in claims(text, language) if c.stance is Stance.ADMITS] == []


ADMITTED = [
    ("en", "The Azerbaijani Ministry of Defence admitted shelling Hadrut on October 16.", "AZ"),
    ("en", "The Armenian army acknowledged shelling Ganja on October 16.", "AM"),
    ("ru", "Министерство обороны Азербайджана признало обстрел Гадрута 16 октября.", "AZ"),
    ("en", "The Armenian army said that it had shelled Azerbaijani posts at Hadrut.", "AM"),
    ("en", "The Azerbaijani Ministry of Defence said its forces struck Stepanakert.", "AZ"),
]


@pytest.mark.parametrize(("language", "text", "side"), ADMITTED)
def test_an_admission_in_words_or_in_plain_words_is_one(
    language: str, text: str, side: str
) -> None:
    found = [c for c in claims(text, language) if c.stance is Stance.ADMITS]
    assert [c.actors for c in found] == [(side,)]
    assert all(not c.by_people for c in found)


def test_a_sides_statement_about_its_own_act_admits_it() -> None:
    (claim,) = claims("Our units shelled Hadrut by mistake on October 16, 2020.", issuer="AZ")
    assert (claim.stance, claim.actors) == (Stance.ADMITS, ("AZ",))


@pytest.mark.parametrize(
    "text",
    [
        "The Azerbaijani Ministry of Defence admitted shelling Hadrut, the Armenian Defence Ministry said.",
        "According to the Armenian Defence Ministry, the Azerbaijani Defence Ministry admitted it shelled Hadrut.",
    ],
)
def test_the_whole_chain_of_a_sentence_is_kept(text: str) -> None:
    (claim,) = claims(text)
    assert claim.coding is not None
    assert [layer.sides for layer in claim.coding.layers] == [("AM",), ("AZ",)]
    assert claim.speaker is not None
    assert any("Armenian Defence Ministry" in relay for relay in claim.speaker.relays)
