"""A checked `mission.yaml` to the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.acts import Act
from truceline.model.counting import CountingRule
from truceline.model.coverage import CoverageRecord
from truceline.model.finding import CasualtyRule, Occurrence, TableRow
from truceline.model.mission import (
    AssociatedForce,
    AttributionMode,
    Body,
    BodyPower,
    Bond,
    Mandate,
    Means,
    Mission,
    Party,
    Person,
    Publication,
    SecondCoder,
    Source,
    SourceRole,
    Windows,
)
from truceline.terms.build import View, unset
from truceline.terms.calendar import day, instant
from truceline.terms.times import below

if TYPE_CHECKING:
    from datetime import tzinfo

    from truceline.model.agreement import Agreement
    from truceline.model.place_time import GazetteerEntry
    from truceline.terms.tree import Node


def mission(
    root: Node, zone: tzinfo, agreements: tuple[Agreement, ...],
    gazetteer: tuple[GazetteerEntry, ...], version: str,
) -> Mission:  # fmt: skip
    """Build the mission from its checked tree and parts."""
    view = View(root)
    place = view.view("zone")
    return Mission(
        id=view.text("id"), title=view.text("title"), version=version,
        zone=zone, zone_name=place.text("name"), zone_rule=place.text("rule"),
        report_from=day(view.text("report_from")),
        mandate=_mandate(view.view("mandate")),
        parties=tuple(
            Party(id=p.text("id"), names=p.names("names"), aliases=p.texts("aliases"))
            for p in view.views("parties")
        ),
        forces=tuple(_force(f) for f in view.views("associated_forces")),
        outsiders=view.texts("outsiders"),
        third_party_classes=view.texts("third_party_classes"),
        sources=tuple(_source(s) for s in view.views("sources")),
        counting_rule=CountingRule(view.text("counting_rule")),
        name_policy=view.text("name_policy"),
        agreements=agreements,
        gazetteer=gazetteer,
        coverage=tuple(_coverage(c, zone) for c in view.views("coverage")),
        windows=_windows(view.view("windows")),
        evidence=tuple((e.text("reader"), e.text("file")) for e in view.views("evidence")),
        languages=view.texts("languages"),
        second_coder=_second_coder(root), publication=_publication(root), people=_people(view),
        tighter=_tighter(view),
        means=_means(view),
        bodies=tuple(_body(b) for b in view.views("bodies")),
        casualty_rule=CasualtyRule(view.maybe("casualty_rule") or CasualtyRule.HIERARCHY),
        unset=unset(view),
    )  # fmt: skip


def _means(view: View) -> tuple[Means, ...] | None:
    """Give the acts that only one side has the means for; None where the mission does not say."""
    if below(view.node, "means") is None:
        return None
    return tuple(
        Means(act=Act(v.text("act")), side=v.text("side"), printed=v.text("print") == "yes")
        for v in view.views("means")
    )


def _tighter(view: View) -> tuple[tuple[TableRow, Occurrence], ...]:
    """Give the rows of the table that give less in this mission, in the table's order."""
    if below(view.node, "tighter") is None:
        return ()
    said = view.view("tighter")
    found = ((row, said.maybe(row.value)) for row in TableRow)
    return tuple((row, Occurrence(word)) for row, word in found if word is not None)


def _people(view: View) -> tuple[Person, ...]:
    """Give who may decide; none where the mission does not say."""
    return tuple(
        Person(id=v.text("id"), names=(v.text("name"), *v.texts("aliases")), role=v.maybe("role"))
        for v in view.views("people")
    )


def _second_coder(root: Node) -> SecondCoder | None:
    node = below(root, "second_coder")
    if node is None:
        return None
    view = View(node)
    return SecondCoder(url=view.text("url"), model=view.text("model"))


def _publication(root: Node) -> Publication | None:
    node = below(root, "publication")
    if node is None:
        return None
    view = View(node)
    return Publication(
        licence=view.text("licence"), authors=view.texts("authors"), cite=view.text("cite")
    )


def _mandate(view: View) -> Mandate:
    return Mandate(
        text=view.text("text"),
        attribution=AttributionMode(view.text("attribution")),
        classify_from=Occurrence(view.text("classify_from")),
    )


def _force(view: View) -> AssociatedForce:
    return AssociatedForce(
        id=view.text("id"), bound_through=view.maybe("bound_through"), names=view.names("names"),
        aliases=view.texts("aliases"), bond=_bond(view),
    )  # fmt: skip


def _bond(view: View) -> Bond:
    """Give how a force stands to the agreements: bound through its party unless the mission says otherwise."""
    return Bond(view.maybe("bond") or (Bond.BOUND if view.has("bound_through") else Bond.NAMED))


def _body(view: View) -> Body:
    return Body(
        id=view.text("id"), name=view.text("name"), agreement=view.text("agreement"),
        members=tuple(sorted(view.texts("members"))),
        seat=view.maybe("seat"), powers=tuple(BodyPower(p) for p in sorted(view.texts("powers"))),
    )  # fmt: skip


def _source(view: View) -> Source:
    return Source(
        id=view.text("id"), name=view.text("name"), role=SourceRole(view.text("role")),
        owner=view.maybe("owner"), parent=view.maybe("parent"),
        reliability=view.text("reliability"), aliases=view.texts("aliases"),
        texts_may_leave=view.maybe("texts_may_leave") == "yes", licence=view.maybe("licence"),
    )  # fmt: skip


def _coverage(view: View, zone: tzinfo) -> CoverageRecord:
    return CoverageRecord(
        area=view.text("area"), channel=view.text("channel"),
        start=instant(view.text("from"), zone), end=instant(view.text("to"), zone),
        effective_fraction=view.number("effective_fraction"), reason=view.text("reason"),
    )  # fmt: skip


def _windows(view: View) -> Windows:
    return Windows(
        base_km=view.number("base_km"), max_km=view.number("max_km"),
        base_hours=view.number("base_hours"), max_hours=view.number("max_hours"),
    )  # fmt: skip
