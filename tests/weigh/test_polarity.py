"""What takes back, what found nothing and what vouches for nothing: rows, texts, and what must hold of all."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.builders import Row, finding_of, incident_of, mission, project, row, source
from tests.read.reading import item
from tests.weigh.test_ceilings import read, read_all, strongest
from tests.weigh.test_findings import LOOKED, WATCH
from truceline.model.evidence import ClaimKind, Stance
from truceline.model.finding import Ground, Occurrence, TableRow
from truceline.model.mission import AttributionMode, SourceRole
from truceline.read import TextReader
from truceline.terms.pack import load_pack, pack_folder

if TYPE_CHECKING:
    from truceline.model.finding import Finding

ADMITS = {"origin": "BB MoD", "origin_side": "BB", "kind": "admission"}
RELIEF = {"origin": "Relief", "origin_side": "NGO"}


def finding(*rows: Row) -> Finding:
    """Weigh rows that are one incident, in every order of arrival; the finding is always the same."""
    found = {finding_of(project(list(order)), rows[0]["claim_id"]) for order in permutations(rows)}
    assert len(found) == 1
    return found.pop()


def rules(found: Finding) -> set[str]:
    """Give the rules of a finding's reasons."""
    return {reason.rule for reason in found.reasons}


@pytest.mark.parametrize("kind", ["retraction", "withdrawal"])
def test_an_admission_taken_back_confirms_and_names_nobody(kind: str) -> None:
    back = row("R", **(ADMITS | {"kind": kind, "pub_date": "2020-10-12"}))
    found = finding(row("A", **ADMITS), back)
    assert found.row is TableRow.TAKEN_BACK
    assert found.contradicted
    assert found.occurrence is Occurrence.UNSUBSTANTIATED
    assert found.attribution.party is None
    assert "withdrawn" in rules(found)
    assert finding(row("A", **ADMITS), back, row("X")).row is TableRow.INTERESTED_ONLY


def test_what_is_said_again_after_it_was_taken_back_stands() -> None:
    back = row("R", **(ADMITS | {"kind": "retraction", "pub_date": "2020-10-12"}))
    again = row("Z", **(ADMITS | {"pub_date": "2020-10-13"}))
    assert finding(row("A", **ADMITS), back, again).row is TableRow.ADMITTED


@pytest.mark.parametrize(
    "fields",
    [
        {"origin": "AA MoD", "origin_side": "AA"},  # the other side takes it back for them
        {"origin": "AA MoD citing BB MoD", "origin_side": "BB"},  # so the other side says
        {"origin": "Somebody citing BB MoD", "origin_side": "BB"},
        {"act": "small_arms_fire"},  # another act
    ],
)
def test_nobody_takes_back_for_somebody_else(fields: Row) -> None:
    back = row("R", **(ADMITS | {"kind": "retraction", "pub_date": "2020-10-12"} | fields))
    found = project([row("A", **ADMITS), back])
    assert finding_of(found, "A").row is TableRow.ADMITTED


def test_an_admission_that_the_same_side_denies_since_names_nobody() -> None:
    denies = row("D", **(ADMITS | {"kind": "denial", "pub_date": "2020-10-12"}))
    found = finding(row("A", **ADMITS), denies)
    assert found.row is TableRow.ADMITTED_WITH_A_HEDGE
    assert found.attribution.party is None
    before = row("D", **(ADMITS | {"kind": "denial", "pub_date": "2020-10-10"}))
    assert finding(row("A", **ADMITS), before).row is TableRow.ADMITTED


def test_a_look_taken_back_is_no_look() -> None:
    back = row("R", **(WATCH | {"kind": "withdrawal"}))
    found = finding(row("A"), row("B", **WATCH, **LOOKED), back)
    assert found.row is TableRow.INTERESTED_ONLY
    assert not found.contradicted


@pytest.mark.parametrize("kind", ["found_nothing", "denial"])
def test_a_look_that_found_nothing_contradicts_whatever_stands_there(kind: str) -> None:
    nothing = row("N", **(RELIEF | LOOKED | {"kind": kind}))
    for rows in (
        [row("A")],
        [row("A"), row("B", **WATCH, **LOOKED)],
        [row("A"), row("B", **ADMITS)],
    ):
        found = finding(*rows, nothing)
        assert found.contradicted
        assert found.occurrence is Occurrence.UNSUBSTANTIATED
        assert found.attribution.party is None
        assert "found_nothing" in rules(found)
        assert found.proposed is Occurrence.REFUTED


@pytest.mark.parametrize(
    "fields",
    [
        {"access": "escorted(BB)"}, {"access": ""}, {"access": "remote"}, {"basis": "told"},
        {"origin": "BB MoD", "origin_side": "BB"}, {"places": ""}, {"t_from_local": ""},
        {"origin": "Wire", "basis": "repeats"},
    ],
)  # fmt: skip
def test_what_is_no_look_of_ones_own_contradicts_nothing(fields: Row) -> None:
    nothing = row("N", **(RELIEF | LOOKED | {"kind": "found_nothing"} | fields))
    for found in project([row("A"), nothing]).findings:
        assert not found.contradicted


def test_the_word_that_nothing_was_found_says_that_there_was_a_look() -> None:
    nothing = row("N", **(RELIEF | {"kind": "found_nothing", "access": "own"}))
    assert finding(row("A"), nothing).contradicted
    denied = row("N", **(RELIEF | {"kind": "denial", "access": "own"}))
    assert not finding(row("A"), denied).contradicted
    here = mission()
    here = replace(here, sources=(*here.sources, source("Patrol", SourceRole.MONITOR)))
    patrol = row("N", origin="Patrol", origin_side="", kind="found_nothing")
    assert finding_of(project([row("A"), patrol], here), "A").contradicted


def test_a_question_that_its_own_body_answered_is_open_no_longer() -> None:
    vouched = row("B", **WATCH, kind="report")
    asked = row("C", **RELIEF, kind="could_not_determine", pub_date="2020-10-12")
    said = row("D", **RELIEF, kind="report", pub_date="2020-10-20")
    assert finding(row("A"), vouched, asked).occurrence is Occurrence.PLAUSIBLE
    assert finding(row("A"), vouched, asked, said).occurrence is Occurrence.CORROBORATED
    before = said | {"pub_date": "2020-10-11"}
    assert finding(row("A"), vouched, asked, before).occurrence is Occurrence.PLAUSIBLE


@pytest.mark.parametrize("outlet", ["AA MoD", "AA-MoD"])
def test_a_look_in_the_outlet_of_a_side_may_be_that_sides_word(outlet: str) -> None:
    look = row("B", **WATCH, **LOOKED, outlet=outlet)
    assert finding(row("A"), look).occurrence is Occurrence.UNSUBSTANTIATED
    assert finding(row("A"), look | {"outlet": "Daily"}).occurrence is Occurrence.CONFIRMED


def test_a_look_that_found_nothing_says_little_of_what_leaves_no_traces() -> None:
    shots = {"act": "small_arms_fire"}
    nothing = row("N", **(RELIEF | LOOKED | shots | {"kind": "found_nothing"}))
    assert not finding(row("A", **shots), nothing).contradicted


@pytest.mark.parametrize("kind", ["ambiguous", "could_not_determine", "under_investigation"])
def test_a_body_that_vouches_for_nothing_is_no_origin(kind: str) -> None:
    found = finding(row("A"), row("B", **(WATCH | LOOKED | {"kind": kind})))
    assert found.occurrence is Occurrence.UNSUBSTANTIATED
    assert [o.ground for o in found.origins] == [Ground.INTERESTED]
    alone = finding(row("B", **(WATCH | LOOKED | {"kind": kind})))
    assert alone.occurrence is Occurrence.UNASSESSED


def test_what_a_body_could_not_determine_is_held_no_surer_by_what_others_only_say() -> None:
    vouched = row("B", **WATCH, kind="report")
    open_ = row("C", **RELIEF, kind="could_not_determine")
    assert finding(row("A"), vouched).occurrence is Occurrence.CORROBORATED
    held = finding(row("A"), vouched, open_)
    assert held.occurrence is Occurrence.PLAUSIBLE
    assert "undetermined" in rules(held)
    assert held.proposed is Occurrence.CANNOT_BE_DETERMINED
    looked = row("B", **WATCH, **LOOKED)
    confirmed = finding(row("A"), looked, open_)
    assert (confirmed.occurrence, confirmed.proposed) == (Occurrence.CONFIRMED, None)
    inquiry = row("C", **RELIEF, kind="under_investigation")
    assert finding(row("A"), vouched, inquiry).occurrence is Occurrence.CORROBORATED


def test_what_monitors_still_inquire_into_is_open() -> None:
    here = mission()
    here = replace(here, sources=(*here.sources, source("Patrol", SourceRole.MONITOR)))
    rows = [row("A"), row("B", **WATCH, kind="report"),
            row("C", origin="Patrol", origin_side="", kind="under_investigation")]  # fmt: skip
    assert finding_of(project(rows, here), "A").occurrence is Occurrence.PLAUSIBLE


def test_another_version_stands_behind_the_event_and_not_behind_the_act() -> None:
    other = row("O", **(RELIEF | LOOKED | {"kind": "other_version"}))
    found = finding(row("A"), other)
    assert found.occurrence is Occurrence.CORROBORATED
    assert "other_version" in rules(found)
    assert finding(row("B", **WATCH, **LOOKED), other).row is not TableRow.LOOKED_AND_SECONDED
    assessed = project(
        [row("A"), row("B", **WATCH, **LOOKED), other], mission(AttributionMode.ASSESSED)
    )
    assert finding_of(assessed, "A").attribution.party is None


def test_the_accused_sides_other_version_contests() -> None:
    other = row("O", origin="BB MoD", origin_side="BB", kind="other_version")
    assert incident_of(project([row("A"), other]), "A").contested_how == (
        "denied by the accused side",
    )
    assert finding(row("A"), other).occurrence is Occurrence.UNSUBSTANTIATED


@pytest.mark.parametrize("act", ["casualties", ""])
def test_losses_conceded_admit_no_act(act: str) -> None:
    conceded = row("C", **(ADMITS | {"act": "", "killed": "12"}))
    conceded["act"] = act
    assert all(f.attribution.party is None for f in project([conceded]).findings)


SENTENCES = {
    "HRW found no trace of a missile strike on Ganja on October 17.": (Stance.DENIES, "found_nothing"),
    "The OSCE visited Hadrut on October 16 and found no evidence of shelling.": (Stance.DENIES, "found_nothing"),
    "The UN said it could not independently verify reports of shelling in Hadrut on October 16.": (
        Stance.REPORTS, "could_not_determine"),
    "The UN was unable to determine who shelled Hadrut on October 16.": (Stance.REPORTS, "could_not_determine"),
    "HRW is investigating the shelling of Hadrut on October 16.": (Stance.REPORTS, "under_investigation"),
    "The OSCE opened an investigation into the missile strike on Ganja on October 17.": (
        Stance.REPORTS, "under_investigation"),
    "HRW found that the shelling of Hadrut on October 16 was not carried out by Azerbaijani forces.": (
        Stance.REPORTS, "other_version"),
    "HRW said the explosion in Hadrut on October 16 was caused by a gas leak, not by shelling.": (
        Stance.REPORTS, "other_version"),
    "HRW said Hadrut was not shelled by Azerbaijan on October 16.": (Stance.DENIES, None),
    "HRW withdrew its finding that Azerbaijan shelled Hadrut on October 16.": (Stance.RETRACTS, None),
    "The UN said it was aware of reports of a missile strike on Ganja on October 17.": (Stance.REPORTS, None),
    "The UN neither confirms nor denies the missile strike on Ganja on October 17.": (Stance.REPORTS, None),
}  # fmt: skip
IN_OTHER_LANGUAGES = [
    json.loads(line)
    for line in (Path(__file__).parent / "vouching.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_text_says_what_vouches_for_nothing_and_what_takes_back(sentence: str) -> None:
    stance, kind = SENTENCES[sentence]
    found = read(sentence, outlet="Reuters")
    (claim,) = found.claims
    assert (claim.stance, claim.kind) == (stance, ClaimKind(kind) if kind else None)
    assert claim.speaker is not None
    assert {voice.source for voice in claim.speaker.voices} <= {"hrw", "osce", "un"}
    stands = kind == "other_version"
    assert all((f.row is TableRow.VOUCHED_FOR) is stands for f in found.findings)
    assert {f.occurrence for f in found.findings} <= {
        Occurrence.UNSUBSTANTIATED if stands else Occurrence.UNASSESSED
    }


@pytest.mark.parametrize("said", IN_OTHER_LANGUAGES, ids=lambda said: said["text"][:20])
def test_other_languages_say_so_too(said: dict[str, str]) -> None:
    (claim,) = read(said["text"], outlet="Reuters", language=said["language"]).claims
    if said["kind"] == "losses":
        assert claim.stance is not Stance.ADMITS
        assert claim.actors == ()
    else:
        assert claim.kind is ClaimKind(said["kind"])


def test_a_sides_own_act_with_victims_is_admitted_still() -> None:
    said = "The Azerbaijani Defence Ministry admitted shelling Hadrut on October 16, killing three."
    assert [c.stance for c in read(said, outlet="Reuters").claims] == [Stance.ADMITS]


def test_what_a_machine_read_takes_nothing_from_what_people_read() -> None:
    found = read(
        "HRW found no trace of a missile strike on Ganja on October 17.",
        "The Armenian Defence Ministry denied the missile strike on Ganja on October 17.",
    )
    assert strongest(found).occurrence is Occurrence.UNASSESSED


BARE = {
    "kind": "retraction",
    "pub_date": "2020-10-12",
    "accused": "",
    "paraphrase": "Takes it back.",
}


@pytest.mark.parametrize(
    "fields",
    [{"places": ""}, {"t_from_local": "", "time_precision": ""}, {"act": ""},
     {"places": "", "t_from_local": "", "time_precision": "", "act": ""}],
)  # fmt: skip
def test_a_retraction_that_says_little_takes_back_the_one_thing_that_it_fits(fields: Row) -> None:
    back = row("R", **(ADMITS | BARE | fields))
    found = finding_of(project([row("A", **ADMITS), back]), "A")
    assert found.row is TableRow.TAKEN_BACK
    assert found.attribution.party is None


@pytest.mark.parametrize(
    "fields",
    [{"places": "Delta"}, {"t_from_local": "2020-10-05", "time_precision": "day"}, {"act": "small_arms_fire"},
     {"pub_date": "2020-10-10", "places": ""}, {"origin": "AA MoD", "origin_side": "AA", "places": ""}],
)  # fmt: skip
def test_a_retraction_of_something_else_takes_nothing_back(fields: Row) -> None:
    back = row("R", **(ADMITS | BARE | fields))
    assert finding_of(project([row("A", **ADMITS), back]), "A").row is TableRow.ADMITTED


def test_a_retraction_that_fits_several_events_takes_back_none_and_what_it_fits_lifts_nothing() -> (
    None
):
    other = row("B", **(ADMITS | {"places": "Delta"}))
    bare = row("R", **(ADMITS | BARE | {"places": "", "t_from_local": "", "time_precision": ""}))
    found = project([row("A", **ADMITS), other, bare])
    for name in ("A", "B"):
        held = finding_of(found, name)
        assert held.row is TableRow.ADMITTED_WITH_A_HEDGE
        assert held.attribution.party is None
        assert "may_be_taken_back" in rules(held)
    looks = [row("A", **WATCH, **LOOKED), row("B", **(WATCH | LOOKED | {"places": "Delta"}))]
    bare = row("R", **(WATCH | BARE | {"places": "", "t_from_local": "", "time_precision": ""}))
    found = project([*looks, row("C"), bare])
    assert finding_of(found, "B").row is TableRow.VOUCHED_FOR
    assert finding_of(found, "A").row is TableRow.TWO_ORIGINS


def test_a_statement_that_takes_back_in_the_first_person_admits_nothing() -> None:
    said = (
        "We withdraw our statement that our units shelled the town of Hadrut on October 16, 2020."
    )
    stated = {"profile": "party_statement", "issuer": "AZ"}
    (claim,) = read(said, **stated).claims
    assert claim.stance is Stance.RETRACTS
    admitted = "Our units shelled the town of Hadrut by mistake on October 16, 2020."
    later = stated | {"published": "2020-10-19T10:00+04:00"}
    found = read_all((admitted, stated), (said, later))
    assert strongest(found).row is TableRow.TAKEN_BACK


@pytest.mark.parametrize("who", ["its forces", "Armenian forces"])
def test_a_side_that_says_its_forces_did_not_do_it_admits_nothing(who: str) -> None:
    said = f"The Armenian Defence Ministry said the shelling of Ganja on October 17 was not carried out by {who}."
    (claim,) = read(said, outlet="Reuters").claims
    assert claim.stance is Stance.DENIES


def test_who_is_cleared_in_a_text_is_not_accused_there() -> None:
    said = "HRW found that the shelling of Hadrut on October 16 was not carried out by Azerbaijani forces."
    (claim,) = read(said, outlet="Reuters").claims
    assert claim.actors == ()


UKRAINIAN = [
    json.loads(line)
    for line in (Path(__file__).parent / "vouching_uk.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


@pytest.mark.parametrize("said", UKRAINIAN, ids=lambda said: said["kind"])
def test_ukrainian_says_so_with_its_own_pack(said: dict[str, str]) -> None:
    pack, _ = load_pack(pack_folder("ukraine"))
    assert pack is not None
    (claim,) = TextReader(pack).read(said["text"], item(said["text"], "2023-10-17"), "uk").claims
    assert claim.kind == (None if said["kind"] == "losses" else said["kind"])
    assert claim.stance is not Stance.ADMITS
    assert claim.actors == ()
