"""Obligations and undertakings: their state, who says what, who counts what, and what else was recorded."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from truceline.model.agreement import ExceptionClause, Obligation, Prohibition, Undertaking
from truceline.model.deed import Extent
from truceline.model.judgement import Role
from truceline.model.provenance import Basis
from truceline.report.view import ObligationView
from truceline.report.words import day_words, moment, plural, words_of
from truceline.terms.timeline import due_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.model.agreement import Provision
    from truceline.model.coverage import Barred
    from truceline.model.judgement import (
        Account,
        ObligationStanding,
        PeriodCount,
        PersonList,
        Position,
    )
    from truceline.report.scene import Scene
    from truceline.terms.timeline import Due


def obligations(scene: Scene) -> tuple[ObligationView, ...]:
    """Show every obligation and undertaking, and where the text names no due date."""
    return tuple(_obligation(standing, scene) for standing in scene.obligations)


def _obligation(standing: ObligationStanding, scene: Scene) -> ObligationView:
    found = scene.provisions.get(standing.provision)
    provision = found[1] if found else None
    return ObligationView(
        provision=standing.provision, title=scene.title_of(standing.provision),
        deed=provision.deed if isinstance(provision, Obligation) else "best efforts",
        who=_bound(provision, scene),
        intermediary=provision.intermediary if isinstance(provision, Obligation) else None,
        due=_due(due_by(standing, scene), scene),
        state=standing.state.value, state_label=words_of(standing.state),
        tracked_only=standing.tracked_only, statements=len(standing.claims),
        sentence=standing.sentence,
        positions=tuple(_position(p, scene) for p in standing.positions),
        accounts=(
            *(_account(a, scene) for a in standing.accounts),
            *(_list(found, scene) for found in standing.lists),
        ),
        records=tuple(_records(standing, scene)),
    )  # fmt: skip


def due_by(standing: ObligationStanding, scene: Scene) -> Due | None:
    """Give when an obligation is due by every reading, None where the text names no date."""
    found = scene.provisions.get(standing.provision)
    if found is None:
        return None
    agreement, provision = found
    since = {
        o.provision.partition("/")[2]: o.since
        for o in scene.obligations
        if o.since and o.provision.startswith(f"{agreement.id}/")
    }
    return due_of(provision, agreement, scene.mission.zone, since)


def _records(standing: ObligationStanding, scene: Scene) -> Iterator[str]:
    """Say what the kind of the duty keeps besides: periods of a quota, restrictions of movement, acts to be prevented."""
    yield from (_period(period, scene) for period in standing.periods)
    if standing.restrictions:
        yield f"restrictions of movement: {restrictions(standing.restrictions, scene)}"
    for acts in standing.acts:
        what = words_of(acts.classification)
        yield f"acknowledged by {scene.name(acts.force)}: {acts.count} {what}"


def _period(period: PeriodCount, scene: Scene) -> str:
    """Say what is owed in a period and what each teller counts; never a sum of them."""
    start, end = (moment(at, scene.mission.zone) for at in (period.start, period.end))
    told = [f"{_teller(who, scene)} {number}" for who, number in period.counts]
    so_far = "" if period.over else ", not over"
    return f"{start} to {end}{so_far}: {period.owed} owed; {', '.join(told) or 'nobody counts'}"


def restrictions(bars: Sequence[Barred], scene: Scene) -> str:
    """Say how many restrictions, of which class and how long, by who caused them."""
    found: dict[tuple[str, str], list[Barred]] = defaultdict(list)
    for bar in bars:
        found[scene.name(bar.by), words_of(bar.kind)].append(bar)
    return ", ".join(
        f"{who}: {sum(b.count for b in own)} {kind} ({sum(b.hours for b in own):.1f} h)"
        for (who, kind), own in sorted(found.items())
    )


def _teller(by: str, scene: Scene) -> str:
    return scene.names.get(by, f"the {by}" if by in set(Role) else by)


def _position(said: Position, scene: Scene) -> str:
    """Say who says how far it is, in which role, how they know, and when it was said."""
    who = (scene.source_names | scene.names).get(said.who, said.who)
    basis = "" if said.basis is Basis.UNSTATED else f", {words_of(said.basis)}"
    day = day_words(said.published.astimezone(scene.mission.zone).date())
    return f"{who} ({said.role}{basis}): {words_of(said.progress)}, said {day}"


def _list(found: PersonList, scene: Scene) -> str:
    """Say how many persons stand on each sealed list in one status, and how many on all of them."""
    names = scene.source_names | scene.names
    way = _way(found.giver, found.recipient, scene)
    told = ", ".join(f"{names.get(who, who)} {number}" for who, number in found.counts)
    both = "" if found.on_all is None else f"; on every list {found.on_all}"
    return f"{words_of(found.unit)} {words_of(found.status)} {way}, sealed lists: {told}{both}"


def _way(giver: str | None, recipient: str | None, scene: Scene) -> str:
    way = [f"from {scene.name(giver)}"] if giver else []
    way += [f"to {scene.name(recipient)}"] if recipient else []
    return " ".join(way) or "(way not said)"


def _account(found: Account, scene: Scene) -> str:
    """Say what went from whom to whom in every teller's count, and how far they differ; counts are never added."""
    way = _way(found.giver, found.recipient, scene)
    told = [
        f"{_teller(c.by, scene)} {c.value} "
        + ("so far" if c.extent is Extent.SO_FAR else f"in {plural(c.handovers, 'handover')}")
        for c in found.counts
    ]
    apart = f"; they differ by {found.difference}" if found.difference else ""
    return f"{words_of(found.unit)} {way}: {', '.join(told)}{apart}"


def _due(due: Due | None, scene: Scene) -> str:
    """Say every reading of a due date, and that it was moved."""
    if due is None:
        return "no due date in the text"
    told = [
        deadline.text if at is None else moment(at, scene.mission.zone)
        for deadline, at in due.readings
    ]
    moved = f" (moved by {due.moved_by.id})" if due.moved_by else ""
    return " or ".join(told) + moved


def _bound(provision: Provision | None, scene: Scene) -> tuple[str, ...]:
    match provision:
        case Obligation():
            return tuple(scene.name(side) for side in sorted(provision.debtors))
        case Undertaking():
            return tuple(scene.name(side) for side in sorted(provision.holders))
        case Prohibition() | ExceptionClause() | None:
            return ()
