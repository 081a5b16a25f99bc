"""A draft of a mission: every proposal with its words, every gap listed, and never a file that `check` refuses."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.collect.coded_claims import COLUMNS
from truceline.model.agreement import Obligation, Prohibition
from truceline.model.finding import Occurrence
from truceline.model.mission import AttributionMode
from truceline.terms.drafting.answers import Answers, Side, read_answers
from truceline.terms.drafting.clauses import clauses
from truceline.terms.drafting.files import drafted
from truceline.terms.drafting.moments import due, enters, moments
from truceline.terms.drafting.openness import left_open
from truceline.terms.drafting.places import named_zones
from truceline.terms.drafting.proposals import cues, proposals, unread
from truceline.terms.mission import load_mission, mission_of

if TYPE_CHECKING:
    from pathlib import Path

    from truceline.model.mission import Mission

SIDES = {"AA": ("Aland",), "BB": ("Beland",)}
ANSWERS = Answers(
    id="river", title="River", zone="+04:00", agreement="truce", agreement_title="Truce", text="t.txt", language="en",
    parties=(Side(id="AA", names=(("en", "Aland"),)), Side(id="BB", names=(("en", "Beland"),))),
    source="https://aa.example/truce", announced=date(2021, 2, 27),
)  # fmt: skip


def kinds(text: str) -> dict[str, str]:
    """Give the class and kind that is proposed for each provision."""
    return {p.id: f"{p.class_} {p.kind}" for p in proposals(text, SIDES, 2021)}


@pytest.mark.parametrize("cue", cues(), ids=lambda cue: f"{cue.kind}-{cue.class_}")
def test_every_cue_speaks_for_its_example(cue: object) -> None:
    row = next(c for c in cues() if c is cue)
    assert row.kind in {p.kind for p in proposals(f"1. {row.example}", SIDES, 2021)}


def test_every_row_of_the_cues_is_known() -> None:
    text = (files("truceline.terms.drafting") / "cues.csv").read_text(encoding="utf-8")
    assert len(list(csv.DictReader(text.splitlines()))) == len(cues())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. All fire stops.", {"1": "prohibition cessation_of_fire"}),
        ("1) Fire stops. Reconnaissance stops.", {"1a": "prohibition cessation_of_fire", "1b": "prohibition no_reconnaissance"}),
        # A mention is no promise.
        ("1. A commission reports on violations of the ceasefire.", {"1": "obligation notify_activity"}),
        ("1. A centre is established to oversee the ceasefire.", {"1": "obligation establish_mechanism"}),
        # Whoever may answer an attack: the words of the attack are no prohibition of their own.
        ("1. Fire may be returned in response to an attack.", {"1": "exception return_fire_exception"}),
        ("1. Sides keep the present deployment as it is at the time ceasefire reached at 24:00.", {"1": "prohibition freeze_positions"}),
        ("1. Sides refrain from public statements that raise tensions.", {"1": "undertaking no_hostile_rhetoric"}),
        # Best efforts, and words with a date.
        ("1. They will make every effort to release prisoners.", {"1": "undertaking release_prisoners"}),
        ("1. Talks are held within two weeks.", {"1": "obligation negotiate"}),
        # Heavy weapons that go, and those that may not come.
        ("1. Tanks are withdrawn.", {"1": "obligation withdraw_weapons"}),
        ("1. No deployment of heavy weapons in villages.", {"1": "prohibition withdraw_weapons"}),
        # Residents return; a district is returned.
        ("1. Displaced persons return to the district.", {"1": "obligation displaced_return"}),
        ("1. The district is returned by 3 May.", {"1": "obligation territorial_handover"}),
        # Numbering in other forms, and none.
        ("Article 4. All fire stops.\n(5) Prisoners are released.", {"4": "prohibition cessation_of_fire", "5": "obligation release_prisoners"}),
        ("II. All fire stops.\na) Prisoners are released.\nb) Mines are not laid: no laying of mines.",
         {"II": "prohibition cessation_of_fire", "IIa": "obligation release_prisoners", "IIb": "prohibition no_mining"}),
        ("- All fire stops.\n- Prisoners are released.", {"1": "prohibition cessation_of_fire", "2": "obligation release_prisoners"}),
        ("All fire stops today.\n\nPrisoners are released.", {"1": "prohibition cessation_of_fire", "2": "obligation release_prisoners"}),
        ("1- All fire stops.", {"1": "prohibition cessation_of_fire"}),
        ("1. The weather was fine that day.", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_what_a_clause_proposes(text: str, expected: dict[str, str]) -> None:
    assert kinds(text) == expected


def test_whom_a_clause_names_as_the_one_that_acts() -> None:
    def named(text: str) -> tuple[str, ...]:
        (found,) = proposals(f"1. {text}", SIDES, 2021)
        return found.named

    assert named("Beland releases prisoners.") == ("BB",)
    assert named("Belandian prisoners are released.") == ("BB",)
    assert named("Beland returns the district to Aland.") == ("BB",)
    assert named("The district is returned to the Republic of Aland.") == ()
    assert named("Prisoners are released.") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 06:00 on 1 March 2021", ("2021-03-01", "06:00", None, None)),
        ("on March 1, 2021, at 6 a.m.", ("2021-03-01", "06:00", None, None)),
        ("at 12:00 am on 1 March", ("2021-03-01", "00:00", None, None)),
        ("at noon on 1 March", ("2021-03-01", "12:00", None, None)),
        # The last hour of a day is the first of the next.
        ("at 24:00 hours (local time) on July 28, 2025", ("2025-07-29", "00:00", None, "local time")),
        ("at 0001 hours on 27 July 2020 (Kyiv time)", ("2020-07-27", "00:01", "Europe/Kyiv", "Kyiv time")),
        ("at 12:00 GMT+3 on 1 March", ("2021-03-01", "12:00", "+03:00", "GMT+3")),
        ("at 12:00 UTC on 1 March", ("2021-03-01", "12:00", "+00:00", "UTC")),
        ("at 04:00 (IST/EET) on 27 November 2024", ("2024-11-27", "04:00", None, "IST/EET")),
        ("on 2021-03-01", ("2021-03-01", None, None, None)),
        ("on 31 February 2021", None),
        ("in March", None),
    ],
)  # fmt: skip
def test_a_moment_is_read_as_it_stands(text: str, expected: tuple[str | None, ...] | None) -> None:
    found = moments(text, 2021)
    told = [(m.day.isoformat(), m.hour, m.zone, m.named) for m in found]
    assert told == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("within ten days of the signing", "P10D"), ("no later than 72 hours", "PT72H"), ("within two weeks", "P2W"),
        ("not exceeding 60 days: a period not exceeding 60 days", "P60D"), ("by 15 March 2021", "15 March 2021"),
        ("for five years", None), ("within a month", "P1M"), ("on 15 March 2021", None), ("as soon as possible", None),
    ],
)  # fmt: skip
def test_a_due_date_is_a_day_or_a_period(text: str, expected: str | None) -> None:
    found = due(text, 2021)
    assert (found if isinstance(found, str) or found is None else found.text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Beland withdraws its tanks to 20 km from the river.", [("20 km from the river", "strip", ("1",))]),
        ("1. All fire stops along the line of contact.", [("along the line of contact", "line", ("1",))]),
        ("1. A demilitarised zone is set up.", [("demilitarised zone", "polygon", ("1",))]),
        ("1. All fire stops in the Ferry Town District.", [("Ferry Town District", "polygon", ("1",))]),
        ("1. All fire stops.", []),
    ],
)  # fmt: skip
def test_a_zone_that_a_clause_names_is_proposed_by_its_words(
    text: str, expected: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    found = named_zones(proposals(text, SIDES, 2021))
    assert [
        (z.words, next(f for f in ("strip", "line", "polygon") if f in z.form), z.about)
        for z in found
    ] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("within two weeks of 7 August 2025", "2025-08-21"), ("within one month after 31 January 2025", "2025-02-28"),
        ("within 72 hours from 10:00 on 7 August 2025", "2025-08-10 10:00"), ("within a day of 7 August", "2025-08-08"),
        ("in two weeks, as agreed on 7 August 2025", "P2W"), ("signed on 7 August; within two weeks", "P2W"),
    ],
)  # fmt: skip
def test_a_period_from_a_day_that_the_clause_names_is_over_on_a_day(
    text: str, expected: str
) -> None:
    found = due(text, 2025)
    assert found is not None
    told = found if isinstance(found, str) else f"{found.day} {found.hour or ''}".strip()
    assert told == expected


def test_what_is_left_open_is_told_with_its_quote() -> None:
    text = "1. All fire stops at 06:00 on 1 March 2021.\n2. Provocative actions are avoided as soon as possible: no provocation."
    found = proposals(text, SIDES, 2021)
    opens = {o.id: o for o in left_open(text, found, moments(text, 2021), ["CC"])}
    assert {"time-zone", "acts", "zone", "end", "monitor", "bound-forces"} <= set(opens)
    vague = [o for o in opens.values() if o.quote and o.id.startswith("word")]
    assert any('"provocative"' in o.text for o in vague)
    assert any('"as soon as possible"' in o.text for o in vague)
    assert all(o.about == ("2",) for o in vague)


def loaded(answers: Answers, text: str, folder: Path) -> Mission:
    """Draft a mission and load it from the files as they would be written."""
    draft = drafted(answers, text, COLUMNS)
    given = {
        name: content.encode()
        for name, content in draft.files.items()
        if not name.startswith(("evidence", "documents"))
    }
    for name, content in draft.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    found, problems = mission_of(folder, given)
    assert problems == (), [str(p) for p in problems]
    assert found is not None
    return found


TEXT = """\
1. All fire stops at 06:00 on 1 March 2021.
2. Beland hands over the district by 15 March 2021.
3. At least 1,200 trucks with aid enter every week.
4. Nothing here impairs the right of self-defence.
5. The weather is observed.
"""


def test_the_draft_loads_and_lists_every_choice(tmp_path: Path) -> None:
    mission = loaded(ANSWERS, TEXT, tmp_path)
    (truce,) = mission.agreements
    fire, district, trucks, defence = truce.provisions
    assert isinstance(fire, Prohibition)
    assert (fire.acts, fire.areas, fire.by) == ((), (), ("AA", "BB"))
    assert isinstance(district, Obligation)
    assert district.debtors == ("BB",)
    assert [d.instant.isoformat() if d.instant else None for d in district.due] == [
        "2021-03-15T20:00:00+00:00"
    ]
    assert isinstance(trucks, Obligation)
    assert (trucks.quantity, trucks.unit, trucks.every) == (1200, "trucks", "P1W")
    assert defence.id == "4"
    assert truce.readings[0].instant.isoformat() == "2021-03-01T02:00:00+00:00"
    what = [u.what for u in (*mission.unset, *truce.unset)]
    assert {
        "mandate.text",
        "sources",
        "provision 1: acts",
        "provision 2: due",
        "provision 3: who owes it",
        "point 5",
    } <= set(what)
    # A quote stands with its place in the text.
    kept = (tmp_path / "agreements" / "truce.yaml").read_text(encoding="utf-8")
    quoted = re.findall(r'# "(.*)" \((\d+)-(\d+)\)', kept)
    assert len(quoted) == 4
    for words, start, end in quoted:
        assert TEXT[int(start) : int(end)] == words


def test_what_is_chosen_is_not_listed() -> None:
    chosen = replace(
        ANSWERS,
        mandate_text="Watch.",
        attribution=AttributionMode.ASSESSED,
        classify_from=Occurrence.CORROBORATED,
        issuer="both ministries",
        form="joint statement",
        channels=("patrol",),
        pack="thailand-cambodia",
    )
    draft = drafted(chosen, TEXT, COLUMNS)
    listed = {what for choices in draft.choices.values() for what, _ in choices}
    assert (
        not {"mandate.text", "mandate.attribution", "form", "pack", "channels", "report_from"}
        & listed
    )
    assert {"sources", "coverage"} <= listed


_WORDS = st.sampled_from([
    "1. ", "\n2) ", "\nArticle 3 ", "\n- ", "All fire stops", "ceasefire", "Beland", "Aland", "withdraws", "tanks",
    "prisoners are released", "within ten days", "by 15 March 2021", "at 24:00 on 31 December 2021", "(Kyiv time)",
    "600 trucks every day", "self-defence", "notify exercises in advance", "talks", ". ", "; ", ": ", '"', "'", "#", "{", "\\", "\t", "\n\n",
    "\x07", "\x85", "\ufeff", "Фронт", "100%", "- x", "@", "&a", "*b", "!c", "\u2028",
])  # fmt: skip


@settings(max_examples=60)
@given(st.lists(_WORDS | st.text(max_size=12), max_size=40).map(" ".join))
def test_no_text_makes_a_draft_that_check_refuses(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    loaded(ANSWERS, text, tmp_path_factory.mktemp("draft"))


@given(st.lists(_WORDS | st.text(max_size=12), max_size=40).map(" ".join))
def test_nothing_of_a_text_is_lost(text: str) -> None:
    found = proposals(text, SIDES, 2021)
    read = {c for p in found for c in p.clauses}
    for clause in clauses(text):
        assert clause.text == text[clause.start : clause.end]
        assert clause in read or clause in unread(text) or enters(clause.text)


GOOD = """\
title: River
zone: "+04:00"
parties: [{id: AA, names: {en: Aland}}, {id: BB, names: {en: Beland}}]
agreement: {id: truce, title: Truce, text: t.txt, language: en, source: x, announced: 2021-02-27}
"""


@pytest.mark.parametrize(
    ("old", "new", "field", "told"),
    [
        ("title: River\n", "", "title", "the key 'title' is missing"),
        ("+04:00", "+99:00", "zone", "no place on earth"),
        ("2021-02-27", "27/02/2021", "agreement.announced", "a day such as"),
        ("2021-02-27", "2021-02-30", "agreement.announced", "is not a day of the calendar"),
        ("parties: [{id: AA, names: {en: Aland}}, ", "parties: [", "parties", "a list of at least 2"),
        ("title: River", "title: River\nchannels: [patrols]", "channels[0]", "one of the known words"),
        ("title: River", "title: River\nassociated_forces: [{id: CC, names: {en: C}, bound_through: XX}]",
         "associated_forces[0].bound_through", "'XX' is no party"),
        ("title: River", "title: River\nmandate: {attribution: always}", "mandate.attribution", "one of the known words"),
    ],
)  # fmt: skip
def test_bad_answers_are_told_with_their_place(old: str, new: str, field: str, told: str) -> None:
    assert old in GOOD
    found, problems = read_answers(GOOD.replace(old, new, 1).encode(), "answers.yaml", "river")
    assert found is None
    assert [p.field for p in problems] == [field]
    assert told in problems[0].message
    assert problems[0].row
    assert problems[0].advice


def test_a_draft_is_the_same_each_time(tmp_path: Path) -> None:
    one, other = drafted(ANSWERS, TEXT, COLUMNS), drafted(ANSWERS, TEXT, COLUMNS)
    assert one == other
    assert load_mission(tmp_path)[0] is None
