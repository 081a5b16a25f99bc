"""The lines of an incident form: which key means which field, and where one form ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from truceline.model.coding import Cited, Measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.read.grammar.line import Line

KEYS: dict[str, tuple[str, ...]] = {
    "reporter": (
        "reporter",
        "reported by",
        "name of reporter",
        "caller",
        "complainant",
        "observer",
        "patrol",
        "team",
        "submitted by",
        "source",
    ),
    "side": (
        "reporting side",
        "side",
        "party",
        "side of reporter",
        "complaining side",
        "complaining party",
        "reporting party",
    ),
    "date": ("date", "date of incident", "incident date", "day", "date of event"),
    "time": ("time", "time of incident", "incident time", "hour", "time of event"),
    "zone": ("zone", "time zone", "timezone"),
    "place": (
        "place",
        "location",
        "where",
        "settlement",
        "village",
        "place of incident",
        "location of incident",
        "incident location",
    ),
    "what": (
        "what happened",
        "what",
        "event",
        "incident",
        "description",
        "description of incident",
        "summary",
        "type of incident",
        "violation",
        "details",
    ),
    "actor": (
        "alleged actor",
        "accused",
        "accused side",
        "alleged perpetrator",
        "perpetrator",
        "alleged violator",
        "by whom",
        "who did it",
        "suspected side",
        "accused party",
    ),
    "weapon": ("weapon", "weapons", "weapon used", "weapon type", "type of weapon"),
    "observed": (
        "observed how",
        "how observed",
        "how known",
        "seen or heard",
        "means of observation",
        "observation",
    ),
    "killed": ("killed", "dead", "deaths", "fatalities", "persons killed", "number killed"),
    "injured": ("injured", "wounded", "persons injured", "number injured"),
    "explosions": ("explosions", "number of explosions", "blasts"),
    "projectiles": ("projectiles", "shells", "rounds", "rockets", "number of projectiles"),
    "shots": ("shots", "bursts", "number of shots"),
    "violations": ("violations", "number of violations"),
}
MEASURES = {
    name: Measure(name)
    for name in ("killed", "injured", "explosions", "projectiles", "shots", "violations")
}
_FIELDS = {key: name for name, keys in KEYS.items() for key in keys}
_LINE = re.compile(r"(?P<key>[^:\n]{1,60}):[ \t]*(?P<value>[^\n]*)")
_RULE = re.compile(r"[-=_*]{3,}")
_NOISE = re.compile(r"\([^()]*\)|^\W*\d{0,2}[.)]?\W*|[^\w]+$")
_NOT_GIVEN = frozenset({"", "-", "n/a", "na", "unknown", "not known", "none given", "?", "n/k"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value, both verbatim, and the lines of mentions that the value stands in."""

    name: str
    key: Cited
    value: Cited
    lines: tuple[tuple[int, Line], ...]

    @property
    def given(self) -> bool:
        """Answer whether anything is stated."""
        return self.value.text.strip().casefold() not in _NOT_GIVEN

    @property
    def line(self) -> Line | None:
        """The line that the value begins in."""
        return self.lines[0][1] if self.lines else None


class _Row(NamedTuple):
    """A row with a key: the field that it names (empty: none that is known), the key, and where the row ends."""

    name: str
    key: Cited
    end: int


@dataclass(slots=True)
class Form:
    """One form: its entries by field, and what was not understood."""

    entries: dict[str, Entry] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)
    first: str | None = None
    start: int = 0
    end: int = 0
    disputed: set[str] = field(default_factory=set)

    def get(self, name: str) -> Entry | None:
        """Give a field that is stated, once or the same each time."""
        entry = self.entries.get(name)
        return entry if entry is not None and entry.given and name not in self.disputed else None


def forms_in(text: str, lines: Sequence[Line]) -> Iterator[Form]:
    """Cut a text into its forms: at a ruled line, or where the first key comes again."""
    form = Form()
    last: _Row | None = None
    for start, end in _rows(text):
        row = text[start:end]
        if _RULE.fullmatch(row.strip()):
            yield from _filled(form, last, text, lines)
            form, last = Form(), None
            continue
        found = _LINE.match(text, start, end)
        name = _field(found["key"]) if found else None
        if found is None or (name is None and last is not None and not _is_key(found["key"])):
            last = last._replace(end=end) if last is not None and row.strip() else last
            continue
        key = found["key"].strip()
        if form.first is not None and _plain(key) == form.first:
            yield from _filled(form, last, text, lines)
            form, last = Form(), None
        elif last is not None:
            _enter(form, last, text, lines)
        form.first = form.first or _plain(key)
        form.start = form.start or found.start()
        at = text.index(key, start)
        last = _Row(name or "", Cited(text=key, start=at, end=at + len(key)), end)
    yield from _filled(form, last, text, lines)


def _rows(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for row in text.split("\n"):
        yield start, start + len(row)
        start += len(row) + 1


def _plain(key: str) -> str:
    return " ".join(_NOISE.sub("", key).casefold().split())


def _field(key: str) -> str | None:
    return _FIELDS.get(_plain(key))


def _is_key(key: str) -> bool:
    """Answer whether words before a colon look like a key: few, and beginning with a capital."""
    words = key.split()
    return 0 < len(words) <= 4 and key.strip()[:1].isupper()  # noqa: PLR2004  a key is short


def _enter(form: Form, row: _Row, text: str, lines: Sequence[Line]) -> None:
    """Put a row into its form; the same field with another value is disputed, never chosen."""
    name, key, end = row
    form.end = max(form.end, end)
    begin = text.index(":", key.end) + 1
    words = text[begin:end]
    start = begin + len(words) - len(words.lstrip())
    value = Cited(
        text=text[start : max(start, begin + len(words.rstrip()))],
        start=start,
        end=max(start, begin + len(words.rstrip())),
    )
    if not name:
        form.flags.append(f"form_key_unknown:{key.text}")
        return
    mine = tuple(
        (n, ln)
        for n, ln in enumerate(lines)
        if ln.sentence.end > value.start and ln.sentence.start < value.end
    )
    entry = Entry(name, key, value, mine)
    before = form.entries.get(name)
    if before is None:
        form.entries[name] = entry
    elif before.value.text.casefold().split() != value.text.casefold().split():
        form.disputed.add(name)
        form.flags.append(f"form_conflict:{name}")


def _filled(form: Form, last: _Row | None, text: str, lines: Sequence[Line]) -> Iterator[Form]:
    if last is not None:
        _enter(form, last, text, lines)
    if form.entries:
        yield form
