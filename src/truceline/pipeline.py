"""The seven calls, in order: the file to read first.

    collect → record → read → link → weigh → judge → report

`gather` collects and records; `assess` is a pure function from the gathered items to an
`Assessment`; the report stage writes that to files. Stages never call each other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.collect import collect, evidence_of, repeated_ids
from truceline.errors import MissionError, TrucelineError, UsageError
from truceline.judge import judge
from truceline.link import link_claims
from truceline.model.decision import NAME_VERDICTS
from truceline.model.evidence import Arrival, Claim
from truceline.model.problem import Problem, Refused, Severity, problem_order
from truceline.model.report import Assessment, Edition
from truceline.read import TextsRead, read_claims, read_texts
from truceline.read.left_out import left_out, sources_named
from truceline.record.enter import enter
from truceline.record.kept import LLM_REPLY, enter_decision, kept
from truceline.record.ledger import Ledger
from truceline.record.place import origin_of
from truceline.record.withheld import split, withdrawn
from truceline.report.masking import without_private_names
from truceline.review import Version, World, about, renewed, rulings, subjects_of
from truceline.store import snapshot
from truceline.store.canonical import sha256_hex
from truceline.store.method import method
from truceline.terms import asked_instant, known_at, mission_files, mission_of, usable
from truceline.terms.watched import with_tables
from truceline.weigh import as_released, findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from truceline.model.decision import Decision, Ruling
    from truceline.model.evidence import EvidenceFile, Item
    from truceline.model.mission import Mission
    from truceline.read.llm import Exchange

TEXT, CODED = "text", "coded_claims"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Everything a projection depends on: mission, items, people's decisions, a model's replies."""

    mission: Mission
    arrivals: tuple[Arrival, ...]
    decisions: tuple[Decision, ...]
    problems: tuple[Problem, ...]
    ledger: Mapping[str, object]
    replies: Mapping[str, bytes] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    archives: Mapping[str, str] = field(default_factory=dict)
    versions: tuple[tuple[str, str, bytes], ...] = ()
    erased: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The cut-off on the publication clock, with the words it was given in."""

    instant: datetime
    text: str


def gather(folder: Path, added: Sequence[EvidenceFile] = (), *, record: bool = True) -> Gathered:
    """Collect the mission's evidence and what was added for this run; record the mission's part.

    With `record=False` nothing is written; an existing ledger is still read for decisions.
    """
    files, not_let_in = mission_files(folder)
    mission, problems = usable(folder, mission_of(folder, files, not_let_in))
    own = [collect(file, mission) for file in evidence_of(mission, folder)]
    extra = [collect(file, mission) for file in added]
    state, warnings = enter(folder, origin_of(mission), files, own) if record else ({}, ())
    every_one = _distinct(a for c in (*own, *extra) for a in c.arrivals)
    back = kept(folder, replies=mission.second_coder is not None, checked=record,
                named={(a.item.reader, a.item.id) for a in every_one})  # fmt: skip
    arrivals, erased = split(every_one, back.erased)
    every = [
        *problems,
        *(p for c in (*own, *extra) for p in c.problems),
        *repeated_ids(arrivals),
        *withdrawn(back.items, own),
        *back.begun,
        *erased,
    ]
    return Gathered(
        mission=mission,
        arrivals=arrivals,
        decisions=back.decisions,
        versions=back.versions,
        erased=frozenset(item for _, item in back.erased),
        problems=tuple(sorted(set(every), key=problem_order)),
        ledger=state,
        replies=back.replies,
        warnings=warnings,
        refused=tuple(sorted(r for c in (*own, *extra) for r in c.refused)),
        archives={item: sha256_hex(copy) for c in (*own, *extra) for item, copy in c.archives},
    )


def record_decision(
    folder: Path, gathered: Gathered, make: Callable[[Sequence[Decision]], Decision]
) -> Decision:
    """Make a decision of those in the ledger and enter it there, in one step.

    `make` is given the earlier decisions with what changed in their evidence since.
    """
    dated = [a for a in gathered.arrivals if a.item.published is not None]
    claims, _, _ = _read(dated, gathered)

    def made(earlier: Sequence[Decision]) -> Decision:
        world = _world(gathered, claims, dated)
        decision = make(renewed(earlier, world))
        return about(decision, subjects_of(decision.claims, world))

    return enter_decision(folder, origin_of(gathered.mission), made)


def record_replies(folder: Path, mission: Mission, exchanges: Iterable[Exchange]) -> int:
    """Enter a language model's raw replies into the ledger, each once; give how many were new."""
    from truceline.read.llm import reply_record  # noqa: PLC0415  only where a model was asked

    with Ledger.open(folder, origin=origin_of(mission)) as ledger:
        known = {(e.record["request"], e.record["original"]) for e in ledger.entries(LLM_REPLY)}
        new = {(x.request, sha256_hex(x.raw)): x for x in exchanges}
        fresh = sorted(new.keys() - known)
        records = [reply_record(new[key], key[1]) for key in fresh]
        ledger.append(records, [new[key].raw for key in fresh])
    return len(fresh)


def _distinct(arrivals: Iterable[Arrival]) -> tuple[Arrival, ...]:
    """Keep each item once, whatever files it came in, in the order of item ids."""
    first: dict[str, Arrival] = {}
    for arrival in sorted(arrivals, key=lambda a: (a.item.id, a.file, a.row)):
        first.setdefault(arrival.item.id, arrival)
    return tuple(first.values())


def cut_off(text: str | None, gathered: Gathered) -> Cut:
    """Read the as-of: a bare date counts from 00:00 mission time.

    Without one, the run ends with the last day on which something was published, and counts all of it.

    Raises UsageError for anything else, such as a time without a zone.
    """
    zone = gathered.mission.zone
    if text is None:
        dated = [a.item.published for a in gathered.arrivals if a.item.published]
        if not dated:
            raise _no_date(gathered)
        last = max(dated).astimezone(zone).date()
        end = datetime.combine(last + timedelta(days=1), time(), zone)
        return Cut(instant=end, text=f"{end.isoformat()} (end of {last}, the last day counted)")
    instant = asked_instant(text, gathered.mission, "cut-off")
    return Cut(instant=instant, text=instant.astimezone(zone).isoformat())


def _no_date(gathered: Gathered) -> TrucelineError:
    """Say why there is no last publication: what is wrong with the files comes before any date."""
    if not gathered.refused:
        return UsageError(
            "no item has a publication date", f"give --as-of {gathered.mission.report_from}"
        )
    return MissionError(
        "no evidence could be read, so there is nothing to report on",
        "mend the files named above; nothing of them was recorded",
        details=[str(p) for p in gathered.problems if p.severity is Severity.ERROR],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visible:
    """What is visible at a cut-off: arrivals and what was read in them; items without a date; how many came later."""

    arrivals: Sequence[Arrival]
    excluded: tuple[Item, ...]
    later: int
    claims: tuple[Claim, ...]
    texts: TextsRead
    unread: tuple[Problem, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """The items, in the order of their ids."""
        return _in_order(a.item for a in self.arrivals)


def _visible(gathered: Gathered, cut: Cut) -> _Visible:
    dated = [a for a in gathered.arrivals if a.item.published is not None]
    visible = [a for a in dated if a.item.published and a.item.published <= cut.instant]
    claims, texts, unread = _read(visible, gathered)
    return _Visible(
        arrivals=visible, later=len(dated) - len(visible), claims=claims, texts=texts, unread=unread,
        excluded=_in_order(a.item for a in gathered.arrivals if a.item.published is None),
    )  # fmt: skip


def _in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: item.id))


def assess(
    gathered: Gathered, cut: Cut, edition: Edition = Edition.DRAFT, without: Sequence[str] = ()
) -> Assessment:
    """Project the items visible at the cut-off to claims, incidents, findings and judgements.

    The released edition holds back what awaits two people, and judges what is left. A trial leaves out what the sources
    named `without` said or passed on; UsageError where one is no source of the mission.
    """
    mission, seen = gathered.mission, _visible(gathered, cut)
    absent = sources_named(without, mission)
    gone = {claim.id for claim in left_out(seen.claims, absent)}
    claims = tuple(claim for claim in seen.claims if claim.id not in gone)
    by_id = {claim.id: claim for claim in claims}
    in_force, renewals, proposals, void = _decided(gathered, seen)
    counting = tuple(ruling for ruling in in_force if ruling.verdict not in NAME_VERDICTS)
    linked = link_claims(claims, counting, mission)
    found = findings(linked.incidents, by_id, counting, (mission, method()), linked.engagements)
    if edition is Edition.RELEASED:
        # What people have not decided yet stays inside.
        found = tuple(as_released(finding, mission) for finding in found)
        proposals, renewals, void = (), (), ()
    refused = (*gathered.refused, *_not_read(seen.texts.problems))
    known = _known(mission, cut, seen)
    # What is left out of a trial, like what was refused, leaves no day quiet.
    bindings, judgements = judge(
        linked.incidents, found, by_id, (known, cut.instant), counting, refused=bool(refused or gone)
    )  # fmt: skip
    problems = {*gathered.problems, *seen.unread, *void, *_undated(gathered), *_to_renew(renewals)}
    return without_private_names(Assessment(
        mission=known, method=method(), items_digest=_rests_on(seen, gathered.archives, absent),
        as_of=cut.instant, as_of_text=cut.text, edition=edition, without=absent, left_out=len(gone),
        claims=claims, groups=linked.groups, incidents=linked.incidents,
        engagements=linked.engagements, findings=found, bindings=bindings, judgements=judgements,
        rulings=in_force, proposals=proposals, renewals=renewals,
        problems=tuple(sorted(problems, key=problem_order)), items=seen.items,
        excluded=seen.excluded, later=seen.later, repetitions=seen.texts.repetitions, doubts=seen.texts.doubts,
        refused=tuple(sorted(refused)), archived=_archived(seen.arrivals, gathered.archives),
    ))  # fmt: skip


def _decided(
    gathered: Gathered, seen: _Visible
) -> tuple[tuple[Ruling, ...], tuple[Ruling, ...], tuple[Decision, ...], Iterable[Problem]]:
    """Give what people decided that is in force, what they must renew, what is proposed, and what is void."""
    decisions = gathered.decisions
    if decisions:
        decisions = renewed(decisions, _world(gathered, seen.claims, seen.arrivals))
    decided, proposals, void = rulings(decisions, gathered.mission.people)
    in_force = tuple(ruling for ruling in decided if not ruling.changed)
    return in_force, tuple(ruling for ruling in decided if ruling.changed), proposals, void


def _known(mission: Mission, cut: Cut, seen: _Visible) -> Mission:
    """Give the mission as it was known at the cut-off, with the tables that had arrived."""
    tables = ((a.item.reader, a.item.content) for a in seen.arrivals)
    return with_tables(known_at(mission, cut.instant), tables)


def _world(gathered: Gathered, claims: Sequence[Claim], visible: Sequence[Arrival]) -> World:
    """Give the evidence as it stands, by names that last, to follow decisions to it."""
    standing = [(a.item.reader, a.item.id, a.item.content) for a in gathered.arrivals]
    world = World.of(
        gathered.mission.id,
        _rows(standing),
        _rows(gathered.versions),
        claims,
        ((item for _, item, _ in standing), (a.item.id for a in visible)),
    )
    return replace(world, erased=gathered.erased)


def _rows(items: Iterable[tuple[str, str, bytes]]) -> Iterator[Version]:
    for reader, item, content in items:
        if reader == CODED:
            row = json.loads(content)["row"]
            yield Version(item=item, name=row.get("claim_id", ""), row=row)


def _to_renew(renewals: Iterable[Ruling]) -> Iterable[Problem]:
    """Say which decisions do not count until people renew them, with what they saw and what is now."""
    for ruling in renewals:
        told = "; ".join(
            f"{change.name}: was {change.was}; is now {change.now or 'gone'}"
            for change in ruling.changed
        )
        yield Problem(
            severity=Severity.WARNING, file="the ledger", field=ruling.id,
            message=f"the evidence of the decision {ruling.verdict.value} changed, it does not count: {told}",
            advice="decide again: one person proposes, another approves",
        )  # fmt: skip


def _rests_on(seen: _Visible, archives: Mapping[str, str], absent: Iterable[str]) -> str:
    """Name all that a projection rests on: items, replies, the copies of pages, and which sources a trial leaves out."""
    items = [*(i.id for i in seen.items), *(i.id for i in seen.excluded)]
    copies = (f"{i} {archives[i]}" for i in items if i in archives)
    return digest([*items, *seen.texts.replies, *copies, *(f"without {s}" for s in absent)])


def _archived(visible: Sequence[Arrival], archives: Mapping[str, str]) -> tuple[int, int]:
    """Count the sources, pages or texts, of which the ledger holds a copy, and all of them."""
    held: dict[str, bool] = {}
    for arrival in visible:
        item = arrival.item
        name = item.url or item.id
        held[name] = held.get(name, False) or item.reader == TEXT or item.id in archives
    return sum(held.values()), len(held)


def _not_read(problems: Iterable[Problem]) -> Iterable[Refused]:
    """Name the texts that arrived and could not be read, such as those in a language without words."""
    for problem in problems:
        if problem.severity is Severity.ERROR:
            yield Refused(file=problem.file, rows=None, why=problem.message)


def _read(
    visible: Sequence[Arrival], gathered: Gathered
) -> tuple[tuple[Claim, ...], TextsRead, tuple[Problem, ...]]:
    """Read coded rows and texts into one set of claims, in the order of their ids."""
    coded, unread = read_claims(visible, gathered.mission)
    texts = read_texts(
        [a for a in visible if a.item.reader == TEXT], gathered.mission, gathered.replies
    )
    claims = sorted((*coded, *texts.claims), key=lambda claim: claim.id)
    return tuple(claims), texts, (*unread, *texts.problems)


def _undated(gathered: Gathered) -> Iterable[Problem]:
    """List what no cut-off can hold: by item, since where a row stands must change no output."""
    for arrival in gathered.arrivals:
        if arrival.item.published is None:
            name = arrival.item.external_id or arrival.item.id[:16]
            yield Problem(
                severity=Severity.NOTICE, file="the items", field="pub_date",
                message=f"{name} has no publication date: excluded from every cut-off, and listed",
                advice="find the date of publication",
            )  # fmt: skip


def digest(parts: Iterable[str]) -> str:
    """Name a set of ids: sha256 over them in sorted order, 16 hex digits."""
    return sha256_hex("\n".join(sorted(parts)).encode())[:16]


def kept_as(
    folder: Path, assessment: Assessment, tell: Callable[[str], object], out: Path | None = None
) -> Assessment:
    """Give an assessment as its snapshot holds it, which stays with the mission, or in `out` where it rests on more than the mission has.

    `tell` is given what was wrong with a snapshot that had to be written anew.
    """
    place = (
        snapshot.place_of(folder, assessment) if out is None else out / f"snapshot{snapshot.ENDING}"
    )
    return snapshot.through(place, assessment, tell)


def claims_in(gathered: Gathered) -> tuple[Claim, ...]:
    """Give every claim at hand, whatever the cut-off."""
    claims, _, _ = _read([a for a in gathered.arrivals if a.item.published is not None], gathered)
    return claims
