"""`truceline score linking`: how well claims are put together, beside the trivial baseline, clean and rough."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from truceline.errors import MissionError
from truceline.evaluate.measures import Labels, Scores, Share, b_cubed, pairwise, right_pairs
from truceline.evaluate.roughen import Row, roughen
from truceline.evaluate.scoring import baseline, labels_of, project, rows_of, shipped
from truceline.link import lifts
from truceline.store.door import GOLD, read_inside
from truceline.terms import open_mission
from truceline.text.names import split_list

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
    from pathlib import Path

    from truceline.model.mission import Mission
    from truceline.model.report import Assessment

_HALF = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the result: who was scored on what, pairwise and by item; `lifting` are pairs that could lift a finding."""

    data: str
    engine: str
    pairs: Scores
    items: Scores
    lifting: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Rough:
    """Mean errors (1 - B³ F and 1 - pairwise F) over seeds, ours and the better baseline's; pairs that could lift."""

    data: str
    seeds: int
    ours_items: float
    baseline_items: float
    ours_pairs: float
    baseline_pairs: float
    worst_ratio: float
    lifting: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirrors:
    """Labelled mirror pairs: how many were found, or are listed for people; engagements, and which no label knows."""

    labelled: int
    found: int
    listed: int
    candidates: int
    engagements: int
    unlabelled: int
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreCard:
    """Everything `truceline score linking` prints of one mission."""

    mission: str
    clean: tuple[Line, ...]
    rough: tuple[Rough, ...]
    mirrors: Mirrors

    @property
    def below(self) -> tuple[str, ...]:
        """Name the data on which GROUP BY makes the smaller B³ error, on average over seeds."""
        ours, theirs = (line.items.f for line in self.clean[:2])
        rough = (r.data for r in self.rough if r.ours_items > r.baseline_items)
        return (*(("clean",) if ours < theirs else ()), *rough)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copy:
    """A seeded rough copy: its name, and what it makes of rows and mission."""

    data: str
    make: Callable[[list[Row], Mission, int], tuple[list[Row], Mission]]


def score(folder: Path, seeds: int, progress: Callable[[str], None]) -> ScoreCard:
    """Score linking as it is shipped, texts included, and the coded rows alone over seeded rough copies."""
    mission, _ = open_mission(folder)
    rows = rows_of(folder, mission)
    events, topics = labels_of(rows, topics=False), labels_of(rows, topics=True)
    if not events:
        raise MissionError(
            "no row of the mission's coded claims has a label",
            "fill the column incident_id in some rows; without labels nothing can be scored",
        )
    found = shipped(folder)
    groups, lifters = _groups(found), _lifters(found)
    clean = [
        _line("incidents", "truceline", groups, events, lifters),
        _line("incidents", "GROUP BY day, first place, act", baseline(rows), events, lifters),
        _line("incidents", "each claim alone", {name: name for name in events}, events, lifters),
        _line("topics", "truceline", groups, topics, lifters),
    ]
    return ScoreCard(
        mission=mission.id, clean=tuple(clean), mirrors=_mirrors(folder, found, rows),
        rough=tuple(_rough(copy, rows, mission, (seeds, progress)) for copy in _COPIES),
    )  # fmt: skip


def _fifth(rows: list[Row], mission: Mission, seed: int) -> tuple[list[Row], Mission]:
    return roughen(rows, mission, seed), mission


def _no_text(rows: list[Row], mission: Mission, seed: int) -> tuple[list[Row], Mission]:
    return roughen([{**row, "paraphrase": ""} for row in rows], mission, seed), mission


def _half_gazetteer(rows: list[Row], mission: Mission, seed: int) -> tuple[list[Row], Mission]:
    """Take away half of the places that the mission knows, as where nobody has mapped a region yet."""
    entries = mission.gazetteer
    kept = random.Random(seed).sample(entries, len(entries) // _HALF)  # noqa: S311  no secret hangs on it
    ids = {entry.id for entry in kept}
    left = (
        replace(entry, within=tuple(w for w in entry.within if w in ids))
        for entry in entries
        if entry.id in ids
    )
    return rows, replace(mission, gazetteer=tuple(left))


_COPIES = (
    _Copy(data="a fifth missing", make=_fifth),
    _Copy(data="and no text", make=_no_text),
    _Copy(data="half the gazetteer", make=_half_gazetteer),
)


def _groups(assessment: Assessment) -> dict[str, Hashable]:
    names = {claim.id: claim.external_id or claim.id for claim in assessment.claims}
    return {names[m]: group.id for group in assessment.groups for m in group.members}


def _lifters(assessment: Assessment) -> frozenset[str]:
    return frozenset(c.external_id or c.id for c in assessment.claims if lifts(c))


def _line(
    data: str, engine: str, groups: Mapping[str, Hashable], labels: Labels, lifters: frozenset[str]
) -> Line:
    return Line(
        data=data, engine=engine, pairs=pairwise(groups, labels), items=b_cubed(groups, labels),
        lifting=right_pairs(groups, labels, lifters),
    )  # fmt: skip


def _rough(
    copy: _Copy, rows: list[Row], mission: Mission, runs: tuple[int, Callable[[str], None]]
) -> Rough:
    seeds, progress = runs
    labels = labels_of(rows, topics=False)
    errors: list[tuple[float, float, float, float]] = []
    lifting = Share(right=0, of=0)
    for seed in range(seeds):
        rough, of = copy.make(rows, mission, seed)
        found = project(rough, of)
        groups = _groups(found)
        # The stronger of two baselines: empty cells together, as SQL does, or alone.
        plain = [baseline(rough), baseline(rough, empty_alone=True)]
        errors.append((
            1 - b_cubed(groups, labels).f,
            min(1 - b_cubed(p, labels).f for p in plain),
            1 - pairwise(groups, labels).f,
            min(1 - pairwise(p, labels).f for p in plain),
        ))  # fmt: skip
        lifting += right_pairs(groups, labels, _lifters(found))
        progress(f"rough copy ({copy.data}) {seed + 1} of {seeds}")
    means = [sum(column) / seeds for column in zip(*errors, strict=True)]
    return Rough(
        data=copy.data, seeds=seeds, ours_items=means[0], baseline_items=means[1],
        ours_pairs=means[2], baseline_pairs=means[3],
        worst_ratio=max(ours / theirs if theirs else float(ours > 0) for ours, theirs, _, _ in errors),
        lifting=lifting,
    )  # fmt: skip


def _mirrors(folder: Path, found: Assessment, rows: Iterable[Row]) -> Mirrors:
    """Compare engagements with the labelled mirror pairs of `labels/mirrors.csv`."""
    file = "labels/mirrors.csv"
    pairs: set[frozenset[str]] = set()
    if (folder / file).exists():
        listed = csv.DictReader(io.StringIO(read_inside(folder, file, GOLD).decode("utf-8")))
        pairs = {frozenset((r["incident_a"], r["incident_b"])) for r in listed}
    true_of = {r["claim_id"]: split_list(r.get("incident_id", "")) for r in rows}
    claims = {c.id: true_of.get(c.external_id or "", ()) for c in found.claims}
    members = {i.id: {t for m in i.members for t in claims[m]} for i in found.incidents}
    joined = [[members[i] for i in e.incidents] for e in found.engagements]
    hit = {p for p in pairs if any(_spans(p, sides) for sides in joined)}
    pending = {frozenset((i.id, other)) for i in found.incidents for other in i.may_mirror}
    told = [[members[i] for i in sorted(two)] for two in pending]
    among = {p for p in pairs - hit if any(_spans(p, sides) for sides in told)}
    wrong = [sides for sides in joined if not any(_spans(p, sides) for p in pairs)]
    return Mirrors(
        labelled=len(pairs), found=len(hit), listed=len(among), candidates=len(pending), engagements=len(joined), unlabelled=len(wrong),
        wrong=tuple(sorted(" with ".join(sorted(map(_sides, sides))) for sides in wrong)),
    )  # fmt: skip


def _sides(labels: set[str]) -> str:
    return "/".join(sorted(labels)) or "an unlabelled incident"


def _spans(pair: frozenset[str], sides: Sequence[set[str]]) -> bool:
    """Answer whether the two incidents of a pair stand on different sides of one engagement."""
    a, b = sorted(pair)
    return any(a in x and b in y for x in sides for y in sides if x is not y)
