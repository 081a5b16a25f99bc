"""One thing of a run as a person looks it up: an item with its words, a claim, an incident."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.model.place_time import utc_text
from truceline.report.sections.incidents import incident_view
from truceline.report.words import moment, plural, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from truceline.model.evidence import Claim, Item
    from truceline.model.incident import Incident
    from truceline.report.scene import Scene
    from truceline.report.view_claims import ClaimView, IncidentView

_TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimShown:
    """A claim with the incident that holds it and where its words stand in the item (None: a coder's row)."""

    claim: ClaimView
    item: str
    number: int | None
    offsets: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemShown:
    """An item: what is known of it, its words (or the cells of its row), and the claims that were read in it."""

    id: str
    external_id: str | None
    reader: str
    published: str
    published_utc: str | None
    outlet: str | None
    url: str | None
    language: str | None
    issuer: str | None
    words: str | None
    cells: Mapping[str, str]
    size: int
    claims: tuple[ClaimShown, ...]


def item_shown(item: Item, scene: Scene) -> ItemShown:
    """Show an item."""
    claims = sorted((c for c in scene.assessment.claims if c.item == item.id), key=_place_in_text)
    known = item.published
    return ItemShown(
        id=item.id, external_id=item.external_id, reader=item.reader,
        published=moment(known, scene.mission.zone) if known else "not known: it counts at no cut-off",
        published_utc=utc_text(known) if known else None,
        outlet=item.outlet, url=item.url, language=item.language, issuer=item.issuer,
        words=item.content.decode("utf-8", "replace") if item.reader == _TEXT else None,
        cells=_cells(item), size=len(item.content),
        claims=tuple(claim_shown(claim, scene) for claim in claims),
    )  # fmt: skip


def claim_shown(claim: Claim, scene: Scene) -> ClaimShown:
    """Show a claim."""
    return ClaimShown(
        claim=scene.claim(claim), item=claim.item, number=scene.number_of_claim.get(claim.id),
        offsets=None if claim.start is None or claim.end is None else (claim.start, claim.end),
    )  # fmt: skip


def incident_shown(incident: Incident, scene: Scene) -> IncidentView:
    """Show an incident."""
    return incident_view(incident, scene)


def _place_in_text(claim: Claim) -> tuple[int, str]:
    return (claim.start or 0, claim.id)


def _cells(item: Item) -> dict[str, str]:
    if item.reader == _TEXT:
        return {}
    try:
        row = json.loads(item.content).get("row", {})
    except (ValueError, AttributeError):
        return {}
    return {name: str(cell) for name, cell in sorted(row.items()) if cell != ""}


def item_lines(item: ItemShown) -> Iterator[str]:
    """Write an item for a terminal."""
    yield f"Item {item.id}"
    known = {
        "sender's id": item.external_id, "reader": item.reader, "published": item.published, "outlet": item.outlet,
        "address": item.url, "language": item.language, "issuer": item.issuer, "size": f"{item.size} bytes",
    }  # fmt: skip
    yield from _pairs(known)
    if item.cells:
        yield "As it was entered:"
        yield from _pairs(item.cells)
    if item.words is not None:
        yield "Words:"
        yield from (f"  | {line}" for line in item.words.splitlines())
    yield f"{plural(len(item.claims), 'claim')} read in it:"
    for claim in item.claims:
        yield from (f"  {line}" for line in claim_lines(claim, short=True))


def claim_lines(shown: ClaimShown, *, short: bool = False) -> Iterator[str]:
    """Write a claim for a terminal."""
    claim = shown.claim
    yield f"Claim {claim.id}" + (f" ({claim.external_id})" if claim.external_id else "")
    yield f"  {claim.who} {claim.verb}: {claim.text or 'nothing that can be quoted'} ({claim.kind})"
    pairs: dict[str, str | None] = {
        "accuses": ", ".join(claim.accuses), "when": claim.when, "where": claim.where, "harm": claim.harm,
        "not resolved": ", ".join(claim.unresolved), "of note": "; ".join(claim.notes),
        "incident": str(shown.number) if shown.number else "none",
    }  # fmt: skip
    if not short:
        pairs |= {
            "published": claim.published, "outlet": claim.outlet, "address": claim.url, "item": shown.item,
            "letters": None if shown.offsets is None else f"{shown.offsets[0]} to {shown.offsets[1]} of the item",
        }  # fmt: skip
    yield from (f"  {line}" for line in _pairs(pairs))


def incident_lines(incident: IncidentView) -> Iterator[str]:
    """Write an incident for a terminal."""
    finding = incident.finding
    yield f"Incident {incident.number} ({incident.id})"
    known = {
        "when": f"{incident.when} ({incident.when_utc})", "where": incident.where, "what": incident.what,
        "found": finding.occurrence_label, "row": words_of(finding.row), "who did it": finding.attribution_label,
        "contested": "; ".join(incident.contested_how) or ("yes" if incident.contested else "no"),
        "engagement": incident.engagement,
    }  # fmt: skip
    yield from _pairs(known)
    yield f"{plural(len(incident.claims), 'claim')}, by {plural(len(incident.origins), 'origin')} that support it:"
    for claim in incident.claims:
        name = claim.external_id or claim.id
        yield f"  {name}, {claim.published}, {claim.outlet or 'no outlet'}: {claim.who} {claim.verb}: {claim.text} ({claim.kind})"
    for found in incident.classifications:
        yield f"Under {found.provision} ({found.title}): {found.classification_label}"
    yield f"Why: truceline why MISSION {incident.number}"


def _pairs(pairs: Mapping[str, str | None]) -> Iterator[str]:
    width = max(map(len, pairs))
    yield from (f"  {name:<{width}}  {value}" for name, value in pairs.items() if value)
