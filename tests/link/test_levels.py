"""Every level of every comparison: its bits and its sentence, the same from both sides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import GAZETTEER, claim_of, entry, mission, project, row
from truceline.link.compare import COMPARISONS
from truceline.link.reasons import VETO
from truceline.model.place_time import PlaceKind

OF = replace(
    mission(),
    gazetteer=(
        *GAZETTEER,
        entry("alpha-2", "Alpha heights", 40.05, 46.0),
        entry("hills", "Hills", 40.0, 46.05, 9.9, kind=PlaceKind.AREA),
        entry("line", "Line", 40.1, 46.0, 30.0, kind=PlaceKind.FRONT),
        entry("region", "Region", 40.0, 46.0, 90.0, kind=PlaceKind.AREA),
        entry("country", "Country", 40.0, 46.0, 150.0, kind=PlaceKind.AREA),
    ),
)
DAY = {"t_from_local": "2020-10-11", "time_precision": "day"}
BEFORE = {"t_from_local": "2020-10-10", "time_precision": "day"}
RANGE = {"t_from_local": "2020-10-10", "t_to_local": "2020-10-11", "time_precision": "range"}
NONE = {"t_from_local": "", "time_precision": ""}
ADMITTED = {"origin": "BB MoD", "origin_side": "BB", "kind": "admission", "basis": "own_act"}
LOOKED = {"origin": "Watch", "origin_side": "", "kind": "verification", "basis": "saw"}
DENIED = {"origin": "BB MoD", "origin_side": "BB", "kind": "denial"}
SAME = {"url": "https://example.org/one"}
LIFT = "one could lift the other"


def at(hour: str, precision: str = "minute") -> dict[str, str]:
    """Give the fields of an hour of 11 October."""
    return {"t_from_local": f"2020-10-11 {hour}", "time_precision": precision}


def stretch(start: str, end: str) -> dict[str, str]:
    """Give the fields of a stretch of 11 October."""
    return {
        "t_from_local": f"2020-10-11 {start}",
        "t_to_local": f"2020-10-11 {end}",
        "time_precision": "range",
    }


EVENING = {
    "t_from_local": "2020-10-10 19:30",
    "t_to_local": "2020-10-11 19:30",
    "time_precision": "range",
}
NEXT_EVENING = {
    "t_from_local": "2020-10-11 19:30",
    "t_to_local": "2020-10-12 19:30",
    "time_precision": "range",
    "pub_date": "2020-10-13",
}
LEVELS = [
    ("time", at("14:00"), at("14:00"), 4.0, "the times agree to within 2 hours"),
    ("time", at("14:00"), at("15:30"), -0.5, "the times miss each other by 1.5 hours"),
    ("time", at("14:00"), at("16:00"), -0.5, "the times miss each other by 2.0 hours"),
    ("time", at("14:00"), at("16:30"), VETO, "the times lie at least 2.5 hours apart"),
    ("time", at("14:00"), {"t_from_local": "2020-10-11", "time_precision": "afternoon"}, 2.5, "the times agree to within 12 hours"),
    ("time", at("14:00"), DAY, 1.5, "the times agree to within 33 hours"),
    ("time", DAY, DAY, 1.5, "the times agree to within 33 hours"),
    ("time", DAY, RANGE, 0.5, "the times overlap, but one of them is wide"),
    ("time", DAY, BEFORE, VETO, "the times touch and share no moment"),
    ("time", BEFORE | {"t_from_local": "2020-10-09"}, RANGE, 0.0, "the times touch and share no moment"),
    # The reports of two evenings tell of two periods; two short stretches may be one event, roughly timed.
    ("time", EVENING, NEXT_EVENING, VETO, "the times touch and share no moment"),
    ("time", stretch("10:00", "14:00"), stretch("14:00", "16:00"), 0.0, "the times touch and share no moment"),
    ("time", at("14:00"), {"t_from_local": "2020-10-01", "t_to_local": "2020-10-11", "time_precision": "range"},
     VETO, "one of the times is too wide to compare"),
    ("time", NONE, DAY, 1.0, "a time is missing; both were published on one day"),
    ("time", NONE | {"pub_date": "2020-10-12"}, DAY, 0.0, "a time is missing; published a day apart"),
    ("time", NONE | {"pub_date": "2020-10-11T20:00+04:00"}, DAY | {"pub_date": "2020-10-11T21:00+04:00"}, 1.0,
     "a time is missing; both were published on one day"),
    ("time", NONE | {"pub_date": "2020-10-14"}, DAY, -2.0, "a time is missing; published 3 days apart"),
    ("time", NONE | {"pub_date": "2020-10-09"}, DAY, VETO, "one was published before the other's event"),
    ("place", {}, {}, 3.0, "the places agree: Alpha"),
    ("place", {"places": "North district"}, {"places": "North district"}, 2.5, "the places agree: North district"),
    ("place", {}, {"places": "North district"}, 1.5, "the places agree: Alpha, North district"),
    ("place", {}, {"places": "Alpha heights"}, 0.5, "the places agree: Alpha, Alpha heights"),
    ("place", {}, {"places": "Hills"}, 0.5, "the places agree: Alpha, Hills"),
    ("place", {}, {"places": "Line"}, 0.5, "the places agree: Alpha, Line"),
    ("place", {"places": "Line"}, {"places": "Line"}, 2.0, "the places agree: Line"),
    ("place", {}, {"places": "Region"}, 0.5, "the places agree: Alpha, Region"),
    ("place", {"places": "Region"}, {"places": "Region"}, 1.5, "the places agree: Region"),
    ("place", {}, {"places": "Country"}, 0.0, "the places agree: Alpha, Country"),
    ("place", {"places": "Country"}, {"places": "Country"}, 0.5, "the places agree: Country"),
    ("place", {}, {"places": "Beta"}, VETO, "the places lie 101 km apart"),
    ("place", {}, {"places": "Alpha;Beta"}, 2.0, "one lists several, the places agree: Alpha"),
    ("place", {}, {"places": "Alpha;Beta;Gamma"}, -1.0,
     "one lists several, only part of the places is shared: Alpha"),
    ("place", {"places": "Alpha;Delta"}, {"places": "Alpha;Beta"}, 0.0, "only part of the places is shared: Alpha"),
    ("place", {"places": "Alpha;Beta"}, {"places": "Alpha;Beta"}, 3.0, "the places agree: Alpha, Beta"),
    ("place", {}, {"places": ""}, 0.0, "a place is missing"),
    ("place", {"places": "Xyzabad"}, {"places": "Xyzabad"}, 3.0, "the places agree: Xyzabad"),
    ("place", {"places": "Xyzabad"}, {"places": "Xyzabat"}, 2.0, "the places agree: Xyzabad, Xyzabat"),
    ("place", {"places": "Xyzabad"}, {"places": "Alpha"}, VETO, "the places have different names"),
    ("act", {}, {}, 1.5, "the same act"),
    ("act", {"act": "attack"}, {"act": "attack"}, 0.5, "one act is a more general word for the other"),
    ("act", {}, {"act": "shelling"}, 0.5, "one act is a more general word for the other"),
    ("act", {}, {"act": "mortar_fire"}, 0.0, "acts of one family"),
    ("act", {}, {"act": "air_strike"}, 0.0, "acts of one family"),
    ("act", {}, {"act": "ground_assault"}, -3.5, "different acts"),
    ("act", {"act": "explosion"}, {"act": "attack"}, 0.5, "one act is a more general word for the other"),
    ("act", {"act": "explosion"}, {}, -3.5, "different acts"),
    ("act", {}, {"act": ""}, 0.0, "an act is missing"),
    ("actor", {}, {}, 0.5, "the same side is said to have acted"),
    ("actor", {"accused": "AA", "origin": "BB MoD", "origin_side": "BB"}, {"accused": "CC", "origin": "BB MoD", "origin_side": "BB"},
     0.0, "different bodies of one side are said to have acted"),
    ("actor", {}, {"accused": "AA", "origin": "BB MoD", "origin_side": "BB"}, VETO,
     "different sides are said to have acted"),
    ("actor", {}, {"accused": "", "origin": "BB MoD", "origin_side": "BB"}, -2.0,
     "opposite sides speak and an accused is missing"),
    ("actor", {}, {"accused": "", "origin": "CC army", "origin_side": "CC"}, 0.0, "an accused is missing"),
    ("actor", {}, {"accused": ""} | DENIED, 0.0, "an accused is missing"),
    ("text", {"paraphrase": "a b c d e"}, {"paraphrase": "a b c d e"}, 6.0, "100% of the words are shared"),
    ("text", {"paraphrase": "a b c d e f"}, {"paraphrase": "a b c d e"}, 6.0, "82% of the words are shared"),
    ("text", {"paraphrase": "a b c d e"}, {"paraphrase": "a b c x y"}, 1.5, "38% of the words are shared"),
    ("text", {"paraphrase": "a b c d e"}, {"paraphrase": "a b c d"}, 3.0, "78% of the words are shared"),
    ("text", {"paraphrase": "a b c d e"}, {"paraphrase": "a x y z w"}, -0.5, "the words differ"),
    ("text", {"paraphrase": "a b c d e"}, {"paraphrase": "a x b y z"}, 0.5, "12% of the words are shared"),
    ("text", {}, {"paraphrase": ""}, 0.0, "a text is missing"),
    ("harm", {}, {}, 0.0, "figures say nothing"),
    ("harm", {"killed": "0"}, {"killed": "0"}, 0.0, "figures say nothing"),
    ("harm", {"killed": "5"}, {}, 0.0, "figures say nothing"),
    ("harm", {"killed": "5", "injured": "9"}, {"killed": "5", "injured": "9"}, 2.0,
     "like figures: 5 killed, 9 injured and 5 killed, 9 injured"),
    ("harm", {"killed": "5", "injured": "9"}, {"killed": "5"}, 0.5,
     "as many dead: 5 killed, 9 injured and 5 killed, ? injured"),
    ("harm", {"killed": "5", "injured": "9"}, {"killed": "5", "injured": "10"}, 0.5,
     "as many dead: 5 killed, 10 injured and 5 killed, 9 injured"),
    ("harm", {"injured": "9"}, {"injured": "9"}, 0.0, "figures say nothing"),
    ("harm", {"killed": "5"}, {"killed": "10", "pub_date": "2020-10-12"}, 0.75,
     "a later count: 10 killed, ? injured and 5 killed, ? injured"),
    ("harm", {"killed": "10"}, {"killed": "5", "pub_date": "2020-10-12"}, 0.5,
     "close figures: 10 killed, ? injured and 5 killed, ? injured"),
    ("harm", {"killed": "10"}, {"killed": "5"}, 0.5, "close figures: 10 killed, ? injured and 5 killed, ? injured"),
    ("harm", {"killed": "11"}, {"killed": "5"}, -0.75, "unlike figures: 11 killed, ? injured and 5 killed, ? injured"),
    ("harm", {"injured": "11"}, {"injured": "5"}, -0.75,
     "unlike figures: ? killed, 11 injured and ? killed, 5 injured"),
    ("harm", {"killed": "2"}, {"killed": "0"}, 0.5, "close figures: 0 killed, ? injured and 2 killed, ? injured"),
    ("harm", {"killed": "3"}, {"killed": "0"}, -0.75, "unlike figures: 0 killed, ? injured and 3 killed, ? injured"),
    ("harm", ADMITTED, {"injured": "1"}, VETO, "one admits an act without the harm the other reports"),
    ("harm", ADMITTED | {"killed": "1"}, {"killed": "1"}, 0.5,
     "as many dead: 1 killed, ? injured and 1 killed, ? injured"),
    ("harm", ADMITTED, ADMITTED | {"killed": "1"}, 0.0, "figures say nothing"),
    ("page", SAME, SAME | DENIED, 2.0, "one page sets the denial against the allegation"),
    ("page", SAME, SAME, -2.5, "one speaker tells the two apart on one page"),
    ("page", SAME, SAME | {"origin": "CC army", "origin_side": "CC"}, 0.0, "different pages or speakers"),
    ("page", {}, {}, 0.0, "different pages or speakers"),
    ("page", SAME | DENIED, SAME | DENIED, -2.5, "one speaker tells the two apart on one page"),
    ("series", at("14:00") | {"killed": "9"}, at("15:00") | {"killed": "2"}, VETO, "told apart by hour and number"),
    ("series", at("14:00") | {"killed": "9"}, at("14:59") | {"killed": "2"}, 0.0, "not told apart"),
    ("series", at("14:00") | {"killed": "9"}, at("15:00") | {"killed": "8"}, VETO, "told apart by hour and number"),
    ("series", at("14:00") | {"injured": "9"}, at("15:00") | {"injured": "8"}, VETO, "told apart by hour and number"),
    ("series", at("14:00") | {"killed": "9"}, at("15:00") | {"killed": "9"}, 0.0, "not told apart"),
    ("series", at("14:00") | {"paraphrase": "A house burnt."}, at("15:00") | {"paraphrase": "A school burnt."}, VETO,
     "told apart by hour and what was hit"),
    ("series", at("14:00") | {"paraphrase": "A school burnt."}, at("15:00") | {"paraphrase": "The school burnt."}, 0.0,
     "not told apart"),
    ("series", at("14:00", "about") | {"killed": "9"}, at("15:00") | {"killed": "2"}, 0.0, "not told to the minute"),
    ("lifting", {}, {}, 0.0, "neither could lift the other"),
    ("lifting", ADMITTED, ADMITTED, 0.0, "neither could lift the other"),
    ("lifting", LOOKED, LOOKED, 0.0, "neither could lift the other"),
    ("lifting", {}, ADMITTED, -1.0, LIFT),
    ("lifting", LOOKED, ADMITTED, -1.0, LIFT),
    ("lifting", DENIED, LOOKED, -1.0, LIFT),
    ("lifting", NONE, ADMITTED, -1.0, LIFT),
    ("lifting", {"places": ""}, ADMITTED, -1.0, LIFT),
    ("lifting", NONE | {"places": ""}, ADMITTED, -2.0, f"{LIFT}, without time and shared place"),
    ("lifting", NONE | {"places": "Beta"}, ADMITTED, -2.0, f"{LIFT}, without time and shared place"),
    ("lifting", {"paraphrase": "A school burnt."}, ADMITTED | {"paraphrase": "Hit a depot."}, VETO,
     "the words tell of different things hit"),
    ("lifting", {"act": "attack_on_medical", "paraphrase": ""}, ADMITTED | {"paraphrase": "Hit a depot."}, VETO,
     "the words tell of different things hit"),
    ("lifting", {"paraphrase": "A house burnt."}, ADMITTED | {"paraphrase": "Hit a depot."}, -1.0, LIFT),
    ("lifting", DAY | {"paraphrase": "At noon."}, ADMITTED | DAY | {"paraphrase": "In the evening."}, -1.0, LIFT),
    ("lifting", DAY | {"paraphrase": "At noon."}, ADMITTED | DAY | {"paraphrase": "Overnight."}, VETO,
     "the words tell of different parts of the day"),
    ("lifting", at("03:00"), ADMITTED | DAY | {"paraphrase": "Overnight."}, -1.0, LIFT),
    ("lifting", at("05:00"), ADMITTED | DAY | {"paraphrase": "Overnight."}, VETO,
     "the words tell of different parts of the day"),
    ("lifting", at("05:00") | {"paraphrase": "Overnight."}, ADMITTED | at("05:20"), -1.0, LIFT),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "one", "other", "bits", "sentence"), LEVELS)
def test_a_level_of_a_comparison(
    rule: str, one: dict[str, str], other: dict[str, str], bits: float, sentence: str
) -> None:
    found = project([row("a", **one), row("b", **other)], OF)
    a, b = claim_of(found, "a"), claim_of(found, "b")
    for left, right in ((a, b), (b, a)):
        said = {r.rule: r for r in (compare(left, right, OF) for compare in COMPARISONS)}
        assert (said[rule].bits, said[rule].sentence) == (bits, sentence)


def test_every_comparison_is_here() -> None:
    assert {level[0] for level in LEVELS} == {c.__name__ for c in COMPARISONS}
