"""How a monitor report's drafts become plain words, and how many of them are as expected."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from truceline.read.document import Document, Profile, Publisher, document_of
from truceline.read.grammar.line import Ground
from truceline.read.monitor.dailies import MonitorCoder
from truceline.read.naming.lexicon import Matcher
from truceline.read.naming.placing import Gazetteer
from truceline.terms.pack import load_pack

if TYPE_CHECKING:
    from truceline.model.coding import Count
    from truceline.read.draft import Draft

HERE = Path(__file__).parent


@cache
def ground() -> Ground:
    pack, problems = load_pack(HERE / "pack")
    assert pack is not None, problems
    matcher = Matcher.of(pack, "en", pack.places)
    return Ground(pack, Gazetteer(pack.places), {"en": matcher})


def document(text: str, profile: Profile = Profile.MONITOR_REPORT) -> Document:
    base = ground()
    published = datetime(2021, 5, 22, 12, tzinfo=base.pack.zone)
    issuer = "osce-smm" if profile is Profile.MONITOR_REPORT else None
    return document_of(text, base.matchers["en"], profile, published, Publisher(actor=issuer))


def read(text: str) -> list[Draft]:
    return MonitorCoder(ground()).code(document(text))


def shown_count(count: Count) -> str:
    low = "" if count.low is None else str(count.low)
    high = "" if count.high is None else str(count.high)
    number = low if low == high else f"{low}..{high}"
    rest = [count.qualifier.value] if count.qualifier.value != "exact" else []
    status = [count.status] if count.status else []
    return " ".join([count.measure.value, number or "..", *rest, *status])


def shown_time(draft: Draft) -> str:
    time = draft.time
    if time is None or time.low is None or time.high is None:
        return ""
    stamps = "/".join(t.isoformat(timespec="minutes") for t in (time.low, time.high))
    zone = f"{time.offset:+d}" if time.offset is not None else "no zone"
    extra = [" inherited"] * draft.time_inherited + [" reporting"] * draft.reporting
    return f"{stamps} {time.granularity.value} {zone}{''.join(extra)}"


def fields(draft: Draft) -> Counter[tuple[str, str]]:
    """Give every field of a draft, each value one field."""
    speakers = [i for layer in draft.layers for i in (layer.actors or (layer.role or "",))]
    many: dict[str, list[str]] = {
        "rule": list(draft.coder.rules),
        "stance": [draft.stance.value],
        "acts": [a.value for a in draft.acts],
        "actors": list(draft.actors),
        "places": [p.place.gazetteer_id or "" for p in draft.places],
        "others": [p.place.gazetteer_id or "" for p in draft.other_places],
        "time": [t] if (t := shown_time(draft)) else [],
        "counts": [shown_count(c) for c in draft.counts],
        "flags": list(draft.flags),
        "hedges": [h.text for h in draft.hedges],
        "modality": [draft.modality.value] if draft.modality.value != "asserted" else [],
        "background": ["yes"] if draft.background else [],
        "speakers": speakers,
    }
    return Counter((name, value) for name, values in many.items() for value in values)


def wanted(record: dict[str, Any]) -> Counter[tuple[str, str]]:
    """Give the fields that a hand-made record expects; the mission speaks unless it says otherwise."""
    found: Counter[tuple[str, str]] = Counter()
    for name, value in {"speakers": ["osce-smm"], **record}.items():
        if name == "quote":
            continue
        values = value if isinstance(value, list) else ["yes" if value is True else value]
        found.update((name, v) for v in values)
    return found


def score(name: str) -> tuple[int, int, list[str]]:
    """Give fields right, fields in all (expected or given), and what differs."""
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8").strip()
    records = json.loads((HERE / f"{name}.expected.json").read_text(encoding="utf-8"))
    left = read(text)
    right = total = 0
    wrong: list[str] = []
    for record in records:
        want = wanted(record)
        near = [
            d
            for d in left
            if d.quote.text.startswith(("- ", ""))
            and record["quote"] in d.quote.text[: len(record["quote"]) + 4]
        ]
        best = max(near, key=lambda d: sum((fields(d) & want).values()), default=None)
        have = fields(best) if best is not None else Counter[tuple[str, str]]()
        if best is not None:
            left.remove(best)
        right += sum((want & have).values())
        total += sum((want | have).values())
        wrong += [f"{record['quote'][:40]}: missing {k}={v}" for k, v in (want - have).elements()]
        wrong += [f"{record['quote'][:40]}: spurious {k}={v}" for k, v in (have - want).elements()]
    for draft in left:
        total += sum(fields(draft).values())
        wrong.append(f"{draft.quote.text[:60]}: a record too many {dict(fields(draft))}")
    return right, total, wrong


if __name__ == "__main__":
    import sys

    sums = [0, 0]
    for stem in sys.argv[1:] or sorted(p.stem for p in HERE.glob("*.txt")):
        good, every, differing = score(stem)
        sums = [sums[0] + good, sums[1] + every]
        print(stem, good, every, *differing, sep="\n   ")  # noqa: T201
    print(sums, sums[0] / sums[1])  # noqa: T201
