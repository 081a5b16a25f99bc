"""Two runs side by side: what came, went and changed, by names that last, and why; counts only where their rule is one."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from truceline.errors import FileError, UsageError
from truceline.report.files import contents_of
from truceline.report.words import words_of
from truceline.store.door import KEPT, read_inside
from truceline.store.kept import read
from truceline.terms.rates import compare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

FILES = ("report.json", "incidents.json", "findings.json", "judgements.json")
_HEADER = (
    "mission",
    "as_of",
    "edition",
    "counting_rule",
    "mission_version",
    "method",
    "items_digest",
)
_STANDS = frozenset({"minor_violation", "serious_violation", "exception_claimed", "not_assessable"})
Record = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that differs: its kind and name, what it was and is (None where it is not there), and in words."""

    kind: str
    name: str
    was: str | None
    now: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Run:
    """The files of a run, with what they say of each other."""

    header: Mapping[str, str]
    incidents: tuple[Record, ...]
    findings: Mapping[str, Record]
    judgements: tuple[Record, ...]
    coverage: tuple[Record, ...]


def run_in(place: Path) -> Run:
    """Read a run from the folder of its files, or from its snapshot.

    UsageError where the folder holds none, or holds one of another form; StorageError where the snapshot is not what was written.
    """
    found = _snapshot(place) if place.is_file() else _files(place)
    try:
        for standing in (j for j in found["judgements.json"] if j["judgement"] == "standing"):
            _ = [standing[key] for key in ("zone", "recorded", "hours", "effective_fraction")]
        return Run(
            header={key: found["report.json"]["header"][key] for key in _HEADER},
            incidents=tuple(found["incidents.json"]),
            findings={f["incident"]: f for f in found["findings.json"]},
            judgements=tuple(found["judgements.json"]),
            coverage=tuple(found["report.json"]["coverage"]["records"]),
        )
    except (KeyError, TypeError) as error:
        raise UsageError(
            f"{place} holds a run of another form: {error} is missing",
            "run it anew with this release",
        ) from error


def _files(folder: Path) -> dict[str, Any]:
    found = {}
    for name in FILES:
        try:
            found[name] = json.loads(read_inside(folder, name, KEPT))
        except (FileError, ValueError) as error:
            said = error.message if isinstance(error, FileError) else "it is no JSON"
            raise UsageError(
                f"{folder} holds no run: {name}: {said}", "name the folder that `run --out` wrote"
            ) from error
    return found


def _snapshot(file: Path) -> dict[str, Any]:
    files = contents_of(read(file), {})
    return {name: json.loads(files[name]) for name in FILES}


def differences(one: Run, other: Run) -> Iterator[Difference]:
    """Give everything that differs between two runs, in an order that hangs on nothing but what it is."""
    for key in _HEADER:
        if one.header[key] != other.header[key]:
            was, now = one.header[key], other.header[key]
            yield _changed("run", key, was, now)
    yield from _incidents(one, other)
    yield from _standings(one, other)
    yield from _states(one, other)
    yield from _rates(one, other)


def _changed(kind: str, name: str, was: str, now: str, why: str = "") -> Difference:
    more = f" ({why})" if why else ""
    sentence = f"{words_of(name)}: {words_of(was)} -> {words_of(now)}{more}"
    return Difference(kind=kind, name=name, was=was, now=now, sentence=sentence)


def _members(incident: Record) -> frozenset[str]:
    """Give the names by which the claims of an incident last: the coder's id, else the claim's."""
    return frozenset(m["external_id"] or m["claim"] for m in incident["members"])


def _label(names: frozenset[str]) -> str:
    shown = sorted(names)[:3]
    return "+".join(shown) + (f" and {len(names) - 3} more" if len(names) > 3 else "")  # noqa: PLR2004


def _incidents(one: Run, other: Run) -> Iterator[Difference]:
    """Match incidents by the claims that they share; one of several, or several of one, is said so."""
    before = {i["id"]: _members(i) for i in one.incidents}
    after = {i["id"]: _members(i) for i in other.incidents}
    for name, olds in _sharing(after, before).items():
        label = _label(after[name])
        if not olds:
            found = other.findings[name]["occurrence"]
            yield Difference(kind="incident", name=label, was=None, now=found,
                             sentence=f"new incident {label}: {words_of(found)}")  # fmt: skip
        elif len(olds) > 1:
            told = " and ".join(_label(before[o]) for o in olds)
            yield Difference(kind="incident", name=label, was=told, now=label,
                             sentence=f"one incident now, {label}, of what was {told}")  # fmt: skip
        else:
            was, now = one.findings[olds[0]], other.findings[name]
            yield from _finding(was, now, before[olds[0]], after[name])
    yield from _gone(one, before, after)


def _gone(
    one: Run, before: Mapping[str, frozenset[str]], after: Mapping[str, frozenset[str]]
) -> Iterator[Difference]:
    for old, news in _sharing(before, after).items():
        label = _label(before[old])
        if not news:
            was = one.findings[old]["occurrence"]
            yield Difference(kind="incident", name=label, was=was, now=None,
                             sentence=f"incident gone: {label}, was {words_of(was)}")  # fmt: skip
        elif len(news) > 1:
            told = " and ".join(_label(after[n]) for n in news)
            yield Difference(kind="incident", name=label, was=label, now=told,
                             sentence=f"{label} is parted into {told}")  # fmt: skip


def _sharing(
    mine: Mapping[str, frozenset[str]], theirs: Mapping[str, frozenset[str]]
) -> dict[str, list[str]]:
    """Give for each incident those of the other run that share a claim with it, in the order of claims."""
    holds: dict[str, list[str]] = defaultdict(list)
    for name, members in theirs.items():
        for member in members:
            holds[member].append(name)
    return {
        name: sorted(
            {other for member in mine[name] for other in holds.get(member, ())},
            key=lambda n: sorted(theirs[n]),
        )
        for name in sorted(mine, key=lambda n: sorted(mine[n]))
    }


def _finding(was: Record, now: Record, old: frozenset[str], new: frozenset[str]) -> Iterator[Difference]:  # fmt: skip
    label = _label(new)
    joined, left = sorted(new - old), sorted(old - new)
    why = [f"joined: {', '.join(joined)}"] if joined else []
    why += [f"left: {', '.join(left)}"] if left else []
    if was["occurrence"] != now["occurrence"]:
        fresh = [r["sentence"] for r in now["reasons"] if r not in was["reasons"]]
        yield _changed(
            "occurrence", label, was["occurrence"], now["occurrence"], "; ".join([*why, *fresh])
        )
    elif why:
        yield Difference(kind="members", name=label, was=_label(old), now=label,
                         sentence=f"{label}: {'; '.join(why)}")  # fmt: skip
    if was["attribution"] != now["attribution"]:
        yield _changed("attribution", label, _who(was), _who(now))


def _who(finding: Record) -> str:
    state, party = finding["attribution"]["state"], finding["attribution"]["party"]
    return f"{state} {party}" if party else str(state)


def _of(run: Run, kind: str) -> Iterator[Record]:
    return (j for j in run.judgements if j["judgement"] == kind)


def _standings(one: Run, other: Run) -> Iterator[Difference]:
    def keyed(run: Run) -> dict[tuple[str, str, str], str]:
        return {
            (j["provision"], j.get("zone") or "", j["day"]): j["standing"]
            for j in _of(run, "standing")
        }

    before, after = keyed(one), keyed(other)
    for key in sorted(before.keys() & after.keys()):
        if before[key] != after[key]:
            name = " ".join(part for part in key if part)
            yield _changed("standing", name, before[key], after[key])
    for key in sorted(after.keys() - before.keys()):
        name = " ".join(part for part in key if part)
        yield Difference(kind="standing", name=name, was=None, now=after[key],
                         sentence=f"{name}: {words_of(after[key])}, not judged before")  # fmt: skip
    for key in sorted(before.keys() - after.keys()):
        name = " ".join(part for part in key if part)
        yield Difference(kind="standing", name=name, was=before[key], now=None,
                         sentence=f"{name}: judged before ({words_of(before[key])}), no more")  # fmt: skip


def _states(one: Run, other: Run) -> Iterator[Difference]:
    """Give obligations and agreements that stand otherwise."""
    before = {j["provision"]: j for j in _of(one, "obligation")}
    for now in sorted(_of(other, "obligation"), key=lambda j: str(j["provision"])):
        was = before.get(now["provision"])
        if was is None:
            yield Difference(kind="obligation", name=now["provision"], was=None, now=now["state"],
                             sentence=f"{now['provision']}: {words_of(now['state'])}, not judged before")  # fmt: skip
        elif was["state"] != now["state"]:
            yield _changed(
                "obligation", now["provision"], was["state"], now["state"], now["sentence"]
            )
    outcomes = {j["provision"]: j for j in _of(one, "agreement")}
    for now in sorted(_of(other, "agreement"), key=lambda j: str(j["provision"])):
        for criterion in ("violence", "purpose"):
            was = outcomes.get(now["provision"], {}).get(criterion, {"outcome": None})
            if was["outcome"] != now[criterion]["outcome"]:
                name = f"{now['provision']} {criterion}"
                said = (
                    str(was["outcome"] or "not judged"),
                    str(now[criterion]["outcome"] or "not asked"),
                )
                yield _changed("agreement", name, *said, now[criterion]["sentence"])


def _rates(one: Run, other: Run) -> Iterator[Difference]:
    """Compare the days of the first with those that only the second has, where both count by one rule."""
    if one.header["counting_rule"] != other.header["counting_rule"]:
        was, now = one.header["counting_rule"], other.header["counting_rule"]
        yield Difference(
            kind="counts", name="counts", was=was, now=now,
            sentence=f"counts are not compared: one unit was {words_of(was)}, now {words_of(now)}",
        )  # fmt: skip
        return
    first = _by_place(_of(one, "standing"))
    for key, days in sorted(_by_place(_of(other, "standing")).items()):
        earlier = first.get(key, [])
        known = {j["day"] for j in earlier}
        later = [j for j in days if j["day"] not in known]
        if earlier and later:
            channels = (_channels(other, earlier), _channels(other, later))
            found = compare(_period(earlier), _period(later), channels)
            name = " ".join(part for part in key if part)
            yield Difference(
                kind="rate", name=name, was=None, now=found.trend.value,
                sentence=f"{name}, {len(later)} new days against {len(earlier)}: {found.sentence}",
            )  # fmt: skip


def _channels(run: Run, days: Sequence[Record]) -> frozenset[str]:
    """Give the channels that watched on some days, as far as a run tells; a day is taken as it stands in UTC."""
    first, last = min(j["day"] for j in days), max(j["day"] for j in days)
    return frozenset(
        str(r["channel"])
        for r in run.coverage
        if r["effective_fraction"] > 0 and r["start"][:10] <= last and r["end"][:10] >= first
    )


def _by_place(standings: Iterator[Record]) -> dict[tuple[str, str], list[Record]]:
    found: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for j in standings:
        found[j["provision"], j["zone"] or ""].append(j)
    return found


def _period(days: Sequence[Record]) -> tuple[int, float, float]:
    count = sum(r["count"] for j in days for r in j["recorded"] if r["classification"] in _STANDS)
    share = sum(j["effective_fraction"] for j in days) / len(days)
    return count, sum(j["hours"] for j in days), share
