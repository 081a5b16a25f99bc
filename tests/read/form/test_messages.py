"""Incident forms are read field by field; what is missing, unknown or disputed stays open."""

from __future__ import annotations

import pytest

from tests.read.monitor.scoring import document, ground, shown_count, shown_time
from truceline.model.acts import Act
from truceline.model.evidence import Stance
from truceline.read.document import Profile
from truceline.read.draft import Draft
from truceline.read.form.form_keys import KEYS
from truceline.read.form.messages import FormCoder

FULL = """Incident form no. 12

Reporter: Ukrainian liaison officer
Reporting side: Ukraine
Date of incident: 10 March 2021
Time: 14:20
Time zone: EET
Location: Avdiivka
What happened: Shelling of a residential street. Two houses were damaged.
It lasted ten minutes.
Alleged actor: armed formations
Weapon used: 120mm mortar
Killed: 0
Injured: at least two civilians
Explosions: about 15
Observed how: heard and seen
"""


def read(text: str) -> list[Draft]:
    return FormCoder(ground()).code(document(text, Profile.FORM))


def one(text: str) -> Draft:
    (draft,) = read(text)
    return draft


def test_every_field_of_a_full_form() -> None:
    draft = one(FULL)
    assert draft.stance is Stance.ALLEGES
    assert draft.acts == (Act.DAMAGE_TO_CIVILIAN_OBJECT, Act.MORTAR_FIRE)
    assert draft.actors == ("AF",)
    assert draft.layers[0].sides == ("UA",)
    assert [p.place.gazetteer_id for p in draft.places] == ["ua-avdiivka"]
    assert shown_time(draft) == "2021-03-10T14:20/2021-03-10T14:20 minute +120"
    assert [shown_count(c) for c in draft.counts] == [
        "killed 0", "injured 2.. at_least civilian", "explosions 15 about",
    ]  # fmt: skip
    assert [c.text for c in draft.instruments] == ["120mm mortar"]
    assert set(draft.flags) == {"observed:heard", "observed:seen"}


def test_cited_words_are_verbatim() -> None:
    text = document(FULL, Profile.FORM).text
    draft = one(FULL)
    cited = [draft.quote, *draft.cues, *draft.instruments, *draft.actor_words]
    cited += [c.cited for c in draft.counts] + [draft.time_cited or draft.quote]
    assert all(text[c.start : c.end] == c.text for c in cited)
    assert draft.quote.text.startswith("Reporter:")


def test_several_forms_are_parted_by_a_line_or_by_the_first_key() -> None:
    text = "Date: 10 March 2021\nPlace: Popasna\n---\nDate: 11 March 2021\nPlace: Zolote\n"
    again = "Date: 10 March 2021\nPlace: Popasna\nDate: 11 March 2021\nPlace: Zolote\n"
    for several in (text, again):
        places = [p.place.gazetteer_id for d in read(several) for p in d.places]
        assert places == ["ua-popasna", "ua-zolote"]


@pytest.mark.parametrize(
    ("row", "flag"),
    [
        ("Weather: fog", "form_key_unknown:Weather"),
        ("Place: Nowhere", "place_unknown:Nowhere"),
        ("Alleged actor: somebody", "actor_unresolved:somebody"),
        ("Weapon: a thing", "weapon_unread:a thing"),
        ("Killed: many or few", "count_unread:killed"),
        ("Zone: Old Hours", "zone_unknown:Old Hours"),
        ("Time: soon", "time_unread"),
        ("Observed how: in a dream", "observed_unread:in a dream"),
        ("Side: Nobody", "side_unknown:Nobody"),
    ],
)
def test_what_is_not_understood_is_flagged(row: str, flag: str) -> None:
    assert flag in one(f"Case: 7\nDate: 10 March 2021\n{row}\n").flags


def test_a_field_stated_twice_with_two_values_is_disputed() -> None:
    draft = one(
        "Place: Popasna\nDate: 10 March 2021\nTime: 08:05\nTime: 09:05\nKilled: 1\nKilled: 2\n"
    )
    assert {"form_conflict:time", "form_conflict:killed"} <= set(draft.flags)
    assert draft.counts == ()
    assert draft.time is not None
    assert draft.time.granularity.value == "day"


def test_a_date_of_two_readings_stays_unresolved() -> None:
    draft = one("Place: Popasna\nDate: 10/11/2021\n")
    assert draft.time is None
    assert "date_ambiguous" in draft.flags


def test_missing_fields_stay_open() -> None:
    draft = one("What happened: Shelling.\nKilled: unknown\n")
    assert draft.layers == ()
    assert draft.places == ()
    assert draft.time is None
    assert draft.actors == ()
    assert draft.counts == ()


def test_a_neutral_reporter_reports_and_hearsay_is_hedged() -> None:
    draft = one("Reporter: Patrol 3\nWhat happened: Shelling.\nObserved how: told by a neighbour\n")
    assert draft.stance is Stance.REPORTS
    assert [h.text for h in draft.hedges] == ["told by a neighbour"]
    assert "observed:reported" in draft.flags


def test_a_text_without_keys_gives_nothing() -> None:
    assert read("Armed men shelled the town. It was night.") == []


def test_no_key_means_two_fields() -> None:
    keys = [key for names in KEYS.values() for key in names]
    assert len(keys) == len(set(keys))
