"""The items behind the claims: each by its digest, with the words marked that were read in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from truceline.report.view_items import ItemView, Passage
from truceline.report.words import published

if TYPE_CHECKING:
    from truceline.model.evidence import Claim, Item
    from truceline.report.scene import Scene

_BESIDE = 200
_ENDS = re.compile(r"(?<=[.!?:\u0589])\s+|\n+")
_PAGE = "html"


def items(scene: Scene) -> tuple[ItemView, ...]:
    """Show every item that a claim was read in, by publication, then by its digest."""
    claims: dict[str, list[Claim]] = {}
    for claim in scene.assessment.claims:
        claims.setdefault(claim.item, []).append(claim)
    found = [item for item in scene.assessment.items if item.id in claims]
    return tuple(
        _item(item, sorted(claims[item.id], key=lambda c: (c.start or 0, c.id)), scene)
        for item in sorted(found, key=lambda i: (i.published is None, i.published, i.id))
    )


def _item(item: Item, claims: list[Claim], scene: Scene) -> ItemView:
    text = "" if _PAGE in item.media_type else item.content.decode("utf-8", "replace")
    return ItemView(
        id=item.id, external_id=item.external_id, outlet=item.outlet, url=item.url, language=item.language,
        published=published(item.published, scene.mission.zone) if item.published else "not known",
        passages=tuple(_passage(claim.quote, text, claim) for claim in claims if claim.quote),
    )  # fmt: skip


def _passage(quote: str, text: str, claim: Claim) -> Passage:
    """Give the words of a claim with what stands around them in their own sentence."""
    at = text.find(quote)
    before, after = ("", "") if at < 0 else (text[:at], text[at + len(quote) :])
    return Passage(
        claim=claim.id, before=_ENDS.split(before)[-1][-_BESIDE:], words=quote, after=_ENDS.split(after)[0][:_BESIDE],
    )  # fmt: skip
