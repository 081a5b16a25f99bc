"""Gold that people wrote with `truceline annotate`: field by field, beside trivial baselines."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from truceline.errors import UsageError
from truceline.evaluate.reading.intervals import Figure, f1_figure, proportion
from truceline.model.evidence import Act, Claim, lineage
from truceline.text.canonical_text import canonical_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import tzinfo
    from pathlib import Path

FIELDS = ("stance", "speaker", "actor", "place", "time", "counts", "hedged")
CORE = ("stance", "speaker", "actor")
NARRATOR = ("narrator",)
ReadText = "Callable[[str, Mapping[str, Any]], Sequence[Claim]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One claim in the terms that gold and rules are compared in."""

    start: int
    acts: frozenset[Act]
    fields: Mapping[str, object]


@dataclass(slots=True)
class Tally:
    """What was counted over all sentences; one triple of (credit, given, wanted) a sentence."""

    event: list[tuple[float, float, float]] = field(default_factory=list)
    core: list[tuple[float, float, float]] = field(default_factory=list)
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    matched: int = 0
    narrator: int = 0

    def figures(self) -> tuple[Figure, ...]:
        """Give every figure with its number of cases and interval."""
        fields = (proportion(f"{name}, where the event is right", self.right[name], self.matched)
                  for name in FIELDS)  # fmt: skip
        return (
            f1_figure("event F1", self.event),
            f1_figure("core claim F1 (event, stance, speaker, actor)", self.core),
            *fields,
            proportion("baseline: the narrator speaks", self.narrator, self.matched),
        )


def score_lines(
    gold: Path, texts: Path, read: Callable[[str, Mapping[str, Any]], Sequence[Claim]],
    zone: tzinfo | None,
) -> tuple[Figure, ...]:  # fmt: skip
    """Score the sentences of a gold file; `read` reads one canonical text with its gold heading.

    Raises UsageError where a line is no gold or a text is not in the folder.
    """
    found = {}
    for path in sorted(p for p in texts.iterdir() if p.is_file()):
        found[hashlib.sha256(path.read_bytes()).hexdigest()] = path
    tally = Tally()
    by_text: dict[str, list[Mapping[str, Any]]] = {}
    for line in _lines(gold):
        by_text.setdefault(str(line["sha256"]), []).append(line)
    for sha256, sentences in by_text.items():
        if sha256 not in found:
            raise UsageError(f"no text in {texts} has the sha256 {sha256[:12]}...",
                             "name the folder of the annotated texts with --texts")  # fmt: skip
        path = found[sha256]
        media = "text/html" if path.suffix.lower().startswith(".htm") else "text/plain"
        claims = read(canonical_text(path.read_bytes(), media).text, sentences[0])
        for sentence in sentences:
            _sentence(sentence, claims, tally, zone)
    return tally.figures()


def _lines(gold: Path) -> Iterator[Mapping[str, Any]]:
    for number, text in enumerate(gold.read_text("utf-8").splitlines(), 1):
        try:
            line = json.loads(text)
            _ = (line["sha256"], line["start"], line["end"], line["claims"])
        except (ValueError, KeyError, TypeError) as error:
            message = f"{gold.name}, line {number} is no line of gold: {error}"
            raise UsageError(message, "write it with `truceline annotate`") from error
        yield line


def _sentence(
    sentence: Mapping[str, Any], claims: Sequence[Claim], tally: Tally, zone: tzinfo | None
) -> None:
    inside = [c for c in claims if sentence["start"] <= (c.start or 0) < sentence["end"]]
    given = [_of_claim(c, zone) for c in inside]
    wanted = [_of_gold(g) for g in sentence["claims"]]
    pairs = list(_match(given, wanted))
    tally.event.append((float(len(pairs)), float(len(given)), float(len(wanted))))
    whole = sum(all(a.fields[f] == b.fields[f] for f in CORE) for a, b in pairs)
    tally.core.append((float(whole), float(len(given)), float(len(wanted))))
    tally.matched += len(pairs)
    for mine, theirs in pairs:
        tally.narrator += theirs.fields["speaker"] == NARRATOR
        for name in FIELDS:
            tally.right[name] += mine.fields[name] == theirs.fields[name]


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
    )  # fmt: skip


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
