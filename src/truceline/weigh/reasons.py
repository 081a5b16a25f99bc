"""Why a finding stands as it does, each reason one sentence that names no side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.finding import Alternative, Ground
from truceline.model.incident import Reason
from truceline.weigh.features import features
from truceline.weigh.table import FOUND_NOTHING, UNDETERMINED, rank, weigh, would_raise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from truceline.model.finding import Origin
    from truceline.weigh.features import Context
    from truceline.weigh.table import Weight
    from truceline.weigh.trace import Trace

_HOW = {
    Ground.VOUCHES: "without an interest, not saying how they know",
    Ground.GLANCED: "without an interest, looked, but not at the place with access of their own",
    Ground.EXAMINED: "without an interest, examined material of it",
    Ground.LOOKED: "without an interest, looked at the place with access of their own",
    Ground.MONITORED: "monitors, perceived it themselves",
}


def reasons(ctx: Context, weight: Weight) -> tuple[Reason, ...]:
    """Say which row of the table applied, what stands behind it, and what speaks against it."""
    found = [Reason(rule=weight.row.name.value, sentence=weight.row.sentence)]
    found += _interested(ctx)
    found += _disinterested(ctx)
    if ctx.admissions:
        said = _plural(len(ctx.admissions), "claim")
        found.append(Reason(rule="admission", sentence=f"admitted in {said}, one origin"))
    if ctx.denied:
        found.append(
            Reason(rule="denial", sentence="denied by the accused side, which settles nothing")
        )
    if ctx.incident.engagement is not None:
        sentence = "both sides report fighting there and then, each naming the other"
        found.append(Reason(rule="told_by_both", sentence=sentence))
    return (*found, *_against(ctx))


def _against(ctx: Context) -> Iterator[Reason]:
    """Say what speaks against it, who looks into it, and which version is rejected."""
    if ctx.withdrawn:
        said = _plural(len(ctx.withdrawn), "claim")
        yield Reason(
            rule="withdrawn", sentence=f"{said} taken back by who made it, and not counted"
        )
    if doubted := [c for c in ctx.standing if c.id in ctx.loose.doubted]:
        said = _plural(len(doubted), "claim")
        yield Reason(
            rule="may_be_taken_back",
            sentence=f"{said} may have been taken back by who made it: a retraction that does not say of what "
            "fits several events, and what it fits lifts nothing",
        )
    if names := _names(ctx.found_nothing()):
        yield Reason(rule="found_nothing", sentence=f"{names} {FOUND_NOTHING}")
    if names := _names(ctx.undetermined()):
        yield Reason(rule="undetermined", sentence=f"{names} {UNDETERMINED}")
    if names := _names(ctx.other_versions()):
        sentence = (
            f"{names}: something happened, but not as it was alleged; that version is rejected"
        )
        yield Reason(rule="other_version", sentence=sentence)


def _names(traces: Iterable[Trace]) -> str:
    return ", ".join(sorted({trace.label for trace in traces}))


def _interested(ctx: Context) -> Iterator[Reason]:
    own = {claim.id for claim in ctx.admissions}
    sides = [o for o in ctx.origins if o.ground is Ground.INTERESTED and not set(o.claims) <= own]
    if sides:
        yield Reason(
            rule="interested_origin",
            sentence=f"{_told(sides)} {_verb(sides)} to {_plural(len(sides), 'interested origin')}; repeats add nothing",
        )
    unknown = [o for o in ctx.origins if o.ground is Ground.UNKNOWN]
    if unknown:
        said = _plural(sum(len(o.claims) for o in unknown), "claim")
        sentence = f"{said} without a known speaker may all repeat one origin"
        yield Reason(rule="unknown_origin", sentence=sentence)


def _disinterested(ctx: Context) -> Iterator[Reason]:
    for ground, how in _HOW.items():
        found = [o for o in ctx.origins if o.ground is ground]
        if found:
            names = ", ".join(o.label for o in found)
            yield Reason(rule=ground.value, sentence=f"{names}: {how}")


def changes(ctx: Context) -> tuple[Alternative, ...]:
    """Give the smallest origins more that would raise the finding, and those without which it would fall."""
    here = features(ctx)
    now = weigh(here, ctx.mission.tighter).status
    return (*would_raise(here, ctx.mission.tighter), *_without(ctx, rank(now)))


def _without(ctx: Context, now: int) -> Iterator[Alternative]:
    for origin in ctx.origins:
        rest = weigh(features(ctx.without(origin)), ctx.mission.tighter).status
        if 0 < rank(rest) < now:
            yield Alternative(words=f"without {_name(origin, ctx)}", gives=rest)


def _name(origin: Origin, ctx: Context) -> str:
    if not origin.interested:
        return origin.label
    admitting = {claim.id for claim in ctx.admissions} & set(origin.claims)
    return "what the side that acted says itself" if admitting else "an origin with an interest"


def _told(origins: Sequence[Origin]) -> str:
    said = sum(len(o.claims) for o in origins)
    outlets = sum(o.outlets for o in origins)
    return f"{_plural(said, 'claim')} in {_plural(outlets, 'outlet')}"


def _verb(origins: Sequence[Origin]) -> str:
    return "traces" if sum(len(o.claims) for o in origins) == 1 else "trace"


def _plural(count: int, word: str) -> str:
    return f"{count} {word}" + ("" if count == 1 else "s")
