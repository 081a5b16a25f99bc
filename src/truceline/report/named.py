"""What does a person mean by a word? A number of the report, an id or the beginning of one, or a coder's id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.errors import UsageError

if TYPE_CHECKING:
    from truceline.model.evidence import Claim, Item
    from truceline.model.incident import Incident
    from truceline.report.scene import Scene

# The shortest beginning of an id that is taken for it.
_SHORTEST = 4
_MOST = 8


@dataclass(frozen=True, slots=True)
class Named:
    """What a word names: one incident, claims, or one item."""

    incident: Incident | None = None
    claims: tuple[Claim, ...] = ()
    item: Item | None = None


def named(word: str, scene: Scene) -> Named:
    """Find what a word names; UsageError where it names nothing, or several things."""
    if word.isascii() and word.isdigit() and 1 <= int(word) <= len(scene.incidents):
        return Named(incident=scene.incidents[int(word) - 1])
    assessment = scene.assessment
    coded = tuple(c for c in assessment.claims if word and word == c.external_id)
    if coded:
        return Named(claims=coded)
    incidents = {i.id: Named(incident=i) for i in assessment.incidents}
    claims = {c.id: Named(claims=(c,)) for c in assessment.claims}
    items = {i.id: Named(item=i) for i in (*assessment.items, *assessment.excluded)}
    every = incidents | claims | items
    if word in every:
        return every[word]
    outer = [i for i in items.values() if i.item and word and word == i.item.external_id]
    if len(outer) == 1:
        return outer[0]
    bare = word.partition("-")[2] if "-" in word else word
    begun = (
        sorted(name for name in every if name.startswith(word)) if len(bare) >= _SHORTEST else []
    )
    if len(begun) == 1:
        return every[begun[0]]
    raise _nothing(word, begun, scene)


def incident_of(word: str, scene: Scene) -> Incident:
    """Find the incident that a word names, or that holds the claim or the one claim of the item that it names."""
    found = named(word, scene)
    if found.incident:
        return found.incident
    claims = found.claims or tuple(
        c for c in scene.assessment.claims if found.item and c.item == found.item.id
    )
    numbers = sorted({scene.number_of_claim[c.id] for c in claims if c.id in scene.number_of_claim})
    if len(numbers) == 1:
        return scene.incidents[numbers[0] - 1]
    if not numbers:
        raise UsageError(
            f"what {word!r} names stands in no incident", "see it with `truceline show`"
        )
    told = ", ".join(map(str, numbers[:_MOST]))
    raise UsageError(
        f"what {word!r} names stands in several incidents", f"name one of them: {told}"
    )


def _nothing(word: str, begun: list[str], scene: Scene) -> UsageError:
    if begun:
        told = ", ".join(begun[:_MOST])
        return UsageError(f"{len(begun)} ids begin with {word!r}", f"give more of it: {told}")
    return UsageError(
        f"{word!r} names no incident, claim or item of this run",
        f"give a number of the report (1 to {len(scene.incidents)}), an id of incidents.json or claims.jsonl, its beginning, "
        "or a coder's id",
    )
