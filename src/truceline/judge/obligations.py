"""Obligations and undertakings: their state from what creditor, debtor and those between say, and from people's decisions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from truceline.judge.accounts import accounts
from truceline.judge.duty import Duty
from truceline.judge.kinds.every import sighted
from truceline.judge.kinds.handover import mapped
from truceline.judge.kinds.lists import lists
from truceline.judge.kinds.movement import barred
from truceline.judge.kinds.prevention import acts_of
from truceline.judge.kinds.quota import kept, periods
from truceline.judge.positions import positions, vouches
from truceline.model.acts import Act
from truceline.model.agreement import Obligation, ProvisionKind, Undertaking
from truceline.model.decision import OBLIGATION_VERDICTS, Verdict
from truceline.model.deed import Progress
from truceline.model.judgement import (
    Account,
    Count,
    ObligationStanding,
    ObligationState,
    PeriodCount,
    Position,
    Role,
)
from truceline.terms.sides import bound_by, outward
from truceline.terms.timeline import due_of, in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from truceline.judge.duty import Heard
    from truceline.model.agreement import Agreement
    from truceline.model.coverage import Barred
    from truceline.model.decision import Ruling
    from truceline.model.evidence import Claim
    from truceline.model.mission import Mission
    from truceline.terms.timeline import Due

# Acts that tell of a duty by being seen although its text asks for another deed.
_TELLING = frozenset({Act.PRESENCE, Act.ARMED_PRESENCE, Act.FOREIGN_FIGHTERS})
_DOING = frozenset({Progress.BEGUN, Progress.PARTLY_DONE, Progress.DONE})
# Who may say alone how far a deed is: those between, those with no stake, and whom it is owed to.
_ENOUGH = frozenset({Role.INTERMEDIARY, Role.INDEPENDENT, Role.CREDITOR})
_OVERTAKEN = timedelta(days=7)
_TOGETHER = frozenset({Role.DEBTOR, Role.MEDIATOR})
_WHO = {
    Role.DEBTOR: "the debtor", Role.CREDITOR: "the creditor", Role.INTERMEDIARY: "the intermediary",
    Role.INDEPENDENT: "somebody without a stake", Role.MEDIATOR: "a mediator", Role.PRESS: "the press",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What the positions and accounts come to: a state or None for the calendar's, since when, and why."""

    state: ObligationState | None
    since: datetime | None
    why: str


def obligations(heard: Heard, rulings: Sequence[Ruling] = ()) -> Iterator[ObligationStanding]:
    """Give the state of every obligation and undertaking, what everybody says of it, and the claims that speak of it."""
    alike: dict[tuple[Act, ...], list[Claim]] = {}
    for claim in heard.claims:
        alike.setdefault(claim.acts, []).append(claim)
    for agreement in in_order(heard.watch.mission.agreements):
        if any(r.instant <= heard.as_of for r in agreement.readings):
            yield from _agreement(agreement, alike, heard, rulings)


def _agreement(
    agreement: Agreement, alike: Mapping[tuple[Act, ...], Sequence[Claim]], heard: Heard,
    rulings: Sequence[Ruling],
) -> Iterator[ObligationStanding]:  # fmt: skip
    """Judge an agreement's duties; what one fulfils may start the period of another, so all are judged until none changes."""
    duties = [
        Duty(heard.watch.mission, agreement, p)
        for p in agreement.provisions
        if isinstance(p, Obligation | Undertaking)
    ]
    spoken = [replace(heard, claims=_speaking(duty, alike)) for duty in duties]
    fulfilled: dict[str, datetime] = {}
    while True:
        found = [
            _standing(duty, mine, fulfilled, rulings)
            for duty, mine in zip(duties, spoken, strict=True)
        ]
        now = {d.provision.id: s.since for d, s in zip(duties, found, strict=True) if s.since}
        if now == fulfilled or not set(now) - set(fulfilled):
            yield from found
            return
        fulfilled = now


def _speaking(duty: Duty, alike: Mapping[tuple[Act, ...], Sequence[Claim]]) -> list[Claim]:
    """Give the claims that may bear on a duty, in the order of their ids; those of other acts are not looked at."""
    found = [
        claim
        for acts, claims in alike.items()
        if duty.asks(acts) or set(acts) & _TELLING
        for claim in claims
        if duty.bears(claim) or (duty.named(claim) and duty.after(claim.dated))
    ]
    return sorted(found, key=lambda claim: claim.id)


def _standing(
    duty: Duty, spoken: Heard, fulfilled: Mapping[str, datetime], rulings: Sequence[Ruling]
) -> ObligationStanding:
    as_of = spoken.as_of
    due = due_of(duty.provision, duty.agreement, duty.mission.zone, fulfilled)
    duty = replace(duty, past=_past(due, as_of))
    mine = [c for c in spoken.claims if duty.bears(c) or sighted(duty, c)]
    heard = replace(spoken, claims=mine)
    said, counts = (*positions(duty, mine), *mapped(duty, as_of)), accounts(duty, mine)
    each = periods(duty, heard)
    ruling = _ruling(duty.name, rulings, as_of)
    told = _decided(ruling, duty.mission) if ruling else _told(duty, said, counts, each)
    calendar, words = _calendar(due, as_of, spoken=bool(mine or said))
    tracked = not isinstance(duty.provision, Obligation)
    state = _state(told, calendar)
    if tracked:
        state, words = (
            ObligationState.NO_DUE_DATE,
            "best-effort words: tracked, never scored as a breach",
        )
    elif state is not calendar:
        words = words.partition("; ")[0]
    late = state is ObligationState.FULFILLED and _late(due, told.since)
    return ObligationStanding(
        provision=duty.name, tracked_only=tracked, state=state,
        claims=tuple(sorted(c.id for c in mine)),
        sentence=f"{_sentence(words, told, late=late, tracked=tracked)}; {len(mine)} statement{'' if len(mine) == 1 else 's'}",
        amended=due is not None and due.moved_by is not None,
        since=told.since if state is ObligationState.FULFILLED else None,
        late=late, positions=said, accounts=counts, lists=lists(duty), periods=each,
        restrictions=_barred(duty, heard), acts=acts_of(duty, heard), decision=ruling.id if ruling else None,
    )  # fmt: skip


def _past(due: Due | None, as_of: datetime) -> datetime | None:
    """Give when a duty was due by every reading, None where that is not so yet or cannot be told."""
    instants = [at for _, at in due.readings] if due else []
    known = [at for at in instants if at is not None and at <= as_of]
    return max(known) if known and len(known) == len(instants) else None


def _barred(duty: Duty, heard: Heard) -> tuple[Barred, ...]:
    """Give the restrictions since the entry into force, where the duty is about the monitors' freedom to move."""
    provision = duty.provision
    if provision.kind is not ProvisionKind.FREEDOM_OF_MOVEMENT_MONITORS:
        return ()
    named = provision.areas if isinstance(provision, Obligation) else ()
    areas: list[str | None] = [f"{duty.agreement.id}/{zone}" for zone in named]
    entry = min(reading.instant for reading in duty.agreement.readings)
    return barred(heard.watch, areas or [None], entry, heard.as_of)


def _sentence(words: str, told: _Told, *, late: bool, tracked: bool) -> str:
    after = ", after its due date" if late else ""
    return words if tracked or not told.why else f"{words}; {told.why}{after}"


def _state(told: _Told, calendar: ObligationState) -> ObligationState:
    """Join both: what is fulfilled, disputed or waived stays so; of a part the calendar says whether it was due by now."""
    if told.state is None:
        return calendar
    dated = calendar in {ObligationState.OVERDUE, ObligationState.NOT_DUE}
    return calendar if dated and told.state is ObligationState.PARTLY_FULFILLED else told.state


def _late(due: Due | None, since: datetime | None) -> bool:
    instants = [at for _, at in due.readings if at is not None] if due else []
    return since is not None and bool(instants) and since > max(instants)


def _ruling(provision: str, rulings: Sequence[Ruling], as_of: datetime) -> Ruling | None:
    """Find what people decided last of how an obligation stands, as of then."""
    found = [
        (datetime.fromisoformat(r.at), r)
        for r in rulings
        if r.verdict in OBLIGATION_VERDICTS and r.provision == provision and r.at
    ]
    past = [(at, r) for at, r in found if at <= as_of]
    return max(past, key=lambda pair: (pair[0], pair[1].id))[1] if past else None


_DECIDED = {
    Verdict.FULFILLED: ObligationState.FULFILLED,
    Verdict.PARTLY_FULFILLED: ObligationState.PARTLY_FULFILLED,
    Verdict.DISPUTED: ObligationState.DISPUTED,
    Verdict.WAIVED_OR_AMENDED: ObligationState.WAIVED_OR_AMENDED,
}


def _decided(ruling: Ruling, mission: Mission) -> _Told:
    """Follow what people decided; that it is not fulfilled leaves the calendar to speak."""
    words = outward(ruling.reason, mission, bound_by(ruling.provision, mission))
    why = (
        f"decided {ruling.verdict.value.replace('_', ' ')} by {ruling.proposed_by}, "
        f"approved by {ruling.approved_by}: {words}"
    )
    state = _DECIDED.get(ruling.verdict)
    since = datetime.fromisoformat(ruling.at) if ruling.at else None
    return _Told(state=state, since=since if state is ObligationState.FULFILLED else None, why=why)


def _told(
    duty: Duty, said: Sequence[Position], counts: Sequence[Account], each: Sequence[PeriodCount]
) -> _Told:
    """Weigh the positions: contradictions first, then a quota's periods, then what is vouched for of every debtor's part."""
    if against := _contradicted(said):
        return _Told(state=ObligationState.DISPUTED, since=None, why=against)
    return _of_periods(duty, each) if each else _of_parts(duty, said, counts)


def _of_periods(duty: Duty, each: Sequence[PeriodCount]) -> _Told:
    state, why = kept(duty, each)
    since = max(p.end for p in each if p.over) if state is ObligationState.FULFILLED else None
    return _Told(state=state, since=since, why=why)


def _of_parts(duty: Duty, said: Sequence[Position], counts: Sequence[Account]) -> _Told:
    parts = {debtor: _since(debtor, said, {Progress.DONE}) for debtor in duty.debtors}
    done = {debtor: at for debtor, at in parts.items() if at is not None}
    if len(done) == len(parts):
        return _Told(state=ObligationState.FULFILLED, since=max(done.values()), why=_by(said))
    enough = _enough(duty, counts)
    if enough is not None:
        return _Told(
            state=ObligationState.FULFILLED, since=enough, why="the quantity owed is counted"
        )
    some = any(_since(debtor, said, _DOING) for debtor in parts)
    if some or any(c.value and _counts(c, a, duty) for a in counts for c in a.counts):
        return _Told(
            state=ObligationState.PARTLY_FULFILLED, since=None, why=_by(said) or "a part is counted"
        )
    if any(p.role is Role.DEBTOR and p.progress in _DOING for p in said):
        return _Told(state=None, since=None, why="the debtor alone says that something was done")
    return _Told(state=None, since=None, why="")


def _contradicted(said: Sequence[Position]) -> str:
    """Say who contradicts whom of one debtor's part, an empty text where nobody does."""
    for one in (p for p in said if not _overtaken(p, said)):
        for other in said:
            apart = one.role is not other.role or one.who != other.who
            if apart and set(one.debtors) & set(other.debtors) and _clash(one, other):
                said_so = f"{_WHO[one.role]} says {_words(one.progress)}"
                return f"{said_so}, {_WHO[other.role]} says {_words(other.progress)}"
    return ""


def _overtaken(one: Position, said: Sequence[Position]) -> bool:
    """Answer whether somebody says more than a week later that the same part is offered, or being done: then it contradicts nothing."""
    return any(
        other.published > one.published + _OVERTAKEN
        and other.progress in _DOING | {Progress.OFFERED}
        and vouches(other)
        and other.role is not Role.PRESS
        and set(one.debtors) & set(other.debtors)
        for other in said
    )


def _clash(one: Position, other: Position) -> bool:
    """Answer whether one says that it is refused, or not done, against another who offers, does, or has done it."""
    if not (vouches(one) and vouches(other)) or Role.PRESS in {one.role, other.role}:
        return False
    if one.progress is Progress.REFUSED:
        return other.progress in _DOING | {Progress.OFFERED}
    return one.progress is Progress.NOT_DONE and other.progress is Progress.DONE


def _since(debtor: str, said: Sequence[Position], wanted: set[Progress] | frozenset[Progress]) -> datetime | None:  # fmt: skip
    """Give since when a debtor's part is that far, by somebody who may say so alone or two together; None where nobody may."""
    mine = [p for p in said if debtor in p.debtors and p.progress in wanted and vouches(p)]
    alone = [p.at for p in mine if p.role in _ENOUGH]
    if alone:
        return min(alone)
    both = [p.at for p in mine if p.role in _TOGETHER]
    return max(both) if {p.role for p in mine} >= _TOGETHER else None


def _enough(duty: Duty, counts: Sequence[Account]) -> datetime | None:
    """Give when all that is owed was counted by somebody other than a debtor."""
    provision = duty.provision
    if not isinstance(provision, Obligation) or not provision.quantity or not provision.unit:
        return None
    found = [
        count.as_of
        for account in counts
        if account.unit is provision.unit
        for count in account.counts
        if _counts(count, account, duty) and count.value >= provision.quantity
    ]
    return min(found, default=None)


def _counts(count: Count, account: Account, duty: Duty) -> bool:
    """Answer whether a teller's count says something of the state: not the giver's own, a mediator's or the press's alone."""
    if count.by in {Role.INTERMEDIARY, Role.INDEPENDENT}:
        return True
    owed = {account.giver} if account.giver else duty.debtors
    return count.by in (duty.parties | duty.debtors) - owed


def _by(said: Sequence[Position]) -> str:
    """Say by whom: each role once with the furthest that it says."""
    order = list(Progress)
    last: dict[Role, Progress] = {}
    for p in (p for p in said if vouches(p) and p.role is not Role.PRESS):
        last[p.role] = max(last.get(p.role, p.progress), p.progress, key=order.index)
    return ", ".join(
        f"{_words(progress)} as {_WHO[role]} says" for role, progress in sorted(last.items())
    )


def _words(progress: Progress) -> str:
    return progress.value.replace("_", " ")


def _calendar(due: Due | None, as_of: datetime, *, spoken: bool) -> tuple[ObligationState, str]:
    """Say what the calendar gives where nothing shows that it is fulfilled; where nobody speaks of it, nothing is said."""
    state, words = by_the_calendar(due, as_of)
    if state is not ObligationState.NOT_ASSESSABLE or due is None:
        return state, words
    told = words.rpartition("; ")[0]
    if not spoken:
        return state, f"{told}; past it, and no statement speaks of it"
    if all(at is not None and at <= as_of for _, at in due.readings):
        return ObligationState.OVERDUE, f"{told}; past it, and nothing shows that it is fulfilled"
    return ObligationState.DUE, f"{told}; past it by some readings only"


def by_the_calendar(due: Due | None, as_of: datetime) -> tuple[ObligationState, str]:
    """Say what the calendar alone says, where no evidence was asked: nothing of whether a deed was done."""
    if due is None:
        return ObligationState.NO_DUE_DATE, "the text names no deadline; open, not overdue"
    told = " or ".join(dict.fromkeys(deadline.text for deadline, _ in due.readings))
    moved = f", moved by {due.moved_by.id}" if due.moved_by else ""
    if any(at is not None and at <= as_of for _, at in due.readings):
        return ObligationState.NOT_ASSESSABLE, f"due {told}{moved}; fulfilment is not decided"
    if all(at is None for _, at in due.readings):
        return ObligationState.NOT_DUE, f"due {told}{moved}; what it waits for is not found"
    return ObligationState.NOT_DUE, f"due {told}{moved}"
