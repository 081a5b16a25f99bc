"""Gold that people wrote with `truceline annotate`: field by field, beside trivial baselines."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from truceline.errors import UsageError
from truceline.evaluate.reading.intervals import Counts, Figure, f1_figure, proportion
from truceline.model.acts import Act, lineage
from truceline.model.evidence import Claim
from truceline.store.door import GOLD, read_inside, read_named
from truceline.text.canonical_text import canonical_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import tzinfo
    from pathlib import Path

FIELDS = ("stance", "speaker", "actor", "place", "time", "counts", "hedged")
CORE = ("stance", "speaker", "actor")
NARRATOR = ("narrator",)
_GUESSES = (
    "speaker_inferred", "role_carried_over", "role_from_dateline", "coders_differ", "only_", "unresolved:", "headline",
    "name_", "continues_", "answers_", "negated", "instruction_",
)  # fmt: skip
ReadText = "Callable[[str, Mapping[str, Any]], Sequence[Claim]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One claim in the terms that gold and rules are compared in.

    `sure`: nothing in it asks for a person before it is published.
    """

    start: int
    acts: frozenset[Act]
    fields: Mapping[str, object]
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """The figures, and per field how often which value was read for which: (labelled, read, times)."""

    figures: tuple[Figure, ...]
    confusion: Mapping[str, tuple[tuple[str, str, int], ...]]


@dataclass(slots=True)
class Tally:
    """What was counted; triples of (credit, given, wanted) are kept by document."""

    event: list[Counts] = field(default_factory=list)
    core: list[Counts] = field(default_factory=list)
    pairs: list[tuple[Reading, Reading]] = field(default_factory=list)
    given: int = 0
    published: int = 0
    published_right: int = 0

    def figures(self) -> tuple[Figure, ...]:
        """Give every figure with its number of cases and interval, then the trivial baselines."""
        n = len(self.pairs)
        right = {
            name: sum(a.fields[name] == b.fields[name] for a, b in self.pairs) for name in FIELDS
        }
        exact = sum(a.acts == b.acts for a, b in self.pairs)
        return (
            f1_figure("event F1", self.event),
            f1_figure("core claim F1 (event, stance, speaker, actor)", self.core),
            proportion("act exactly as labelled, where the event is right", exact, n),
            *(proportion(f"{name}, where the event is right", right[name], n) for name in FIELDS),
            proportion("nothing wrong in the core of claims sure enough to publish", self.published_right, self.published),
            proportion("claims sure enough to publish", self.published, self.given),
            proportion("baseline: the narrator speaks", self._share("speaker", NARRATOR), n),
            *(proportion(f"baseline: {name} is always the most frequent value", self._most(name), n)
              for name in ("actor", "place", "time", "counts")),
        )  # fmt: skip

    def confusion(self) -> dict[str, tuple[tuple[str, str, int], ...]]:
        """Give for each field what was read for what, most frequent first, equal ones left out."""
        found: dict[str, tuple[tuple[str, str, int], ...]] = {}
        for name in FIELDS:
            differing = Counter(
                (_told(b.fields[name]), _told(a.fields[name]))
                for a, b in self.pairs if a.fields[name] != b.fields[name]
            )  # fmt: skip
            ranked = sorted(differing.items(), key=lambda d: (-d[1], d[0]))
            found[name] = tuple((wanted, given, times) for (wanted, given), times in ranked)
        return found

    def _share(self, name: str, value: object) -> int:
        return sum(wanted.fields[name] == value for _, wanted in self.pairs)

    def _most(self, name: str) -> int:
        counted = Counter(wanted.fields[name] for _, wanted in self.pairs)
        return max(counted.values(), default=0)


def score_lines(
    gold: Path, texts: Path, read: Callable[[str, Mapping[str, Any]], Sequence[Claim]],
    zone: tzinfo | None,
) -> Scored:  # fmt: skip
    """Score the sentences of a gold file; `read` reads one canonical text with its gold heading.

    Raises UsageError where a line is no gold or a text is not in the folder.
    """
    found = {}
    for path in sorted(p for p in texts.iterdir() if p.is_file()):
        content = read_inside(texts, path.name, GOLD)
        found[hashlib.sha256(content).hexdigest()] = (path, content)
    tally = Tally()
    by_text: dict[str, list[Mapping[str, Any]]] = {}
    for line in _lines(gold):
        by_text.setdefault(str(line["sha256"]), []).append(line)
    for sha256, sentences in by_text.items():
        if sha256 not in found:
            raise UsageError(f"no text in {texts} has the sha256 {sha256[:12]}...",
                             "name the folder of the annotated texts with --texts")  # fmt: skip
        path, content = found[sha256]
        media = "text/html" if path.suffix.lower().startswith(".htm") else "text/plain"
        claims = read(canonical_text(content, media).text, sentences[0])
        _document(sentences, claims, tally, zone)
    return Scored(figures=tally.figures(), confusion=tally.confusion())


def _lines(gold: Path) -> Iterator[Mapping[str, Any]]:
    for number, text in enumerate(read_named(gold, GOLD).decode("utf-8").splitlines(), 1):
        try:
            line = json.loads(text)
            _ = (line["sha256"], line["start"], line["end"], line["claims"])
        except (ValueError, KeyError, TypeError) as error:
            message = f"{gold.name}, line {number} is no line of gold: {error}"
            raise UsageError(message, "write it with `truceline annotate`") from error
        yield line


def _document(
    sentences: Sequence[Mapping[str, Any]], claims: Sequence[Claim], tally: Tally,
    zone: tzinfo | None,
) -> None:  # fmt: skip
    event, core = [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]
    for sentence in sentences:
        inside = [c for c in claims if sentence["start"] <= (c.start or 0) < sentence["end"]]
        given = [_of_claim(c, zone) for c in inside]
        wanted = [_of_gold(g) for g in sentence["claims"]]
        pairs = list(_match(given, wanted))
        whole = [a for a, b in pairs if all(a.fields[f] == b.fields[f] for f in CORE)]
        for total, credit in ((event, len(pairs)), (core, len(whole))):
            for at, number in enumerate((credit, len(given), len(wanted))):
                total[at] += number
        tally.pairs.extend(pairs)
        tally.given += len(given)
        tally.published += sum(a.sure for a in given)
        tally.published_right += sum(a.sure and _stands(a, b) for a, b in pairs)
    tally.event.append((event[0], event[1], event[2]))
    tally.core.append((core[0], core[1], core[2]))


def _match(
    given: Sequence[Reading], wanted: Sequence[Reading]
) -> Iterator[tuple[Reading, Reading]]:
    """Pair claims of one sentence whose acts are related, most fields in common first."""
    scored = sorted(
        (
            (-sum(a.fields[f] == b.fields[f] for f in FIELDS), i, j)
            for i, a in enumerate(given)
            for j, b in enumerate(wanted)
            if _related(a.acts, b.acts)
        ),
    )
    left, right = set(range(len(given))), set(range(len(wanted)))
    for _, i, j in scored:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            yield given[i], wanted[j]


def _related(a: frozenset[Act], b: frozenset[Act]) -> bool:
    if not a or not b:
        return not a and not b
    return any(x in lineage(y) or y in lineage(x) for x in a for y in b)


def _of_claim(claim: Claim, zone: tzinfo | None) -> Reading:
    coding = claim.coding
    layers = coding.layers if coding else ()
    sides = sorted({s for layer in layers[-1:] for s in layer.sides})
    named = sorted({a for layer in layers[-1:] for a in layer.actors})
    span = claim.span
    when = None
    if span is not None:
        when = tuple(
            t.astimezone(zone).strftime("%Y-%m-%dT%H:%M") for t in (span.earliest, span.latest)
        )
    counts = frozenset((c.measure.value, c.low, c.high) for c in coding.counts) if coding else ()
    return Reading(
        start=claim.start or 0, acts=frozenset(claim.acts),
        fields={
            "stance": claim.stance.value, "speaker": tuple(sides or named) or NARRATOR,
            "actor": tuple(sorted(claim.actors)),
            "place": frozenset(p.gazetteer_id or p.text for p in claim.places), "time": when,
            "counts": counts, "hedged": claim.hedge is not None,
        },
        sure=_sure(claim),
    )  # fmt: skip


def _sure(claim: Claim) -> bool:
    """Answer whether nothing asks for a person: the act is known and no flag tells of a guess."""
    flags = claim.coding.flags if claim.coding else ()
    return bool(claim.acts) and not any(flag.startswith(_GUESSES) for flag in flags)


def _stands(given: Reading, wanted: Reading) -> bool:
    """Answer whether nothing stated is wrong; an actor left open states nothing."""
    told = [name for name in CORE if name != "actor" or given.fields[name]]
    return all(given.fields[name] == wanted.fields[name] for name in told)


def _told(value: object) -> str:
    if isinstance(value, frozenset | tuple):
        return " ".join(sorted(map(str, value))) or "none"
    return str(value)


def _of_gold(gold: Mapping[str, Any]) -> Reading:
    time = gold.get("time")
    return Reading(
        start=int(gold["start"]), acts=frozenset(Act(a) for a in gold["acts"]),
        fields={
            "stance": gold["stance"], "speaker": tuple(sorted(gold["speaker"])) or NARRATOR,
            "actor": tuple(sorted(gold["actors"])), "place": frozenset(gold["places"]),
            "time": (time["start"], time["to"]) if time else None,
            "counts": frozenset((c["measure"], c["low"], c["high"]) for c in gold["counts"]),
            "hedged": gold["hedged"],
        },
    )  # fmt: skip
