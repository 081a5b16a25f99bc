"""The small words of monitor reports: counted observations, weapons and persons harmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from truceline.model.acts import Act
from truceline.model.coding import Count, Measure, Qualifier
from truceline.read.monitor.monitor_numbers import Number, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truceline.read.grammar.line import Line
    from truceline.read.monitor.monitor_numbers import Reach

_REACH = 7
# What is counted: measure, act, and how it shows.
_THINGS: dict[str, tuple[Measure, Act, str | None]] = {
    "violation": (Measure.VIOLATIONS, Act.HOSTILE_ACT, None),
    "explosion": (Measure.EXPLOSIONS, Act.EXPLOSION, None),
    "detonation": (Measure.EXPLOSIONS, Act.EXPLOSION, None),
    "projectile": (Measure.PROJECTILES, Act.FIRE, None),
    "round": (Measure.PROJECTILES, Act.FIRE, None),
    "rocket": (Measure.PROJECTILES, Act.ROCKET_FIRE, None),
    "missile": (Measure.PROJECTILES, Act.MISSILE_STRIKE, None),
    "flare": (Measure.PROJECTILES, Act.HOSTILE_ACT, "illumination_flare"),
    "burst": (Measure.SHOTS, Act.FIRE, "burst"),
    "shot": (Measure.SHOTS, Act.FIRE, "shot"),
    "flash": (Measure.SHOTS, Act.FIRE, "muzzle_flash"),
}
_LOOKS = {
    "undetermined": "undetermined",
    "outgoing": "outgoing",
    "impact": "impact",
    "impacts": "impact",
    "airburst": "airburst",
    "airbursts": "airburst",
    "incoming": "incoming",
}
_PLURALS = frozenset(
    {"explosions", "projectiles", "bursts", "shots", "flashes", "flares", "detonations"}
)
_NOT_NEW = frozenset({"of", "as", "these", "the", "those", "no", "any", "such"})
_STOPS = frozenset({"and", "or", "from", "to", "at", "in", "on", "including", "with", "of", "by"})
EQUIPMENT = frozenset(
    {
        "howitzer",
        "tank",
        "mortar",
        "gun",
        "launcher",
        "system",
        "vehicle",
        "mlrs",
        "cannon",
        "piece",
        "apc",
        "ifv",
        "station",
        "weapon",
    }
)
_MEN = {
    "man": "civilian",
    "woman": "civilian",
    "boy": "civilian",
    "girl": "civilian",
    "civilian": "civilian",
    "child": "civilian",
    "men": "civilian",
    "women": "civilian",
    "children": "civilian",
    "person": None,
    "people": None,
    "resident": "civilian",
    "soldier": "military",
    "serviceman": "military",
    "servicemen": "military",
    "member": "military",
    "fighter": "military",
    "villager": "civilian",
}
_ALONE = frozenset({"man", "woman", "boy", "girl", "child"})
_SUMS = frozenset({"casualty", "casualties"})
_OWN = frozenset({"unmanned", "uav", "uavs", "smm", "osce"})
_FATES = {
    "killed": Measure.KILLED,
    "died": Measure.KILLED,
    "death": Measure.KILLED,
    "deaths": Measure.KILLED,
    "fatally": Measure.KILLED,
    "killing": Measure.KILLED,
    "fatality": Measure.KILLED,
    "fatalities": Measure.KILLED,
    "dead": Measure.KILLED,
    "injured": Measure.INJURED,
    "wounded": Measure.INJURED,
    "injuries": Measure.INJURED,
    "injury": Measure.INJURED,
    "injuring": Measure.INJURED,
    "wounding": Measure.INJURED,
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A count with the act it shows."""

    count: Count
    act: Act


def seen_in(reach: Reach, *, negative: bool = False) -> list[Seen]:
    """Give the counted observations of a stretch; `any` counts none in a negative sentence."""
    found = []
    listed = numbers(reach)
    for at, number in enumerate(listed):
        following = listed[at + 1].i if at + 1 < len(listed) else len(reach.line.tokens)
        seen = _seen(reach, number, following)
        if seen is not None:
            found.append(seen)
    if negative:
        return found or _none_seen(reach)
    found.extend(_uncounted(reach, found))
    return sorted(found, key=lambda s: s.count.cited.start)


def _uncounted(reach: Reach, counted: Sequence[Seen]) -> Iterator[Seen]:
    """Read `heard explosions`: a plural without a number is vague, never nothing."""
    line = reach.line
    taken = [(s.count.cited.start, s.count.cited.end) for s in counted]
    for i, token in enumerate(line.tokens):
        if token.norm not in _PLURALS or not reach.open(i):
            continue
        before = {line.norm(k) for k in range(i - 2, i)}
        if before & _NOT_NEW or any(a <= token.start < b for a, b in taken):
            continue
        thing = _thing(token.norm)
        if thing is not None:
            number = Number(i, i + 1, None, None, Qualifier.VAGUE)
            look = _LOOKS.get(line.norm(i - 1))
            yield Seen(_count(line, number, i + 1, _What(thing[0], thing[2] or look)), thing[1])


def _none_seen(reach: Reach) -> list[Seen]:
    """Read `did not record any ceasefire violations`: nothing of the first thing named."""
    for i, token in enumerate(reach.line.tokens):
        thing = _thing(token.norm)
        if thing is not None and reach.open(i):
            cited = reach.line.cited(i, i + 1)
            count = Count(measure=thing[0], low=0, high=0, qualifier=Qualifier.EXACT, cited=cited)
            return [Seen(count, thing[1])]
    return []


def _thing(norm: str) -> tuple[Measure, Act, str | None] | None:
    return (
        _THINGS.get(norm)
        or _THINGS.get(norm.removesuffix("s"))
        or (_THINGS["flash"] if norm == "flashes" else None)
    )


def _seen(reach: Reach, number: Number, following: int) -> Seen | None:
    line, look = reach.line, None
    for k in range(number.j, min(number.j + _REACH, len(line.tokens))):
        norm = line.norm(k)
        thing = _thing(norm)
        if thing is not None and reach.open(k):
            look = look or _after(reach, k + 1, following)
            measure, act, shown = thing
            end, both = _both(line, k + 1)
            return Seen(_count(line, number, end, _What(measure, both or shown or look)), act)
        look = look or _LOOKS.get(norm)
        if norm in _STOPS or not (line.tokens[k].word or reach.open(k)) or norm in {",", ";", "."}:
            break
        if line.tokens[k].text in "(),;.":
            break
    if look is not None and line.norm(number.i) not in {"a", "an"}:
        # "two outgoing, 18 undetermined": the noun was said before.
        return Seen(
            _count(line, number, number.j + 1, _What(Measure.EXPLOSIONS, look)), Act.EXPLOSION
        )
    return None


def _both(line: Line, k: int) -> tuple[int, str | None]:
    """Read `shots and bursts` as one count of either."""
    if line.norm(k) in {"and", "or"} and line.norm(k + 1) in {"shots", "bursts"}:
        return k + 2, "burst_or_shot"
    return k, None


def _after(reach: Reach, first: int, following: int) -> str | None:
    """Give how a thing showed in the words after it: `in flight`, `assessed as outgoing`."""
    line = reach.line
    for k in range(first, min(following, first + _REACH, len(line.tokens))):
        if line.tokens[k].text in ",;(" or line.norm(k) == "and":
            return None
        if line.norm(k) == "flight" and line.norm(k - 1) == "in":
            return "in_flight"
        if look := _LOOKS.get(line.norm(k)):
            return look
    return None


class _What(NamedTuple):
    """What is counted, and its status."""

    measure: Measure
    status: str | None = None


def _count(line: Line, number: Number, end: int, what: _What) -> Count:
    return Count(
        measure=what.measure,
        low=number.low,
        high=number.high,
        qualifier=number.qualifier,
        cited=line.cited(number.i, max(end, number.j)),
        status=what.status,
    )


def bare_counts(reach: Reach, measure: Measure) -> list[Count]:
    """Give numbers that stand without a noun: `compared with 7`."""
    return [
        _count(reach.line, n, n.j, _What(measure))
        for n in numbers(reach)
        if reach.line.tokens[n.j - 1].norm not in {"a", "an"}
    ]


def equipment_in(reach: Reach) -> list[Count]:
    """Give the counted weapons and vehicles of a stretch."""
    found = []
    for number in numbers(reach):
        for k in range(number.j, min(number.j + _REACH, len(reach.line.tokens))):
            norm = reach.line.norm(k)
            if norm in _OWN:
                break
            if norm in EQUIPMENT or norm.removesuffix("s") in EQUIPMENT:
                kind = norm if norm in EQUIPMENT else norm.removesuffix("s")
                what = _What(Measure.EQUIPMENT, kind if kind != "weapon" else None)
                found.append(_count(reach.line, number, k + 1, what))
                break
            if norm in _STOPS or reach.line.tokens[k].text in "(),;.":
                break
    return found


def fates_in(reach: Reach) -> list[tuple[int, Measure]]:
    """Give the words that say what befell persons."""
    line = reach.line
    fates = [
        (i, _FATES[t.norm]) for i, t in enumerate(line.tokens) if t.norm in _FATES and reach.open(i)
    ]
    return [(i, m) for i, m in fates if m is Measure.KILLED or line.norm(i - 1) != "fatally"]


def harmed_in(reach: Reach) -> list[Count]:
    """Give the killed and injured: each person with the fate that follows, else the one before."""
    line, found = reach.line, []
    fates = [
        (i, _FATES[t.norm]) for i, t in enumerate(line.tokens) if t.norm in _FATES and reach.open(i)
    ]
    fates = [
        (i, m) for i, m in fates if not (m is Measure.INJURED and line.norm(i - 1) == "fatally")
    ]
    for number in [*_lone_person(line, reach), *numbers(reach)]:
        if any(line.norm(k) in _SUMS for k in range(number.j, number.j + 3)):
            continue
        noun = _person(line, number)
        end = noun[0] + 1 if noun else number.j
        after = next(((i, m) for i, m in fates if i >= end), None)
        before = next(((i, m) for i, m in reversed(fates) if i < number.i), None)
        fate = (after if after and (noun or after[0] - number.j <= 1) else None) or (
            before if noun else None
        )
        if fate is not None:
            found.append(_count(line, number, end, _What(fate[1], noun[1] if noun else None)))
    return found


def _lone_person(line: Line, reach: Reach) -> Iterator[Number]:
    """Read `Man killed in ...`: a headline leaves the article out."""
    first = next(
        (i for i in range(len(line.tokens)) if reach.open(i) and line.tokens[i].word), None
    )
    if first is not None and line.norm(first) in _ALONE:
        yield Number(first, first, 1, 1, Qualifier.EXACT)


def _person(line: Line, number: Number) -> tuple[int, str | None] | None:
    for k in range(number.j, min(number.j + _REACH, len(line.tokens))):
        norm = line.norm(k)
        base = norm if norm in _MEN else norm.removesuffix("s")
        if base in _MEN:
            return k, _MEN[base]
        if norm in _STOPS or line.tokens[k].text in "(),;.:":
            return None
    return None


def total_in(reach: Reach) -> int | None:
    """Give the stated sum of persons harmed: `two civilian casualties`."""
    for number in numbers(reach):
        near = (reach.line.norm(k) for k in range(number.j, number.j + 3))
        if number.low == number.high and not _SUMS.isdisjoint(near):
            return number.low
    return None
