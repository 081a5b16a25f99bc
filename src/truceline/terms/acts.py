"""Act and kind words of coders to the model's acts and stances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.acts import Act, Family, family
from truceline.model.evidence import ClaimKind, Stance
from truceline.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

# Letters that may be wrong: one, or two in a word of eight and more; what differs in more is another word.
_LONG = 8
_JOINTS = frozenset({"of", "on", "and", "or", "by", "to"})
_ACT_WORDS: dict[str, tuple[Act, ...]] = {
    "hostile act": (Act.HOSTILE_ACT,),
    "hostilities": (Act.HOSTILE_ACT,),
    "attack": (Act.HOSTILE_ACT,),
    "attacks": (Act.HOSTILE_ACT,),
    "violation": (Act.HOSTILE_ACT,),
    "ceasefire violation": (Act.HOSTILE_ACT,),
    "fighting": (Act.HOSTILE_ACT,),
    "clash": (Act.HOSTILE_ACT,),
    "clashes": (Act.HOSTILE_ACT,),
    "armed attack": (Act.HOSTILE_ACT,),
    "armed clash": (Act.HOSTILE_ACT,),
    "military action": (Act.HOSTILE_ACT,),
    "combat": (Act.HOSTILE_ACT,),
    "violence": (Act.HOSTILE_ACT,),
    "explosion": (Act.EXPLOSION,),
    "explosions": (Act.EXPLOSION,),
    "fire": (Act.FIRE,),
    "gunfire": (Act.FIRE,),
    "strike": (Act.FIRE,),
    "strikes": (Act.FIRE,),
    "bombing": (Act.FIRE,),
    "heavy fire": (Act.FIRE,),
    "heavy weapons": (Act.INDIRECT_FIRE,),
    "indirect fire attack": (Act.INDIRECT_FIRE,),
    "artillery attack": (Act.ARTILLERY_FIRE,),
    "artillery strike": (Act.ARTILLERY_FIRE,),
    "rocket attack": (Act.ROCKET_FIRE,),
    "rocket strike": (Act.ROCKET_FIRE,),
    "missile fire": (Act.MISSILE_STRIKE,),
    "air raid": (Act.AIR_ATTACK,),
    "aerial attack": (Act.AIR_ATTACK,),
    "drone attack": (Act.UAV_STRIKE,),
    "uav attack": (Act.UAV_STRIKE,),
    "offensive action": (Act.GROUND_ACTION,),
    "bombardment": (Act.INDIRECT_FIRE,),
    "indirect fire": (Act.INDIRECT_FIRE,),
    "shelling": (Act.INDIRECT_FIRE,),
    "artillery": (Act.ARTILLERY_FIRE,),
    "artillery fire": (Act.ARTILLERY_FIRE,),
    "artillery shelling": (Act.ARTILLERY_FIRE,),
    "mortar": (Act.MORTAR_FIRE,),
    "mortar fire": (Act.MORTAR_FIRE,),
    "rocket": (Act.ROCKET_FIRE,),
    "rockets": (Act.ROCKET_FIRE,),
    "rocket fire": (Act.ROCKET_FIRE,),
    "missile": (Act.MISSILE_STRIKE,),
    "missile strike": (Act.MISSILE_STRIKE,),
    "missile attack": (Act.MISSILE_STRIKE,),
    "cluster munition": (Act.CLUSTER_MUNITION,),
    "cluster munitions": (Act.CLUSTER_MUNITION,),
    "small arms": (Act.SMALL_ARMS_FIRE,),
    "small arms fire": (Act.SMALL_ARMS_FIRE,),
    "sniper fire": (Act.SMALL_ARMS_FIRE,),
    "air": (Act.AIR_ATTACK,),
    "air attack": (Act.AIR_ATTACK,),
    "air strike": (Act.AIR_STRIKE,),
    "airstrike": (Act.AIR_STRIKE,),
    "uav strike": (Act.UAV_STRIKE,),
    "drone strike": (Act.UAV_STRIKE,),
    "uav or missile strike": (Act.UAV_STRIKE, Act.MISSILE_STRIKE),
    "air and missile attack": (Act.AIR_ATTACK, Act.MISSILE_STRIKE),
    "aircraft": (Act.AIRCRAFT_ACTIVITY,),
    "ground action": (Act.GROUND_ACTION,),
    "offensive": (Act.GROUND_ACTION,),
    "ground assault": (Act.GROUND_ASSAULT,),
    "ground attack": (Act.GROUND_ASSAULT,),
    "assault": (Act.GROUND_ASSAULT,),
    "sabotage": (Act.SABOTAGE_GROUP,),
    "sabotage group": (Act.SABOTAGE_GROUP,),
    "infiltration": (Act.SABOTAGE_GROUP,),
    "attack on protected": (Act.ATTACK_ON_PROTECTED,),
    "attack on civilians": (Act.ATTACK_ON_PROTECTED,),
    "attack on medical": (Act.ATTACK_ON_MEDICAL,),
    "attack on peacekeepers": (Act.ATTACK_ON_PEACEKEEPERS,),
    "tank fire": (Act.TANK_FIRE,),
    "tank shelling": (Act.TANK_FIRE,),
    "overflight": (Act.OVERFLIGHT,),
    "airspace violation": (Act.OVERFLIGHT,),
    "reconnaissance": (Act.RECONNAISSANCE,),
    "incursion": (Act.INCURSION,),
    "line crossing": (Act.LINE_CROSSING,),
    "border crossing by civilians": (Act.LINE_CROSSING,),
    "mine laying": (Act.MINE_LAYING,),
    "mine explosion": (Act.MINE_EXPLOSION,),
    "chemical weapon": (Act.CHEMICAL_WEAPON,),
    "damage to civilian object": (Act.DAMAGE_TO_CIVILIAN_OBJECT,),
    "displacement": (Act.DISPLACEMENT,),
    "expulsion of civilians": (Act.EXPULSION_OF_CIVILIANS,),
    "detention": (Act.DETENTION,),
    "territorial control": (Act.TERRITORIAL_CONTROL,),
    "reinforcement": (Act.REINFORCEMENT,),
    "new works": (Act.NEW_WORKS,),
    "fortification": (Act.FORTIFICATION,),
    "demolition": (Act.DEMOLITION,),
    "presence": (Act.PRESENCE,),
    "presence past deadline": (Act.PRESENCE,),
    "armed presence": (Act.ARMED_PRESENCE,),
    "weapons cache": (Act.WEAPONS_CACHE,),
    "arms transfer": (Act.ARMS_TRANSFER,),
    "weapons transfer": (Act.ARMS_TRANSFER,),
    "obstruction of monitors": (Act.OBSTRUCTION_OF_MONITORS,),
    "movement restriction": (Act.MOVEMENT_RESTRICTION,),
    "movement ban": (Act.MOVEMENT_RESTRICTION,),
    "border closure": (Act.BORDER_CLOSURE,),
    "hostile rhetoric": (Act.HOSTILE_RHETORIC,),
    "hostile statement": (Act.HOSTILE_RHETORIC,),
    "notification": (Act.NOTIFICATION,),
    "notice": (Act.NOTIFICATION,),
    "deployment": (Act.DEPLOYMENT,),
    "withdrawal": (Act.WITHDRAWAL,),
    "disarmament": (Act.DISARMAMENT,),
    "dismantling": (Act.DISARMAMENT,),
    "handover of area": (Act.HANDOVER_OF_AREA,),
    "handover of lists": (Act.HANDOVER_OF_LISTS,),
    "handover of maps": (Act.HANDOVER_OF_MAPS,),
    "humanitarian access": (Act.HUMANITARIAN_ACCESS,),
    "aid convoy": (Act.AID_CONVOY,),
    "release of prisoners": (Act.RELEASE_OF_PRISONERS,),
    "prisoner release": (Act.RELEASE_OF_PRISONERS,),
    "release of hostages": (Act.RELEASE_OF_PRISONERS,),
    "ceasefire agreement": (Act.CEASEFIRE_AGREEMENT,),
    "ceasefire entry into force": (Act.CEASEFIRE_ENTRY_INTO_FORCE,),
    "ceasefire compliance": (Act.CEASEFIRE_COMPLIANCE,),
    "cessation of fire": (Act.CESSATION_OF_FIRE,),
    "aircraft activity": (Act.AIRCRAFT_ACTIVITY,),
    "meeting": (Act.MEETING,),
    "phone call": (Act.PHONE_CALL,),
    "mediation": (Act.MEDIATION,),
    "casualties": (Act.CASUALTIES,),
    "losses": (Act.CASUALTIES,),
    "foreign fighters": (Act.FOREIGN_FIGHTERS,),
    "mercenaries": (Act.FOREIGN_FIGHTERS,),
    "exchange bodies prisoners": (Act.EXCHANGE_OF_PRISONERS_AND_REMAINS,),
    "exchange of prisoners and remains": (Act.EXCHANGE_OF_PRISONERS_AND_REMAINS,),
    "prisoner exchange": (Act.EXCHANGE_OF_PRISONERS_AND_REMAINS,),
    "verification mechanism": (Act.VERIFICATION_MECHANISM,),
    "negotiation": (Act.NEGOTIATION,),
}

_KINDS: dict[str, tuple[Stance, str | None, ClaimKind | None]] = {
    "accusation": (Stance.ALLEGES, None, None),
    "allegation": (Stance.ALLEGES, None, None),
    "foreign fighters": (Stance.ALLEGES, None, None),
    "military claim": (Stance.ALLEGES, "claim of a military success", None),
    "denial": (Stance.DENIES, None, None),
    "admission": (Stance.ADMITS, None, None),
    "verification": (Stance.CONFIRMS, None, None),
    "casualty update": (Stance.REPORTS, None, None),
    "assessment": (Stance.REPORTS, None, None),
    "control claim": (Stance.REPORTS, None, None),
    "implementation": (Stance.REPORTS, None, None),
    "report": (Stance.REPORTS, None, None),
    "ambiguous": (
        Stance.REPORTS,
        "coded as ambiguous: neither claims nor denies",
        ClaimKind.AMBIGUOUS,
    ),
    "agreement": (Stance.AGREES, None, None),
    "call": (Stance.CALLS_FOR, None, None),
    "retraction": (Stance.RETRACTS, None, None),
    "withdrawal": (Stance.RETRACTS, None, ClaimKind.WITHDRAWAL),
    "found nothing": (Stance.DENIES, None, ClaimKind.FOUND_NOTHING),
    "could not determine": (Stance.REPORTS, None, ClaimKind.COULD_NOT_DETERMINE),
    "under investigation": (Stance.REPORTS, None, ClaimKind.UNDER_INVESTIGATION),
    "other version": (Stance.REPORTS, None, ClaimKind.OTHER_VERSION),
}


def _words(text: str) -> str:
    return fold(text.replace("_", " ").replace("-", " "))


def acts_of(word: str) -> tuple[Act, ...] | None:
    """Give the acts an act word stands for, None when the word is not known."""
    return _ACT_WORDS.get(_words(word))


def stance_of(kind: str) -> tuple[Stance, str | None, ClaimKind | None] | None:
    """Give stance, hedge and what no stance says of a coder's kind, None when the word is not known."""
    return _KINDS.get(_words(kind))


def act_words() -> tuple[str, ...]:
    """Every act word understood, for advice on an unknown one."""
    return tuple(word.replace(" ", "_") for word in _ACT_WORDS)


def kind_words() -> tuple[str, ...]:
    """Every kind word understood, for advice on an unknown one."""
    return tuple(word.replace(" ", "_") for word in _KINDS)


def close(word: str, known: Iterable[str]) -> str:
    """Ask whether a known word was meant, where one is close in spelling; else say nothing."""
    from rapidfuzz import process  # noqa: PLC0415  only where a word is wrong
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415

    wrong = 2 if len(word) >= _LONG else 1
    found = process.extractOne(
        word, sorted(known), scorer=DamerauLevenshtein.distance, score_cutoff=wrong
    )
    return f"did you mean {found[0]}? " if found else ""


def close_act(word: str) -> str:
    """Ask whether a known act was meant: close in spelling, and of a family that the words of the unknown one know.

    No act of violence is ever offered for a word that shares a whole part with a peaceful one.
    """
    parts = set(_words(word).split()) - _JOINTS
    shared = {
        family(act)
        for known, acts in _ACT_WORDS.items() if parts & set(known.split()) - _JOINTS
        for act in acts
    }  # fmt: skip
    if shared - {Family.HOSTILE}:
        shared -= {Family.HOSTILE}
    fitting = [
        known for known, acts in _ACT_WORDS.items()
        if not shared or {family(act) for act in acts} <= shared
    ]  # fmt: skip
    return close(_words(word).replace(" ", "_"), (known.replace(" ", "_") for known in fitting))


def act_hint(word: str) -> str:
    """Advise on a word that is no act of the vocabulary; what a coder may write besides is named by its act."""
    known = acts_of(word)
    if known is not None:
        return f"write {' and '.join(known)}"
    return f"{close_act(word)}use an act of docs/reference/acts.md"
