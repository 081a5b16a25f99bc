"""Do two coders agree? Cohen's kappa, column by column, over the rows that both coded."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.collect.coded_claims import COLUMNS, LATER
from truceline.errors import UsageError
from truceline.store.door import GOLD, read_named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_KEY = "claim_id"
# What a coder copies from the page or writes freely is no decision between categories.
_FREE = frozenset({_KEY, "url", "pub_date", "outlet", "paraphrase", "archive", "material"})
JUDGED = tuple(name for name in (*COLUMNS, *LATER) if name not in _FREE)
Row = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far two coders agree on one column: rows compared, rows that agree, and kappa.

    `kappa` is None where it is not defined: no row, or one and the same word throughout.
    """

    column: str
    n: int
    agreed: int
    kappa: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two tables compared: agreement by column, and the rows that stand in one of them only."""

    agreements: tuple[Agreement, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]


def compare(first: Path, second: Path) -> Compared:
    """Compare two tables of coded claims by `claim_id`; raises UsageError for what is no such table."""
    a, b = _rows(first), _rows(second)
    both = sorted(a.keys() & b.keys())
    if not both:
        advice = "name two codings of the same rows, with the same claim_id"
        raise UsageError(f"{first} and {second} have no claim_id in common", advice)
    return Compared(
        agreements=tuple(_agreement(c, [(a[k], b[k]) for k in both]) for c in JUDGED),
        only_first=tuple(sorted(a.keys() - b.keys())),
        only_second=tuple(sorted(b.keys() - a.keys())),
    )


def _rows(path: Path) -> dict[str, Row]:
    try:
        text = read_named(path, GOLD).decode("utf-8-sig")
        table = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except (ValueError, csv.Error) as error:
        raise UsageError(f"{path} is no table: {error}", "save it as CSV, UTF-8") from error
    found: dict[str, Row] = {}
    for number, row in enumerate(table, 2):
        name = (row.get(_KEY) or "").strip()
        if not name or name in found:
            what = f"{name!r} stands twice" if name else "the claim_id is empty"
            advice = "give each row an id of its own, the same in both tables"
            raise UsageError(f"{path}, row {number}: {what}", advice)
        found[name] = {key: (value or "").strip() for key, value in row.items() if key}
    return found


def _agreement(column: str, pairs: Sequence[tuple[Row, Row]]) -> Agreement:
    coded = [(_word(a, column), _word(b, column)) for a, b in pairs]
    agreed = sum(a == b for a, b in coded)
    return Agreement(column=column, n=len(coded), agreed=agreed, kappa=kappa(coded))


def _word(row: Mapping[str, str], column: str) -> str:
    """Give what a cell says: lists in any order are one answer, an empty cell is one too."""
    return ";".join(sorted(part.strip() for part in row.get(column, "").split(";")))


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Give Cohen's kappa (1960): agreement beyond what chance gives with each coder's own habits."""
    total = len(pairs)
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(left[word] * right[word] for word in left)
    if not total or chance == total * total:
        return None
    observed = sum(a == b for a, b in pairs) / total
    expected = chance / (total * total)
    return (observed - expected) / (1 - expected)
