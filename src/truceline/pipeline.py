"""The seven calls, in order: the file to read first.

    collect → record → read → link → weigh → judge → report

`gather` collects and records; `assess` is a pure function from the gathered items to an
`Assessment`; the report stage writes that to files. Stages never call each other.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import truceline
from truceline.collect import collect, evidence_of, repeated_ids
from truceline.errors import MissionError, TrucelineError, UsageError
from truceline.judge import judge
from truceline.link import link_claims
from truceline.model.evidence import Arrival, Claim
from truceline.model.problem import Problem, Refused, Severity, problem_order
from truceline.model.report import Assessment, Edition
from truceline.read import TextsRead, read_claims, read_texts
from truceline.record.enter import enter
from truceline.record.kept import LLM_REPLY, enter_decision, kept
from truceline.record.ledger import Ledger
from truceline.record.place import origin_of
from truceline.record.withheld import split, withdrawn
from truceline.review import Version, World, about, renewed, rulings, subjects_of
from truceline.store import snapshot
from truceline.store.canonical import sha256_hex
from truceline.terms import asked_instant, known_at, mission_files, mission_of, usable
from truceline.terms.watched import with_tables
from truceline.weigh import as_released, findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from truceline.model.decision import Decision, Ruling
    from truceline.model.evidence import EvidenceFile, Item
    from truceline.model.mission import Mission
    from truceline.read.llm import Exchange

TEXT, CODED = "text", "coded_claims"
STAGES = ("collect", "terms", "model", "text", "read", "link", "weigh", "judge", "review")


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


def assess(gathered: Gathered, cut: Cut, edition: Edition = Edition.DRAFT) -> Assessment:
    """Project the items visible at the cut-off to claims, incidents, findings and judgements.

    The released edition holds back what awaits two people, and judges what is left.
    """
    mission = gathered.mission
    dated = [a for a in gathered.arrivals if a.item.published is not None]
    visible = [a for a in dated if a.item.published and a.item.published <= cut.instant]
    excluded = tuple(a.item for a in gathered.arrivals if a.item.published is None)
    claims, texts, unread = _read(visible, gathered)
    decisions = gathered.decisions
    if decisions:
        decisions = renewed(decisions, _world(gathered, claims, visible))
    decided, proposals, void = rulings(decisions, mission.people)
    in_force = tuple(ruling for ruling in decided if not ruling.changed)
    renewals = tuple(ruling for ruling in decided if ruling.changed)
    by_id = {claim.id: claim for claim in claims}
    linked = link_claims(claims, in_force, mission)
    found = findings(linked.incidents, by_id, in_force, (mission, method()), linked.engagements)
    if edition is Edition.RELEASED:
        found = tuple(as_released(finding, mission) for finding in found)
    refused = (*gathered.refused, *_not_read(texts.problems))
    known = with_tables(
        known_at(mission, cut.instant), ((a.item.reader, a.item.content) for a in visible)
    )
    bindings, judgements = judge(
        linked.incidents, found, by_id, (known, cut.instant), in_force, refused=bool(refused)
    )
    problems = {*gathered.problems, *unread, *void, *_undated(gathered), *_to_renew(renewals)}
    return Assessment(
        mission=known, method=method(),
        items_digest=digest(_rests_on(visible, excluded, texts.replies, gathered.archives)),
        as_of=cut.instant, as_of_text=cut.text,
        claims=claims, groups=linked.groups, incidents=linked.incidents,
        engagements=linked.engagements, findings=found, bindings=bindings, judgements=judgements,
        rulings=in_force, proposals=proposals, renewals=renewals,
        problems=tuple(sorted(problems, key=problem_order)),
        excluded=excluded, later=len(dated) - len(visible),
        repetitions=texts.repetitions, doubts=texts.doubts, refused=tuple(sorted(refused)), archived=_archived(visible, gathered.archives), edition=edition,
    )  # fmt: skip


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


def _rests_on(
    visible: Sequence[Arrival], excluded: Sequence[Item], replies: Sequence[str],
    archives: Mapping[str, str],
) -> Iterable[str]:  # fmt: skip
    """Name all that a projection rests on: items, replies, and the copies of pages."""
    items = [*(a.item.id for a in visible), *(i.id for i in excluded)]
    return (*items, *replies, *(f"{i} {archives[i]}" for i in items if i in archives))


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


@cache
def method() -> str:
    """Name the method: engine version and a digest of all rules and data that can change a finding.

    Every file of the stages counts, in whatever sub-package; what a data pack holds counts for the mission's
    version.
    """
    total = hashlib.sha256()
    for name, content in sorted(method_files().items()):
        total.update(f"{name}\0".encode() + content)
    return f"truceline {truceline.__version__} {total.hexdigest()[:16]}"


def method_files() -> dict[str, bytes]:
    """Give the files that the method is named by, as they are installed."""
    root = files("truceline")
    return {name: content for stage in STAGES for name, content in _inside(root / stage, stage)}


def _inside(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for part in folder.iterdir():
        name = f"{path}/{part.name}"
        if part.is_dir():
            if part.name != "__pycache__":
                yield from _inside(part, name)
        else:
            yield name, part.read_bytes()


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


def claims_of(subject: str, folder: Path, gathered: Gathered) -> tuple[str, ...]:
    """Find the claims that a person means: an incident, claims, or the coders' ids, `,` between.

    Raises UsageError when a word names nothing.
    """
    dated = [a for a in gathered.arrivals if a.item.published is not None]
    claims, _, _ = _read(dated, gathered)
    found: list[str] = []
    for word in (part.strip() for part in subject.split(",") if part.strip()):
        members = _named(word, claims) or _incident(word, folder, gathered)
        if not members:
            raise UsageError(
                f"{word!r} names no incident of an earlier run and no claim of this mission",
                f"use an id of incidents.json, of claims.jsonl, or an external id{_such_as(claims)}",
            )
        found += members
    if not found:
        raise UsageError("the subject names nothing", "name an incident or claims")
    return tuple(sorted(set(found)))


def _such_as(claims: Sequence[Claim]) -> str:
    """Name a coder's id of the mission's own, where it has one."""
    known = sorted(c.external_id for c in claims if c.external_id)
    return f" such as {known[0]}" if known else ""


def _named(word: str, claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(c.id for c in claims if word in {c.id, c.external_id})


def _incident(word: str, folder: Path, gathered: Gathered) -> tuple[str, ...]:
    """Look the incident up in earlier runs, then in a run without a cut-off."""
    if members := snapshot.find(folder, gathered.mission.id, word):
        return members
    try:
        everything = assess(gathered, cut_off(None, gathered))
    except TrucelineError:
        return ()
    return next((i.members for i in everything.incidents if i.id == word), ())
