"""Texts to claims through the reader's door: quotes, repetition, what is open, hostile input."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.read.reading import item, read, read_one, reader
from truceline.model.acts import Act
from truceline.model.coding import Modality, TimeKind
from truceline.model.evidence import Arrival, Claim, Item, Sameness, Stance
from truceline.read import read_texts
from truceline.text.canonical_text import canonical_text

SHELLED = "The Armenian Defence Ministry said Azerbaijani forces shelled Hadrut on October 10."


def only(text: str, *, issuer: str | None = None) -> Claim:
    """Give the one claim of a text."""
    claims = read(text, issuer=issuer)
    assert len(claims) == 1, [c.act_text for c in claims]
    return claims[0]


def sides(claim: Claim) -> tuple[str, ...]:
    """Give the sides that speak."""
    return claim.speaker.sides if claim.speaker else ()


# -- who, what, when, where --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "speaks", "stance", "act", "actors"),
    [
        (SHELLED, ("AM",), "alleges", "indirect_fire", ("AZ",)),
        ("Azerbaijani forces shelled Hadrut on October 10, Yerevan said.",
         ("AM",), "alleges", "indirect_fire", ("AZ",)),
        ("According to Baku, Armenian forces opened fire on Tartar.", ("AZ",), "alleges", "fire", ("AM",)),
        ("Azerbaijan denied shelling Stepanakert.", ("AZ",), "denies", "indirect_fire", ("AZ",)),
        ("The Azerbaijani Defence Ministry rejected Armenian claims that its forces attacked Hadrut.",
         ("AZ",), "denies", "hostile_act", ("AZ",)),
        ("The Armenian Defence Ministry said its troops did not fire on Ganja.",
         ("AM",), "denies", "fire", ("AM",)),
        ("Human Rights Watch confirmed that Azerbaijani forces used cluster munitions in Stepanakert.",
         (), "confirms", "cluster_munition", ("AZ",)),
        ("Ganja was hit by a missile strike.", (), "reports", "missile_strike", ()),
        ("Armenian forces shelled Tartar with artillery.", (), "reports", "artillery_fire", ("AM",)),
        ("Tartar was shelled by Armenian forces.", (), "reports", "indirect_fire", ("AM",)),
        ("Azerbaijani drones struck Hadrut.", (), "reports", "uav_strike", ("AZ",)),
        ("Lavrov called on Armenia and Azerbaijan to implement the ceasefire agreement.",
         ("RU",), "calls_for", "ceasefire_compliance", ("AM", "AZ")),
    ],
)  # fmt: skip
def test_the_core_of_a_claim(
    text: str, speaks: tuple[str, ...], stance: str, act: str, actors: tuple[str, ...]
) -> None:
    claim = only(text)
    assert sides(claim) == speaks
    assert claim.stance == stance
    assert claim.act == act
    assert claim.actors == actors


def test_an_own_act_in_plain_words_is_an_admission_as_read() -> None:
    claim = only(
        "The Azerbaijani Ministry of Defence said its forces struck a launcher near Kapan."
    )
    assert claim.stance is Stance.ADMITS
    assert not claim.by_people


def test_a_narrator_is_nobody_s_word_and_is_flagged() -> None:
    claim = only("Azerbaijani forces shelled Hadrut.")
    assert claim.coding is not None
    assert "narrator" in claim.coding.flags
    assert "speaker" in claim.unresolved


def test_a_plan_a_wish_and_a_condition_are_no_events() -> None:
    for text in (
        "Armenian forces may attack Tartar, observers said.",
        "If Armenian forces attack Tartar, Baku will answer.",
        "Baku said Armenian forces plan to attack Tartar.",
    ):
        for claim in read(text):
            assert not claim.hostile
            assert claim.coding is not None
            assert claim.coding.modality is not Modality.ASSERTED


def test_concern_is_no_evidence() -> None:
    claim = only("The Kremlin expressed concern over the shelling of Stepanakert.")
    assert not claim.asserted


def test_history_is_no_event_of_today() -> None:
    for claim in read("In 1992 Armenian forces shelled Shusha."):
        assert claim.coding is not None
        assert claim.coding.time is not None
        assert claim.coding.time.kind is TimeKind.BACKGROUND
        assert not claim.hostile


def test_nothing_happened_is_not_something_happened() -> None:
    for claim in read("No shelling was reported in Tartar on October 10."):
        assert claim.stance is Stance.DENIES
        assert claim.coding is not None
        assert "negated" in claim.coding.flags


def test_a_local_clock_time_is_read_in_the_zone_of_the_conflict() -> None:
    claim = only("At 12:05 on October 10 Azerbaijani forces attacked Karakhanbeyli, Yerevan said.")
    assert claim.span is not None
    assert claim.span.earliest == claim.span.latest == datetime(2020, 10, 10, 8, 5, tzinfo=UTC)


def test_an_office_is_held_for_its_time_only() -> None:
    now = read("Mnatsakanyan said Azerbaijani forces shelled Hadrut.", "2020-10-11")[0]
    later = read("Mnatsakanyan said Azerbaijani forces shelled Hadrut.", "2021-10-11")[0]
    assert sides(now) == ("AM",)
    assert sides(later) == ()
    assert later.coding is not None
    assert "office_not_held_then" in later.coding.flags


def test_a_party_statement_speaks_for_its_issuer() -> None:
    claim = only("The enemy shelled the Tartar district on October 12.", issuer="AZ")
    assert sides(claim) == ("AZ",)
    assert claim.stance is Stance.ALLEGES
    assert claim.actors == ("AM",)
    assert [p.gazetteer_id for p in claim.places] == ["az-tartar-district"]


def test_a_translation_is_flagged_in_every_claim() -> None:
    translated = replace(item(SHELLED, "2020-10-11"), translated=True)
    for claim in reader().read(SHELLED, translated, "en").claims:
        assert claim.coding is not None
        assert "translated" in claim.coding.flags


# -- quotes stand in their text ----------------------------------------------------------------------

WORDS = (
    f"{SHELLED} the enemy, accused Armenia of violating ceasefire. \u201cWe did not fire,\u201d he said "
    "12:05 on the both sides each other at 0400 GMT in 1994 three civilians were killed and 12 wounded "
    "not if Ադրբեջան Гянджа Ağdam \u202e \u00a0 \u0301 \n\n \u2013 \u2014 \u00ab \u00bb ; : ( ) 31 February "
    "2020-13-40 99:99"
).split(" ")  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), max_size=60), st.sampled_from([" ", "\n", "  "]))
def test_every_quote_stands_verbatim_in_the_text(words: list[str], blank: str) -> None:
    content = blank.join(words).encode() or b"x"
    text = canonical_text(content + b" x", "text/plain").text
    for claim in read(text):
        assert claim.quote is not None
        assert text[claim.start : claim.end] == claim.quote
        assert claim.coding is not None
        cited = [*claim.coding.cues, *claim.coding.actor_words, *claim.coding.hedges]
        for words_cited in cited:
            assert text[words_cited.start : words_cited.end] == words_cited.text


def test_quotes_survive_the_cleaning_of_a_page() -> None:
    page = f"<html><body><article><p>{SHELLED}</p><p>Baku denied shelling Hadrut.</p></article></body></html>"
    text = canonical_text(page.encode(), "text/html").text
    claims = read(text)
    assert {c.stance for c in claims} == {Stance.ALLEGES, Stance.DENIES}
    assert all(text[c.start : c.end] == c.quote for c in claims)


def test_wrapped_lines_read_as_one_sentence() -> None:
    wrapped = (
        "The Armenian Defence Ministry said on Sunday that Azerbaijani\n"
        "forces shelled the town of Hadrut with artillery on October 10,\n"
        "and that fire was opened on villages near Martakert as well as\n"
        "on the road that leads to them, for several hours in the night.\n"
    )
    claims = read(wrapped)
    assert claims
    assert all(c.speaker and c.speaker.sides == ("AM",) for c in claims)


# -- repetition --------------------------------------------------------------------------------------


def arrivals(*texts: tuple[str, str]) -> list[Arrival]:
    """Give texts, published at an hour of 11 October, as arrivals."""
    found = []
    for number, (hour, text) in enumerate(texts):
        when = datetime(2020, 10, 11, int(hour), tzinfo=UTC)
        one = replace(item(text, None), id=f"{number:064d}", published=when)
        found.append(Arrival(item=one, file=f"{number}.txt", row=1))
    return found


LONG = (
    f"{SHELLED} Residents spent the night in cellars while sirens went on and off in the town. "
    "Power lines were cut in several streets and the hospital ran on generators until the morning. "
    "Aid workers asked for a pause so that the roads could be cleared of glass and wire."
)


def test_a_sentence_said_before_is_a_repetition_and_no_new_claim() -> None:
    mission = reader().mission
    assert mission is not None
    found = read_texts(
        arrivals(("6", SHELLED), ("8", f"{SHELLED} Baku denied shelling Hadrut.")), mission
    )
    assert [c.stance for c in found.claims].count(Stance.ALLEGES) == 1
    assert len([c for c in found.claims if c.stance is Stance.DENIES]) == 1
    repeated = [r for r in found.repetitions if r.sameness is Sameness.SENTENCE]
    assert [(r.item[-1], r.of_item[-1]) for r in repeated] == [("1", "0")]
    first = next(c for c in found.claims if c.stance is Stance.ALLEGES)
    assert repeated[0].claims == (first.id,)


def test_the_earliest_has_the_claim_whatever_arrives_first() -> None:
    mission = reader().mission
    assert mission is not None
    pair = arrivals(("8", LONG), ("6", LONG.replace("wire", "rubble")))
    forward, backward = read_texts(pair, mission), read_texts(pair[::-1], mission)
    assert forward == backward
    assert {c.item[-1] for c in forward.claims} == {"1"}
    copies = [r for r in forward.repetitions if r.sameness is Sameness.DOCUMENT]
    assert [(r.item[-1], r.of_item[-1]) for r in copies] == [("0", "1")]
    assert copies[0].share >= 0.7


def test_an_unreadable_language_is_told_and_loses_nothing_else() -> None:
    mission = reader().mission
    assert mission is not None
    french = "Les forces ont bombardé la ville pendant la nuit, selon le ministère de la défense du pays."
    texts = arrivals(("6", french), ("7", SHELLED))
    texts = [replace(a, item=replace(a.item, language=None)) for a in texts]
    found = read_texts(texts, mission)
    assert len(found.problems) == 1
    assert "'fr' is not read" in found.problems[0].message
    assert found.claims


def test_a_mission_without_a_pack_says_what_to_do() -> None:
    mission = reader().mission
    assert mission is not None
    found = read_texts(arrivals(("6", SHELLED)), replace(mission, pack=None))
    assert not found.claims
    assert "pack: NAME" in found.problems[0].advice


# -- hostile input -----------------------------------------------------------------------------------


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Fail when the body takes longer: a pattern that blows up would run for hours."""

    def late(_: int, __: FrameType | None) -> None:
        msg = f"still reading after {seconds} s"
        raise TimeoutError(msg)

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


BOMBS = {
    "one line of words": "shelled Hadrut " * 20_000,
    "digits": "1" * 100_000,
    "clock times": "12:05 " * 20_000,
    "numbers and dots": "1.2.3." * 20_000,
    "months": "October " * 20_000,
    "opening quotes": "“" * 50_000,
    "apostrophes": "a'" * 50_000,
    "hyphens": "a-" * 50_000,
    "commas": "Armenia, " * 20_000,
    "and": "Armenian and " * 20_000,
    "brackets": "(" * 50_000 + ")" * 50_000,
    "capitals": "The Armenian A" + "B" * 50_000,
    "gaps": "violate the a b c " * 10_000 + "ceasefire",
    "marks": "\u0301" * 50_000,
    "right to left": "\u202eshelled " * 10_000,
    "no blank": "shelled" * 20_000,
    "newlines": "\n" * 100_000 + SHELLED,
    "points": "." * 100_000,
    "said": "said that " * 20_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_nothing_blows_up(name: str) -> None:
    text = canonical_text((BOMBS[name] + " x").encode(), "text/plain").text
    with within(60):
        for claim in read(text):
            assert text[claim.start : claim.end] == claim.quote


def test_ten_megabytes_of_one_line_are_refused_with_advice() -> None:
    mission = reader().mission
    assert mission is not None
    big = replace(item("x", "2020-10-11"), content=b"shelled " * 1_300_000)
    with within(60):
        found = read_texts([Arrival(item=big, file="big.txt", row=1)], mission)
    assert not found.claims
    assert found.problems[0].advice


def test_a_letter_of_another_script_is_no_name() -> None:
    # The first letter of the ministry's country is Cyrillic: it looks the same and is not.
    claims = read("The \u0410rmenian Defence Ministry said Azerbaijani forces shelled Hadrut.")
    assert all("AM" not in sides(c) for c in claims)


def test_the_same_text_gives_the_same_claims() -> None:
    assert read_one(LONG).claims == read_one(LONG).claims


def _aged(one: Item, days: int) -> Item:
    assert one.published is not None
    return replace(one, published=one.published + timedelta(days=days))


def test_a_relative_day_follows_the_day_of_publication() -> None:
    text = "Azerbaijani forces shelled Hadrut on Saturday, Yerevan said."
    first = reader().read(text, item(text, "2020-10-11"), "en").claims[0]
    later = reader().read(text, _aged(item(text, "2020-10-11"), 7), "en").claims[0]
    assert first.span is not None
    assert later.span is not None
    assert later.span.earliest - first.span.earliest == timedelta(days=7)
    assert first.span.earliest == datetime(2020, 10, 9, 20, tzinfo=UTC)


def test_the_parties_swapped_in_a_text_swap_the_roles() -> None:
    exchange = {"Armenian": "Azerbaijani", "Azerbaijani": "Armenian", "Armenia": "Azerbaijan",
                "Azerbaijan": "Armenia", "Yerevan": "Baku", "Baku": "Yerevan"}  # fmt: skip
    text = (
        "Armenian forces shelled Tartar, Baku said. The Armenian Defence Ministry denied shelling Tartar. "
        "Yerevan accused Azerbaijan of an attack on Hadrut. Azerbaijan and Armenia accused each other."
    )
    swapped = " ".join(
        exchange.get(w.rstrip(".,"), w.rstrip(".,")) + w[len(w.rstrip(".,")) :]
        for w in text.split()
    )
    names = {"AM": "AZ", "AZ": "AM"}
    mine = [(c.stance, c.acts, sides(c), c.actors) for c in read(text)]
    theirs = [
        (c.stance, c.acts, tuple(sorted(names[s] for s in sides(c))),
         tuple(sorted(names[a] for a in c.actors)))
        for c in read(swapped)
    ]  # fmt: skip
    assert sorted(mine, key=repr) == sorted(theirs, key=repr)
    assert Act.INDIRECT_FIRE in {a for c in read(text) for a in c.acts}
