"""Laws of weighing that hold for any incident: what is added to its claims moves the finding one way only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import Row, claim_of, mission, project, row
from tests.link.worlds import evidence
from truceline.model.evidence import ClaimKind, ReadingState, Stance
from truceline.model.finding import LADDER, Finding
from truceline.model.provenance import Access, AccessKind, Basis, Chain, ChannelOwner, Relay
from truceline.weigh import findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from truceline.model.evidence import Claim
    from truceline.model.incident import Incident

SAYS = {Stance.ALLEGES, Stance.CONFIRMS, Stance.REPORTS, Stance.ADMITS}
UNKNOWN = Relay(text="Somebody", source=None, side=None, neutral=False)
ENEMY = Relay(text="AA MoD", source="AA-MoD", side="AA", neutral=False)


def weighed(incident: Incident, claims: Sequence[Claim]) -> Finding:
    """Weigh claims as members of an incident, without linking them anew."""
    members = tuple(sorted(c.id for c in claims))
    whole = replace(incident, members=members)
    (found,) = findings([whole], {c.id: c for c in claims}, (), (mission(), "method"))
    return found


def rank(finding: Finding) -> int:
    """Give the rung of a finding's assessment."""
    return LADDER.index(finding.assessed)


def incidents(rows: list[Row]) -> list[tuple[Incident, list[Claim]]]:
    """Give every incident of some rows with its claims, none of them mirrored."""
    found = project(rows)
    claims = {c.id: c for c in found.claims}
    return [(replace(i, engagement=None), [claims[m] for m in i.members]) for i in found.incidents]


def look_of(claim: Claim, of: str = "Relief") -> Claim:
    """Give a look of a body without an interest at what a claim says, published later."""
    watch = row("W", origin=of, origin_side="NGO", kind="verification", pub_date="2020-12-01")
    looked = claim_of(project([watch]), "W")
    return replace(
        looked, acts=claim.acts, places=claim.places, span=claim.span, actors=claim.actors,
        basis=Basis.INSPECTED, access=Access(kind=AccessKind.OWN),
    )  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(evidence())
def test_an_independent_look_never_lowers(rows: list[Row]) -> None:
    for incident, claims in incidents(rows):
        assert rank(weighed(incident, [*claims, look_of(claims[0])])) >= rank(
            weighed(incident, claims)
        )


@settings(max_examples=80, deadline=None)
@given(evidence(), st.sampled_from([UNKNOWN, ENEMY]))
def test_a_relay_more_never_raises(rows: list[Row], relay: Relay) -> None:
    for incident, claims in incidents(rows):
        for n, claim in enumerate(claims):
            if claim.stance in SAYS:
                chain = Chain(relays=(*claim.chain.relays, relay), channel=ChannelOwner.OTHER)
                passed = [*claims[:n], replace(claim, chain=chain), *claims[n + 1 :]]
                assert rank(weighed(incident, passed)) <= rank(weighed(incident, claims))


@settings(max_examples=80, deadline=None)
@given(evidence())
def test_a_hedge_never_raises(rows: list[Row]) -> None:
    for incident, claims in incidents(rows):
        for n, claim in enumerate(claims):
            if claim.stance in SAYS:
                hedged = [*claims[:n], replace(claim, hedge="allegedly"), *claims[n + 1 :]]
                assert rank(weighed(incident, hedged)) <= rank(weighed(incident, claims))


@settings(max_examples=80, deadline=None)
@given(evidence(), st.sampled_from([Stance.DENIES, Stance.RETRACTS]))
def test_a_look_that_found_nothing_and_what_is_taken_back_never_raise(
    rows: list[Row], stance: Stance
) -> None:
    for incident, claims in incidents(rows):
        for of in (claims[0], look_of(claims[0])):
            later = look_of(claims[0]).published
            against = replace(of, id="clm-against", stance=stance, published=later)
            assert rank(weighed(incident, [*claims, against])) <= rank(weighed(incident, claims))


NOT_SAYING = [
    (Stance.RETRACTS, None), (Stance.RETRACTS, ClaimKind.WITHDRAWAL), (Stance.DENIES, None),
    (Stance.DENIES, ClaimKind.FOUND_NOTHING), (Stance.REPORTS, ClaimKind.COULD_NOT_DETERMINE),
    (Stance.REPORTS, ClaimKind.UNDER_INVESTIGATION), (Stance.REPORTS, ClaimKind.AMBIGUOUS),
]  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(evidence(), st.sampled_from(NOT_SAYING))
def test_what_takes_back_or_vouches_for_nothing_never_raises(
    rows: list[Row], said: tuple[Stance, ClaimKind | None]
) -> None:
    for incident, claims in incidents(rows):
        for n, claim in enumerate(claims):
            rest = [*claims[:n], *claims[n + 1 :]]
            changed = replace(claim, stance=said[0], kind=said[1])
            assert not rest or rank(weighed(incident, [*rest, changed])) <= rank(
                weighed(incident, rest)
            )


@settings(max_examples=80, deadline=None)
@given(evidence())
def test_what_a_machine_read_never_lifts_or_lowers_what_people_read(rows: list[Row]) -> None:
    for incident, claims in incidents(rows):
        read = replace(look_of(claims[0]), reading=ReadingState.READ)
        people, both = weighed(incident, claims), weighed(incident, [*claims, read])
        assert rank(both) >= rank(people)
        assert both.assessed != "confirmed" or people.assessed == "confirmed"
        assert both.attribution == people.attribution
        nothing = replace(read, stance=Stance.DENIES)
        assert rank(weighed(incident, [*claims, nothing])) == rank(people)


@settings(max_examples=80, deadline=None)
@given(evidence(), st.permutations(range(10)))
def test_other_ids_change_no_finding(rows: list[Row], order: list[int]) -> None:
    for incident, claims in incidents(rows):
        renamed = [replace(c, id=f"clm-{order[n % 10]}-{n}") for n, c in enumerate(claims)]
        one, other = weighed(incident, claims), weighed(incident, renamed)
        assert (one.row, one.strength, one.assessed, one.reasons) == (
            other.row, other.strength, other.assessed, other.reasons,
        )  # fmt: skip
