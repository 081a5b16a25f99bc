"""Names to sides, people, organs and ground; what no pack knows stays open and is flagged."""

from __future__ import annotations

import pytest

from tests.read.lines import line
from tests.read.reading import read
from truceline.read.naming.actor import Actor

NOW = "2020-10-11"


def shown(actor: Actor) -> str:
    """Give a mention as `form ids sides role flags`; a dash stands for none."""
    ids, sides = "/".join(actor.ids) or "-", "/".join(actor.sides) or "-"
    open_names = [f"unresolved:{name}" for name in actor.unresolved]
    return " ".join([actor.form, ids, sides, actor.role or "-", *actor.flags, *open_names])


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Lavrov said the talks were useful.", NOW, "voice ru-fm-lavrov RU foreign_minister"),
        ("Mnatsakanyan said the talks were useful.", NOW, "voice am-fm-mnatsakanyan AM foreign_minister"),
        ("Mnatsakanyan said the talks were useful.", "2021-10-11",
         "voice am-fm-mnatsakanyan - - office_not_held_then"),
        ("Armenian Defence Ministry spokesperson Shushan Stepanyan said so.", NOW,
         "voice am-mod-spokesperson AM spokesperson"),
        ("The Armenian Defence Ministry said so.", NOW, "voice am-mod AM -"),
        ("The Ministry of Defence of Armenia said so.", NOW, "voice am-mod AM -"),
        ("The Ministry of Foreign Affairs of Azerbaijan said so.", NOW, "voice az-mfa AZ -"),
        ("Russian Foreign Minister Sergei Lavrov said so.", NOW, "voice ru-fm-lavrov RU foreign_minister"),
        ("The Russian foreign minister said so.", NOW, "voice ru-fm-lavrov RU foreign_minister"),
        ("The French foreign minister said so.", NOW, "voice - FR foreign_minister"),
        ("The President of Azerbaijan said so.", NOW, "voice az-president AZ head_of_state"),
        ("Azerbaijani President Ilham Aliyev said so.", NOW, "voice az-president AZ head_of_state"),
        ("Baku said so.", NOW, "capital - AZ -"),
        ("Yerevan denied it.", NOW, "capital - AM -"),
        ("Fighting was reported in Baku.", NOW, ""),
        ("Moscow called for talks.", NOW, "capital - RU -"),
        ("Armenians fled.", NOW, "state - AM -"),
        ("The Armenians attacked.", NOW, "state - AM -"),
        ("Azeri forces attacked.", NOW, "forces - AZ -"),
        ("Azerbaijan's forces attacked.", NOW, "forces - AZ -"),
        ("Azerbaijan\u2019s Defence Ministry said so.", NOW, "voice - AZ ministry_of_defence"),
        ("Armenia's prime minister said so.", NOW, "voice am-pm AM head_of_government"),
        ("Armenian armed forces attacked.", NOW, "voice - AM military"),
        ("Armenian positions were hit.", NOW, "positions - AM -"),
        ("Armenian villages were hit.", NOW, "territory - AM -"),
        ("THE ARMENIAN DEFENCE MINISTRY SAID SO.", NOW, "voice am-mod AM -"),
        ("BAKU SAID ARMENIAN FORCES ATTACKED.", NOW, "capital - AZ - | forces - AM -"),
        ("LAVROV SAID SO.", NOW, "voice ru-fm-lavrov RU foreign_minister"),
        ("armenian forces attacked.", NOW, "forces - AM -"),
        ("pasinian said so.", NOW, "voice am-pm AM head_of_government name_by_machine_translation"),
        ("lavrov said so.", NOW, ""),
        ("Pashinian said so.", NOW, "voice am-pm AM head_of_government name_by_transliteration"),
        ("Nicole Pashinyan said so.", NOW, "voice am-pm AM head_of_government name_by_machine_translation"),
        ("The Russian, Arab and Asian foreign ministers met.", NOW,
         "pair - RU foreign_minister actor_unresolved unresolved:Arab unresolved:Asian"),
        ("Arab and Asian foreign ministers met.", NOW,
         "voice - - foreign_minister actor_unresolved unresolved:Arab unresolved:Asian"),
        ("The foreign ministers of Armenia, Azerbaijan and Russia met.", NOW, "pair - AM/AZ/RU foreign_minister"),
        ("The Armenian and Azerbaijani foreign ministers met.", NOW, "pair - AM/AZ foreign_minister"),
        ("Georgia said so.", NOW, "state - GE -"),
        ("Michael Jordan said so.", NOW, ""),
        ("Jordan said so.", NOW, "state - JO -"),
        ("Chad said so.", NOW, "state - TD -"),
        ("Turkey said so.", NOW, "state - TR -"),
        ("They ate turkey.", NOW, ""),
        ("A Turkish-backed group attacked.", NOW, ""),
        ("Pro-Armenian fighters attacked.", NOW, ""),
        ("US forces left.", NOW, "forces - US -"),
        ("They told us to leave.", NOW, ""),
        ("Bakuriani is a town.", NOW, ""),
        ("The Armeniapedia site said so.", NOW, ""),
        ("Iranian officials said so.", NOW, "voice - IR authorities"),
        ("The Iran-Contra affair ended.", NOW, ""),
        ("Human Rights Watch said so.", NOW, "voice hrw - -"),
        ("The OSCE Minsk Group said so.", NOW, "voice minsk-group - -"),
        ("The Kremlin said so.", NOW, "voice ru-presidency RU -"),
        ("Kremlin spokesman Dmitry Peskov said so.", NOW, "voice ru-presidential-spokesperson RU spokesperson"),
        ("The Kremlin's spokesman Peskov said so.", NOW, "voice ru-presidential-spokesperson RU spokesperson"),
        ("Interfax reported so.", NOW, "voice interfax RU -"),
        ("The spokesman of the Ministry of Defence of Azerbaijan said so.", NOW, "voice az-mod AZ spokesperson"),
        ("Artsakh Defence Army said so.", NOW, "voice nk-mod NK -"),
        ("Karabakh Armenians fled.", NOW, "people - NK -"),
        ("Hikmet Hajiyev, an aide to the president, said so.", NOW,
         "voice az-president-aide AZ aide | voice - - aide"),
        ("The ministry said so.", NOW, "voice - - ministry"),
        ("Trend said so.", NOW, "voice trend AZ -"),
        ("The trend is clear.", NOW, ""),
        ("Azerbaijani Defence Minister Zakir Hasanov said so.", NOW, "voice az-defence-minister AZ defence_minister"),
        ("Putin and Macron spoke.", NOW, "voice ru-president RU head_of_state | voice fr-president FR head_of_state"),
        ("Armenia and Azerbaijan agreed.", NOW, "state - AM - | state - AZ -"),
        ("South Korean officials said so.", NOW, "voice - KR authorities"),
        ("The Paraguayan and Armenian foreign ministers met.", NOW, "pair - PY/AM foreign_minister"),
        ("Nagorno-Karabakh Defence Army said so.", NOW, "voice nk-mod NK -"),
        ("United States officials said so.", NOW, "voice - US authorities"),
        ("Erdoğan said so.", NOW, "voice tr-president TR head_of_state"),
        ("The Ruritanian foreign minister said so.", NOW,
         "voice - - foreign_minister actor_unresolved unresolved:Ruritanian"),
        ("A Hamas spokesman said so.", NOW, "voice - - spokesperson actor_unresolved unresolved:Hamas"),
        ("Chad Smith said so.", NOW, ""),
        ("THE RURITANIAN FOREIGN MINISTER SAID SO.", NOW, "voice - - foreign_minister"),
        ("The Armenian Defence Ministry's spokesperson Shushan Stepanyan said so.", NOW,
         "voice am-mod-spokesperson AM spokesperson"),
        ("In Jordan fighting went on.", NOW, "territory - JO -"),
    ],
)  # fmt: skip
def test_who_is_named(text: str, published: str, expected: str) -> None:
    assert " | ".join(shown(a) for a in line(text, published).actors) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Azerbaijan's armed forces attacked.", "Azerbaijan's armed forces"),
        ("The Kremlin's spokesman Peskov said so.", "The Kremlin's spokesman Peskov"),
        (
            "Russian Foreign Minister Sergei Lavrov said so.",
            "Russian Foreign Minister Sergei Lavrov",
        ),
        ("Ministry of Defence spokesman Ivan Petrov said so.", "Ministry of Defence"),
    ],
)
def test_a_mention_takes_the_words_that_belong_to_it(text: str, words: str) -> None:
    one = line(text)
    actor = one.actors[0]
    assert one.cited(actor.i, actor.j).text == words


@pytest.mark.parametrize(
    "text", ["The Bakuriani road was closed.", "A Moscowian rose.", "Turkeys fled.", "The usual."]
)
def test_a_name_inside_a_word_is_no_name(text: str) -> None:
    one = line(text)
    assert one.actors == ()
    assert one.places == ()


def test_a_capital_acts_or_lies_there() -> None:
    assert [a.form for a in line("Baku said so.").actors] == ["capital"]
    place = line("Fighting was reported in Baku.")
    assert place.actors == ()
    assert [p.place.text for p in place.places] == ["Baku"]


def test_a_name_of_no_pack_is_told_in_the_claim() -> None:
    (claim,) = read("The Ruritanian foreign minister said Azerbaijani forces shelled Hadrut.")
    assert claim.coding is not None
    assert {"actor_unresolved", "unresolved:Ruritanian"} <= set(claim.coding.flags)
    assert "speaker" in claim.unresolved


@pytest.mark.parametrize(
    ("text", "ids", "sides", "flagged"),
    [
        ("Foreign Minister Sergei Lavroff called for a ceasefire.", ("ru-fm-lavrov",), ("RU",), True),
        ("Russian Foreign Minister Sergey Lavrof said Ganja was shelled.", ("ru-fm-lavrov",), ("RU",), True),
        ("Foreign Minister John Smithson said Ganja was shelled.", (), (), False),
        ("Russian Foreign Minister John Smithson said Ganja was shelled.", (), ("RU",), False),
    ],
)  # fmt: skip
def test_a_misspelt_office_holder_is_found_only_where_nobody_else_is_meant(
    text: str, ids: tuple[str, ...], sides: tuple[str, ...], *, flagged: bool
) -> None:
    (claim,) = read(text)
    assert claim.coding is not None
    layer = claim.coding.layers[-1]
    assert (layer.actors, layer.sides) == (ids, sides)
    assert ("name_alike" in claim.coding.flags) is flagged


def test_a_new_name_is_not_the_holder_named_before() -> None:
    claims = read(
        "Azerbaijani President Ilham Aliyev called for a ceasefire. "
        "President Peter Maurer said Ganja was shelled."
    )
    assert claims[-1].coding is not None
    assert claims[-1].coding.layers[-1].sides == ()
