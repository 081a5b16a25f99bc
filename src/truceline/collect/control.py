"""Reader `control`: maps of who held an area for a time, as evidence of whoever drew them.

- **Publisher**: whoever maps control (a party, an institute, the mission); rival maps stand side by side.
- **Format**: GeoJSON, a FeatureCollection in longitude and latitude (WGS 84); one feature is one area held by one side.
- **Columns** (properties): `id`; `side` (a side or state of the mission, or `contested`); `from` and `to` (local time of the
  mission; `to` null where it goes on); `accuracy_km` (how far the true edge may lie from the drawn one); `source` (a source of
  the mission); `reported` (a date, or a date and time with an offset: before it the map does not exist in a report).
- **Licence**: that of the map; check it before you publish the mission's files.
- **Known traps**: a map of control is a claim, often of an interested party, and says nothing of who fired from where.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from truceline.collect.coded_claims import published_at
from truceline.collect.problems import fault
from truceline.collect.registry import source
from truceline.model.evidence import Arrival, Channel, Item
from truceline.model.problem import Problem
from truceline.store.canonical import canonical, sha256_hex
from truceline.terms.control import control_of
from truceline.terms.samples import DATED, rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from truceline.model.mission import Mission

_FORM = "save the map as GeoJSON, a FeatureCollection"


@source("control", Channel.CONTROL)
def read_control(file: str, content: bytes, mission: Mission) -> Iterator[Arrival | Problem]:
    """Read a map of control into one item a feature; a feature with a fault is left out, with every fault of it."""
    try:
        root = json.loads(content)
    except (ValueError, RecursionError):
        yield fault(file, "this is no JSON", _FORM)
        return
    features = root.get("features") if isinstance(root, dict) else None
    if not isinstance(features, list):
        yield fault(file, "this is no collection of features", _FORM)
        return
    for number, feature in enumerate(features, 1):
        yield from _feature(file, number, feature, mission)


def _feature(file: str, number: int, feature: object, mission: Mission) -> Iterator[Arrival | Problem]:  # fmt: skip
    if not isinstance(feature, dict):
        yield fault(file, "this is no feature; left out", _FORM, number)
        return
    text = json.dumps(feature, sort_keys=True, ensure_ascii=True)
    found = control_of({"feature": text}, mission)
    told = feature.get("properties")
    said = str((told if isinstance(told, dict) else {}).get("reported") or "")
    problems = [
        fault(file, f"{message}; feature left out", advice, number, name)
        for name, message, advice in (found if isinstance(found, list) else ())
    ]
    try:
        published = published_at(said, mission)
    except ValueError as error:
        problems.append(
            fault(file, f"{error}; feature left out", rewritten(said) or DATED, number, "reported")
        )
        published = None
    if published is None and not said:
        problems.append(fault(file, "when it was reported is missing; feature left out", DATED, number, "reported"))  # fmt: skip
    if not problems and not isinstance(found, list) and published is not None:
        kept = canonical({"reader": "control", "row": {"feature": text}})
        yield Arrival(
            item=Item(
                id=sha256_hex(kept), external_id=found.id, reader="control", content=kept,
                published=published, published_text=said, outlet=None, url=None, language=None,
                media_type="application/json",
            ),
            file=file, row=number,
        )  # fmt: skip
    yield from problems
