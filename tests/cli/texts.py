"""Texts in our own words for the tests of reading, and a pack of two made-up sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = """\
---
published: 2020-10-12
outlet: Evening Gazette
---
Both sides blame each other

The Armenian Defence Ministry said Azerbaijani forces shelled the town of Hadrut on Monday. At least \
three people were killed.

The Azerbaijani Ministry of Defence denied the shelling.
"""
UNDATED = "Azerbaijani forces shelled Hadrut on October 12, the Armenian Defence Ministry said.\n"
PACK = """\
id: isles
title: Two isles
languages: [en]
zone: {clock: "+01:00", rule: time of the isles}
opponents: [[NN, SS]]
sides:
  - id: NN
    kind: party
    state: {en: [Northland]}
    people: {en: [Northern]}
  - id: SS
    kind: party
    state: {en: [Southland]}
    people: {en: [Southern]}
actors:
  - {id: nn-guard, kind: organ, side: NN, names: {en: [Coast Guard]}}
  - {id: ss-guard, kind: organ, side: SS, names: {en: [Coast Guard]}}
  - {id: ss-chief, kind: person, names: {en: [Bo]}}
lexicon:
  en:
    acts:
      mortar_fire: [lobbed bombs]
      fire: [lobbed bombs]
"""
PLACES = "id,name,aliases,kind,lat,lon,radius_km,within,source\nthe-ridge,Ridge,lobbed bombs,area,50,5,2,,own\n"


def write_text(folder: Path, text: str = ARTICLE, name: str = "article.txt") -> Path:
    """Write a text into a folder and give its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def write_pack(folder: Path, text: str = PACK) -> Path:
    """Write the pack of the isles and give its folder."""
    target = folder / "isles"
    target.mkdir(parents=True)
    (target / "pack.yaml").write_text(text, encoding="utf-8")
    (target / "places.csv").write_text(PLACES, encoding="utf-8")
    return target
