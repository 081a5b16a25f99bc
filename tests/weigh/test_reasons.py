"""What a person reads of a finding, word for word: reasons, attribution, and what would change it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.builders import Row, finding_of, mission, project, row, ruled
from tests.weigh.test_ceilings import read_all, strongest
from tests.weigh.test_findings import LOOKED, WATCH
from truceline.model.decision import Verdict
from truceline.model.finding import AttributionState, Occurrence
from truceline.model.mission import AttributionMode

if TYPE_CHECKING:
    from truceline.model.finding import Finding

ADMITS = {"origin": "BB MoD", "origin_side": "BB", "kind": "admission"}
DENIES = {"origin": "BB MoD", "origin_side": "BB", "kind": "denial"}
RELIEF = {"origin": "Relief", "origin_side": "NGO"}
OPEN = replace(mission(), mandate=replace(mission().mandate, attribution=AttributionMode.ASSESSED))


def reasons(finding: Finding) -> list[str]:
    """Give the reasons as they are printed."""
    return [f"{r.rule}: {r.sentence}" for r in finding.reasons]


SECONDED = (
    "looked_and_seconded: a body without an interest looked at the place itself, with access of its own, and says "
    "act, place and time; a second origin says the same"
)
TOLD: list[tuple[str, list[Row], list[str]]] = [
    ("interested", [row("A"), row("B")], [
        "interested_only: only those say so who have an interest in it, or speakers whom nobody knows",
        "interested_origin: 2 claims in 2 outlets trace to 1 interested origin; repeats add nothing",
    ]),
    ("unknown", [row("A", origin="", origin_side="")], [
        "interested_only: only those say so who have an interest in it, or speakers whom nobody knows",
        "unknown_origin: 1 claim without a known speaker may all repeat one origin",
    ]),
    ("looked", [row("A"), row("D", **DENIES), row("B", **WATCH, **LOOKED)], [
        SECONDED,
        "interested_origin: 1 claim in 1 outlet traces to 1 interested origin; repeats add nothing",
        "looked: Watch: without an interest, looked at the place with access of their own",
        "denial: denied by the accused side, which settles nothing",
    ]),
    ("admitted", [row("A", **ADMITS), row("B", **ADMITS)], [
        "admitted: the side that acted says so itself, plainly, on its own channel or through relays of no camp",
        "admission: admitted in 2 claims, one origin",
    ]),
    ("vouched", [row("A", **WATCH, kind="report")], [
        "vouched_for: one body without an interest says that it happened, not how it knows",
        "vouches: Watch: without an interest, not saying how they know",
    ]),
    ("examined", [row("A", basis="examined", **WATCH), row("G", basis="saw", **RELIEF)], [
        "two_origins: two independent origins say that it happened, and one of them has no interest in it",
        "glanced: Relief: without an interest, looked, but not at the place with access of their own",
        "examined: Watch: without an interest, examined material of it",
    ]),
    ("taken back", [row("A"), row("R", kind="retraction")], [
        "taken_back: everybody who said so took it back",
        "withdrawn: 1 claim taken back by who made it, and not counted",
    ]),
    ("found nothing", [row("A"), row("N", **(RELIEF | LOOKED | {"kind": "found_nothing"}))], [
        "interested_only: only those say so who have an interest in it, or speakers whom nobody knows",
        "interested_origin: 1 claim in 1 outlet traces to 1 interested origin; repeats add nothing",
        "found_nothing: Relief looked at the place with access of their own and found nothing, and such an act leaves traces",
    ]),
    ("open", [row("A"), row("O", kind="could_not_determine", **RELIEF), row("V", kind="other_version", **WATCH)], [
        "two_origins: two independent origins say that it happened, and one of them has no interest in it",
        "interested_origin: 1 claim in 1 outlet traces to 1 interested origin; repeats add nothing",
        "vouches: Watch: without an interest, not saying how they know",
        "undetermined: Relief could not determine it, or still inquire: what would be corroborated is plausible",
        "other_version: Watch: something happened, but not as it was alleged; that version is rejected",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), [t[1:] for t in TOLD], ids=[t[0] for t in TOLD])
def test_reasons_word_for_word(rows: list[Row], expected: list[str]) -> None:
    assert reasons(finding_of(project(rows), rows[0]["claim_id"])) == expected


def test_both_sides_telling_of_it_is_a_reason() -> None:
    mirror = row("B", origin="BB MoD", origin_side="BB", accused="AA", paraphrase="They began.")
    found = finding_of(project([row("A"), mirror]), "A")
    assert (
        "told_by_both: both sides report fighting there and then, each naming the other"
        in reasons(found)
    )


def test_what_a_machine_read_and_what_people_decided_are_said() -> None:
    said = "The Azerbaijani Ministry of Defence admitted shelling Hadrut on October 16."
    found = strongest(read_all((said, {"outlet": "Reuters"})))
    assert reasons(found)[-1] == (
        "reading_unchecked: 1 claim was read by a machine and checked by nobody, and count one step lower: check the "
        "words, who says them and how they came here; checked as they stand they give confirmed"
    )
    (change,) = found.changes
    assert (change.words, change.gives) == (
        "what a machine read, checked by people as it stands", Occurrence.CONFIRMED,
    )  # fmt: skip
    twice = strongest(
        read_all((said, {"outlet": "Reuters"}), (f"In Baku: {said}", {"outlet": "AFP"}))
    )
    assert reasons(twice)[-1].startswith("reading_unchecked: 2 claims were read")
    rows = [row("A")]
    made = ruled(rows, ["A"], Verdict.PLAUSIBLE, "we heard it")
    decided = finding_of(
        project([*rows, row("B", origin="CC army", origin_side="CC")], decisions=made), "A"
    )
    assert reasons(decided)[-1] == (
        "decision: decided plausible by Ada Ax, approved by Ben By: we heard it (the evidence alone gives "
        "unsubstantiated); claims in this incident beyond those decided on: 1"
    )


def attribution(
    rows: list[Row], *, assessed: bool = False
) -> tuple[AttributionState, str | None, str]:
    """Give state, party and the reason of the attribution."""
    found = finding_of(project(rows, OPEN if assessed else None), rows[0]["claim_id"]).attribution
    (reason,) = found.reasons
    return found.state, found.party, f"{reason.rule}: {reason.sentence}"


def test_attribution_word_for_word_where_it_is_withheld() -> None:
    assert attribution([row("A")]) == (
        AttributionState.WITHHELD_BY_MANDATE, None,
        "mandate: not in the mandate, unless the party that acted acknowledges it",
    )  # fmt: skip
    one, two = [row("A", **ADMITS)], [row("A", **ADMITS), row("B", **ADMITS)]
    state = AttributionState.ACKNOWLEDGED_BY_PARTY
    assert attribution(one) == (
        state,
        "BB",
        "acknowledged: acknowledged in one claim of its own, as far as it goes",
    )
    assert attribution(two) == (
        state,
        "BB",
        "acknowledged: acknowledged in 2 claims of its own, as far as they go",
    )


def test_attribution_word_for_word_where_it_is_assessed() -> None:
    looked = row("B", **WATCH, **LOOKED)
    assert attribution([row("A")], assessed=True) == (
        AttributionState.UNDETERMINED, None, "interested_only: who acted is asked only of what is corroborated or more",
    )  # fmt: skip
    assert attribution([row("A"), looked], assessed=True) == (
        AttributionState.ASSESSED, "BB",
        "looked_and_named: a body without an interest that looked at the place names the side that acted",
    )  # fmt: skip
    vouched = row("B", **WATCH, kind="verification")
    assert attribution([row("A"), vouched], assessed=True) == (
        AttributionState.UNDETERMINED, None, "interested_only: only the accusing side, or nobody, names who acted",
    )  # fmt: skip
    contested = [row("A"), vouched, row("D", **DENIES)]
    assert attribution(contested, assessed=True) == (
        AttributionState.CONTESTED, None,
        "contested: the sides contradict each other and nobody independent settles it",
    )  # fmt: skip
    assert attribution([*contested, row("L", **RELIEF, **LOOKED)], assessed=True)[1] == "BB"


@pytest.mark.parametrize(
    "fields",
    [{"kind": "report"}, {"accused": ""}, {"access": "remote"}, {"basis": "examined"}, {"hedged": "yes"}],
)  # fmt: skip
def test_a_look_that_does_not_name_or_is_none_names_nobody(fields: Row) -> None:
    if "hedged" in fields:
        fields = {"kind": "ambiguous"}
    rows = [row("A"), row("B", **(WATCH | LOOKED | fields))]
    assert attribution(rows, assessed=True)[1] is None


def test_rival_admissions_name_nobody() -> None:
    both = [
        row("A", **ADMITS),
        row("B", origin="AA MoD", origin_side="AA", kind="admission", accused="AA"),
    ]
    made = ruled(both, ["A", "B"])
    found = finding_of(project(both, decisions=made), "A")
    assert found.occurrence is Occurrence.CONFIRMED
    assert found.attribution.party is None


def test_words_about_a_side_that_acknowledged_are_printed_and_about_another_are_not() -> None:
    rows = [row("A", **ADMITS)]
    for words, printed in (("Beland said so", True), ("Aland said so", False)):
        made = ruled(rows, ["A"], Verdict.CONFIRMED, words)
        told = reasons(finding_of(project(rows, decisions=made), "A"))[-1]
        assert (words in told) is printed
        assert ("they stay in the mission's ledger" in told) is not printed


def test_what_would_change_a_finding_word_for_word() -> None:
    def changes(rows: list[Row]) -> list[tuple[str, str]]:
        return [
            (c.words, c.gives.value) for c in finding_of(project(rows), rows[0]["claim_id"]).changes
        ]

    assert changes([row("A")]) == [
        ("one body without an interest that says so", "corroborated"),
        (
            "one body without an interest that looked at the place itself, with access of its own",
            "confirmed",
        ),
    ]
    assert changes([row("A", basis="examined", material="m1", **WATCH)]) == [
        (
            "one body without an interest that examined material of it, other than any examined before",
            "confirmed",
        ),
    ]
    ruling = ruled([row("A", **DENIES)], ["A"], Verdict.UNSUBSTANTIATED, "kept as an incident")
    only_denied = finding_of(project([row("A", **DENIES)], decisions=ruling), "A")
    assert [(c.words, c.gives.value) for c in only_denied.changes] == [
        ("one body without an interest that says so", "plausible"),
        (
            "one body without an interest that examined material of it, other than any examined before",
            "corroborated",
        ),
        ("a plain admission by the side that acted, on its own channel", "confirmed"),
    ]
    assert changes([row("A", **ADMITS), row("B")]) == [
        ("without what the side that acted says itself", "unsubstantiated"),
    ]
    nothing = row("N", **(RELIEF | LOOKED | {"kind": "found_nothing"}))
    assert changes([row("A"), row("B", **WATCH, **LOOKED), nothing]) == [
        ("a reason not to count the look that found nothing", "confirmed"),
    ]


def test_a_finding_shows_what_all_say_also_where_it_rests_on_what_people_read() -> None:
    form = "Date: 16 October 2020\nPlace: Hadrut\nEvent: shelling\nReported by: Armenian Ministry of Defence\n"
    said = "The Armenian Ministry of Defence said that Azerbaijani shelling killed three people in Hadrut on October 16."
    found = read_all((said, {"outlet": "Reuters"}), (form, {"profile": "form"}))
    assert {c.reading.value for c in found.claims} == {"coded", "read"}
    (made,) = found.findings
    assert reasons(made)[1].startswith("interested_origin: 1 claim")
    assert [len(o.claims) for o in made.origins] == [2]
    assert [e.low for e in made.casualties] == [3]
