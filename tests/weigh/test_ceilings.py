"""Ceilings that no rule can break: what a machine read confirms and names nobody; whose channel an admission took."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.builders import behind, finding_of, project, row
from truceline.collect import readers
from truceline.model.evidence import Arrival, ReadingState
from truceline.model.finding import AttributionState, Occurrence
from truceline.pipeline import Cut, Gathered, assess
from truceline.terms import open_mission

if TYPE_CHECKING:
    from truceline.model.finding import Finding
    from truceline.model.mission import Mission
    from truceline.model.report import Assessment

KARABAKH = Path(__file__).resolve().parents[2] / "missions" / "karabakh-2020"
END = Cut(instant=datetime(2021, 6, 1, tzinfo=UTC), text="end")
HIGH = {Occurrence.CORROBORATED, Occurrence.CONFIRMED}
NAMING = {AttributionState.ACKNOWLEDGED_BY_PARTY, AttributionState.ASSESSED}


@cache
def karabakh() -> Mission:
    """Give the demonstration mission."""
    return open_mission(KARABAKH)[0]


def read(*bodies: str, **heading: str) -> Assessment:
    """Run the stages over texts of the demonstration mission with one heading."""
    return read_all(*((body, heading) for body in bodies))


def read_all(*texts: tuple[str, dict[str, str]]) -> Assessment:
    """Run the stages over texts of the demonstration mission, each as if it had arrived as a file."""
    arrivals = []
    for number, (body, heading) in enumerate(texts):
        head = {
            "published": "2020-10-17T10:00+04:00",
            "language": "en",
            "profile": "news",
            **heading,
        }
        lines = "".join(f"{key}: {value}\n" for key, value in head.items())
        content = f"---\n{lines}---\n{body}\n".encode()
        found = readers()["text"].read(f"{number}.txt", content, karabakh())
        arrivals += [a for a in found if isinstance(a, Arrival)]
    return assess(
        Gathered(
            mission=karabakh(), arrivals=tuple(arrivals), decisions=(), problems=(), ledger={}
        ),
        END,
    )


def strongest(assessment: Assessment) -> Finding:
    """Give the strongest finding."""
    order = list(Occurrence)
    return max(assessment.findings, key=lambda f: order.index(f.occurrence))


SAID = [
    "The {who} Ministry of Defence admitted firing at {place} on October 16, the {other} Defence Ministry said.",
    "The {who} Ministry of Defence must acknowledge shelling {place} on October 16.",
    "Did the {who} Ministry of Defence confess to shelling {place} on October 16?",
    "Unless the {who} Ministry of Defence admits shelling {place} on October 16, talks will fail.",
    "The {who} Ministry of Defence reportedly acknowledged shelling {place} on October 16.",
    "The {who} Ministry of Defence has never admitted shelling {place} on October 16.",
    "The {who} Ministry of Defence acknowledged the shelling of {place} on October 16.",
    "The {other} Defence Ministry claims that the {who} Defence Ministry admitted shelling {place} on October 16.",
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "sides", "outlet"),
    list(product(
        SAID,
        [("Azerbaijani", "Armenian", "Hadrut"), ("Armenian", "Azerbaijani", "Ganja")],
        ["Armenpress", "Reuters", "Nobody Knows"],
    )),
)  # fmt: skip
def test_nothing_that_a_machine_read_confirms_or_names(
    sentence: str, sides: tuple[str, str, str], outlet: str
) -> None:
    who, other, place = sides
    found = read(sentence.format(who=who, other=other, place=place), outlet=outlet)
    for finding in found.findings:
        assert finding.occurrence not in HIGH, finding.reasons
        assert finding.attribution.state not in NAMING
        assert finding.attribution.party is None


@pytest.mark.parametrize("side", ["AZ", "AM"])
def test_a_sides_own_words_about_its_own_act_are_held_back_until_people_check_them(
    side: str,
) -> None:
    place = "Hadrut" if side == "AZ" else "Ganja"
    found = read(f"Our units shelled {place} on October 16, 2020.", profile="party_statement",
                 issuer=side)  # fmt: skip
    finding = strongest(found)
    assert finding.occurrence is Occurrence.CORROBORATED
    assert finding.attribution.party is None
    assert finding.to_check == tuple(c.id for c in found.claims)
    assert any(r.rule == "reading_unchecked" and "confirmed" in r.sentence for r in finding.reasons)


def test_an_admission_in_a_neutral_outlet_waits_for_a_check() -> None:
    found = read("The Azerbaijani Ministry of Defence admitted shelling Hadrut on October 16.",
                 outlet="Reuters")  # fmt: skip
    finding = strongest(found)
    assert finding.occurrence is Occurrence.UNSUBSTANTIATED
    assert finding.to_check


def test_readers_say_who_read() -> None:
    text = read("The Armenian Ministry of Defence said Azerbaijan shelled Hadrut on October 16.")
    assert {c.reading for c in text.claims} == {ReadingState.READ}
    form = read(
        "Date: 16 October 2020\nTime: 10:00\nPlace: Hadrut\nEvent: shelling\n", profile="form"
    )
    assert {c.reading for c in form.claims} == {ReadingState.CODED}
    assert {c.reading for c in project([row("A")]).claims} == {ReadingState.CODED}


ADMITTED = {"kind": "admission", "accused": "AA", "origin_side": "AA"}


@pytest.mark.parametrize(
    ("origin", "confirmed"),
    [
        ("AA MoD", True), ("AA MoD via Daily", True), ("Daily citing AA MoD", True),
        ("AA MoD via AA MFA", True), ("BB MoD citing AA MoD", False), ("AA MoD via BB MFA", False),
        ("Somebody citing AA MoD", False), ("AA MoD via Daily via Somebody", False),
    ],
)  # fmt: skip
def test_an_admission_counts_by_its_own_channel_or_through_relays_of_no_camp(
    origin: str, *, confirmed: bool
) -> None:
    found = project([row("A", origin=origin, **ADMITTED)])
    finding = finding_of(found, "A")
    assert (finding.occurrence is Occurrence.CONFIRMED) is confirmed
    assert (finding.attribution.party == "AA") is confirmed
    if not confirmed:
        assert finding.occurrence is Occurrence.UNSUBSTANTIATED
        assert "party:AA" not in behind(found)


def test_an_admission_that_the_enemy_passes_on_is_the_enemys_word() -> None:
    found = project([row("A", origin="BB MoD citing AA MoD", **ADMITTED)])
    assert behind(found) == ["party:BB"]


@pytest.mark.parametrize("outlet", [{}, {"outlet": "Armenpress"}, {"outlet": "Reuters"}])
@pytest.mark.parametrize(
    ("issuer", "accused", "place"), [("AZ", "Armenian", "Ganja"), ("AM", "Azerbaijani", "Hadrut")]
)
def test_a_statement_is_the_channel_of_the_side_that_issued_it_and_of_no_other(
    issuer: str, accused: str, place: str, outlet: dict[str, str]
) -> None:
    found = read(
        f"The {accused} Ministry of Defence admitted shelling {place} on October 16, 2020.",
        profile="party_statement", issuer=issuer, **outlet,
    )  # fmt: skip
    finding = strongest(found)
    assert finding.occurrence is Occurrence.UNSUBSTANTIATED
    assert finding.attribution.party is None
    assert behind(found) == [f"party:{issuer}"]


@pytest.mark.parametrize(
    "sentence",
    [
        (
            "The Azerbaijani Ministry of Defence admitted shelling Hadrut on October 16,"
            " the Armenian Defence Ministry said."
        ),
        (
            "According to the Armenian Defence Ministry, the Azerbaijani Ministry of Defence"
            " admitted shelling Hadrut on October 16."
        ),
    ],
)
def test_the_chain_of_a_text_runs_from_the_inside_outwards_and_keeps_its_camps(
    sentence: str,
) -> None:
    found = read(sentence, outlet="Reuters")
    (claim,) = found.claims
    relays = [(relay.text, relay.side, relay.neutral) for relay in claim.chain.relays]
    assert relays == [("Armenian Defence Ministry", "AM", False), ("Reuters", None, True)]
    assert behind(found) == ["party:AM"]


def test_a_coded_finding_is_never_lowered_by_what_a_machine_read() -> None:
    plain = project([row("A", origin="AA MoD", **ADMITTED)])
    assert finding_of(plain, "A").occurrence is Occurrence.CONFIRMED
    claim = plain.claims[0]
    assert replace(claim, reading=ReadingState.CHECKED).by_people
    assert not replace(claim, reading=ReadingState.READ).by_people


@pytest.mark.parametrize("fields", [{"via": "Somebody"}, {"channel": "other"}])
def test_a_look_that_nobody_known_passes_on_confirms_nothing(fields: dict[str, str]) -> None:
    look = {"origin": "Watch", "origin_side": "NGO", "kind": "verification",
            "basis": "inspected", "access": "own"}  # fmt: skip
    rows = [row("A"), row("B", **look)]
    assert finding_of(project(rows), "A").occurrence is Occurrence.CONFIRMED
    passed = [rows[0], rows[1] | fields]
    assert finding_of(project(passed), "A").occurrence is Occurrence.CORROBORATED
    known = [rows[0], rows[1] | {"via": "Daily"}]
    assert finding_of(project(known), "A").occurrence is Occurrence.CONFIRMED
    pictures = [row(n, **(look | {"origin": who, "basis": "examined", "material": n}))
                for n, who in (("C", "Watch"), ("D", "Relief"))]  # fmt: skip
    assert finding_of(project(pictures), "C").occurrence is Occurrence.CONFIRMED
    pictures[1] |= fields
    assert finding_of(project(pictures), "C").occurrence is Occurrence.CORROBORATED
