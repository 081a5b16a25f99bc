"""Checked trees to the model; nothing here complains, the checks have gone before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from truceline.model.acts import Act
from truceline.model.agreement import (
    Agreement,
    Ambiguity,
    Announcement,
    Breach,
    Counting,
    Deadline,
    Event,
    EventKind,
    ExceptionClause,
    ExceptionKind,
    Obligation,
    Period,
    Prohibition,
    Provision,
    ProvisionKind,
    Reading,
    TextVersion,
    Undertaking,
)
from truceline.model.arms import Limit, Notice, Weapon
from truceline.model.counting import CountingRule
from truceline.model.coverage import CoverageRecord
from truceline.model.deed import Unit
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
    SecondCoder,
    Source,
    SourceRole,
    Windows,
)
from truceline.terms.calendar import day, instant
from truceline.terms.times import below

if TYPE_CHECKING:
    from datetime import tzinfo

    from truceline.model.place_time import GazetteerEntry
    from truceline.model.zone import Zone
    from truceline.terms.times import Clock
    from truceline.terms.tree import Node


@dataclass(frozen=True, slots=True)
class View:
    """A mapping that has passed its check, read by key."""

    node: Node

    def _plain(self, key: str) -> Any:  # noqa: ANN401  the check has fixed what it is
        node = below(self.node, key)
        return node.plain if node is not None else None

    def text(self, key: str) -> str:
        """Give the text under a key."""
        return str(self._plain(key))

    def maybe(self, key: str) -> str | None:
        """Give the text under a key, None when it is not there."""
        value = self._plain(key)
        return None if value is None else str(value)

    def number(self, key: str) -> float:
        """Give the number under a key."""
        return float(self._plain(key))

    def whole(self, key: str) -> int | None:
        """Give the whole number under a key, None when it is not there."""
        value = self._plain(key)
        return None if value is None else int(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Give the texts under a key; none when it is not there or holds the word undefined."""
        value = self._plain(key)
        return tuple(str(item) for item in value) if isinstance(value, list) else ()

    def names(self, key: str) -> tuple[tuple[str, str], ...]:
        """Give name by language, sorted by language."""
        return tuple(sorted((str(code), str(name)) for code, name in self._plain(key).items()))

    def views(self, key: str) -> tuple[View, ...]:
        """Give the mappings of a list."""
        node = below(self.node, key)
        listed = node.value if node is not None and isinstance(node.value, list) else []
        return tuple(View(item) for item in listed)

    def has(self, key: str) -> bool:
        """Answer whether a key stands there and holds anything."""
        return self._plain(key) is not None

    def one_or_more(self, key: str) -> tuple[View, ...]:
        """Give the mapping under a key, or those of the list under it; none where it holds nothing."""
        return self.views(key) or ((self.view(key),) if self.has(key) else ())

    def view(self, key: str) -> View:
        """Give the mapping under a key."""
        node = below(self.node, key)
        assert node is not None  # noqa: S101  the check has seen it
        return View(node)


def agreement(root: Node, clock: Clock, zones: tuple[Zone, ...]) -> Agreement:
    """Build an agreement from a checked tree and its zones."""
    view = View(root)
    return Agreement(
        id=view.text("id"),
        title=view.text("title"),
        form=view.text("form"),
        parties=view.texts("parties"),
        mediators=view.texts("mediators"),
        guarantors=view.texts("guarantors"),
        texts=tuple(
            TextVersion(
                id=t.text("id"), language=t.text("language"), issuer=t.text("issuer"),
                sources=t.texts("sources"),
            )
            for t in view.views("texts")
        ),
        readings=tuple(_reading(r, clock) for r in view.views("entry_into_force")),
        zones=zones,
        provisions=tuple(_provision(p, clock) for p in view.views("provisions")),
        ambiguities=tuple(
            Ambiguity(id=a.text("id"), about=a.text("about"), text=a.text("text"),
                      event=a.maybe("event"))
            for a in view.views("ambiguities")
        ),
        renews=view.texts("renews"),
        replaces=view.texts("replaces"),
        announced=_announcement(view.view("announced"), clock) if view.has("announced") else None,
        events=tuple(_event(e, clock) for e in view.views("events")),
    )  # fmt: skip


def _announcement(view: View, clock: Clock) -> Announcement:
    return Announcement(
        instant=clock.since(view.node), text=view.text("at"), by=view.text("by"),
        source=view.text("source"), document=view.maybe("document") == "yes",
    )  # fmt: skip


def _event(view: View, clock: Clock) -> Event:
    return Event(
        id=view.text("id"), kind=EventKind(view.text("kind")), text=view.text("text"),
        announced=_announcement(view.view("announced"), clock),
        provisions=view.texts("provisions"),
        readings=tuple(_deadline(r, clock) for r in view.views("readings")),
        agreement=view.maybe("agreement"),
    )  # fmt: skip


def _deadline(view: View, clock: Clock) -> Deadline:
    period = Period(
        length=view.text("period"), start=view.text("from"),
        counting=Counting(view.text("counting")),
    ) if view.has("period") else None  # fmt: skip
    own = f"{clock.written} (the mission's own zone, by rule)"
    return Deadline(
        id=view.text("id"), text=view.text("text"), zone=view.maybe("zone") or own,
        instant=None if period else clock.at(view.node), period=period,
        held_by=view.text("held_by"), source=view.text("source"),
    )  # fmt: skip


def _reading(view: View, clock: Clock) -> Reading:
    return Reading(
        id=view.text("id"),
        text=view.text("text"),
        zone=view.maybe("zone") or f"{clock.written} (the mission's own zone, by rule)",
        instant=clock.at(view.node),
        held_by=view.text("held_by"),
        source=view.text("source"),
    )


def _acts(view: View) -> tuple[Act, ...]:
    return tuple(Act(act) for act in view.texts("acts"))


def _provision(view: View, clock: Clock) -> Provision:
    match view.text("class"):
        case "prohibition":
            return _prohibition(view)
        case "obligation":
            return _obligation(view, clock)
        case "exception":
            return ExceptionClause(
                id=view.text("id"), kind=ProvisionKind(view.text("kind")), title=view.text("title"),
                ground=ExceptionKind(view.text("ground")), by=view.texts("by"),
                provisions=view.texts("provisions"), preconditions=view.texts("preconditions"),
                ambiguities=view.texts("ambiguities"),
            )  # fmt: skip
        case _:
            return Undertaking(
                id=view.text("id"), kind=ProvisionKind(view.text("kind")), title=view.text("title"),
                holders=view.texts("holders"), acts=_acts(view),
                ambiguities=view.texts("ambiguities"),
            )  # fmt: skip


def _prohibition(view: View) -> Prohibition:
    breach = view.maybe("breach")
    return Prohibition(
        id=view.text("id"),
        kind=ProvisionKind(view.text("kind")),
        title=view.text("title"),
        acts=_acts(view),
        by=view.texts("by"),
        against=view.maybe("against"),
        areas=view.texts("areas"),
        breach=Breach(breach) if breach else None,
        anywhere=view.maybe("areas") == "anywhere",
        qualifier=view.maybe("qualifier"),
        exceptions=view.texts("exceptions"),
        limits=_limits(view),
        notice=_notice(view.view("notice")) if view.has("notice") else None,
        ambiguities=view.texts("ambiguities"),
    )


def _limits(view: View) -> tuple[Limit, ...]:
    return tuple(
        Limit(
            weapons=tuple(Weapon(w) for w in limit.texts("weapons")), areas=limit.texts("areas"),
            calibre_from_mm=limit.number("calibre_from_mm") if limit.has("calibre_from_mm") else None,
        )
        for limit in view.views("limits")
    )  # fmt: skip


def _notice(view: View) -> Notice:
    return Notice(to=view.texts("to"), ahead=view.text("ahead"))


def _obligation(view: View, clock: Clock) -> Obligation:
    return Obligation(
        id=view.text("id"),
        kind=ProvisionKind(view.text("kind")),
        title=view.text("title"),
        deed=view.text("deed"),
        debtors=view.texts("debtors"),
        prevents=view.texts("prevents"),
        intermediary=view.maybe("intermediary"),
        quantity=view.whole("quantity"),
        unit=Unit(view.text("unit")) if view.has("unit") else None,
        every=view.maybe("every"),
        areas=view.texts("areas"),
        limits=_limits(view),
        due=tuple(_deadline(d, clock) for d in view.one_or_more("due")),
        acts=_acts(view),
        ambiguities=view.texts("ambiguities"),
    )


def mission(
    root: Node, zone: tzinfo, agreements: tuple[Agreement, ...],
    gazetteer: tuple[GazetteerEntry, ...], version: str,
) -> Mission:  # fmt: skip
    """Build the mission from its checked tree and parts."""
    view = View(root)
    place = view.view("zone")
    return Mission(
        id=view.text("id"),
        title=view.text("title"),
        version=version,
        zone=zone,
        zone_name=place.text("name"),
        zone_rule=place.text("rule"),
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
        second_coder=_second_coder(root),
        people=_people(view),
        tighter=_tighter(view),
        means=_means(view),
        bodies=tuple(_body(b) for b in view.views("bodies")),
        casualty_rule=CasualtyRule(view.maybe("casualty_rule") or CasualtyRule.HIERARCHY),
    )


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
        texts_may_leave=view.maybe("texts_may_leave") == "yes",
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
