"""The MUC-3/4 files: news texts with their datelines, and answer keys with their templates.

Format: `text-headers-info` and `template-doc-part1` version 7 of the MUC-4 distribution (1992). In
a key, `/` parts alternatives, `?` marks an optional fill, `(OPTIONAL)` an optional template, `-` an
empty and `*` an inapplicable slot, `:` a cross-reference; `;` starts a comment line. An inapplicable
slot of a relevant template is read as empty. `~n` is read as n, `PLURAL` as two or more.

Killed and injured are derived, not official slots: each HUM TGT: EFFECT fill takes the HUM TGT:
NUMBER that refers to the same target (one or more where none is given); a target that is named with
both effects gives from one to its number to each; NO DEATH, NO INJURY and NO INJURY OR DEATH give
noughts. HUM TGT: TOTAL NUMBER only bounds a count from above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

T = TypeVar("T")
Range = tuple[int, int | None]  # lowest and highest number; None where there is no upper bound
DateRange = tuple[date | None, date | None]  # None as the first: on or before the second

SLOTS = (
    "MESSAGE: ID", "MESSAGE: TEMPLATE", "INCIDENT: DATE", "INCIDENT: LOCATION", "INCIDENT: TYPE",
    "INCIDENT: STAGE OF EXECUTION", "INCIDENT: INSTRUMENT ID", "INCIDENT: INSTRUMENT TYPE",
    "PERP: INCIDENT CATEGORY", "PERP: INDIVIDUAL ID", "PERP: ORGANIZATION ID",
    "PERP: ORGANIZATION CONFIDENCE", "PHYS TGT: ID", "PHYS TGT: TYPE", "PHYS TGT: NUMBER",
    "PHYS TGT: FOREIGN NATION", "PHYS TGT: EFFECT OF INCIDENT", "PHYS TGT: TOTAL NUMBER",
    "HUM TGT: NAME", "HUM TGT: DESCRIPTION", "HUM TGT: TYPE", "HUM TGT: NUMBER",
    "HUM TGT: FOREIGN NATION", "HUM TGT: EFFECT OF INCIDENT", "HUM TGT: TOTAL NUMBER",
)  # fmt: skip
TYPES = frozenset({
    "ATTACK", "ARSON", "BOMBING", "KIDNAPPING", "HIJACKING", "ROBBERY", "FORCED WORK STOPPAGE",
})  # fmt: skip
CATEGORIES = frozenset({"TERRORIST ACT", "STATE-SPONSORED VIOLENCE"})
CONFIDENCES = frozenset({
    "REPORTED AS FACT", "ACQUITTED", "CLAIMED OR ADMITTED", "SUSPECTED OR ACCUSED",
    "SUSPECTED OR ACCUSED BY AUTHORITIES", "POSSIBLE",
})  # fmt: skip
EFFECTS = frozenset({
    "INJURY", "DEATH", "NO INJURY", "NO DEATH", "NO INJURY OR DEATH", "REGAINED FREEDOM", "ESCAPED",
    "RESIGNATION", "NO RESIGNATION",
})  # fmt: skip
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_CENTURY = 1900

_HEADER = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d{4})\b.*$", re.MULTILINE)
_DATELINE = re.compile(
    r"(?P<place>[^\[]+?),\s+(?:(?P<date>\d{1,2}\s+[A-Z]{3,}(?:\s+\d{2})?|[A-Z]{3,}\s+\d{1,2}\s+\d{2})|NO\s+DATE)\s*"
    r"(?:\(.*?\)\s*)?--",
    re.DOTALL,
)
_SLOT = re.compile(r"^\s*(\d{1,2})\.\s+([A-Z]+(?: TGT)?: [A-Z ]+?)(?:\s{2,}(\S.*)?|\s*)$")
_STRING = re.compile(r'"((?:\\.|[^"\\])*)"')
_DAY = r"(\d{1,2}) ([A-Z]{3})[A-Z]* (\d{2})"
_DATES = re.compile(rf"(?:(?P<open>-) ?)?{_DAY}(?: - {_DAY})?")
_NUMBER = re.compile(r"~?(\d+)|(\d+) ?-|- ?(\d+)|(\d+) ?- ?(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A news text without its header line; `day` is None where the dateline lacks a full date."""

    id: str
    text: str
    place: str | None
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """One line of a slot: its alternatives, the targets it refers to, whether it may be left out."""

    values: tuple[str, ...]
    refs: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A country, the areas within it from large to small, and the smallest place or places."""

    path: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """An answer template: each slot's alternatives, empty where the slot is to stay empty.

    `optional_slots` holds the names of fields that may be left out.
    """

    document: str
    optional: bool
    type: tuple[str, ...]
    dates: tuple[DateRange, ...]
    locations: tuple[Location, ...]
    category: tuple[str, ...]
    organizations: tuple[Fill, ...]
    confidence: tuple[str, ...]
    killed: Range | None
    injured: Range | None
    optional_slots: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The answers: each document's templates (none where irrelevant), and what was not understood."""

    templates: dict[str, tuple[Key, ...]]
    problems: tuple[str, ...]


def read_documents(text: str) -> tuple[Document, ...]:
    """Parse a file of texts into its documents, in order."""
    heads = list(_HEADER.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return tuple(
        _document(head[1], text[head.end() : end].strip())
        for head, end in zip(heads, ends, strict=True)
    )


def _document(name: str, body: str) -> Document:
    line = _DATELINE.match(body)
    if line is None:
        return Document(id=name, text=body, place=None, day=None)
    words = (line["date"] or "").split()
    if words and words[0].isalpha():  # a few datelines put the month first
        words[:2] = reversed(words[:2])
    day = _day(*words) if len(words) == len(("day", "month", "year")) else None
    return Document(id=name, text=body, place=" ".join(line["place"].split()), day=day)


def half(documents: Iterable[tuple[str, T]], *, odd: bool) -> dict[str, T]:
    """Keep the documents whose number is odd, or even: rules are made on even, reported on odd."""
    return {name: x for name, x in documents if (int(name.rsplit("-", 1)[1]) % 2 == 1) == odd}


def read_keys(text: str) -> Keys:
    """Parse a file of answer keys; lines and fills that are not understood become problems."""
    problems: list[str] = []
    found: dict[str, list[Key]] = {}
    for slots in _records(text, problems):
        name = slots["MESSAGE: ID"][0].split()[0]
        templates = found.setdefault(name, [])
        if slots["MESSAGE: TEMPLATE"] != ["*"]:
            templates.append(_Template(name, slots, problems).key())
    return Keys(templates={n: tuple(t) for n, t in found.items()}, problems=tuple(problems))


def _records(text: str, problems: list[str]) -> Iterator[dict[str, list[str]]]:
    """Give each template's raw lines by slot; a template without all slots is a problem."""
    slots: dict[str, list[str]] = {}
    current: list[str] | None = None
    for number, line in enumerate([*text.splitlines(), f"0.  {SLOTS[0]}  end"], start=1):
        match = _SLOT.match(line)
        if match and int(match[1]) < len(SLOTS) and SLOTS[int(match[1])] == match[2]:
            if match[2] == SLOTS[0]:
                if len(slots) == len(SLOTS):
                    yield slots
                elif slots:
                    problems.append(f"line {number}: the template before lacks slots")
                slots = {}
            current = slots.setdefault(match[2], [])
            current.append((match[3] or "-").strip())
        elif line.startswith(" ") and line.strip() and current is not None:
            current.append(line.strip())
        elif line.strip() and not line.startswith(";"):
            problems.append(f"line {number}: not a slot: {line.strip()}")


class _Template:
    """One template being read: its raw lines, and the list that takes its problems."""

    def __init__(self, name: str, slots: dict[str, list[str]], problems: list[str]) -> None:
        self._name, self._slots, self._problems = name, slots, problems
        self._optional: set[str] = set()

    def key(self) -> Key:
        """Give the answer template."""
        organizations = self._fills("PERP: ORGANIZATION ID", strings=True)
        if organizations and all(fill.optional for fill in organizations):
            self._optional.add("organization")
        effects = self._fills("HUM TGT: EFFECT OF INCIDENT")
        self._known("HUM TGT: EFFECT OF INCIDENT", (v for f in effects for v in f.values), EFFECTS)
        return Key(
            document=self._name,
            optional="OPTIONAL" in self._slots["MESSAGE: TEMPLATE"][0],
            type=self._set("INCIDENT: TYPE", "type", TYPES),
            dates=self._dates(),
            locations=self._locations(),
            category=self._set("PERP: INCIDENT CATEGORY", "category", CATEGORIES),
            organizations=organizations,
            confidence=self._set("PERP: ORGANIZATION CONFIDENCE", "confidence", CONFIDENCES),
            killed=self._harm(effects, "DEATH", {"NO DEATH", "NO INJURY OR DEATH"}),
            injured=self._harm(effects, "INJURY", {"NO INJURY", "NO INJURY OR DEATH"}),
            optional_slots=frozenset(self._optional),
        )

    def _fills(self, slot: str, *, strings: bool = False) -> tuple[Fill, ...]:
        return tuple(
            _fill(line, strings=strings) for line in self._slots[slot] if line not in {"-", "*"}
        )

    def _known(self, slot: str, values: Iterable[str], allowed: frozenset[str]) -> tuple[str, ...]:
        values = tuple(dict.fromkeys(values))
        self._problems += [
            f"{self._name}: {slot}: not known: {v}" for v in values if v not in allowed
        ]
        return values

    def _set(self, slot: str, field: str, allowed: frozenset[str]) -> tuple[str, ...]:
        fills = self._fills(slot)
        if fills and all(fill.optional for fill in fills):
            self._optional.add(field)
        return self._known(slot, (v for fill in fills for v in fill.values), allowed)

    def _dates(self) -> tuple[DateRange, ...]:
        found = []
        for fill in self._fills("INCIDENT: DATE"):
            for value in fill.values:
                dates = _date_range(value)
                if dates is None:
                    self._problems.append(f"{self._name}: INCIDENT: DATE: not a date: {value}")
                else:
                    found.append(dates)
        return tuple(found)

    def _locations(self) -> tuple[Location, ...]:
        fills = self._fills("INCIDENT: LOCATION")
        if any(fill.optional for fill in fills):
            self._optional.add("location")
        return tuple(_location(value) for fill in fills for value in fill.values)

    def _harm(self, effects: Sequence[Fill], word: str, none: set[str]) -> Range | None:
        """Add up the numbers of the targets with an effect, as a range; None where nothing is said."""
        hit = [fill for fill in effects if word in fill.values]
        if not hit:
            return (0, 0) if any(none & set(fill.values) for fill in effects) else None
        low, high = 0, 0
        for fill in hit:
            least, most = self._number(fill)
            others = [f for f in effects if f is not fill and set(f.refs) & set(fill.refs)]
            shared = any({"DEATH", "INJURY"} & set(f.values) for f in others)
            low += 0 if fill.optional or len(fill.values) > 1 else (1 if shared else least)
            high = -1 if most is None or high < 0 else high + most
        total = self._total()
        top = total if high < 0 or (total is not None and total < high) else high
        return low, (None if top is None else max(low, top))

    def _number(self, effect: Fill) -> Range:
        """Give the number of the target that an effect refers to; one or more where not given."""
        for fill in self._fills("HUM TGT: NUMBER"):
            if set(fill.refs) & set(effect.refs):
                ranges = [self._range(value) for value in fill.values]
                tops = [high for _, high in ranges if high is not None]
                open_top = len(tops) < len(ranges)
                return min(low for low, _ in ranges), None if open_top else max(tops)
        return 1, None

    def _total(self) -> int | None:
        fills = self._fills("HUM TGT: TOTAL NUMBER")
        return self._range(fills[0].values[0])[1] if fills else None

    def _range(self, value: str) -> Range:
        if value in {"-", "PLURAL"}:
            return (1 if value == "-" else 2), None
        match = _NUMBER.fullmatch(value)
        if match is None:
            self._problems.append(f"{self._name}: HUM TGT: NUMBER: not a number: {value}")
            return 1, None
        exact, least, most, first, last = (int(g) if g else None for g in match.groups())
        if exact is not None:
            return exact, exact
        return least or first or 1, most or last


def _fill(line: str, *, strings: bool) -> Fill:
    optional, body = line.startswith("?"), line.removeprefix("?").strip()
    quoted = tuple(found.replace('\\"', '"') for found in _STRING.findall(body))
    if strings:
        return Fill(values=quoted, optional=optional)
    head = re.split(r':\s*(?=")', body, maxsplit=1)[0]
    return Fill(values=_alternatives(head), refs=quoted, optional=optional)


def _alternatives(text: str) -> tuple[str, ...]:
    """Split at slashes outside brackets, and take off brackets around a whole alternative."""
    parts, depth = [""], 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if char == "/" and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return tuple(_unwrapped(part.strip()) for part in parts)


def _unwrapped(text: str) -> str:
    whole = text.startswith("(") and text.endswith(")")
    return text[1:-1].strip() if whole else text


def _day(day: str, month: str, year: str) -> date | None:
    if month[:3] not in _MONTHS:
        return None
    try:
        return date(_CENTURY + int(year), _MONTHS.index(month[:3]) + 1, int(day))
    except ValueError:
        return None


def _date_range(text: str) -> DateRange | None:
    match = _DATES.fullmatch(" ".join(text.split()))
    if match is None:
        return None
    _, *first, d, m, y = match.groups()
    low = _day(*first)
    high = _day(d, m, y) if d else low
    if low is None or high is None or high < low:
        return None
    return (None if match["open"] else low), high


def _location(text: str) -> Location:
    levels = [
        tuple(re.sub(r"\(.*?\)", "", end).strip() for end in level.split(" - "))
        for level in text.split(":")
    ]
    return Location(path=tuple(n for level in levels for n in level), ends=levels[-1])
