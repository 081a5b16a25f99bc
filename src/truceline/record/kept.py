"""What the ledger gives back to a run: decisions, items received, a model's replies, new beginnings."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from truceline.errors import LedgerError
from truceline.model.decision import decision_from, decision_record
from truceline.model.problem import Problem, Severity
from truceline.record.anew import BEGUN
from truceline.record.erase import erased_items
from truceline.record.heads import Heads, refuse_gone
from truceline.record.keys import CLOSED, KeyEvent
from truceline.record.ledger import Ledger
from truceline.record.place import ledger_file
from truceline.record.prepare import ERASURE, RESTORED, prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from truceline.model.decision import Decision
    from truceline.model.ledger import Entry
    from truceline.record.prepare import Prepared

LLM_REPLY = "llm_reply"
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a run needs of the ledger: decisions, all items ever received, replies, and new beginnings.

    `erased` are those of the items at hand, or decided on, whose words were erased, by reader and id. `versions` are
    reader, id and bytes of every item, where there are decisions that may rest on one.
    """

    decisions: tuple[Decision, ...] = ()
    versions: tuple[tuple[str, str, bytes], ...] = ()
    items: frozenset[str] = frozenset()
    replies: Mapping[str, bytes] = field(default_factory=dict)
    begun: tuple[Problem, ...] = ()
    erased: frozenset[tuple[str, str]] = frozenset()


def kept(
    folder: Path, *, replies: bool, checked: bool, named: Collection[tuple[str, str]] = ()
) -> Kept:
    """Read back what a run needs; nothing where there is no ledger and never was one.

    Every entry is looked at first, unless that was just done. `named` are the items at hand, by reader and id.
    """
    if not ledger_file(folder).exists():
        refuse_gone(Heads.here().at(folder), ledger_file(folder))
        return Kept()
    with Ledger.read(folder) as ledger:
        if not checked:
            ledger.whole()
        decisions = _understood(ledger, "decision", decision_from)
        return Kept(
            decisions=decisions,
            versions=_versions(ledger) if decisions else (),
            items=frozenset(_understood(ledger, "item", lambda r: str(r["original"]))),
            replies=_replies(ledger) if replies else {},
            begun=(
                *_understood(ledger, BEGUN, _begun),
                *_understood(ledger, ERASURE, _erased),
                *_understood(ledger, RESTORED, _restored),
                *_understood(ledger, CLOSED, _closed),
                *(
                    p
                    for kind, said in _KEYS.items()
                    for p in _understood(ledger, kind, partial(_rekeyed, said))
                ),
            ),
            erased=erased_items(ledger, {*named, *_rested_on(decisions)}, _gone(ledger)),
        )


def _gone(ledger: Ledger) -> frozenset[int]:
    told = _understood(ledger, ERASURE, lambda r: [int(seq) for seq in r["entries"]])
    return frozenset(seq for entries in told for seq in entries)


def _rested_on(decisions: Iterable[Decision]) -> Iterator[tuple[str, str]]:
    """Give the items on which people decided, by reader and id."""
    for decision in decisions:
        for subject in decision.subjects:
            yield subject.reader, subject.item


def _versions(ledger: Ledger) -> tuple[tuple[str, str, bytes], ...]:
    named = _understood(ledger, "item", lambda r: (str(r["reader"]), str(r["original"])))
    return tuple((reader, item, ledger.original(item)) for reader, item in sorted(set(named)))


def _understood(ledger: Ledger, kind: str, read: Callable[[Mapping[str, Any]], T]) -> tuple[T, ...]:
    """Read the entries of one kind; one that is whole and still not understood breaks the ledger."""
    found = []
    for entry in ledger.entries(kind):
        try:
            found.append(read(entry.record))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise LedgerError(
                f"entry {entry.seq} of the ledger is no {kind} that can be read",
                "keep the ledger as it is, and ask whoever wrote that entry",
                details=[f"first broken entry: {entry.seq}", f"cause: {error!r}"],
            ) from error
    return tuple(found)


def _begun(record: Mapping[str, Any]) -> Problem:
    """Say in every report that the ledger was begun anew: decisions of the old one count no longer."""
    after = record["after"]
    old = (
        f"after {int(after['size'])} entries, root {after['root']}" if after else "no old one known"
    )
    return Problem(
        severity=Severity.NOTICE, file="the ledger",
        message=f"begun anew ({old}), because: {record['because']}",
        advice="what people decided in the old ledger counts no longer; decide it again",
    )  # fmt: skip


def _erased(record: Mapping[str, Any]) -> Problem:
    """Say in every report that words were erased: where they stood, when, and why."""
    entries = ", ".join(str(int(seq)) for seq in record["entries"])
    return Problem(
        severity=Severity.NOTICE, file="the ledger",
        message=f"the words of entries {entries} were erased by two people ({record['at']}), because: {record['because']}",
        advice="compare with an earlier run (truceline diff): what only these entries said counts no longer, and without a"
        " denial or a sighting a finding may rise or a day look quiet; evidence can be entered again without the words",
    )  # fmt: skip


def _restored(record: Mapping[str, Any]) -> Problem:
    """Say in every report that a copy was restored that was behind what had been seen."""
    return Problem(
        severity=Severity.NOTICE, file="the ledger",
        message=f"restored from a copy of {int(record['size'])} entries, although {int(record['seen_size'])} had been seen"
        f" (root {record['seen_root']}), because: {record['because']}",
        advice="what came in between is lost: enter the evidence again, and decide again; reports issued in between rest on what is gone",
    )  # fmt: skip


def _closed(record: Mapping[str, Any]) -> Problem:
    """Say in every report that the mission has ended."""
    return Problem(
        severity=Severity.NOTICE, file="the ledger",
        message=f"closed by {' and '.join(map(str, record['by']))} ({record['at']}), because: {record['because']}",
        advice="nothing can be added to it; a mission that goes on begins a new ledger (truceline ledger new)",
    )  # fmt: skip


_KEYS = {
    KeyEvent.ROTATED: "two people replaced the key that signs its heads",
    KeyEvent.REVOCATION_PROPOSED: "one person revoked the key that signs its heads, as lost or stolen",
    KeyEvent.REVOKED: "a second person confirmed that the key was revoked",
}


def _rekeyed(said: str, record: Mapping[str, Any]) -> Problem:
    """Say in every report that the key changed: what the old one signs counts no longer."""
    return Problem(
        severity=Severity.NOTICE, file="the ledger",
        message=f"{said} ({record['at']}), because: {record['because']}",
        advice=f"it became {record['key']}: compare it with what the mission gave you by another way",
    )  # fmt: skip


def _replies(ledger: Ledger) -> dict[str, bytes]:
    """Give one recorded reply to each request: of several the least hash, whichever came first."""
    best: dict[str, str] = {}
    pairs = _understood(ledger, LLM_REPLY, lambda r: (str(r["request"]), str(r["original"])))
    for request, original in pairs:
        best[request] = min(original, best.get(request, original))
    return {request: ledger.original(original) for request, original in best.items()}


def enter_decision(
    folder: Path, origin: str, make: Callable[[Sequence[Decision]], Decision]
) -> Decision:
    """Make a decision of those there are and enter it, in one step: two at once cannot both propose."""
    made: list[Decision] = []

    def prepared(entries: Iterator[Entry]) -> Prepared:
        earlier = [decision_from(e.record) for e in entries if e.kind == "decision"]
        made.append(make(earlier))
        return prepare([decision_record(made[0])], ())

    with Ledger.open(folder, origin=origin) as ledger:
        ledger.append_made(prepared)
    return made[0]
