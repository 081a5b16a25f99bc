"""The weighing rules: each gives bits and one sentence, or nothing.

Weights are expert priors in log2 odds; the prior is the base rate of upheld allegations of a mission
that counted them (Nuba Mountains: 9 of 54, domain page 1.2, rounded to -2 bits). No sum of bits alone
makes an incident confirmed: `status` also asks *what kind* of origin stands behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.model.evidence import Claim, Stance
from truceline.model.finding import Occurrence
from truceline.model.incident import Incident, Reason
from truceline.weigh.origins import admits, looked_at, origins

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from truceline.model.finding import Origin
    from truceline.model.mission import Mission

PRIOR_BITS = -2.0
INTERESTED_BITS = 1.0
UNKNOWN_BITS = 0.5
THIRD_PARTY_BITS = 3.0
ON_SITE_BITS = 4.0
VERIFIED_ON_SITE_BITS = 7.0
ADMISSION_BITS = 8.0
DENIAL_BITS = -1.0
MIRROR_BITS = 2.5
CONFIRMED_FROM = 4.3
CORROBORATED_FROM = 1.0
PLAUSIBLE_FROM = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a rule may look at: the claims of the incident, its origins, and the mission."""

    incident: Incident
    claims: tuple[Claim, ...]
    origins: tuple[Origin, ...]
    mission: Mission

    @property
    def admissions(self) -> tuple[Claim, ...]:
        """Claims in which a side that the claim itself says acted admits it."""
        return tuple(c for c in self.claims if admits(c, self.mission) is not None)


def context(incident: Incident, claims: Sequence[Claim], mission: Mission) -> Context:
    """Gather what the rules look at."""
    return Context(
        incident=incident,
        claims=tuple(claims),
        origins=origins(claims, mission),
        mission=mission,
    )


def _plural(count: int, word: str) -> str:
    return f"{count} {word}" + ("" if count == 1 else "s")


def prior(_: Context) -> Reason | None:
    """Start from how often allegations to a monitoring mission were upheld."""
    return Reason(
        rule="prior",
        bits=PRIOR_BITS,
        sentence="most allegations made to a mission that counted them were not upheld (9 of 54 were)",
    )


def interested(ctx: Context) -> Reason | None:
    """Count all that the accusing side says as one origin with an interest."""
    sides = [o for o in ctx.origins if o.interested and o.id.startswith("party:")]
    sides = [o for o in sides if not _only_admits(o, ctx)]
    if not sides:
        return None
    said = sum(len(o.claims) for o in sides)
    outlets = sum(o.outlets for o in sides)
    sentence = (
        f"{_plural(said, 'claim')} in {_plural(outlets, 'outlet')} trace to "
        f"{_plural(len(sides), 'interested origin')}; repeats add nothing"
    )
    return Reason(rule="interested_origin", bits=INTERESTED_BITS * len(sides), sentence=sentence)


def _only_admits(origin: Origin, ctx: Context) -> bool:
    own = {c.id for c in ctx.admissions}
    return set(origin.claims) <= own


def unknown(ctx: Context) -> Reason | None:
    """Give little to reports whose speaker is not known: any of them may repeat another."""
    found = [o for o in ctx.origins if o.interested and not o.id.startswith("party:")]
    if not found:
        return None
    said = sum(len(o.claims) for o in found)
    return Reason(
        rule="unknown_origin",
        bits=UNKNOWN_BITS,
        sentence=f"{_plural(said, 'claim')} without a known speaker may all repeat one origin",
    )


def third_party(ctx: Context) -> Reason | None:
    """Add each third party that has not looked at the place itself."""
    found = [o for o in ctx.origins if not o.interested and not o.on_site]
    if not found:
        return None
    names = ", ".join(o.label for o in found)
    return Reason(
        rule="third_party",
        bits=THIRD_PARTY_BITS * len(found),
        sentence=f"independent, not on site: {names}",
    )


def on_site(ctx: Context) -> Reason | None:
    """Add each third party that looked; one that set out to verify weighs most."""
    found = [o for o in ctx.origins if not o.interested and o.on_site]
    if not found:
        return None
    bits = sum(VERIFIED_ON_SITE_BITS if verified(o, ctx) else ON_SITE_BITS for o in found)
    names = ", ".join(o.label for o in found)
    return Reason(rule="on_site", bits=bits, sentence=f"independent and on site: {names}")


def verified(origin: Origin, ctx: Context) -> bool:
    """Answer whether an on-site third party confirms the event, rather than reports of it."""
    return origin.on_site and any(
        c.stance is Stance.CONFIRMS and c.id in origin.claims and looked_at(c) for c in ctx.claims
    )


def admission(ctx: Context) -> Reason | None:
    """Weigh an admission against one's own interest heavily, once."""
    if not ctx.admissions:
        return None
    said = _plural(len(ctx.admissions), "claim")
    return Reason(
        rule="admission",
        bits=ADMISSION_BITS,
        sentence=f"the accused side admits it ({said}, one origin)",
    )


def denial(ctx: Context) -> Reason | None:
    """Take a little off for a denial by the accused: it has an interest too."""
    if not any(how.startswith("denied by") for how in ctx.incident.contested_how):
        return None
    return Reason(rule="denial", bits=DENIAL_BITS, sentence="denied by the accused side")


def mirrored(ctx: Context) -> Reason | None:
    """Add that both sides report fighting there and then, though not who began it."""
    if ctx.incident.engagement is None:
        return None
    return Reason(
        rule="mirrored",
        bits=MIRROR_BITS,
        sentence="both sides report fighting there and then, each naming the other",
    )


RULES: tuple[Callable[[Context], Reason | None], ...] = (
    prior, interested, unknown, third_party, on_site, admission, denial, mirrored,
)  # fmt: skip


def status(bits: float, ctx: Context) -> Occurrence:
    """Turn bits into an occurrence; the higher rungs also ask what kind of origin there is."""
    if not ctx.origins:
        return Occurrence.UNASSESSED
    grounds = bool(ctx.admissions) or any(verified(o, ctx) for o in ctx.origins)
    if grounds and bits >= CONFIRMED_FROM:
        return Occurrence.CONFIRMED
    independent = [o for o in ctx.origins if not o.interested]
    backed = bool(ctx.admissions) or (bool(independent) and len(ctx.origins) > 1)
    if bits >= CORROBORATED_FROM and backed:
        return Occurrence.CORROBORATED
    if bits >= PLAUSIBLE_FROM:
        return Occurrence.PLAUSIBLE
    return Occurrence.UNSUBSTANTIATED
