"""A generator of hostile sentences: mood x relay x verb x side x language, and the same as coded rows.

Every sentence has words of admission or accusation in it, and none of them may confirm anything, name anybody,
or put the act on another side than the one that the sentence speaks of.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from tests.builders import row
from truceline.collect import readers
from truceline.model.evidence import Arrival
from truceline.model.finding import Occurrence
from truceline.model.report import Edition
from truceline.pipeline import Gathered, assess, cut_off
from truceline.terms import open_mission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.builders import Row
    from truceline.model.mission import Mission
    from truceline.model.report import Assessment

MISSION = Path(__file__).resolve().parents[2] / "missions" / "karabakh-2020"
SIDES = {"AZ": "AM", "AM": "AZ"}
MINISTRY = {
    "en": {"AZ": "the Azerbaijani Ministry of Defence", "AM": "the Armenian Ministry of Defence"},
    "ru": {"AZ": "министерство обороны Азербайджана", "AM": "министерство обороны Армении"},
}
PLACES: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {"AZ": ("Hadrut", "Stepanakert", "Martuni"), "AM": ("Ganja", "Tartar", "Barda")},
    "ru": {"AZ": ("Гадрута", "Степанакерта"), "AM": ("Гянджи", "Тертера")},
}
VERBS: dict[str, tuple[str, ...]] = {
    "en": ("admitted", "acknowledged", "confessed to"),
    "ru": ("признало", "подтвердило"),
}
ACTS: dict[str, tuple[str, ...]] = {
    "en": ("shelling {place}", "a missile strike on {place}", "firing at {place}"),
    "ru": ("обстрел {place}", "ракетный удар по городу", "атаку на позиции близ {place}"),
}
# A mood takes `say` (who), `verb` and `act`; the first of each language is the plain one.
MOODS: dict[str, tuple[str, ...]] = {
    "en": (
        "{who} {verb} {act} on October 16", "{who} allegedly {verb} {act} on October 16",
        "{who} reportedly {verb} {act} on October 16", "if {who} {verb} {act} on October 16, talks will end",
        "it is unclear whether {who} {verb} {act} on October 16", "{who} has not {verb} {act}",
        "{who} denied that it {verb} {act}", "{who} should have {verb} {act}",
        "reports that {who} {verb} {act} are being checked",
    ),
    "ru": (
        "{who} {verb} {act} 16 октября", "{who} якобы {verb} {act} 16 октября",
        "если {who} {verb} {act}, переговоры закончатся", "неизвестно, {verb} ли {who} {act}",
        "{who} не {verb} {act}",
    ),
}  # fmt: skip
# Who passes it on: nothing, the enemy before or behind, and an agency that nobody knows.
RELAYS: dict[str, tuple[str, ...]] = {
    "en": ("{text}.", "{Enemy} said that {text}.", "{text}, {enemy} said.", "According to {enemy}, {text}.",
           "{text}, Global Frontline News reported.", "Is it true that {text}?"),
    "ru": ("{text}.", "По данным {enemy}, {text}.", "{text}, сообщило {enemy}."),
}  # fmt: skip
OUTLETS = ("Reuters", "Armenpress", "Nobody Knows Daily", "")


@dataclass(frozen=True)
class Sentence:
    """One hostile sentence, and the side that it says something of."""

    language: str
    text: str
    outlet: str
    side: str
    place: str
    plain: bool
    relayed: bool


def sentences() -> Iterator[Sentence]:
    """Give every sentence, always in the same order."""
    for language, moods in MOODS.items():
        ministry = MINISTRY[language]
        words = list(product(moods, VERBS[language], ACTS[language], RELAYS[language]))
        for (side, other), outlet in product(SIDES.items(), OUTLETS):
            enemy = ministry[other]
            for (mood, verb, act, relay), place in product(words, PLACES[language][side]):
                told = mood.format(who=ministry[side], verb=verb, act=act.format(place=place))
                text = relay.format(text=told, enemy=enemy, Enemy=enemy[0].upper() + enemy[1:])
                yield Sentence(
                    language, text[0].upper() + text[1:], outlet, side, place,
                    plain=mood == moods[0], relayed="{enemy}" in relay.lower(),
                )  # fmt: skip


@cache
def mission() -> Mission:
    """Give the demonstration mission."""
    return open_mission(MISSION)[0]


def project(reader: str, name: str, content: bytes, edition: Edition = Edition.DRAFT) -> Assessment:
    """Run the stages over one file of evidence."""
    found = readers()[reader].read(name, content, mission())
    arrivals = tuple(a for a in found if isinstance(a, Arrival))
    gathered = Gathered(mission=mission(), arrivals=arrivals, decisions=(), problems=(), ledger={})
    return assess(gathered, cut_off("2021-06-01", gathered), edition)


def faults(sentence: Sentence) -> list[str]:
    """Say what may not follow from a sentence and does."""
    head = f"published: 2020-10-17T10:00+04:00\nlanguage: {sentence.language}\nprofile: news\n"
    head += f"outlet: {sentence.outlet}\n" if sentence.outlet else ""
    found = project("text", "a.txt", f"---\n{head}---\n{sentence.text}\n".encode())
    wrong = []
    for finding in found.findings:
        if finding.occurrence in {Occurrence.CONFIRMED, Occurrence.CORROBORATED}:
            wrong.append(str(finding.occurrence))
        if finding.attribution.party is not None:
            wrong.append(f"names {finding.attribution.party}")
    other = SIDES[sentence.side]
    wrong += [f"{other} acts" for c in found.claims if other in c.actors and c.stance != "denies"]
    return wrong


CELLS = {
    "basis": ("own_act", "saw", "inspected", "examined", "measured", "told", "repeats"),
    "access": ("own", "remote", "none"),
    "via": ("RIA", "Reuters", "Armenpress"),
    "kind": ("admission", "accusation", "denial", "verification", "report"),
}


def coded(sentence: Sentence, seed: int, rate: float = 0.05) -> tuple[Row, bool]:
    """Give the row that a person would code, with some cells wrong, and whether it truly is an admission."""
    enemy = SIDES[sentence.side]
    admitted = sentence.plain and not sentence.relayed
    who = sentence.side if admitted else enemy
    cells = row(
        "H1", origin=f"{who} MoD", origin_side=who, accused=sentence.side, places="Hadrut",
        kind="admission" if admitted else "accusation", pub_date="2020-10-17",
        t_from_local="2020-10-16", time_precision="day", outlet=sentence.outlet, act="shelling",
    )  # fmt: skip
    chance = random.Random(seed)
    for column, words in CELLS.items():
        if chance.random() < rate:
            cells[column] = chance.choice(words)
    return cells, admitted
