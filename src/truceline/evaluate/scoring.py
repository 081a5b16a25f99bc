"""`truceline score`: how well claims are put together, beside the trivial baseline, clean and rough."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from truceline.collect import readers
from truceline.collect.coded_claims import LABELS
from truceline.errors import MissionError
from truceline.evaluate.measures import Labels, Scores, b_cubed, pairwise
from truceline.evaluate.roughen import Row, roughen
from truceline.model.evidence import Arrival
from truceline.pipeline import Gathered, assess, cut_off, gather
from truceline.store.door import GOLD, read_inside
from truceline.terms import open_mission
from truceline.text.names import split_list

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
    from pathlib import Path

    from truceline.model.mission import Mission
    from truceline.model.report import Assessment

_TOPICS = ("AGR", "OB", "F")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the result: who was scored on what, pairwise and by item."""

    data: str
    engine: str
    pairs: Scores
    items: Scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Rough:
    """Mean errors (1 - B³ F and 1 - pairwise F) over seeds, ours and the better baseline's."""

    data: str
    seeds: int
    ours_items: float
    baseline_items: float
    ours_pairs: float
    baseline_pairs: float
    worst_ratio: float


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
    """Everything `truceline score` prints."""

    clean: tuple[Line, ...]
    rough: tuple[Rough, ...]
    mirrors: Mirrors


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
    groups = _groups(found)
    clean = [
        _line("incidents", "truceline", groups, events),
        _line("incidents", "GROUP BY day, first place, act", baseline(rows), events),
        _line("incidents", "each claim alone", {name: name for name in events}, events),
        _line("topics", "truceline", groups, topics),
    ]
    rough = [
        _rough("a fifth missing", rows, mission, (seeds, progress)),
        _rough("and no text", [{**r, "paraphrase": ""} for r in rows], mission, (seeds, progress)),
    ]
    return ScoreCard(clean=tuple(clean), rough=tuple(rough), mirrors=_mirrors(folder, found, rows))


def shipped(folder: Path) -> Assessment:
    """Run all of a mission's evidence, as `truceline run` does, without what people decided."""
    gathered = replace(gather(folder, record=False), decisions=())
    return assess(gathered, cut_off(None, gathered))


def rows_of(folder: Path, mission: Mission) -> list[Row]:
    """Give the rows of a mission's coded claims as they stand in its files, labels included."""
    rows: list[Row] = []
    for reader, file in mission.evidence:
        if reader == "coded_claims":
            content = read_inside(folder, file, readers()[reader].kind)
            text = content.decode("utf-8-sig")
            rows += list(csv.DictReader(io.StringIO(text)))
    return rows


def labels_of(rows: Iterable[Row], *, topics: bool) -> Labels:
    """Give the labels of rows that have one: of incidents, or of the other topics."""
    found: Labels = {}
    for row in rows:
        ids = frozenset(split_list(row.get("incident_id", "")))
        if ids and row["pub_date"] and any(i.startswith(_TOPICS) for i in ids) == topics:
            found[row["claim_id"]] = ids
    return found


def project(rows: Sequence[Row], mission: Mission) -> Assessment:
    """Run the stages over rows without their labels, through the reader's own door."""
    out = io.StringIO(newline="")
    columns = [name for name in rows[0] if name not in LABELS]
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    read = readers()["coded_claims"].read("claims.csv", out.getvalue().encode(), mission)
    arrivals = tuple(a for a in read if isinstance(a, Arrival))
    gathered = Gathered(mission=mission, arrivals=arrivals, decisions=(), problems=(), ledger={})
    return assess(gathered, cut_off(None, gathered))


def _groups(assessment: Assessment) -> dict[str, Hashable]:
    names = {claim.id: claim.external_id or claim.id for claim in assessment.claims}
    return {names[m]: group.id for group in assessment.groups for m in group.members}


def baseline(rows: Iterable[Row], *, empty_alone: bool = False) -> dict[str, Hashable]:
    """Put rows together that share day, first place and act, as GROUP BY does (empty equals empty).

    With `empty_alone`, a row whose day or place is empty stands alone instead.
    """
    groups: dict[str, Hashable] = {}
    for row in rows:
        first = next(iter(split_list(row["places"])), "")
        key = (row["t_from_local"][:10], first, row["act"])
        alone = empty_alone and not (key[0] and key[1])
        groups[row["claim_id"]] = row["claim_id"] if alone else key
    return groups


def _line(data: str, engine: str, groups: Mapping[str, Hashable], labels: Labels) -> Line:
    return Line(
        data=data, engine=engine, pairs=pairwise(groups, labels), items=b_cubed(groups, labels)
    )


def _rough(
    data: str, rows: list[Row], mission: Mission, runs: tuple[int, Callable[[str], None]]
) -> Rough:
    seeds, progress = runs
    labels = labels_of(rows, topics=False)
    errors: list[tuple[float, float, float, float]] = []
    for seed in range(seeds):
        copy = roughen(rows, mission, seed)
        groups = _groups(project(copy, mission))
        # The stronger of two baselines: empty cells together, as SQL does, or alone.
        plain = [baseline(copy), baseline(copy, empty_alone=True)]
        errors.append((
            1 - b_cubed(groups, labels).f,
            min(1 - b_cubed(p, labels).f for p in plain),
            1 - pairwise(groups, labels).f,
            min(1 - pairwise(p, labels).f for p in plain),
        ))  # fmt: skip
        progress(f"rough copy ({data}) {seed + 1} of {seeds}")
    means = [sum(column) / seeds for column in zip(*errors, strict=True)]
    return Rough(
        data=data, seeds=seeds, ours_items=means[0], baseline_items=means[1],
        ours_pairs=means[2], baseline_pairs=means[3],
        worst_ratio=max(ours / theirs for ours, theirs, _, _ in errors),
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
