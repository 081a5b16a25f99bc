"""Independence is a graph: one house, one spokesperson, one material and copied words count once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import (
    Row,
    behind,
    finding_of,
    incident_of,
    mission,
    partition,
    project,
    row,
    source,
)
from tests.link.worlds import evidence
from tests.weigh.test_ceilings import read_all, strongest
from tests.weigh.test_findings import LOOKED, WATCH, shape
from truceline.link.copies import provenance, vertices
from truceline.model.finding import Ground, Occurrence
from truceline.model.mission import SourceRole

if TYPE_CHECKING:
    from truceline.model.finding import Finding
    from truceline.model.mission import Mission

SAW = {"origin_side": "MEDIA", "kind": "report", "basis": "saw"}
RELIEF = {"origin": "Relief", "origin_side": "NGO"}


def house(owner: str | None = None, reliability: str = "F") -> Mission:
    """Give the mission with a house `Group` of two outlets, `Morning` and `Evening`."""
    here = mission()
    outlets = [
        replace(source(name, SourceRole.MEDIA), parent="Group") for name in ("Morning", "Evening")
    ]
    group = source("Group", SourceRole.MEDIA, owner)
    more = [replace(s, reliability=reliability) for s in outlets]
    return replace(here, sources=(*here.sources, *more, group))


def of(rows: list[Row], here: Mission | None = None) -> Finding:
    """Weigh rows whose first is called A."""
    return finding_of(project(rows, here), rows[0]["claim_id"])


def test_two_outlets_of_one_house_are_one_origin() -> None:
    rows = [row("A", origin="Morning", **SAW), row("B", origin="Evening", **SAW)]
    (one,) = of(rows, house()).origins
    assert one.label == "Group"
    assert one.joined == ("one house: Evening, Morning",)
    assert len(one.claims) == 2
    apart = of([rows[0], row("B", origin="Wire", **SAW)], house())
    assert len(apart.origins) == 2


@pytest.mark.parametrize("owner", ["AA", "CC"])
def test_an_outlet_whose_house_a_side_owns_speaks_for_that_side(owner: str) -> None:
    rows = [row("A"), row("B", origin="Morning", **SAW)]
    assert behind(project(rows, house(owner))) == ["party:AA"]
    assert of(rows, house(owner)).occurrence is Occurrence.UNSUBSTANTIATED


@pytest.mark.parametrize(
    ("grade", "counts"), [("A", True), ("C", True), ("F", True), ("D", False), ("E", False)]
)
def test_an_unreliable_source_counts_as_unknown(grade: str, counts: bool) -> None:  # noqa: FBT001
    rows = [row("A"), row("B", origin="Morning", **SAW)]
    found = of(rows, house(reliability=grade))
    assert (found.occurrence is Occurrence.CORROBORATED) is counts
    alone = of(rows[1:], house(reliability=grade))
    assert (alone.origins[0].ground is Ground.UNKNOWN) is not counts


def test_the_same_material_is_one_origin() -> None:
    looked = {"basis": "examined", "kind": "verification", "origin_side": "NGO"}
    rows = [row("A", origin="Watch", material="film 7", **looked),
            row("B", origin="Relief", material="Film 7", **looked)]  # fmt: skip
    (one,) = of(rows).origins
    assert one.ground is Ground.EXAMINED
    assert one.label == "Relief and Watch"
    assert one.joined == ("the same material",)
    rows[1]["material"] = "film 8"
    assert len(of(rows).origins) == 2


def test_a_look_at_what_the_accuser_shows_is_not_seconded_by_the_accuser() -> None:
    rows = [row("A", material="tour 1"), row("B", material="tour 1", **WATCH, **LOOKED)]
    assert of(rows).occurrence is Occurrence.CORROBORATED
    rows[0]["material"] = ""
    assert of(rows).occurrence is Occurrence.CONFIRMED


def test_one_spokesperson_of_two_bodies_is_one_origin() -> None:
    rows = [row("A", origin="Watch (Smith)", origin_side="NGO", kind="report"),
            row("B", origin="Relief (Smith)", origin_side="NGO", kind="report")]  # fmt: skip
    (one,) = of(rows).origins
    assert one.joined == ("one person speaks for both",)
    assert of(rows).occurrence is Occurrence.PLAUSIBLE
    rows[1]["origin"] = "Relief (Jones)"
    assert of(rows).occurrence is Occurrence.CORROBORATED
    rows[1]["origin"] = "Relief (reprint)"
    rows[0]["origin"] = "Watch (reprint)"
    assert len(of(rows).origins) == 2


def test_who_speaks_for_a_side_speaks_for_that_side() -> None:
    rows = [
        row("A", origin="AA MoD (Smith)"),
        row("B", origin="Watch (Smith)", origin_side="NGO", kind="report"),
    ]
    (one,) = of(rows).origins
    assert one.ground is Ground.INTERESTED


FIRED = "Armenian forces fired two missiles at the centre of the city of Ganja on October 17 at about 01:00 and destroyed a house."


STATED = {"profile": "party_statement", "issuer": "AZ", "published": "2020-10-18T11:00+04:00"}


@pytest.mark.parametrize("first", [{"profile": "form"}, {"profile": "news"}, {"outlet": "Reuters"}])
def test_an_earlier_anonymous_copy_never_removes_the_one_who_says_it(first: dict[str, str]) -> None:
    found = read_all((FIRED, first), (FIRED, STATED))
    assert behind(found) == ["party:AZ"]
    assert len(found.repetitions) >= 1


def test_a_copy_in_another_outlet_makes_no_claim() -> None:
    said = "The Azerbaijani Defence Ministry said Armenian forces fired missiles at the city of Ganja on October 17."
    later = {"outlet": "Associated Press", "published": "2020-10-18T11:00+04:00"}
    once, twice = (
        read_all((said, {"outlet": "Reuters"})),
        read_all((said, {"outlet": "Reuters"}), (said, later)),
    )
    assert [c.id for c in once.claims] == [c.id for c in twice.claims]


def test_a_body_that_copies_a_sides_words_is_no_second_origin() -> None:
    said = "Armenian forces fired missiles at the centre of the city of Ganja on October 17 and hit a school there"
    copied = f"HRW said that {said[0].upper()}{said[1:]}."
    found = read_all(
        (f"{said}.", STATED | {"published": "2020-10-17T09:00+04:00"}),
        (copied, {"outlet": "Reuters"}),
    )
    (one,) = strongest(found).origins
    assert behind(found) == ["party:AZ"]
    assert one.joined == ("words copied from it",)
    assert one.ground is Ground.INTERESTED


def test_copies_of_a_text_are_one_vertex_with_the_best_known_speaker() -> None:
    copied = f"Breaking: {FIRED[0].lower()}{FIRED[1:]}"
    found = read_all((copied, {"outlet": "Nobody Knows"}), (FIRED, STATED))
    (incident,) = found.incidents
    assert len(incident.members) == 2
    assert [[r.rule for r in link.reasons] for link in incident.links] == [["copy"]]
    assert behind(found) == ["party:AZ"]
    (first, *others) = vertices(sorted(found.claims, key=lambda c: c.id), ())[0]
    assert {v.side for v in first.speaker_voices} == {"AZ"}
    assert provenance((first, *others)).published == min(
        c.published for c in found.claims if c.published
    )
    apart = vertices(found.claims, {c.id for c in found.claims})
    assert [len(group) for group in apart] == [1, 1]


def test_paraphrases_alike_of_two_speakers_are_no_copies() -> None:
    same = {"paraphrase": "A shell hit a house."}
    rows = [row("A", **same), row("B", origin="Relief", origin_side="NGO", kind="report", **same)]
    found = project([*rows, row("C", paraphrase="")])
    assert all(len(group) == 1 for group in vertices(found.claims, ()))


def test_copies_are_one_vertex_of_linking() -> None:
    rows = [
        row("A", paraphrase="A shell hit a house."),
        row("B", paraphrase="A shell hit a house."),
    ]
    (link,) = incident_of(project(rows), "A").links
    assert [reason.rule for reason in link.reasons] == ["copy"]


@settings(max_examples=60, deadline=None)
@given(evidence(), st.integers(0, 9), st.integers(1, 4))
def test_reprints_change_nothing(rows: list[Row], which: int, times: int) -> None:
    model = rows[which % len(rows)]
    copies = [
        model | {"claim_id": f"{model['claim_id']}-{n}", "outlet": f"other{n}.example",
                 "url": f"https://example.org/copy{n}", "paraphrase": model["paraphrase"]}
        for n in range(times)
    ]  # fmt: skip
    before, after = project(rows), project([*rows, *copies])
    if not model["paraphrase"]:
        return
    names = {row["claim_id"] for row in rows}
    assert partition(before) == {frozenset(g & names) for g in partition(after)}
    stripped = [(s[1:]) for s in shape(before, {})]
    assert sorted(map(str, stripped)) == sorted(map(str, (s[1:] for s in shape(after, {}))))


def copied(
    later: str, *, first: str = "HRW said that shelling hit a school in Hadrut on October 16"
) -> int:
    """Count the origins of what HRW says and what Amnesty says later."""
    found = read_all((f"{first}.", {"outlet": "Reuters"}),
                     (later, {"outlet": "Reuters", "published": "2020-10-18T11:00+04:00"}))  # fmt: skip
    return sum(len(f.origins) for f in found.findings)


def test_how_far_words_are_a_copy() -> None:
    assert (
        copied("Amnesty International said that shelling hit a school in Hadrut on October 16.")
        == 2
    )
    long = "HRW said that on the evening of October 16 heavy shelling hit a school and a clinic in the town of Hadrut"
    told = long.removeprefix("HRW")
    assert copied(f"Amnesty{told}.", first=long) == 1
    assert copied("Amnesty said that Hadrut was shelled on October 16.", first=long) == 2


def test_houses_in_a_circle_are_one_house_whoever_speaks() -> None:
    here = mission()
    ring = tuple(
        replace(source(name, SourceRole.MEDIA), parent=parent)
        for name, parent in (("Morning", "Evening"), ("Evening", "Morning"))
    )
    rows = [row("A", origin="Morning", **SAW), row("B", origin="Evening", **SAW)]
    assert len(of(rows, replace(here, sources=(*here.sources, *ring))).origins) == 1
