"""A seeded rougher copy of coded claims: what other coders, other names and vaguer pages would give.

Places get a parallel name or only their district; times lose the clock; acts become a more general
word; a fifth of the fields go missing. Labels and ids stay, so that the copy can be scored.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from truceline.model.place_time import PlaceKind
from truceline.text.names import fold, split_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from truceline.model.mission import Mission
    from truceline.model.place_time import GazetteerEntry

Row = dict[str, str]
HALF = 0.5
FIFTH = 0.2
DROPPED = (
    "t_from_local", "places", "act", "accused", "origin", "paraphrase", "killed", "injured", "outlet",
)  # fmt: skip
_GENERAL = {
    "artillery_shelling": ("shelling", "fire", "attack"),
    "missile_strike": ("strike", "shelling", "attack"),
    "ground_assault": ("offensive", "attack"),
    "uav_strike": ("air_attack", "strike", "attack"),
    "uav_or_missile_strike": ("strike", "attack"),
    "air_and_missile_attack": ("strike", "attack"),
    "cluster_munition": ("shelling", "attack"),
    "rocket": ("shelling", "attack"),
    "sabotage_group": ("attack",),
    "attack_on_medical": ("attack_on_protected", "attack"),
}


def roughen(rows: list[Row], mission: Mission, seed: int) -> list[Row]:
    """Give a rough copy of the rows; the same seed gives the same copy."""
    dice = random.Random(seed)  # noqa: S311  no secret hangs on it
    names = _names(mission)
    return [_rough(row, names, dice) for row in rows]


def _names(mission: Mission) -> Mapping[str, tuple[GazetteerEntry, Mapping[str, GazetteerEntry]]]:
    by_id = {entry.id: entry for entry in mission.gazetteer}
    return {
        fold(name): (entry, by_id)
        for entry in sorted(mission.gazetteer, key=lambda e: e.id, reverse=True)
        for name in (entry.name, *entry.aliases)
    }


def _rough(
    row: Row,
    names: Mapping[str, tuple[GazetteerEntry, Mapping[str, GazetteerEntry]]],
    dice: random.Random,
) -> Row:
    rough = dict(row)
    rough["places"] = ";".join(_place(word, names, dice) for word in split_list(row["places"]))
    rough["act"] = ";".join(
        dict.fromkeys(_act(word, dice) for word in row["act"].split(";") if word)
    )
    if row["t_from_local"] and dice.random() < HALF:
        rough["t_from_local"], rough["time_precision"] = row["t_from_local"][:10], "day"
        rough["t_to_local"] = row["t_to_local"][:10]
    for field in DROPPED:
        if dice.random() < FIFTH:
            rough[field] = ""
    if not rough["t_from_local"]:
        rough["t_to_local"] = rough["time_precision"] = ""
    if not rough["origin"]:
        rough["origin_side"] = ""
    return rough


def _place(
    word: str,
    names: Mapping[str, tuple[GazetteerEntry, Mapping[str, GazetteerEntry]]],
    dice: random.Random,
) -> str:
    if fold(word) not in names or dice.random() >= HALF:
        return word
    entry, by_id = names[fold(word)]
    districts = [by_id[i].name for i in entry.within if by_id[i].kind is PlaceKind.DISTRICT]
    if districts and dice.random() < HALF:
        return districts[0]
    return dice.choice((entry.name, *entry.aliases))


def _act(word: str, dice: random.Random) -> str:
    general = _GENERAL.get(word, ())
    return dice.choice(general) if general and dice.random() < HALF else word
