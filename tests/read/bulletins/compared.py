"""Read a bulletin and compare its claims with what a careful person reads in it.

Each line of a `.jsonl` file is one bulletin. Expectations were written before the reader was run.
`any` in a field: not compared. `open` in a claim names the fields that may stay empty or, for places
and counts, incomplete; `known` gives a reading that is known to be wrong, `why` says what is missing.
Any other value that differs is a fault, and so is a claim that nobody expects. Times are local to the
pack's zone, `earliest/latest`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from tests.read.reading import reader
from truceline.model.coding import TimeKind
from truceline.model.evidence import Claim, Item
from truceline.read import TextReader
from truceline.read.reader import OneRead
from truceline.terms.pack import load_pack, shipped

HERE = Path(__file__).parent
LANGUAGES = ("az", "hy", "ru", "uk")
FIELDS = (
    "stance", "acts", "speaker", "actors", "targets", "places", "time", "counts", "attitude", "kind",
)  # fmt: skip
_EMPTY: tuple[Any, ...] = (None, [], "?")
Bulletin = Mapping[str, Any]


def bulletins() -> list[Bulletin]:
    """Give every bulletin of every language."""
    return [
        json.loads(line)
        for language in LANGUAGES
        for line in (HERE / f"{language}.jsonl").read_text("utf-8").splitlines()
    ]


@cache
def reader_of(pack: str) -> TextReader:
    """Give the reader of the demonstration mission, or of a pack alone."""
    if pack == "karabakh-2020":
        return reader()
    loaded, problems = load_pack(shipped() / pack)
    assert loaded is not None, problems
    return TextReader(loaded)


def read(bulletin: Bulletin) -> OneRead:
    """Read a bulletin with its pack, day and issuer."""
    used = reader_of(bulletin["pack"])
    zone = used.mission.zone if used.mission else used.pack.zone
    when = datetime.fromisoformat(bulletin["published"]).replace(tzinfo=zone)
    text = bulletin["text"]
    item = Item(
        id="0" * 64, external_id=None, reader="text", content=text.encode(), published=when,
        published_text=bulletin["published"], outlet=None, url=None,
        language=bulletin["language"], media_type="text/plain",
    )  # fmt: skip
    if "issuer" in bulletin:
        item = replace(item, profile="party_statement", issuer=bulletin["issuer"])
    return used.read(text, item, bulletin["language"])


def shown(claim: Claim, sentence: int, pack: str) -> dict[str, Any]:
    """Give a claim in the words of the expectations."""
    used = reader_of(pack)
    zone = used.mission.zone if used.mission else used.pack.zone
    coding = claim.coding
    assert coding is not None
    last = coding.layers[-1] if coding.layers else None
    speaker: object = "narrator"
    if last is not None:
        speaker = sorted(last.sides) or (last.actors[0] if last.actors else "?")
    span = None
    if claim.span is not None:
        ends = (claim.span.earliest, claim.span.latest)
        span = "/".join(t.astimezone(zone).strftime("%Y-%m-%dT%H:%M") for t in ends)
    counts = [
        [c.measure.value, c.low, c.high, *(["cumulative"] if c.cumulative else [])]
        for c in coding.counts
    ]
    kind = coding.time.kind if coding.time else None
    return {
        "sentence": sentence,
        "stance": claim.stance.value,
        "acts": sorted(a.value for a in claim.acts),
        "speaker": speaker,
        "actors": list(claim.actors),
        "targets": list(coding.targets),
        "places": sorted(p.gazetteer_id or p.text for p in claim.places),
        "time": span,
        "counts": sorted(counts, key=str),
        "attitude": coding.attitude.value if coding.attitude else None,
        "kind": "background" if kind is TimeKind.BACKGROUND else None,
    }


def faults(bulletin: Bulletin) -> list[str]:
    """Give every difference between what is read and what a careful person reads."""
    one = read(bulletin)
    pairs = zip(one.claims, one.sentences, strict=True)
    found = [shown(claim, sentence, bulletin["pack"]) for claim, sentence in pairs]
    told: list[str] = []
    for wanted in bulletin["claims"]:
        same = [f for f in found if f["sentence"] == wanted["sentence"]]
        best = min(same, key=lambda f: len(_differences(wanted, f)), default=None)
        if best is None:
            told.append(f"sentence {wanted['sentence']}: not read, {wanted['acts']}")
            continue
        found.remove(best)
        told.extend(f"sentence {wanted['sentence']}: {d}" for d in _differences(wanted, best))
    told.extend(
        f"sentence {f['sentence']}: nobody says so: "
        f"{ {k: v for k, v in f.items() if v not in _EMPTY} }"
        for f in found
    )
    return told


def _differences(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    left_open = wanted.get("open", ())
    differing = []
    for name in FIELDS:
        value, read_as = wanted.get(name), found[name]
        if value == "any" or _same(value, read_as):
            continue
        if name in wanted.get("known", {}) and _same(wanted["known"][name], read_as):
            continue
        if name in left_open and _less(value, read_as):
            continue
        differing.append(f"{name} is {value}, read as {read_as}")
    return differing


def _same(value: object, read_as: object) -> bool:
    return (sorted(value, key=str) if isinstance(value, list) else value) == read_as


def _less(value: object, read_as: object) -> bool:
    """Answer whether what is read is nothing, or a part of what could be read."""
    if read_as in (*_EMPTY, "narrator"):
        return True
    if not (isinstance(value, list) and isinstance(read_as, list)):
        return False
    return all(part in value for part in read_as)
