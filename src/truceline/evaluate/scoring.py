"""What scoring rests on: labelled rows, the projection of rows without their labels, and the trivial baseline."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from truceline.collect import readers
from truceline.collect.coded_claims import LABELS
from truceline.evaluate.measures import Labels
from truceline.evaluate.roughen import Row
from truceline.model.evidence import Arrival
from truceline.pipeline import Gathered, assess, cut_off, gather
from truceline.store.door import read_inside
from truceline.text.names import split_list

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from pathlib import Path

    from truceline.model.mission import Mission
    from truceline.model.report import Assessment

_TOPICS = ("AGR", "OB", "F")


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
