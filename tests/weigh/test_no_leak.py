"""What the mandate withholds stands on no incident, finding or judgement: two worlds that differ in the accused look alike."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.builders import TRUCE, Row, mission, project, row, ruled
from tests.link.worlds import evidence
from tests.weigh.test_findings import LOOKED, WATCH
from truceline.model.acts import Act
from truceline.model.agreement import Breach, Prohibition, Zone
from truceline.model.agreement import ProvisionKind as Kind
from truceline.model.decision import Reasons, Verdict
from truceline.model.mission import AttributionMode, Means, Mission
from truceline.model.report import Assessment
from truceline.report.files import contents_of
from truceline.review import decide

SIDES = re.compile(r"\b(AA|BB|CC|Aland\w*|Beland\w*|Celand\w*)\b")
FILES = ("incidents.json", "findings.json", "judgements.json")


def written(assessment: Assessment) -> dict[str, str]:
    """Give the three files as they are written."""
    files = contents_of(assessment, {})
    return {name: files[name].decode() for name in FILES}


def one_sided(*by: tuple[str, ...]) -> Mission:
    """Give the mission with a prohibition for each tuple of sides."""
    zone = Zone(id="all", name="All", lat=40.0, lon=46.0, radius_km=300.0)
    rules = tuple(
        Prohibition(id=f"p{n}", kind=Kind.CESSATION_OF_FIRE, title="cease fire", by=sides,
                    acts=(Act.HOSTILE_ACT,), areas=("all",), breach=Breach.SERIOUS)
        for n, sides in enumerate(by)
    )  # fmt: skip
    truce = replace(TRUCE, zones=(zone,), provisions=rules, readings=TRUCE.readings[:1])
    return replace(mission(), agreements=(truce,))


def unnamed(text: str, assessment: Assessment) -> str:
    """Give a file with every id replaced by the coders' names behind it."""
    names = {c.id: f"<{c.external_id}>" for c in assessment.claims}
    names |= {
        i.id: f"<{'+'.join(sorted(names[m] for m in i.members))}>" for i in assessment.incidents
    }
    names |= {
        e.id: f"<{'='.join(sorted(names[i] for i in e.incidents))}>" for e in assessment.engagements
    }
    for old, new in names.items():
        text = text.replace(old, new)
    return text


def plain(text: str) -> object:
    """Give a file's content in an order that hangs on no id."""

    def sort(value: object) -> object:
        if isinstance(value, dict):
            if {"a", "b"} <= value.keys():  # a link has no direction, its ids have an order
                value |= {"a": min(value["a"], value["b"]), "b": max(value["a"], value["b"])}
            return {key: sort(part) for key, part in value.items()}
        if isinstance(value, list):
            return sorted(
                (sort(part) for part in value), key=lambda p: json.dumps(p, sort_keys=True)
            )
        return value

    return sort(json.loads(text))


@settings(max_examples=60, deadline=None)
@given(evidence())
def test_two_worlds_that_differ_only_in_who_is_accused_look_alike(rows: list[Row]) -> None:
    """Speakers are of no camp; accused are the parties, exchanged in the second world."""
    camps = {"AA", "BB", "CC"}
    told = [
        r | ({"origin": "Watch", "origin_side": "NGO"} if set(r["origin"].split()) & camps or r["origin_side"] in camps else {})
        | {"access": "" if "(" in r["access"] else r["access"]}
        for r in rows
    ]  # fmt: skip
    told = [r | {"accused": r["accused"].replace("CC", "AA")} for r in told]
    other = [
        r | {"accused": r["accused"].replace("AA", "##").replace("BB", "AA").replace("##", "BB")}
        for r in told
    ]
    for here in (one_sided(("AA",)), one_sided(("AA",), ("BB",)), one_sided((), ("BB",))):
        one, two = project(told, here), project(other, here)
        for name in FILES:
            assert plain(unnamed(written(one)[name], one)) == plain(
                unnamed(written(two)[name], two)
            )


@settings(max_examples=40, deadline=None)
@given(evidence())
def test_no_side_stands_in_the_files_unless_it_acknowledged(rows: list[Row]) -> None:
    found = project(rows)
    named = {f.attribution.party for f in found.findings}
    for name, text in written(found).items():
        # A provision may bind one side by its own text; the fictional one binds all.
        assert set(SIDES.findall(text)) <= named, name


def test_an_act_nobody_acknowledged_is_judged_once_under_a_set_of_mirrored_provisions() -> None:
    rows = [row("A"), row("B", **WATCH, **LOOKED)]

    def states(here: Mission) -> list[str]:
        shapes = json.loads(written(project(rows, here))["judgements.json"])
        return [j["classification"] for j in shapes if j["judgement"] == "classification"]

    assert states(one_sided(("AA",), ("BB",))) == ["serious_violation", "not_assessable"]
    assert states(one_sided(("AA",))) == ["not_assessable"]
    assert states(one_sided(())) == ["serious_violation"]
    admitted = [row("A", origin="BB MoD", origin_side="BB", kind="admission")]
    shapes = json.loads(written(project(admitted, one_sided(("AA",), ("BB",))))["judgements.json"])
    told = [j["classification"] for j in shapes if j["judgement"] == "classification"]
    assert told == ["outside_scope", "serious_violation"]


def test_a_deciders_words_that_name_a_side_stay_in_the_ledger() -> None:
    rows = [row("A"), row("B", **WATCH, **LOOKED)]
    claims = tuple(c.id for c in project(rows).claims)
    words = Reasons(
        occurrence="crater seen; Belandic guns did it", attribution="fired from the Beland side"
    )
    first = decide(claims, Verdict.CONFIRMED, "Ada Ax", words, ())
    second = decide(claims, Verdict.CONFIRMED, "Ben By", words, [first])
    found = project(rows, decisions=(first, second))
    files = contents_of(found, {})
    for name in (*FILES, "report.json", "report.html"):
        assert b"guns did it" not in files[name]
        assert b"fired from the Beland side" not in files[name]
    assert b"they stay in the mission" in files["report.json"]
    open_ = project(rows, mission(AttributionMode.ASSESSED), decisions=(first, second))
    assert b"guns did it" in contents_of(open_, {})["findings.json"]
    assert b"fired from the Beland side" not in contents_of(open_, {})["findings.json"]


@pytest.mark.parametrize("words", ["crater seen", "I am sure; a beta release", "The abbey was hit"])
def test_words_that_name_no_side_are_printed(words: str) -> None:
    rows = [row("A")]
    found = project(rows, decisions=ruled(rows, ["A"], Verdict.PLAUSIBLE, reason=words))
    assert words.encode() in contents_of(found, {})["report.json"]


def test_an_acts_name_that_tells_who_acted_is_printed_by_a_more_general_word() -> None:
    rows = [row("A", act="uav_strike")]
    for printed, told in ((True, "uav_strike"), (False, "air_attack")):
        means = (Means(act=Act.UAV_STRIKE, side="BB", printed=printed),)
        here = replace(mission(), means=means)
        (incident,) = json.loads(written(project(rows, here))["incidents.json"])
        assert incident["acts"] == [told]
        page = contents_of(project(rows, here), {})["report.html"].decode()
        assert f"No. 1: {told.replace('_', ' ')}" in page
    open_ = replace(here, mandate=replace(here.mandate, attribution=AttributionMode.ASSESSED))
    (incident,) = json.loads(written(project(rows, open_))["incidents.json"])
    assert incident["acts"] == ["uav_strike"]
    everything = replace(mission(), means=(Means(act=Act.HOSTILE_ACT, side="BB", printed=False),))
    (incident,) = json.loads(written(project(rows, everything))["incidents.json"])
    assert incident["acts"] == ["unresolved"]
