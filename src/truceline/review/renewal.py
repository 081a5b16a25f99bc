"""Does the evidence still say what people saw when they decided? Where it changed, the decision is to be renewed.

A decision names rows by the coder's id and claims of texts by their place, with a digest of what was seen.
Evidence that is edited, withdrawn or read otherwise never loses a decision: it is shown with what was and
what is, and does not count until people decide again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from truceline.model.decision import Change, Subject
from truceline.text.names import keyed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from truceline.model.decision import Decision
    from truceline.model.evidence import Claim

CODED = "coded_claims"
TEXT = "text"
Row = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a coded row: its item, the coder's id, and its cells."""

    item: str
    name: str
    row: Mapping[str, str]


_ERASED = "words that were erased since"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The evidence as it stands, and what is known of earlier versions.

    `rows` are the rows in the mission's files, `versions` all that were ever received, by claim;
    `texts` are the claims of texts visible now; `items` are all items at hand, `visible` those that count,
    `erased` those whose words two people had destroyed.
    """

    rows: Mapping[str, Version]
    versions: Mapping[str, Version]
    names: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, Claim]
    former: Mapping[str, str]
    items: frozenset[str]
    visible: frozenset[str]
    erased: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, mission_id: str, rows: Iterable[Version], received: Iterable[Version],
        claims: Sequence[Claim], items: tuple[Iterable[str], Iterable[str]],
    ) -> World:  # fmt: skip
        """Put the world together; `items` are all items at hand and those that count at the cut-off."""
        current = {row_claim(mission_id, v.item): v for v in rows}
        texts = {c.id: c for c in claims if c.coding is not None}
        names: dict[str, list[str]] = {}
        for claim, version in sorted(current.items()):
            names.setdefault(version.name, []).append(claim)
        return cls(
            rows=current,
            versions={row_claim(mission_id, v.item): v for v in received} | current,
            names={name: tuple(found) for name, found in names.items()},
            texts=texts,
            former={old: c.id for c in texts.values() for old in c.former},
            items=frozenset(items[0]), visible=frozenset(items[1]),
        )  # fmt: skip


def row_claim(mission_id: str, item: str) -> str:
    """Name the claim of a coded row: one row is one claim."""
    return keyed("clm", mission_id, [item])


def subjects_of(claims: Iterable[str], world: World) -> tuple[Subject, ...]:
    """Name what a decision about these claims is about, as people see it now."""
    found = []
    for claim in sorted(set(claims)):
        if (version := world.rows.get(claim)) is not None and version.name:
            found.append(_row_subject(claim, version))
        elif (text := world.texts.get(claim)) is not None:
            found.append(
                Subject(claim=claim, reader=TEXT, name=claim, item=text.item, seen=_reading(text))
            )
    return tuple(found)


def _row_subject(claim: str, version: Version) -> Subject:
    return Subject(
        claim=claim, reader=CODED, name=version.name, item=version.item, seen=version.item
    )


def renewed(decisions: Iterable[Decision], world: World) -> tuple[Decision, ...]:
    """Give the decisions about the claims as they are named now, each with what changed since."""
    return tuple(_renewed(decision, world) for decision in decisions)


def _renewed(decision: Decision, world: World) -> Decision:
    known = {subject.claim: subject for subject in decision.subjects}
    now: list[str] = []
    changes: list[Change] = []
    for claim in decision.claims:
        name, change = _followed(claim, known.get(claim), world)
        now.append(name)
        changes.extend([change] if change is not None else [])
    return replace(decision, claims=tuple(sorted(set(now))), changed=tuple(changes))


def _followed(claim: str, subject: Subject | None, world: World) -> tuple[str, Change | None]:
    """Give the name that a claim has now, and how it changed."""
    if claim in world.rows:
        return claim, None
    if claim in world.texts or claim in world.former:
        return _text(claim, subject, world)
    version = world.versions.get(claim)
    if subject is None and version is not None and version.name:
        subject = _row_subject(claim, version)
    if subject is None:
        return claim, None
    if subject.reader == CODED:
        return _row(claim, subject, version, world)
    if subject.item in world.items and subject.item not in world.visible:
        return claim, None
    gone = "it is read no longer" if subject.item in world.items else "its text is withdrawn"
    was = f"a claim of the text {subject.item[:12]}; {gone}"
    return claim, Change(name=claim, was=_ERASED if subject.item in world.erased else was, now=None)


def _row(
    claim: str, subject: Subject, version: Version | None, world: World
) -> tuple[str, Change | None]:
    standing = world.names.get(subject.name, ())
    was: Mapping[str, str] = version.row if version is not None else {}
    if subject.item in world.erased and not standing:
        return claim, Change(name=subject.name, was=_ERASED, now=None)
    if len(standing) != 1:
        told = "; ".join(f"{name}: {cell}" for name, cell in was.items() if cell)
        now = f"{len(standing)} rows bear this id" if standing else None
        return claim, Change(name=subject.name, was=told or subject.seen[:12], now=now)
    is_now = world.rows[standing[0]].row
    cells = sorted(n for n in {*was, *is_now} if was.get(n, "") != is_now.get(n, ""))
    return standing[0], Change(
        name=subject.name,
        was="; ".join(f"{name}: {was.get(name, '') or '(empty)'}" for name in cells),
        now="; ".join(f"{name}: {is_now.get(name, '') or '(empty)'}" for name in cells),
    )


def _text(claim: str, subject: Subject | None, world: World) -> tuple[str, Change | None]:
    name = world.former.get(claim, claim)
    reading = _reading(world.texts[name])
    if subject is None or subject.seen == reading:
        return name, None
    return name, Change(name=name, was=f"read as: {subject.seen}", now=f"read as: {reading}")


def _reading(claim: Claim) -> str:
    """Say in a line how a claim of a text is read: what a decision about it rests on."""
    places = ", ".join(place.gazetteer_id or place.text for place in claim.places)
    when = (
        f"{claim.span.earliest.isoformat()}/{claim.span.latest.isoformat()}" if claim.span else ""
    )
    who = ", ".join(claim.speaker.sides) if claim.speaker else ""
    parts = (who, claim.stance, ", ".join(claim.acts), ", ".join(claim.actors), places, when)
    return " | ".join(part or "-" for part in parts)
