"""What one unit of a count is: a registry of rules, and counts that are added only where their rule is the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from truceline.errors import RefusedError
from truceline.model.acts import Act

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime


class CountingRule(StrEnum):
    """What one unit of a count is; counts under different rules are never added."""

    SMM_EVENT = "smm_event"
    EPISODE = "episode"
    TRAJECTORY = "trajectory"
    INCIDENT = "incident"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """A rule in words: what one unit is, who counts so, where that is written down, and of which acts."""

    unit: str
    used_by: str
    source: str
    acts: tuple[Act, ...]


RULES: Mapping[CountingRule, RuleText] = {
    CountingRule.SMM_EVENT: RuleText(
        unit="one unit is each explosion, burst or shot",
        used_by="OSCE Special Monitoring Mission to Ukraine",
        source="its daily reports, 2014 to 2022",
        acts=(Act.FIRE, Act.EXPLOSION),
    ),
    CountingRule.EPISODE: RuleText(
        unit="one unit is one continuous episode in one direction",
        used_by="Joint Forces Operation of Ukraine",
        source="its daily tallies of 2021 beside those of the OSCE mission",
        acts=(Act.FIRE,),
    ),
    CountingRule.TRAJECTORY: RuleText(
        unit="one unit is one trajectory, which may hold several projectiles",
        used_by="UNIFIL, by its radars",
        source="its statements on what its radars count",
        acts=(Act.INDIRECT_FIRE,),
    ),
    CountingRule.INCIDENT: RuleText(
        unit="one unit is one incident; an engagement reported by both sides is one unit",
        used_by="Truceline, unless a mission says otherwise",
        source="docs/verbs/link.md",
        acts=(Act.HOSTILE_ACT,),
    ),
    CountingRule.COMPLAINT: RuleText(
        unit="one unit is one complaint lodged",
        used_by="Sri Lanka Monitoring Mission",
        source="its rulings on complaints, 2002 to 2008",
        acts=(Act.HOSTILE_ACT,),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedTally:
    """A count that somebody else states: who counted, by which rule, where, over what time, as of when.

    `area` is a place of the gazetteer, a zone of an agreement, or `everywhere`; `coverage` says in words what the
    counter could see, an empty text where it does not say.
    """

    id: str
    counter: str
    rule: CountingRule
    area: str
    start: datetime
    end: datetime
    value: int
    coverage: str
    reported: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """Two tallies side by side: why they cannot be compared, or by how much they differ, and what may explain it."""

    one: ReportedTally
    other: ReportedTally
    difference: int | None
    reasons: tuple[str, ...]


def total(tallies: Iterable[ReportedTally]) -> int:
    """Add up tallies of one rule, counter and period over different areas; RefusedError where they cannot be added."""
    counted = sorted(tallies, key=lambda t: t.id)
    for what, values in (
        ("rules", {t.rule.value for t in counted}),
        ("counters", {t.counter for t in counted}),
        ("periods", {f"{t.start.isoformat()} to {t.end.isoformat()}" for t in counted}),
    ):
        if len(values) > 1:
            raise RefusedError(
                f"counts under different {what} are never added: {', '.join(sorted(values))}",
                "give each its own line, and reconcile them",
            )
    areas = [t.area for t in counted]
    if len(set(areas)) < len(areas):
        twice = sorted({a for a in areas if areas.count(a) > 1})
        raise RefusedError(
            f"one area is counted twice: {', '.join(twice)}", "keep the later of the two tallies"
        )
    return sum(t.value for t in counted)


def reconcile(one: ReportedTally, other: ReportedTally) -> Reconciliation:
    """Say why two tallies differ, or that the same was counted by the same rule and the counts differ."""
    reasons = []
    if one.rule is not other.rule:
        reasons.append(f"the rules differ: {RULES[one.rule].unit}; {RULES[other.rule].unit}")
    if one.area != other.area:
        reasons.append(f"the areas differ: {one.area}; {other.area}")
    if (one.start, one.end) != (other.start, other.end):
        reasons.append("the periods differ")
    difference = None if reasons else other.value - one.value
    if one.coverage != other.coverage:
        seen = (t.coverage or "not said" for t in (one, other))
        reasons.append(f"they saw different parts: {'; '.join(seen)}")
    if one.reported != other.reported:
        reasons.append("they were reported at different times")
    if difference:
        reasons.append(
            "by the same rule over the same area and period: what one has and the other has not is to be asked"
        )
    return Reconciliation(one=one, other=other, difference=difference, reasons=tuple(reasons))
