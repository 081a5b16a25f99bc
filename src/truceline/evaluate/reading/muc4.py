"""Template scores on MUC-4: the answer key aligned with what was read, slot by slot.

Source of the measures: Chinchor 1992, "MUC-4 Evaluation Metrics" (Proceedings of MUC-4): POSSIBLE =
COR + PAR + INC + MIS, ACTUAL = COR + PAR + INC + SPU, recall = (COR + .5 PAR) / POSSIBLE, precision
= (COR + .5 PAR) / ACTUAL, and F with both weighed alike; the ALL TEMPLATES row, where every fill of
a missing or spurious template counts as missing or spurious. Partial credit follows the MUC-4
guidelines for scoring mismatches, version 7, read strictly ("if in doubt, incorrect").

Where this differs from the official program, so that figures are near to, not equal to, theirs:

- Templates align where the incident type matches at least in part; the official program also wants
  a match of a perpetrator or target string. Types decide first, then the sum of slot credits.
- No person scores mismatches: a location with the wrong place in the right country is partial, as
  is an organisation named in part; a date one day off is incorrect, as in the guidelines.
- A location is right when it names the key's country and its smallest place or places and nothing
  outside the key; the areas between may be left out.
- Organisation confidence is one fill a template, any of the key's values being right, and its
  cross-reference is not scored (the organisation slot is).
- Killed and injured are derived slots of ours (see `muc4_files`); equal ranges are right, ranges
  that meet are partial.
- A prediction of a slot that the key marks optional is scored; none given is not missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from truceline.evaluate.reading.intervals import Figure, f1_figure
from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from truceline.evaluate.reading.intervals import Counts
    from truceline.evaluate.reading.muc4_files import DateRange, Key, Location, Range

PART = 0.5
_TYPE_FIRST = 1000.0
_REQUIRED_FIRST = 0.01
_ACCUSED, _BY_AUTHORITIES = "SUSPECTED OR ACCUSED", "SUSPECTED OR ACCUSED BY AUTHORITIES"


class Slot(StrEnum):
    """The rows of the score; `template` counts whole templates found, missed and made up."""

    TEMPLATE = "template"
    TYPE = "type"
    DATE = "date"
    LOCATION = "location"
    CATEGORY = "category"
    ORGANIZATION = "organization"
    CONFIDENCE = "confidence"
    KILLED = "killed"
    INJURED = "injured"


SINGLE = tuple(slot for slot in Slot if slot not in {Slot.TEMPLATE, Slot.ORGANIZATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """An incident as read: set fills in the key's words, places of any size in any order.

    `date_low` None with a `date_high` means "on or before"; a range's high None means "or more".
    """

    type: str
    date_low: date | None = None
    date_high: date | None = None
    places: tuple[str, ...] = ()
    category: str | None = None
    organizations: tuple[str, ...] = ()
    confidence: str | None = None
    killed: Range | None = None
    injured: Range | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The counts of one slot, and the measures made of them (0 where nothing was counted)."""

    correct: int = 0
    partial: int = 0
    incorrect: int = 0
    spurious: int = 0
    missing: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            correct=self.correct + other.correct,
            partial=self.partial + other.partial,
            incorrect=self.incorrect + other.incorrect,
            spurious=self.spurious + other.spurious,
            missing=self.missing + other.missing,
        )

    @property
    def possible(self) -> int:
        """The fills wanted."""
        return self.correct + self.partial + self.incorrect + self.missing

    @property
    def actual(self) -> int:
        """The fills given."""
        return self.correct + self.partial + self.incorrect + self.spurious

    @property
    def credit(self) -> float:
        """The fills that are right, a partly right one counting half."""
        return self.correct + PART * self.partial

    @property
    def recall(self) -> float:
        """The credit for the fills wanted."""
        return self.credit / self.possible if self.possible else 0.0

    @property
    def precision(self) -> float:
        """The credit for the fills given."""
        return self.credit / self.actual if self.actual else 0.0

    @property
    def f(self) -> float:
        """The harmonic mean of recall and precision."""
        total = self.possible + self.actual
        return 2 * self.credit / total if total else 0.0


Tallies = dict[Slot, Tally]


def score(
    keys: Mapping[str, Sequence[Key]], predictions: Mapping[str, Sequence[Template]]
) -> dict[str, Tallies]:
    """Score every document of the key, in its order; a document without prediction has none.

    Raises KeyError for a prediction of a document the key does not know.
    """
    for name in predictions:
        keys[name]
    return {
        name: score_document(wanted, predictions.get(name, ())) for name, wanted in keys.items()
    }


def totals(documents: Mapping[str, Tallies]) -> Tallies:
    """Add the documents up, slot by slot."""
    return {slot: _sum(found[slot] for found in documents.values()) for slot in Slot}


def overall(tallies: Tallies) -> Tally:
    """Add the slots up (without the row of whole templates)."""
    return _sum(tally for slot, tally in tallies.items() if slot is not Slot.TEMPLATE)


def figures(documents: Mapping[str, Tallies], *, seed: int = 0) -> tuple[Figure, ...]:
    """Give F with its bootstrap interval over documents, for each slot and for all slots."""
    rows: list[tuple[str, list[Tally]]] = [
        (slot.value, [found[slot] for found in documents.values()]) for slot in Slot
    ]
    rows.append(("all slots", [overall(found) for found in documents.values()]))
    return tuple(f1_figure(name, [_counts(t) for t in tally], seed=seed) for name, tally in rows)


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, start=Tally())


def _counts(tally: Tally) -> Counts:
    return tally.credit, float(tally.actual), float(tally.possible)


def score_document(keys: Sequence[Key], found: Sequence[Template]) -> Tallies:
    """Score one document's templates after aligning them with the key's."""
    pairs = align(keys, found)
    used = {n for n in pairs if n is not None}
    parts = [
        _pair(key, None if n is None else found[n]) for key, n in zip(keys, pairs, strict=True)
    ]
    parts += [_spurious(template) for n, template in enumerate(found) if n not in used]
    return {slot: _sum(part[slot] for part in parts) for slot in Slot}


def align(keys: Sequence[Key], found: Sequence[Template]) -> tuple[int | None, ...]:
    """Give each key template the number of the template aligned with it, or None.

    The alignment has the highest sum of type credits, then of slot credits (required templates
    before optional ones). Exact, by dynamic programming over the sets of templates taken: 2^n
    steps for each template found, where the key has n templates (below a dozen here).
    """
    chosen = _assign(len(found), len(keys), lambda row, n: _weight(keys[n], found[row]))
    owner = {n: row for row, n in enumerate(chosen) if n is not None}
    return tuple(owner.get(n) for n in range(len(keys)))


def _assign(rows: int, columns: int, weight: Callable[[int, int], float]) -> tuple[int | None, ...]:
    """Give each row a column of its own, or None, so that the weights add up highest."""

    @cache
    def best(row: int, free: int) -> tuple[float, tuple[int | None, ...]]:
        if row == rows:
            return 0.0, ()
        value, rest = best(row + 1, free)
        choice = (value, (None, *rest))
        for column in range(columns):
            gain = weight(row, column) if free >> column & 1 else 0.0
            if gain > 0:
                value, rest = best(row + 1, free & ~(1 << column))
                if value + gain > choice[0]:
                    choice = (value + gain, (column, *rest))
        return choice

    return best(0, (1 << columns) - 1)[1]


def _weight(key: Key, template: Template) -> float:
    """Weigh a pair for alignment; 0 where the incident types do not match even in part."""
    kind = _type(key, template)
    if not kind:
        return 0.0
    pair = _pair(key, template)
    credit = sum(tally.credit for slot, tally in pair.items() if slot is not Slot.TEMPLATE)
    return _TYPE_FIRST * kind + credit + (0.0 if key.optional else _REQUIRED_FIRST)


def _pair(key: Key, template: Template | None) -> Tallies:
    """Score one key template against the one aligned with it, if any."""
    if template is None:
        if key.optional:
            return dict.fromkeys(Slot, Tally())
        tallies = {slot: Tally(missing=int(_wanted(key, slot))) for slot in SINGLE}
        required = sum(1 for fill in key.organizations if not fill.optional)
        return tallies | {
            Slot.TEMPLATE: Tally(missing=1),
            Slot.ORGANIZATION: Tally(missing=required),
        }
    tallies = {slot: _single(key, template, slot) for slot in SINGLE}
    return tallies | {
        Slot.TEMPLATE: Tally(correct=1),
        Slot.ORGANIZATION: _organizations(key, template),
    }


def _spurious(template: Template) -> Tallies:
    tallies = {slot: Tally(spurious=int(_given(template, slot))) for slot in SINGLE}
    return tallies | {
        Slot.TEMPLATE: Tally(spurious=1),
        Slot.ORGANIZATION: Tally(spurious=len(template.organizations)),
    }


def _single(key: Key, template: Template, slot: Slot) -> Tally:
    """Score a slot that holds one fill."""
    filled, given = _filled(key, slot), _given(template, slot)
    if not (filled and given):
        return Tally(missing=int(_wanted(key, slot)), spurious=int(given))
    credit = _CREDIT[slot](key, template)
    return _tally(credit)


def _tally(credit: float) -> Tally:
    return Tally(correct=int(credit == 1), partial=int(credit == PART), incorrect=int(credit == 0))


def _filled(key: Key, slot: Slot) -> bool:
    """Answer whether the key has a fill of a slot."""
    match slot:
        case Slot.DATE:
            return bool(key.dates)
        case Slot.LOCATION:
            return bool(key.locations)
        case Slot.KILLED:
            return key.killed is not None
        case Slot.INJURED:
            return key.injured is not None
        case _:
            return bool(getattr(key, slot.value))


def _wanted(key: Key, slot: Slot) -> bool:
    return _filled(key, slot) and slot.value not in key.optional_slots


def _given(template: Template, slot: Slot) -> bool:
    """Answer whether a template has a fill of a slot."""
    match slot:
        case Slot.DATE:
            return template.date_low is not None or template.date_high is not None
        case Slot.LOCATION:
            return bool(template.places)
        case _:
            return getattr(template, slot.value) is not None


def _type(key: Key, template: Template) -> float:
    """Give credit for the type: ATTACK, the broadest, is partly right for any other."""
    if template.type in key.type:
        return 1.0
    return PART if template.type == "ATTACK" and key.type else 0.0


def _date(key: Key, template: Template) -> float:
    """Give credit for the date: equal is right, within or overlapping is partly right.

    "On or before a day" is partly right only where the key ends on that very day.
    """
    given = (template.date_low, template.date_high)
    return max(_one_date(wanted, given) for wanted in key.dates)


def _one_date(wanted: DateRange, given: DateRange) -> float:
    if wanted == given:
        return 1.0
    low, high = wanted[0] or date.min, wanted[1] or date.max
    if given[0] is None:
        return PART if given[1] == high else 0.0
    return PART if given[0] <= high and low <= (given[1] or date.max) else 0.0


def _location(key: Key, template: Template) -> float:
    """Give credit for the places: all of the smallest and the country, or any level in part."""
    names = {fold(name) for name in template.places}
    return max(_one_location(wanted, names) for wanted in key.locations)


def _one_location(wanted: Location, names: set[str]) -> float:
    path = {fold(name) for name in wanted.path}
    needed = {fold(name) for name in (wanted.path[0], *wanted.ends)}
    if needed <= names <= path:
        return 1.0
    return PART if names & path else 0.0


def _category(key: Key, template: Template) -> float:
    return float(template.category in key.category)


def _confidence(key: Key, template: Template) -> float:
    """Give credit for the confidence; accused is partly right for accused by authorities."""
    if template.confidence in key.confidence:
        return 1.0
    return PART if template.confidence == _ACCUSED and _BY_AUTHORITIES in key.confidence else 0.0


def _range(wanted: Range | None, given: Range | None) -> float:
    if wanted is None or given is None:
        return 0.0
    if wanted == given:
        return 1.0
    meets = (wanted[1] is None or given[0] <= wanted[1]) and (
        given[1] is None or wanted[0] <= given[1]
    )
    return PART if meets else 0.0


_CREDIT: dict[Slot, Callable[[Key, Template], float]] = {
    Slot.TYPE: _type,
    Slot.DATE: _date,
    Slot.LOCATION: _location,
    Slot.CATEGORY: _category,
    Slot.CONFIDENCE: _confidence,
    Slot.KILLED: lambda key, template: _range(key.killed, template.killed),
    Slot.INJURED: lambda key, template: _range(key.injured, template.injured),
}


def _organizations(key: Key, template: Template) -> Tally:
    """Score the organisations, each fill of the key taken once; part of a name is partly right."""
    fills, given = key.organizations, template.organizations
    pairs = _assign(len(given), len(fills), lambda row, n: _named(fills[n].values, given[row]))
    tally = _sum(
        Tally(spurious=1) if n is None else _tally(_named(fills[n].values, name))
        for name, n in zip(given, pairs, strict=True)
    )
    left = [fill for n, fill in enumerate(fills) if n not in pairs and not fill.optional]
    # A wrong name against a fill nobody took is one mistake (incorrect), not two.
    wrong = min(tally.spurious, len(left))
    return tally + Tally(incorrect=wrong, spurious=-wrong, missing=len(left) - wrong)


def _named(alternatives: Sequence[str], name: str) -> float:
    """Give credit for a name: an alternative, or acronym and expansion together, is right."""
    words = set(re.findall(r"\w+", fold(name))) - {"the"}
    options = [set(re.findall(r"\w+", fold(a))) - {"the"} for a in alternatives]
    together = set[str]().union(*options)
    whole = [option for option in options if option and option <= words]
    if words in options or (len(whole) > 1 and words <= together):
        return 1.0
    return PART if any(words and (words < o or o < words) for o in options if o) else 0.0
