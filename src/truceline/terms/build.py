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
    Unset,
)
from truceline.model.arms import Limit, Notice, Weapon
from truceline.model.deed import Unit
from truceline.terms.times import below

if TYPE_CHECKING:
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
        unset=unset(view),
    )  # fmt: skip


def unset(view: View) -> tuple[Unset, ...]:
    """Give the choices that nobody has made yet."""
    return tuple(Unset(what=u.text("what"), how=u.text("how")) for u in view.views("unset"))


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
