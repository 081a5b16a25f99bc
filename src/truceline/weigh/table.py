"""Occurrence as a truth table: which origins stand behind an event, and what that gives.

`TABLE` is the whole law. A row holds where its needs are met; the finding takes the highest status of the rows
that hold. What contradicts caps it. A mission may lower what a row gives, never raise it. The page
`docs/method/table.md` is written from this module, and each row has its own test.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from truceline.model.acts import Act, is_kind_of
from truceline.model.finding import GIVES, LADDER, Alternative, Occurrence, TableRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# More than two of a kind change nothing.
MOST = 2
# Acts that leave traces which a look at the place finds: craters, fragments, damage, mines, works of earth.
# Who looked and found nothing speaks against these; it says little of gunfire or of an overflight.
LEAVES_TRACES = (
    Act.INDIRECT_FIRE, Act.AIR_STRIKE, Act.UAV_STRIKE, Act.ATTACK_ON_MEDICAL, Act.MINE_LAYING,
    Act.EXPLOSION, Act.DAMAGE_TO_CIVILIAN_OBJECT, Act.FORTIFICATION, Act.TERRITORIAL_CONTROL,
)  # fmt: skip


def leaves_traces(acts: Iterable[Act]) -> bool:
    """Answer whether every one of some acts leaves traces at the place; none known, none expected."""
    known = tuple(acts)
    return bool(known) and all(any(is_kind_of(a, kind) for kind in LEAVES_TRACES) for a in known)


class Admission(StrEnum):
    """Whether the side that acted says so itself, by a channel that may carry it (ceiling 2)."""

    NONE = "none"
    HEDGED = "hedged"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What stands behind an event: independent origins by how they know, each counted once, 0 to 2.

    `looks` are bodies without an interest that looked at the place itself with access of their own and say act,
    place and time; `glances` looked otherwise; `examined` saw material of it; `materials` counts those of
    them that surely had different material; `vouching` do not say how they know. `roots` counts all that
    say the event happened, and `seconded` answers whether another of them says the same act as a look.
    `undetermined`: a body without an interest could not determine it, or monitors still inquire; `found_nothing`: a look
    found nothing of an act that leaves traces; `withdrawn`: everybody who said it took it back.
    """

    admission: Admission = Admission.NONE
    monitors: int = 0
    looks: int = 0
    glances: int = 0
    examined: int = 0
    materials: int = 0
    vouching: int = 0
    interested: int = 0
    unknown: int = 0
    seconded: bool = False
    mirrored: bool = False
    found_nothing: bool = False
    undetermined: bool = False
    withdrawn: bool = False

    @property
    def disinterested(self) -> int:
        """How many origins without an interest say that it happened."""
        return self.monitors + self.looks + self.glances + self.examined + self.vouching

    @property
    def roots(self) -> int:
        """How many independent origins say that it happened."""
        return self.disinterested + self.interested + self.unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: what it is called, what it needs in words and as a test; `GIVES` says what it gives."""

    name: TableRow
    sentence: str
    holds: Callable[[Features], bool]


TABLE: tuple[Row, ...] = (
    Row(
        name=TableRow.ADMITTED,
        sentence="the side that acted says so itself, plainly, on its own channel or through relays of no camp",
        holds=lambda f: f.admission is Admission.PLAIN,
    ),
    Row(
        name=TableRow.MONITORS_LOOKED,
        sentence="monitors of the mission, or monitors that the agreement names, perceived it themselves",
        holds=lambda f: f.monitors > 0,
    ),
    Row(
        name=TableRow.LOOKED_AND_SECONDED,
        sentence="a body without an interest looked at the place itself, with access of its own, and says act, "
        "place and time; a second origin says the same",
        holds=lambda f: f.looks > 0 and f.seconded,
    ),
    Row(
        name=TableRow.EXAMINED_TWICE,
        sentence="two bodies without an interest each examined material of it, and not the same material",
        holds=lambda f: f.materials >= MOST,
    ),
    Row(
        name=TableRow.TWO_ORIGINS,
        sentence="two independent origins say that it happened, and one of them has no interest in it",
        holds=lambda f: f.disinterested > 0 and f.disinterested + f.interested >= MOST,
    ),
    Row(
        name=TableRow.LOOKED_ONCE,
        sentence="one body without an interest looked",
        holds=lambda f: f.looks + f.glances > 0,
    ),
    Row(
        name=TableRow.EXAMINED_ONCE,
        sentence="one body without an interest examined material of it",
        holds=lambda f: f.examined > 0,
    ),
    Row(
        name=TableRow.ADMITTED_WITH_A_HEDGE,
        sentence="the side that acted says so itself, with a hedge",
        holds=lambda f: f.admission is Admission.HEDGED,
    ),
    Row(
        name=TableRow.VOUCHED_FOR,
        sentence="one body without an interest says that it happened, not how it knows",
        holds=lambda f: f.vouching > 0,
    ),
    Row(
        name=TableRow.MIRRORED,
        sentence="both sides tell of it, each naming the other",
        holds=lambda f: f.mirrored,
    ),
    Row(
        name=TableRow.INTERESTED_ONLY,
        sentence="only those say so who have an interest in it, or speakers whom nobody knows",
        holds=lambda f: f.interested + f.unknown > 0,
    ),
    Row(
        name=TableRow.TAKEN_BACK,
        sentence="everybody who said so took it back",
        holds=lambda f: f.withdrawn,
    ),
    Row(
        name=TableRow.NOBODY,
        sentence="nobody says that it happened",
        holds=lambda _: True,
    ),
)  # fmt: skip
FOUND_NOTHING = (
    "looked at the place with access of their own and found nothing, and such an act leaves traces"
)
UNDETERMINED = "could not determine it, or still inquire: what would be corroborated is plausible"
OPEN_CAP = Occurrence.PLAUSIBLE
CAP = Occurrence.UNSUBSTANTIATED
Tighter = tuple[tuple[TableRow, Occurrence], ...]


def rank(occurrence: Occurrence) -> int:
    """Give the place of a status on the ladder, 0 for `unassessed`."""
    return LADDER.index(occurrence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What the table gives: the row that applied, the status, whether something contradicts it, the origins."""

    row: Row
    status: Occurrence
    contradicted: bool
    roots: int


@cache
def weigh(features: Features, tighter: Tighter = ()) -> Weight:
    """Give the row that gives most, lowered where the mission says so and capped by what contradicts."""
    lowered = {**GIVES, **dict(tighter)}
    holding = [(row, lowered[row.name]) for row in TABLE if row.holds(features)]
    row, status = max(holding, key=lambda found: rank(found[1]))
    if features.undetermined and status is Occurrence.CORROBORATED:
        status = OPEN_CAP
    contradicted = features.found_nothing or features.withdrawn
    if contradicted:
        status = min(status, CAP, key=rank)
    return Weight(row=row, status=status, contradicted=contradicted, roots=features.roots)


def proposed(features: Features, status: Occurrence) -> Occurrence | None:
    """Give what only people may say, where it is for them to say it; the reasons stand with the finding."""
    if features.found_nothing:
        return Occurrence.REFUTED
    if features.undetermined and rank(status) <= rank(OPEN_CAP):
        return Occurrence.CANNOT_BE_DETERMINED
    return None


def strength(status: Occurrence, weight: Weight) -> int:
    """Give an order of findings: ten for each rung of the ladder, and one for each independent origin, up to nine.

    It sorts and measures nothing; a finding that is contradicted comes last on its rung.
    """
    return 10 * rank(status) + (0 if weight.contradicted else min(weight.roots, 9))


def strongest(status: Occurrence) -> int:
    """Give the highest strength of a rung."""
    return 10 * rank(status) + 9


def _one_more(name: str, *, seconded: bool = False) -> Callable[[Features], Features]:
    def apply(features: Features) -> Features:
        known = features.disinterested + features.interested > 0
        second = features.seconded or features.looks > 0 or (seconded and known)
        more = replace(features, withdrawn=False, seconded=second)
        return replace(more, **{name: min(getattr(features, name) + 1, MOST)})

    return apply


# The smallest first.
MORE: tuple[tuple[str, Callable[[Features], Features]], ...] = (
    ("one body without an interest that says so", _one_more("vouching")),
    (
        "one body without an interest that examined material of it, other than any examined before",
        lambda f: _one_more("materials")(_one_more("examined")(f)),
    ),
    (
        "one body without an interest that looked at the place itself, with access of its own",
        _one_more("looks", seconded=True),
    ),
    (
        "a plain admission by the side that acted, on its own channel",
        lambda f: replace(f, admission=Admission.PLAIN, withdrawn=False),
    ),
)
_NOT_COUNTED = "a reason not to count the look that found nothing"


def would_raise(features: Features, tighter: Tighter = ()) -> Iterator[Alternative]:
    """Give the smallest origin more that would give a higher status, and the smallest for each one above."""
    best = rank(weigh(features, tighter).status)
    steps = (
        [(_NOT_COUNTED, lambda f: replace(f, found_nothing=False))]
        if features.found_nothing
        else MORE
    )
    for words, apply in steps:
        status = weigh(apply(features), tighter).status
        if rank(status) > best:
            best = rank(status)
            yield Alternative(words=words, gives=status)
