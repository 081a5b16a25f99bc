"""Two coders' drafts to one list: where they agree is confidence, where they differ is a question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from truceline.model.acts import lineage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.read.draft import Draft

CORE = ("stance", "act", "speaker", "actor")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field of the draft at `index` that the coders read differently."""

    index: int
    field: str
    readings: tuple[tuple[str, str], ...]


def core(draft: Draft) -> dict[str, str]:
    """Give the fields that coders are compared on, as plain words."""
    sides = sorted({s for layer in draft.layers[-1:] for s in layer.sides})
    return {
        "stance": draft.stance.value,
        "act": " ".join(sorted(a.value for a in draft.acts)) or "unresolved",
        "speaker": " ".join(sides) or ("narrator" if not draft.layers else "unresolved"),
        "actor": " ".join(sorted(draft.actors)) or "unresolved",
    }


def merge(
    first: Sequence[Draft], second: Sequence[Draft]
) -> tuple[list[Draft], list[Disagreement]]:
    """Join what two coders read of one text; the first coder's reading stands where they differ.

    Claims of only one coder are kept and flagged `only_NAME`; their agreement is 1 of 2.
    """
    left = list(range(len(second)))
    merged: list[tuple[int, int, Draft, list[tuple[str, tuple[tuple[str, str], ...]]]]] = []
    for draft in first:
        at = _match(draft, second, left)
        if at is None:
            merged.append((draft.sentence, 0, _alone(draft), []))
            continue
        left.remove(at)
        joined, differing = _joined(draft, second[at])
        merged.append((draft.sentence, 0, joined, differing))
    merged.extend((second[at].sentence, 1, _alone(second[at]), []) for at in left)
    merged.sort(key=lambda m: (m[0], m[1]))
    doubts = [
        Disagreement(index, field, readings)
        for index, (_, _, _, differing) in enumerate(merged)
        for field, readings in differing
    ]
    return [draft for _, _, draft, _ in merged], doubts


def _match(draft: Draft, others: Sequence[Draft], left: Sequence[int]) -> int | None:
    """Find the other coder's draft of the same sentence and act with most fields in common."""
    mine = core(draft)
    near = [
        at for at in left if others[at].sentence == draft.sentence and _related(draft, others[at])
    ]
    if not near:
        return None
    return max(near, key=lambda at: (sum(mine[f] == core(others[at])[f] for f in CORE), -at))


def _related(a: Draft, b: Draft) -> bool:
    if not a.acts or not b.acts:
        return a.stance is b.stance
    return any(x in lineage(y) or y in lineage(x) for x in a.acts for y in b.acts)


def _alone(draft: Draft) -> Draft:
    flag = f"only_{draft.coder.name}"
    return replace(draft, agreement=(1, 2), flags=(*draft.flags, flag))


def _joined(
    draft: Draft, other: Draft
) -> tuple[Draft, list[tuple[str, tuple[tuple[str, str], ...]]]]:
    mine, theirs = core(draft), core(other)
    differing = [
        (field, tuple(sorted([(draft.coder.name, mine[field]), (other.coder.name, theirs[field])])))
        for field in CORE
        if mine[field] != theirs[field]
    ]
    flags = tuple(f"coders_differ:{field}" for field, _ in differing)
    agreed = (1, 2) if differing else (2, 2)
    joined = replace(draft, others=(other.coder,), agreement=agreed, flags=(*draft.flags, *flags))
    return joined, differing
