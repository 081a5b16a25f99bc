"""Families of acts: which act words tell one event together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.model.acts import Act, is_kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from truceline.read.naming.lexicon import Hit

SOFT = frozenset({Act.CASUALTIES, Act.DAMAGE_TO_CIVILIAN_OBJECT, Act.EXPLOSION, Act.MINE_EXPLOSION})
BLASTS = frozenset({Act.EXPLOSION, Act.MINE_EXPLOSION})
TALKS = frozenset({Act.MEETING, Act.PHONE_CALL, Act.NEGOTIATION, Act.MEDIATION})
TRUCE = frozenset(
    {
        Act.CEASEFIRE_AGREEMENT,
        Act.CEASEFIRE_ENTRY_INTO_FORCE,
        Act.CESSATION_OF_FIRE,
        Act.CEASEFIRE_COMPLIANCE,
    }
)
TRUCE_DEEDS = TRUCE - {Act.CEASEFIRE_AGREEMENT}
AGREED = (
    TRUCE
    | TALKS
    | {
        Act.EXCHANGE_OF_PRISONERS_AND_REMAINS,
        Act.WITHDRAWAL,
        Act.HUMANITARIAN_ACCESS,
        Act.RELEASE_OF_PRISONERS,
        Act.VERIFICATION_MECHANISM,
    }
)
# What one may be blamed for without a shot: a denial without a subject speaks of the denier.
BLAMED = frozenset(
    {
        Act.FOREIGN_FIGHTERS,
        Act.EXPULSION_OF_CIVILIANS,
        Act.DETENTION,
        Act.REINFORCEMENT,
        Act.FORTIFICATION,
        Act.BORDER_CLOSURE,
    }
)
_HOSTILE, _SOFT, _TALKS = "hostile", "soft", "talks"


def is_hostile(acts: Iterable[Act]) -> bool:
    """Answer whether an act of hostility is among them."""
    return any(is_kind_of(act, Act.HOSTILE_ACT) for act in acts)


def families(hits: Sequence[Hit]) -> list[list[Hit]]:
    """Put act words together that tell one event: hostile ones, those of talks, each other alone.

    Harm and explosions told beside a hostile act belong to it.
    """
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(_family(Act(hit.key)), []).append(hit)
    if _HOSTILE in found and _SOFT in found:
        found[_HOSTILE] = sorted((*found[_HOSTILE], *found.pop(_SOFT)), key=lambda h: h.i)
    return list(found.values())


def _family(act: Act) -> str:
    if is_kind_of(act, Act.HOSTILE_ACT):
        return _HOSTILE
    if act in SOFT:
        return _SOFT
    return _TALKS if act in TALKS else act.value
