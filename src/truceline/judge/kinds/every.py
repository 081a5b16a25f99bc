"""Which module answers for which kind: closed, so that a new kind is a branch that the type checker asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from truceline.judge.kinds import fighters, notice, rhetoric, withdrawal
from truceline.model.agreement import ProvisionKind as Kind

if TYPE_CHECKING:
    from truceline.judge.duty import Duty
    from truceline.judge.matter import Judged, Matter
    from truceline.model.agreement import Agreement, Prohibition
    from truceline.model.deed import Progress
    from truceline.model.evidence import Claim


def particular(matter: Matter, agreement: Agreement, provision: Prohibition) -> Judged | None:
    """Ask what a prohibition's kind asks besides time, place, act and actor; None where that speaks for a breach, or nothing."""
    match provision.kind:
        case (
            Kind.WITHDRAW_WEAPONS | Kind.WITHDRAW_FORCES | Kind.DISENGAGEMENT_AREA
            | Kind.DEMILITARISED_ZONE | Kind.NO_REINFORCEMENT_OR_RESUPPLY
        ):  # fmt: skip
            return withdrawal.out_of_place(matter, agreement, provision)
        case Kind.NOTIFY_ACTIVITY:
            return notice.given(matter, provision)
        case Kind.NO_HOSTILE_RHETORIC:
            return rhetoric.assessed(matter, agreement, provision)
        case (
            Kind.CESSATION_OF_FIRE | Kind.NO_OFFENSIVE_ACTION | Kind.NO_AIR_OPERATIONS
            | Kind.NO_RECONNAISSANCE | Kind.FREEZE_POSITIONS | Kind.NO_FORTIFICATION | Kind.NO_MINING
            | Kind.NO_ATTACK_ON_CIVILIANS | Kind.PROTECTED_OBJECTS | Kind.TERRITORIAL_HANDOVER
            | Kind.HUMANITARIAN_ACCESS | Kind.AID_QUOTA | Kind.RELEASE_PRISONERS | Kind.PRISONER_LIST
            | Kind.EXCHANGE_REMAINS | Kind.MISSING_PERSONS | Kind.EVACUATE_WOUNDED
            | Kind.LOCALISED_CEASEFIRE | Kind.FOREIGN_FIGHTERS_WITHDRAW
            | Kind.FREEDOM_OF_MOVEMENT_MONITORS | Kind.ESTABLISH_MECHANISM | Kind.LIAISON_HOTLINE
            | Kind.NEGOTIATE | Kind.DISPLACED_RETURN | Kind.REOPEN_TRANSPORT | Kind.RETURN_FIRE_EXCEPTION
        ):  # fmt: skip
            return None
        case _ as never:
            assert_never(never)


def sighted(duty: Duty, claim: Claim) -> Progress | None:
    """Say how far a duty is by what a claim tells of its kind's own acts, None where it tells nothing."""
    match duty.provision.kind:
        case (
            Kind.WITHDRAW_WEAPONS | Kind.WITHDRAW_FORCES | Kind.DISENGAGEMENT_AREA
            | Kind.DEMILITARISED_ZONE | Kind.TERRITORIAL_HANDOVER | Kind.NO_REINFORCEMENT_OR_RESUPPLY
        ):  # fmt: skip
            return withdrawal.sighted(duty, claim)
        case Kind.FOREIGN_FIGHTERS_WITHDRAW:
            return fighters.sighted(duty, claim)
        case (
            Kind.CESSATION_OF_FIRE | Kind.NO_OFFENSIVE_ACTION | Kind.NO_AIR_OPERATIONS
            | Kind.NO_RECONNAISSANCE | Kind.FREEZE_POSITIONS | Kind.NO_FORTIFICATION | Kind.NO_MINING | Kind.NO_ATTACK_ON_CIVILIANS
            | Kind.PROTECTED_OBJECTS | Kind.HUMANITARIAN_ACCESS | Kind.AID_QUOTA
            | Kind.RELEASE_PRISONERS | Kind.PRISONER_LIST | Kind.EXCHANGE_REMAINS
            | Kind.MISSING_PERSONS | Kind.EVACUATE_WOUNDED | Kind.LOCALISED_CEASEFIRE
            | Kind.NO_HOSTILE_RHETORIC | Kind.FREEDOM_OF_MOVEMENT_MONITORS | Kind.ESTABLISH_MECHANISM
            | Kind.LIAISON_HOTLINE | Kind.NOTIFY_ACTIVITY | Kind.NEGOTIATE | Kind.DISPLACED_RETURN
            | Kind.REOPEN_TRANSPORT | Kind.RETURN_FIRE_EXCEPTION
        ):  # fmt: skip
            return None
        case _ as never:
            assert_never(never)
