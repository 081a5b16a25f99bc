"""What may be done: one vocabulary of acts for terms, coded rows and what is read in texts, as a tree in families."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Act(StrEnum):
    """What is said to have been done; `parent_act` gives the more general act."""

    HOSTILE_ACT = "hostile_act"
    FIRE = "fire"
    INDIRECT_FIRE = "indirect_fire"
    ARTILLERY_FIRE = "artillery_fire"
    TANK_FIRE = "tank_fire"
    MORTAR_FIRE = "mortar_fire"
    ROCKET_FIRE = "rocket_fire"
    MISSILE_STRIKE = "missile_strike"
    CLUSTER_MUNITION = "cluster_munition"
    SMALL_ARMS_FIRE = "small_arms_fire"
    AIR_ATTACK = "air_attack"
    AIR_STRIKE = "air_strike"
    UAV_STRIKE = "uav_strike"
    AIRCRAFT_ACTIVITY = "aircraft_activity"
    OVERFLIGHT = "overflight"
    RECONNAISSANCE = "reconnaissance"
    GROUND_ACTION = "ground_action"
    GROUND_ASSAULT = "ground_assault"
    SABOTAGE_GROUP = "sabotage_group"
    INCURSION = "incursion"
    LINE_CROSSING = "line_crossing"
    ATTACK_ON_PROTECTED = "attack_on_protected"
    ATTACK_ON_MEDICAL = "attack_on_medical"
    ATTACK_ON_PEACEKEEPERS = "attack_on_peacekeepers"
    CHEMICAL_WEAPON = "chemical_weapon"
    MINE_LAYING = "mine_laying"
    EXPLOSION = "explosion"
    MINE_EXPLOSION = "mine_explosion"
    CASUALTIES = "casualties"
    DAMAGE_TO_CIVILIAN_OBJECT = "damage_to_civilian_object"
    DISPLACEMENT = "displacement"
    EXPULSION_OF_CIVILIANS = "expulsion_of_civilians"
    DETENTION = "detention"
    TERRITORIAL_CONTROL = "territorial_control"
    REINFORCEMENT = "reinforcement"
    NEW_WORKS = "new_works"
    FORTIFICATION = "fortification"
    DEMOLITION = "demolition"
    PRESENCE = "presence"
    ARMED_PRESENCE = "armed_presence"
    WEAPONS_CACHE = "weapons_cache"
    ARMS_TRANSFER = "arms_transfer"
    OBSTRUCTION_OF_MONITORS = "obstruction_of_monitors"
    MOVEMENT_RESTRICTION = "movement_restriction"
    DEPLOYMENT = "deployment"
    WITHDRAWAL = "withdrawal"
    DISARMAMENT = "disarmament"
    HANDOVER_OF_AREA = "handover_of_area"
    HANDOVER_OF_LISTS = "handover_of_lists"
    HANDOVER_OF_MAPS = "handover_of_maps"
    BORDER_CLOSURE = "border_closure"
    NOTIFICATION = "notification"
    FOREIGN_FIGHTERS = "foreign_fighters"
    HOSTILE_RHETORIC = "hostile_rhetoric"
    CEASEFIRE_AGREEMENT = "ceasefire_agreement"
    CEASEFIRE_ENTRY_INTO_FORCE = "ceasefire_entry_into_force"
    CEASEFIRE_COMPLIANCE = "ceasefire_compliance"
    CESSATION_OF_FIRE = "cessation_of_fire"
    EXCHANGE_OF_PRISONERS_AND_REMAINS = "exchange_of_prisoners_and_remains"
    RELEASE_OF_PRISONERS = "release_of_prisoners"
    HUMANITARIAN_ACCESS = "humanitarian_access"
    AID_CONVOY = "aid_convoy"
    VERIFICATION_MECHANISM = "verification_mechanism"
    NEGOTIATION = "negotiation"
    MEETING = "meeting"
    PHONE_CALL = "phone_call"
    MEDIATION = "mediation"
    UNRESOLVED = "unresolved"


_PARENTS: Mapping[Act, Act] = {
    Act.FIRE: Act.HOSTILE_ACT,
    Act.INDIRECT_FIRE: Act.FIRE,
    Act.ARTILLERY_FIRE: Act.INDIRECT_FIRE,
    Act.MORTAR_FIRE: Act.INDIRECT_FIRE,
    Act.ROCKET_FIRE: Act.INDIRECT_FIRE,
    Act.MISSILE_STRIKE: Act.INDIRECT_FIRE,
    Act.CLUSTER_MUNITION: Act.INDIRECT_FIRE,
    Act.SMALL_ARMS_FIRE: Act.FIRE,
    Act.TANK_FIRE: Act.FIRE,
    Act.AIR_ATTACK: Act.FIRE,
    Act.AIR_STRIKE: Act.AIR_ATTACK,
    Act.UAV_STRIKE: Act.AIR_ATTACK,
    Act.AIRCRAFT_ACTIVITY: Act.HOSTILE_ACT,
    Act.OVERFLIGHT: Act.AIRCRAFT_ACTIVITY,
    Act.GROUND_ACTION: Act.HOSTILE_ACT,
    Act.INCURSION: Act.GROUND_ACTION,
    Act.GROUND_ASSAULT: Act.GROUND_ACTION,
    Act.SABOTAGE_GROUP: Act.GROUND_ACTION,
    Act.ATTACK_ON_PROTECTED: Act.HOSTILE_ACT,
    Act.ATTACK_ON_MEDICAL: Act.ATTACK_ON_PROTECTED,
    Act.ATTACK_ON_PEACEKEEPERS: Act.ATTACK_ON_PROTECTED,
    Act.CHEMICAL_WEAPON: Act.FIRE,
    Act.MINE_LAYING: Act.HOSTILE_ACT,
    Act.MINE_EXPLOSION: Act.EXPLOSION,
    Act.FORTIFICATION: Act.NEW_WORKS,
    Act.ARMED_PRESENCE: Act.PRESENCE,
    Act.AID_CONVOY: Act.HUMANITARIAN_ACCESS,
    Act.MEETING: Act.NEGOTIATION,
    Act.PHONE_CALL: Act.NEGOTIATION,
    Act.MEDIATION: Act.NEGOTIATION,
}


class Family(StrEnum):
    """What sort of act it is: of violence; one that a text may forbid without any; what befell; carrying out; talks."""

    HOSTILE = "hostile"
    CONDUCT = "conduct"
    AFTERMATH = "aftermath"
    CARRYING_OUT = "carrying_out"
    TALKS = "talks"
    OTHER = "other"


_FAMILIES: Mapping[Family, tuple[Act, ...]] = {
    Family.HOSTILE: (Act.HOSTILE_ACT,),
    Family.CONDUCT: (
        Act.RECONNAISSANCE, Act.LINE_CROSSING, Act.EXPULSION_OF_CIVILIANS, Act.DETENTION,
        Act.TERRITORIAL_CONTROL, Act.REINFORCEMENT, Act.NEW_WORKS, Act.DEMOLITION, Act.PRESENCE,
        Act.WEAPONS_CACHE, Act.ARMS_TRANSFER, Act.OBSTRUCTION_OF_MONITORS,
        Act.MOVEMENT_RESTRICTION, Act.BORDER_CLOSURE, Act.FOREIGN_FIGHTERS, Act.HOSTILE_RHETORIC,
    ),
    Family.AFTERMATH: (
        Act.EXPLOSION, Act.CASUALTIES, Act.DAMAGE_TO_CIVILIAN_OBJECT, Act.DISPLACEMENT,
    ),
    Family.CARRYING_OUT: (
        Act.DEPLOYMENT, Act.WITHDRAWAL, Act.DISARMAMENT, Act.HANDOVER_OF_AREA,
        Act.HANDOVER_OF_LISTS, Act.HANDOVER_OF_MAPS, Act.NOTIFICATION, Act.HUMANITARIAN_ACCESS,
        Act.EXCHANGE_OF_PRISONERS_AND_REMAINS, Act.RELEASE_OF_PRISONERS,
        Act.VERIFICATION_MECHANISM, Act.CEASEFIRE_COMPLIANCE, Act.CESSATION_OF_FIRE,
    ),
    Family.TALKS: (
        Act.NEGOTIATION, Act.CEASEFIRE_AGREEMENT, Act.CEASEFIRE_ENTRY_INTO_FORCE,
    ),
    Family.OTHER: (Act.UNRESOLVED,),
}  # fmt: skip
# What a person codes as an event although no shot is told: each may breach a provision by itself.
EVENTS = frozenset({
    Act.RECONNAISSANCE, Act.LINE_CROSSING, Act.EXPULSION_OF_CIVILIANS, Act.DETENTION, Act.REINFORCEMENT,
    Act.NEW_WORKS, Act.FORTIFICATION, Act.DEMOLITION, Act.PRESENCE, Act.ARMED_PRESENCE, Act.WEAPONS_CACHE,
    Act.ARMS_TRANSFER, Act.OBSTRUCTION_OF_MONITORS, Act.MOVEMENT_RESTRICTION, Act.EXPLOSION, Act.HOSTILE_RHETORIC,
})  # fmt: skip
# Steps of carrying an agreement out: what is told of them bears on an obligation and is no incident.
STEPS = frozenset({
    Act.DEPLOYMENT, Act.WITHDRAWAL, Act.DISARMAMENT, Act.HANDOVER_OF_AREA, Act.HANDOVER_OF_LISTS,
    Act.HANDOVER_OF_MAPS, Act.AID_CONVOY, Act.NOTIFICATION,
})  # fmt: skip


def family(act: Act) -> Family:
    """Give the family of an act: its own, or that of the act it is a special case of."""
    chain = lineage(act)
    return next(f for f, acts in _FAMILIES.items() if any(a in acts for a in chain))


def lineage(act: Act) -> tuple[Act, ...]:
    """Give an act and everything more general, most special first."""
    chain = [act]
    while (parent := _PARENTS.get(chain[-1])) is not None:
        chain.append(parent)
    return tuple(chain)


def is_kind_of(act: Act, general: Act) -> bool:
    """Answer whether an act is the general one or a special case of it."""
    return general in lineage(act)


def one_line(some: Iterable[Act], others: Iterable[Act]) -> bool:
    """Answer whether two lists of acts have a pair of which one is the other, or a more general word for it.

    An explosion counts here as a kind of hostile act, and as none of what is done with a weapon that is named: who
    heard one perceived no more than that.
    """
    theirs = tuple(others)
    return any(
        is_kind_of(a, b) or is_kind_of(b, a) or {a, b} == {Act.EXPLOSION, Act.HOSTILE_ACT}
        for a in some
        for b in theirs
    )
