"""Weighing: independent origins counted once, no confirmation without grounds, no leaked attribution."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from tests.builders import (
    Row,
    behind,
    entry,
    finding_of,
    mission,
    partition,
    project,
    row,
    ruled,
    source,
)
from tests.link.worlds import evidence
from truceline.model.decision import Verdict
from truceline.model.finding import AttributionState, Occurrence, TableRow
from truceline.model.mission import AttributionMode, SourceRole
from truceline.model.place_time import PlaceKind

if TYPE_CHECKING:
    from truceline.model.report import Assessment

STRONG = {Occurrence.CORROBORATED, Occurrence.CONFIRMED}
NAMING = {
    AttributionState.ACKNOWLEDGED_BY_PARTY,
    AttributionState.ASSESSED,
    AttributionState.DETERMINED,
    AttributionState.INDICATED,
}


def ganja(count: int, **fields: str) -> list[Row]:
    """Many outlets, one side."""
    organs = ["AA MoD", "AA GPO", "AA MFA via Wire", "AA authorities via Daily", "CC army"]
    return [row(f"C{n}", origin=organs[n % 5]) | fields for n in range(count)]


@pytest.mark.parametrize("count", [1, 2, 9, 30])
def test_repeats_of_one_side_corroborate_nothing(count: int) -> None:
    finding = finding_of(project(ganja(count)), "C0")
    assert finding.occurrence is Occurrence.UNSUBSTANTIATED
    assert len(finding.origins) == 1
    assert finding.origins[0].interested


@pytest.mark.parametrize("fields", [{"origin": "", "origin_side": ""}, {"origin": ""}])
def test_repeats_with_the_origin_hidden_corroborate_nothing(fields: Row) -> None:
    one, nine = (finding_of(project(ganja(n, **fields)), "C0") for n in (1, 9))
    assert nine.occurrence not in STRONG
    assert (nine.row, nine.strength) == (one.row, one.strength)


def test_an_outlet_that_passes_on_words_is_no_origin() -> None:
    rows = [row("A"), row("B", origin="Wire", origin_side="MEDIA"),
            row("C", origin="Daily", origin_side="MEDIA")]  # fmt: skip
    assert behind(project(rows)) == ["party:AA"]


def test_a_reprint_is_not_a_second_origin() -> None:
    report = {"kind": "verification", "origin_side": "NGO", "paraphrase": "On-site investigation."}
    rows = [row("A", origin="Watch", **report), row("B", origin="Watch (reprint)", **report)]
    finding = finding_of(project(rows), "A")
    assert len(finding.origins) == 1
    assert finding.strength == finding_of(project(rows[:1]), "A").strength


LOOKED = {"kind": "verification", "basis": "inspected", "access": "own"}
WATCH = {"origin": "Watch", "origin_side": "NGO"}


def test_a_third_party_that_looked_confirms() -> None:
    rows = [row("A"), row("B", **WATCH, **LOOKED)]
    assert finding_of(project(rows), "A").occurrence is Occurrence.CONFIRMED


@pytest.mark.parametrize(
    "fields",
    [
        {"paraphrase": "On-site investigation of the strike by monitors who saw it."},
        {"basis": "inspected"}, {"basis": "examined", "access": "own"},
        {"basis": "examined", "access": "remote"}, {"basis": "saw", "access": "remote"},
        {"basis": "saw", "access": "none"},
    ],
)  # fmt: skip
def test_a_third_party_that_did_not_look_confirms_nothing(fields: Row) -> None:
    watch = row("B", kind="verification", **WATCH, **fields)
    assert finding_of(project([row("A"), watch]), "A").occurrence is Occurrence.CORROBORATED
    alone = Occurrence.CORROBORATED if "basis" in fields else Occurrence.PLAUSIBLE
    assert finding_of(project([watch]), "B").occurrence is alone


@pytest.mark.parametrize(
    "fields",
    [{"act": ""}, {"places": ""}, {"places": "Country"}, {"t_from_local": ""},
     {"t_from_local": "2020-10-09", "t_to_local": "2020-10-16", "time_precision": "day"}],
)  # fmt: skip
def test_a_look_that_does_not_say_what_where_and_when_confirms_nothing(fields: Row) -> None:
    here = mission()
    country = entry("country", "Country", 40.0, 46.0, 200.0, kind=PlaceKind.AREA)
    here = replace(here, gazetteer=(*here.gazetteer, country))
    rows = [row("A", **fields), row("B", **(WATCH | LOOKED | fields))]
    assert all(f.occurrence is not Occurrence.CONFIRMED for f in project(rows, here).findings)


def test_a_look_alone_waits_for_a_second_origin() -> None:
    finding = finding_of(project([row("B", **WATCH, **LOOKED)]), "B")
    assert finding.row is TableRow.LOOKED_ONCE
    relief = row("C", origin="Relief", origin_side="NGO", kind="report")
    seconded = finding_of(project([row("B", **WATCH, **LOOKED), relief]), "B")
    assert seconded.row is TableRow.LOOKED_AND_SECONDED
    unknown = row("C", origin="Somebody", origin_side="")
    assert (
        finding_of(project([row("B", **WATCH, **LOOKED), unknown]), "B").row is TableRow.LOOKED_ONCE
    )


def test_a_second_origin_that_tells_of_another_act_seconds_nothing() -> None:
    rows = [row("B", act="uav_strike", **WATCH, **LOOKED), row("A", act="artillery_shelling")]
    found = project(rows, decisions=ruled(rows, ["A", "B"]))
    assert finding_of(found, "A").row is TableRow.TWO_ORIGINS
    rows[1]["act"] = "air_attack"
    found = project(rows, decisions=ruled(rows, ["A", "B"]))
    assert finding_of(found, "A").row is TableRow.LOOKED_AND_SECONDED


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [("m1", "m2", Occurrence.CONFIRMED), ("m1", "m1", Occurrence.CORROBORATED),
     ("m1", "", Occurrence.CORROBORATED), ("", "", Occurrence.CORROBORATED)],
)  # fmt: skip
def test_two_bodies_that_examined_confirm_where_the_material_surely_differs(
    one: str, other: str, status: Occurrence
) -> None:
    looked = {"kind": "verification", "origin_side": "NGO", "basis": "examined"}
    rows = [row("A", origin="Watch", material=one, **looked),
            row("B", origin="Relief", material=other, **looked)]  # fmt: skip
    assert finding_of(project(rows), "A").occurrence is status


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"basis": "saw"}, Occurrence.CONFIRMED), (LOOKED, Occurrence.CONFIRMED),
     ({"basis": "measured", "access": "remote"}, Occurrence.CORROBORATED),
     ({"basis": "told"}, Occurrence.UNSUBSTANTIATED), ({}, Occurrence.PLAUSIBLE),
     ({"basis": "saw", "access": "escorted(BB)"}, Occurrence.UNSUBSTANTIATED)],
)  # fmt: skip
def test_monitors_need_no_second(fields: Row, status: Occurrence) -> None:
    here = mission()
    patrol = source("Patrol", SourceRole.MONITOR)
    here = replace(here, sources=(*here.sources, patrol))
    seen = row("A", **({"origin": "Patrol", "origin_side": "", "kind": "report"} | fields))
    assert finding_of(project([seen], here), "A").occurrence is status


def test_a_mission_may_lower_what_a_row_gives() -> None:
    rows = [row("A"), row("B", **WATCH, **LOOKED)]
    strict = replace(mission(), tighter=((TableRow.LOOKED_AND_SECONDED, Occurrence.PLAUSIBLE),))
    finding = finding_of(project(rows, strict), "A")
    assert finding.occurrence is Occurrence.CORROBORATED
    assert finding.row is TableRow.TWO_ORIGINS


def test_a_finding_says_what_would_change_it() -> None:
    finding = finding_of(project([row("A")]), "A")
    assert [c.gives for c in finding.changes] == [Occurrence.CORROBORATED, Occurrence.CONFIRMED]
    confirmed = finding_of(project([row("A"), row("B", **WATCH, **LOOKED)]), "A")
    assert [(c.words, c.gives) for c in confirmed.changes] == [
        ("without an origin with an interest", Occurrence.CORROBORATED),
        ("without Watch", Occurrence.UNSUBSTANTIATED),
    ]


def test_nobody_is_named_for_what_people_decided_is_not_established() -> None:
    rows = [row("A", origin="BB MoD", origin_side="BB", kind="admission")]
    made = ruled(rows, ["A"], Verdict.UNSUBSTANTIATED)
    finding = finding_of(project(rows, decisions=made), "A")
    assert finding.occurrence is Occurrence.UNSUBSTANTIATED
    assert finding.attribution.party is None
    assert finding_of(project(rows), "A").attribution.party == "BB"


@pytest.mark.parametrize("basis", ["told", "repeats"])
def test_a_third_party_that_was_told_is_no_origin_of_its_own(basis: str) -> None:
    watch = row("B", kind="verification", basis=basis, **WATCH)
    assert finding_of(project([row("A"), watch]), "A").occurrence is Occurrence.UNSUBSTANTIATED
    assert finding_of(project([watch]), "B").occurrence is Occurrence.UNSUBSTANTIATED


@pytest.mark.parametrize("side", ["AA", "BB", "CC"])
def test_what_a_side_shows_is_that_sides_show(side: str) -> None:
    tour = row("B", kind="verification", basis="inspected", access=f"escorted({side})", **WATCH)
    found = project([tour])
    finding = finding_of(found, "B")
    camp = "AA" if side == "CC" else side
    assert behind(found) == [f"party:{camp}"]
    assert finding.occurrence is Occurrence.UNSUBSTANTIATED


@pytest.mark.parametrize("words", ["Wire reporters on site", "Wire reporter at the scene", "Wire"])
def test_a_medium_is_an_origin_by_its_basis_and_not_by_words(words: str) -> None:
    plain = row("B", origin=words, origin_side="MEDIA", paraphrase="On site, our reporter saw it.")
    assert finding_of(project([row("A"), plain]), "A").occurrence is Occurrence.UNSUBSTANTIATED
    saw = row("B", origin=words, origin_side="MEDIA", basis="saw")
    assert finding_of(project([row("A"), saw]), "A").occurrence is Occurrence.CORROBORATED


@pytest.mark.parametrize("origin", ["Watch via AA MoD", "AA MFA citing Watch"])
def test_what_a_party_passes_on_of_a_third_party_confirms_nothing(origin: str) -> None:
    passed = row("B", origin=origin, origin_side="", **LOOKED)
    assert finding_of(project([passed]), "B").occurrence is not Occurrence.CONFIRMED
    relayed = project([row("A"), passed])
    assert finding_of(relayed, "A").occurrence is not Occurrence.CONFIRMED


def test_a_visit_and_a_verification_from_afar_are_not_one_verification_on_site() -> None:
    rows = [row("A", basis="inspected", access="own", **WATCH),
            row("B", kind="verification", basis="examined", access="remote", **WATCH)]  # fmt: skip
    assert finding_of(project(rows), "A").occurrence is not Occurrence.CONFIRMED


def test_a_partys_own_visit_confirms_nothing() -> None:
    rows = [row("A", **LOOKED)]
    assert finding_of(project(rows), "A").occurrence is Occurrence.UNSUBSTANTIATED


def test_an_admission_confirms_and_names_only_who_admits() -> None:
    rows = [row("A"), row("B", origin="BB MoD", origin_side="BB", kind="admission")]
    finding = finding_of(project(rows), "A")
    assert finding.occurrence is Occurrence.CONFIRMED
    assert finding.attribution.state is AttributionState.ACKNOWLEDGED_BY_PARTY
    assert finding.attribution.party == "BB"


@pytest.mark.parametrize(
    "fields",
    [
        {"origin": "AA MoD", "origin_side": "AA"},  # the enemy "admits" for them
        {"origin": "", "origin_side": ""},  # nobody known admits
        {"origin": "BB MoD", "origin_side": "BB", "accused": ""},  # admits what is not said
        {"origin": "BB MoD", "origin_side": "BB", "kind": "ambiguous"},
        {"origin": "", "origin_side": "BB"},  # some voice of that side, nobody knows whose
        {"origin": "BB MoD", "origin_side": "BB", "accused": "AA;BB"},  # both at once
        {"origin": "CC army", "origin_side": "CC", "accused": "AA"},  # a force for its party
        {"origin": "AA MoD", "origin_side": "AA", "accused": "CC"},  # a party for its force
    ],
)
def test_what_is_no_admission_names_nobody(fields: Row) -> None:
    finding = finding_of(project([row("B", **({"kind": "admission"} | fields))]), "B")
    assert finding.attribution.state is AttributionState.WITHHELD_BY_MANDATE
    assert finding.attribution.party is None
    assert finding.occurrence not in STRONG


def test_a_force_that_admits_names_itself_and_not_its_party() -> None:
    rows = [row("B", origin="CC army", origin_side="CC", kind="admission", accused="CC")]
    finding = finding_of(project(rows), "B")
    assert finding.attribution.party == "CC"


def test_mirrored_reports_are_plausible_and_no_more() -> None:
    mirror = row("B", origin="BB MoD", origin_side="BB", accused="AA", paraphrase="They began.")
    assessment = project([row("A"), mirror])
    assert {f.occurrence for f in assessment.findings} == {Occurrence.PLAUSIBLE}


def test_the_first_reason_is_the_row_of_the_table_that_applied() -> None:
    for finding in project([*ganja(4), row("W", **WATCH, **LOOKED)]).findings:
        assert finding.reasons[0].rule == finding.row
        assert all(r.sentence for r in finding.reasons)


def test_where_the_mandate_assesses_enemies_still_settle_nothing() -> None:
    open_mandate = mission(AttributionMode.ASSESSED)
    denial = row("D", origin="BB MoD", origin_side="BB", kind="denial")
    watch = row("W", **WATCH, **LOOKED)

    def state(*rows: Row) -> AttributionState:
        return finding_of(project(rows, open_mandate), "C0").attribution.state

    assert state(*ganja(9)) is AttributionState.UNDETERMINED
    assert state(*ganja(9), denial) is AttributionState.CONTESTED
    assert state(*ganja(9), watch) is AttributionState.ASSESSED


@settings(max_examples=60, deadline=None)
@given(evidence())
def test_nothing_is_confirmed_and_nobody_named_without_grounds(rows: list[Row]) -> None:
    assessment = project(rows)
    for finding in assessment.findings:
        rules = {r.rule for r in finding.reasons}
        if finding.occurrence is Occurrence.CONFIRMED:
            assert rules & {"admission", "looked", "monitored", "examined"}
        if finding.attribution.state in NAMING:
            assert "admission" in rules
        else:
            assert finding.attribution.party is None


def swapped(rows: list[Row]) -> list[Row]:
    """Exchange the parties everywhere."""
    table = {"AA": "BB", "BB": "AA"}

    def swap(text: str) -> str:
        return " ".join(table.get(word, word) for word in text.split(" "))

    return [
        r
        | {name: swap(r[name]) for name in ("origin", "origin_side", "accused")}
        | {"access": r["access"].replace("(BB)", "(AA)")}
        for r in rows
    ]


def shape(assessment: Assessment, names: dict[str, str]) -> list[tuple[object, ...]]:
    """Give findings with the parties' names exchanged, by the coders' ids."""
    external = {c.id: c.external_id for c in assessment.claims}
    members = {i.id: i for i in assessment.incidents}
    return sorted(
        (
            sorted(str(external[m]) for m in members[f.incident].members),
            f.occurrence, f.row, f.strength, f.attribution.state,
            names.get(f.attribution.party or "", f.attribution.party or ""),
            members[f.incident].contested,
            members[f.incident].engagement is not None,
        )
        for f in assessment.findings
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(evidence())
def test_swapping_the_parties_names_mirrors_every_finding(rows: list[Row]) -> None:
    here = mission()
    there = replace(here, forces=(replace(here.forces[0], bound_through="BB"),))
    one, other = project(rows, here), project(swapped(rows), there)
    assert shape(one, {}) == shape(other, {"AA": "BB", "BB": "AA"})
    assert partition(one) == partition(other)
