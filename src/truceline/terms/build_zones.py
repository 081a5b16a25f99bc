"""Checked trees to zones: circles, places that make one up, and outlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.place_time import arc_km, enclosing
from truceline.model.zone import Zone
from truceline.terms.build import View
from truceline.terms.ground import drawn
from truceline.terms.outlines import outline_of
from truceline.terms.times import below

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from truceline.model.place_time import GazetteerEntry
    from truceline.model.zone import Outline
    from truceline.terms.outlines import Features
    from truceline.terms.times import Clock
    from truceline.terms.tree import Node


def zones(
    root: Node, clock: Clock, places: Sequence[GazetteerEntry], features: Mapping[str, Features]
) -> tuple[Zone, ...]:
    """Build the zones of an agreement; `features` are those of the files of zones, by name and id."""
    known = {place.id: place for place in places}
    return tuple(_zone(view, clock, known, features) for view in View(root).views("zones"))


def _zone(
    view: View, clock: Clock, places: Mapping[str, GazetteerEntry], features: Mapping[str, Features]
) -> Zone:
    outlines = tuple(
        outline_of(o, features[f"zones/{o.text('file')}"][o.text("feature")], places)
        for o in view.views("outlines")
    )
    lat, lon, radius = _circle(view, outlines, places)
    marked = view.maybe("marked")
    return Zone(
        id=view.text("id"), name=view.text("name"), lat=lat, lon=lon, radius_km=radius,
        of=view.texts("of"), outlines=outlines, since=_moment(view, "since", clock),
        until=_moment(view, "until", clock), marked=None if marked is None else marked == "yes",
    )  # fmt: skip


def _circle(
    view: View, outlines: Sequence[Outline], places: Mapping[str, GazetteerEntry]
) -> tuple[float, float, float]:
    """Give the circle that is the zone, or that encloses it."""
    if outlines:
        circles = [drawn(outline).circle() for outline in outlines]
        lat, lon, _ = circles[0]
        return lat, lon, max(_reach(lat, lon, circle) for circle in circles)
    if names := view.texts("of"):
        return enclosing([places[name] for name in names])
    return view.number("lat"), view.number("lon"), view.number("radius_km")


def _reach(lat: float, lon: float, circle: tuple[float, float, float]) -> float:
    """Give how far from a point a circle reaches, in km."""
    return arc_km(lat, lon, circle[0], circle[1]) + circle[2]


def _moment(view: View, key: str, clock: Clock) -> datetime | None:
    node = below(view.node, key)
    return clock.at(node) if node is not None else None
