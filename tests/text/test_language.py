"""Which language a text is in, by its letters and by the model."""

# ruff: noqa: RUF001 - the languages' own letters

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.text.language import Language, language_of

SAMPLES = {
    "en": "The ministry said the ceasefire was holding along the line of contact.",
    "ru": "Министерство обороны сообщило о соблюдении режима прекращения огня.",
    "uk": "Міністерство оборони повідомило про дотримання режиму припинення вогню.",
    "hy": "Պաշտպանության նախարարությունը հայտնեց հրադադարի պահպանման մասին։",
    "az": "Müdafiə Nazirliyi təmas xəttində atəşkəsə əməl olunduğunu bildirdi.",
    "ka": "თავდაცვის სამინისტრომ განაცხადა, რომ ცეცხლის შეწყვეტა დაცულია.",
    "tr": "Savunma Bakanlığı temas hattında ateşkesin sürdüğünü açıkladı.",
    "fa": "وزارت دفاع اعلام کرد که آتش‌بس در خط تماس برقرار است و گفتگوها ادامه دارد.",
    "fr": "Le ministère de la défense a déclaré que le cessez-le-feu était respecté.",
    "de": "Das Verteidigungsministerium erklärte, die Waffenruhe werde eingehalten.",
    "es": "El ministerio de defensa dijo que el alto el fuego se mantiene en la línea.",
    "ar": "قالت وزارة الدفاع إن وقف إطلاق النار مستمر على خط التماس بين الجانبين.",
    "th": "กระทรวงกลาโหมกล่าวว่าการหยุดยิงยังคงมีผลตามแนวชายแดน",
    "km": "ក្រសួងការពារជាតិបាននិយាយថាបទឈប់បាញ់នៅតែមានប្រសិទ្ធភាព",
    "he": "משרד הביטחון מסר כי הפסקת האש נשמרת לאורך קו המגע.",
    "zh": "国防部表示，停火协议在接触线上得到遵守，双方将继续会谈并交换战俘。",
}


@pytest.mark.parametrize("code", SAMPLES)
def test_a_sentence_is_told(code: str) -> None:
    found = language_of(SAMPLES[code])
    assert found.code == code
    assert found.confidence > 0.8


@pytest.mark.parametrize("code", SAMPLES)
def test_twice_asked_is_twice_the_same(code: str) -> None:
    assert language_of(SAMPLES[code]) == language_of(SAMPLES[code])


@pytest.mark.parametrize("text", ["", "12:00, 14:30 +4", "Only nineteen lett", "!!!" * 1000])
def test_too_few_letters_are_no_language(text: str) -> None:
    assert (language_of(text).code, language_of(text).confidence) == ("und", 0.0)


def test_the_script_is_told_even_so() -> None:
    assert language_of("Шуша") == Language(code="und", confidence=0.0, script="Cyrl")
    assert language_of("2020").script == "Zyyy"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("uk", "Обстріл села Їжаки, двоє поранені"),
        ("ru", "Обстрел этого села, двое ранены"),
        ("en", "President İlham Əliyev spoke in the capital on Monday about the truce."),
        ("pl", "Ministerstwo obrony poinformowało, że rozejm jest przestrzegany."),
        ("bg", "Министерството на отбраната съобщи, че примирието се спазва по линията."),
    ],
)
def test_neighbours_are_told_apart(code: str, text: str) -> None:
    assert language_of(text).code == code


def test_only_the_beginning_is_read() -> None:
    head = (SAMPLES["en"] + " ") * 30
    assert language_of(head + SAMPLES["hy"] * 1000) == language_of(head)


@given(st.text(max_size=300))
def test_any_text_has_an_answer(text: str) -> None:
    found = language_of(text)
    assert 0 <= found.confidence <= 1
    assert found.code == "und" or len(found.code) == 2
    assert len(found.script) == 4
